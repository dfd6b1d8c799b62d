"""Runs Textual apps over `Terminal`s in the host's own event loop.

Textual expects one app per process, with a thread that polls a tty. A workshop has a seat for each of up to 500
people, and they all look at one room, so their apps live in one loop: input arrives as calls, output is sent once per
turn of the loop, and an idle seat has no thread, no timer that ticks and no CPU. This is the only place that knows
how an app meets a terminal; it promises that whatever happens to either, the terminal is put back as it was and
nothing of the app stays behind.
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TypeVar

from textual import constants, events
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from tisu_tui.core.terminal import Facts, Terminal
from tisu_tui.core.text import clean, is_text, wrap
from tisu_tui.screens.palette import ColourTheme
from tisu_tui.screens.seat_app import SeatApp
from tisu_tui.screens.textual_patches import SeatKeys, run

# Neither mouse nor focus reports nor the kitty keyboard are asked for: when a connection drops they can't be taken
# back, and they break dead keys in some terminals.
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[H\x1b[2J"
# Only the alternate screen is cleared, which some terminals keep: what was on the terminal before is its owner's.
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"
_LEAVE = "\x1b[0m\x1b[H\x1b[2J\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"
_LONGEST_AHEAD = 4096
App = TypeVar("App", bound=SeatApp)
_LEAVE_KEY = "\x18"
_LONGEST_SEQUENCE = 16384  # of characters that have not become a key or a paste yet


class _Nobody:
    """Listens to a terminal whose app is gone."""

    def received(self, data: bytes) -> None: ...

    def resized(self, columns: int, rows: int) -> None: ...

    def paused(self) -> None: ...

    def resumed(self) -> None: ...

    def hung_up(self) -> None: ...


_LOOK = 1.0
"""Seconds between two looks whether the host's own terminal is still there."""


class TerminalDriver(Driver):
    """Draws one app on one `Terminal`, and is what listens to it."""

    def __init__(self, app: SeatApp, terminal: Terminal) -> None:
        facts = terminal.facts
        super().__init__(app, mouse=False, size=(facts.columns or 80, facts.rows or 24))
        self.running: asyncio.Task[Exception | None] | None = None
        self._seat = app
        self._terminal = terminal
        self._out: list[str] = []
        self._painted = False
        self._shows_cursor = False
        self._paused = False
        self._deaf = False
        self._early = bytearray()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._keys = SeatKeys()
        self._unfinished = 0
        self._escape: asyncio.TimerHandle | None = None

    # Output: everything that is drawn in one turn of the loop goes out as one piece.

    def write(self, data: str) -> None:
        if not self._painted:
            self._painted = True
            self._loop.call_soon(self._replay)
        self._send(data)

    def _send(self, data: str) -> None:
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(data)

    def _flush(self) -> None:
        data = "".join(self._out)
        self._out.clear()
        if data and self._painted and not self._deaf:
            data = self._with_cursor(data)
        if data:
            self._terminal.write(data.encode("utf-8", "replace"))

    def _with_cursor(self, data: str) -> str:
        """Let the cursor be seen where it comes to rest, and not on its way there."""
        was, self._shows_cursor = self._shows_cursor, self._seat.shows_cursor
        return f"{_HIDE if was else ''}{data}{_SHOW if self._shows_cursor else ''}"

    def start_application_mode(self) -> None:
        self._send(_ENTER)
        self._resize()

    def stop_application_mode(self) -> None:
        self.disable_input()
        self._send(_LEAVE)

    def close(self) -> None:
        self._flush()

    # Input.

    def disable_input(self) -> None:
        self._deaf = True
        self._early.clear()
        self._keys.end()
        if self._escape is not None:
            self._escape.cancel()
            self._escape = None

    def received(self, data: bytes) -> None:
        if self._deaf:
            return
        if not self._painted:
            # Nobody can answer what they have not seen yet, but keys typed ahead are not lost.
            self._early += data[: _LONGEST_AHEAD - len(self._early)]
            return
        self._read(self._decoder.decode(data))

    def _replay(self) -> None:
        data = bytes(self._early)
        self._early.clear()
        if data:
            self.received(data)

    def _read(self, text: str) -> None:
        if text == _LEAVE_KEY or self._unfinished > _LONGEST_SEQUENCE:
            # A paste has no end, and leaving never waits for one.
            self._keys, self._unfinished = SeatKeys(), 0
        if text:  # nothing would be the end of the input
            self._unfinished += len(text)
            # Some keyboards make no-break spaces where somebody holds a key too long.
            messages = self._keys.feed(text.replace("\xa0", " "))
            self._hear(_as_text(messages) if self._seat.PACKETS_ARE_TEXT else messages)
        self._wait_for_escape()

    def _wait_for_escape(self) -> None:
        # Only time tells the escape key from the start of a sequence.
        if self._keys.is_undecided and self._escape is None:
            self._escape = self._loop.call_later(constants.ESCAPE_DELAY + 0.01, self._decide)

    def _decide(self) -> None:
        self._escape = None
        self._hear(self._keys.tick())
        self._wait_for_escape()

    def _hear(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._unfinished = 0
            # A terminal can also send a size or the mouse, of any magnitude, without being asked.
            # With alt held a letter means nothing: a pass would be marked by what was meant for the window.
            is_alt = isinstance(message, events.Key) and message.key.startswith("alt+")
            if isinstance(message, events.Key | events.Paste) and not is_alt:
                message.set_sender(self._seat)
                self._seat.post_message(message)

    def resized(self, columns: int, rows: int) -> None:
        self._size = (max(1, columns), max(1, rows))
        if not self._deaf:
            self._resize()

    def _resize(self) -> None:
        size = Size(*(self._size or (80, 24)))
        self._seat.post_message(events.Resize(size, size))

    def paused(self) -> None:
        if not self._paused:
            self._paused = True
            self._seat.freeze()

    def resumed(self) -> None:
        if self._paused:
            self._paused = False
            self._seat.thaw()

    def hung_up(self) -> None:
        if self.running is not None:
            self.running.cancel()


def _as_text(messages: Iterable[Message]) -> Iterator[Message]:
    """Make one paste of each run of letters and line ends, of two keys or more, that is not of line ends alone."""
    for holds_text, run_of in groupby(messages, _is_text):
        run_of_keys = [*run_of]
        typed = "".join("\n" if each.key == "enter" else each.character or "" for each in _keys_in(run_of_keys))
        if holds_text and len(typed) > 1 and typed.strip("\n"):
            yield events.Paste(typed)
        else:
            yield from run_of_keys


def _is_text(message: Message) -> bool:
    return isinstance(message, events.Key) and (is_text(message.character) or message.key == "enter")


def _keys_in(messages: Iterable[Message]) -> Iterator[events.Key]:
    return (each for each in messages if isinstance(each, events.Key))


def dressed(app: App, theme: str) -> App:
    """Put an app into the theme that somebody asked for by name, if they asked for one."""
    if theme:
        app.wear(ColourTheme(theme))
    return app


async def run_app(app: SeatApp, terminal: Terminal) -> None:
    """Run `app` on `terminal` until it exits or the terminal hangs up, and put the terminal back as it was.

    Our screen is cleared, and the app's `goodbye` is what remains; closing the terminal is left to the caller. Raises
    what the app failed with.
    """
    driver = TerminalDriver(app, terminal)
    app.adapt(terminal.facts)
    app.has_cursor = True
    # Textual would make the driver while it starts; this one hears from the first moment what is typed ahead.
    vars(app)["driver_class"] = lambda *_args, **_options: driver
    driver.running = asyncio.create_task(run(app), name="seat")
    terminal.listen(driver)
    try:
        await _finish(driver.running)
    finally:
        terminal.listen(_Nobody())
        terminal.write("".join(f"{line}\r\n" for line in _last_lines(app, terminal.facts.columns)).encode())


def _last_lines(app: SeatApp, columns: int) -> Iterator[str]:
    """Break what remains between words, but for lines to type: in one piece they can be copied."""
    for text in app.goodbye:
        line = clean(text, 4000)
        yield from [line] if " ssh " in line else wrap(line, columns or 80)


async def run_local(app: SeatApp) -> None:
    """Run `app` on the host's own terminal until it exits, in the loop that serves everybody else.

    Raises what the app failed with.
    """
    app.adapt(local_facts(os.environ))
    running = asyncio.create_task(run(app), name="local")
    window = asyncio.create_task(_until_window_is_gone(), name="window")
    window.add_done_callback(lambda _gone: running.cancel())
    with _stderr_held_back():
        try:
            await _finish(running)
        finally:
            window.cancel()


async def _until_window_is_gone() -> None:
    """Wait for the terminal of this process to be closed: no signal says so where it is not its controlling one."""
    terminal = sys.__stdin__
    if terminal is None or not terminal.isatty():
        await asyncio.Event().wait()
        return
    while terminal.isatty():  # noqa: ASYNC110  # there is no event for it
        await asyncio.sleep(_LOOK)


@contextlib.contextmanager
def _stderr_held_back() -> Iterator[None]:
    """Keep what is written to stderr until the screen is closed: it would be written over it, before a whole room."""
    held = io.StringIO()
    try:
        with contextlib.redirect_stderr(held):
            yield
    finally:
        sys.stderr.write(held.getvalue())


def local_facts(environment: Mapping[str, str]) -> Facts:
    """Read the capabilities of this process's terminal from its environment."""
    columns, rows = shutil.get_terminal_size()
    return Facts(
        term=environment.get("TERM", ""),
        columns=columns,
        rows=rows,
        pty=True,
        colour=not environment.get("NO_COLOR"),
        truecolour=environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"},
    )


async def _finish(running: asyncio.Task[Exception | None]) -> None:
    try:
        await asyncio.wait((running,))
    finally:
        running.cancel()  # does nothing, unless it is the caller that was cancelled
        await asyncio.wait((running,))
    if not running.cancelled() and (failure := running.result()) is not None:
        raise failure
