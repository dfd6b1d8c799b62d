"""Counts as a small SVG picture: every mark carries its number, and colour alone means nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tisu_tui.core.shown import Counts
from tisu_tui.notes.drawing import (
    EDGE,
    GAP,
    LIGHT,
    NARROWEST,
    ROWS_BELOW_HEADS,
    SIZE,
    WIDTH,
    heads,
    page,
    text_at,
    wrapped,
)
from tisu_tui.notes.markdown import plain

_BAR = 22
_CELL = 36


def picture(counts: Counts, name: str) -> bytes | None:
    """Draw counts as bars, or as a heat table where there is more than one column.

    `name` makes ids that differ between pictures on one page. Returns `None` where a number is withheld, since
    its place would show, and where there is nothing to draw.
    """
    numbers = [[n for n in row if isinstance(n, int)] for row in counts.numbers]
    if not counts.rows or not counts.columns or any(len(row) < len(counts.columns) for row in numbers):
        return None
    width = max(WIDTH, 2 * EDGE + NARROWEST * len(counts.columns)) if len(counts.columns) > 1 else WIDTH
    title, y = wrapped(counts.title, EDGE, EDGE, width - 2 * EDGE, "h")
    draw = _bars if len(counts.columns) == 1 else _heat
    marks, height = draw(counts, numbers, y + GAP, width)
    return page(counts.title, _said(counts, numbers), [*title, *marks], (width, height), name)


def _said(counts: Counts, numbers: list[list[int]]) -> str:
    rows, columns = [*map(plain, counts.rows)], [*map(plain, counts.columns)]
    if len(columns) == 1:
        return "; ".join(f"{row}: {n}" for row, (n,) in zip(rows, numbers, strict=True))
    return ". ".join(
        f"{row} – " + "; ".join(f"{column}: {n}" for column, n in zip(columns, line, strict=True))
        for row, line in zip(rows, numbers, strict=True)
    )


def _bars(counts: Counts, numbers: list[list[int]], y: float, width: int) -> tuple[list[str], float]:
    most = max(1, *(n for (n,) in numbers))
    beside = 8 + SIZE * 0.65 * len(str(most))
    room = width - 2 * EDGE - beside
    drawn: list[str] = []
    for label, (n,) in zip(counts.rows, numbers, strict=True):
        lines, y = wrapped(label, EDGE, y, width - 2 * EDGE)
        long = room * n / most
        drawn += lines
        drawn.append(f'<rect class="t" x="{EDGE}" y="{y + 2:g}" width="{room:g}" height="{_BAR}" rx="3"/>')
        drawn += [f'<rect class="b" x="{EDGE}" y="{y + 2:g}" width="{long:.1f}" height="{_BAR}" rx="3"/>'] if n else []
        drawn.append(text_at(str(n), EDGE + room + 8, y + 2 + _BAR / 2 + SIZE * 0.36, "h"))
        y += 2 + _BAR + GAP
    return drawn, y


def _heat(counts: Counts, numbers: list[list[int]], y: float, width: int) -> tuple[list[str], float]:
    most = max(1, *chain.from_iterable(numbers))
    across = (width - 2 * EDGE) / len(counts.columns)
    drawn: list[str] = []
    for at, (label, line) in enumerate(zip(counts.rows, numbers, strict=True)):
        if at % ROWS_BELOW_HEADS == 0:
            named, y = heads(counts.columns, across, y)
            drawn += named
        lines, y = wrapped(label, EDGE, y, width - 2 * EDGE)
        drawn += [*lines, *_cells(line, most, across, y + 3)]
        y += 3 + _CELL + GAP
    return drawn, y


def _cells(line: list[int], most: int, across: float, y: float) -> Iterator[str]:
    for n, number in enumerate(line):
        # Nought keeps the palest shade to itself, so that one person is seen.
        shade = -(-(len(LIGHT) - 1) * number // most)
        x = EDGE + across * n
        yield f'<rect class="c{shade}" x="{x + 1:.1f}" y="{y:g}" width="{across - 2:.1f}" height="{_CELL}" rx="3"/>'
        yield text_at(str(number), round(x + across / 2, 1), y + _CELL / 2 + SIZE * 0.36, "h m")
