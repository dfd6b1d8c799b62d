"""What several results give away together to somebody who takes it that everybody else answers as before.

Each figure is the share of groups in which a count of 1 to 4 of the others, or the answer of whoever came or left, is
the same in every history that tells the same. Each answer is as likely as any other; nobody says that they don't know.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from itertools import combinations
from math import factorial

from lookalikes import Counts, kind, let_through, options, pins, shared_out
from lookalikes import question as asked_of

from tisu_tui.core.activity import Activity, Given, Present
from tisu_tui.core.form import Answer
from tisu_tui.core.released import Count, Released
from tisu_tui.privacy.record import Question, Record, looks


@dataclass(frozen=True)
class Asked:
    """One question that is asked again and again, and what was told of it so far."""

    activity: Activity
    cells: int
    record: Record = field(default_factory=Record)
    step: str = "asked"
    silent: int = 0
    """How many seats there are that never answer."""

    @cached_property
    def question(self) -> Question:
        return Question(self.step, "kind", "Where are we?", self.activity.tier, self.activity.finds)

    def told(self, counts: Counts) -> Released:
        """Give what is told where so many people give each answer."""
        people = sum(counts) + self.silent
        count = _counted(self.activity, counts, people)
        return let_through(self.activity, count, people, replace(self.record, question=self.question))

    def messages(self, people: int) -> dict[Counts, Hashable]:
        """Give what is told of each room of so many people, as a number: rooms of one number are told the same."""
        return _messages(self, people)

    def then(self, people: int, *, moved: tuple[int, int] | None = (0, 0), later: bool = False) -> Asked:
        """Ask again after so many people were told: in this session, or, `later`, in the next one."""
        seen = looks(self.question, self.told((people, *(0,) * (self.cells - 1))), people)
        now = tuple(
            replace(look, earlier=look.earlier or later, moved=None if later else moved)
            for look in (*self.record.looks, *seen)
        )
        return replace(self, record=replace(self.record, looks=now))


@lru_cache(maxsize=4096)
def _counted(activity: Activity, counts: Counts, people: int) -> Count:
    """Count these answers once, however often and after whatever they are given."""
    name = asked_of(activity).id
    ids = [option.id for option in options(activity)]
    answers: list[Answer] = [{name: (ids[cell],)} for cell, n in enumerate(counts) for _each in range(n)]
    return activity.count(answers, Present(people, people), Given())


@cache
def _messages(asked: Asked, people: int) -> dict[Counts, Hashable]:
    seen: dict[Released, int] = {}
    return {counts: seen.setdefault(asked.told(counts), len(seen)) for counts in shared_out(people, asked.cells)}


def ways(counts: Counts) -> int:
    """Count in how many ways people can give these answers."""
    found = factorial(sum(counts))
    for n in counts:
        found //= factorial(n)
    return found


def share_pinned(groups: Iterable[tuple[Counts, Hashable]]) -> float:
    """Give the share of groups of which a small count follows from what was told."""
    classes: dict[Hashable, list[Counts]] = defaultdict(list)
    for counts, told in groups:
        classes[told].append(counts)
    bad = sum(sum(map(ways, alike)) for alike in classes.values() if pins(alike))
    return bad / sum(sum(map(ways, alike)) for alike in classes.values())


def plus(counts: Counts, cell: int, n: int = 1) -> Counts:
    """Add people to one answer."""
    return (*counts[:cell], counts[cell] + n, *counts[cell + 1 :])


def own_change(first: Asked, people: int) -> float:
    """Two looks with the same screens: somebody gives another answer the second time; their best choice counts."""
    second = first.then(people)
    one, two = first.messages(people), second.messages(people)
    others = list(shared_out(people - 1, first.cells))
    return max(
        share_pinned((other, (one[plus(other, own)], two[plus(other, later)])) for other in others)
        for own in range(first.cells)
        for later in range(first.cells)
    )


def leaver(first: Asked, people: int) -> float:
    """Two looks, and one person leaves between them: the share in which their answer comes out."""
    second = first.then(people, moved=(1, 0))
    one, two = first.messages(people), second.messages(people - 1)
    return _mover(((plus(rest, cell), rest, cell) for rest in two for cell in range(first.cells)), one, two)


def newcomer(first: Asked, people: int) -> float:
    """Two sessions, and one person more in the second: the share in which their answer comes out."""
    second = first.then(people, later=True)
    one, two = first.messages(people), second.messages(people + 1)
    return _mover(((rest, plus(rest, cell), cell) for rest in one for cell in range(first.cells)), one, two)


def small_count_of_first(first: Asked, people: int) -> float:
    """Two sessions, and one person more in the second: the share in which a small count of the first comes out."""
    second = first.then(people, later=True)
    one, two = first.messages(people), second.messages(people + 1)
    return max(share_pinned((each, (one[each], two[plus(each, own)])) for each in one) for own in range(first.cells))


def _mover(
    histories: Iterable[tuple[Counts, Counts, int]], one: dict[Counts, Hashable], two: dict[Counts, Hashable]
) -> float:
    classes: dict[Hashable, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for before, after, cell in histories:
        classes[one[before], two[after]][cell] += ways(min(before, after, key=sum))
    all_ = sum(sum(cells.values()) for cells in classes.values())
    return sum(sum(cells.values()) for cells in classes.values() if len(cells) == 1) / all_


def cuts(votes: Sequence[frozenset[int]], people: int, points: int = 5) -> float:
    """One scale asked as votes between two: the share of rooms of which a small count follows from all of them."""
    first = Asked(kind("choose", 2, argument="1"), 2)
    told = first.messages(people)

    def message(counts: Counts) -> Hashable:
        sides = (sum(counts[n] for n in vote) for vote in votes)
        return tuple(told[side, people - side] for side in sides)

    return share_pinned((counts, message(counts)) for counts in shared_out(people, points))


def ten_cuts() -> list[frozenset[int]]:
    """Cut five points in two in each of the ten ways that put two points on one side."""
    return [frozenset(each) for each in combinations(range(5), 2)]


def borrowed(first: Asked, people: int, seats: int, rounds: int) -> float:
    """Somebody holds so many of the seats, and answers from them as they like: the share of small counts found."""
    others = list(shared_out(people - seats, first.cells))
    asked, told = first, []
    for _round in range(rounds):
        told.append(asked.messages(people))
        asked = asked.then(people)
    best = 0.0
    # Where the later rounds tell the same of every room, it does not matter how the seats answer there.
    is_told = any(len({*each.values()}) > 1 for each in told[1:])
    for mine in shared_out(seats, first.cells):
        for later in shared_out(seats, first.cells) if is_told else (mine,):
            held = [mine, later, *[later] * rounds][:rounds]
            groups = (
                (other, tuple(each_told[_added(other, own)] for each_told, own in zip(told, held, strict=True)))
                for other in others
            )
            best = max(best, share_pinned(groups))
    return best


def one_look(asked: Asked, people: int) -> float:
    """One look, by somebody who sees it from outside."""
    return share_pinned(asked.messages(people).items())


def merged(people: int) -> float:
    """A check-in with three zones, and then one with the first two put together, under a name of its own."""
    one = CHECK_IN.messages(people)
    second = replace(CHECK_IN.then(people), activity=kind("check-in", 2), cells=2, step="later")
    two = second.messages(people)
    return share_pinned((each, (one[each], two[each[0] + each[1], each[2]])) for each in one)


def without_again(people: int) -> float:
    """A check-in at the start, and one under another name at the end, where one person's answer is another."""
    one, two = CHECK_IN.messages(people), replace(CHECK_IN.then(people), step="later").messages(people)
    others = [*shared_out(people - 1, 3)]
    return max(
        share_pinned((other, (one[plus(other, own)], two[plus(other, later)])) for other in others)
        for own in range(3)
        for later in range(3)
    )


def silent_seats(people: int) -> float:
    """As many seats that never answer as people who do."""
    return max(one_look(replace(each, silent=people), people) for each in (RATING, VOTE, CHECK_IN))


def _added(one: Counts, other: Counts) -> Counts:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def chain(first: Asked, sizes: Sequence[int], times: int) -> float:
    """Sessions with one person more each time, and nobody leaves: the share in which a small count ever comes out."""
    asked, told = first, []
    for people in sizes:
        told.append(asked.messages(people))
        asked = asked.then(people, later=True)
    chance = random.Random(str(sizes))
    found = 0
    for _time in range(times):
        answers = [chance.randrange(first.cells) for _person in range(sizes[-1])]
        rooms = [tuple(map(answers[:n].count, range(first.cells))) for n in sizes]
        heard = [messages[room] for messages, room in zip(told, rooms, strict=True)]
        found += any(map(pins, _possible(first.cells, told, heard)))
    return found / times


def _possible(cells: int, told: Sequence[dict[Counts, Hashable]], heard: Sequence[Hashable]) -> Iterator[list[Counts]]:
    """For each session, list the rooms that fit everything that was told before and after it."""
    fits = [
        {counts for counts, message in each.items() if message == was} for each, was in zip(told, heard, strict=True)
    ]
    for n in range(1, len(fits)):
        fits[n] &= {plus(counts, cell) for counts in fits[n - 1] for cell in range(cells)}
    for n in range(len(fits) - 2, -1, -1):
        fits[n] = {each for each in fits[n] if any(plus(each, cell) in fits[n + 1] for cell in range(cells))}
    return map(list, fits)


RATING = Asked(kind("scale", 5), 5)
SHORT = Asked(kind("scale", 3), 3)
VOTE = Asked(kind("choose", 3, argument="1"), 3)
OF_TWO = Asked(kind("choose", 2, argument="1"), 2)
CHECK_IN = Asked(kind("check-in", 3), 3)
TWICE = Record(twice=True)


def announced(asked: Asked) -> Asked:
    """Say beforehand that there will be a second look."""
    return replace(asked, record=TWICE)


def not_announced(people: int) -> float:
    """A second look that nobody was told of."""
    return max(own_change(RATING, people), own_change(VOTE, people))


def one_leaves(people: int) -> float:
    """Somebody leaves between two looks, announced or not."""
    if people == 5:
        return 0.0
    return max(leaver(each, people) for each in (RATING, announced(RATING), VOTE, announced(VOTE)))


PEOPLE = range(5, 10)
FIGURES: dict[str, Callable[[int], float]] = {
    "A rating of five points, two announced looks": lambda people: own_change(announced(RATING), people),
    "A rating of three points, two announced looks": lambda people: own_change(announced(SHORT), people),
    "A vote between three, two announced looks": lambda people: own_change(announced(VOTE), people),
    "A second look at a rating or vote that nobody announced": not_announced,
    "A rating or vote where one person leaves between two looks": one_leaves,
    "A check-in at the start and at the end": lambda people: own_change(CHECK_IN, people),
    "A second check-in under another name, without `again`": without_again,
    "A second check-in with two zones put together": merged,
    "As many seats that never answer as people who do": silent_seats,
    "Two seats in one hand, moved through five rounds of a rating": lambda people: borrowed(RATING, people, 2, 5),
    "Two seats in one hand, two announced looks": lambda people: borrowed(announced(RATING), people, 2, 2),
    "Four seats in one hand, moved through five rounds of a rating": lambda people: borrowed(RATING, people, 4, 5),
    "Two people who tell each other, and a vote between three": lambda people: borrowed(VOTE, people, 2, 1),
    "Two people who tell each other, and a vote between two": lambda people: borrowed(OF_TWO, people, 2, 1),
    "One scale of five points, asked as ten votes between two": lambda people: cuts(ten_cuts(), people),
    "Next session, one person more: what they rated": lambda people: newcomer(RATING, people),
    "Next session, one person more: what they voted": lambda people: newcomer(VOTE, people),
    "Next session, one person more: their check-in": lambda people: newcomer(CHECK_IN, people),
    "Next session, one person more: a number of the first rating": lambda people: small_count_of_first(RATING, people),
    "Next session, one person more: a number of the first vote": lambda people: small_count_of_first(VOTE, people),
}


@cache
def shares(name: str) -> tuple[str, ...]:
    """Give one figure for each number of people, as it is written."""
    return tuple(f"{100 * FIGURES[name](people):.0f}" for people in PEOPLE)


def is_never(name: str) -> bool:
    """Tell whether nothing comes out in a room of any size."""
    return set(shares(name)) == {"0"}


def table() -> list[str]:
    """Write what several results tell together, as the documentation has it; what never tells anything is a list."""
    heads = f"| in percent of groups of | {'/'.join(map(str, PEOPLE))} |"
    rows = [heads, "| --- | ---: |", *(row(name) for name in FIGURES if not is_never(name))]
    return [*rows, "", "Never, in any of these groups:", "", *map(never, filter(is_never, FIGURES))]


def row(name: str) -> str:
    """Write one line of the table."""
    return f"| {name} | {'/'.join(shares(name))} |"


def never(name: str) -> str:
    """Write one line of the list."""
    return f"- {name[:1].lower()}{name[1:]}"


def in_chains() -> str:
    """Say what ten sessions in a row tell."""
    ratings, votes = (chain(each, range(5, 15), CHAINS) for each in (RATING, VOTE))
    return (
        f"Ten sessions from 5 to 14 people, one more each time, of whom nobody ever changes their mind: a small number "
        f"comes out in {ratings:.0%} of ratings and {votes:.0%} of votes."
    )


CHAINS = 40
"""How many chains of sessions are made up."""
