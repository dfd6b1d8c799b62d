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
from math import comb

from tisu_tui.core.counting import quantile, spread
from tisu_tui.core.released import Finding

Cells = tuple[int, ...]
Findings = frozenset[Finding]
Look = Callable[[Cells], Hashable]
"""Gives what a result looks like in certain words: results that look alike can't be told apart."""
Attack = Callable[[Sequence[Cells]], set[Cells]]
"""Finds, among results that look alike, those of which somebody could tell a small count."""

MOST_RESULTS = 12_000
"""How many results are laid out at most; it is done once for each shape of question, in about a tenth of a second."""


def settle(results: Iterable[Cells], rungs: Sequence[tuple[Look, Attack]]) -> dict[Cells, int]:
    """Find for each result the first of `rungs` whose words give nothing away; their number where none is safe."""
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


def rating_rung(rated: Cells, others: Cells, most: int, smallest: int, rungs: tuple[Findings, ...], told: int) -> int:
    """Find the first of `rungs` that gives no count of 1 to `smallest` - 1 away; their number when none is safe.

    `rated` are the counts of a scale, `others` those of further answers; there are `most` people. Results without a
    count below `told`, above nought, are told in numbers; none are where that is 0. Whoever attacks knows how many gave
    a rating, and their own answer or that they passed; that nobody else answered as they did is theirs to know.
    """
    # Further answers are in no finding; they matter where they may be what keeps the numbers back.
    beside = others if told else ()
    laid_out = comb(sum(rated) + len(rated) - 1, sum(rated)) * comb(most - sum(rated) + len(beside), len(beside))
    if laid_out > MOST_RESULTS:
        # The middle alone pins nothing: answers may lie anywhere on either side of it.
        return len(rungs) - 1
    shape = (len(rated), sum(rated), len(beside), most)
    return _rating_rungs(*shape, smallest, quantile(rated, 0.5), rungs, told).get(rated + beside, len(rungs))


@lru_cache(maxsize=256)
def _rating_rungs(
    points: int,
    ratings: int,
    beside: int,
    most: int,
    smallest: int,
    middle: int,
    rungs: tuple[Findings, ...],
    told: int,
) -> dict[Cells, int]:
    results = (
        rated + others
        for rated in _shared_out(ratings, points)
        if quantile(rated, 0.5) == middle
        for total in range(most - ratings + 1 if beside else 1)
        for others in _shared_out(total, beside)
    )
    untold = [each for each in results if not told or any(0 < n < told for n in each)]

    def look(findings: Findings) -> Look:
        return lambda cells: tuple(_found(each, cells[:points]) for each in sorted(findings))

    def attack(alike: Sequence[Cells]) -> set[Cells]:
        return _told_to_insiders(alike, most, smallest)

    return settle(untold, [(look(findings), attack) for findings in rungs])


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
            return quantile(rated, 0.5)
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
