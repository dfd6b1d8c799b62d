"""Roles side by side: what they give away, worked out from scratch, and how often they are shown at all."""

from __future__ import annotations

import math
import os
import random
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solver import Cells, ballots, kind, shared_out

from tisu_tui.core.activity import Activity, Given, Present, Tier
from tisu_tui.core.form import Answer
from tisu_tui.core.released import Finding, Released, ReleasedVoice, VoiceCount
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import Size
from tisu_tui.privacy import gate
from tisu_tui.privacy import table as disclosure
from tisu_tui.privacy.record import Precedent
from tisu_tui.view.side_by_side import by_voice, has_gap

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"
SMALL = 4
SOAK = bool(os.environ.get("TISU_SOAK"))
VOICES = ("leader", "staff", "lived experience", "partner")
ONE_OF_THREE = kind("choose", 3, argument="1")
ANY_OF_TWO = kind("choose", 2, argument="any")
RATING = kind("rate", 5)
TWO_POINTS = kind("scale", 2)

Group = tuple[Cells, ...]
"""How often each ballot was given, by role; the last row is of those who named none."""


def let_out(activity: Activity, group: Group, before: Sequence[Released] = (), floor: int = 5) -> Released:
    """Count a whole room and each role of it, as the room does, and send it through the gate."""
    people = sum(map(sum, group))
    present, possible = Present(people, people), ballots(activity)
    answers = [[ballot for ballot, n in zip(possible, row, strict=True) for _each in range(n)] for row in group]

    def count(some: list[Answer]) -> VoiceCount:
        return VoiceCount("", activity.count(some, present, Given()))

    names = (*VOICES[: len(group) - 1], "")
    parts = [VoiceCount(name, count(row).count) for name, row in zip(names, answers, strict=True)]
    whole = count([answer for row in answers for answer in row]).count
    told = Precedent.joined(Precedent.of(each, people) for each in before)
    size = Size(people, floor)
    return gate.release(whole, activity.tier, size, activity.finds, before, parts, precedent=told)[0]


def is_told(released: Released) -> bool:
    return any(tally.found for voice in released.voices for tally in voice.tallies)


def chosen(activity: Activity, row: Cells) -> Cells:
    """Count how many people of one role chose each option."""
    possible = ballots(activity)
    (field, *_more) = possible[0]
    ids = list(dict.fromkeys(each for ballot in possible for each in ballot[field] or ()))
    return tuple(
        sum(n for ballot, n in zip(possible, row, strict=True) if each in (ballot[field] or ())) for each in ids
    )


# A solver that lays out every group of some size, and asks nothing of how the gate works


@cache
def every_group(activity: Activity, sizes: Cells) -> tuple[Group, ...]:
    rows = [list(shared_out(size, len(ballots(activity)))) for size in sizes]
    return tuple(product(*rows))


def leaks(worlds: Sequence[Group], activity: Activity) -> list[str]:
    """Find what can be told of a small number in a role by all that look alike to somebody."""
    found: list[str] = []
    told = [tuple(chosen(activity, row) for row in world) for world in worlds]
    totals = [tuple(map(sum, zip(*cells, strict=True))) for cells in told]
    people = sum(map(sum, worlds[0]))

    def look(seen: Sequence[int], own: tuple[int, int] | None) -> Iterator[tuple[int, int, int]]:
        chose = chosen(activity, tuple(int(n == own[1]) for n in range(len(worlds[0][0])))) if own else None
        for role, option in product(range(len(told[0])), range(len(told[0][0]))):
            values = {told[n][role][option] for n in seen}
            mine = int(bool(own and chose and own[0] == role and chose[option]))
            # What the numbers of the whole say by themselves is not for roles to hide.
            is_open = totals[0][option] - (chose[option] if chose else 0) not in {0, people - bool(own)}
            is_alone = bool(own and own[0] == role and sum(worlds[0][role]) == 1)
            if len(values) == 1 and 0 < min(values) <= SMALL and is_open and not is_alone and values != {mine}:
                yield role, option, min(values)

    everybody = range(len(worlds))
    found += [f"somebody outside tells {leak}" for leak in look(everybody, None)]
    for own in product(range(len(worlds[0])), range(len(worlds[0][0]))):
        seen = [n for n in everybody if worlds[n][own[0]][own[1]]]
        if seen:
            found += [f"somebody with {own} tells {leak}" for leak in look(seen, own)]
    return found


@pytest.mark.parametrize(
    ("activity", "sizes"),
    [
        (ONE_OF_THREE, (5, 5, 0)),
        (ONE_OF_THREE, (5, 6, 1)),
        (ANY_OF_TWO, (5, 6, 0)),
        (ANY_OF_TWO, (5, 5, 1)),
        (TWO_POINTS, (6, 6, 0)),
        (TWO_POINTS, (5, 6, 1)),
    ],
)
def test_no_small_number_of_a_role_can_be_worked_out(activity: Activity, sizes: Cells) -> None:
    """Whoever attacks even knows how many of each role answered."""
    alike: dict[Hashable, list[Group]] = defaultdict(list)
    for group in every_group(activity, sizes):
        released = let_out(activity, group)
        if is_told(released):
            alike[released].append(group)
    assert len(alike) > 5
    found = {look: some for look, worlds in alike.items() if (some := leaks(worlds, activity))}
    assert not found


@pytest.mark.parametrize("activity", [ONE_OF_THREE, TWO_POINTS], ids=["vote", "rating"])
def test_a_second_round_about_roles_gives_away_no_more(activity: Activity) -> None:
    """People may have changed their minds, so every group may follow every other; what was said before is known."""
    worlds = every_group(activity, (5, 5, 0))
    firsts: dict[Hashable, Released] = {}
    for group in worlds:
        released = let_out(activity, group)
        # In a room told in numbers, only whether roles were told, and how, can bear on the next round.
        firsts[released if SOAK else (is_told(released), released.nothing)] = released
    assert len(firsts) > 1
    for first in firsts.values():
        alike: dict[Hashable, list[Group]] = defaultdict(list)
        for group in worlds:
            released = let_out(activity, group, [first])
            if is_told(released):
                alike[released].append(group)
        assert not [leak for some in alike.values() for leak in leaks(some, activity)]


def test_after_words_about_roles_there_are_no_numbers_of_them() -> None:
    """How many of a role were nine and are ten is not told, so neither is what the tenth would give away."""
    few, more = ((6, 3, 0), (2, 7, 2), (0, 0, 0)), ((6, 4, 0), (2, 7, 2), (0, 0, 0))
    first = let_out(ONE_OF_THREE, few)
    assert is_told(first)
    assert voice(first, 0).tallies[0].answered is WITHHELD
    assert voice(let_out(ONE_OF_THREE, more), 0).tallies[0].answered == 10
    assert voice(let_out(ONE_OF_THREE, more, [first]), 0).tallies[0].answered is WITHHELD


def test_silence_tells_nothing_either() -> None:
    """Where nothing is shown, anybody may have passed when asked for their role, which nobody sees."""
    worlds: dict[Hashable, list[Group]] = defaultdict(list)
    for sizes in ((5, 5, 0), (5, 4, 1), (4, 5, 1)):
        for group in every_group(ONE_OF_THREE, sizes):
            released = let_out(ONE_OF_THREE, group)
            if not is_told(released):
                worlds[released].append(group)
    for alike in worlds.values():
        for role, option in product(range(3), range(3)):
            told = {chosen(ONE_OF_THREE, world[role])[option] for world in alike}
            # Where everybody chose the same, the whole says so already.
            is_open = any(sum(chosen(ONE_OF_THREE, row)[other] for row in alike[0]) for other in {0, 1, 2} - {option})
            assert len(told) > 1 or not 0 < min(told) <= SMALL or not is_open


def looks(parts: Sequence[Cells], *, is_scale: bool) -> Hashable:
    """Say anew what words about each role would be."""
    if not is_scale:
        return tuple(tuple(2 * n > sum(row) for n in row) for row in parts)
    return tuple(next(n for n in range(len(row)) if 2 * sum(row[: n + 1]) >= sum(row)) for row in parts)


@st.composite
def a_group(draw: st.DrawFn, points: int) -> Group:
    sizes = draw(st.lists(st.integers(5, 6), min_size=2, max_size=3))
    rest = draw(st.integers(0, 1))
    return tuple(tuple(draw(st.sampled_from(sorted(shared_out(n, points))))) for n in (*sizes, rest))


@settings(max_examples=20_000 if SOAK else 60, deadline=None)
@given(a_group(3), st.booleans())
def test_words_about_random_groups_leave_every_small_number_open(group: Group, is_scale: bool) -> None:
    activity = kind("scale", 3) if is_scale else ONE_OF_THREE
    row = tuple((*each, 0) if is_scale else each for each in group)
    released = let_out(activity, row)
    if not is_told(released):
        return
    whole = tuple(map(sum, zip(*group, strict=True)))
    said = looks(group[:-1], is_scale=is_scale)
    alike = [other for other in fillings(tuple(map(sum, group)), whole) if looks(other[:-1], is_scale=is_scale) == said]
    assert group in alike
    for role, option in product(range(len(group)), range(len(whole))):
        if whole[option] not in {0, sum(whole)} and 0 < group[role][option] <= SMALL:
            assert len({other[role][option] for other in alike}) > 1, (group, role, option)


def fillings(sizes: Cells, whole: Cells) -> Iterator[Group]:
    """Give every table with these sums of rows and of columns."""
    if len(sizes) == 1:
        if sum(whole) == sizes[0]:
            yield (whole,)
        return
    for row in shared_out(sizes[0], len(whole)):
        left = tuple(all_ - n for all_, n in zip(whole, row, strict=True))
        if min(left) >= 0:
            yield from ((row, *rest) for rest in fillings(sizes[1:], left))


# The rules, one by one


def voice(released: Released, number: int) -> ReleasedVoice:
    return released.voices[number]


def test_a_role_below_the_floor_hides_all_roles_and_not_the_whole() -> None:
    released = let_out(ONE_OF_THREE, ((4, 2, 0), (2, 4, 0), (1, 1, 2), (0, 0, 0)))
    assert released.tallies[0].counts == (7, 7, 2)
    assert not is_told(released)
    assert all(n is WITHHELD for each in released.voices for tally in each.tallies for n in tally.counts)


def test_numbers_are_told_where_every_role_and_the_rest_is_a_room_of_ten() -> None:
    group = ((6, 3, 1), (2, 7, 2), (3, 3, 4))
    assert voice(let_out(ONE_OF_THREE, (*group, (0, 0, 0))), 1).tallies[0].counts == (2, 7, 2)
    assert voice(let_out(ONE_OF_THREE, (*group, (5, 3, 2))), 1).tallies[0].counts == (2, 7, 2)
    # A small rest would be what is left of the whole.
    few = let_out(ONE_OF_THREE, (*group, (1, 0, 0)))
    assert voice(few, 1).tallies[0].answered is WITHHELD


@pytest.mark.parametrize("unknown", [0, 1])
def test_words_about_ratings_are_told_where_nobody_said_that_they_do_not_know(unknown: int) -> None:
    """Words say that five of each role rated: of five and six people, one who does not know is one of the six."""
    released = let_out(TWO_POINTS, ((3, 2, 0), (2, 4 - unknown, unknown), (0, 0, 0)))
    assert released.tallies[0].counts == (5, 6 - unknown, unknown)
    assert is_told(released) == (unknown == 0)


def test_what_one_without_a_role_rated_is_not_told_by_roles_that_rated_nothing() -> None:
    released = let_out(TWO_POINTS, ((0, 0, 5), (0, 0, 6), (1, 0, 0)))
    assert released.tallies[0].counts == (1, 0, 11)
    assert not is_told(released)


def test_a_few_who_came_between_two_rounds_are_told_in_words_only() -> None:
    first = let_out(ONE_OF_THREE, ((6, 3, 1), (2, 7, 2), (0, 0, 0)))
    assert voice(first, 0).tallies[0].answered == 10
    second = let_out(ONE_OF_THREE, ((6, 3, 2), (2, 7, 2), (0, 0, 0)), [first])
    assert voice(second, 0).tallies[0].answered is WITHHELD
    assert voice(let_out(ONE_OF_THREE, ((5, 4, 1), (2, 7, 2), (0, 0, 0)), [first]), 0).tallies[0].answered == 10


def test_the_table_says_whether_roles_are_asked() -> None:
    finds = frozenset({Finding.ORDER, Finding.MAJORITY})
    ratings = frozenset({Finding.MEDIAN})
    assert not disclosure.asks_voice(Tier.TEAM, Size(14), finds, 3)
    assert disclosure.asks_voice(Tier.TEAM, Size(15), finds, 3)
    assert disclosure.asks_voice(Tier.ORGANISATION, Size(10), ratings, 2)
    assert not disclosure.asks_voice(Tier.TEAM, Size(9), ratings, 2)
    assert not disclosure.asks_voice(Tier.TEAM, Size(20, 10), finds, 3)
    assert not disclosure.asks_voice(Tier.ROOM, Size(60), ratings, 2)
    assert not disclosure.asks_voice(Tier.TEAM, Size(60), frozenset({Finding.CARRIED}), 2)
    assert not disclosure.asks_voice(Tier.TEAM, Size(60), finds, 1)


def test_dots_are_not_numbered_where_roles_are_told_in_words() -> None:
    """How many dots each choice got would be one more sum to work roles out from."""
    dots, chance = kind("dots", 3, argument="2"), random.Random(2)
    told = [let_out(dots, made_up(chance, dots, (6, 6))) for _n in range(30)]
    assert {(is_told(each), bool(each.tallies[0].weights)) for each in told} == {(True, False), (False, True)}
    # Nor do they part choices that as many people made, which the order would tell.
    for tally in (each.tallies[0] for each in told if is_told(each)):
        order = tally.finding(Finding.ORDER) or ()
        assert [len({tally.count(name) for name in place}) for place in order] == [1] * len(order)
        assert len(order) == len(set(tally.counts))


# Far apart


def test_roles_far_apart_are_pointed_out() -> None:
    none = (0, 0, 0)
    agree = let_out(ONE_OF_THREE, ((8, 2, 1), (7, 2, 2), none))
    apart = let_out(ONE_OF_THREE, ((8, 2, 1), (5, 5, 2), none))
    other_first = let_out(ONE_OF_THREE, ((5, 4, 2), (4, 5, 2), none))
    assert [has_gap(each.voices) for each in (agree, apart, other_first)] == [False, True, True]
    words = let_out(ONE_OF_THREE, ((5, 1, 1), (1, 5, 1), none))
    assert voice(words, 0).tallies[0].answered is WITHHELD
    assert has_gap(words.voices)
    assert "Let's listen before we decide" in str(list(by_voice([words])))


# And it is of use


def made_up(chance: random.Random, activity: Activity, sizes: Cells) -> Group:
    """Make up roles that lean to the same, each with its own turn; on a scale they lean to one point of it."""
    possible = range(len(ballots(activity)))
    lean = [chance.random() for _each in possible]
    rows = []
    for size in sizes:
        if activity is RATING:
            middle = 4 * lean[0] + chance.gauss(0, 0.7)
            weights = [math.exp(-((n - middle) ** 2) / 2) for n in range(5)] + [0.0, 0.0]
        else:
            weights = [max(0.05, each + chance.gauss(0, 0.3)) for each in lean]
        chosen_ = chance.choices(possible, weights, k=size)
        rows.append(tuple(chosen_.count(each) for each in possible))
    return (*rows, (0,) * len(possible))


MEASURES = {
    "choose one of three": ONE_OF_THREE,
    "choose any of four": kind("choose", 4, argument="any"),
    "a rating": RATING,
}
EACH = (5, 6, 8, 10)


def share(activity: Activity, each: int) -> float:
    """Measure how often three roles of so many people are told."""
    chance = random.Random(each)
    groups = [made_up(chance, activity, (each,) * 3) for _n in range(50)]
    return sum(is_told(let_out(activity, group)) for group in groups) / len(groups)


def test_the_documentation_says_how_often_roles_are_shown() -> None:
    lines = [f"| Three roles of as many people, all of whom answer | {' | '.join(f'{n} each' for n in EACH)} |"]
    lines.append(f"| ---{' | ---:' * len(EACH)} |")
    shares = {name: [share(activity, each) for each in EACH] for name, activity in MEASURES.items()}
    lines += [f"| {name} | {' | '.join(f'{told:.0%}' for told in row)} |" for name, row in shares.items()]
    assert "\n".join(lines) in PRIVACY.read_text(encoding="utf-8"), "\n".join(lines)
    # Eighteen people of three roles mostly see them.
    assert all(row[1] >= 0.5 and row[-1] == 1 for row in shares.values())
