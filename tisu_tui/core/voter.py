"""The gate's own attacker of votes: what a voter can work out from an order, with their own vote in hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations_with_replacement, groupby
from math import ceil, comb, prod

from tisu_tui.core.attacker import MOST_RESULTS, Attack, Cells, Look, settle

_MOST_VOTES = 300_000
"""How many results times votes are laid out at most before fewer places are tried: in about a tenth of a second."""


def places_told(counts: Cells, answered: int, most: int, smallest: int, floor: int, choices: int) -> int | None:
    """Find how many places of an order give no count of 1 to `smallest` - 1 away; `None` when no words are safe.

    `counts` stand best first, options with as many people share a place, and what more than half chose is told as
    well. Whoever attacks knows how many people are in the room, but not how many of them answered, and their own
    vote, for up to `choices` options, or that they passed.
    """
    half = most // 2
    if list(counts) != sorted(counts, reverse=True) or comb(len(counts) + half, half) > MOST_RESULTS:
        return None
    # How many options others chose at most is as many as they did choose; nothing more is taken for granted.
    per_person = ceil(sum(counts) / answered)
    result = (answered, *counts)
    rungs = _rungs(_labels(result, 0), _Voting(per_person, choices, most, smallest, floor))
    return (len(counts), 2, 1, 0, None)[rungs[result]]


Labels = tuple[tuple[int, bool], ...]
"""What is told of each option, best first: its place, and whether more than half chose it."""


def _labels(result: Cells, places: int) -> Labels:
    answered, *counts = result
    place = {n: min(at, places) for at, n in enumerate(dict.fromkeys(counts))}
    return tuple((place[n], 2 * n > answered) for n in counts)


@dataclass(frozen=True, slots=True)
class _Voting:
    """What everybody knows of a vote: how many options others chose and one may choose, the people, and the rules."""

    per_person: int
    choices: int
    people: int
    smallest: int
    floor: int

    def attack(self, alike: Sequence[Cells], labels: Labels) -> set[Cells]:
        """Find results of which somebody could tell a small count; all of them have these labels."""
        groups = [_Group(self, alike, *each) for each in _spans(labels)]
        if any(group.is_told((1 << len(alike)) - 1, 0) for group in groups):
            return set(alike)
        passed = _mask(answered < self.people for answered, *_counts in alike)
        told = 0
        for possible, own in chain([(passed, (0,) * len(groups))], self._votes(alike, groups)):
            if possible & ~told and any(each.is_told(possible, n) for each, n in zip(groups, own, strict=True)):
                told |= possible
        return {each for n, each in enumerate(alike) if told >> n & 1}

    def _votes(self, alike: Sequence[Cells], groups: Sequence[_Group]) -> Iterator[tuple[int, Cells]]:
        """Give the votes that one may have cast, as how many options of each label, and the results each leaves."""
        votes: list[tuple[int, Cells]] = [((1 << len(alike)) - 1, ())]
        for group in groups:
            votes = [
                (left, (*own, n))
                for possible, own in votes
                for n in range(min(group.size, self.choices - sum(own)) + 1)
                if (left := possible & group.allows[n])
            ]
        fits = [
            _mask(n - 1 <= sum(counts) - chosen <= (n - 1) * self.per_person for n, *counts in alike)
            for chosen in range(self.choices + 1)
        ]
        return ((possible & fits[sum(own)], own) for possible, own in votes if any(own))


class _Group:
    """The options that share a label, and which of the results that look alike, a bit each, give them which counts."""

    def __init__(self, voting: _Voting, alike: Sequence[Cells], first: int, size: int) -> None:
        self.size = size
        values = [result[first + 1 : first + 1 + size] for result in alike]
        chosen_at_all = [size - each.count(0) for each in values]
        # Options that everybody chose are among those of whoever attacks.
        shared = [each.count(result[0]) for each, result in zip(values, alike, strict=True)]
        self.allows = [
            _mask(few <= own <= most for few, most in zip(shared, chosen_at_all, strict=True))
            for own in range(size + 1)
        ]
        small = range(1, voting.smallest)
        chosen = [[n for n in each if n] for each in values]
        # Who finds that nobody else chose as they did has learnt of no one.
        self._of_own = [_only(chosen, n) for n in small[1:]]
        self._of_others: list[list[tuple[int, int]]] = []
        for own in range(size + 1):
            left = [
                [n for n in each if most - bool(n) >= own] for each, most in zip(values, chosen_at_all, strict=True)
            ]
            self._of_others.append([_only(left, n) for n in small])

    def is_told(self, possible: int, own: int) -> bool:
        """Tell whether the count of one of them is small and always the same, when `own` are the attacker's choice."""
        masks = self._of_others[own] + (self._of_own if own else [])
        return any(possible & has_it and not possible & has_other for has_it, has_other in masks)


def _only(values: Sequence[Sequence[int]], number: int) -> tuple[int, int]:
    """Give the results in which an option may have this count, and those in which it may have another."""
    return _mask(number in each for each in values), _mask(any(n != number for n in each) for each in values)


def _mask(bits: Iterable[bool]) -> int:
    return sum(1 << n for n, bit in enumerate(bits) if bit)


def _spans(labels: Labels) -> list[tuple[int, int]]:
    sizes = [len(list(group)) for _label, group in groupby(labels)]
    return [(sum(sizes[:n]), size) for n, size in enumerate(sizes)]


@lru_cache(maxsize=256)
def _rungs(over_half: Labels, voting: _Voting) -> dict[Cells, int]:
    results = [
        (answered, *counts)
        for answered in range(voting.floor, voting.people + 1)
        for counts in _falling(over_half, answered)
        if max(answered, answered * (voting.per_person - 1) + 1) <= sum(counts) <= answered * voting.per_person
    ]

    def rung(places: int) -> tuple[Look, Attack]:
        def look(result: Cells) -> Labels:
            return _labels(result, places)

        return look, lambda alike: voting.attack(alike, look(alike[0]))

    def worth(settled: dict[Cells, int]) -> tuple[int, int]:
        # A group hopes to learn what came first, and then the rest; many ways to vote come to the likelier results.
        ways = {(n, *counts): prod(comb(n, each) for each in counts) for n, *counts in settled}
        first = sum(n for each, n in ways.items() if settled[each] < 3)
        return first, sum(n * (4 - settled[each]) for each, n in ways.items())

    rungs = [rung(places) for places in (len(over_half), 2, 1, 0)]
    is_many = voting.choices > 1 and len(results) << len(over_half) > _MOST_VOTES
    # To say less of all can save a few from silence: where most are told apart, the few that are left are known.
    ladders = [settle(results, rungs[n:]) for n in range(2 * is_many, 4)]
    offset = [{each: rung + n for each, rung in ladder.items()} for n, ladder in enumerate(ladders, 2 * is_many)]
    return max(offset, key=worth)


def _falling(over_half: Labels, answered: int) -> Iterator[Cells]:
    """Give every falling row of counts in which as many options as here have more than half."""
    half = answered // 2
    over = sum(most for _place, most in over_half)
    for high in combinations_with_replacement(range(answered, half, -1), over):
        for low in combinations_with_replacement(range(half, -1, -1), len(over_half) - over):
            yield high + low
