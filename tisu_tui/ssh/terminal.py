"""A person's terminal at the far end of an SSH channel."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import asyncssh

from tisu_tui.core.terminal import Facts, Listener
from tisu_tui.ssh.guard import GuardedChannel, GuardedConnection
from tisu_tui.ssh.reader import Reader
from tisu_tui.ssh.settings import Limits

EARLY_BYTES = 512
WIDEST, TALLEST = 400, 200
USUAL_SIZE = (80, 24)
NO_COLOUR_TERMS = re.compile(r"dumb|unknown|vt\d+|.*-m(ono)?")
TRUECOLOUR_TERMS = re.compile(r".*(-direct|-truecolor|-24bit|kitty|ghostty|wezterm|alacritty)|foot(-.*)?|contour")


class SshTerminal(asyncssh.SSHServerSession[bytes]):
    """The terminal of one session, from its shell request to the closing of its connection.

    `begin` is called when the far end is ready. A `task` set on it is cancelled if it stays after a hang-up.
    """

    def __init__(self, connection: GuardedConnection, limits: Limits, begin: Callable[[SshTerminal], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._connection = connection
        self._limits = limits
        self._begin = begin
        self._channel: GuardedChannel | None = None
        self._facts = Facts(term="dumb", columns=USUAL_SIZE[0], rows=USUAL_SIZE[1], pty=False, colour=False)
        self._listener: Listener | None = None
        self._early = b""
        self._begun = False
        self._hung_up = False
        self._channel_full = False
        self._network_full = False
        self._reader = Reader(self._loop, lambda: self.unsent, limits, connection.abort)
        self._deadline: asyncio.TimerHandle | None = None
        self._silence: asyncio.TimerHandle | None = None
        self.task: asyncio.Task[None] | None = None

    @property
    def facts(self) -> Facts:
        """What the terminal said of itself."""
        return self._facts

    @property
    def unsent(self) -> int:
        """Bytes written that have not left the host."""
        return (self._channel.get_write_buffer_size() if self._channel else 0) + self._connection.unsent

    def listen(self, listener: Listener) -> None:
        """Send everything that arrives to `listener`, first what arrived before anyone listened."""
        self._listener = listener
        early, self._early = self._early, b""
        if early:
            listener.received(early)
        if self._channel_full or self._network_full:
            listener.paused()
        if self._hung_up:
            listener.hung_up()

    def write(self, data: bytes) -> None:
        """Send bytes; after the connection is gone they are dropped."""
        if self._channel is None or self._channel.is_closing() or not self._connection.is_open:
            return
        self._channel.write(data)
        self._reader.wrote(len(data))
        if self._silence is not None:
            self._await_silence()

    def close(self, status: int = 0) -> None:
        """Hang up after what was written has gone out, with an exit status for the far end's shell."""
        if self._channel is None:
            return
        self._channel.exit(status)
        if self._deadline is None:
            self._deadline = self._loop.call_later(self._limits.leaving, self._connection.abort)

    def hang_up(self) -> None:
        """Tell the listener, once, that this is over; what it still writes goes out while the line is open."""
        if self._hung_up:
            return
        self._hung_up = True
        if self._listener is not None:
            self._listener.hung_up()
        if self.task is not None and not self.task.done():
            self._loop.call_later(self._limits.leaving, self.task.cancel)

    # What the channel says.

    def connection_made(self, chan: GuardedChannel) -> None:  # type: ignore[override]  # the only kind we make
        self._channel = chan
        self._connection.flow = self

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], _modes: Mapping[int, int]) -> bool:
        if self._begun:
            return False
        term = term_type if re.fullmatch(r"[A-Za-z0-9._+-]{1,32}", term_type) else "dumb"
        columns, rows = _size(*term_size[:2])
        self._facts = Facts(term=term, columns=columns, rows=rows, pty=True)
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, command: str) -> bool:
        return self._refuse(command)

    def subsystem_requested(self, subsystem: str) -> bool:
        return self._refuse(subsystem)

    def session_started(self) -> None:
        assert self._channel is not None
        self._connection.settle()
        self._begun = True
        said = self._channel.get_environment_bytes()
        colour = self._facts.pty and not said.get(b"NO_COLOR") and not NO_COLOUR_TERMS.fullmatch(self._facts.term)
        true = said.get(b"COLORTERM") in (b"truecolor", b"24bit") or TRUECOLOUR_TERMS.fullmatch(self._facts.term)
        self._facts = replace(self._facts, colour=colour, truecolour=colour and bool(true))
        self._begin(self)

    def terminal_size_changed(self, width: int, height: int, _pixwidth: int, _pixheight: int) -> None:
        columns, rows = _size(width, height)
        if (columns, rows) != (self._facts.columns, self._facts.rows):
            self._facts = replace(self._facts, columns=columns, rows=rows)
            if self._listener is not None:
                self._listener.resized(columns, rows)

    def data_received(self, data: bytes, _datatype: asyncssh.DataType) -> None:
        if self._listener is not None:
            self._listener.received(data)
        else:
            self._early = (self._early + data)[:EARLY_BYTES]

    def eof_received(self) -> bool:
        if self._facts.pty:
            self.hang_up()
        else:
            # Piped input ends before its answers are written: stay until nothing more is said.
            self._await_silence()
        return True

    def pause_writing(self) -> None:
        self._flow(channel=True)

    def resume_writing(self) -> None:
        self._flow(channel=False)

    def network_full(self) -> None:
        """Hear that the network takes no more for now."""
        self._flow(network=True)

    def network_free(self) -> None:
        """Hear that the network takes more."""
        self._flow(network=False)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._channel = None
        self._connection.flow = None
        self._reader.left()
        for timer in (self._deadline, self._silence):
            if timer is not None:
                timer.cancel()
        self._silence = None
        self.hang_up()
        self._listener = None  # which knows this terminal, and would be kept by it
        if self._connection.is_open:
            self._connection.close()

    # What follows from it.

    def _refuse(self, _what: str) -> bool:
        """Offer nothing but a shell, and close once the client has been told."""
        self._loop.call_soon(self.close, 1)
        return False

    def _flow(self, *, channel: bool | None = None, network: bool | None = None) -> None:
        before = self._channel_full or self._network_full
        self._channel_full = self._channel_full if channel is None else channel
        self._network_full = self._network_full if network is None else network
        after = self._channel_full or self._network_full
        if self._listener is not None and before != after:
            (self._listener.paused if after else self._listener.resumed)()

    def _await_silence(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._silence = self._loop.call_later(self._limits.quiet, self._fell_silent)

    def _fell_silent(self) -> None:
        self._silence = None
        if self.unsent:
            self._await_silence()
        else:
            self.hang_up()


def _size(columns: int, rows: int) -> tuple[int, int]:
    """Columns and rows to draw for: no more than a screen can use, and a usual one where none was given."""
    return min(columns, WIDEST) or USUAL_SIZE[0], min(rows, TALLEST) or USUAL_SIZE[1]
