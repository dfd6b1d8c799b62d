"""A scale: its points as a row of cards, as thick bars where there are numbers, or one under the other."""

from __future__ import annotations

from tisu_tui.core.figure import Rated, Ruler
from tisu_tui.core.text import cells
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.figure_cards import block, centred, cut
from tisu_tui.screens.layout import (
    Line,
    Lines,
    longest_word,
    padded,
    paragraph,
    side_by_side,
    stacked,
    text_of,
    width_of,
)
from tisu_tui.screens.lettering import key_letters
from tisu_tui.screens.palette import StyleName

_EIGHTHS = " ▁▂▃▄▅▆▇"
_LARGE = 24
"""Rows from which on numbers are letters."""
_HIGH = 3
"""The most rows of the name of a point under its bar."""
_NARROWEST = 13
"""Cells of the narrowest card that a label can be read on."""


def ruler(figure: Ruler, width: int, rows: int) -> Lines:
    """Draw a scale, in so many rows or, where it can't be smaller, in a few more."""
    row = figure.rows[0] if figure.rows else Rated("", "")
    across = _across(figure, width)
    if is_listed(figure, width) or rows < 6:
        return _listed(figure, row, width, rows)
    return _bars(figure, row, across, rows) if row.counts else _cards(figure, row, across, rows)


def _across(figure: Ruler, width: int) -> int:
    return (width - 2 * (len(figure.points) - 1)) // len(figure.points)


def is_listed(figure: Ruler, width: int) -> bool:
    """Tell whether a scale's points stand under each other, as there is no room for cards side by side."""
    return _across(figure, width) < _NARROWEST


def _key(figure: Ruler, n: int) -> str:
    # Beside a result what people typed would pass for a number of people.
    is_result = any(row.middle or row.counts for row in figure.rows)
    return figure.keys[n] if figure.keys and not is_result else ""


def _cards(figure: Ruler, row: Rated, across: int, rows: int) -> Lines:
    below = _below(figure, row, across)
    height = min(13, rows - len(below))
    cards = []
    tallest = max(len(cut(point, across - 3, height, "card")) for point in figure.points)
    for n, point in enumerate(figure.points):
        is_middle = n in row.middle
        style: StyleName = "filled" if is_middle else "card"
        inside = cut(point, across - 3, height, style)
        # As high as the highest, so that keys stand in one row.
        inside += ((("", style),),) * (tallest - len(inside))
        key = _key(figure, n)
        if key and height >= len(inside) + 5 and (drawn := key_letters(key, across - 3, style)):
            inside = (*drawn, ((" ", style),), *inside)
        elif key and height > len(inside):
            inside = (((key, style),), *inside)
        cards.append(block(inside, across, height, style, style if is_middle else "card-edge"))
    return (*side_by_side(cards, [across] * len(cards)), *below)


def _below(figure: Ruler, row: Rated, across: int) -> Lines:
    """Draw the middle half, the mark under the middle answer, and how far apart answers are."""
    places = len(figure.points)
    step = across + 2
    lines: list[Line] = []
    if row.half:
        low, high = row.half[0] * step, row.half[-1] * step + across
        words = f" {_('the middle half')} "
        words = words if cells(words) + 4 <= high - low else ""
        side = (high - low - cells(words)) // 2
        lines.append(((" " * low, "text"), (f"{'━' * side}{words}{'━' * (high - low - cells(words) - side)}", "half")))
    if row.middle:
        low, high = row.middle[0] * step, row.middle[-1] * step + across
        words, centre = f"▲ {row.mark}", (low + high) // 2
        if cells(words) <= high - low:
            centre -= cells(words) // 2
        elif centre + cells(words) > places * step - 2:
            words, centre = f"{row.mark} ▲", max(0, centre - cells(row.mark) - 1)
        lines.append(((" " * centre, "text"), (words, "mark")))
    if row.note:
        lines.append(_apart(row, places * step - 2, step))
    return tuple(lines)


def _apart(row: Rated, width: int, step: int = 0) -> Line:
    """Draw how far apart answers are: a line over all points, or over those within a step of the middle."""
    words = f" {row.note} "
    style: StyleName = "far" if row.far else "mark"
    start, end = 0, width
    if not row.far and row.middle and step:
        start = max(0, (row.middle[0] - 1) * step)
        end = min(width, (row.middle[-1] + 2) * step - 2)
    side = max(1, (end - start - cells(words) - 2) // 2)
    left, right = ("◀", "▶") if row.far else ("▶", "◀")
    return ((" " * start, "text"), (f"{left}{'━' * side}{words}{'━' * side}{right}", style))


def _bars(figure: Ruler, row: Rated, across: int, rows: int) -> Lines:
    """Draw numbers as thick bars on the scale."""
    below = _below(figure, row, across)
    styles: list[StyleName] = ["filled" if n in row.middle else "text" for n, _point in enumerate(figure.points)]
    named = [_named(point, across, style) for point, style in zip(figure.points, styles, strict=True)]
    names = max(map(len, named))
    # On a large wall numbers are letters, which stand out beside the bars.
    told = [_number(number, across, is_large=rows >= _LARGE) for number in row.counts]
    room = max(2, rows - names - len(below) - 1 - max(map(len, told)))
    most = max(*row.counts, 1)
    # Whole rows for each person where there are enough, so that bars can be counted.
    unit = max(1, room // most) if room >= most else 0
    parts: list[Lines] = []
    for n, number in enumerate(row.counts):
        bar: StyleName = "mark" if n in row.middle else "half"
        # Where there are fewer rows than people, eighths of a row still tell one from two.
        high, part = (number * unit, 0) if unit else divmod(round(8 * number * room / most), 8)
        drawn = [_EIGHTHS[part]] * bool(part) + ["█"] * high
        column: list[Line] = [((" " * across, "text"),)] * ((most * unit if unit else room) - len(drawn))
        column += told[n]
        column += [((" " + picture * (across - 2) + " ", bar),) for picture in drawn]
        column += [(("━" * across, "dim"),)]
        column += [centred(text_of(line).strip(), across, styles[n]) for line in named[n]]
        parts.append(tuple(column))
    return (*side_by_side(parts, [across] * len(parts)), *below)


def _named(point: str, across: int, style: StyleName) -> Lines:
    """Name a point, with a cell free on both sides if its words fit there."""
    words = paragraph(point, across - 2, style)
    return words if len(words) <= _HIGH and longest_word(point) <= across - 2 else cut(point, across, _HIGH, style)


def _number(number: int, across: int, *, is_large: bool) -> Lines:
    drawn = key_letters(str(number), across, "title") if is_large else ()
    side = (across - max(map(width_of, drawn), default=0)) // 2
    large = tuple(padded(((" " * side, "title"), *line), across, "title") for line in drawn)
    return large or (centred(str(number), across, "title"),)


def _listed(figure: Ruler, row: Rated, width: int, rows: int) -> Lines:
    """Draw a scale from top to bottom, where its points are too many or too long to stand side by side."""
    most = max([*row.counts, 1])
    size = max([cells(_key(figure, n)) for n in range(len(figure.points))] or [0])
    gap = 1 if rows >= 2 * len(figure.points) - 1 else 0
    wide = width // 3 if row.counts else 0
    parts: list[Lines] = []
    for n, point in enumerate(figure.points):
        is_middle = n in row.middle
        style: StyleName = "filled" if is_middle else "card"
        mark = row.mark if is_middle else ""
        room = width - wide - size - 4
        words = cut(point, room - (cells(mark) + 3 if mark and room > 30 else 0), 1, style)[0]
        lead: Line = ((f" {_key(figure, n):>{size}} ", style if is_middle else "card-edge"), (" ", style))
        line = padded((*lead, *words), width - wide, style)
        if mark and room > 30:
            line = (*padded((*lead, *words), width - wide - cells(mark) - 1, style), (f"{mark} ", style))
        if row.counts:
            long = max(1 if row.counts[n] else 0, round(row.counts[n] * (wide - 6) / most))
            line = (*line, (" ", "text"), ("▀" * long, "mark" if is_middle else "half"), (f" {row.counts[n]}", "title"))
        parts.append((line,))
    apart = (_apart(row, width),) if row.note else ()
    return stacked([*parts, *([apart] if apart else [])], gap)
