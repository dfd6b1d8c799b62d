"""Results as lines: bars with their numbers, words in frames, and tables that stack where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.shown import (
    Counts,
    Number,
    Quotes,
    Say,
    Shown,
    Withheld,
    WordTable,
    cell_words,
    partly_withheld_sentence,
    withheld_sentence,
    withholds,
)
from tisu_tui.core.text import cells
from tisu_tui.core.translation import cache_by_language
from tisu_tui.screens.layout import (
    Line,
    Lines,
    flow,
    longest_word,
    padded,
    paragraph,
    paragraphs,
    side_by_side,
    spaced,
    stacked,
)
from tisu_tui.session.readback import heading, record_words

_GAP = 2
_LEAST_BAR = 10
_NARROW = 48
"""Cells below which a label stands over what it belongs to."""
_SHORT = 16
"""Cells of a column that is better not broken."""
_UNIT = 3
"""The most cells for one person: bars of a small room should not look like a landslide."""


@cache_by_language(64)
def result_lines(shown: tuple[Shown, ...], width: int) -> Lines:
    """Draw everything a step has to show; whatever is withheld in it, one sentence at the end says so."""
    told = withheld_sentence()
    is_said = any(isinstance(part, Say) and part.text == told for part in shown)
    after: Lines = ()
    if not is_said and any(map(withholds, shown)):
        after = paragraph(partly_withheld_sentence(), width, "promise")
    return spaced(*(_one(part, width) for part in shown), after)


def _one(shown: Shown, width: int) -> Lines:
    match shown:
        case Say():
            return paragraph(shown.text, width, "result")
        case Quotes():
            return spaced(paragraph(shown.title, width, "title"), *(_quote(*line, width) for line in shown.lines()))
        case Counts():
            single = len(shown.columns) == 1
            lines = _bars(shown, width) if single else _numbers(shown, width)
            return (*_titled(shown.title, width), *lines)
        case WordTable() if under := under_headings(shown):
            blocks = (
                (*paragraph(head, width), *stacked(framed(each, width) for each in texts)) for head, texts in under
            )
            return spaced(paragraph(shown.title, width, "title"), *blocks)
        case WordTable():
            return (*_titled(shown.title, width), *_table(shown.columns, shown.rows, width))


def under_headings(table: WordTable) -> list[tuple[str, tuple[str, ...]]]:
    """Give the lines of a table under their headings; nothing where it is none of those, or no heading has several."""
    heads = [row[0] for row in table.rows]
    is_words = len(table.columns) == 2 and all(isinstance(cell, str) for row in table.rows for cell in row)
    if not is_words or len(set(heads)) == len(heads):
        return []
    return [(str(head), tuple(str(row[1]) for row in rows)) for head, rows in groupby(table.rows, itemgetter(0))]


def _quote(text: str, under: Sequence[str], width: int) -> Lines:
    return (*framed(text, width), *(line for child in under for line in framed(child, width, "│   ")))


def framed(text: str, width: int, edge: str = "│ ") -> Lines:
    """Draw somebody's words in a frame, so that they can't pass for the program's own."""
    return flow(((text, "text"),), width, edge, edge)


def _titled(title: str, width: int) -> Lines:
    return (*paragraph(title, width, "title"), ()) if title else ()


def _bars(counts: Counts, width: int) -> Lines:
    told = [row[0] for row in counts.numbers]
    largest = max([each for each in told if isinstance(each, int)] or [0])
    longest = max([cells(row) for row in counts.rows] or [0])
    number = max([cells(cell_words(each)) for each in told] or [0])
    label = min(longest, max(width * 45 // 100, width - _UNIT * largest - number - _GAP - 1))
    stacked = width - label - number - 2 * _GAP < _LEAST_BAR or (width < _NARROW and label < longest)
    bar = (width if stacked else width - label - _GAP) - number - 1
    lines: list[Line] = []
    for row, each in zip(counts.rows, told, strict=True):
        drawn = "█" * _length(each, largest, bar)
        amount: Line = (((f"{drawn} ", "result"),) if drawn else ()) + ((cell_words(each), "title"),)
        words = paragraph(row, width if stacked else label)
        if stacked:
            lines += (*words, amount, ())
        else:
            lines += ((*padded(words[0], label + _GAP), *amount), *words[1:])
    return tuple(lines[:-1] if stacked else lines)


def _length(number: Number, largest: int, width: int) -> int:
    if isinstance(number, Withheld) or not number:
        return 0
    unit = min(width / largest, _UNIT)
    return max(1, round(number * unit))


def _numbers(counts: Counts, width: int) -> Lines:
    rows = tuple(
        (name, *(cell_words(number) for number in numbers))
        for name, numbers in zip(counts.rows, counts.numbers, strict=True)
    )
    return _table(("", *counts.columns), rows, width, numeric=True)


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str | Withheld]], width: int, *, numeric: bool = False
) -> Lines:
    said = [[*map(cell_words, row)] for row in rows]
    widths = _widths([columns, *said], width)
    return _aligned(columns, said, widths) if widths else _stacked(columns, said, width, numeric=numeric)


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share a width out among columns so that rows stay low; `None` where not even their longest words fit."""
    spare = width - _GAP * (len(rows[0]) - 1)
    texts = list(zip(*rows, strict=True))
    want = [max(map(cells, column)) for column in texts]
    if sum(want) <= spare:
        return want
    least = [
        min(want[n], max(*map(longest_word, column), width // 4 if n == 0 else 0)) for n, column in enumerate(texts)
    ]
    whole = [each if each <= _SHORT else least[n] for n, each in enumerate(want)]
    widths = whole if sum(whole) <= spare else least
    spare -= sum(widths)
    if spare < 0 or width < _NARROW:
        return None
    for _cell in range(spare):
        # The next cell goes to the column that is tallest for want of it.
        short = [n for n in range(len(want)) if widths[n] < want[n]]
        if short:
            widths[max(short, key=lambda n: want[n] / widths[n])] += 1
    return widths


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Lines:
    lines: list[Line] = list(_row(columns, widths, is_head=True)) if any(columns) else []
    tall = any(len(_row(row, widths)) > 1 for row in rows)
    for row in rows:
        if tall and lines:
            lines.append(())
        lines += _row(row, widths)
    return tuple(lines)


def _row(row: Sequence[str], widths: Sequence[int], *, is_head: bool = False) -> Lines:
    cells = [
        paragraph(text, width, "dim" if is_head else "text" if n == 0 else "result")
        for n, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return side_by_side(cells, widths, _GAP)


def _stacked(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, numeric: bool) -> Lines:
    made: list[Lines] = []
    for row in rows:
        lines = paragraph(row[0], width) if row[0] else ()
        if numeric:
            words = " · ".join(f"{name}: {text}" for name, text in zip(columns[1:], row[1:], strict=True))
            lines += paragraph(words, width, "result", "  ")
        else:
            for name, text in zip(columns[1:], row[1:], strict=True):
                lines += flow(((f"{name}: ", "dim"), (text, "result")) if name else ((text, "result"),), width, "  ")
        made.append(lines)
    return spaced(*made)


@cache_by_language(64)
def record_lines(records: tuple[Kept, ...], width: int) -> Lines:
    """Draw what the group has written down, by kind."""
    groups: list[Lines] = []
    for kind in RecordKind:
        made = [record for record in records if record.kind is kind]
        if made:
            words = paragraphs(map(record_words, made), width, "text", "• ")
            groups.append((*paragraph(heading(kind), width, "title"), *words))
    return spaced(*groups)
