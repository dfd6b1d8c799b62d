"""Sentences of a wall in large letters: all of them, or as many of the first as have room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from tisu_tui.screens.layout import Lines, spaced, text_of
from tisu_tui.screens.lettering import MOST_LINES, SMALL, least_lines, letters
from tisu_tui.screens.palette import StyleName

_MARKED = re.compile(r"\s*(?:[•│▌]|\d+\.) ")
"""How a line of a list, of somebody's words and of a card begins."""


def enlarged(lines: Lines, width: int, rows: int) -> Lines:
    """Draw sentences again in the smallest letters, a paragraph each.

    Gives nothing where one is not plain or too long, or where all take more than so many rows. A list, cards and a
    heading with what stands under it are not plain: they would run together.
    """
    told: list[tuple[str, StyleName]] = []
    least = -1
    for each in _paragraphs(lines):
        if len({line[-1][1] for line in each}) > 1 or any(_MARKED.match(text_of(line)) for line in each):
            return ()
        text = " ".join(text_of(line).strip() for line in each).removeprefix("▎ ")
        text, style = text.replace(" ▎ ", " "), each[0][-1][1]
        count = least_lines(text, SMALL, width, MOST_LINES)
        # Two rows a line at the very least, and one below it.
        least += 3 * count
        if not isinstance(style, str) or not count or least > rows:
            return ()
        told.append((text, style))
    parts = [letters(text, width, 99, style, (SMALL,)) for text, style in told]
    large = spaced(*parts)
    return large if all(parts) and len(large) <= rows else ()


def led(lines: Lines, width: int, rows: int) -> Iterator[Lines]:
    """Draw the first of several paragraphs in letters, as many as can be, then fewer; headings stay alike."""
    parts = _paragraphs(lines)
    for n in range(len(parts) - 1, 0, -1):
        if {each[0][-1][1] for each in parts[n - 1 : n + 1]} == {"title"}:
            continue
        if first := enlarged(spaced(*parts[:n]), width, rows):
            yield spaced(first, *parts[n:])


def _paragraphs(lines: Lines) -> list[Lines]:
    return [tuple(part) for is_blank, part in groupby(lines, key=lambda line: not line) if not is_blank]
