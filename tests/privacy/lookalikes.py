"""Every room of a few people who answer one question, sorted by what the product lets out of it.

Whoever looks knows the rules, how many people answered, and perhaps an answer of their own. Rooms that look alike to
them are one class, and a count of 1 to 4 of the others that is the same in all of a class is given away. A room stands
for all that differ only in who gave which answer: how often each was given is all that a kind counts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity, Given, ListLine, Present, ScaleLine, StepSource
from tisu_tui.core.form import Answer, Option, Order, Pick
from tisu_tui.core.released import Count, Released
from tisu_tui.core.size import Size
from tisu_tui.privacy.gate import release
from tisu_tui.privacy.record import NEW, Record

Counts = tuple[int, ...]
SMALL = range(1, 5)


def kind(name: str, options: int, *, argument: str = "", settings: frozenset[str] = frozenset()) -> Activity:
    """Make a kind with a scale of so many points, or so many options, and one line."""
    choices = tuple(ListLine(chr(ord("a") + n), f"Option {n}", 10 + n, 3) for n in range(options))
    scale = tuple(ScaleLine(n, n, f"Point {n}", 20 + n, 3) for n in range(1, options + 1))
    source = StepSource(
        name,
        "Where are we?",
        5,
        argument=argument,
        choices=choices,
        numbered=choices[:1],
        scale=scale,
        settings=settings,
    )
    return kinds()[name].read(source)


def let_out(activity: Activity, answers: Sequence[Answer], people: int, record: Record = NEW) -> Released:
    """Send answers the product's own way: counted by their kind, and through the gate."""
    return let_through(activity, activity.count(answers, Present(people, people), Given()), people, record)


def let_through(activity: Activity, count: Count, people: int, record: Record = NEW) -> Released:
    """Send a count through the gate."""
    return release(count, activity.tier, Size(people), activity.finds, record=record)[0]


def question(activity: Activity) -> Pick | Order:
    """Give the first question of a kind."""
    (field, *_more) = activity.form(Given(), Size(12)).fields
    assert isinstance(field, Pick | Order)
    return field


def options(activity: Activity) -> tuple[Option, ...]:
    """List what can be answered."""
    return question(activity).options


def shared_out(total: int, cells: int) -> Iterator[Counts]:
    """List every way in which so many people can answer."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shared_out(total - first, cells - 1):
            yield (first, *rest)


@dataclass(frozen=True)
class Rooms:
    """All rooms of one number of people, each as counts with what was told of it; `own` is what one answer adds.

    What is left of a room without an answer must be one that the others can make: `least` to `most` choices in all.
    """

    told: tuple[tuple[Counts, Hashable], ...]
    own: tuple[Counts, ...]
    least: int = 0
    most: int = 10**6

    def given_away(self) -> dict[Hashable, list[Counts]]:
        """Find what was told where a small count of the others follows, with the rooms of which it was told."""
        classes: dict[Hashable, list[Counts]] = defaultdict(list)
        for counts, message in self.told:
            classes[message].append(counts)
        nobody = (0,) * len(self.told[0][0])
        return {
            message: alike
            for message, alike in classes.items()
            if pins(alike) or any(pins(self._others(alike, mine)) for mine in self.own if mine != nobody)
        }

    def _others(self, alike: Iterable[Counts], mine: Counts) -> list[Counts]:
        left = (tuple(n - own for n, own in zip(each, mine, strict=True)) for each in alike)
        return [each for each in left if min(each) >= 0 and self.least <= sum(each) <= self.most]


def pins(alike: Sequence[Counts]) -> bool:
    """Tell whether a count is the same small number in every room."""
    return any(min(cell) == max(cell) and cell[0] in SMALL for cell in zip(*alike, strict=True))


def of_one_answer(activity: Activity, people: int, record: Record = NEW) -> Rooms:
    """Lay out a question to which each person gives one answer."""
    field = question(activity)
    possible: list[Answer] = [{field.id: (option.id,)} for option in field.options]
    cells = range(len(possible))

    def told(counts: Counts) -> Released:
        answers = [possible[cell] for cell in cells for _each in range(counts[cell])]
        return let_out(activity, answers, people, record)

    rooms = tuple((counts, told(counts)) for counts in shared_out(people, len(possible)))
    return Rooms(rooms, tuple(tuple(int(n == cell) for n in cells) for cell in cells))


def of_several(activity: Activity, people: int) -> Rooms:
    """Lay out a question to which each person gives one answer or more, by how many people chose each option."""
    field = question(activity)
    assert isinstance(field, Pick)
    cells = len(field.options)
    most = min(field.most, cells)
    rooms = tuple(
        (counts, let_out(activity, spread_out(field, counts, people), people))
        for counts in product(range(people + 1), repeat=cells)
        if people <= sum(counts) <= most * people
    )
    own = (chosen for n in range(1, most + 1) for chosen in combinations(range(cells), n))
    added = tuple(tuple(int(cell in chosen) for cell in range(cells)) for chosen in own)
    return Rooms(rooms, added, people - 1, most * (people - 1))


def spread_out(field: Pick, counts: Counts, people: int, *, chance: random.Random | None = None) -> list[Answer]:
    """Make answers in which so many people choose each option, going round; by `chance`, with second dots on some."""
    chosen: list[list[str]] = [[] for _each in range(people)]
    turn = 0
    for option, n in zip(field.options, counts, strict=True):
        for _each in range(n):
            chosen[turn % people].append(option.id)
            turn += 1
    if chance:
        chance.shuffle(chosen)
        for each in chosen:
            each += [name for name in each if len(each) < field.most and field.each > 1 and chance.random() < 0.5]
    return [{field.id: tuple(each)} for each in chosen]


def of_orders(activity: Activity, people: int, *, partly: bool) -> Rooms:
    """Lay out whole orders and, `partly`, first choices alone: by ballots, by who is first, and by pairs."""
    field = question(activity)
    possible = orders(field.options, partly=partly)
    kinds_of = range(len(possible))
    rows = [_seen(each, field.options) for each in possible]
    rooms = []
    for given in shared_out(people, len(possible)):
        answers: list[Answer] = [{field.id: possible[n]} for n in kinds_of for _each in range(given[n])]
        rooms.append((given + added(rows, given), let_out(activity, answers, people)))
    unit = (tuple(int(n == mine) for n in kinds_of) for mine in kinds_of)
    return Rooms(tuple(rooms), tuple(each + added(rows, each) for each in unit))


def orders(of: Sequence[Option], *, partly: bool) -> list[tuple[str, ...]]:
    """List the orders that one person can give."""
    ids = [option.id for option in of]
    return [*permutations(ids), *(((name,) for name in ids) if partly else ())]


def added(rows: Sequence[Counts], given: Counts) -> Counts:
    """Add up what each ballot says, as often as it was given."""
    return tuple(sum(n * row[cell] for n, row in zip(given, rows, strict=True)) for cell in range(len(rows[0])))


def _seen(order: tuple[str, ...], of: Sequence[Option]) -> Counts:
    """Say of one ballot what is first in it, and which it puts above which."""
    place = {name: n for n, name in enumerate(order)}
    ids = [option.id for option in of]
    above = (int(place.get(a, 99) < place.get(b, 99)) for a, b in permutations(ids, 2))
    return (*(int(order[0] == name) for name in ids), *above)


def ballots_seen(of: Sequence[Option], possible: Sequence[tuple[str, ...]]) -> list[Counts]:
    """Give for each ballot what can be counted of it: itself, what is first, and each pair."""
    unit = [tuple(int(n == mine) for n in range(len(possible))) for mine in range(len(possible))]
    return [own + _seen(each, of) for own, each in zip(unit, possible, strict=True)]
