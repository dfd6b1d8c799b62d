"""Counting a field: how many people chose what, and what can be said of it without the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tisu_tui.core.counting import median, quantile, spread
from tisu_tui.core.form import Answer, Field, Form, Option, Pick, Value
from tisu_tui.core.released import Finding, Found, Tally

RATINGS = frozenset({Finding.MEDIAN, Finding.QUARTILES, Finding.SPREAD})
"""What can be found on an ordered scale."""

Answered = Mapping[str, Value]
"""What one person really answered: passes, and questions that a change of mind took away, are not in it."""


def answered(fields: Sequence[Field], answers: Sequence[Answer]) -> list[Answered]:
    """Keep what counts of each person's answers."""
    form = Form(tuple(fields))
    return [{each.id: value for each in form.asked(answer) if (value := answer.get(each.id))} for answer in answers]


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
        most=pick.most,
    )


def rated(pick: Pick, points: Sequence[Option], answers: Sequence[Answered]) -> Tally:
    """Count a field whose first options are a scale, with its middle, its quartiles and its spread."""
    counted = tally(pick, answers)
    counts = counted.counts[: len(points)]
    if not sum(counts):
        return counted
    ids = [point.id for point in points]
    low, high = median(counts)
    found = [
        Found(Finding.MEDIAN, ((ids[low],) if low == high else (ids[low], ids[high]),)),
        Found(Finding.QUARTILES, ((ids[quantile(counts, 0.25)],), (ids[quantile(counts, 0.75)],))),
    ]
    if len(counts) >= 3:
        found.append(Found(Finding.SPREAD, ((spread(counts),),)))
    return replace(counted, rated=sum(counts), found=tuple(found))


def over_half(counted: Tally) -> tuple[str, ...]:
    """Find what more than half of those who answered chose, most chosen first."""
    return tuple(
        name
        for group in in_order(counted)
        for name in group
        if 2 * counted.counts[_index(counted, name)] > counted.answered
    )


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


def _index(counted: Tally, name: str) -> int:
    return next(n for n, option in enumerate(counted.options) if option.id == name)


def decided(counted: Tally) -> tuple[Found, ...]:
    """Find the order and what more than half chose; nothing where nobody answered."""
    if not counted.answered:
        return ()
    most = over_half(counted)
    return Found(Finding.ORDER, in_order(counted)), Found(Finding.MAJORITY, (most,) if most else ())


def words(name: str, answers: Sequence[Answered]) -> tuple[str, ...]:
    """Gather what was written in a field, sorted by the words so that no order tells who wrote."""
    texts = (text for answer in answers for text in answer.get(name, ()))
    return tuple(sorted(texts, key=lambda text: (text.casefold(), text)))
