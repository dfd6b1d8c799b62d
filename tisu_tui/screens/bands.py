"""Blocks of ground that figures are made of: bands and cards with an edge, as high and as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import TypeAlias

from tisu_tui.core.text import cells, fit
from tisu_tui.screens.layout import Line, Lines, padded, paragraph, text_of
from tisu_tui.screens.palette import StyleName

EDGE = "▌ "
"""What every row of a band begins with, so that it is one without colour too."""


def block(inside: Lines, width: int, height: int, ground: StyleName, edge: StyleName | None) -> Lines:
    """Put lines in the middle of a ground of its own, cut to its height."""
    inside = inside[:height]
    above = (height - len(inside)) // 2
    rows = ((),) * above + inside + ((),) * (height - above - len(inside))
    # What is filled has no edge in its own colour: it would look set in.
    before: Line = ((EDGE, edge),) if edge and edge != ground else (("  ", ground),)
    return tuple((*before, *padded(row, width - 2, ground)) for row in rows)


def shared(rows: int, parts: int, gap: int = 1, most: int = 99) -> list[int]:
    """Share rows out among parts with a gap between them, the middle ones first; each has one at least."""
    room = max(parts, rows - gap * (parts - 1))
    heights = [min(most, room // parts)] * parts
    order = sorted(range(parts), key=lambda n: abs(2 * n - parts + 1))
    for n in order[: room - sum(heights) if heights[0] < most else 0]:
        heights[n] += 1
    return heights


def cut(text: str, width: int, rows: int, style: StyleName) -> Lines:
    """Wrap a text into so many rows; where it is longer, its last row ends in an ellipsis."""
    lines = paragraph(text, width, style)
    if len(lines) <= rows:
        return lines
    rest = " ".join(text_of(line).strip() for line in lines[rows - 1 :])
    return (*lines[: rows - 1], ((fit(rest, width), style),))


def stacked(parts: Sequence[Lines], gap: int) -> Lines:
    """Put parts under each other with so many blank rows between."""
    made: list[Line] = []
    for n, part in enumerate(parts):
        made += [()] * gap if n else []
        made += part
    return tuple(made)


CARD: tuple[StyleName, StyleName] = ("card", "card-edge")
FILLED: tuple[StyleName, StyleName] = ("filled", "filled")
"""The ground and the edge of a card, and of one that stands out."""
Ways: TypeAlias = Sequence[tuple[int, int]]
"""How many rows a card is higher than what is on it, and how many lie between two cards: the best way first."""


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


def centred(text: str, width: int, style: StyleName) -> Line:
    """Put a short text in the middle of a row of one style, cut to it."""
    text = fit(text, width)
    left = (width - cells(text)) // 2
    return ((" " * left + text + " " * (width - left - cells(text)), style),)
