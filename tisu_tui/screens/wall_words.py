"""Results on the wall that are words: quotes as cards, lines under their headings as blocks, records as boards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from itertools import groupby

from tisu_tui.core.records import OF_REQUESTS, Kept, RecordKind
from tisu_tui.core.shown import Quotes, Shown, WordTable
from tisu_tui.screens import step_words
from tisu_tui.screens.figure_cards import board as drawn_board
from tisu_tui.screens.figure_cards import board_rows, cards, low_cards
from tisu_tui.screens.layout import Lines, paragraph, side_by_side, spaced
from tisu_tui.screens.lettering import SMALL, letters
from tisu_tui.screens.results import result_lines, under_headings
from tisu_tui.session.readback import heading
from tisu_tui.view.present_step import board

_TWO_COLUMNS = 80
"""Cells from which on blocks of words stand in two columns."""
_ENDLESS = 9999
"""More rows than anything takes."""
_TOO_WIDE = 150
"""Cells across which nobody follows a line."""


class CardsWay(Enum):
    """How people's words are drawn: in letters, as cards, and as cards that touch each other."""

    LETTERS = 1
    CARDS = 2
    CLOSE = 3


class RecordsWay(Enum):
    """How records are drawn: in letters, actions alone in letters, as cards, and as cards that touch each other."""

    LETTERS = 1
    ACTIONS = 2
    CARDS = 3
    CLOSE = 4


def worded(shown: Sequence[Shown], width: int, rows: int = 0, way: CardsWay = CardsWay.CARDS) -> Lines:
    """Draw results of words; where they are higher than `rows`, blocks and cards go into two columns.

    Gives nothing where they are to be in letters and one can't be.
    """
    parts = [_one(part, width, rows, way) for part in shown]
    return spaced(*parts) if all(parts) else ()


def _one(shown: Shown, width: int, rows: int, way: CardsWay) -> Lines:
    match shown:
        case Quotes(title=title) if shown.under:
            return _under_headings(title, tuple(shown.lines()), width, rows - 2, way)
        case Quotes(title=title, texts=texts):
            if way is CardsWay.LETTERS:
                return _block(title, texts, width, way)
            return spaced(paragraph(title, width, "title"), quoted(texts, width, rows - 2))
        case WordTable(title=title) if under := under_headings(shown):
            return _under_headings(title, under, width, rows - (2 if title else 1), way)
        case _:
            return result_lines((shown,), width)


def _under_headings(
    title: str, under: Sequence[tuple[str, tuple[str, ...]]], width: int, rows: int, way: CardsWay
) -> Lines:
    one, two = ([_block(*each, size, way) for each in under] for size in (width, _half(width)))
    if not all(one):
        return ()
    laid_out = _laid_out(one, two, width, rows) if all(two) else spaced(*one)
    return spaced(paragraph(title, width, "quiet"), laid_out)


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

    def under_titles(size: int) -> list[Lines]:
        made: list[Lines] = []
        for part in parts(size):
            if made and all(style != "title" for _text, style in part[0]):
                made[-1] = spaced(made[-1], part)
            else:
                made.append(part)
        return made

    # A line at the head of a column has its heading there too, where that leaves the columns short enough.
    ways = (
        _laid_out(divided(width), divided(_half(width)), width, 0 if width > _TOO_WIDE else rows)
        for divided in (under_titles, parts)
    )
    return next((each for each in ways if len(each) <= rows), draw(width))


def _half(width: int) -> int:
    return (width - 2) // 2


def _block(head: str, texts: tuple[str, ...], width: int, way: CardsWay) -> Lines:
    if way is CardsWay.LETTERS:
        parts = [letters(head, width, _ENDLESS, "title", (SMALL,)), low_cards(texts, width)]
        return spaced(*parts) if all(parts) or not texts else ()
    return (*paragraph(head, width, "title"), *cards(texts, width, int(way is CardsWay.CLOSE)))


def _laid_out(one: Sequence[Lines], two: Sequence[Lines], width: int, rows: int) -> Lines:
    """Put blocks under each other or, where those take too many rows, into two columns of about one height."""
    tall = spaced(*one)
    if len(tall) <= rows or width < _TWO_COLUMNS:
        return tall
    at = min(range(1, len(two) + 1), key=lambda n: (max(len(spaced(*two[:n])), len(spaced(*two[n:]))), -n))
    return side_by_side((spaced(*two[:at]), spaced(*two[at:])), (_half(width),))
