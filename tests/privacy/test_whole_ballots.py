"""What an order of whole ballots gives away to those who cast them: decided for each room, without laying it all out.

In a room of nine, those who put four options in order can do so in more than a thousand million ways. But a count that
differs between two groups that look alike can't be told from them, however many others look so too. So groups are
drawn until, for every order that can be said and every ballot of whoever looks at it, two were found that differ in
each small number of the others. Options can change their names, so orders are told apart by how many options share
each place; `every_look` lists them, and none is left out. Where something can be told, no number of groups is enough.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise, permutations, product

import pytest
from solver import SMALL, Cells, counted, kind, let_out

from tisu_tui.core.activity import Activity
from tisu_tui.core.released import Finding
from tisu_tui.core.size import FLOOR
from tisu_tui.privacy import gate
from tisu_tui.privacy.gate import _FEWEST_TIED as FEWEST_TIED

MOST = 200_000
SHORT = [(2, 5), (2, 9), *((3, people) for people in range(5, 10)), (4, 5), (4, 7), (4, 8), (4, 9)]
LONG = [(4, 6), (5, 8), (5, 9)] if os.environ.get("TISU_SOAK") else []
Ballot = tuple[int, ...]
OUTSIDE: Ballot = ()
PASSED: Ballot = (-1,)
Look = tuple[int, ...]
"""How many options share each place, the options being numbered as they are placed; empty where nothing is said."""


def every_ballot(options: int) -> list[Ballot]:
    # Who leaves out the last one only has said where it stands.
    lengths = [n for n in range(1, options + 1) if n != options - 1]
    return [ballot for n in lengths for ballot in permutations(range(options), n)]


def every_look(options: int, people: int) -> set[tuple[Look, Ballot]]:
    """List what can be said, beside every ballot of whoever looks at it."""
    orders = {tuple(b - a for a, b in pairwise((0, *ends, options))) for ends in _ends(options)}
    if people < FEWEST_TIED:
        orders = {(1,) * options}
    looks = set(product({*orders, ()}, [*every_ballot(options), OUTSIDE, PASSED]))
    # Where one of five passes, nothing is said.
    return {(look, own) for look, own in looks if own != PASSED or not look or people > FLOOR}


def _ends(options: int) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(range(1, options), n) for n in range(options))


def drawn(chance: random.Random, possible: Sequence[Ballot], people: int) -> list[Ballot]:
    """Draw a group, in which many agree or are of opposite minds, or ties and rare orders would hardly come."""
    answered = chance.choice([people, people, people - 1, chance.randint(1, people)])
    few = [chance.choice(possible) for _n in range(chance.randint(1, 4))]
    if chance.random() < 0.5:
        likely = chance.choice([0.3, 0.6, 0.9])
        return [chance.choice(few if chance.random() < likely else possible) for _n in range(answered)]
    whole = max(map(len, possible))
    full = [each for each in possible if len(each) == whole]
    pairs = [ballot for each in chance.choices(full, k=people) for ballot in (each, each[::-1])]
    odd = chance.randint(0, min(answered, 4))
    return [*chance.choices(few, k=odd), *pairs[: answered - odd]]


def looked(
    activity: Activity, group: Sequence[Ballot], options: int, people: int
) -> Iterator[tuple[Look, Cells, list[Ballot]]]:
    """Tell what is said of a group, and its cells and ballots, with the options numbered as they are placed.

    Options that share a place could have each other's names, so it gives every way to number them.
    """
    ids = "abcdefgh"[:options]
    count = counted(activity, [{"choice": tuple(ids[n] for n in ballot)} for ballot in group], people)
    tallies = let_out(count, activity, people).tallies
    order = (tallies[0].finding(Finding.ORDER) if tallies else None) or ()
    rest = tuple(each for each in ids if each not in chain.from_iterable(order))
    for places in product(*(permutations(place) for place in (*order, rest))):
        number = {each: n for n, each in enumerate(chain.from_iterable(places))}
        firsts = {number[each.id]: n for each, n in zip(count.tallies[0].options, count.tallies[0].counts, strict=True)}
        pairs = {
            (number[tally.field.rpartition(":")[2]], number[each.id]): n
            for tally in count.tallies[1:]
            for each, n in zip(tally.options, tally.counts, strict=True)
        }
        cells = (*(n for _key, n in sorted(firsts.items())), *(n for _key, n in sorted(pairs.items())))
        yield tuple(map(len, order)), cells, [tuple(number[ids[n]] for n in ballot) for ballot in group]


Seen = dict[tuple[Look, Ballot], tuple[Cells, Cells]]
"""The least and the most that each number was, by what was said and the ballot of whoever looks."""


def changed(chance: random.Random, group: Sequence[Ballot], own: Ballot, possible: Sequence[Ballot]) -> list[Ballot]:
    """Give some people of a group other ballots, and nobody the one who looks."""
    others = list(group)
    mine = [others.pop(others.index(own))] if own in others else []
    for at in chance.sample(range(len(others)), min(len(others), chance.randint(1, 4))):
        others[at] = chance.choice([chance.choice(possible), others[at][::-1], others[at - 1]])
    return mine + others


def told(options: int, people: int, most: int = MOST) -> tuple[dict[tuple[Look, Ballot], Cells], Seen]:
    """Find for each look, and the ballot of whoever looks, the small cells that were always the same."""
    activity, chance, possible = kind("rank", options), random.Random(options * people), every_ballot(options)
    wanted = every_look(options, people)
    seen: Seen = {}
    groups: dict[tuple[Look, Ballot], list[Ballot]] = {}
    left: list[tuple[Look, Ballot]] = []
    for n in range(most):
        if n % 500 == 499:
            if not (same := _same(seen, options)) and wanted <= set(seen):
                break
            left = sorted(same)
        if left and chance.random() < 0.7:
            at = chance.choice(left)
            group = changed(chance, groups[at], at[1], possible)
        else:
            group = drawn(chance, possible, people)
        for look, cells, ballots in looked(activity, group, options, people):
            for own in {*ballots, OUTSIDE, *([PASSED] if len(group) < people else [])}:
                least, most_yet = seen.get((look, own), (cells, cells))
                seen[look, own] = tuple(map(min, least, cells)), tuple(map(max, most_yet, cells))
                groups[look, own] = ballots
    return _same(seen, options), seen


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


@pytest.mark.parametrize(("options", "people"), SHORT + LONG)
def test_an_order_gives_no_small_count_away_to_those_who_made_it(options: int, people: int) -> None:
    leaks, seen = told(options, people)
    assert leaks == {}
    assert set(seen) == every_look(options, people)


def test_a_tie_among_five_people_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_FEWEST_TIED", 5)
    leaks, _seen = told(3, 5, most=6_000)
    assert ((2, 1), (2, 0, 1)) in leaks
