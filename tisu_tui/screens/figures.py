"""Any figure as lines, and how many rows it needs before it is worth less than words."""

from __future__ import annotations

from typing import NamedTuple

from tisu_tui.core.figure import Bars, Figure, Items, Pixels, RecordBoard, Ruler, VerdictFigure, Window
from tisu_tui.core.translation import cache_by_language
from tisu_tui.screens.figure_bars import bars
from tisu_tui.screens.figure_cards import board, board_rows, card_rows, items, verdict
from tisu_tui.screens.figure_cards import rows_of_letters as choice_rows
from tisu_tui.screens.figure_ruler import is_listed, ruler
from tisu_tui.screens.figure_statements import is_told, statements
from tisu_tui.screens.figure_statements import rows_needed as statement_rows_needed
from tisu_tui.screens.figure_statements import rows_of_letters as statement_rows
from tisu_tui.screens.figure_window import rows_needed as window_rows_needed
from tisu_tui.screens.figure_window import rows_of_letters as window_rows
from tisu_tui.screens.figure_window import window
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


class RowsNeeded(NamedTuple):
    """The rows from which on a figure is easy to read, and with which its marks are high or have a gap between them."""

    enough: int
    good: int


def rows_needed(figure: Figure, width: int) -> RowsNeeded:
    """Tell how many rows a figure needs; it can be drawn in fewer."""
    match figure:
        case Window():
            return RowsNeeded(*window_rows_needed(figure))
        case Ruler() if figure.has_labels:
            enough = statement_rows_needed(figure, width)
            return RowsNeeded(enough, enough + len(figure.rows))
        case Ruler() if is_listed(figure, width):
            return RowsNeeded(len(figure.points) + 1, len(figure.points) + 1)
        case Ruler():
            return RowsNeeded(10, 13) if any(row.counts for row in figure.rows) else RowsNeeded(7, 7)
        case Bars():
            return RowsNeeded(len(figure.bars), 2 * len(figure.bars) - 1)
        case Items():
            enough = sum(len(paragraph(item.label, width - 8)) for item in figure.items)
            return RowsNeeded(enough, enough + len(figure.items) - 1)
        case RecordBoard():
            enough = len(board(figure, width, 0))
            return RowsNeeded(enough, enough + 2 * len(figure.rows))
        case VerdictFigure():
            enough = len(verdict(figure, width))
            return RowsNeeded(enough, enough)
        case Pixels():
            return RowsNeeded(16, 16)


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
