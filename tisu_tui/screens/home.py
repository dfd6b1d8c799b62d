"""The home screen: workshops, sessions and what there is to do; whatever is chosen is run when it has closed."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable, Sequence

from tisu_tui.core.home import Deed, HomeItem, Shelf
from tisu_tui.core.text import cells
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.choosing import Highlight
from tisu_tui.screens.layout import (
    Key,
    Line,
    Lines,
    Page,
    Span,
    ends,
    flow,
    key_table,
    keys_line,
    listed,
    paragraph,
    paragraphs,
    side_by_side,
    spaced,
    stacked,
    width_of,
)
from tisu_tui.screens.paging import PagingApp
from tisu_tui.screens.typed_text import LineBuffer, draft_lines, edited

_WIDEST = 132
_TWO_COLUMNS = 104
"""Cells from which what can be done stands beside the list."""


class HomeApp(PagingApp):
    """Three shelves, one of them open; `more` gives the last one anew once it has been worked out.

    `place` is where somebody was when the screen closed before: the shelf, and the line on each of them.
    """

    widest = _WIDEST

    def __init__(
        self,
        shelves: Sequence[Shelf],
        more: Callable[[], Awaitable[Shelf]] | None = None,
        place: tuple[int, Sequence[int]] = (0, ()),
    ) -> None:
        super().__init__()
        self.chosen: tuple[str, ...] = ()
        """What to run once the screen is closed, as it is typed after `tisu`."""
        self._shelves = list(shelves)
        self._more = more
        self._filling: asyncio.Task[None] | None = None
        self._shelf, at = place
        self._at = [*at] or [0] * len(self._shelves)
        self._item: HomeItem | None = None
        self._deed = Highlight()
        self._search = LineBuffer()
        self._is_typing = False
        self._helps = False

    @property
    def place(self) -> tuple[int, Sequence[int]]:
        """The open shelf, and the line on each of them."""
        return self._shelf, tuple(self._at)

    def scrolls(self, key: str) -> bool:
        return self._helps

    def opened(self) -> None:
        if self._more is not None:
            self._filling = self.begin(self._fill(self._more))

    async def closed(self) -> None:
        if self._filling is not None:
            self._filling.cancel()
            await asyncio.wait((self._filling,))

    async def _fill(self, more: Callable[[], Awaitable[Shelf]]) -> None:
        self._shelves[-1] = await more()
        self._filling = None
        self.redraw()

    @property
    def _found(self) -> list[Shelf]:
        return [shelf.found(self._search.text) for shelf in self._shelves]

    # Keys

    def turn(self, key: str, character: str) -> None:
        self._follows = True
        if key in {"ctrl+q", "ctrl+x", "ctrl+c"}:
            self.exit()
        elif self._is_typing:
            self._type(key, character)
        elif self._helps:
            self._helps = False
        elif key == "f1" or character == "?":
            self._helps = True
        elif character == "q":
            self.exit()
        elif self._item is not None:
            self._turn_item(self._item, key, character)
        else:
            self._turn_list(key, character)
        self.redraw()

    def paste(self, text: str) -> None:
        if self._is_typing:
            self._search = self._search.typed(text)
            self.redraw()

    def _type(self, key: str, character: str) -> None:
        if key == "escape":
            self._is_typing, self._search = False, LineBuffer()
        elif key in {"enter", "down"}:
            self._is_typing = False
            if not self._found[self._shelf].items:
                self._shelf = next((n for n, shelf in enumerate(self._found) if shelf.items), self._shelf)
        else:
            self._search = edited(self._search, key, character)
        self._at = [0] * len(self._shelves)

    def _turn_list(self, key: str, character: str) -> None:
        items = self._found[self._shelf].items
        at = self._at[self._shelf]
        if key in {"tab", "right", "shift+tab", "left"}:
            self._shelf = (self._shelf + (1 if key in {"tab", "right"} else -1)) % len(self._shelves)
        elif key in {"up", "down"}:
            self._at[self._shelf] = max(0, min(len(items) - 1, at + (1 if key == "down" else -1)))
        elif key in {"home", "end"}:
            self._at[self._shelf] = 0 if key == "home" else max(0, len(items) - 1)
        elif key == "enter" and items:
            self._item, self._deed = items[min(at, len(items) - 1)], Highlight()
        elif character == "/":
            self._is_typing = True
        elif key == "escape":
            self._search = LineBuffer()

    def _turn_item(self, item: HomeItem, key: str, character: str) -> None:
        if self._deed.moves(key, character, len(item.deeds)):
            return
        if key in {"escape", "left"}:
            self._item = None
        elif key == "enter" and item.deeds:
            self.chosen = item.deeds[self._deed.at].command
            self.exit()

    # Pages

    def page(self, width: int, height: int) -> Page:
        if self._helps:
            return Page(_help(width), keys_line(((_("any key"), _("go back")),), width), about="help")
        if self._item is not None:
            return self._opened(self._item, width)
        return self._list(width)

    def _list(self, width: int) -> Page:
        found = self._found
        shelf = found[self._shelf]
        at = min(self._at[self._shelf], max(0, len(shelf.items) - 1))
        head, cursor = self._head(found, width)
        has_two = width >= _TWO_COLUMNS and bool(shelf.items)
        left = width * 56 // 100 if has_two else width
        page = listed(
            (_row(item, left, is_here=n == at, tells=n == at and not has_two) for n, item in enumerate(shelf.items)), at
        )
        body, (first, last) = page.body, page.keep or (0, 0)
        if not shelf.items:
            body = paragraph(_("Nothing here has these words.") if self._search.text else shelf.empty, left, "quiet")
        # With the first one, what stands over the list is in sight too.
        first = first if at or not shelf.items else -len(head)
        if has_two:
            told = _told(shelf.items[at], width - left - 4)
            # It stands beside the highlight, so that both are in sight however far the list is scrolled.
            above = max(0, min(first, len(body) - len(told)))
            body = side_by_side((body, (*(((),) * above), *told)), (left,), gap=4)
            first, last = min(first, above), max(last, above + len(told) - 1)
        in_sight = (first + len(head), last + len(head))
        foot = keys_line(self._keys(shelf), width)
        return Page((*head, *body), foot, in_sight, cursor, about=self._shelf, is_begun=True)

    def _head(self, found: Sequence[Shelf], width: int) -> tuple[Lines, tuple[int, int] | None]:
        names: list[Span] = []
        for n, shelf in enumerate(found):
            count = "…" if n == len(found) - 1 and self._filling is not None else str(len(shelf.items))
            names += [(f" {shelf.name} {count} ", "chosen" if n == self._shelf else "dim"), ("  ", "text")]
        head: Lines = (*ends("tisu", _("team workshops in the terminal"), width), (), tuple(names), ())
        if not (self._is_typing or self._search.text):
            return head, None
        # A label of one row, with what is searched for behind it.
        drawn, (row, column) = draft_lines(self._search, max(8, width - 12))
        label = f"{_('Search:')} "
        lines: Lines = tuple(((label if not n else " " * len(label), "dim"), *line) for n, line in enumerate(drawn))
        cursor = (len(head) + row, column + len(label)) if self._is_typing else None
        return (*head, *lines, ()), cursor

    def _keys(self, shelf: Shelf) -> tuple[Key, ...]:
        if self._is_typing:
            return (("enter", _("look at what is found")), ("esc", _("all again")))
        keys: list[Key] = [("↑ ↓", _("choose")), ("enter", _("open"))] if shelf.items else []
        keys += [("tab", _("next list")), ("/", _("search"))]
        if self._search.text:
            keys.append(("esc", _("all again")))
        return (*keys, ("f1", _("help")), ("q", _("close")))

    def _opened(self, item: HomeItem, width: int) -> Page:
        head = spaced(
            (*paragraph(item.title, width, "title"), *paragraph(item.detail, width, "dim")), _about(item, width)
        )
        deeds = (_deed(deed, n, width, is_here=n == self._deed.at) for n, deed in enumerate(item.deeds))
        page = listed(deeds, self._deed.at).under(head)
        keys: tuple[Key, ...] = (("esc", _("go back")), ("q", _("close")))
        if item.deeds:
            keys = ((_("arrows or digits"), _("choose")), ("enter", _("do it")), *keys)
        return Page(spaced(page.body, _more(item, width)), keys_line(keys, width), page.keep, about=item)


def _row(item: HomeItem, width: int, *, is_here: bool, tells: bool) -> Lines:
    mark = "› " if is_here else "  "
    room = width - cells(item.detail) - 4
    title = flow(((item.title, "title" if is_here else "text"),), room, mark)
    gap = max(2, width - width_of(title[0]) - cells(item.detail))
    first: Line = (*title[0], (" " * gap, "text"), (item.detail, "dim"))
    about = _about(item, width - 2, "  ") if tells else ()
    return (first if item.detail else title[0], *title[1:], *about)


def _about(item: HomeItem, width: int, first: str = "") -> Lines:
    return paragraphs(item.about, width, "dim", first, first)


def _told(item: HomeItem, width: int) -> Lines:
    deeds = stacked(_deed(deed, n, width, is_here=False) for n, deed in enumerate(item.deeds))
    return spaced(paragraph(item.title, width, "title"), _about(item, width), deeds, _more(item, width))


def _more(item: HomeItem, width: int) -> Lines:
    return paragraphs(item.more, width, "dim", "", "    ")


def _deed(deed: Deed, number: int, width: int, *, is_here: bool) -> Lines:
    first = f"{'›' if is_here else ' '} {number + 1}  "
    return (
        *paragraph(deed.words, width, "title" if is_here else "text", first),
        *paragraph(shlex.join(("tisu", *deed.command)), width, "key" if is_here else "quiet", "     "),
    )


def _help(width: int) -> Lines:
    keys = (
        ("↑ ↓", _("choose a line")),
        ("enter", _("see what can be done with it; enter again does it")),
        ("tab", _("the next list: workshops, sessions, what there is to do")),
        ("/", _("search in all lists: titles, decisions, actions")),
        ("esc", _("go back, or show everything again")),
        ("q", _("close")),
    )
    return spaced(
        paragraph(_("Help"), width, "title"),
        key_table(keys, width),
        paragraph(
            _("What you choose runs in place of this screen, which then comes back. Its command stands under it."),
            width,
        ),
        paragraph(_("The same as plain lines: tisu --plain"), width),
    )
