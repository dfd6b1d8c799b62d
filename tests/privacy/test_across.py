"""Sessions of a team whose members come and go: what they tell together, and what is said of a change."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from attacked_room import House, house
from predecessors import (
    RATING,
    VOTE,
    History,
    given_away,
    nobody_changed,
    table,
    through_the_gate,
    told_across,
)
from solver import Cells, Group, in_numbers, in_the_room, kind, let_out, of_cells, same
from usefulness import RATINGS, VOTES

from tisu_tui.core.across import comparable
from tisu_tui.core.activity import Activity, Tier
from tisu_tui.core.later import Row
from tisu_tui.core.released import Finding, Released
from tisu_tui.core.size import Size, Way
from tisu_tui.privacy import table as disclosure
from tisu_tui.privacy.record import Precedent
from tisu_tui.privacy.table import ABOUT_US, TABLE, Room
from tisu_tui.session.commands import Step
from tisu_tui.view.view import Role

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
SOAK = bool(os.environ.get("TISU_SOAK"))
SMALL_ROOMS = range(5, 10)
YES_OR_NO = kind("scale", 2)
PAIRS = [
    *((YES_OR_NO, rooms) for rooms in product(SMALL_ROOMS, repeat=2)),
    *((VOTE, rooms) for rooms in product(SMALL_ROOMS, repeat=2)),
    *((RATING, rooms) for rooms in product(SMALL_ROOMS if SOAK else (5, 6, 7), repeat=2)),
    *((kind(name), rooms) for name in ("consent", "agree") for rooms in product((5, 9), repeat=2)),
]
CHAINS = [
    *((YES_OR_NO, rooms) for rooms in product(SMALL_ROOMS if SOAK else (5, 8), repeat=3)),
    *((VOTE, rooms) for rooms in product(SMALL_ROOMS if SOAK else (5, 7), repeat=3)),
    *((RATING, rooms) for rooms in ((5, 6, 5), (7, 6, 5), (7, 8, 7)) if SOAK or rooms == (5, 6, 5)),
]
LATER_ROOMS = [
    *((YES_OR_NO, rooms) for rooms in ((9, 10), (7, 8, 10)) if SOAK or rooms == (9, 10)),
    *((VOTE, rooms) for rooms in ((9, 10), (9, 13), (7, 9, 10)) if SOAK or len(rooms) == 2),
]


class TestWherePeopleMayChangeTheirMinds:
    """Nothing that is kept back comes out of all that was ever told; see `predecessors` for who attacks."""

    @pytest.mark.parametrize(("activity", "rooms"), PAIRS, ids=str)
    def test_of_two_sessions(self, activity: Activity, rooms: Sequence[int]) -> None:
        assert told_across(activity, rooms) == set()

    @pytest.mark.parametrize(("activity", "rooms"), CHAINS, ids=str)
    def test_of_three_sessions(self, activity: Activity, rooms: Sequence[int]) -> None:
        assert told_across(activity, rooms) == set()

    @pytest.mark.parametrize(("activity", "rooms"), LATER_ROOMS, ids=str)
    def test_of_small_rooms_before_one_of_ten_or_more(self, activity: Activity, rooms: Sequence[int]) -> None:
        assert told_across(activity, rooms) == set()

    def test_a_decision_that_hung_on_what_was_not_told_would_tell_it(self) -> None:
        def going_by_what_was_kept_back(group: Group, activity: Activity, people: int, before: History) -> Released:
            released = through_the_gate(group, activity, people, before)
            return released if before else replace(released, kept_back=group.cells[0] == 1)

        assert told_across(VOTE, (9, 10)) == set()
        assert told_across(VOTE, (9, 10), going_by_what_was_kept_back)


def named_by_numbers(people: int) -> bool:
    """Tell whether any two results in numbers name the answer of one who came between them, if nobody else changed."""
    pairs = nobody_changed(RATING, (people, people + 1))
    return any(
        same({each.came[0] for each in some}, 1)
        for look, some in pairs.items()
        if all(in_numbers(released) for released, _people in look)
    )


def test_in_rooms_of_eight_and_nine_numbers_never_follow_what_was_said_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not named_by_numbers(8)
    weaker = {**TABLE, (ABOUT_US, Room.EIGHT): replace(TABLE[ABOUT_US, Room.EIGHT], once=False, more=0)}
    monkeypatch.setattr(disclosure, "TABLE", weaker)
    assert named_by_numbers(8)


class TestAfterARoomThatWasNotToldAllNumbers:
    """Numbers of ten people, less the answer of the one who came, would be those that nine were not told."""

    @pytest.mark.parametrize("people", range(10, 14) if SOAK else (11,))
    @pytest.mark.parametrize("activity", [RATING, VOTE] if SOAK else [VOTE], ids=str)
    def test_what_was_kept_back_seldom_comes_out(
        self, activity: Activity, people: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_rule = given_away(activity, 9, people)
        _without_the_rule(monkeypatch)
        without = given_away(activity, 9, people)
        assert with_rule.kept_back < without.kept_back / 2
        assert with_rule.newcomers < without.newcomers * 0.7

    @pytest.mark.parametrize(("then", "now", "is_told"), [(9, 13, False), (9, 14, True), (5, 10, True), (6, 10, False)])
    def test_numbers_are_told_again_from_five_people_more(self, then: int, now: int, *, is_told: bool) -> None:
        first = let_out(of_cells(VOTE, (3, 2, 0), then), VOTE, then)
        assert bool(in_numbers(let_out(of_cells(VOTE, (5, 4, 1), now), VOTE, now, [(first, then)]))) is is_told

    def test_words_for_their_sake_do_not_count_themselves(self) -> None:
        """Or a team that grows one by one would never see a number again."""
        told: list[tuple[Released, int]] = []
        for people in range(9, 15):
            told.append((let_out(of_cells(VOTE, (4, people - 5, 1), people), VOTE, people, told), people))
        assert [bool(in_numbers(each)) for each, _people in told] == [False] * 5 + [True]

    def test_numbers_that_were_all_told_keep_none_back_later(self) -> None:
        first = let_out(of_cells(RATING, (4, 5, 0, 0), 9), RATING, 9)
        assert in_numbers(first)
        assert in_numbers(let_out(of_cells(RATING, (4, 5, 1, 0), 10), RATING, 10, [(first, 9)]))

    @pytest.mark.parametrize("cells", [(0, 0, 0, 0), (2, 2, 0, 0), (1, 3, 5, 0), (2, 5, 1, 1)])
    def test_it_hangs_on_no_answer(self, cells: Cells) -> None:
        """Nobody can tell from the words whether there was anything to keep back, or whether anybody answered."""
        first = let_out(of_cells(RATING, cells, 9), RATING, 9)
        assert not in_numbers(first)
        assert not in_numbers(let_out(of_cells(RATING, (0, 5, 5, 0), 10), RATING, 10, [(first, 9)]))

    @pytest.mark.parametrize("people", range(10, 14))
    def test_words_in_a_larger_room_give_no_small_count_away_either(self, people: int) -> None:
        told = Released(1, Way.FULL, "8–11", kept_back=True)
        for activity in (YES_OR_NO, VOTE):
            assert in_the_room(activity, people, [(told, 9)]) == []

    def test_roles_are_neither_asked_nor_shown(self) -> None:
        before = Precedent(kept_back=9)
        finds = VOTE.finds
        assert disclosure.asks_voice(Tier.TEAM, Size(12), finds, 2)
        assert not disclosure.asks_voice(Tier.TEAM, Size(12), finds, 2, before)
        assert disclosure.asks_voice(Tier.TEAM, Size(14), finds, 2, before)


def _without_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    weaker = {line: replace(rule, more=0) for line, rule in TABLE.items()}
    monkeypatch.setattr(disclosure, "TABLE", weaker)


class TestTheDocumentation:
    def test_has_what_can_be_told_if_nobody_changed_their_mind(self) -> None:
        assert "\n".join(table()) in PAGE, "\n".join(table())

    def test_has_what_the_rule_after_a_small_room_is_good_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _without_the_rule(monkeypatch)
        told = [f"{given_away(activity, 9, 10).kept_back:.0%}" for activity in (RATING, VOTE)]
        assert "it would be {} of ratings and {} of votes".format(*told) in " ".join(PAGE.split()), told

    def test_has_what_it_costs(self) -> None:
        words = ((Released(1, Way.FULL, "8–11", kept_back=True), 9),)
        least = [min(each.share(people, 0.3, words)[0] for people in range(10, 14)) for each in (RATINGS, VOTES)]
        told = "the spread in {:.0%} of ratings at least, and what came first in {:.0%} of votes".format(*least)
        assert told in " ".join(PAGE.split()), told


class TestInARoom:
    """Through the room itself: what came before is known to the gate, here and from earlier sessions."""

    @pytest.mark.parametrize("before", [None, Precedent(said=True)])
    def test_a_session_knows_that_an_earlier_one_said_something(self, tmp_path: Path, before: Precedent | None) -> None:
        async def main() -> None:
            async with house(tmp_path / "here", 8, precedents=(("rows", before),) if before else ()) as here:
                await here.go_to("rows")
                said = (await here.seen(Role.PARTICIPANT, here.seats[0])).promise
                assert said.startswith("Only the middle answer" if before else "Totals go")
                await here.all_say("R1", [("2",)] * 4 + [("3",)] * 4)
                (told, *_others) = (await shown(here, "rows")).tallies
                assert (told.answered == 8) is (before is None)
                # Where it lies between two, both are told beside the numbers, and the lower one without.
                assert told.finding(Finding.MEDIAN) == ((("2",) if before else ("2", "3")),)

        asyncio.run(main())

    def test_a_session_knows_that_an_earlier_one_kept_numbers_back(self, tmp_path: Path) -> None:
        async def main() -> None:
            async with house(tmp_path / "here", 12, precedents=(("which", Precedent(True, 9)),)) as here:
                assert not await answered(here, "which", ["rota", "budget"] * 6)

        asyncio.run(main())

    @pytest.mark.parametrize("more", [1, 5])
    def test_a_round_knows_what_the_one_before_kept_back(self, tmp_path: Path, more: int) -> None:
        async def main() -> None:
            async with house(tmp_path / "here", 9) as here:
                assert not await answered(here, "which", ["rota"] * 5 + ["budget"] * 4)
                await here.join(more)
                await here.press(Step.AGAIN)
                await here.press()
                promise = (await here.seen(Role.PARTICIPANT, here.seats[0])).promise
                assert promise.startswith("Totals go" if more == 5 else "Only the order")
                assert await answered(here, "which", ["rota"] * 5 + ["budget"] * (4 + more)) is (more == 5)

        asyncio.run(main())


async def answered(here: House, step: str, choices: Sequence[str]) -> bool:
    """Have everybody choose, and tell whether the room was told numbers."""
    await here.go_to(step)
    await here.all_say("choice", [(each,) for each in choices])
    return bool(in_numbers(await shown(here, step)))


async def shown(here: House, step: str) -> Released:
    await here.go_to(step, "shown")
    released = [each.released for each in here.room.session.rounds if each.step == step][-1]
    assert released is not None
    return released


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
