"""What an order of whole ballots gives away to those who cast them.

There are too many groups to lay out. So groups are drawn until, for every order that can be said and every ballot of
whoever looks at it, no small number of the others is the same in all that look alike: then none of them can be told.
Where something can be told, no number of groups is enough.

Rooms of five are the tightest: in larger ones, more people may have voted or passed in every way that looks the same.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import chain

import pytest
from solver import SMALL, Cells, counted, kind, let_out

from tisu_tui.core import disclosure
from tisu_tui.core.activity import Activity
from tisu_tui.core.released import Finding

MOST = 6_000
Ballot = tuple[int, ...]
OUTSIDE: Ballot = ()
PASSED: Ballot = (-1,)
Look = tuple[int, ...]
"""How many options share each place, the options being numbered as they are placed."""


def drawn(chance: random.Random, options: int, people: int) -> list[Ballot]:
    """Draw a group, in which many agree, or ties and rare orders would hardly come."""
    few = [_ballot(chance, options) for _n in range(chance.randint(1, 4))]
    answered = people - (people > 5 and chance.random() < 0.3)
    return [chance.choice(few) if chance.random() < 0.5 else _ballot(chance, options) for _n in range(answered)]


def _ballot(chance: random.Random, options: int) -> Ballot:
    # Who leaves out the last one only has said where it stands.
    length = chance.choice([n for n in range(1, options + 1) if n != options - 1])
    return tuple(chance.sample(range(options), length))


def looked(activity: Activity, group: Sequence[Ballot], options: int, people: int) -> tuple[Look, Cells, list[Ballot]]:
    """Tell what is said of a group, and its cells and ballots, with the options numbered as they are placed."""
    ids = "abcdefgh"[:options]
    count = counted(activity, [{"choice": tuple(ids[n] for n in ballot)} for ballot in group], people)
    tallies = let_out(count, activity, people).tallies
    order = (tallies[0].finding(Finding.ORDER) if tallies else None) or ()
    placed = [*chain.from_iterable(order)]
    number = {each: n for n, each in enumerate([*placed, *(each for each in ids if each not in placed)])}
    first = {number[each.id]: n for each, n in zip(count.tallies[0].options, count.tallies[0].counts, strict=True)}
    pairs = {
        (number[tally.field.rpartition(":")[2]], number[each.id]): n
        for tally in count.tallies[1:]
        for each, n in zip(tally.options, tally.counts, strict=True)
    }
    cells = (*(n for _key, n in sorted(first.items())), *(n for _key, n in sorted(pairs.items())))
    return tuple(map(len, order)), cells, [tuple(number[ids[n]] for n in ballot) for ballot in group]


def told(options: int, people: int) -> dict[tuple[Look, Ballot], Cells]:
    """Find for each look, and the ballot of whoever looks, the small cells that were always the same."""
    activity, chance = kind("rank", options), random.Random(options * people)
    seen: dict[tuple[Look, Ballot], tuple[Cells, Cells]] = {}
    for n in range(MOST):
        look, cells, group = looked(activity, drawn(chance, options, people), options, people)
        for own in {*group, OUTSIDE, *([PASSED] if len(group) < people else [])}:
            least, most = seen.get((look, own), (cells, cells))
            seen[look, own] = tuple(map(min, least, cells)), tuple(map(max, most, cells))
        if n % 1000 == 999 and not _same(seen, options):
            break
    return _same(seen, options)


def _same(seen: dict[tuple[Look, Ballot], tuple[Cells, Cells]], options: int) -> dict[tuple[Look, Ballot], Cells]:
    found = {}
    for (look, own), (least, most) in seen.items():
        # Who finds that nobody else answered as they did has learnt of no one.
        mine = _cells_of(own, options)
        small = tuple(
            n
            for n, (low, high) in enumerate(zip(least, most, strict=True))
            if low == high and 0 < low <= SMALL and low != mine[n]
        )
        if small:
            found[look, own] = small
    return found


def _cells_of(own: Ballot, options: int) -> Cells:
    """Count one ballot by itself."""
    place = {each: n for n, each in enumerate(own)}
    firsts = [int(own[:1] == (each,)) for each in range(options)]
    pairs = [
        int(place.get(one, options) < place.get(other, options))
        for one in range(options)
        for other in range(options)
        if one != other
    ]
    return (*firsts, *pairs)


@pytest.mark.parametrize(("options", "people"), [(3, 5), (4, 5)])
def test_an_order_gives_no_small_count_away_to_those_who_made_it(options: int, people: int) -> None:
    assert told(options, people) == {}


def test_a_tie_among_five_people_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "_FEWEST_TIED", 5)
    assert ((2, 1), (2, 0, 1)) in told(3, 5)
