"""Scales: one as a row of cards or as thick bars, many as rows on one axis with their middle answers."""

from __future__ import annotations

from tisu_tui.core.figure import Rated, Ruler
from tisu_tui.core.text import cells
from tisu_tui.screens.bands import block, centred, columns, cut, stacked
from tisu_tui.screens.layout import Lines, padded, paragraph
from tisu_tui.screens.lettering import key_letters
from tisu_tui.screens.row import Line, Span, StyleName

_NARROWEST = 13
"""Cells of the narrowest card that a label can be read on."""


def ruler(figure: Ruler, width: int, rows: int) -> Lines:
    """Draw a scale, in so many rows or, where it can't be smaller, in a few more."""
    if figure.has_labels:
        return _rulers(figure, width, rows)
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
    return figure.keys[n] if figure.keys else ""


# One scale, its points side by side


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
    return (*columns(cards, across), *below)


def _below(figure: Ruler, row: Rated, across: int) -> Lines:
    """Draw the middle half, the mark under the middle answer, and how far apart answers are."""
    places = len(figure.points)
    step = across + 2
    lines: list[Line] = []
    if row.half:
        low, high = row.half[0] * step, row.half[-1] * step + across
        lines.append(((" " * low, "text"), ("━" * (high - low), "half")))
    if row.middle:
        first, last = row.middle[0] * step, row.middle[-1] * step + across
        words = f"▲ {row.mark}"
        room = places * step - 2
        left = max(0, min((first + last - cells(words)) // 2, room - cells(words)))
        lines.append(((" " * left, "text"), (words, "mark")))
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
    named = [cut(point, across, 3, "filled" if n in row.middle else "text") for n, point in enumerate(figure.points)]
    names = max(map(len, named))
    room = max(2, rows - names - len(below) - 2)
    most = max(*row.counts, 1)
    # Whole rows for each person where there are enough, so that bars can be counted.
    unit = max(1, room // most) if room >= most else 0
    parts: list[Lines] = []
    for n, number in enumerate(row.counts):
        style: StyleName = "filled" if n in row.middle else "text"
        bar: StyleName = "mark" if n in row.middle else "half"
        high = number * unit if unit else max(1 if number else 0, round(number * room / most))
        total = most * unit if unit else room
        column: list[Line] = [((" " * across, "text"),)] * (total - high)
        column += [centred(str(number), across, "title")]
        column += [((" " + "█" * (across - 2) + " ", bar),)] * high
        column += [(("━" * across, "dim"),)]
        column += [centred("".join(text for text, _style in line).strip(), across, style) for line in named[n]]
        parts.append(tuple(column))
    return (*columns(parts, across), *below)


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
    return stacked([stacked(parts, gap), *([apart] if apart else [])], gap)


# Many questions on one scale


def _asked(figure: Ruler, width: int, rows: int) -> Lines:
    """Draw what is asked while nothing is told: whole statements where there is room, and the scale once."""
    keys = figure.keys or tuple("" for _point in figure.points)
    said = " · ".join(f"{key} {point}".strip() for key, point in zip(keys, figure.points, strict=True))
    scale = paragraph(said, width, "result")
    room = rows - len(scale) - 1
    whole = [cut(row.label, width - 2, 3, "card") for row in figure.rows]
    height = 3 if sum(map(len, whole)) <= room else 1
    gap = 1 if sum(map(len, whole)) + len(whole) - 1 <= room else 0
    parts = [cut(row.label, width - 2, height, "card") for row in figure.rows]
    spare = max(0, room - sum(map(len, parts)) - gap * (len(parts) - 1) - 1) // len(parts)
    drawn = [block(each, width, len(each) + min(2, spare), "card", "card-edge") for each in parts]
    return (*stacked(drawn, gap), *(((),) if room > len(drawn) else ()), *scale)


def _rulers(figure: Ruler, width: int, rows: int) -> Lines:
    if not any(row.middle or row.note or row.before for row in figure.rows):
        return _asked(figure, width, rows)
    places = len(figure.points)
    slot = max(5, min(18, width * 56 // 100 // places))
    label = max(8, width - slot * places - 1)
    heads = _heads(figure, slot, label + 1)
    legend = paragraph(figure.legend, width, "dim")
    # All rows are equally high, so that they can be compared.
    height = min(4, max(1, (rows - len(heads) - len(legend)) // len(figure.rows)))
    lines = [line for row in figure.rows for line in _row(figure, row, (label, slot), height)]
    return (*heads, *lines, *legend)


def _heads(figure: Ruler, slot: int, label: int) -> Lines:
    named = [cut(point, slot - 1, 3, "dim") for point in figure.points]
    tall = max(map(len, named))
    rows: list[Line] = []
    for y in range(tall):
        spans: list[Span] = [(" " * label, "text")]
        for lines in named:
            at = y - (tall - len(lines))
            text = "".join(text for text, _style in lines[at]).strip() if at >= 0 else ""
            spans += centred(text, slot, "dim")
        rows.append(tuple(spans))
    return tuple(rows)


def _row(figure: Ruler, row: Rated, sizes: tuple[int, int], height: int) -> Lines:
    label, slot = sizes
    is_marked = row.id in figure.marked
    style: StyleName = "title" if is_marked else "text"
    words = cut(row.label, label, max(1, height - (1 if height > 2 else 0)), style)
    # Half blocks leave half a row between the marks of two statements.
    marks = {1: ("■",), 2: ("█", "▀"), 3: ("▄", "█", "▀"), 4: ("▄", "█", "▀", " ")}[height]
    axis = 0 if height < 3 else 1
    lines: list[Line] = []
    lower = max(0, (min(height, 3) - len(words)) // 2)
    for y, mark in enumerate(marks):
        text = padded(words[y - lower] if 0 <= y - lower < len(words) else (), label, style)
        scale = _scale(figure, row, slot, mark) if y != axis else _axis(figure, row, slot, mark)
        lines.append((*text, (" ", "text"), *scale))
    return tuple(lines)


def _shade(figure: Ruler, row: Rated) -> StyleName:
    return "far" if row.far or row.id in figure.marked else "mark"


def _scale(figure: Ruler, row: Rated, slot: int, mark: str) -> list[Span]:
    """Draw the rest of a block that is more than one row high."""
    shade = _shade(figure, row)
    return [
        (f" {mark * (slot - 2)} ", shade) if _is_middle(row, n) else (" " * slot, "text")
        for n in range(len(figure.points))
    ]


def _is_middle(row: Rated, place: int) -> bool:
    return bool(row.middle) and row.middle[0] <= place <= row.middle[-1]


def _axis(figure: Ruler, row: Rated, slot: int, mark: str) -> list[Span]:
    """Draw the middle as a block, the middle half or all of the scale as a line, and points elsewhere."""
    places = len(figure.points)
    if not row.middle and row.note:
        return [*centred(f"({row.note})", slot * places, "dim")]
    reach = range(places) if row.far else range(row.half[0], row.half[-1] + 1) if row.half else range(0)
    both = (*row.before, *row.middle) if row.before and row.middle else ()
    joined = range(min(both), max(both)) if both else range(0)
    spans: list[Span] = []
    for n in range(places):
        if _is_middle(row, n):
            spans.append((f" {mark * (slot - 2)} ", _shade(figure, row)))
        elif n in row.before:
            spans.append((f"{'○':^{slot}}", "half"))
        elif n in reach:
            line = "━" * (slot - 1)
            ends = row.far and n in {0, places - 1}
            drawn = (f"◀{line}" if n == 0 else f"{line}▶") if ends else "━" * slot
            spans.append((drawn, "far" if row.far else "half"))
        elif n in joined:
            spans.append(("─" * slot, "half"))
        else:
            spans.append((f"{'·':^{slot}}", "dim"))
    return spans
