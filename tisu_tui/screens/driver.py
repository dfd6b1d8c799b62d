"""Runs screens over `Terminal`s in the host's own event loop.

A Textual app expects a process of its own, with a thread that polls a tty. A workshop has a seat for each of up to 500
people, and they all look at one room, so their screens live in one loop: input arrives as calls, which Textual's parser
turns into keys, a screen is drawn once per turn of the loop, and an idle seat has no thread, no task but the one that
watches the room, and no CPU. Whatever happens to either, the terminal is put back as it was.
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from textual import constants, events
from textual.message import Message
from textual.strip import Strip

from tisu_tui.core.terminal import Terminal
from tisu_tui.core.text import clean, is_text, wrap
from tisu_tui.screens.paging import Cell, PagingApp
from tisu_tui.screens.painted import console
from tisu_tui.screens.palette import ColourTheme
from tisu_tui.screens.terminal_keys import SeatKeys

# Neither mouse nor focus reports nor the kitty keyboard are asked for: when a connection drops they can't be taken
# back, and they break dead keys in some terminals.
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[H\x1b[2J"
# Only the alternate screen is cleared, which some terminals keep: what was on the terminal before is its owner's.
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"
_LEAVE = "\x1b[0m\x1b[H\x1b[2J\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"
_LONGEST_AHEAD = 4096
App = TypeVar("App", bound=PagingApp)
_LEAVE_KEY = "\x18"
_LONGEST_SEQUENCE = 16384  # of characters that have not become a key or a paste yet


class _Nobody:
    """Listens to a terminal whose app is gone."""

    def received(self, data: bytes) -> None: ...

    def resized(self, columns: int, rows: int) -> None: ...

    def paused(self) -> None: ...

    def resumed(self) -> None: ...

    def hung_up(self) -> None: ...


class TerminalDriver:
    """Draws one app on one `Terminal`, and is what listens to it."""

    has_cursor = True

    def __init__(self, app: PagingApp, terminal: Terminal) -> None:
        facts = terminal.facts
        self.size = (facts.columns or 80, facts.rows or 24)
        self.is_over = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._app = app
        self._terminal = terminal
        self._painted = False
        self._shows_cursor = False
        self._paused = False
        self._deaf = False
        self._early = bytearray()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._keys = SeatKeys()
        self._unfinished = 0
        self._escape: asyncio.TimerHandle | None = None

    # Output.

    def open(self) -> None:
        """Take the terminal, and begin."""
        self._terminal.write(_ENTER.encode())
        self._app.open(self)

    def paint(self, rows: Sequence[tuple[int, Strip]], cursor: Cell | None) -> None:
        if not self._painted:
            self._painted = True
            self._loop.call_soon(self._replay)
        was, self._shows_cursor = self._shows_cursor, cursor is not None
        drawn = "".join(f"\x1b[{y + 1};1H{strip.render(console())}" for y, strip in rows)
        row, column = cursor or (0, 0)
        # The cursor is seen where it comes to rest, and not on its way there.
        data = f"{_HIDE if was else ''}{drawn}\x1b[{row + 1};{column + 1}H{_SHOW if self._shows_cursor else ''}"
        self._terminal.write(data.encode("utf-8", "replace"))

    def close(self) -> None:
        self.is_over.set()

    def leave(self) -> None:
        """Hear nothing more, and put the terminal back as it was."""
        self._deaf = True
        self._early.clear()
        self._keys.end()
        if self._escape is not None:
            self._escape.cancel()
            self._escape = None
        self._terminal.write(_LEAVE.encode())

    # Input.

    def received(self, data: bytes) -> None:
        if self._deaf:
            return
        if not self._painted:
            # Nobody can answer what they have not seen yet, but keys typed ahead are not lost.
            self._early += data[: _LONGEST_AHEAD - len(self._early)]
            return
        text = self._decoder.decode(data)
        if text == _LEAVE_KEY or self._unfinished > _LONGEST_SEQUENCE:
            # A paste has no end, and leaving never waits for one.
            self._keys, self._unfinished = SeatKeys(), 0
        if text:  # nothing would be the end of the input
            self._unfinished += len(text)
            # Some keyboards make no-break spaces where somebody holds a key too long.
            messages = self._keys.feed(text.replace("\xa0", " "))
            self._hear(_as_text(messages) if self._app.PACKETS_ARE_TEXT else messages)
        self._wait_for_escape()

    def _replay(self) -> None:
        data = bytes(self._early)
        self._early.clear()
        if data:
            self.received(data)

    def _wait_for_escape(self) -> None:
        # Only time tells the escape key from the start of a sequence.
        if self._keys.is_undecided and self._escape is None and not self._deaf:
            self._escape = self._loop.call_later(constants.ESCAPE_DELAY + 0.01, self._decide)

    def _decide(self) -> None:
        self._escape = None
        self._hear(self._keys.tick())
        self._wait_for_escape()

    def _hear(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._unfinished = 0
            # A terminal can also send a size or the mouse, of any magnitude, without being asked.
            if not self.is_over.is_set():
                self._app.hear(message)

    def resized(self, columns: int, rows: int) -> None:
        self.size = (max(1, columns), max(1, rows))
        self._app.redraw_all()

    def paused(self) -> None:
        if not self._paused:
            self._paused = True
            self._app.freeze()

    def resumed(self) -> None:
        if self._paused:
            self._paused = False
            self._app.thaw()

    def hung_up(self) -> None:
        self._app.exit()
        self.is_over.set()


def _as_text(messages: Iterable[Message]) -> Iterator[Message]:
    """Make one paste of each run of letters and line ends, of two keys or more, that is not of line ends alone."""
    for holds_text, run_of in groupby(messages, _is_text):
        run_of_keys = [*run_of]
        typed = "".join("\n" if key.key == "enter" else key.character or "" for key in _keys_in(run_of_keys))
        if holds_text and len(typed) > 1 and typed.strip("\n"):
            yield events.Paste(typed)
        else:
            yield from run_of_keys


def _is_text(message: Message) -> bool:
    return isinstance(message, events.Key) and (is_text(message.character) or message.key == "enter")


def _keys_in(messages: Iterable[Message]) -> Iterator[events.Key]:
    return (message for message in messages if isinstance(message, events.Key))


def dressed(app: App, theme: str) -> App:
    """Put an app into the theme that somebody asked for by name, if they asked for one."""
    if theme:
        app.wear(ColourTheme(theme))
    return app


async def run_app(app: PagingApp, terminal: Terminal) -> None:
    """Run `app` on `terminal` until it exits or the terminal hangs up, and put the terminal back as it was.

    Our screen is cleared, and the app's `goodbye` is what remains; closing the terminal is left to the caller. Raises
    what the app failed with.
    """
    app.adapt(terminal.facts)
    driver = TerminalDriver(app, terminal)
    terminal.listen(driver)
    try:
        driver.open()
        await driver.is_over.wait()
    finally:
        driver.leave()
        await end(app)
        terminal.listen(_Nobody())
        terminal.write("".join(f"{line}\r\n" for line in _last_lines(app, terminal.facts.columns)).encode())
    if app.failure is not None:
        raise app.failure


async def end(app: PagingApp) -> None:
    """Wait for an app to end what it has begun; being told twice to end changes nothing."""
    app.exit()
    closing = asyncio.create_task(app.closed(), name="seat closes")
    while not closing.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait((closing,))
    closing.result()


def _last_lines(app: PagingApp, columns: int) -> Iterator[str]:
    """Break what remains between words, but for lines to type: in one piece they can be copied."""
    for text in app.goodbye:
        line = clean(text, 4000)
        yield from [line] if " ssh " in line else wrap(line, columns or 80)
