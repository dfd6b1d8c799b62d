"""Counting a field: how many people chose what, and what can be said of it without the numbers, never a mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import ceil

from tisu_tui.core.form import Answer, Field, Form, Option, Pick, Value
from tisu_tui.core.released import Finding, Found, Tally

FIRST = frozenset({Finding.WINNER, Finding.MAJORITY, Finding.SHARE})
"""What can be found of any answers: what came first, and about how much of all it is."""
RATINGS = FIRST | {Finding.MEDIAN, Finding.QUARTILES, Finding.SPREAD, Finding.CLOSE, Finding.UNRATED}
"""What can be found on an ordered scale."""
CHOICES = FIRST | {Finding.ORDER}
"""What can be found of a choice."""

Answered = Mapping[str, Value]
"""What one person really answered: passes, and questions that a change of mind took away, are not in it."""


def answered(fields: Sequence[Field], answers: Sequence[Answer]) -> list[Answered]:
    """Keep what counts of each person's answers."""
    form = Form(tuple(fields))
    return [
        {question.id: value for question in form.asked(answer) if (value := answer.get(question.id))}
        for answer in answers
    ]


def tally(pick: Pick, answers: Sequence[Answered]) -> Tally:
    """Count how many people chose each option and, where one can be chosen twice, how often."""
    chosen = [value for answer in answers if (value := answer.get(pick.id))]
    return Tally(
        field=pick.id,
        title=pick.title,
        options=pick.options,
        counts=tuple(sum(option.id in value for value in chosen) for option in pick.options),
        answered=len(chosen),
        weights=tuple(sum(value.count(option.id) for value in chosen) for option in pick.options)
        if pick.each > 1
        else (),
    )


def rated(pick: Pick, points: Sequence[Option], answers: Sequence[Answered]) -> Tally:
    """Count a field whose first options are a scale, with all that can be said of it."""
    counted = replace(tally(pick, answers), scale=len(points))
    counts = counted.counts[: len(points)]
    found = list(first(counted))
    if sum(counts):
        ids = [point.id for point in points]
        low, high = median(counts)
        found += [
            Found(Finding.MEDIAN, ((ids[low],) if low == high else (ids[low], ids[high]),)),
            Found(Finding.QUARTILES, ((ids[quantile(counts, 0.25)],), (ids[quantile(counts, 0.75)],))),
            Found(Finding.CLOSE, (("close" if are_close(counts) else "far",),)),
        ]
        if len(counts) >= 3:
            found.append(Found(Finding.SPREAD, ((spread(counts),),)))
    return replace(counted, rated=sum(counts), found=tuple(found))


def first(counted: Tally) -> tuple[Found, ...]:
    """Find the options with the most choices, ties included, and their approximate share."""
    if not counted.answered:
        return ()
    most = max(counted.counts)
    names = tuple(option.id for option, n in zip(counted.options, counted.counts, strict=True) if n == most)
    over_half = (names,) if 2 * most > counted.answered else ()
    # To the nearest quarter of all, halves upwards.
    share = str((8 * most + counted.answered) // (2 * counted.answered))
    return Found(Finding.WINNER, (names,)), Found(Finding.MAJORITY, over_half), Found(Finding.SHARE, ((share,),))


def in_order(counted: Tally) -> tuple[tuple[str, ...], ...]:
    """Put options in order by people, then by dots; those tied stay together, as in the file."""
    weights = counted.weights or (0,) * len(counted.counts)
    scores = sorted(set(zip(counted.counts, weights, strict=True)), reverse=True)
    return tuple(
        tuple(
            option.id
            for option, people, dots in zip(counted.options, counted.counts, weights, strict=True)
            if (people, dots) == score
        )
        for score in scores
    )


def decided(counted: Tally) -> tuple[Found, ...]:
    """Find the order, and what came first in it; nothing where nobody answered."""
    if not counted.answered:
        return ()
    order = in_order(counted)
    rest = [found for found in first(counted) if found.finding is not Finding.WINNER]
    return Found(Finding.ORDER, order), Found(Finding.WINNER, order[:1]), *rest


def words(name: str, answers: Sequence[Answered]) -> tuple[str, ...]:
    """Collect the words of a field in alphabetical order, so their order reveals no author."""
    texts = (text for answer in answers for text in answer.get(name, ()))
    return tuple(sorted(texts, key=lambda text: (text.casefold(), text)))


# Of answers in order: the middle, quartiles and agreement, by how many there are in each category


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
