"""No small count comes out of anything released, and every control is needed for that."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from solver import (
    SMALL,
    Cells,
    between_rounds,
    counted,
    groups,
    in_the_room,
    kind,
    let_out,
    of_cells,
    same,
    with_hidden,
)

from tisu_tui.core.activity import Activity, Tier
from tisu_tui.core.released import Count, Finding, Found, Released, ReleasedTally, Tally
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import Size, Way
from tisu_tui.core.voter import places_told
from tisu_tui.privacy import gate
from tisu_tui.privacy import table as disclosure
from tisu_tui.privacy.table import ABOUT_A_PERSON, ABOUT_US, DECISION, TABLE, Room
from tisu_tui.privacy.table import Cells as What


class TestInEveryRoomTooSmallForNumbers:
    """Whatever a group of up to nine answered, and whoever asks: every group there could be is laid out."""

    @pytest.mark.parametrize("people", range(5, 10))
    @pytest.mark.parametrize("points", [2, 3, 5])
    def test_a_scale_gives_no_small_count_away(self, people: int, points: int) -> None:
        assert in_the_room(kind("scale", points), people) == []

    @pytest.mark.parametrize(("people", "points"), [(5, 5), (6, 5), (7, 5), (8, 4), (9, 3)])
    def test_a_statement_with_two_more_answers_gives_no_small_count_away(self, people: int, points: int) -> None:
        assert in_the_room(kind("rate", points), people) == []

    @pytest.mark.parametrize("people", range(5, 10))
    @pytest.mark.parametrize("options", [2, 3, 4])
    def test_an_order_gives_no_small_count_away(self, people: int, options: int) -> None:
        assert in_the_room(kind("choose", options, argument="1"), people) == []

    @pytest.mark.parametrize(
        ("name", "options", "argument", "people"),
        [
            ("choose", 3, "any", 5),
            ("choose", 3, "any", 7),
            ("choose", 3, "up to 2", 8),
            ("choose", 4, "up to 2", 5),
            ("dots", 3, "3", 5),
            ("dots", 4, "2", 5),
        ],
    )
    def test_an_order_of_several_choices_gives_no_small_count_away(
        self, name: str, options: int, argument: str, people: int
    ) -> None:
        assert in_the_room(kind(name, options, argument=argument), people) == []

    @pytest.mark.parametrize(("options", "people"), [(2, 5), (2, 9), (3, 5), (3, 6)])
    def test_an_order_of_whole_ballots_gives_no_small_count_away(self, options: int, people: int) -> None:
        assert in_the_room(kind("rank", options), people) == []

    @pytest.mark.parametrize("people", range(5, 10))
    @pytest.mark.parametrize("name", ["consent", "agree"])
    def test_a_verdict_gives_no_small_count_away(self, name: str, people: int) -> None:
        assert in_the_room(kind(name), people) == []


class TestAboutAPerson:
    @pytest.mark.parametrize("people", range(8, 12))
    @pytest.mark.parametrize("zones", [2, 3])
    def test_a_check_in_gives_no_small_count_away(self, people: int, zones: int) -> None:
        assert in_the_room(kind("check-in", zones), people) == []

    @pytest.mark.parametrize("people", [5, 6, 7])
    def test_a_check_in_of_few_says_nothing(self, people: int) -> None:
        activity = kind("check-in", 3)
        assert {let_out(each.count, activity, people) for each in groups(activity, people, people)} == {
            Released(1, Way.SMALL, "5–7", nothing=True, kept_back=True)
        }

    def test_large_counts_are_told_beside_hidden_ones(self) -> None:
        activity = kind("check-in", 3)
        (tally,) = let_out(of_cells(activity, (1, 7, 3, 1, 0), 12), activity, 12).tallies
        assert tally.counts == (WITHHELD, 7, WITHHELD, WITHHELD, WITHHELD)

    @pytest.mark.parametrize("cells", [(0, 10, 2, 0, 0), (0, 12, 0, 0, 0), (6, 4, 4, 4, 4), (3, 3, 3, 3, 0)])
    def test_nearly_everyone_and_what_would_follow_are_not_told(self, cells: Cells) -> None:
        activity = kind("check-in", 3)
        people = sum(cells)
        released = let_out(of_cells(activity, cells, people), activity, people)
        assert all(number is WITHHELD for tally in released.tallies for number in tally.counts)


SEEDS = range(1_000) if os.environ.get("TISU_SOAK") else (20,)


@pytest.mark.parametrize("seed", SEEDS)
class TestRandomGroups:
    def test_of_one_to_forty_people(self, seed: int) -> None:
        chance = random.Random(seed)
        kinds = [kind("check-in", 2), kind("check-in", 3), kind("scale", 4), kind("choose", 3, argument="1")]
        safe = {(each, people): in_the_room(each, people) for each in kinds for people in range(5, 9)}
        for _n in range(2000):
            activity, people = chance.choice(kinds), chance.randint(1, 40)
            cells = some_cells(chance, activity, people)
            released = let_out(of_cells(activity, cells, people), activity, people)
            if sum(cells) < 5 or people < 5:
                assert released.nothing
                assert released.tallies == ()
            elif people < 9:
                assert safe[activity, people] == []
            elif activity.tier is Tier.ROOM:
                assert tells_of_a_person(activity, cells, released, people) == set()

    def test_who_came_or_left_between_two_rounds_is_not_told(self, seed: int) -> None:
        chance = random.Random(seed + 1)
        activity = kind("check-in", 2)
        for _n in range(150):
            people = chance.randint(8, 14)
            first = some_cells(chance, activity, people)
            few = chance.randint(1, 4)
            if chance.random() < 0.5:
                moved, then = drawn(chance, (1,) * len(first), few), people + few
            else:
                there = [cell for cell, n in enumerate(first) for _each in range(n)]
                gone = chance.sample(there, min(few, len(there)))
                moved, then = tuple(-gone.count(cell) for cell in range(len(first))), people - len(gone)
            if sum(moved) and then >= 8:
                assert between_rounds(activity, first, moved, (people, then)) == set(), (first, moved)


def some_cells(chance: random.Random, activity: Activity, people: int) -> Cells:
    """Make up what a group answers: some agree and some do not, and some pass."""
    cells = len(groups(activity, 0, people)[0].cells)
    passing = chance.choice([0, 0.1, 0.3])
    return drawn(
        chance,
        [chance.random() ** 3 for _cell in range(cells)],
        sum(chance.random() >= passing for _each in range(people)),
    )


def drawn(chance: random.Random, weights: Sequence[float], number: int) -> Cells:
    chosen = chance.choices(range(len(weights)), weights, k=number)
    return tuple(chosen.count(cell) for cell in range(len(weights)))


@cache
def first_round(activity: Activity, cells: Cells, people: int) -> Released:
    return let_out(of_cells(activity, cells, people), activity, people)


def tells_of_a_person(activity: Activity, cells: Cells, released: Released, people: int) -> set[tuple[int, int]]:
    """Find small counts that follow from one release, without laying out all groups of forty."""
    if released.tallies and released.tallies[0].answered is not WITHHELD:
        possible = list(with_hidden(released, people, SMALL))
    else:
        # A part of what is possible will do: what is not the same in it is not the same in all of it.
        possible = [cells, *(each for each in product(range(5), repeat=len(cells)) if sum(each) <= 8)]
    alike = {each for each in possible if first_round(activity, each, people) == released}
    assert cells in alike
    found = same(alike, SMALL)
    for own in range(len(cells)):
        found |= same({each for each in alike if each[own]}, SMALL) - {(own, 1)}
    return found


class TestRounds:
    ACTIVITY = kind("check-in", 3)

    def released(self, *rounds: Cells) -> list[Released]:
        before: list[tuple[Released, int]] = []
        for cells in rounds:
            before.append((let_out(of_cells(self.ACTIVITY, cells, 16), self.ACTIVITY, 16, before), 16))
        return [released for released, _people in before]

    def numbers(self, *rounds: Cells) -> list[bool]:
        return [any(t.answered is not WITHHELD for t in each.tallies) for each in self.released(*rounds)]

    def test_every_round_in_numbers_is_compared_not_only_the_last(self) -> None:
        assert self.numbers((0, 6, 5, 0, 0), (0, 7, 5, 0, 0), (0, 6, 6, 0, 0)) == [True, False, False]

    @pytest.mark.parametrize(
        ("second", "is_told"), [((0, 5, 6, 0, 0), True), ((0, 8, 8, 0, 0), True), ((0, 7, 8, 0, 0), False)]
    )
    def test_rounds_of_as_many_or_of_five_more_are_both_told(self, second: Cells, *, is_told: bool) -> None:
        assert self.numbers((0, 6, 5, 0, 0), second) == [True, is_told]

    def test_a_majority_that_one_newcomer_could_have_made_is_not_said(self) -> None:
        first, second = self.released((0, 5, 5, 0, 0), (0, 6, 5, 0, 0))
        assert first.tallies
        assert second.nothing
        (tally,) = self.released((0, 8, 5, 0, 0), (0, 9, 5, 0, 0))[1].tallies
        assert tally.finding(Finding.MAJORITY) == (("2",),)

    def test_numbers_after_a_round_without_do_not_tell_who_came(self) -> None:
        assert self.numbers((4, 4, 2, 0, 2), (5, 4, 2, 0, 2)) == [False, False]

    def test_a_round_with_other_zones_is_compared_as_well(self) -> None:
        other = kind("check-in", 2)
        first = let_out(of_cells(other, (5, 6, 0, 0), 16), other, 16)
        (tally,) = let_out(of_cells(self.ACTIVITY, (0, 1, 7, 0, 2), 16), self.ACTIVITY, 16, [(first, 16)]).tallies
        assert tally.answered is WITHHELD
        assert tally.finding(Finding.MAJORITY) == (("3",),)

    def test_a_round_aloud_keeps_no_numbers_back(self) -> None:
        aloud = Released(1, Way.ALOUD, "2–4")
        (tally,) = let_out(of_cells(self.ACTIVITY, (0, 6, 5, 0, 0), 12), self.ACTIVITY, 12, [(aloud, 3)]).tallies
        assert tally.answered == 11


class TestWhateverTheCause:
    def test_too_few_answers_and_answers_withheld_look_the_same(self) -> None:
        activity = kind("rate", 5)
        seen = {
            let_out(of_cells(activity, cells, 6), activity, 6)
            for cells in [(0, 0, 0, 0, 0, 0, 0), (4, 0, 0, 0, 0, 2, 0), (1, 0, 0, 0, 0, 5, 0), (0, 0, 4, 0, 0, 0, 0)]
        }
        assert len(seen) == 1

    def test_a_row_that_is_withheld_beside_one_that_is_told_looks_the_same(self) -> None:
        activity = kind("rate", 5)
        (told_row,) = of_cells(activity, (0, 3, 3, 0, 0, 0, 0), 6).tallies
        seen = set()
        for cells in [(0, 0, 0, 0, 0, 0, 0), (4, 0, 0, 0, 0, 2, 0), (0, 0, 4, 0, 0, 0, 0)]:
            (row,) = of_cells(activity, cells, 6).tallies
            count = Count((told_row, replace(row, field="b")))
            seen.add(let_out(count, activity, 6).tallies[1])
        assert len(seen) == 1
        assert seen.pop().answered is WITHHELD

    def test_a_room_that_became_too_small_says_nothing(self) -> None:
        activity = kind("rate", 5)
        count = of_cells(activity, (0, 3, 3, 0, 0, 0, 0), 6)
        assert let_out(count, activity, 4).nothing

    def test_words_of_too_few_go_to_nobody(self) -> None:
        for among, held in ((4, ()), (5, ("a",))):
            _released, words = gate.release(Count((), ("a",), among), Tier.TEAM, Size(9), frozenset(), [])
            assert words == held

    def test_a_higher_floor_is_kept(self) -> None:
        activity = kind("scale", 5)
        count = of_cells(activity, (0, 0, 8, 0, 0, 0), 12)
        assert gate.release(count, activity.tier, Size(12, floor=10), activity.finds, [])[0].nothing

    def test_a_scale_that_is_not_what_it_seems_is_not_told(self) -> None:
        activity = kind("scale", 5)
        (tally,) = of_cells(activity, (0, 3, 3, 0, 0, 0), 6).tallies
        assert let_out(Count((tally,)), activity, 6).tallies
        assert let_out(Count((replace(tally, rated=5),)), activity, 6).nothing

    def test_an_order_made_of_whole_ballots_is_told(self) -> None:
        activity = kind("choose", 3, argument="1")
        (tally,) = of_cells(activity, (1, 2, 3), 6).tallies
        order = (Found(Finding.ORDER, (("a",), ("b",), ("c",))), Found(Finding.WINNER, (("a",),)))
        (released,) = let_out(Count((replace(tally, found=order),)), activity, 6).tallies
        assert released.found == order

    def test_an_order_that_its_counts_do_not_make_is_not_told(self) -> None:
        activity = kind("choose", 3, argument="1")
        (tally,) = of_cells(activity, (1, 2, 3), 6).tallies
        order = (Found(Finding.ORDER, (("a",), ("b",), ("c",))), Found(Finding.MAJORITY, ()))
        assert let_out(Count((replace(tally, found=order),)), activity, 6).nothing

    @pytest.mark.parametrize("people", [5, 7, 9])
    def test_the_middle_alone_would_be_safe_on_any_scale(self, people: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(gate, "rating_rung", lambda _rated, _others, _most, _least, rungs, _told: len(rungs) - 1)
        for points in (2, 3, 4) if people > 7 else (2, 3, 4, 6):
            assert in_the_room(kind("scale", points), people) == []

    def test_very_many_points_or_options_are_told_in_fewer_words(self) -> None:
        scale = kind("scale", 12)
        (tally,) = let_out(of_cells(scale, (0,) * 4 + (3, 4, 2) + (0,) * 6, 9), scale, 9).tallies
        assert [each.finding for each in tally.found] == [Finding.MEDIAN]
        choice = kind("choose", 26, argument="any")
        answers = [{"choice": tuple("abcdefgh"[: n + 1])} for n in range(8)]
        assert let_out(counted(choice, answers, 8), choice, 8).nothing


def _leaks(activity: Activity, people: int) -> Callable[[], bool]:
    return lambda: bool(in_the_room(activity, people))


def _leaks_between(first: Cells, moved: Cells, people: tuple[int, int]) -> Callable[[], bool]:
    return lambda: bool(between_rounds(kind("check-in", 3), first, moved, people))


def _tells_all_in_one(cells: Cells) -> Callable[[], bool]:
    def tells() -> bool:
        activity = kind("check-in", 3)
        released = let_out(of_cells(activity, cells, sum(cells)), activity, sum(cells))
        return any(number == max(cells) for tally in released.tallies for number in tally.counts)

    return tells


def _line(subject: str, room: Room, **changes: object) -> tuple[str, object]:
    new = {**TABLE, (subject, room): replace(TABLE[subject, room], **changes)}  # type: ignore[arg-type]  # the fields of a Rule
    return "TABLE", new


def _says_of_four() -> bool:
    activity = kind("scale", 5)
    count = of_cells(activity, (0, 2, 2, 0, 0, 0), 12)
    return not gate.release(count, activity.tier, Size(12, floor=1), activity.finds, [])[0].nothing


class _NoDistance(gate._Gate):
    def _names_few(self, tally: Tally, before: ReleasedTally) -> bool:
        return False


class _NoMovers(gate._Gate):
    def _tells_movers(self, tally: Tally, before: Released) -> bool:
        return False


class _NoTips(gate._Gate):
    def _of_rounds(self, tally: Tally, found: list[Found], close: object) -> list[Found]:
        return found


class _DotsParting(gate._Gate):
    def _of_votes(self, tally: Tally, found: list[Found]) -> list[Found]:
        kept = {each.finding for each in super()._of_votes(tally, found)}
        return [each for each in found if each.finding in kept]


def _everything_places(counts: Cells, *_rest: int) -> int:
    return len(counts)


def _of_outsiders(counts: Cells, answered: int, most: int, smallest: int, floor: int, _choices: int) -> int | None:
    return places_told(counts, answered, most, smallest, floor, choices=0)


CONTROLS: dict[str, tuple[tuple[str, object], Callable[[], bool]]] = {
    "a floor of five answers": (("FLOOR", 1), _says_of_four),
    "a check-in of five to seven says nothing": (
        _line(ABOUT_A_PERSON, Room.FIVE, cells=What.ALL),
        _leaks(kind("check-in", 3), 6),
    ),
    "no small count about a person in a room of eight": (
        _line(ABOUT_A_PERSON, Room.EIGHT, smallest=0),
        _leaks(kind("check-in", 3), 9),
    ),
    "no small count about a person in a bigger room": (
        _line(ABOUT_A_PERSON, Room.TEN, smallest=4),
        _leaks(kind("check-in", 3), 10),
    ),
    "not everybody the same": (_line(ABOUT_A_PERSON, Room.TEN, others=0), _tells_all_in_one((0, 12, 0, 0, 0))),
    "not nearly everybody the same": (_line(ABOUT_A_PERSON, Room.TEN, others=2), _tells_all_in_one((0, 10, 2, 0, 0))),
    "hidden counts beside each other": (
        ("may_hide", lambda *_args: True),
        lambda: bool(_tells_hidden((6, 4, 4, 4, 4))),
    ),
    "rounds at least five apart": (
        ("_Gate", _NoDistance),
        _leaks_between((0, 6, 5, 0, 0), (0, 1, 0, 0, 0), (12, 13)),
    ),
    "rounds without numbers": (("_Gate", _NoMovers), _leaks_between((4, 4, 2, 0, 2), (1, 1, 0, 0, 0), (12, 14))),
    "a majority that few could have made": (
        ("_Gate", _NoTips),
        _leaks_between((0, 5, 5, 0, 0), (0, 1, 0, 0, 0), (12, 13)),
    ),
    "no numbers in a room of five to seven": (
        _line(ABOUT_US, Room.FIVE, cells=What.ALL),
        _leaks(kind("scale", 5), 6),
    ),
    "no ones and twos in a room of eight": (
        _line(ABOUT_US, Room.EIGHT, cells=What.ALL, smallest=0),
        _leaks(kind("scale", 5), 8),
    ),
    "the middle and the spread attacked": (("rating_rung", lambda *_args, **_more: 0), _leaks(kind("scale", 5), 6)),
    "quartiles attacked": (
        _line(ABOUT_US, Room.FIVE, findings=frozenset({Finding.QUARTILES, Finding.MEDIAN}), follows=0),
        _leaks(kind("scale", 5), 6),
    ),
    "no threes and fours from words about a rating": (
        _line(ABOUT_US, Room.FIVE, follows=3),
        _leaks(kind("scale", 3), 6),
    ),
    "the lower of two middle answers": (("_lower", lambda found: found), _leaks(kind("scale", 3), 6)),
    "no numbers in decisions of few": (
        _line(DECISION, Room.EIGHT, cells=What.ALL),
        _leaks(kind("choose", 3, argument="1"), 8),
    ),
    "orders attacked": (("places_told", _everything_places), _leaks(kind("choose", 3, argument="1"), 7)),
    "orders attacked by who voted": (("places_told", _of_outsiders), _leaks(kind("choose", 3, argument="1"), 6)),
    "orders of several choices attacked by who voted": (
        ("places_told", _of_outsiders),
        _leaks(kind("choose", 3, argument="any"), 5),
    ),
    "no ties of five people who order all": (("_FEWEST_TIED", 5), _leaks(kind("rank", 3), 5)),
    "no order by dots where there are no numbers": (("_Gate", _DotsParting), _leaks(kind("dots", 3, argument="2"), 5)),
}


def _tells_hidden(cells: Cells) -> set[tuple[int, int]]:
    activity, people = kind("check-in", 3), sum(cells)
    first_round.cache_clear()
    return tells_of_a_person(activity, cells, first_round(activity, cells, people), people)


@pytest.mark.parametrize("control", CONTROLS)
def test_without_a_control_something_comes_out(control: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (name, weaker), leaks = CONTROLS[control]
    assert not leaks()
    monkeypatch.setattr(disclosure if name == "TABLE" else gate, name, weaker)
    assert leaks()
