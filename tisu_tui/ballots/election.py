"""The ballots of a file in one form, what a method makes of them, and that in words and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import partial

from tisu_tui.core import ranking
from tisu_tui.core.ranking import Pairwise, Ranking, RunoffRound
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

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


def as_data(outcome: ElectionResult) -> dict[str, object]:
    """Give an outcome as JSON can hold it; fractions are rounded to what a float can hold."""
    data: dict[str, object] = {
        "method": outcome.method.value,
        "options": list(outcome.options),
        "voters": outcome.voters,
        "winners": sorted(outcome.winners),
    }
    if outcome.scores:
        data["scores"] = _plain(outcome.scores)
    if outcome.supporters:
        data["supporters"] = dict(outcome.supporters)
    if outcome.pairwise:
        data["condorcet"] = outcome.condorcet
        data["pairwise"] = {each: dict(row) for each, row in outcome.pairwise.items()}
        data["paths"] = {each: dict(row) for each, row in outcome.paths.items()}
    if outcome.rounds:
        data["rounds"] = [
            {"votes": _plain(round_.votes), "in_play": round_.in_play, "dropped": list(round_.dropped)}
            for round_ in outcome.rounds
        ]
    return data


def _plain(numbers: Mapping[str, Number]) -> dict[str, int | float]:
    return {each: int(n) if n.denominator == 1 else float(n) for each, n in numbers.items()}


def as_lines(outcome: ElectionResult) -> Iterator[str]:
    """Tell an outcome line by line; names stand last on their line, so that tables stay aligned whatever they are."""
    yield _("Method: {method}").format(method=outcome.method)
    yield _("Voters: {n}").format(n=outcome.voters)
    names = ", ".join(outcome.winners)
    if len(outcome.winners) == 1:
        yield _("Winner: {name}").format(name=names)
    else:
        yield _("Tie: {names}").format(names=names)
        yield _("This method can't tell them apart. The group chooses.")
    if outcome.supporters:
        yield from ("", _("People, then dots:"), *_columns([outcome.supporters, outcome.scores]))
    elif outcome.scores:
        yield from ("", _("Scores:"), *_columns([outcome.scores]))
    if outcome.pairwise:
        yield from ("", _("How many put the option of the line above the option of the column:"))
        yield from _table(outcome.pairwise)
        if outcome.condorcet is None:
            yield _("No option beats every other one, so the strongest paths decide.")
        else:
            yield _("{name} beats every other option.").format(name=outcome.condorcet)
        yield from ("", _("Strongest path from the option of the line to the option of the column:"))
        yield from _table(outcome.paths)
    for number, round_ in enumerate(outcome.rounds, 1):
        ballots = ngettext("{n} ballot in play", "{n} ballots in play", round_.in_play).format(n=round_.in_play)
        yield from ("", _("Round {n}: {ballots}").format(n=number, ballots=ballots), *_columns([round_.votes]))
        if round_.dropped:
            yield _("Dropped: {names}").format(names=", ".join(round_.dropped))


def _columns(scores: Sequence[Mapping[str, Number]]) -> list[str]:
    """Put options in order by their scores, the best first."""
    names = sorted(scores[0], key=lambda name: [-score[name] for score in scores])
    return _aligned([[*(_number(score[name]) for score in scores), name] for name in names])


def _table(pairs: Pairwise) -> list[str]:
    numbers = [str(number) for number, _name in enumerate(pairs, 1)]
    rows = [["", *numbers, ""]]
    for number, (name, row) in zip(numbers, pairs.items(), strict=True):
        rows.append([number, *(str(row[other]) if other != name else "-" for other in pairs), name])
    return _aligned(rows)


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    return [
        "  ".join(["", *(cell.rjust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


def _number(value: Number) -> str:
    """Write a number with an exact fraction behind it: 3, 1/2, 3 1/2."""
    whole, rest = divmod(value.numerator, value.denominator)
    if not rest:
        return str(whole)
    return f"{whole or ''} {rest}/{value.denominator}".strip()
