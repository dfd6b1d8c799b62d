"""Several sessions of one team, and what all that they told gives away together: two attackers, apart from the gate's.

**The literal one** (`told_across`) has everything that was ever told of a question, in a session and in those before
it. It knows the rules, how many people were in each room, and in each session its own answer, or that it passed, or
was not there. People are free to change their minds, so every group of answers may follow every other. It lays out
every sequence of groups, sends it through the gate as the room does, one session after another, and looks for a small
count that is the same in all sequences that look alike. So it also learns from what the gate does: were a later
decision to hang on something of an earlier session that was not told, fewer sequences would look alike, and it would
say so.

**The stronger one** (`nobody_changed`) takes it besides that nobody changed their mind, and that all others are those
who came. Nothing short of never telling a team what has changed stops it, so it is measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import factorial, prod

from solver import SMALL, Cells, Group, groups, in_numbers, kind, let_out, of_cells, same, shared_out

from tisu_tui.core.activity import Activity
from tisu_tui.core.released import Released
from tisu_tui.core.shown import WITHHELD

History = tuple[tuple[Released, int], ...]
"""What each session let out, and how many people were there."""
Gate = Callable[[Group, Activity, int, History], Released]

OUTSIDE = -2
"""The own answer of somebody who has none; that of somebody who passed is -1."""


def through_the_gate(group: Group, activity: Activity, people: int, before: History) -> Released:
    return let_out(group.count, activity, people, before)


def as_told(history: History) -> History:
    """Leave only what people are told: what the gate notes for itself is not among it."""
    return tuple((replace(released, kept_back=False), people) for released, people in history)


def histories(activity: Activity, rooms: Sequence[int], gate: Gate) -> dict[History, tuple[tuple[Group, ...], ...]]:
    """Lay out all that sessions in rooms of so many can tell, with the groups of each session that lead to it.

    The gate is asked about each group after each history, so any one of the groups goes with any of the others.
    """
    found: dict[History, tuple[tuple[Group, ...], ...]] = {(): ()}
    for people in rooms:
        longer: dict[History, list[Group]] = defaultdict(list)
        for before in found:
            for group in groups(activity, people, people):
                longer[*before, (gate(group, activity, people, before), people)].append(group)
        found = {history: (*found[history[:-1]], tuple(some)) for history, some in longer.items()}
    return found


@dataclass(frozen=True)
class Leak:
    """A small count that comes out to somebody with an answer of their own in the session that it is of."""

    session: int
    own: int
    cell: int
    count: int


ByOwn = tuple[frozenset[Cells], ...]
"""What the groups of a session may have answered, by the own answer of whoever looks; the last two are below nought."""


def told_across(activity: Activity, rooms: Sequence[int], gate: Gate = through_the_gate) -> set[Leak]:
    """Find the small counts that were not told and that somebody can tell from all sessions together."""
    alike: dict[History, list[tuple[ByOwn, ...]]] = defaultdict(list)
    chosen: tuple[Cells, ...] = ()
    for history, sessions in histories(activity, rooms, gate).items():
        chosen = sessions[0][0].choices
        parts = (_by_own_answer(some, people) for some, (_released, people) in zip(sessions, history, strict=True))
        alike[as_told(history)].append(tuple(parts))
    found = set()
    for look, several in alike.items():
        for at, left in _left(several):
            shown = in_numbers(look[at][0])
            for own in range(OUTSIDE, len(chosen)):
                # Who finds that nobody else answered as they did has learnt of no one.
                mine = {(cell, 1) for cell in (chosen[own] if own >= 0 else ())}
                cells = {cells for parts in left for cells in parts[at][own]}
                leaks = same(cells, SMALL) - mine
                found |= {Leak(at, own, cell, n) for cell, n in leaks if cell not in shown}
    return found


def _by_own_answer(some: Sequence[Group], people: int) -> ByOwn:
    return (
        *(frozenset(each.cells for each in some if each.ballots[own]) for own in range(len(some[0].choices))),
        frozenset(each.cells for each in some),
        frozenset(each.cells for each in some if each.answered < people),
    )


def _left(several: Sequence[tuple[ByOwn, ...]]) -> Iterator[tuple[int, list[tuple[ByOwn, ...]]]]:
    """Give each session with what its groups can still be, for each set of own answers in the others."""
    for at in range(len(several[0])):
        seen = set()
        others = [range(OUTSIDE, len(part) - 2) if n != at else (OUTSIDE,) for n, part in enumerate(several[0])]
        for owns in product(*others) if len(several) > 1 else ():
            fits = tuple(all(part[own] for part, own in zip(parts, owns, strict=True)) for parts in several)
            if fits not in seen:
                seen.add(fits)
                yield at, [parts for parts, is_left in zip(several, fits, strict=True) if is_left]
        if len(several) == 1:
            # One's own answer elsewhere leaves all of it or none.
            yield at, list(several)


# Where nobody changed their mind


@dataclass(frozen=True)
class Sequel:
    """One way in which a group answered and others came to it, and in how many ways people can be so."""

    first: Cells
    came: tuple[Cells, ...]
    ways: int


def nobody_changed(activity: Activity, rooms: Sequence[int]) -> dict[History, list[Sequel]]:
    """Put together what sessions tell of people of whom all stay and some come, by what is told."""
    told: dict[tuple[Cells, int, History], Released] = {}

    def let_out_once(cells: Cells, people: int, before: History) -> Released:
        key = cells, people, before
        if key not in told:
            told[key] = let_out(of_cells(activity, cells, people), activity, people, before)
        return told[key]

    def go_on(cells: Cells, at: int, before: History) -> Iterator[tuple[History, tuple[Cells, ...]]]:
        history = (*before, (let_out_once(cells, rooms[at], before), rooms[at]))
        if at + 1 == len(rooms):
            yield history, ()
            return
        # The last of the cells are those who came and passed.
        for *came, _passed in shared_out(rooms[at + 1] - rooms[at], len(cells) + 1):
            now = tuple(map(sum, zip(cells, came, strict=True)))
            yield from ((end, (tuple(came), *more)) for end, more in go_on(now, at + 1, history))

    alike: dict[History, list[Sequel]] = defaultdict(list)
    for group in groups(activity, rooms[0], rooms[0]):
        ways = factorial(group.answered) // prod(map(factorial, group.cells))
        for history, came in go_on(group.cells, 0, ()):
            alike[as_told(history)].append(Sequel(group.cells, came, ways))
    return alike


@dataclass(frozen=True)
class Given:
    """How often sessions give something away if nobody changed their mind, where each of them says something.

    `newcomers`: what somebody who came to the second chose; `kept_back`: a small count that the first did not tell.
    """

    newcomers: float
    kept_back: float


def given_away(activity: Activity, *rooms: int) -> Given:
    """Measure what somebody can tell who was there all the time, or was not."""
    every = newcomers = kept_back = 0
    for look, some in nobody_changed(activity, rooms).items():
        released = [each for each, _people in look]
        if any(each.nothing for each in released):
            continue
        ways = sum(each.ways for each in some)
        every += ways
        knowing = [
            (own, [each for each in some if own < 0 or each.first[own]]) for own in range(-1, len(some[0].first))
        ]
        newcomers += ways * any(same({each.came[0] for each in those}, SMALL) for _own, those in knowing if those)
        if any(tally.answered is WITHHELD for tally in released[0].tallies):
            kept_back += ways * any(
                same({each.first for each in those}, SMALL) - {(own, 1)} for own, those in knowing if those
            )
    return Given(newcomers / every, kept_back / every)


RATING = kind("scale", 3)
VOTE = kind("choose", 3, argument="1")


ROOMS = ((5, 6), (7, 8), (9, 10))
KINDS = (("Three points", RATING), ("A vote between three", VOTE))
_HEADS = "| If nobody changed their mind, this comes out | what the newcomer chose | a small number of the first |"


def table() -> list[str]:
    """Write what the stronger attacker can tell as the documentation has it."""
    lines = [_HEADS, "| --- | ---: | ---: |"]
    measured = [(what, activity, *rooms) for what, activity in KINDS for rooms in ROOMS]
    for what, activity, first, second in (("Five points", kind("scale", 5), *ROOMS[0]), *measured):
        given = given_away(activity, first, second)
        lines.append(f"| {what}: {first} people, then {second} | {given.newcomers:.0%} | {given.kept_back:.0%} |")
    return lines


if __name__ == "__main__":
    print("\n".join(table()))
