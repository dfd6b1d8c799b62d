"""A screen as lines that are worked out beforehand: what hundreds of people see costs once, not once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Offset, Region
from textual.strip import Strip
from wcwidth import wcwidth

from tisu_tui.core.text import is_narrow
from tisu_tui.screens.palette import TextLook, painted, shade, styles
from tisu_tui.screens.row import Line, Paint, StyleName
from tisu_tui.screens.seat_app import SeatApp
from tisu_tui.screens.textual_patches import Filling

_REVERSE = Style(reverse=True)


def cells(text: str) -> int:
    """Count the terminal cells that `text` takes."""
    return sum(max(0, wcwidth(character)) for character in text)


def _fitted(line: Line, width: int, *, by_letter: bool) -> Iterator[tuple[str, int, StyleName | Paint]]:
    """Split a line into pieces of one style with their cells, cut to `width` and filled up with spaces.

    A piece is a character or, unless `by_letter`, a run of narrow ones.
    """
    left = width
    for text, name in line:
        if not by_letter and is_narrow(text):
            piece = text[:left]
            yield piece, len(piece), name
            left -= len(piece)
            if len(piece) < len(text):
                return
            continue
        for character in text:
            size = wcwidth(character)
            if size < 0:
                continue  # a control character would act on the terminal
            if size > left:
                yield " " * left, left, name  # half of a wide character can't be drawn
                return
            left -= size
            yield character, size, name
    if by_letter:
        yield from ((" ", 1, "text") for _cell in range(left))
    else:
        yield " " * left, left, "text"


def _styled(name: StyleName | Paint, look: TextLook) -> Style:
    if isinstance(name, Paint):
        return styles(look)["text"] if look.is_plain else painted(name, look)
    return styles(look)[name]


class _Row(Strip):
    """A whole row, which doesn't remember itself as its only part: that would keep it until a garbage collection."""

    __slots__ = ()

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        places = [*cuts]
        return [self] if places == [self.cell_length] else super().divide(places)


def _paint(line: Line, width: int, look: TextLook, cursor: int | None) -> Strip:
    named = styles(look)
    segments: list[Segment] = []
    run, style, column = "", named["text"], 0
    last: StyleName | Paint = "text"
    has_cursor = cursor is not None
    for piece, size, name in _fitted(line, width, by_letter=has_cursor):
        text = shade(name) if look.is_plain and isinstance(name, Paint) else piece
        # A combining mark belongs to the character before it, whatever span it stands in.
        if size and (name != last or has_cursor):
            last = name
            own = _styled(name, look)
            if cursor is not None and column <= cursor < column + size:
                own += _REVERSE
            if own != style:
                if run:
                    segments.append(Segment(run, style))
                run, style = "", own
        run += text
        column += size
    segments.append(Segment(run, style))
    return _Row(segments, width)


_paint_once = lru_cache(maxsize=1024)(_paint)


def strip(line: Line, width: int, look: TextLook, cursor: int | None = None) -> Strip:
    """Paint one row, `width` cells wide, with the cell at `cursor` reversed; done once for all apps."""
    if cursor is not None or any(name == "own" for _, name in line):
        # What somebody typed must not outlive their seat in a cache.
        return _paint(line, width, look, cursor)
    return _paint_once(line, width, look, None)


def _seat(app: App[object]) -> SeatApp | None:
    return app if isinstance(app, SeatApp) else None


class PaintedWidget(Filling, can_focus=True):
    """A widget that fills its screen with lines; a subclass decides what they are and what keys do."""

    DEFAULT_CSS = "PaintedWidget { width: 100%; height: 100%; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._cursor: tuple[int, int] | None = None

    @property
    def cursor(self) -> tuple[int, int] | None:
        return self._cursor

    def show(self, lines: Sequence[Line], cursor: tuple[int, int] | None = None) -> None:
        """Draw `lines` from the top, and the cell at `cursor` (row, column, in cells) reversed.

        Only rows that differ are painted again. It may be called from any task of the host's loop.
        """
        before, was = self._lines, self._cursor
        self._lines, self._cursor = tuple(lines), cursor
        # `self.app` would be somebody else's app when this is called from their task.
        app = next((node for node in self.ancestors if isinstance(node, SeatApp)), None)
        if not self.is_running or app is None:
            return  # it will be drawn when it is mounted, or its seat is gone
        rows = zip_longest(before, self._lines, fillvalue=())
        changed = {y for y, (old, new) in enumerate(rows) if old != new}
        if was != cursor:
            changed |= {place[0] for place in (was, cursor) if place is not None}
        self._follow_cursor(app)
        width, height = self.size
        due = [y for y in sorted(changed) if y < height]
        if due and app.can_paint:
            app.paint([(y, self._strip(y, width, app)) for y in due])
        elif due:
            self.refresh(*(Region(0, y, width, 1) for y in due))

    def render_line(self, y: int) -> Strip:
        return self._strip(y, self.size.width, _seat(self.app))

    def _strip(self, y: int, width: int, seat: SeatApp | None) -> Strip:
        cursor = None
        if self._cursor is not None and self._cursor[0] == y and not (seat is not None and seat.has_cursor):
            cursor = self._cursor[1]
        look = TextLook() if seat is None else seat.look
        return strip(self._lines[y] if y < len(self._lines) else (), width, look, cursor)

    def render_lines(self, crop: Region) -> list[Strip]:
        # The original makes strips of each widget's own from these, for borders and padding that there are none of:
        # a third of the memory of a seat.
        width, seat = self.size.width, _seat(self.app)
        strips = [self._strip(y, width, seat) for y in crop.line_range]
        left, right = crop.column_span
        return strips if (left, right) == (0, width) else [row.crop(left, right) for row in strips]

    def _follow_cursor(self, app: SeatApp) -> None:
        # Input methods, magnifiers, braille lines and speech follow the terminal's own cursor.
        row, column = self._cursor or (0, 0)
        app.cursor_position = Offset(column, row)
        app.shows_cursor = self._cursor is not None
