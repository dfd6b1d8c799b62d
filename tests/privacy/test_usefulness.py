"""What is told is worth having, and the documentation says truly how much that is."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest
from lookalikes import kind, of_one_answer
from usefulness import CHECK_IN, CLOSE, FIRST, MIDDLE, PASSING, PEOPLE, Measure, groups, has_one_first, row

from tisu_tui.core.released import Finding, Released

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
SMALL_ROOMS = range(5, 10)


@pytest.mark.parametrize("people", SMALL_ROOMS)
def test_small_rooms_are_told_the_middle_of_nearly_every_rating(people: int) -> None:
    assert MIDDLE.share(people, 0.0) >= 0.95


@pytest.mark.parametrize("people", range(6, 10))
def test_from_six_answers_small_rooms_are_mostly_told_how_close_they_are(people: int) -> None:
    assert CLOSE.share(people, 0.0) >= 0.75


@pytest.mark.parametrize("options", [3, 4, 5])
@pytest.mark.parametrize("people", SMALL_ROOMS)
def test_a_first_choice_is_named_whenever_there_is_a_single_one(options: int, people: int) -> None:
    for counts, told in of_one_answer(kind("choose", options, argument="1"), people).told:
        assert isinstance(told, Released)
        (tally,) = told.tallies
        first = [option.id for option, n in zip(tally.options, counts, strict=True) if n == max(counts)]
        assert tally.finding(Finding.WINNER) == ((tuple(first),) if len(first) == 1 else ())


@pytest.mark.parametrize("passing", PASSING)
@pytest.mark.parametrize("measure", [MIDDLE, FIRST], ids=lambda measure: measure.title)
def test_ten_answers_and_more_are_told_in_numbers(measure: Measure, passing: float) -> None:
    for people in (12, 20, 40):
        told = list(groups(measure.activity, measure.points, people, passing, measure.unsure))
        assert all(each.has_numbers == (sum(each.counts) >= 10) for each in told)
    twelve = groups(measure.activity, measure.points, 12, 0.0, measure.unsure)
    assert all(each.has_numbers for each in twelve)


def test_a_check_in_is_told_in_words_from_eight_answers() -> None:
    for people in (8, 9, 12, 20):
        for group in groups(CHECK_IN.activity, CHECK_IN.points, people, 0.1):
            assert bool(group.tally.found) == (sum(group.counts) >= 8)
            assert not group.has_numbers


def test_groups_of_both_sorts_have_a_single_first_choice_mostly() -> None:
    some = [has_one_first(group) for people in PEOPLE for group in groups(FIRST.activity, 3, people, 0.0)]
    assert mean(some) > 0.6


@pytest.mark.parametrize("people", PEOPLE)
def test_the_documentation_has_the_figures(people: int) -> None:
    assert row(people) in PAGE
