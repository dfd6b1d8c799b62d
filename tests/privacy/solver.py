"""An attacker of its own: lays out every result a group could have had, and looks which of them look alike.

It calls the gate and asks nothing of how it works, so it also learns from what the gate holds back. Whoever it plays
knows the rules, how many people are in the room, and their own answer, or that they passed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations_with_replacement, permutations, product

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity, Given, ListLine, Present, ScaleLine, StepSource, Tier
from tisu_tui.core.form import Answer, Order, Pick, Value
from tisu_tui.core.released import Count, Released
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import Size
from tisu_tui.privacy import gate
from tisu_tui.privacy.record import Precedent

Cells = tuple[int, ...]
SMALL = 4
"""The largest count that must not come out where it was not told."""
TOLD = 3
"""The smallest count about us that may be told in numbers in such a room."""


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
    tallies = tuple(each for each in count.tallies if each.field.partition(":")[0] == asked)
    return replace(count, tallies=tallies, words=(), among=0)


def let_out(count: Count, activity: Activity, people: int, before: Sequence[tuple[Released, int]] = ()) -> Released:
    """Send a count through the gate, after rounds or sessions of so many people each."""
    told = Precedent.joined(Precedent.of(*each) for each in before)
    rounds = [released for released, _people in before]
    return gate.release(count, activity.tier, Size(people), activity.finds, rounds, precedent=told)[0]


def _chosen(activity: Activity, ballot: Answer) -> Cells:
    return tuple(cell for cell, n in enumerate(_cells(counted(activity, [ballot], 1))) if n)


def _cells(count: Count) -> Cells:
    return tuple(n for tally in count.tallies for n in tally.counts)


@dataclass(frozen=True)
class Group:
    """What a group answered: how often each ballot was given, how many people chose each option, and the count.

    `choices` says which options each of the ballots chooses.
    """

    choices: tuple[Cells, ...]
    ballots: Cells
    cells: Cells
    count: Count

    @property
    def answered(self) -> int:
        return sum(self.ballots)


def shared_out(total: int, cells: int) -> Iterator[Cells]:
    """List every way to share a number out among cells."""
    for marks in combinations_with_replacement(range(cells), total):
        yield tuple(marks.count(cell) for cell in range(cells))


@cache
def groups(activity: Activity, most: int, people: int) -> tuple[Group, ...]:
    """List every group of up to so many people who answered, in a room of so many."""
    possible = ballots(activity)
    chosen = tuple(_chosen(activity, each) for each in possible)
    found = []
    for answered in range(most + 1):
        for given in shared_out(answered, len(possible)):
            answers = [ballot for ballot, n in zip(possible, given, strict=True) for _each in range(n)]
            count = counted(activity, answers, people)
            found.append(Group(chosen, given, _cells(count), count))
    return tuple(found)


def same(alike: Iterable[Cells], largest: int) -> set[tuple[int, int]]:
    """Find the cells with the same small number, above nought, in all that look alike."""
    return {(cell, column[0]) for cell, column in enumerate(zip(*alike, strict=True)) if _is_told(column, largest)}


def _is_told(column: Sequence[int], largest: int) -> bool:
    return 1 <= column[0] <= largest and len(set(column)) == 1


def told(
    results: Sequence[Group], looks: Callable[[Group], Released], people: int, largest: int, smallest: int
) -> list[str]:
    """Say what anybody can tell of a small count, in words for the message of a test that fails.

    Counts from `smallest` are nobody's secret where they are told in numbers.
    """
    alike: dict[Released, list[Group]] = defaultdict(list)
    for each in results:
        alike[looks(each)].append(each)
    found: list[str] = []
    for look, some in alike.items():
        leaks = [("somebody outside", leak) for leak in same({each.cells for each in some}, largest)]
        passed = {each.cells for each in some if each.answered < people}
        leaks += [("who passed", leak) for leak in same(passed, largest)]
        for own, chosen in enumerate(some[0].choices):
            theirs = {each.cells for each in some if each.ballots[own]}
            # Who finds that nobody else answered as they did has learnt of no one.
            leaks += [(f"who chose {chosen}", leak) for leak in same(theirs, largest) - {(cell, 1) for cell in chosen}]
        shown = in_numbers(look)
        found += [
            f"{who} tells that {n} chose {cell} from {look}"
            for who, (cell, n) in leaks
            if cell not in shown or n < smallest
        ]
    return found


def in_numbers(released: Released) -> frozenset[int]:
    """Number the cells that are told."""
    numbers = [number for tally in released.tallies for number in tally.counts]
    return frozenset(n for n, number in enumerate(numbers) if number is not WITHHELD)


def in_the_room(activity: Activity, people: int, before: Sequence[tuple[Released, int]] = ()) -> list[str]:
    """Find what a result gives away in a room of so many people, whatever they answered."""

    def look(group: Group) -> Released:
        return let_out(group.count, activity, people, before)

    smallest = SMALL + 1 if activity.tier is Tier.ROOM else TOLD
    return told(groups(activity, people, people), look, people, SMALL, smallest)


def with_hidden(released: Released, people: int, largest: int) -> Iterator[Cells]:
    """List every count that one released field may stand for, each hidden one small."""
    (tally,) = released.tallies
    sizes = [[n] if isinstance(n, int) else range(largest + 1) for n in tally.counts]
    for cells in product(*sizes):
        if sum(cells) <= people and tally.answered in {sum(cells), WITHHELD}:
            yield cells


def of_cells(activity: Activity, cells: Cells, people: int) -> Count:
    """Count a group by how many people chose each option, where each chooses one."""
    given = [ballot for ballot, n in zip(ballots(activity), cells, strict=True) for _each in range(n)]
    return counted(activity, given, people)


def between_rounds(activity: Activity, first: Cells, moved: Cells, people: tuple[int, int]) -> set[tuple[int, int]]:
    """Find what two rounds give away of the few who came or left between them, if nobody else changed their answer.

    `moved` says how many more, or with a minus how many fewer, chose each option in the second round.
    """
    one = let_out(of_cells(activity, first, people[0]), activity, people[0])
    second = tuple(map(sum, zip(first, moved, strict=True)))
    two = let_out(of_cells(activity, second, people[1]), activity, people[1], [(one, people[0])])
    sign = 1 if sum(moved) > 0 else -1
    ways = [tuple(sign * n for n in way) for way in shared_out(abs(sum(moved)), len(first))]
    alike: set[Cells] = set()
    # Where either round was told in numbers, everybody can count on from it.
    if one.tallies and one.tallies[0].answered is not WITHHELD:
        starts = {(cells, way) for cells in with_hidden(one, people[0], SMALL) for way in ways}
    elif two.tallies and two.tallies[0].answered is not WITHHELD:
        ends = list(with_hidden(two, people[1], SMALL))
        starts = {(tuple(n - m for n, m in zip(cells, way, strict=True)), way) for cells in ends for way in ways}
    else:
        return set()
    for cells, way in starts:
        then = tuple(map(sum, zip(cells, way, strict=True)))
        if min(*cells, *then) < 0 or sum(cells) > people[0] or sum(then) > people[1]:
            continue
        if let_out(of_cells(activity, cells, people[0]), activity, people[0]) != one:
            continue
        if let_out(of_cells(activity, then, people[1]), activity, people[1], [(one, people[0])]) == two:
            alike.add(way)
    return same({tuple(map(abs, way)) for way in alike}, SMALL)
