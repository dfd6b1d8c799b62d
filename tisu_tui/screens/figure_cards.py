"""Cards, as high and as wide as there is room: choices, people's words, concerns, and what was written down.

Other figures are made of the same blocks of ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import TypeAlias

from tisu_tui.core.figure import BoardRow, Items, RecordBoard, Tone, VerdictFigure
from tisu_tui.core.text import ELLIPSIS, cells, fit
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Line, Lines, flow, padded, paragraph, side_by_side, stacked, text_of, width_of
from tisu_tui.screens.lettering import SMALL, letters
from tisu_tui.screens.palette import StyleName

EDGE = "▌ "
"""What every row of a card or band begins with, so that it is one without colour too."""
CARD: tuple[StyleName, StyleName] = ("card", "card-edge")
FILLED: tuple[StyleName, StyleName] = ("filled", "filled")
"""The ground and the edge of a card, and of one that stands out."""
Ways: TypeAlias = Sequence[tuple[int, int]]
"""How many rows a card is higher than what is on it, and how many lie between two cards: the best way first."""

_HIGH = 9
"""The most rows of a choice in letters: two lines of them."""
_CLEAR: Ways = ((4, 1), (2, 1))
"""Cards that leave a row free at least above and below the large letters on them."""
_TOUCHING: Ways = ((0, 0),)
_ENDLESS = 9999
"""More rows than anything takes."""
TONES: dict[Tone, StyleName] = {Tone.YES: "yes", Tone.THIN: "thin", Tone.HELD: "held", Tone.WAIT: "wait"}


def cut(text: str, width: int, rows: int, style: StyleName) -> Lines:
    """Wrap a text into so many rows; where it is longer, its last row ends in an ellipsis, a span of its own."""
    lines = paragraph(text, width, style)
    if len(lines) <= rows:
        return lines
    rest = " ".join(text_of(line).strip() for line in lines[rows - 1 :])
    return (*lines[: rows - 1], ((fit(rest, width)[:-1], style), (ELLIPSIS, style)))


def hung(text: str, width: int, rows: int, style: StyleName) -> Lines:
    """Cut a text so that it has a beginning among others: what goes on in further rows stands in."""
    if len(whole := cut(text, width, rows, style)) == 1:
        return whole
    first, *rest = cut(text, width - 2, rows, style)
    return (first, *((("  ", style), *line) for line in rest))


def centred(text: str, width: int, style: StyleName) -> Line:
    """Put a short text in the middle of a row of one style, cut to it."""
    text = fit(text, width)
    left = (width - cells(text)) // 2
    return ((" " * left + text + " " * (width - left - cells(text)), style),)


def block(inside: Lines, width: int, height: int, ground: StyleName, edge: StyleName) -> Lines:
    """Put lines in the middle of a ground of its own, cut to its height."""
    inside = inside[:height]
    above = (height - len(inside)) // 2
    rows = ((),) * above + inside + ((),) * (height - above - len(inside))
    # What is filled has no edge in its own colour: it would look set in.
    before: Line = ((EDGE, edge),) if edge != ground else (("  ", ground),)
    return tuple((*before, *padded(row, width - 2, ground)) for row in rows)


def on_cards(
    inside: Sequence[Lines], width: int, rows: int, ways: Ways, styles: Sequence[tuple[StyleName, StyleName]] = ()
) -> Lines:
    """Put each on a card of its own, in the first of these ways that the rows are enough for; nothing where none is."""
    tall = sum(map(len, inside))
    for more, gap in ways:
        if tall + more * len(inside) + gap * (len(inside) - 1) <= rows:
            looks = zip(inside, styles or repeat(CARD), strict=False)
            return stacked([block(each, width, len(each) + more, *look) for each, look in looks], gap)
    return ()


def items(figure: Items, width: int, rows: int) -> Lines:
    """Draw what can be chosen or is agreed, a card each; what stands out is filled."""
    if not figure.items:
        return ()
    styles = [FILLED if item.first else CARD for item in figure.items]
    # A letter has two rows or more, with a blank one between two choices.
    has_room = rows >= 3 * len(figure.items) - 1
    # Letters keep clear of the edge above them, and of that below where there is room.
    large = [((), *label) for label in _in_letters(figure, width)] if has_room else []
    if made := on_cards(large, width, rows, ((1, 1), (0, 1)), styles):
        return made
    size = max(cells(item.key) for item in figure.items)
    room = width - 3 - (size + 2 if size else 0)
    marks = max(cells(item.mark) for item in figure.items)
    marks = 0 if room - marks < 15 else marks
    # A line without a mark has the room of one.
    rooms = [room - marks - 3 if item.mark and marks else room for item in figure.items]
    tall = [len(paragraph(item.label, room)) for item, room in zip(figure.items, rooms, strict=True)]
    is_tight = rows < sum(tall)
    parts: list[Lines] = []
    for item, high, left, (style, edge) in zip(figure.items, tall, rooms, styles, strict=True):
        lead = f"{item.key:>{size}}  " if size else ""
        inside: list[Line] = []
        for y, line in enumerate(cut(item.label, left, 1 if is_tight else high, style)):
            after: Line = ((f"  {'' if y else item.mark:>{marks}} ", edge),) if left < room else ()
            inside.append(((" " * len(lead) if y else lead, edge), *padded(line, left, style), *after))
        parts.append(tuple(inside))
    ways = _TOUCHING if is_tight else ((4, 1), (2, 1), (0, 1), *_TOUCHING)
    return on_cards(parts, width, max(rows, len(parts)), ways, styles)


def rows_of_letters(figure: Items, width: int) -> int:
    """Give the rows from which on choices stand in letters; none where one is too long for that."""
    inside = _in_letters(figure, width)
    return sum(map(len, inside)) + 2 * len(inside) - 1 if inside else 0


def _in_letters(figure: Items, width: int) -> list[Lines]:
    """Draw each choice in letters, with its key before it and what is said of it at its end."""
    edges: list[StyleName] = ["filled" if item.first else "card-edge" for item in figure.items]
    keys, marks = (
        [letters(text, width, _HIGH, edge, (SMALL,), lines=1) for text, edge in zip(texts, edges, strict=True)]
        for texts in ([item.key for item in figure.items], [item.mark for item in figure.items])
    )
    # A sign that no letters have, like a tick, stands as it is.
    keys = [key or paragraph(item.key, width, edge) for key, item, edge in zip(keys, figure.items, edges, strict=True)]
    size, end = (max((width_of(line) for picture in drawn for line in picture), default=0) for drawn in (keys, marks))
    room = width - 3 - (size + 2 if size else 0) - (end + 3 if end else 0)
    inside = []
    for n, item in enumerate(figure.items):
        style: StyleName = "filled" if item.first else "card"
        label = letters(item.label, max(2, room), _HIGH, style, (SMALL,), lines=2)
        if not label or (item.mark and not marks[n]):
            return []
        led = side_by_side((keys[n], label), (size,), style=style) if size else label
        inside.append(side_by_side((led, marks[n]), (width - 6 - end,), style=style) if end else led)
    return inside


def cards(texts: tuple[str, ...], width: int, rows: int = 0) -> Lines:
    """Draw people's words, a card each; they are higher where there are rows for it."""
    if not texts:
        return ()
    inside = [flow(((text, "card"),), width - 3) for text in texts]
    return _grown(inside, width, rows)


def large_cards(texts: tuple[str, ...], width: int, rows: int) -> Lines:
    """Draw a few short texts in large letters, a card each; nothing where there is no room for it."""
    # Many are worth more in letters than the row below those.
    low = low_cards(texts, width)
    return on_cards(_cards_in_letters(texts, width), width, rows, _CLEAR) or (low if len(low) <= rows else ())


def low_cards(texts: tuple[str, ...], width: int) -> Lines:
    """Draw texts in large letters, on cards that have no row below those; nothing where one is too long for it."""
    return on_cards([((), *item) for item in _cards_in_letters(texts, width)], width, _ENDLESS, ((0, 1),))


def card_rows(texts: tuple[str, ...], width: int) -> int:
    """Give the rows from which on cards stand in letters; none where a text is too long for that."""
    return len(on_cards(_cards_in_letters(texts, width), width, _ENDLESS, _CLEAR[-1:]))


def _cards_in_letters(texts: tuple[str, ...], width: int) -> list[Lines]:
    inside = [letters(text, width - 3, _HIGH, "card", (SMALL,), lines=2) for text in texts]
    return inside if all(inside) else []


def _grown(inside: list[Lines], width: int, rows: int) -> Lines:
    """Put lines on cards: high ones where there are rows for it, touching ones where there are few; 0 is any number."""
    if not rows:
        return on_cards(inside, width, _ENDLESS, ((0, 1),))
    return on_cards(inside, width, rows, ((2, 1), (0, 1))) or on_cards(inside, width, _ENDLESS, _TOUCHING)


def board(figure: RecordBoard, width: int, rows: int) -> Lines:
    """Draw what was written down, a card each, with who and by when in columns; on a narrow screen under it."""
    if large_rows := _large_board(figure, width, rows):
        return large_rows
    who = max((cells(row.who) for row in figure.rows), default=0)
    when = max((cells(row.when) for row in figure.rows), default=0)
    room = width - 4 - sum(size + 2 for size in (who, when) if size)
    if room < width // 2:
        said = [" · ".join(filter(None, (row.who, row.when))) for row in figure.rows]
        inside = [
            (
                *paragraph(row.what, width - 3, "card"),
                *paragraph(words, width - 3, "card-edge"),
                *paragraph(row.note, width - 3, "card"),
            )
            for row, words in zip(figure.rows, said, strict=True)
        ]
    else:
        inside = []
        for row in figure.rows:
            beside: Line = tuple(
                (f"  {text}{' ' * (size - cells(text))}", "card-edge")
                for text, size in ((row.who, who), (row.when, when))
                if size
            )
            first, *more = paragraph(row.what, room, "card")
            note: Lines = tuple((("  ", "card"), *line) for line in paragraph(row.note, room - 2, "card"))
            inside.append(((*padded(first, room, "card"), *beside), *more, *note))
    return _grown(inside, width, rows)


def board_rows(figure: RecordBoard, width: int) -> int:
    """Give the rows from which on what was written down is in letters; none where it is too long for that."""
    return len(on_cards(_board_in_letters(figure, width, is_all_large=False), width, _ENDLESS, _CLEAR[-1:]))


def _board_in_letters(figure: RecordBoard, width: int, *, is_all_large: bool) -> list[Lines]:
    def card(row: BoardRow) -> Lines:
        whom: tuple[str, StyleName] = (", ".join(filter(None, (row.who, row.when))), "card-edge")
        parts = [letters(row.what, width - 3, 99, "card", (SMALL,))]
        for text, style in (whom, (row.note, "card")):
            drawn = letters(text, width - 3, 99, style, (SMALL,)) if is_all_large else paragraph(text, width - 3, style)
            parts += [drawn] if text else []
        # Letters that hang down must not touch those below.
        return stacked(parts, 1) if all(parts) else ()

    inside = [card(each) for each in figure.rows]
    return inside if all(inside) else []


def _large_board(figure: RecordBoard, width: int, rows: int) -> Lines:
    """Draw what was written down in large letters, and under it with whom and by when; nothing where it has no room."""
    inside = (_board_in_letters(figure, width, is_all_large=large) for large in (True, False))
    return next(filter(None, (on_cards(item, width, rows, _CLEAR) for item in inside)), ())


def verdict(figure: VerdictFigure, width: int, rows: int = 0) -> Lines:
    """Draw the concerns that stand beside a verdict, under words that say what they are."""
    if not figure.cards:
        return ()
    head = paragraph(_("In people's words"), width, "title")
    left = max(0, rows - len(head) - 1)
    body = large_cards(figure.cards, width, left) or cards(figure.cards, width, left)
    return stacked([head, body], 1 if len(body) <= left else 0)
