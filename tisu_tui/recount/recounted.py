"""Recomputes a session's verdicts from its kept counts and compares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import NOT_RATED, Finding, Found, Released, ReleasedTally, pair_field
from tisu_tui.core.size import FLOOR, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.recount import definitions
from tisu_tui.session.session import Round, Session
from tisu_tui.session.workshop import Step

Groups = tuple[tuple[str, ...], ...]
"""What a finding says, as groups of options or of its own words."""
_DECIDES = frozenset({Finding.ORDER, Finding.WINNER})


class RecountResult(Enum):
    """What became of recounting one round."""

    SAME = "the same"
    DIFFERENT = "different"
    NO_COUNTS = "told in words, so there are no counts"
    SPOKEN = "spoken aloud, so nothing was counted"
    WITHHELD = "nothing of it was kept"


@dataclass(frozen=True, slots=True)
class Recount:
    """One round of one step, recounted: `answers` is how many people answered, where that was told.

    `differences` says what does not follow from the counts.
    """

    number: int
    step: Step
    round: int
    outcome: RecountResult
    answers: int = 0
    differences: tuple[str, ...] = ()


def recount(session: Session) -> tuple[Recount, ...]:
    """Recount every round that may have a verdict, in the order of the agenda; what is kept in the room is left."""
    return tuple(
        _recounted(number, step, round_, round_.closed)
        for number, step in enumerate(session.workshop.steps, 1)
        for round_ in session.rounds
        if round_.step == step.id and round_.closed is not None and step.activity.finds and step.tier is not Tier.ROOM
    )


def _recounted(number: int, step: Step, each: Round, released: Released) -> Recount:
    if released.nothing or not released.tallies:
        is_spoken = released.way in {Way.ALONE, Way.ALOUD} and not released.nothing
        return Recount(number, step, each.number, RecountResult.SPOKEN if is_spoken else RecountResult.WITHHELD)
    rows = {pair_field(tally.field, option.id) for tally in released.tallies for option in tally.options}
    fields = [tally for tally in released.tallies if tally.field not in rows]
    counted = [found for tally in fields if (found := _counted(released, tally))]
    if not counted:
        return Recount(number, step, each.number, RecountResult.NO_COUNTS)
    differences = [told for found in counted for told in _differences(found, step)]
    differences += voice_differences(released)
    outcome = RecountResult.DIFFERENT if differences else RecountResult.SAME
    answers = max(found.answered for found in counted)
    return Recount(number, step, each.number, outcome, answers, tuple(differences))


@dataclass(frozen=True, slots=True)
class _Counted:
    """A field whose every number was told; `table` has the pairs where people put options in order."""

    tally: ReleasedTally
    counts: Mapping[str, int]
    answered: int
    table: definitions.Table

    @property
    def order(self) -> Groups:
        """The options, best first, as they stand in the file where they tie."""
        if self.table:
            return definitions.ranked(self.table)
        weights = self.tally.weights or (0,) * len(self.counts)
        pairs = zip(self.counts.items(), weights, strict=True)
        return definitions.order(
            {name: (people, dots) if isinstance(dots, int) else (people,) for (name, people), dots in pairs}
        )

    @property
    def on_scale(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The points of the scale with their counts, without what stands beside a scale."""
        points = {name: people for name, people in self.counts.items() if name not in NOT_RATED}
        return tuple(points), tuple(points.values())


def _counted(released: Released, tally: ReleasedTally) -> _Counted | None:
    counts = numbers(tally)
    rows = {option.id: released.tally(pair_field(tally.field, option.id)) for option in tally.options}
    told = {name: numbers(row) for name, row in rows.items() if row}
    table = {name: row for name, row in told.items() if row is not None}
    is_whole = len(table) == len(told) and len(told) in {0, len(rows)}
    if counts is None or not isinstance(tally.answered, int) or not is_whole:
        return None
    return _Counted(tally, counts, tally.answered, table)


def _differences(counted: _Counted, step: Step) -> Iterator[str]:
    about = f"{counted.tally.title}: " if counted.tally.title else ""
    for found in counted.tally.found:
        expected = _expected(counted, found.finding)
        if found.groups != expected:
            yield about + difference(counted.tally, found, expected)
    missing = step.activity.finds & _DECIDES - {found.finding for found in counted.tally.found}
    if step.activity.is_vote and missing and counted.answered >= FLOOR:
        yield about + _("the verdict is missing")


def _expected(counted: _Counted, finding: Finding) -> Groups:
    """Give what a finding is by the counts; nothing for what is only told in words."""
    points, counts = counted.on_scale
    match finding:
        case Finding.ORDER:
            return counted.order
        case Finding.WINNER:
            return counted.order[:1]
        case Finding.MEDIAN:
            low, high = definitions.middle(counts)
            return ((points[low],) if low == high else (points[low], points[high]),)
        case Finding.QUARTILES:
            low, high = definitions.quartiles(counts)
            return ((points[low],), (points[high],))
        case Finding.SPREAD:
            return ((definitions.spread(counts),),)
        case _:
            return ()


def numbers(tally: ReleasedTally) -> Mapping[str, int] | None:
    """Give every option with its count; `None` where one is withheld."""
    names = (option.id for option in tally.options)
    told = {name: number for name, number in zip(names, tally.counts, strict=True) if isinstance(number, int)}
    return told if len(told) == len(tally.options) else None


def difference(tally: ReleasedTally, found: Found, expected: Groups) -> str:
    """Describe a difference between the recounted and the stored result."""
    right, wrong = (_said(tally, found.finding, each) for each in (expected, found.groups))
    return _("the counts say {expected}, the session says {found}").format(expected=right, found=wrong)


def _said(tally: ReleasedTally, finding: Finding, groups: Groups) -> str:
    # What is found of a spread is in words of its own, and none of the options.
    is_own = finding is Finding.SPREAD
    labels = ("; ".join(name if is_own else tally.label(name) for name in group) for group in groups)
    return " > ".join(f"“{label}”" for label in labels) or _("nothing")


def voice_differences(released: Released) -> Iterator[str]:
    """Report mismatches of each role, and options with more votes by role than in all."""
    for voice in released.voices:
        for tally in voice.tallies:
            counts = numbers(tally)
            for found in tally.found if counts is not None else ():
                expected = _of_role(tally, found)
                if expected is not None and found.groups != expected:
                    yield f"{voice.voice}: {difference(tally, found, expected)}"
    for whole in released.tallies:
        parts = [
            told
            for voice in released.voices
            for each in voice.tallies
            if each.field == whole.field
            if (told := numbers(each)) is not None
        ]
        for option, people in (numbers(whole) or {}).items():
            if sum(part.get(option, 0) for part in parts) > people:
                yield _("“{option}”: more people of all roles than of all").format(option=whole.label(option))


def _of_role(tally: ReleasedTally, found: Found) -> Groups | None:
    counts = numbers(tally) or {}
    if found.finding is Finding.MEDIAN:
        points = {name: people for name, people in counts.items() if name not in NOT_RATED}
        # Of a role the lower one is said, where two are in the middle.
        low, _high = definitions.middle([*points.values()])
        return (([*points][low],),)
    return None
