"""What a method made of ballots, in words and tables for people, and as data for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tisu_tui.ballots.election import ElectionResult, Number
from tisu_tui.core.ranking import Pairwise
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext


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
