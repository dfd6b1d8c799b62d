"""What every painted screen has in common: one page that is drawn again, scrolls, and has the keys."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine
from dataclasses import replace

from textual import events
from textual.app import ComposeResult

from tisu_tui.core.text import is_text
from tisu_tui.screens.layout import TALLEST, WIDEST, FittedPage, Page, column, fit_page, leaf
from tisu_tui.screens.painted import PaintedWidget
from tisu_tui.screens.palette import ColourTheme
from tisu_tui.screens.seat_app import SeatApp


class _Canvas(PaintedWidget, can_focus=False):
    """The whole screen; when it gets another size, its app draws again."""

    def on_resize(self) -> None:
        if isinstance(self.app, PagingApp):
            self.app.redraw()


class PagingApp(SeatApp):
    """An app that draws one page and takes keys one after the other."""

    widest = WIDEST
    """The widest column that is drawn."""
    tallest = TALLEST
    """The most rows that are used."""
    AUTO_FOCUS = ""  # keys come to the app, and giving a widget the focus would style it once more

    def __init__(self) -> None:
        super().__init__()
        self._canvas = _Canvas()
        self._scroll = 0
        self._follows = True
        self._sheet = FittedPage(())
        self._is_due = False

    # What a subclass decides

    @abstractmethod
    def turn(self, key: str, character: str) -> None:
        """Take a key that does not scroll."""

    @abstractmethod
    def page(self, width: int, height: int) -> Page:
        """Draw what there is to read in a window, in a column of `widest` cells at most."""

    def paste(self, text: str) -> None:
        """Take pasted text in; nothing, unless a subclass takes text."""
        del text

    @property
    def arrows_scroll(self) -> bool:
        """Whether the arrows have nothing else to do: many phones have no other keys to scroll with."""
        return True

    def scrolls(self, key: str) -> bool:
        """Whether this arrow scrolls now."""
        del key
        return self.arrows_scroll

    # Keys

    async def on_event(self, event: events.Event) -> None:
        # There is one widget, and no key is bound: Textual's way to it would cost more than what most keys do.
        match event:
            case events.Key():
                self.key(event.key, (event.character or "") if is_text(event.character) else "")
            case events.Paste():
                self.paste(event.text)
            case _:
                await super().on_event(event)

    def key(self, key: str, character: str) -> None:
        """Take a key in its turn."""
        if key == "f3":
            themes = tuple(ColourTheme)
            self.wear(themes[(themes.index(self.look.theme) + 1) % len(themes)])
            self._canvas.refresh()
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

    # Work beside the keys

    def begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Do some work beside the keys; if it fails the app fails, so that no screen stands still unnoticed."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._handle_exception(error)

    # The page

    def compose(self) -> ComposeResult:
        yield self._canvas

    def redraw(self) -> None:
        """Draw the page again, once, after everything that happens in this turn of the loop."""
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._draw)

    def _draw(self) -> None:
        self._is_due = False
        if not self._canvas.is_running:
            return  # it will be drawn when it is mounted, or its seat is gone
        try:
            self._draw_page()
        except Exception as error:  # noqa: BLE001  # the loop would only report it, and the screen stand still
            self._handle_exception(error)

    def _draw_page(self) -> None:
        width, height = self._canvas.size
        if not width or not height:
            return
        page = self.page(column(width, self.widest), height)
        if not self._follows:
            page = replace(page, keep=None)
        self._sheet = fit_page(page, width, height, self._scroll, widest=self.widest, tallest=self.tallest)
        self._scroll = self._sheet.scroll
        self._canvas.show(self._sheet.lines, self._sheet.cursor)

    def to_top(self) -> None:
        """Begin reading at the top again, whatever is highlighted further down."""
        self._scroll = 0
        self._follows = False
