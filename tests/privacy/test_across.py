"""Two sessions of a team whose members come and go: what they say of one who came, and what is said of a change.

Whoever attacks knows who came, and takes it that nobody else has changed their answer.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from attacked_room import house
from solver import kind, same, share_named, with_newcomer

from tisu_tui.core import disclosure
from tisu_tui.core.across import comparable
from tisu_tui.core.disclosure import ABOUT_US, TABLE, Room
from tisu_tui.core.earlier import Earlier
from tisu_tui.core.later import Row
from tisu_tui.core.released import Finding, Released
from tisu_tui.core.shown import WITHHELD

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()


def in_numbers(released: Released) -> bool:
    return any(tally.answered is not WITHHELD for tally in released.tallies)


def named_by_numbers(people: int) -> bool:
    """Tell whether any two results in numbers name the answer of one who came between them."""
    pairs = with_newcomer(kind("scale", 3), people)
    return any(
        same({each.new for each in some}, 1)
        for (first, second), some in pairs.items()
        if in_numbers(first) and in_numbers(second)
    )


def test_in_rooms_of_eight_and_nine_numbers_never_follow_what_was_said_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not named_by_numbers(8)
    weaker = {**TABLE, (ABOUT_US, Room.EIGHT): replace(TABLE[ABOUT_US, Room.EIGHT], once=False)}
    monkeypatch.setattr(disclosure, "TABLE", weaker)
    assert named_by_numbers(8)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_session_knows_that_an_earlier_one_said_something(tmp_path: Path, *, is_first: bool) -> None:
    row = Row("rows", "R1", "People can see that leaders care.", ("1 Not started",), ("1 Not started",))
    earlier = () if is_first else (Earlier("2026-10-07", "rows", (row,)),)

    async def main() -> None:
        async with house(tmp_path / "here", 8, earlier=earlier) as here:
            await here.go_to("rows")
            await here.all_say("R1", [("2",)] * 4 + [("3",)] * 4)
            await here.go_to("rows", "shown")
            (released,) = (each.released for each in here.room.session.rounds if each.step == "rows")
            assert released is not None
            (told, *_others) = released.tallies
            assert (told.answered == 8) is is_first
            assert told.finding(Finding.MEDIAN) == (("2", "3"),)

    asyncio.run(main())


@pytest.mark.parametrize(("points", "people"), [(5, 5), (3, 6), (3, 7), (3, 8)])
def test_two_results_in_words_seldom_name_the_answer_of_one_who_came(points: int, people: int) -> None:
    # Said in the documentation, which gives the worst of these.
    assert 0.1 < share_named(kind("scale", points), people) < 0.265
    assert "1 time in 4" in PAGE


class TestWhatAChangeMayBeSaidOf:
    THEN = Row("rows", "R1", "Leaders show it.", ("1 No", "2 Partly", "3 Yes"), ("1 No",), ("1 No",), "agree")

    def test_what_both_sessions_said(self) -> None:
        now = replace(self.THEN, middle=("2 Partly",), quartiles=())
        assert comparable(self.THEN, now) == {Finding.MEDIAN, Finding.SPREAD}

    def test_nothing_where_either_said_nothing(self) -> None:
        assert comparable(self.THEN, replace(self.THEN, middle=(), quartiles=(), spread="")) == frozenset()

    def test_nothing_where_the_scale_has_changed(self) -> None:
        assert comparable(self.THEN, replace(self.THEN, scale=("1 No", "2 Yes"))) == frozenset()

    def test_numbers_are_never_in_it(self) -> None:
        counted = replace(self.THEN, counts=(4, 3, 3), unknown=(1, 11))
        assert comparable(counted, counted) <= {Finding.MEDIAN, Finding.QUARTILES, Finding.SPREAD}
