"""Counting of ranked ballots: Condorcet, Schulze, Borda and instant run-off, all exact, with ties left as ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Ranking = tuple[tuple[str, ...], ...]
"""A ranked ballot: groups of tied options, the best first; options that are left out tie for last."""

Ballots = Mapping[Ranking, int]
"""How many people cast each ballot; `Counter(rankings)` makes one."""

Pairwise = Mapping[str, Mapping[str, int]]
"""For every option and every other one, how many people put the first above the second."""


def pairwise(options: Sequence[str], ballots: Ballots) -> dict[str, dict[str, int]]:
    """Count for every two options how many people put one above the other."""
    wins = {option: {other: 0 for other in options if other != option} for option in options}
    for ranking, weight in ballots.items():
        below: list[str] = []
        for group in reversed(_complete(options, ranking)):
            for member in group:
                row = wins[member]
                for other in below:
                    row[other] += weight
            below += group
    return wins


def _complete(options: Sequence[str], ranking: Ranking) -> Ranking:
    ranked = {member for group in ranking for member in group}
    rest = tuple(option for option in options if option not in ranked)
    return (*ranking, rest) if rest else ranking


def condorcet(table: Pairwise) -> str | None:
    """Find the option that more people put above than below each other one, if there is one."""
    for each, row in table.items():
        if all(wins > table[other][each] for other, wins in row.items()):
            return each
    return None


def strongest_paths(table: Pairwise) -> dict[str, dict[str, int]]:
    """Find the strength of the strongest path from each option to each other one; 0 where there is none.

    A path leads from winner to loser, and is as strong as the fewest votes that won one of its steps: Schulze
    (2011, Social Choice and Welfare 36:267-303, doi:10.1007/s00355-010-0475-4), with winning votes.
    """
    paths = {
        each: {other: wins if wins > table[other][each] else 0 for other, wins in row.items()}
        for each, row in table.items()
    }
    for via, onward in paths.items():
        for start, row in paths.items():
            if start == via or not row[via]:
                continue
            for end, strength in onward.items():
                if end != start:
                    row[end] = max(row[end], min(row[via], strength))
    return paths


def schulze(table: Pairwise) -> tuple[str, ...]:
    """Find the winners by Schulze's method: the Condorcet winner where there is one, several where they tie."""
    paths = strongest_paths(table)
    return tuple(
        each for each, row in paths.items() if all(strength >= paths[other][each] for other, strength in row.items())
    )


def borda(options: Sequence[str], ballots: Ballots) -> dict[str, Fraction]:
    """Give each option, for each ballot, a point for every option below it; tied options share the average."""
    halves = dict.fromkeys(options, 0)
    for ranking, weight in ballots.items():
        below = len(options)
        for group in _complete(options, ranking):
            below -= len(group)
            for member in group:
                halves[member] += weight * (2 * below + len(group) - 1)
    return {each: Fraction(points, 2) for each, points in halves.items()}


@dataclass(frozen=True, slots=True)
class RunoffRound:
    """One round of an instant run-off: its counts and the options dropped."""

    votes: Mapping[str, Fraction]
    in_play: int
    """How many ballots rank an option that is still there; more than half of them is a majority."""
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Runoff:
    """The rounds of an instant run-off, and who won it."""

    rounds: tuple[RunoffRound, ...]
    winners: tuple[str, ...]


def instant_runoff(options: Sequence[str], ballots: Ballots) -> Runoff:
    """Drop the options with the fewest votes, all that tie together, until one has a majority or only ties are left.

    A ballot's vote is shared equally among the best options on it that are still there. A ballot that ranks none
    of them is no longer in play.
    """
    left = tuple(options)
    rounds: list[RunoffRound] = []
    while True:
        votes, in_play = _tally(left, ballots)
        fewest, most = min(votes.values()), max(votes.values())
        if fewest == most or most * 2 > in_play:
            rounds.append(RunoffRound(votes, in_play))
            return Runoff(tuple(rounds), tuple(each for each in left if votes[each] == most))
        rounds.append(RunoffRound(votes, in_play, tuple(each for each in left if votes[each] == fewest)))
        left = tuple(each for each in left if votes[each] > fewest)


def _tally(left: Sequence[str], ballots: Ballots) -> tuple[dict[str, Fraction], int]:
    # Adding whole numbers for each size of share first keeps fractions, which are slow, out of the loop.
    shared = {each: Counter[int]() for each in left}
    in_play = 0
    for ranking, weight in ballots.items():
        for group in ranking:
            if best := [member for member in group if member in shared]:
                in_play += weight
                for each in best:
                    shared[each][len(best)] += weight
                break
    votes = {
        each: sum((Fraction(weight, size) for size, weight in sizes.items()), Fraction())
        for each, sizes in shared.items()
    }
    return votes, in_play
