"""Two sessions of a team whose members come and go say together no more of anybody than each says alone."""

from __future__ import annotations

from dataclasses import replace

from solver import Cells, kind, let_out, of_cells

from tisu_tui.core.across import may_compare
from tisu_tui.core.released import Finding, ReleasedTally

RATE = kind("rate", 5)


def released(cells: Cells, people: int) -> ReleasedTally:
    (tally,) = let_out(of_cells(RATE, cells, people), RATE, people).tallies
    return tally


class TestWhatAChangeMayBeSaidOf:
    def test_what_both_sessions_said(self) -> None:
        first, second = released((0, 3, 4, 0, 0, 0, 0), 7), released((0, 4, 5, 4, 0, 0, 0), 13)
        assert Finding.QUARTILES in {each.finding for each in second.found}
        assert may_compare(first, second) == {Finding.MEDIAN, Finding.SPREAD}

    def test_nothing_where_either_said_nothing(self) -> None:
        told = released((0, 3, 4, 0, 0, 0, 0), 7)
        assert may_compare(told, replace(told, found=())) == frozenset()

    def test_nothing_where_the_scale_has_changed(self) -> None:
        told = released((0, 3, 4, 0, 0, 0, 0), 7)
        assert may_compare(told, replace(told, options=told.options[::-1])) == frozenset()
