"""Any figure as lines, and how many rows it needs before it is worth less than words."""

from __future__ import annotations

from tisu_tui.core.figure import (
    Bars,
    Figure,
    FigureItem,
    Items,
    Pixels,
    RecordBoard,
    Ruler,
    Side,
    VerdictFigure,
    Window,
)
from tisu_tui.core.form import Form, Pick, bare, is_beside, keys
from tisu_tui.core.translation import cache_by_language
from tisu_tui.screens.figure_choice import bars, board, board_rows, card_rows, items, verdict
from tisu_tui.screens.figure_choice import rows_of_letters as choice_rows
from tisu_tui.screens.figure_ruler import is_listed, ruler
from tisu_tui.screens.figure_statements import is_told, statements
from tisu_tui.screens.figure_statements import rows_of_letters as statement_rows
from tisu_tui.screens.figure_window import rows_of_letters as window_rows
from tisu_tui.screens.figure_window import rows_with_gaps, window
from tisu_tui.screens.layout import Lines, paragraph, pixels_lines


@cache_by_language(64)
def drawn(figure: Figure, width: int, rows: int) -> Lines:
    """Draw a figure in so many rows, once for all who look at it: where there are more, its marks grow."""
    rows = max(1, rows)
    match figure:
        case Window():
            return window(figure, width, rows)
        case Ruler():
            return (statements if figure.has_labels else ruler)(figure, width, rows)
        case Bars():
            return bars(figure, width, rows)
        case Items():
            return items(figure, width, rows)
        case RecordBoard():
            return board(figure, width, rows)
        case VerdictFigure():
            return verdict(figure, width, rows)
        case Pixels():
            return pixels_lines(figure, width, rows)


def rows_enough(figure: Figure, width: int) -> int:
    """Give the rows from which on a figure is easy to read; it can be drawn in fewer."""
    match figure:
        case Window():
            bands = sum(each.side is not Side.BESIDE for each in figure.zones)
            return 2 * bands + min(1, len(figure.zones) - bands)
        case Ruler():
            if figure.has_labels:
                return len(figure.rows) + (4 if figure.legend else 3)
            counted = any(row.counts for row in figure.rows)
            return len(figure.points) + 1 if is_listed(figure, width) else 10 if counted else 7
        case Bars():
            return len(figure.bars)
        case Items():
            return sum(len(paragraph(each.label, width - 8)) for each in figure.items)
        case RecordBoard():
            return len(board(figure, width, 0))
        case VerdictFigure():
            return len(verdict(figure, width))
        case Pixels():
            return 16


def rows_good(figure: Figure, width: int) -> int:
    """Give the rows with which the marks of a figure are two rows high, or have a gap between them."""
    enough = rows_enough(figure, width)
    match figure:
        case Window():
            return rows_with_gaps(figure) + (2 if any(each.side is Side.BESIDE for each in figure.zones) else 0)
        case Ruler() if figure.has_labels:
            return enough + len(figure.rows)
        case Ruler() if any(row.counts for row in figure.rows) and not is_listed(figure, width):
            return enough + 3
        case Bars() | Items():
            return enough + len(figure.items if isinstance(figure, Items) else figure.bars) - 1
        case RecordBoard():
            return enough + 2 * len(figure.rows)
    return enough


def rows_of_letters(figure: Figure, width: int) -> int:
    """Give the rows from which on all that stands in a figure is in letters; none where it never is."""
    match figure:
        case Items():
            return choice_rows(figure, width)
        case Ruler() if figure.has_labels and not is_told(figure):
            return statement_rows(figure, width)
        case VerdictFigure():
            return card_rows(figure.cards, width) + 2 if figure.cards else 0
        case RecordBoard():
            return board_rows(figure, width)
        case Window():
            return window_rows(figure)
    return 0


def only_choice(form: Form) -> Pick | None:
    """Find what a form asks people to choose, where that is one thing."""
    picks = [each for each in form.fields if isinstance(each, Pick) and not is_beside(each)]
    return picks[0] if len(picks) == 1 and picks[0].options else None


def of_choice(pick: Pick) -> Items:
    """Make cards of what can be chosen."""
    options = pick.options
    return Items(tuple(FigureItem(bare(each), key) for each, key in zip(options, keys(options), strict=True)))
