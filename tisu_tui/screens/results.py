"""Results as lines: bars with their numbers, words in frames, and tables that stack where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from gettext import gettext as _

from tisu_tui.core.reading import heading, record_words
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.shown import Counts, Number, Quotes, Record, Say, Shown, Withheld, withheld_sentence
from tisu_tui.core.text import cells
from tisu_tui.screens.layout import Lines, flow, padded, paragraph, spaced
from tisu_tui.screens.painted import Line

_GAP = 2
_LEAST_BAR = 10


@lru_cache(maxsize=256)
def result_lines(shown: tuple[Shown, ...], width: int) -> Lines:
    """Draw everything a step has to show."""
    return spaced(*(_one(each, width) for each in shown))


def _one(shown: Shown, width: int) -> Lines:
    match shown:
        case Say():
            return paragraph(shown.text, width, "result")
        case Quotes():
            return spaced(paragraph(shown.title, width, "title"), *(framed(text, width) for text in shown.texts))
        case Counts():
            single = len(shown.columns) == 1
            lines = _bars(shown, width) if single else _numbers(shown, width)
            return (*_titled(shown.title, width), *lines)
        case Record():
            return (*_titled(shown.title, width), *_table(shown.columns, shown.rows, width))


def framed(text: str, width: int) -> Lines:
    """Draw somebody's words in a frame, so that they can't pass for the program's own."""
    return flow(((text, "text"),), width, "│ ", "│ ")


def _titled(title: str, width: int) -> Lines:
    return (*paragraph(title, width, "title"), ()) if title else ()


def _said(number: Number) -> str:
    return _("not shown") if isinstance(number, Withheld) else str(number)


def _bars(counts: Counts, width: int) -> Lines:
    told = [row[0] for row in counts.numbers]
    largest = max([each for each in told if isinstance(each, int)] or [0])
    label = min(max([cells(row) for row in counts.rows] or [0]), width * 45 // 100)
    number = max([cells(_said(each)) for each in told] or [0])
    stacked = width - label - number - 2 * _GAP < _LEAST_BAR
    bar = (width if stacked else width - label - _GAP) - number - 1
    lines: list[Line] = []
    for row, each in zip(counts.rows, told, strict=True):
        drawn = "█" * _length(each, largest, bar)
        amount: Line = (((f"{drawn} ", "result"),) if drawn else ()) + ((_said(each), "title"),)
        words = paragraph(row, width if stacked else label)
        if stacked:
            lines += (*words, amount, ())
        else:
            lines += ((*padded(words[0], label + _GAP), *amount), *words[1:])
    if stacked:
        lines = lines[:-1]
    return (*lines, *_withheld_too(told, width))


def _length(number: Number, largest: int, width: int) -> int:
    if isinstance(number, Withheld) or not number:
        return 0
    # One cell for each person where they fit: bars of a small room should not look like a landslide.
    unit = min(width / largest, 3)
    return max(1, round(number * unit))


def _withheld_too(numbers: Sequence[Number | str], width: int) -> Lines:
    if any(isinstance(each, Withheld) for each in numbers):
        return ((), *paragraph(withheld_sentence(), width, "promise"))
    return ()


def _numbers(counts: Counts, width: int) -> Lines:
    rows = tuple(
        (name, *(_said(each) for each in numbers)) for name, numbers in zip(counts.rows, counts.numbers, strict=True)
    )
    lines = _table(("", *counts.columns), rows, width, numeric=True)
    return (*lines, *_withheld_too([each for row in counts.numbers for each in row], width))


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str | Withheld]], width: int, *, numeric: bool = False
) -> Lines:
    said = [[_("not shown") if isinstance(each, Withheld) else each for each in row] for row in rows]
    widths = _widths([columns, *said], width)
    lines = _aligned(columns, said, widths) if widths else _stacked(columns, said, width, numeric=numeric)
    return (*lines, *_withheld_too([each for row in rows for each in row], width))


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share a width out among columns: all but the first want their longest word at least, the first a third."""
    room = width - _GAP * (len(rows[0]) - 1)
    want = [max(cells(row[n]) for row in rows) for n in range(len(rows[0]))]
    if sum(want) <= room:
        return want
    least = [max(_longest_word(row[n]) for row in rows) for n in range(len(want))]
    least[0] = min(want[0], max(least[0], width // 3))
    if sum(least) > room or width < 48:
        return None
    spare = room - sum(least)
    for n in sorted(range(len(want)), key=lambda n: want[n] - least[n]):
        share = min(want[n] - least[n], spare // 2 if n else spare)
        least[n] += share
        spare -= share
    least[0] += min(spare, want[0] - least[0])
    return least


def _longest_word(text: str) -> int:
    return max((cells(word) for word in text.split()), default=0)


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Lines:
    lines: list[Line] = list(_row(columns, widths, is_head=True)) if any(columns) else []
    tall = any(len(_row(row, widths)) > 1 for row in rows)
    for row in rows:
        if tall and lines:
            lines.append(())
        lines += _row(row, widths)
    return tuple(lines)


def _row(row: Sequence[str], widths: Sequence[int], *, is_head: bool = False) -> Lines:
    columns = [
        paragraph(text, width, "dim" if is_head else "text" if n == 0 else "result")
        for n, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return tuple(
        tuple(
            span
            for n, column in enumerate(columns)
            for span in padded(column[y] if y < len(column) else (), widths[n] + (_GAP if n + 1 < len(widths) else 0))
        )
        for y in range(max(map(len, columns)))
    )


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


@lru_cache(maxsize=64)
def record_lines(records: tuple[Kept, ...], width: int, *, numbered: bool = False) -> Lines:
    """Draw what the group has written down, by kind; `numbered` with the number that each has by its id."""
    groups: list[Lines] = []
    for kind in RecordKind:
        made = [each for each in records if each.kind is kind]
        if made:
            lines = paragraph(heading(kind), width, "title")
            for each in made:
                lines += paragraph(record_words(each), width, "text", f"{each.id} " if numbered else "• ")
            groups.append(lines)
    return spaced(*groups)
