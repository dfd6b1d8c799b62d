"""Kinds with a question each, every ballot that one person can give, and what a group's ballots come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations_with_replacement, permutations

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity, Given, ListLine, Present, ScaleLine, StepSource
from tisu_tui.core.form import Answer, Order, Pick, Value
from tisu_tui.core.released import Count, Released
from tisu_tui.core.size import Size
from tisu_tui.privacy.gate import release
from tisu_tui.privacy.record import NEW, Record


def kind(name: str, points: int = 5, *, argument: str = "") -> Activity:
    """Make a kind with a scale of so many points, or so many options, and one line."""
    options = tuple(ListLine(chr(ord("a") + n), f"Option {n}", 10 + n, 3) for n in range(points))
    source = StepSource(
        name,
        "Where are we?",
        line=5,
        argument=argument,
        scale=tuple(ScaleLine(n, n, f"Point {n}", 20 + n, 3) for n in range(1, points + 1)),
        choices=options,
        numbered=options[:1],
    )
    return kinds()[name].read(source)


def ballots(activity: Activity) -> tuple[Answer, ...]:
    """List everything that one person can answer to the first question."""
    (field, *_more) = activity.form(Given(), Size(12)).fields
    assert isinstance(field, Pick | Order)
    ids = [option.id for option in field.options]
    if isinstance(field, Order):
        # Who leaves out the last one only has said where it stands.
        lengths = [n for n in range(1, len(ids) + 1) if n != len(ids) - 1]
        return tuple({field.id: order} for n in lengths for order in permutations(ids, n))
    values: list[Value] = [
        value
        for n in range(1, field.most + 1)
        for value in combinations_with_replacement(ids, n)
        if not field.problem(value)
    ]
    return tuple({field.id: value} for value in values)


def counted(activity: Activity, answers: Sequence[Answer], people: int) -> Count:
    """Count the first question, with all that is counted of it."""
    count = activity.count(answers, Present(people, people), Given())
    asked = count.tallies[0].field
    tallies = tuple(tally for tally in count.tallies if tally.field.partition(":")[0] == asked)
    return replace(count, tallies=tallies, words=(), among=0)


def let_out(count: Count, activity: Activity, people: int, record: Record = NEW) -> Released:
    """Send a count through the gate."""
    return release(count, activity.tier, Size(people), activity.finds, record=record)[0]
