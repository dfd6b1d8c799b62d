"""What every verdict means, written down a second time: nothing here is shared with the code that counted first.

Slower and plainer on purpose, and exact: a recount that used the first count's own code would repeat its mistakes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, groupby, pairwise

Table = Mapping[str, Mapping[str, int]]
"""For every option and every other one, how many people put the first above the second."""


def order(scores: Mapping[str, tuple[int, ...]]) -> tuple[tuple[str, ...], ...]:
    """Put options in order by their scores, the highest first; those with the same score stay together."""
    best_first = sorted(scores, key=lambda score: scores[score], reverse=True)
    return tuple(tuple(group) for _score, group in groupby(best_first, key=lambda each: scores[each]))


def middle(counts: Sequence[int]) -> tuple[int, int]:
    """Find the place on a scale of the person in the middle, or of the two with as many below as above."""
    people = _in_a_row(counts)
    return people[(len(people) - 1) // 2], people[len(people) // 2]


def quartiles(counts: Sequence[int]) -> tuple[int, int]:
    """Find the place of the first person whom, with those below, a quarter of all has; and three quarters."""
    people = _in_a_row(counts)
    return people[-(-len(people) // 4) - 1], people[-(-3 * len(people) // 4) - 1]


def _in_a_row(counts: Sequence[int]) -> list[int]:
    return [place for place, people in enumerate(counts) for _person in range(people)]


def spread(counts: Sequence[int]) -> str:
    """Name the spread by van der Eijk's agreement A (2001, doi:10.1023/A:1010374114305), in exact fractions."""
    levels = sorted({0, *counts})
    total = Fraction(sum(counts))
    agreement = Fraction(0)
    for below, level in pairwise(levels):
        layer = [people >= level for people in counts]
        agreement += (level - below) * sum(layer) / total * _of_layer(layer)
    for word, least in (("agree", Fraction(7, 10)), ("some", Fraction(4, 10)), ("spread", Fraction(0))):
        if agreement >= least:
            return word
    return "split"


def _of_layer(layer: Sequence[bool]) -> Fraction:
    size, filled = len(layer), sum(layer)
    if filled == 1:
        return Fraction(1)
    together = sum(middle and left != right for left, middle, right in combinations(layer, 3))
    apart = sum(left and right and not middle for left, middle, right in combinations(layer, 3))
    if not together + apart:
        return Fraction(0)
    unimodality = Fraction((size - 2) * together - (size - 1) * apart, (size - 2) * (together + apart))
    return unimodality * (1 - Fraction(filled - 1, size - 1))


def ranked(table: Table) -> tuple[tuple[str, ...], ...]:
    """Put options in Schulze's order (2011, doi:10.1007/s00355-010-0475-4), those that tie together.

    One option comes before another when, for some number of votes, a path of wins with at least so many leads from
    it to the other, and none leads back.
    """
    before = {each: frozenset(o for o in table if o != each and _leads(table, each, o)) for each in table}
    left, groups = list(table), []
    while left:
        best = tuple(each for each in left if not any(each in before[other] for other in left))
        groups.append(best)
        left = [each for each in left if each not in best]
    return tuple(groups)


def _leads(table: Table, start: str, end: str) -> bool:
    strengths = {votes for row in table.values() for votes in row.values()}
    return any(end in _reached(table, start, n) and start not in _reached(table, end, n) for n in strengths)


def _reached(table: Table, start: str, least: int) -> frozenset[str]:
    reached, fresh = {start}, [start]
    while fresh:
        at = fresh.pop()
        won = {
            other
            for other, votes in table[at].items()
            if votes >= least and votes > table[other][at] and other not in reached
        }
        reached |= won
        fresh += won
    return frozenset(reached)
