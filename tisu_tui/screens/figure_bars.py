"""Choices and how many chose each, as bars."""

from __future__ import annotations

from tisu_tui.core.figure import Bars
from tisu_tui.core.text import cells
from tisu_tui.screens.figure_cards import cut, hung
from tisu_tui.screens.layout import Line, Lines, padded, stacked
from tisu_tui.screens.palette import StyleName

_LEAST_BAR = 28
"""Cells that are left to bars where labels are long."""


def bars(figure: Bars, width: int, rows: int) -> Lines:
    """Draw how many chose each, longest first."""
    if not figure.bars:
        return ()
    most = max([bar.number for bar in figure.bars] + [1])
    size = 1 + max(cells(bar.note or str(bar.number)) for bar in figure.bars)
    label = min(max(cells(bar.label) for bar in figure.bars), max(width * 45 // 100, width - _LEAST_BAR))
    unit = (width - label - size - 2) / most
    gap = 1 if rows >= 2 * len(figure.bars) - 1 else 0
    height = min(3, max(1, (rows - gap * (len(figure.bars) - 1)) // len(figure.bars)))
    parts: list[Lines] = []
    for n, bar in enumerate(figure.bars):
        style: StyleName = "title" if bar.first else "text"
        # Where a label is longer than its row, it goes on in the gap below.
        more = gap if height == 1 and cells(bar.label) > label and rows > 2 * n + 1 else 0
        words = (hung if more else cut)(bar.label, label, height + more, style)
        long = max(1 if bar.number else 0, round(bar.number * unit))
        lines: list[Line] = []
        for y in range(height):
            # A single row is half as high, so that bars never touch.
            mark = "▄" if not gap and height == 1 else "█"
            drawn: Line = ((mark * long, "mark" if bar.first else "half"),)
            if y == (height - 1) // 2:
                drawn = (*drawn, (f" {bar.note or bar.number}", "title"))
            lines.append((*padded(words[y] if y < len(words) else (), label), ("  ", "text"), *drawn))
        parts.append((*lines, *words[height:]) if len(words) > height else (*lines, *(((),) * gap)))
    drawn_bars = stacked(parts)
    return drawn_bars[:-1] if gap and not drawn_bars[-1] else drawn_bars
