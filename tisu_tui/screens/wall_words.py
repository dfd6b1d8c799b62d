"""Results on the wall that are words: quotes as cards, lines under their headings as blocks, records as boards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from itertools import groupby

from tisu_tui.core.records import OF_REQUESTS, Kept, RecordKind
from tisu_tui.core.shown import Quotes, Shown, WordTable
from tisu_tui.screens import step_words
from tisu_tui.screens.figure_cards import board as drawn_board
from tisu_tui.screens.figure_cards import board_rows, cards
from tisu_tui.screens.layout import Lines, paragraph, side_by_side, spaced
from tisu_tui.screens.results import result_lines, under_headings
from tisu_tui.session.readback import heading
from tisu_tui.view.present_step import board

_TWO_COLUMNS = 80
"""Cells from which on blocks of words stand in two columns."""
_TOO_WIDE = 150
"""Cells across which nobody follows a line."""


class RecordsWay(Enum):
    """How records are drawn: in letters, actions alone in letters, as cards, and as cards that touch each other."""

    LETTERS = 1
    ACTIONS = 2
    CARDS = 3
    CLOSE = 4


def worded(shown: Sequence[Shown], width: int, rows: int = 0, *, is_close: bool = False) -> Lines:
    """Draw results of words; where they are higher than `rows`, blocks and cards go into two columns.

    Cards that are close touch each other, which a low wall needs.
    """
    return spaced(*(_one(part, width, rows, is_close=is_close) for part in shown))


def _one(shown: Shown, width: int, rows: int, *, is_close: bool) -> Lines:
    match shown:
        case Quotes(title=title) if shown.under:
            one, two = (
                [_block(*each, size, int(is_close)) for each in shown.lines()] for size in (width, _half(width))
            )
            return spaced(paragraph(title, width, "quiet"), _laid_out(one, two, width, rows - 2))
        case Quotes(title=title, texts=texts):
            return spaced(paragraph(title, width, "title"), quoted(texts, width, rows - 2))
        case WordTable(title=title) if under := under_headings(shown):
            one, two = ([_block(*child, size, int(is_close)) for child in under] for size in (width, _half(width)))
            top = paragraph(title, width, "quiet")
            return spaced(top, _laid_out(one, two, width, rows - len(top) - 1))
        case _:
            return result_lines((shown,), width)


def first_to_fit(pages: Iterable[Lines], rows: int) -> Lines:
    """Give the first of several ways to draw a page that takes so many rows at most, or else the last."""
    page: Lines = ()
    for page in pages:
        if len(page) <= rows:
            break
    return page


def in_one_column(texts: tuple[str, ...], width: int, rows: int) -> Lines:
    """Draw people's words as cards that do not touch; nothing where they are too many for it."""
    return cards(texts, width, rows) if len(cards(texts, width)) <= rows else ()


def quoted(texts: tuple[str, ...], width: int, rows: int) -> Lines:
    """Draw people's words as cards that do not touch: in two columns where they are too many for one."""
    one = cards(texts, width, max(0, rows))
    if rows <= 0 or len(cards(texts, width)) <= rows or width < _TWO_COLUMNS:
        return one
    half, each_in = _half(width), -(-len(texts) // 2)
    high = max(1, (rows - each_in + 1) // each_in)
    return _laid_out([one], [cards((text,), half, high) for text in texts], width, 0)


def written_down(
    records: tuple[Kept, ...], kinds: frozenset[RecordKind], width: int, way: RecordsWay = RecordsWay.CARDS
) -> Lines:
    """Draw records by kind, each kind as a board of its own."""
    parts: list[Lines] = []
    for kind in RecordKind:
        made = (
            [record for record in records if record.kind is kind] if kind in kinds and kind not in OF_REQUESTS else []
        )
        if made:
            figure = board(made)
            large = way is RecordsWay.LETTERS or (way is RecordsWay.ACTIONS and kind is RecordKind.ACTION)
            rows = board_rows(figure, width) if large else int(way is RecordsWay.CLOSE)
            head, drawn = paragraph(heading(kind), width, "title"), drawn_board(figure, width, rows)
            parts += [(*head, *drawn)] if way is RecordsWay.CLOSE else [head, drawn]
    return spaced(*parts, step_words.made_here(records, kinds & OF_REQUESTS, width))


def in_columns(draw: Callable[[int], Lines], width: int, rows: int) -> Lines:
    """Draw what has blank rows between its parts: in two columns where it is too long or too wide for one."""

    def parts(size: int) -> list[Lines]:
        return [tuple(part) for is_blank, part in groupby(draw(size), key=lambda line: not line) if not is_blank]

    both = _laid_out(parts(width), parts(_half(width)), width, 0 if width > _TOO_WIDE else rows)
    return both if len(both) <= rows else draw(width)


def _half(width: int) -> int:
    return (width - 2) // 2


def _block(head: str, texts: tuple[str, ...], width: int, rows: int) -> Lines:
    return (*paragraph(head, width, "title"), *cards(texts, width, rows))


def _laid_out(one: Sequence[Lines], two: Sequence[Lines], width: int, rows: int) -> Lines:
    """Put blocks under each other or, where those take too many rows, into two columns of about one height."""
    tall = spaced(*one)
    if len(tall) <= rows or width < _TWO_COLUMNS:
        return tall
    at = min(range(1, len(two) + 1), key=lambda n: (max(len(spaced(*two[:n])), len(spaced(*two[n:]))), -n))
    return side_by_side((spaced(*two[:at]), spaced(*two[at:])), (_half(width),))
