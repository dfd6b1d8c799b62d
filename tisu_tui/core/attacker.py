"""The gate's own attacker: what can be worked out from what is about to be said.

It knows the rules of the gate too, so holding something back must not tell anything either. Every result that could
have been is laid out; those that the most telling words would give away get the next ones, which may give away
others, until nothing moves. Whatever people are told is then true of several results, and no small count is the same
in all of them. The reasons are those of Kenthapadi, Mishra and Nissim, Simulatable auditing (PODS 2005), and of Wong,
Fu, Wang and Pei, Minimality attack in privacy preserving data publishing (VLDB 2007).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement, groupby
from math import ceil, comb

from tisu_tui.core.counting import median, quantile, spread
from tisu_tui.core.released import Finding

Cells = tuple[int, ...]
Findings = frozenset[Finding]
Look = Callable[[Cells], Hashable]
"""Gives what a result looks like in certain words: results that look alike can't be told apart."""
Attack = Callable[[Sequence[Cells]], set[Cells]]
"""Finds, among results that look alike, those of which somebody could tell a small count."""

_MOST_RESULTS = 12_000
"""How many results are laid out at most; it is done once for each shape of question, in about a tenth of a second."""


def _settle(results: Iterable[Cells], rungs: Sequence[tuple[Look, Attack]]) -> dict[Cells, int]:
    settled: dict[Cells, int] = {}
    left = list(results)
    for rung, (look, attack) in enumerate(rungs):
        groups: dict[Hashable, list[Cells]] = defaultdict(list)
        for each in left:
            groups[look(each)].append(each)
        left = []
        for group in groups.values():
            alike = group
            while alike and (told := attack(alike)):
                left += told
                alike = [each for each in alike if each not in told]
            settled.update(dict.fromkeys(alike, rung))
    return settled | dict.fromkeys(left, len(rungs))


# Hidden counts beside others that are told


def may_hide(hidden: Sequence[int], smallest: int) -> bool:
    """Tell whether any of these counts might be nought, by their number and their sum, each below `smallest`."""
    return len(hidden) > 1 and sum(hidden) <= (smallest - 1) * (len(hidden) - 1)


# Few people who came or went


def tells_movers(counts: Cells, few: int, looked_so: Callable[[Cells], bool]) -> bool:
    """Tell whether what up to so many people chose, who came or went since an earlier round, can be told.

    `looked_so` tells whether counts would have looked as that round did, had nobody else changed their answer.
    """
    for moved in range(1, few + 1):
        for sign in (1, -1):
            alike = [
                way
                for way in _shared_out(moved, len(counts))
                if min(then := tuple(n - sign * m for n, m in zip(counts, way, strict=True))) >= 0 and looked_so(then)
            ]
            if any(min(column) == max(column) > 0 for column in zip(*alike, strict=True)):
                return True
    return False


# Ratings


def rating_rung(
    rated: Cells, others: Cells, most: int, smallest: int, rungs: tuple[Findings, ...], *, counted: bool
) -> int:
    """Find the first of `rungs` that gives no count of 1 to `smallest` - 1 away; their number when none is safe.

    `rated` are the counts of a scale, `others` those of further answers; there are `most` people. `counted` says
    that results without a small count are told in numbers. Whoever attacks knows how many gave a rating, and their
    own answer or that they passed; that nobody else answered as they did is theirs to know.
    """
    # Further answers are in no finding; they matter where they may be what keeps the numbers back.
    beside = others if counted else ()
    laid_out = comb(sum(rated) + len(rated) - 1, sum(rated)) * comb(most - sum(rated) + len(beside), len(beside))
    if laid_out > _MOST_RESULTS:
        # The middle alone pins nothing: answers may lie anywhere on either side of it.
        return len(rungs) - 1
    shape = (len(rated), sum(rated), len(beside), most)
    return _rating_rungs(*shape, smallest, median(rated), rungs, counted).get(rated + beside, len(rungs))


@lru_cache(maxsize=256)
def _rating_rungs(
    points: int,
    ratings: int,
    beside: int,
    most: int,
    smallest: int,
    middle: tuple[int, int],
    rungs: tuple[Findings, ...],
    counted: bool,  # noqa: FBT001 - a cached function takes what it is given by its place
) -> dict[Cells, int]:
    results = (
        rated + others
        for rated in _shared_out(ratings, points)
        if median(rated) == middle
        for total in range(most - ratings + 1 if beside else 1)
        for others in _shared_out(total, beside)
    )
    untold = [each for each in results if not counted or any(0 < n < smallest for n in each)]

    def look(findings: Findings) -> Look:
        return lambda cells: tuple(_found(each, cells[:points]) for each in sorted(findings))

    def attack(alike: Sequence[Cells]) -> set[Cells]:
        return _told_to_insiders(alike, most, smallest)

    return _settle(untold, [(look(findings), attack) for findings in rungs])


def _shared_out(total: int, cells: int) -> Iterator[Cells]:
    if cells < 2:
        yield (total,) * cells
        return
    for first in range(total + 1):
        for rest in _shared_out(total - first, cells - 1):
            yield (first, *rest)


def _found(finding: Finding, rated: Cells) -> Hashable:
    match finding:
        case Finding.MEDIAN:
            return median(rated)
        case Finding.QUARTILES:
            return quantile(rated, 0.25), quantile(rated, 0.75)
        case Finding.SPREAD:
            return _spread(rated)
        case _:
            raise ValueError(finding)


_spread = lru_cache(maxsize=20_000)(spread)

_OUTSIDE, _PASSED = -2, -1


def _told_to_insiders(alike: Sequence[Cells], most: int, smallest: int) -> set[Cells]:
    told: set[Cells] = set()
    for own in range(_OUTSIDE, len(alike[0])):
        if own == _OUTSIDE:
            possible = list(alike)
        elif own == _PASSED:
            possible = [each for each in alike if sum(each) < most]
        else:
            possible = [each for each in alike if each[own]]
        for cell, values in enumerate(zip(*possible, strict=True)):
            value = values[0]
            if 0 < value < smallest and values.count(value) == len(values) and (cell, value) != (own, 1):
                told.update(possible)
                break
    return told


# Votes


def places_told(
    counts: Cells, places: Sequence[int], answered: int, most: int, smallest: int, floor: int
) -> int | None:
    """Find how many places of an order give no count of 1 to `smallest` - 1 away; `None` when no words are safe.

    `counts` stand best first, `places` says how many options share each place; what more than half chose is told
    as well. Whoever attacks knows how many people are in the room, but not how many of them answered.
    """
    half = most // 2
    if list(counts) != sorted(counts, reverse=True) or comb(len(counts) + half, half) > _MOST_RESULTS:
        return None
    # How many options a person may choose is as many as people did choose; nothing more is taken for granted.
    per_person = ceil(sum(counts) / answered)
    result = (answered, *counts)
    least = _parted(counts, places)
    known = _labels(result, len(counts)) if any(least) else None
    rungs = _vote_rungs(_labels(result, 0), known, least, per_person, most, smallest, floor)
    return (len(places), 2, 1, 0, None)[rungs.get(result, 4)]


def _parted(counts: Cells, places: Sequence[int]) -> Cells:
    """Give how many people each option needs for dots, two at most from each, to part those with as many people."""
    ends = {sum(places[: n + 1]) for n in range(len(places))}
    least: list[int] = []
    for _count, group in groupby(counts):
        tied = len(list(group))
        least += [sum(end in ends for end in range(len(least) + 1, len(least) + tied))] * tied
    return tuple(least)


Labels = tuple[tuple[int, bool], ...]
"""What is told of each option, best first: its place, and whether more than half chose it."""


def _labels(result: Cells, places: int) -> Labels:
    answered, *counts = result
    place = {n: min(at, places) for at, n in enumerate(dict.fromkeys(counts))}
    return tuple((place[n], 2 * n > answered) for n in counts)


@lru_cache(maxsize=256)
def _vote_rungs(
    over_half: Labels, known: Labels | None, least: Cells, per_person: int, most: int, smallest: int, floor: int
) -> dict[Cells, int]:
    results = [
        (answered, *counts)
        for answered in range(floor, most + 1)
        for counts in _falling(over_half, answered)
        if max(answered, answered * (per_person - 1) + 1) <= sum(counts) <= answered * per_person
        and all(n >= fewest for n, fewest in zip(counts, least, strict=True))
    ]
    if known is not None:
        # Where dots part those with as many people, who attacks is taken to know who has as many.
        results = [each for each in results if _labels(each, len(known)) == known]

    def rung(places: int) -> tuple[Look, Attack]:
        def attack(alike: Sequence[Cells]) -> set[Cells]:
            values: dict[tuple[int, bool], set[int]] = defaultdict(set)
            for each in alike:
                for label, n in zip(_labels(each, places), each[1:], strict=True):
                    values[label].add(n)
            is_told = any(len(each) == 1 and 0 < min(each) < smallest for each in values.values())
            return set(alike) if is_told else set()

        return lambda result: _labels(result, places), attack

    return _settle(results, [rung(places) for places in (len(over_half), 2, 1, 0)])


def _falling(over_half: Labels, answered: int) -> Iterator[Cells]:
    """Give every falling row of counts in which as many options as here have more than half."""
    half = answered // 2
    over = sum(most for _place, most in over_half)
    for high in combinations_with_replacement(range(answered, half, -1), over):
        for low in combinations_with_replacement(range(half, -1, -1), len(over_half) - over):
            yield high + low
