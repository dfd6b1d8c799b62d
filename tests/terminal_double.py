"""A terminal in memory: what an app writes can be read as a person would see it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

import pyte
from pyte import modes
from pyte.screens import Char, wcwidth

from tisu_tui.core.terminal import Facts, Listener


class Letters(dict[str, Char]):
    """The narrow letters of one look; others are missing."""

    def __init__(self, look: Char) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, letter: str) -> Char:
        if wcwidth(letter) != 1:
            raise KeyError(letter)
        cell = self[letter] = self._look._replace(data=letter)
        return cell


letters_of = lru_cache(maxsize=1024)(Letters)


class QuickScreen(pyte.Screen):
    """Does what pyte's screen does, quicker where narrow letters stay within a row and where rows are read again."""

    def __init__(self, columns: int, rows: int) -> None:
        self._read: list[str] = []
        super().__init__(columns, rows)

    def draw(self, data: str) -> None:
        cursor, end = self.cursor, self.cursor.x + len(data)
        letters = letters_of(cursor.attrs)
        try:
            cells = [letters[letter] for letter in data]
        except KeyError:
            cells = []
        if not cells or end > self.columns or self.charset or modes.IRM in self.mode:
            # A mark may belong to the last letter of the row above.
            self.dirty.add(cursor.y - 1)
            super().draw(data)
            return
        self.buffer[cursor.y].update(zip(range(cursor.x, end), cells, strict=True))
        cursor.x = end
        self.dirty.add(cursor.y)

    @property
    def display(self) -> list[str]:
        if len(self._read) != self.lines:
            self._read = [""] * self.lines
            self.dirty.update(range(self.lines))
        for y in self.dirty.intersection(range(self.lines)):
            self._read[y] = "".join(self._cells(y))
        self.dirty.clear()
        return self._read

    def _cells(self, y: int) -> Iterator[str]:
        row, is_behind = self.buffer[y], False
        for x in range(self.columns):
            letter = row[x].data
            if not is_behind:
                yield letter
            is_behind = not is_behind and wcwidth(letter[0]) == 2


SEQUENCE = re.compile(r"\x1b\[([\d;]*)([A-Za-z])")


class QuickStream(pyte.ByteStream):
    """Does what pyte's stream does, without a step for each character of most sequences."""

    def feed(self, data: bytes) -> None:  # type: ignore[override]  # pyte overrides it with bytes itself
        text, at = self.utf8_decoder.decode(data), 0
        for found in SEQUENCE.finditer(text):
            pyte.Stream.feed(self, text[at : found.start()])
            at = found.end()
            call = self.csi.get(found[2]) if self._taking_plain_text else None
            if call:
                getattr(self.listener, call)(*(min(int(each or 0), 9999) for each in found[1].split(";")))
            else:
                pyte.Stream.feed(self, found[0])
        pyte.Stream.feed(self, text[at:])


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
        self.screen = QuickScreen(columns, rows)
        self._stream = QuickStream(self.screen)
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
