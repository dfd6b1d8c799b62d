"""People of a rehearsal who sit in the room's own process, without SSH, for tests of what they and the room do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tisu_tui.cli._hosting import Host
from tisu_tui.cli._simulated_session import RehearsalOptions, run
from tisu_tui.core.terminal import Facts, Listener
from tisu_tui.rehearsal.line import Call, OpenLine
from tisu_tui.rehearsal.people import AT_ONCE, Pace
from tisu_tui.session.workshop import Workshop
from tisu_tui.ssh.sign_in import SignIn


class _Near:
    """Both ends of one line: a `Terminal` without a PTY, and the `OpenLine` of whoever sits at it."""

    facts = Facts("dumb", 80, 24, pty=False)
    waiting = 0

    def __init__(self, heard: Callable[[str], None]) -> None:
        self.closed = asyncio.Event()
        self._heard = heard
        self._loop = asyncio.get_running_loop()
        self._listener: Listener | None = None
        self._typed: list[bytes] = []
        self._written: list[bytes] = []
        self._to_tell: list[Callable[[], None]] = []
        self._begun = ""

    def say(self, text: str) -> None:
        self._typed.append(f"{text}\n".encode())
        self._loop.call_soon(self._deliver)

    def listen(self, listener: Listener) -> None:
        self._listener = listener
        self._deliver()

    def belongs_to(self, seat: str) -> None: ...

    def write(self, data: bytes) -> None:
        if not self._written:
            self._loop.call_soon(self._flush)
        self._written.append(data)

    def when_heard(self, tell: Callable[[], None]) -> None:
        self._to_tell.append(tell)

    def close(self, status: int = 0) -> None:
        self._flush()
        if not self.closed.is_set():
            self.closed.set()
            if self._listener:
                self._listener.hung_up()

    def _deliver(self) -> None:
        while self._listener and self._typed and not self.closed.is_set():
            self._listener.received(self._typed.pop(0))

    def _flush(self) -> None:
        written, self._written = b"".join(self._written), []
        to_tell, self._to_tell = self._to_tell, []
        for tell in to_tell:
            tell()
        *lines, self._begun = (self._begun + written.decode()).split("\n")
        for line in lines:
            self._heard(line)


def in_one_process(host: Host) -> Call:
    """Give a way in that leads straight to the reception, under the user names that the door would take."""
    sign_in = SignIn(host.invitation.code)

    @asynccontextmanager
    async def call(name: str, heard: Callable[[str], None]) -> AsyncIterator[OpenLine]:
        line = _Near(heard)
        visit = asyncio.create_task(host.reception.visit(sign_in.read(name).guest, line))
        visit.add_done_callback(lambda _visit: line.close())
        yield line
        line.say("leave")
        await visit

    return call


def rehearsed(workshop: Workshop, people: int, seed: int, exports: Path, pace: Pace = AT_ONCE) -> str:
    """Rehearse a workshop to its end, and give its notes."""
    wish = RehearsalOptions(people, seed, None, leads=True, on_screen=False, exports=exports, pace=pace)
    return Path(run(workshop, None, wish, in_one_process)).read_text(encoding="utf-8")
