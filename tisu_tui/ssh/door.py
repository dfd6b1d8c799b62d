"""The front door: everybody who takes part comes in here, over SSH."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncssh

from tisu_tui.core import system
from tisu_tui.core.failure import report
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.ssh.guard import GuardedConnection
from tisu_tui.ssh.host_key import load_host_key
from tisu_tui.ssh.listening import BACKLOG, listen
from tisu_tui.ssh.scheduler import Allowance, Scheduler
from tisu_tui.ssh.server_options import Limits, options
from tisu_tui.ssh.sign_in import Guest, SignIn
from tisu_tui.ssh.terminal import SshTerminal
from tisu_tui.ssh.visit import LobbyVisit, Rooms, Visit

Run = Callable[[Guest, Terminal], Awaitable[None]]

STANDARD = Limits()
HURRIED = Limits(typed=1 << 20, typed_rate=1 << 20)
"""For made-up people, who type at once what would take people minutes."""
AT_ONCE = 16  # connections taken from the backlog in one turn of the loop
# Pieces of work in one turn of the loop. A step of a key exchange, or keys with the page that is drawn for them, takes
# two or three milliseconds, and an answer needs several turns to get to the disk and back.
WIRE_WIDTH = 4
INPUT_WIDTH = 2
_FEW = 64  # allowances of seats that are not here, for which nothing is looked through
# Out of the other screen, cursor and colours back: what a screen that broke could not do itself.
RESTORE = b"\x1b[?1049l\x1b[?25h\x1b[0m\r\n"


class FrontDoor:
    """An open door: where it listens, and who is inside."""

    def __init__(self, sign_in: SignIn | Rooms, key: asyncssh.SSHKey, run: Run, limits: Limits) -> None:
        self.limits = limits
        self.fingerprint = key.get_fingerprint()
        self.addresses: tuple[tuple[str, int], ...] = ()
        self._loop = asyncio.get_running_loop()
        self._run = run
        self.wire = Scheduler(self._loop, WIRE_WIDTH)
        self.inputs = Scheduler(self._loop, INPUT_WIDTH)
        self._allowances: dict[str, Allowance] = {}  # by seat, also of those who have left
        self._sign_in = sign_in
        self._settings = options(key, self._receive, limits)
        # Every connection takes a descriptor. Some are kept for the store, or a crowd would stop all saving.
        self._most = max(1, system.most_open_files() - limits.reserved)
        self._most_half_open = min(limits.half_open, max(1, self._most // 2))
        self._connections: dict[GuardedConnection, None] = {}
        self._terminals: dict[SshTerminal, asyncio.Task[None]] = {}
        self._servers: list[asyncio.Server] = []
        self._empty = asyncio.Event()
        self._empty.set()
        self._closing = False

    @property
    def port(self) -> int:
        """The port people join on."""
        return self.addresses[0][1]

    # What a connection tells its hall.

    def arrived(self, connection: GuardedConnection) -> None:
        self._connections[connection] = None
        self._empty.clear()
        if self._closing:
            connection.abort()
        elif len(self._connections) - len(self._terminals) > self._most_half_open:
            self._make_room()
        elif len(self._connections) > self._most:
            connection.abort()

    def gone(self, connection: GuardedConnection) -> None:
        self._connections.pop(connection, None)
        if not self._connections:
            self._empty.set()

    def allowance(self, seat: str, own: Allowance) -> Allowance:
        if len(self._allowances) > 2 * (len(self._terminals) + _FEW):
            # Whoever has sent little lately would be given the same anew.
            self._allowances = {name: allowance for name, allowance in self._allowances.items() if allowance.is_low}
        return self._allowances.setdefault(seat, own)

    def _make_room(self) -> None:
        """Let go of who has waited longest at the door: first those who have exchanged no keys."""
        waiting = [connection for connection in self._connections if not (connection.signed_in or connection.let_go)]
        if waiting:
            next((connection for connection in waiting if not connection.keys_exchanged), waiting[0]).abort()

    def _receive(self) -> Visit:
        if isinstance(self._sign_in, SignIn):
            return Visit(self._sign_in, self.limits, self._begin)
        return LobbyVisit(self._sign_in, self.limits, self._begin)

    # A session, from its shell to its end.

    def _begin(self, guest: Guest, terminal: SshTerminal) -> None:
        if self._closing:
            terminal.close()
            return
        task = self._loop.create_task(self._attend(guest, terminal))
        terminal.task = self._terminals[terminal] = task
        task.add_done_callback(lambda _task: self._terminals.pop(terminal, None))

    async def _attend(self, guest: Guest, terminal: SshTerminal) -> None:
        status = 0
        try:
            await self._run(guest, terminal)
        except Exception as failure:  # noqa: BLE001  one person's broken screen may not end the session of all
            status = 1
            report("A session ended in a failure; the others go on.", failure)
            if terminal.facts.pty and not guest.plain:
                terminal.write(RESTORE)
            terminal.write(_("Something broke here. We are sorry. Please join again.").encode() + b"\r\n")
        finally:
            terminal.close(status)

    # Opening and closing.

    async def open(self, listeners: Sequence[socket.socket]) -> None:
        """Let people in at sockets that listen, which are closed with the door."""
        for listener in listeners:
            server = await self._loop.create_server(self._connect, sock=listener, backlog=AT_ONCE)
            # asyncio takes as many connections in a turn as the backlog it knows of; the kernel may hold more.
            listener.listen(BACKLOG)
            self._servers.append(server)
            self.addresses += (listener.getsockname()[:2],)

    async def close(self) -> None:
        """Send everybody off, and leave no task and no descriptor behind."""
        self._closing = True
        for server in self._servers:
            server.close()
        for connection in [each for each in self._connections if each.flow is None]:
            connection.close()
        for terminal in list(self._terminals):
            terminal.hang_up()
        if running := list(self._terminals.values()):
            # A terminal cancels what stays after its hang-up; what does not even heed that is left behind.
            await asyncio.wait(running, timeout=2 * self.limits.leaving)
        try:
            await asyncio.wait_for(self._empty.wait(), self.limits.leaving)
        except TimeoutError:
            for connection in list(self._connections):
                connection.abort()
            await self._empty.wait()
        for server in self._servers:
            await server.wait_closed()

    def _connect(self) -> GuardedConnection:
        return GuardedConnection(self._loop, self._settings, self)


@asynccontextmanager
async def open_door(
    sign_in: SignIn | Rooms,
    host_key: Path,
    bind: str,
    port: int,
    run: Run,
    *,
    limits: Limits = STANDARD,
    listeners: Sequence[socket.socket] = (),
) -> AsyncIterator[FrontDoor]:
    """Let people in at `bind` and `port` (0 for any), or at sockets that listen, for as long as the context lasts.

    `run` is awaited for each person who comes in, and their connection closes when it returns. Raises `OSError`
    where the address can't be had, `HostKeyProblem` where the host key can't be used.
    """
    _hush_the_library()
    door = FrontDoor(sign_in, load_host_key(host_key), run, limits)
    try:
        await door.open(listeners or listen(bind, port))
        yield door
    finally:
        await door.close()


class _Failures(logging.Handler):
    """A log handler reporting where the library failed, without the message."""

    def emit(self, record: logging.LogRecord) -> None:
        report("A connection failed; the others go on.", record.exc_info[1] if record.exc_info else None)


def _hush_the_library() -> None:
    """Let asyncssh speak of failures only: its notices name people's addresses and user names."""
    asyncssh.set_log_level(logging.ERROR)
    log = logging.getLogger("asyncssh")
    log.propagate = False
    if not any(isinstance(handler, _Failures) for handler in log.handlers):
        log.addHandler(_Failures())
