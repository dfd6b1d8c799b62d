"""A terminal in memory: what an app writes can be read as a person would see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pyte

from tisu_tui.core.terminal import Facts, Listener


class PyteTerminal:
    """A `Terminal` that draws into memory, and on which a test types."""

    def __init__(
        self,
        columns: int = 80,
        rows: int = 24,
        *,
        term: str = "xterm-256color",
        pty: bool = True,
        colour: bool = True,
        truecolour: bool = True,
    ) -> None:
        self._facts = Facts(term, columns, rows, pty, colour, truecolour)
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._listener: Listener | None = None
        self._before: list[Callable[[Listener], None]] = []
        self._changed = asyncio.Event()
        self.written = bytearray()
        """Everything that was written, as it came."""
        self.writes = 0
        self.status: int | None = None
        """The exit status once closed."""
        self.gone = False

    # What an app sees of it.

    @property
    def facts(self) -> Facts:
        return self._facts

    def listen(self, listener: Listener) -> None:
        self._listener = listener
        before, self._before = self._before, []
        for call in before:
            call(listener)

    waiting = 0

    def belongs_to(self, seat: str) -> None: ...

    def when_heard(self, tell: Callable[[], None]) -> None:
        tell()

    def write(self, data: bytes) -> None:
        if self.gone or self.status is not None:
            return
        self.written += data
        self.writes += 1
        self._stream.feed(data)
        self._changed.set()

    def close(self, status: int = 0) -> None:
        if self.status is None:
            self.status = status
        self._changed.set()

    # What the person at it does and sees.

    def type(self, data: bytes) -> None:
        self._tell(lambda listener: listener.received(data))

    def resize(self, columns: int, rows: int) -> None:
        self._facts = replace(self._facts, columns=columns, rows=rows)
        self.screen.resize(rows, columns)
        self._tell(lambda listener: listener.resized(columns, rows))

    def pause(self) -> None:
        self._tell(lambda listener: listener.paused())

    def resume(self) -> None:
        self._tell(lambda listener: listener.resumed())

    def hang_up(self) -> None:
        self.gone = True
        self._tell(lambda listener: listener.hung_up())
        self._changed.set()

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    def text(self) -> str:
        return "\n".join(self.lines()).rstrip()

    def is_on(self, private_mode: int) -> bool:
        """Whether a private mode, such as 1049 or 2004, is set."""
        return private_mode << 5 in self.screen.mode

    async def until(self, wanted: str | Callable[[], bool], seconds: float = 5) -> None:
        """Wait until a text is on the screen, or until something is so after a write."""

        def is_so() -> bool:
            return wanted in self.text() if isinstance(wanted, str) else wanted()

        try:
            async with asyncio.timeout(seconds):
                while not is_so():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"{wanted!r} did not appear; the screen was:\n{self.text()}") from None

    def _tell(self, call: Callable[[Listener], None]) -> None:
        if self._listener is None:
            self._before.append(call)
        else:
            call(self._listener)
