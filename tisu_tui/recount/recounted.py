"""Works the verdicts of a session out again from the counts that it kept, and compares them with what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from gettext import gettext as _
from math import ceil

from tisu_tui.core.activity import Given, Tier
from tisu_tui.core.form import Pick
from tisu_tui.core.released import NOT_RATED, Finding, Found, Released, ReleasedTally, pair_field
from tisu_tui.core.shown import Number
from tisu_tui.core.size import FLOOR, Size, Way, within
from tisu_tui.recount import definitions
from tisu_tui.recount.tallies import Groups, difference, numbers
from tisu_tui.recount.voices import voice_differences
from tisu_tui.session.session import Round, Session
from tisu_tui.session.workshop import Step

_HOLDING = frozenset({"object", "change"})
"""The answers of which one alone holds a proposal, or a line of an agreement, until it was talked over."""

_DECIDES = frozenset({Finding.ORDER, Finding.MAJORITY, Finding.WINNER, Finding.CARRIED})


class Outcome(Enum):
    """What became of recounting one round."""

    SAME = "the same"
    DIFFERENT = "different"
    NO_COUNTS = "not recountable in a room this small"
    SPOKEN = "spoken aloud, so nothing was counted"
    WITHHELD = "nothing of it was kept"


@dataclass(frozen=True, slots=True)
class Recount:
    """One round of one step, recounted: `answers` is how many people answered, where that was told.

    `differences` says what does not follow from the counts, `doubts` what they leave open.
    """

    number: int
    step: Step
    round: int
    outcome: Outcome
    answers: int = 0
    differences: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def recount(session: Session) -> tuple[Recount, ...]:
    """Recount every round that may have a verdict, in the order of the agenda; what is kept in the room is left."""
    return tuple(
        _recounted(number, step, each, each.closed)
        for number, step in enumerate(session.workshop.steps, 1)
        for each in session.rounds
        if each.step == step.id and each.closed is not None and step.activity.finds and step.tier is not Tier.ROOM
    )


def _recounted(number: int, step: Step, each: Round, released: Released) -> Recount:
    if not released.tallies:
        is_spoken = released.way in {Way.ALONE, Way.ALOUD} and not released.nothing
        return Recount(number, step, each.number, Outcome.SPOKEN if is_spoken else Outcome.WITHHELD)
    rows = {pair_field(tally.field, option.id) for tally in released.tallies for option in tally.options}
    fields = [tally for tally in released.tallies if tally.field not in rows]
    counted = [found for tally in fields if (found := _counted(released, tally))]
    if not counted:
        return Recount(number, step, each.number, Outcome.NO_COUNTS)
    differences = [told for found in counted for told in _differences(found, step, each, released)]
    differences += voice_differences(released)
    doubts = [_quorum_doubt(step, each, released)] if Finding.CARRIED in step.activity.finds else []
    if any(_has_hidden_dots(found, step, each) for found in counted):
        doubts.append(_("Dots were not kept, so what as many people gave one can't be put in order again."))
    outcome = Outcome.DIFFERENT if differences else Outcome.SAME
    answers = max(found.answered for found in counted)
    return Recount(number, step, each.number, outcome, answers, tuple(differences), tuple(filter(None, doubts)))


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
        return definitions.order({name: (people, *_whole(dots)) for (name, people), dots in pairs})

    @property
    def on_scale(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The points of the scale with their counts, without what stands beside a scale."""
        points = {name: people for name, people in self.counts.items() if name not in NOT_RATED}
        return tuple(points), tuple(points.values())


def _counted(released: Released, tally: ReleasedTally) -> _Counted | None:
    counts = numbers(tally)
    rows = {each.id: released.tally(pair_field(tally.field, each.id)) for each in tally.options}
    told = {name: numbers(row) for name, row in rows.items() if row}
    table = {name: row for name, row in told.items() if row is not None}
    is_whole = len(table) == len(told) and len(told) in {0, len(rows)}
    if counts is None or not isinstance(tally.answered, int) or not is_whole:
        return None
    return _Counted(tally, counts, tally.answered, table)


def _whole(dots: Number) -> tuple[int, ...]:
    return (dots,) if isinstance(dots, int) else ()


def _differences(counted: _Counted, step: Step, each: Round, released: Released) -> Iterator[str]:
    about = f"{counted.tally.title}: " if counted.tally.title else ""
    for found in counted.tally.found:
        expected = _expected(counted, found.finding, step, each, released)
        is_parted = _has_hidden_dots(counted, step, each) and _parts(found, expected[0])
        if found.groups not in expected and not is_parted:
            yield about + difference(counted.tally, found, expected[0])
    missing = step.activity.finds & _DECIDES - {found.finding for found in counted.tally.found}
    if step.activity.is_vote and missing and counted.answered >= max(step.floor, FLOOR):
        yield about + _("the verdict is missing")


def _expected(counted: _Counted, finding: Finding, step: Step, each: Round, released: Released) -> tuple[Groups, ...]:
    """Give what a finding may be by the counts: one thing, or two where only who was there would tell."""
    points, counts = counted.on_scale
    match finding:
        case Finding.ORDER:
            return (counted.order,)
        case Finding.WINNER:
            return (counted.order[:1],)
        case Finding.MAJORITY:
            most = definitions.majority(counted.counts, counted.answered)
            best_first = tuple(name for group in counted.order for name in group if name in most)
            return ((best_first,) if best_first else (),)
        case Finding.MEDIAN:
            low, high = definitions.middle(counts)
            return (((points[low],) if low == high else (points[low], points[high]),),)
        case Finding.QUARTILES:
            low, high = definitions.quartiles(counts)
            return (((points[low],), (points[high],)),)
        case Finding.SPREAD:
            return (((definitions.spread(counts),),),)
        case Finding.CARRIED:
            return _carried(counted, _are_enough(step, each, released))


def _has_hidden_dots(counted: _Counted, step: Step, each: Round) -> bool:
    """Tell whether people shared out dots of which only the people were told: dots part who ties in people."""
    field = step.activity.form(Given(each.options, each.number), Size(each.people, step.floor)).field(
        counted.tally.field
    )
    return isinstance(field, Pick) and field.each > 1 and not counted.tally.weights


def _parts(found: Found, expected: Groups) -> bool:
    """Tell whether an order, or the first of one, only parts ties of another."""
    left = [*found.groups]
    for group in expected:
        taken: set[str] = set()
        while left and {*left[0]} <= {*group}:
            taken |= {*left.pop(0)}
        if found.finding is Finding.ORDER and taken != {*group}:
            return False
    return found.finding in {Finding.ORDER, Finding.WINNER} and not left


def _carried(counted: _Counted, are_enough: bool | None) -> tuple[Groups, ...]:  # noqa: FBT001 - three answers, not a switch
    objections = sum(people for name, people in counted.counts.items() if name in _HOLDING)
    aside = counted.counts.get("aside", 0)
    word = definitions.consent(objections, aside, counted.answered)
    if objections or are_enough:
        return (((word,),),)
    absent: Groups = (("absent",),)
    return (((word,),), absent) if are_enough is None else (absent,)


def _are_enough(step: Step, each: Round, released: Released) -> bool | None:
    """Tell whether enough people were there when it closed; `None` where the band that was kept doesn't tell."""
    rule = step.activity.rule(Given(each.options, each.number), Size(each.people, step.floor))
    needed = ceil(rule.share * each.people) if rule else 0
    low, high = within(released.people)
    if needed <= low:
        return True
    return False if needed > min(high, each.people) else None


def _quorum_doubt(step: Step, each: Round, released: Released) -> str:
    if _are_enough(step, each, released) is not None:
        return ""
    return _("Whether enough people were there can't be recounted: only a band of people is kept.")
