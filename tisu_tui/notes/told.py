"""What the notes tell of each step: nothing of what stays in the room, and each round at the step that ran it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tisu_tui.core.activity import Given, Tier
from tisu_tui.core.form import By, Form, Write
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Say, Shown, withheld_sentence
from tisu_tui.core.size import FLOOR, Size, Way
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step
from tisu_tui.view.remarks import remarks


class Ran(Enum):
    """How far the group got with a step."""

    RESULT = "result"
    ROOM = "kept in the room"
    LINE = "talk or pause"
    NOTHING = "passed by, or nothing written down"
    UNREACHED = "not reached"


@dataclass(frozen=True, slots=True)
class Told:
    """One step with its place in the agenda; `rounds` are its own, `beside` those to show, earlier ones first."""

    number: int
    step: Step
    ran: Ran
    rounds: tuple[Released, ...] = ()
    beside: tuple[Released, ...] = ()
    by_scribe: bool = False
    """Whether the scribe filled it in because of what it is, and not because the room was small."""
    remarks: tuple[Shown, ...] = ()
    """What stands beside the result: how it came about, and what it was last time."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """How it ran, round by round; what the scribe fills in is spoken in a room of any size."""
        return tuple(Way.ALOUD if self.by_scribe else released.way for released in self.rounds)

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Its result, without the options offered to a room with a withheld result."""
        found: list[Shown] = []
        is_offer = False
        for part in self.step.activity.describe(self.beside) if self.beside else ():
            if not (is_offer and isinstance(part, Say)):
                found.append(part)
            is_offer = part == Say(withheld_sentence())
        return (*found, *self.remarks)


def told(session: Session) -> tuple[Told, ...]:
    """List every step of the agenda with what may be told of it."""
    steps = session.workshop.steps
    ran = {round_.step for round_ in session.rounds if round_.released is not None}
    result = []
    for n, step in enumerate(steps):
        how = _ran(session, n, ran)
        if how is Ran.RESULT:
            own = _rounds(session, (step.id,))
            family = tuple(each.id for each in steps[: n + 1] if each.counts_as == step.counts_as)
            beside = _rounds(session, family)
            said = tuple(remarks(session, step, beside))
            result.append(Told(n + 1, step, how, own, beside, usual_form(step).by is By.SCRIBE, said))
        else:
            result.append(Told(n + 1, step, how))
    return tuple(result)


def _ran(session: Session, at: int, ran: set[str]) -> Ran:
    step = session.workshop.steps[at]
    if at > session.furthest:
        return Ran.UNREACHED
    if step.activity.without_result():
        return Ran.LINE
    if step.tier is Tier.ROOM:
        return Ran.ROOM
    return Ran.RESULT if step.id in ran else Ran.NOTHING


def usual_form(step: Step) -> Form:
    """Return what a step asks in a room that is large enough for all of it: whom, and where its lines go."""
    return step.activity.form(Given(), Size(FLOOR))


def lists(step: Step) -> list[RecordKind]:
    """Name the lists that a step's lines go to."""
    return [
        RecordKind(question.record)
        for question in usual_form(step).fields
        if isinstance(question, Write) and question.record
    ]


def _rounds(session: Session, names: tuple[str, ...]) -> tuple[Released, ...]:
    private = {step.id for step in session.workshop.steps if step.tier is Tier.ROOM}
    return tuple(
        round_.released
        for round_ in session.rounds
        if round_.step in names and round_.step not in private and round_.released is not None
    )
