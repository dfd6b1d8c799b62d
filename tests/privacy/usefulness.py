"""How much of what people answer is shown, in rooms of many sizes: the price of the gate."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from solver import Cells, ballots, kind, let_out, of_cells

from tisu_tui.core.activity import Activity
from tisu_tui.core.released import Finding, Released, ReleasedTally
from tisu_tui.core.shown import WITHHELD

PEOPLE = (5, 6, 7, 8, 12, 20, 40)
PASSING = (0.0, 0.1, 0.2, 0.3)
GROUPS = 400


def middle_and_spread(tally: ReleasedTally) -> bool:
    return {Finding.MEDIAN, Finding.SPREAD} <= {each.finding for each in tally.found}


def over_half(tally: ReleasedTally) -> bool:
    return tally.answered is not WITHHELD or tally.finding(Finding.MAJORITY) is not None


def first_place(tally: ReleasedTally) -> bool:
    return tally.answered is not WITHHELD or tally.finding(Finding.ORDER) is not None


def anything(tally: ReleasedTally) -> bool:
    return tally.answered is not WITHHELD or bool(tally.found)


@dataclass(frozen=True)
class Measure:
    """One thing that people hope to see, and of how many answers of one kind."""

    title: str
    activity: Activity
    points: int
    is_shown: Callable[[ReleasedTally], bool]

    @cache  # noqa: B019 - there are a few of these, kept as long as the tests
    def share(self, people: int, passing: float, before: tuple[tuple[Released, int], ...] = ()) -> tuple[float, float]:
        """Measure in how many of all groups it is shown, and in how many of those of five real answers."""
        chance = random.Random(f"{people} {passing}")
        shown = enough = 0
        for _group in range(GROUPS):
            cells = self._group(chance, people, passing)
            released = let_out(of_cells(self.activity, cells, people), self.activity, people, before)
            shown += any(self.is_shown(tally) for tally in released.tallies)
            enough += sum(cells[: self.points]) >= 5
        return shown / GROUPS, shown / max(1, enough)

    def _group(self, chance: random.Random, people: int, passing: float) -> Cells:
        # Answers lie around one point, close to it or far; half of the others pass and half say they don't know.
        middle, width = chance.uniform(0, self.points - 1), chance.uniform(0.5, 1.6)
        weights = [math.exp(-(((n - middle) / width) ** 2) / 2) for n in range(self.points)]
        cells = [0] * len(ballots(self.activity))
        for _person in range(people):
            if chance.random() >= passing:
                cells[chance.choices(range(self.points), weights)[0]] += 1
            elif len(cells) > self.points and chance.random() < 0.5:
                cells[self.points] += 1
        return tuple(cells)

    def table(self) -> list[str]:
        """Write the shares as the documentation has them."""
        heads = [self.title, "nobody passes", *(f"{10 * passing:.0f} in 10 pass" for passing in PASSING[1:])]
        lines = [f"| {' | '.join(heads)} |", f"| ---{' | ---:' * len(PASSING)} |"]
        for people in PEOPLE:
            shares = [f"{self.share(people, passing)[0]:.0%}" for passing in PASSING]
            lines.append(f"| {people} people | {' | '.join(shares)} |")
        return lines


RATINGS = Measure("A rating: the middle and the spread", kind("rate", 5), 5, middle_and_spread)
VOTES = Measure("A vote between three: what more than half chose", kind("choose", 3, argument="1"), 3, over_half)
OF_TWO = Measure("A vote between two: what more than half chose", kind("choose", 2, argument="1"), 2, over_half)
FIRST = Measure("A vote between three: what came first", kind("choose", 3, argument="1"), 3, first_place)
CHECK_INS = Measure("A check-in: numbers, or what most people chose", kind("check-in", 3), 3, anything)
MEASURES = (RATINGS, VOTES, CHECK_INS)

if __name__ == "__main__":
    print("\n\n".join("\n".join(measure.table()) for measure in MEASURES))
