"""How much of what people answer is shown, in rooms of many sizes: the price of the table."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lookalikes import kind, let_out, options, question

from tisu_tui.core.activity import Activity
from tisu_tui.core.form import Answer
from tisu_tui.core.released import Finding, ReleasedTally

PEOPLE = (5, 6, 7, 8, 9, 12, 20, 40)
PASSING = (0.0, 0.1, 0.3)
GROUPS = 200
UNSURE = 0.15
"""How many of those who answer a rating say that they don't know."""

Model = Callable[[random.Random, int], list[float]]


def around_a_point(chance: random.Random, points: int) -> list[float]:
    """Answers lie around one point, close to it or far."""
    middle, width = chance.uniform(0, points - 1), chance.uniform(0.5, 1.6)
    return [math.exp(-(((n - middle) / width) ** 2) / 2) for n in range(points)]


def in_camps(chance: random.Random, points: int) -> list[float]:
    """A few camps of any size, anywhere: points next to each other have nothing to do with each other."""
    return [chance.gammavariate(0.6, 1) + 1e-9 for _point in range(points)]


MODELS: tuple[Model, ...] = (around_a_point, in_camps)


@dataclass(frozen=True)
class Group:
    """What was told of one question, and how many people really chose each answer."""

    counts: tuple[int, ...]
    tally: ReleasedTally

    @property
    def has_numbers(self) -> bool:
        return isinstance(self.tally.answered, int)

    @property
    def leaders(self) -> list[str]:
        ids = [option.id for option in self.tally.options]
        return [name for name, n in zip(ids, self.counts, strict=True) if n == max(self.counts)]


@lru_cache(maxsize=len(PASSING))
def groups(activity: Activity, points: int, people: int, passing: float, unsure: float = 0.0) -> tuple[Group, ...]:
    """Make up groups, half of them in each of two ways, and send their answers through the gate."""
    return tuple(_made_up(activity, points, people, passing, unsure))


def _made_up(activity: Activity, points: int, people: int, passing: float, unsure: float) -> Iterator[Group]:
    name, ids = question(activity).id, [option.id for option in options(activity)]
    for model in MODELS:
        chance = random.Random(f"{model.__name__} {people} {passing}")
        for _group in range(GROUPS):
            weights = model(chance, points)
            answers: list[Answer] = []
            for _person in range(people):
                if chance.random() < passing:
                    answers.append({name: None})
                elif chance.random() < unsure:
                    answers.append({name: (ids[points],)})
                else:
                    answers.append({name: (ids[chance.choices(range(points), weights)[0]],)})
            chosen = [value[0] for answer in answers if (value := answer[name])]
            counts = tuple(map(chosen.count, ids))
            (tally, *_more) = let_out(activity, answers, people).tallies
            yield Group(counts, tally)


@dataclass(frozen=True)
class Measure:
    """One thing that people hope to see of one kind; of groups that have no such thing, nothing is asked."""

    title: str
    activity: Activity
    points: int
    is_shown: Callable[[Group], bool]
    is_there: Callable[[Group], bool] = lambda _group: True
    unsure: float = 0.0

    def share(self, people: int, passing: float) -> float:
        """Measure in how many groups it is shown."""
        some = [
            group for group in groups(self.activity, self.points, people, passing, self.unsure) if self.is_there(group)
        ]
        return sum(map(self.is_shown, some)) / len(some)

    def cell(self, people: int) -> str:
        """Write the shares of one number of people, one for each part that passes."""
        return "/".join(f"{100 * self.share(people, passing):.0f}" for passing in PASSING)


def tells_the_middle(group: Group) -> bool:
    return group.has_numbers or group.tally.finding(Finding.MEDIAN) is not None


def tells_how_close(group: Group) -> bool:
    return group.has_numbers or group.tally.finding(Finding.CLOSE) is not None


def names_the_first(group: Group) -> bool:
    return group.has_numbers or group.tally.finding(Finding.WINNER) == ((group.leaders[0],),)


def has_one_first(group: Group) -> bool:
    return len(group.leaders) == 1


def tells_anything(group: Group) -> bool:
    return bool(group.tally.found)


MIDDLE = Measure("the middle of a rating", kind("rate", 5), 5, tells_the_middle, unsure=UNSURE)
CLOSE = Measure("whether a rating is close", kind("rate", 5), 5, tells_how_close, unsure=UNSURE)
FIRST = Measure(
    "the first of three choices, where one is", kind("choose", 3, argument="1"), 3,
    names_the_first, has_one_first,
)  # fmt: skip
CHECK_IN = Measure("A check-in: anything in words", kind("check-in", 3), 3, tells_anything)
MEASURES = (MIDDLE, CLOSE, FIRST)
"""What the documentation has a table of."""


def row(people: int) -> str:
    """Write one line of the table."""
    return f"| {people} | {' | '.join(each.cell(people) for each in MEASURES)} |"


def table() -> str:
    """Write the table as the documentation has it."""
    heads = ["people", *(each.title for each in MEASURES)]
    return "\n".join((f"| {' | '.join(heads)} |", f"| ---:{' | ---:' * len(MEASURES)} |", *map(row, PEOPLE)))
