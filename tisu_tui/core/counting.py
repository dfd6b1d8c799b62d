"""Counting of ordered answers: median, quartiles and agreement, never a mean."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import ceil


def quantile(counts: Sequence[int], share: float) -> int:
    """Find the smallest category, from 0, whose cumulative count reaches `ceil(share * N)`; N must be above 0.

    The inverse of the empirical distribution (type 1 of Hyndman and Fan 1996): always a real category.
    """
    return _category(counts, max(1, ceil(share * sum(counts))))


def median(counts: Sequence[int]) -> tuple[int, int]:
    """Find the middle category, from 0, as a pair: the same twice, or the two that an even number falls between."""
    total = sum(counts)
    return _category(counts, (total + 1) // 2), _category(counts, total // 2 + 1)


def _category(counts: Sequence[int], rank: int) -> int:
    reached = 0
    for category, count in enumerate(counts):
        reached += count
        if reached >= rank:
            return category
    raise ValueError("nobody answered")


def are_close(counts: Sequence[int]) -> bool:
    """Tell whether four fifths of the answers at least lie within one step of the lower middle one."""
    middle, _high = median(counts)
    near = sum(n for place, n in enumerate(counts) if abs(place - middle) <= 1)
    return 5 * near >= 4 * sum(counts)


def agreement(counts: Sequence[int]) -> float:
    """Measure agreement on an ordered scale: 1 all the same, 0 an even spread, -1 half at each end.

    Van der Eijk's A (2001, Quality and Quantity 35:325-341, doi:10.1023/A:1010374114305): the counts are cut
    into layers of equal height, and each layer's pattern of empty and filled categories is weighed by its
    share. Needs three categories and one answer at least.
    """
    total = sum(counts)
    if len(counts) < 3 or not total:
        raise ValueError("agreement needs three categories and an answer")
    rest, result = list(counts), 0.0
    while filled := [n for n in rest if n]:
        height = min(filled)
        result += height * len(filled) / total * _pattern_agreement([n > 0 for n in rest])
        rest = [max(0, n - height) for n in rest]
    return result


def _pattern_agreement(pattern: Sequence[bool]) -> float:
    size, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    triples = [tuple(map(int, triple)) for triple in combinations(pattern, 3)]
    unimodal = triples.count((1, 1, 0)) + triples.count((0, 1, 1))
    gaps = triples.count((1, 0, 1))
    if not unimodal + gaps:
        return 0.0
    shape = ((size - 2) * unimodal - (size - 1) * gaps) / ((size - 2) * (unimodal + gaps))
    return shape * (1 - (filled - 1) / (size - 1))


def spread(counts: Sequence[int]) -> str:
    """Name the spread in one word: `agree`, `some`, `spread` or `split`; the cut-offs are our own."""
    # Sums of halves and thirds miss 0 by a hair, and a hair must not turn "spread" into "split".
    a = round(agreement(counts), 12)
    return "agree" if a >= 0.7 else "some" if a >= 0.4 else "spread" if a >= 0 else "split"
