"""What every painted screen has in common: one page that is drawn again, scrolls, and has the keys."""

from __future__ import annotations

import asyncio
import contextvars
from abc import abstractmethod
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import ClassVar, Protocol

from textual import events
from textual.message import Message
from textual.strip import Strip

from tisu_tui.core.terminal import Facts
from tisu_tui.core.text import is_text
from tisu_tui.screens.layout import TALLEST, WIDEST, FittedPage, Page, column, fit_page, leaf
from tisu_tui.screens.painted import strip
from tisu_tui.screens.palette import ColourTheme, TextLook

Cell = tuple[int, int]
"""A row and a column, in cells."""


class Canvas(Protocol):
    """Where an app is drawn: a terminal far away, or the host's own."""

    has_cursor: bool
    """Whether it shows a cursor of its own; where it doesn't, the cell under it is painted reversed."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""

    def paint(self, rows: Sequence[tuple[int, Strip]], cursor: Cell | None) -> None:
        """Draw whole rows, and leave the cursor there."""

    def close(self) -> None:
        """Hear that the app has ended."""


class PagingApp:
    """Draws one page and takes keys one after the other; it runs in the host's loop, on whatever canvas it is given.

    It holds nothing of Textual's but painted rows, since hundreds of them start at once.
    """

    PACKETS_ARE_TEXT: ClassVar[bool] = False
    """Whether letters that arrive in one packet are a paste: nobody presses one key and reads what it did so fast."""
    widest = WIDEST
    """The widest column that is drawn."""
    tallest = TALLEST
    """The most rows that are used."""

    def __init__(self) -> None:
        self.goodbye: Sequence[str] = ()
        """What remains on the terminal once the app is gone."""
        self.look = TextLook()
        self.failure: Exception | None = None
        """What it ended with, if it failed."""
        self._canvas: Canvas | None = None
        self._context = contextvars.copy_context()
        self._is_whole = False  # whether what is on the canvas is still the page that was drawn last
        self._is_frozen = False
        self._scroll = 0
        self._follows = True
        self._about: object = None
        self._sheet = FittedPage(())
        self._is_due = False

    # What a subclass decides

    def opened(self) -> None:
        """Begin: there is something to draw on."""

    async def closed(self) -> None:
        """End all that was begun: there is nothing to draw on any more."""

    @abstractmethod
    def turn(self, key: str, character: str) -> None:
        """Take a key that does not scroll."""

    @abstractmethod
    def page(self, width: int, height: int) -> Page:
        """Draw what there is to read in a window, in a column of `widest` cells at most."""

    def paste(self, text: str) -> None:
        """Take pasted text in; nothing, unless a subclass takes text."""

    def scrolls(self, key: str) -> bool:
        """Whether this arrow has nothing else to do: many phones have no other keys to scroll with."""
        return True

    # From the first paint to the end

    def open(self, canvas: Canvas) -> None:
        """Begin to be drawn there, with everything that follows in the context of this call."""
        self._canvas = canvas
        self._context = contextvars.copy_context()
        self.act(self.opened)
        self.redraw()

    def exit(self) -> None:
        """End: the canvas closes, and `closed` is awaited."""
        if self._canvas is not None:
            canvas, self._canvas = self._canvas, None
            canvas.close()

    def fail(self, failure: Exception) -> None:
        """End with a failure, which is raised where the app was run."""
        self.failure = self.failure or failure
        self.exit()

    def act(self, act: Callable[[], None]) -> None:
        """Do something in the app's own context; if it fails the app fails."""
        try:
            self._context.run(act)
        except Exception as error:  # noqa: BLE001  # whoever calls has others to serve
            self.fail(error)

    def begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Do some work beside the keys; if it fails the app fails, so that no screen stands still unnoticed."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.fail(error)

    # How it looks

    def adapt(self, facts: Facts) -> None:
        """Draw with as many colours as this terminal has."""
        self.look = TextLook.of(facts, self.look.theme)

    def wear(self, theme: ColourTheme) -> None:
        """Draw everything in another theme from here on."""
        self.look = TextLook(self.look.depth, theme)
        self.redraw_all()

    def freeze(self) -> None:
        """Draw nothing until `thaw`; what is shown meanwhile is not lost, only the frames in between."""
        self._is_frozen = True

    def thaw(self) -> None:
        """Draw again, all of it."""
        self._is_frozen = False
        self.redraw_all()

    # Keys

    def hear(self, message: Message) -> None:
        """Take what a terminal said where it is a key or a paste; nothing else means anything here."""
        if isinstance(message, events.Paste):
            self.act(partial(self.paste, message.text))
        # With alt held a letter means nothing: a pass would be marked by what was meant for the window.
        elif isinstance(message, events.Key) and not message.key.startswith("alt+"):
            self.act(partial(self.key, message.key, (message.character or "") if is_text(message.character) else ""))

    def key(self, key: str, character: str) -> None:
        """Take a key in its turn."""
        if key == "f3":
            themes = tuple(ColourTheme)
            self.wear(themes[(themes.index(self.look.theme) + 1) % len(themes)])
        elif key in {"pageup", "pagedown"}:
            self._scroll_by(leaf(self._sheet.rows) * (1 if key == "pagedown" else -1))
        elif key in {"up", "down"} and self._sheet.most and self.scrolls(key):
            self._scroll_by(1 if key == "down" else -1)
        else:
            self.turn(key, character)

    def _scroll_by(self, rows: int) -> None:
        self._scroll = max(0, min(self._sheet.most, self._scroll + rows))
        self._follows = False
        self.redraw()

    # The page

    def redraw(self) -> None:
        """Draw the page again, once, after everything that happens in this turn of the loop."""
        if not self._is_due and self._canvas is not None:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self.act, self._draw)

    def redraw_all(self) -> None:
        """Draw every row again: the window has another size, or shows something else."""
        self._is_whole = False
        self.redraw()

    def _draw(self) -> None:
        self._is_due = False
        canvas = self._canvas
        if canvas is None or self._is_frozen:
            return
        width, height = canvas.size
        page = self.page(column(width, self.widest), height)
        if page.about != self._about:
            # Unless it was begun, what is highlighted further down waits for the next key.
            self._about, self._scroll, self._follows = page.about, 0, page.is_begun
        if not self._follows:
            page = replace(page, keep=None)
        before = self._sheet
        self._sheet = fit_page(page, width, height, self._scroll, widest=self.widest, tallest=self.tallest)
        self._scroll = self._sheet.scroll
        self._show(canvas, before)

    def _show(self, canvas: Canvas, before: FittedPage) -> None:
        """Paint the rows that differ from what is there."""
        lines, cursor = self._sheet.lines, self._sheet.cursor
        width, height = canvas.size
        if self._is_whole:
            due = [y for y, (old, new) in enumerate(zip_longest(before.lines, lines, fillvalue=())) if old != new]
            if before.cursor != cursor:
                due = sorted({*due, *(place[0] for place in (before.cursor, cursor) if place is not None)})
        else:
            due, self._is_whole = [*range(height)], True
        reversed_at = None if canvas.has_cursor else cursor
        rows: list[tuple[int, Strip]] = []
        for y in due:
            if y < height:
                at = reversed_at[1] if reversed_at is not None and reversed_at[0] == y else None
                rows.append((y, strip(lines[y] if y < len(lines) else (), width, self.look, at)))
        if rows:
            canvas.paint(rows, cursor)
