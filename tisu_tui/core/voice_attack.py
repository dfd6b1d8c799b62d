"""What can be worked out of each role from words about it, where the whole is told in numbers.

Whoever attacks knows the numbers of the whole, how many people of each role answered and, in turn, their own answer.
All results that fit what is said make one network of flows, from roles to options: sums are kept, and words are
bounds, of more than half, or of where a middle lies. A number can be worked out exactly where no cycle of the
residual network goes through it (Ahuja, Magnanti and Orlin, Network Flows, 1993). All results that fit are judged
by the same sums and words, so it is said of all of them or of none, and nothing can be learnt from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tisu_tui.core.counting import quantile

SMALL = 4
"""The largest number of people in a role that must not come out."""
_MOST_CELLS = 60
"""Roles times options above which nothing is attacked, and so nothing said: this many take a tenth of a second."""
_MOST_CHOICES = 7
"""Options above which all that one person may have chosen of them is not laid out."""
_EVERYBODY = "everybody"

Bounds = Mapping[int, tuple[int, int]]
"""The least and the most that may flow, by the number of an arc."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the people of one role answered: how many they are, and how many of them chose each option."""

    answered: int
    counts: tuple[int, ...]
    is_told: bool = True
    """Whether words are said of it; nothing is said of those who named no role."""


@dataclass(frozen=True, slots=True)
class _Arc:
    tail: str
    head: str
    flow: int
    low: int
    high: int
    role: int
    option: int | None = None
    """The option that so many of the role chose; none where the flow is a sum."""


@dataclass(frozen=True, slots=True)
class _Own:
    """What somebody who attacks knows of themselves: their role, and the options they chose."""

    role: int
    chosen: frozenset[int]


def words_are_safe(parts: Sequence[Part], *, is_scale: bool, most: int) -> bool:
    """Tell whether words about each part leave every small number open.

    Of a scale its middle is said, else which options more than half chose. `most` is how many options one person
    may choose.
    """
    options = len(parts[0].counts)
    if options * len(parts) > _MOST_CELLS or (most > 1 and options > _MOST_CHOICES):
        return False
    arcs = [arc for n, part in enumerate(parts) for arc in (_scale(n, part) if is_scale else _votes(n, part, most))]
    if not _leaves_open(arcs, parts, None):
        return False
    held: list[tuple[frozenset[tuple[int, tuple[int, int]]], frozenset[int]]] = []
    for own in _insiders(parts, options, most):
        bounds, closed = _bounds(arcs, parts[own.role], own, most), _closed(parts, own)
        known = frozenset(bounds.items())
        # Who knows less than somebody who can tell nothing can tell nothing either.
        if any(known <= more and shut <= closed for more, shut in held):
            continue
        theirs = _fitted(arcs, bounds)
        if theirs is None:
            continue
        if not _leaves_open(theirs, parts, own):
            return False
        held.append((known, closed))
    return True


# The network


def _votes(role: int, part: Part, most: int) -> Iterator[_Arc]:
    half = part.answered // 2
    for option, n in enumerate(part.counts):
        low, high = (half + 1, part.answered) if n > half else (0, half)
        if not part.is_told:
            low, high = 0, part.answered
        yield _Arc(f"role {role}", f"option {option}", n, low, high, role, option)
    # Everybody who answered chose something; how much a role chose in all is not told.
    yield _Arc(_EVERYBODY, f"role {role}", sum(part.counts), part.answered, most * part.answered, role)


def _scale(role: int, part: Part) -> Iterator[_Arc]:
    # A middle says how many there are up to each point of the scale, so these sums have arcs of their own.
    middle = quantile(part.counts, 0.5) if part.answered else 0
    half = (part.answered + 1) // 2
    last = len(part.counts) - 1
    for option, n in enumerate(part.counts):
        low, high = (half, part.answered) if option >= middle else (0, half - 1)
        if not part.is_told:
            low, high = 0, part.answered
        upto, here = sum(part.counts[: option + 1]), f"role {role} up to {option}"
        if option < last:
            yield _Arc(f"role {role} up to {option + 1}", here, upto, low, high, role)
        yield _Arc(here, f"option {option}", n, 0, part.answered, role, option)


# Who attacks


def _insiders(parts: Sequence[Part], options: int, most: int) -> Iterator[_Own]:
    answers = [
        frozenset(chosen) for n in range(1, min(most, options) + 1) for chosen in combinations(range(options), n)
    ]
    for role, part in enumerate(parts):
        yield from (_Own(role, chosen) for chosen in answers if part.answered)


def _bounds(arcs: Sequence[_Arc], part: Part, own: _Own, most: int) -> Bounds:
    """Give the bounds that somebody has closer than others, from their own answer."""
    others = part.answered - 1
    found = {}
    for n, arc in enumerate(arcs):
        if arc.role != own.role:
            continue
        low, high = arc.low, arc.high
        if arc.tail == _EVERYBODY:
            low, high = len(own.chosen) + others, len(own.chosen) + most * others
        elif arc.option in own.chosen:
            low = max(low, 1)
        elif arc.option is not None:
            high = min(high, others)
        if (low, high) != (arc.low, arc.high):
            found[n] = (low, high)
    return found


def _closed(parts: Sequence[Part], own: _Own | None) -> frozenset[int]:
    """Find the options of which the whole alone tells the number in each role: all others chose them, or nobody."""
    people = sum(part.answered for part in parts) - bool(own)
    totals = [sum(column) for column in zip(*(part.counts for part in parts), strict=True)]
    return frozenset(n for n, total in enumerate(totals) if total - bool(own and n in own.chosen) in {0, people})


def _leaves_open(arcs: Sequence[_Arc], parts: Sequence[Part], own: _Own | None) -> bool:
    closed = _closed(parts, own)
    return all(
        _path(arcs, n, rising=True) or _path(arcs, n, rising=False)
        for n, arc in enumerate(arcs)
        if arc.option is not None
        and arc.option not in closed
        and 0 < arc.flow <= SMALL
        and not (own and own.role == arc.role and _is_own(arc, parts[arc.role], own.chosen))
    )


def _is_own(arc: _Arc, part: Part, chosen: frozenset[int]) -> bool:
    # Who finds that nobody else in their role answered as they did has learnt of no one.
    return part.answered == 1 or (arc.flow == 1 and arc.option in chosen)


# Flows


def _fitted(arcs: Sequence[_Arc], bounds: Bounds) -> list[_Arc] | None:
    """Find flows within closer bounds, by going round cycles; `None` where there are none."""
    fitted = [replace(arc, low=low, high=high) for n, arc in enumerate(arcs) for low, high in [_at(bounds, n, arc)]]
    for n in range(len(fitted)):
        while not fitted[n].low <= fitted[n].flow <= fitted[n].high:
            rising = fitted[n].flow < fitted[n].low
            path = _path(fitted, n, rising=rising)
            if path is None:
                return None
            for at, by in (*path, (n, 1 if rising else -1)):
                fitted[at] = replace(fitted[at], flow=fitted[at].flow + by)
    return fitted


def _at(bounds: Bounds, number: int, arc: _Arc) -> tuple[int, int]:
    return bounds.get(number, (arc.low, arc.high))


def _path(arcs: Sequence[_Arc], through: int, *, rising: bool) -> list[tuple[int, int]] | None:
    """Find which other flows go up or down by one when this one does; `None` where it can't."""
    arc = arcs[through]
    if (arc.flow >= arc.high) if rising else (arc.flow <= arc.low):
        return None
    start, goal = (arc.head, arc.tail) if rising else (arc.tail, arc.head)
    came: dict[str, tuple[str, int, int]] = {start: ("", through, 0)}
    ahead = [start]
    for node in ahead:
        for n, each in enumerate(arcs):
            if n == through:
                continue
            if each.tail == node and each.flow < each.high and each.head not in came:
                came[each.head] = (node, n, 1)
                ahead.append(each.head)
            elif each.head == node and each.flow > each.low and each.tail not in came:
                came[each.tail] = (node, n, -1)
                ahead.append(each.tail)
    if goal not in came:
        return None
    path: list[tuple[int, int]] = []
    while goal != start:
        goal, n, by = came[goal]
        path.append((n, by))
    return path
