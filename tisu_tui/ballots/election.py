"""The ballots of a file, in one form for every method, and what a method makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import partial

from tisu_tui.core import ranking
from tisu_tui.core.ranking import Pairwise, Ranking, RunoffRound
from tisu_tui.core.translation import gettext as _

Marks = tuple[int, ...]
"""A ballot as a number for each option: its rank from 1, 0 for none; 1 where it is chosen; or its dots."""

Number = int | Fraction


class Method(StrEnum):
    """A way of counting, by the word that people type."""

    APPROVAL = "approval"
    DOTS = "dots"
    SCHULZE = "schulze"
    BORDA = "borda"
    IRV = "irv"


@dataclass(frozen=True, slots=True)
class Profile:
    """The options of a vote and how many people cast each ballot."""

    options: tuple[str, ...]
    ballots: Mapping[Marks, int]
    taken: tuple[str, ...] = ()
    """What of the file was taken for what, in sentences."""
    doubts: tuple[str, ...] = ()
    """What was counted and may be no ballot, and what was left out, in sentences."""

    @property
    def understood(self) -> tuple[str, ...]:
        """What the file was understood as, the options first."""
        return (_("Options: {names}").format(names=", ".join(self.options)), *self.taken)

    @property
    def voters(self) -> int:
        """How many people voted, those who chose nothing too."""
        return sum(self.ballots.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionResult:
    """The winners by one method, several where they tie, and everything they can be told from."""

    method: Method
    options: tuple[str, ...]
    voters: int
    winners: tuple[str, ...]
    """In the order of the file."""
    scores: Mapping[str, Number] = field(default_factory=dict)
    supporters: Mapping[str, int] = field(default_factory=dict)
    """How many people gave an option a dot; it comes before the number of dots."""
    pairwise: Pairwise = field(default_factory=dict)
    paths: Pairwise = field(default_factory=dict)
    condorcet: str | None = None
    rounds: tuple[RunoffRound, ...] = ()


def count(method: Method, profile: Profile) -> ElectionResult:
    """Count ballots that were read for the method."""
    options = profile.options
    outcome = partial(ElectionResult, method=method, options=options, voters=profile.voters)
    match method:
        case Method.APPROVAL:
            chosen = _sums(profile)
            return outcome(winners=_best(chosen), scores=chosen)
        case Method.DOTS:
            dots, people = _sums(profile), _people(profile)
            best = _best({option: (people[option], dots[option]) for option in options})
            return outcome(winners=best, scores=dots, supporters=people)
        case Method.SCHULZE:
            table = ranking.pairwise(options, _rankings(profile))
            return outcome(
                winners=ranking.schulze(table),
                pairwise=table,
                paths=ranking.strongest_paths(table),
                condorcet=ranking.condorcet(table),
            )
        case Method.BORDA:
            points = ranking.borda(options, _rankings(profile))
            return outcome(winners=_best(points), scores=points)
        case Method.IRV:
            runoff = ranking.instant_runoff(options, _rankings(profile))
            return outcome(winners=runoff.winners, rounds=runoff.rounds)


def _sums(profile: Profile) -> dict[str, int]:
    sums = dict.fromkeys(profile.options, 0)
    for marks, weight in profile.ballots.items():
        for option, mark in zip(profile.options, marks, strict=True):
            sums[option] += weight * mark
    return sums


def _people(profile: Profile) -> dict[str, int]:
    once: Counter[Marks] = Counter()
    for marks, weight in profile.ballots.items():
        once[tuple(map(bool, marks))] += weight
    return _sums(Profile(profile.options, once))


def _best(scores: Mapping[str, int] | Mapping[str, Fraction] | Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    most = max(scores.values())
    return tuple(each for each, score in scores.items() if score == most)


def _rankings(profile: Profile) -> Counter[Ranking]:
    rankings: Counter[Ranking] = Counter()
    for marks, weight in profile.ballots.items():
        rankings[_ranking(profile.options, marks)] += weight
    return rankings


def _ranking(options: tuple[str, ...], marks: Marks) -> Ranking:
    groups: dict[int, list[str]] = {}
    for option, rank in zip(options, marks, strict=True):
        if rank:
            groups.setdefault(rank, []).append(option)
    return tuple(tuple(groups[rank]) for rank in sorted(groups))
