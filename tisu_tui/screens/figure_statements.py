"""Statements on one scale: a row each on one axis, with the middle answer as a mark, and numbers that may be told."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from tisu_tui.core.figure import Rated, Ruler
from tisu_tui.screens.figure_cards import CARD, block, centred, cut, hung, on_cards
from tisu_tui.screens.layout import (
    Line,
    Lines,
    Span,
    flow,
    longest_word,
    padded,
    paragraph,
    side_by_side,
    stacked,
    text_of,
)
from tisu_tui.screens.lettering import SMALL, letters
from tisu_tui.screens.palette import StyleName

_NOT_NARROW = 90
# Half blocks leave half a row between the marks of two statements.
_MARKS = ("■", "█▀", "▄█▀", "▄█▀ ", "▄██▀ ", "▄███▀ ")
_LABEL = 10
"""The fewest cells for a statement, whose code is found again on everybody's own screen."""
_HIGH = 3
"""The most rows of a statement that is asked."""
_TALLEST = 5
"""The most rows of the words over a column."""
_MARKED: dict[str, StyleName] = {"■": "mark", "━": "half", "○": "half", "◀━▶": "far"}
"""The colour of each mark that a legend names."""


class _Sizes(NamedTuple):
    """How wide a statement, a point of its scale, and each further column is."""

    label: int
    slot: int
    extra: tuple[int, ...]


def _asked(figure: Ruler, width: int, rows: int) -> Lines:
    """Draw what is asked while nothing is told: whole statements where there is room, and the scale once."""
    scale = _scale_words(figure, width)
    # A letter has two rows or more, with a blank one below.
    large = _in_letters(figure, width) if rows >= 3 * len(figure.rows) + len(scale) else []
    if large and rows >= _rows_taken(large, scale):
        large_scale = _scale_words(figure, width, SMALL)
        is_roomy = sum(map(len, large)) + len(large) + len(large_scale) <= rows
        under = large_scale if large_scale and is_roomy else scale
        return (*on_cards(large, width, rows - len(under) - 1, ((2, 1), (1, 1), (0, 1))), (), *under)
    room = rows - len(scale) - 1
    whole = [cut(row.label, width - 2, _HIGH, "card") for row in figure.rows]
    if apart := on_cards(whole, width, room - 1, ((2, 1), (1, 1))) or on_cards(whole, width, room, ((0, 1),)):
        return (*apart, (), *scale)
    rows_of = [hung(row.label, width - 2, _HIGH, "card") for row in figure.rows]
    if sum(map(len, rows_of)) > room + 1 and (both := _in_columns(figure, width, room)):
        return (*both, (), *scale)
    # The row over the scale is given up only for all of them to be whole.
    over = 0 if sum(map(len, rows_of)) == room + 1 else 1
    more = max(0, room + 1 - over - len(rows_of))
    for n, row in enumerate(figure.rows):
        rows_of[n] = hung(row.label, width - 2, min(_HIGH, 1 + more), "card")
        more -= len(rows_of[n]) - 1
    touching = on_cards(rows_of, width, sum(map(len, rows_of)), ((0, 0),))
    return (*touching, *(((),) if len(touching) <= room else ()), *scale)


def _in_columns(figure: Ruler, width: int, rows: int) -> Lines:
    """Draw whole statements in two columns of about one height; nothing where those are higher than so many rows."""
    half = (width - 2) // 2
    whole = [hung(row.label, half - 3, rows, "card") for row in figure.rows]
    cuts = ((stacked(whole[:n]), stacked(whole[n:])) for n in range(len(whole), 0, -1))
    columns = min(cuts, key=lambda both: max(map(len, both)))
    high = max(map(len, columns))
    both = [block((*each, *((),) * (high - len(each))), half, high, *CARD) for each in columns]
    return side_by_side(both, (half,)) if high <= rows else ()


def _scale_words(figure: Ruler, width: int, face: str = "") -> Lines:
    keys = figure.keys or tuple("" for _point in figure.points)
    said = " · ".join(f"{key} {point}".strip() for key, point in zip(keys, figure.points, strict=True))
    return letters(said, width, 9, "result", (face,)) if face else paragraph(said, width, "result")


def _in_letters(figure: Ruler, width: int) -> list[Lines]:
    large = [letters(row.label, width - 2, 9, "card", (SMALL,), lines=2) for row in figure.rows]
    return large if all(large) else []


def rows_of_letters(figure: Ruler, width: int) -> int:
    """Give the rows from which on statements that are asked stand in letters; none where one is too long for that."""
    return _rows_taken(_in_letters(figure, width), _scale_words(figure, width))


def _rows_taken(large: list[Lines], scale: Lines) -> int:
    return sum(map(len, large)) + len(large) + len(scale) if large else 0


def is_told(figure: Ruler) -> bool:
    """Tell whether anything is said of a statement yet."""
    return any(row.middle or row.note or row.before for row in figure.rows)


def statements(figure: Ruler, width: int, rows: int) -> Lines:
    """Draw statements as rows on one axis, with their middle answers and all numbers that may be told."""
    if not is_told(figure):
        return _asked(figure, width, rows)
    figure, sizes, heads, legend = _frame(figure, width)
    if (room := rows - len(figure.rows) - len(legend)) < len(heads):
        heads = _heads(figure, sizes, max(3, room))
    # All rows are equally high, so that they can be compared.
    left = rows - len(heads) - len(legend)
    height = min(len(_MARKS), max(1, left // len(figure.rows)))
    lines = [line for row in figure.rows for line in _row(figure, row, sizes, height)]
    return (*heads, *lines, *(((),) if left > len(lines) and legend else ()), *legend)


def rows_needed(figure: Ruler, width: int) -> int:
    """Give the rows in which all statements have one each, under the whole words of their scale."""
    if not is_told(figure):
        return len(figure.rows) + (4 if figure.legend else 3)
    _figure, _sizes, heads, legend = _frame(figure, width)
    return len(heads) + len(figure.rows) + len(legend)


def _frame(figure: Ruler, width: int) -> tuple[Ruler, _Sizes, Lines, Lines]:
    """Give the figure as it is drawn, how wide its columns are, and what stands above and below them."""
    places = len(figure.points)
    apart = 2 if width >= _NOT_NARROW else 1
    extra = tuple(max(5, longest_word(head) + apart) for head in figure.columns)
    room = width - sum(extra)
    wanted = min(max(map(longest_word, figure.points)) + 1, (room - _LABEL) // places)
    slot = max(5, min(18, room * 56 // 100 // places), wanted)
    legend = _legend(figure, width)
    if figure.keys and max(map(longest_word, figure.points)) >= slot:
        # Words that a phone would break stand once below, behind what people type for them.
        legend += _scale_words(figure, width)
        figure, slot = replace(figure, points=figure.keys), 5
    sizes = _Sizes(max(8, room - slot * places - 1), slot, extra)
    return figure, sizes, _heads(figure, sizes, _TALLEST), legend


def _legend(figure: Ruler, width: int) -> Lines:
    """Say what marks mean, each mark in the colour that it has above."""
    marked = _MARKED | ({"■": "far"} if all(row.far for row in figure.rows if row.middle) else {})
    spans: list[Span] = []
    for n, each in enumerate(figure.legend.split(" · ") if figure.legend else ()):
        mark, _space, words = each.partition(" ")
        style = marked.get(mark)
        spans += [(" · " if n else "", "dim"), *(((mark, style), (f" {words}", "dim")) if style else ((each, "dim"),))]
    return flow(tuple(spans), width)


def _heads(figure: Ruler, sizes: _Sizes, most: int) -> Lines:
    wide = (*(sizes.slot for _point in figure.points), *sizes.extra)
    named = [
        cut(text, size - 1 if longest_word(text) < size else size, most, "dim")
        for text, size in zip((*figure.points, *figure.columns), wide, strict=True)
    ]
    tall = max(map(len, named))
    columns: list[Lines] = [
        (*((),) * (tall - len(lines)), *(centred(text_of(line).strip(), size, "dim") for line in lines))
        for lines, size in zip(named, wide, strict=True)
    ]
    return side_by_side(((), *columns), (sizes.label + 1, *wide), gap=0)


def _row(figure: Ruler, row: Rated, sizes: _Sizes, height: int) -> Lines:
    slot = sizes.slot
    style: StyleName = "title" if row.id in figure.marked else "text"
    words = hung(row.label, sizes.label, max(1, height - (1 if height > 2 else 0)), style)
    marks = _MARKS[height - 1]
    axis = (height - 1) // 2 if height > 2 else 0
    lines: list[Line] = []
    lower = max(0, axis - len(words) // 2)
    for y, mark in enumerate(marks):
        text = padded(words[y - lower] if 0 <= y - lower < len(words) else (), sizes.label, style)
        scale = _scale(figure, row, slot, mark) if y != axis else _axis(figure, row, slot, mark)
        more = [
            span for each, size in zip(row.further, sizes.extra, strict=False) for span in centred(each, size, "text")
        ]
        lines.append((*text, (" ", "text"), *scale, *(more if y == axis else ())))
    return tuple(lines)


def _shade(row: Rated) -> StyleName:
    return "far" if row.far else "mark"


def _scale(figure: Ruler, row: Rated, slot: int, mark: str) -> list[Span]:
    """Draw the rest of a block that is more than one row high."""
    shade = _shade(row)
    return [
        (f" {mark * (slot - 2)} ", shade) if _is_middle(row, n) else (" " * slot, "text")
        for n in range(len(figure.points))
    ]


def _is_middle(row: Rated, place: int) -> bool:
    return bool(row.middle) and row.middle[0] <= place <= row.middle[-1]


def _axis(figure: Ruler, row: Rated, slot: int, mark: str) -> list[Span]:
    """Draw the middle as a block, the middle half or all of the scale as a line, and numbers or points elsewhere."""
    places = len(figure.points)
    if not row.middle and row.note and not row.counts:
        # Over all of the scale, or it would pass for what the point in the middle of it says.
        return [(f" {f' {row.note} ':╌^{slot * places - 2}} ", "dim")]
    reach = range(places) if row.far else range(row.half[0], row.half[-1] + 1) if row.half else range(0)
    both = (*row.before, *row.middle) if row.before and row.middle else ()
    joined = range(min(both), max(both)) if both else range(0)
    spans: list[Span] = []
    for n in range(places):
        number = str(row.counts[n]) if row.counts and row.counts[n] else ""
        if _is_middle(row, n) and number:
            filled: StyleName = "above-first" if _shade(row) == "far" else "filled"
            spans += [(" ", "text"), (f"{number:^{slot - 2}}", filled), (" ", "text")]
        elif _is_middle(row, n):
            spans.append((f" {mark * (slot - 2)} ", _shade(row)))
        elif n in row.before:
            spans.append((f"{f'○ {number}'.strip():^{slot}}", "half"))
        elif n in reach:
            ends = row.far and n in {0, places - 1}
            drawn = _around(number, "━", slot - 1 if ends else slot)
            drawn = (f"◀{drawn}" if n == 0 else f"{drawn}▶") if ends else drawn
            spans.append((drawn, "far" if row.far else "half"))
        elif n in joined:
            spans.append((_around(number, "─", slot), "half"))
        else:
            spans.append((f"{number or '·':^{slot}}", "title" if number else "dim"))
    return spans


def _around(number: str, mark: str, size: int) -> str:
    """Put a number into the middle of a mark, with a space on both sides where there is room for it."""
    text = f" {number} " if number and len(number) + 4 <= size else number
    return f"{text:{mark}^{size}}"
