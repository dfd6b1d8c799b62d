"""What one role may see of a session at one moment: the only thing a surface is given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from tisu_tui.core.activity import Tier
from tisu_tui.core.contacts import read_contact, whom_to_turn_to
from tisu_tui.core.figure import Picture
from tisu_tui.core.form import Answer, By, Form, Option, Write
from tisu_tui.core.records import Kept
from tisu_tui.core.shown import Shown
from tisu_tui.core.size import Size, Way, band
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import said, speaking
from tisu_tui.session.decisions import decisions, read_out, right_words
from tisu_tui.session.flow import Move, is_unsettled, next_move
from tisu_tui.session.pen import PenState
from tisu_tui.session.readback import Line, reading
from tisu_tui.session.session import Place, Session, State, Unsent
from tisu_tui.session.workshop import AFTERCARE, Block, Span, Step
from tisu_tui.view.arriving import counting_words, lobby, recap, screens_at_opening
from tisu_tui.view.facilitator import Desk, desk
from tisu_tui.view.in_language import in_own_roles
from tisu_tui.view.live import Live
from tisu_tui.view.phrases import failing_words, stopped_words, waiting_words
from tisu_tui.view.present_step import came_of, offered, pictured, size_now, unsettled_words
from tisu_tui.view.remarks import carried_sentence, thought_about_sentence


class Role(StrEnum):
    """Who is looking."""

    FACILITATOR = "facilitator"
    SCREEN = "screen"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class View:
    """One moment for one role; `answer` is this seat's own, `desk` the facilitator's."""

    role: Role
    place: Place
    title: str
    total: int
    """How many steps there are."""
    way: Way
    people: str
    """How many are in the room, as a band."""
    heading: str = ""
    content_note: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    right: str = ""
    rule: str = ""
    """How a vote is decided, as it is said before the vote."""
    form: Form | None = None
    proposal: str = ""
    """What is going to be put to the group, said while there is time to think about it."""
    unsettled: str = ""
    """What everybody reads while the group has yet to say what is asked."""
    offered: tuple[Option, ...] = ()
    """What could be put to the group, of which one thing is."""
    promise: str = ""
    choice_promise: str = ""
    """As much of the promise as is about answers that nobody writes in words of their own."""
    pen: PenState = PenState.WITH_SCRIBE
    """Who may write the answers of this step beside the scribe."""
    is_saved: bool = True
    """Whether an answer given now is on disk before it is acknowledged."""
    shown: tuple[Shown, ...] = ()
    picture: Picture | None = None
    """What is asked or what came of it, as a figure; it says nothing that is not in `form` or `shown`."""
    beside: tuple[Shown, ...] = ()
    """Of what is shown, all that the picture does not stand for."""
    rest: int = 0
    """How many minutes of rest this step is; 0 where people don't rest in it."""
    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What the scribe has typed in this step, under the titles of the fields."""
    records: tuple[Kept, ...] = ()
    careful: bool = False
    """Whether small rooms are told words in place of numbers."""
    far: bool = False
    """Whether people may come in by doors on other computers, which then hold what they type, too."""
    screens: int = 0
    """How many screens there are, to be compared with heads: as the open question was asked, or in the lobby."""
    counting: str = ""
    """What the shared screen asks once somebody says that there are more screens than people."""
    lobby: tuple[str, ...] = ()
    recap: tuple[str, ...] = ()
    reading: tuple[Line, ...] = ()
    agreed: tuple[str, ...] = ()
    """What was agreed and stands, said once more when it is over."""
    support: tuple[str, ...] = ()
    next: Move = Move.NONE
    """What the next press does, for those who may press."""
    asks: str = ""
    """What everybody is asked because somebody signalled it quietly."""
    progress: str = ""
    failing: str = ""
    """What everybody must know now: that nothing more can be stored, or that nobody paces the session."""
    stopped: str = ""
    """That the host stops, in words; nothing more is heard after it."""
    can_return: bool = True
    """Whether a seat that is left can be come back to."""
    resumed: bool = False
    paused: bool = False
    """Whether everybody pauses: nothing is asked until they go on."""
    closes_soon: bool = False
    """Whether the open question closes soon."""
    by_slip: bool = False
    """Whether nobody comes in without a slip."""
    left_open: bool = False
    """Whether the notes were left unsealed, to be thought over."""
    answer: Answer = field(default_factory=dict)
    unsent: Unsent | None = None
    """What this seat had written or marked and not sent, as its line was cut."""
    desk: Desk | None = None

    @property
    def asks_again(self) -> bool:
        """Whether the open question lost its answers when the host stopped."""
        return self.resumed and self.asks_everyone and not self.is_saved

    @property
    def asks_everyone(self) -> bool:
        """Whether people answer now, each on their own screen; or whoever looks has the pen."""
        return self.form is not None and (self.form.by is By.EVERYONE or self.pen is PenState.MINE)

    @property
    def is_scribed(self) -> bool:
        """Whether the scribe fills the open step in."""
        return self.form is not None and self.form.by is By.SCRIBE and bool(self.form.fields)

    @property
    def state(self) -> str:
        """Where the step stands, in one word."""
        if self.paused:
            return "paused"
        if self.is_reading:
            return "reading"
        return "closing" if self.closes_soon else self.place.state.value

    @property
    def own_desk(self) -> Desk:
        """The facilitator's own part, where nobody else's view comes."""
        assert self.desk is not None
        return self.desk

    @property
    def number(self) -> int:
        """The present step, from 1; 0 in the lobby, and after the last step still that one."""
        return min(self.place.step + 1, self.total)

    @property
    def numbered(self) -> tuple[Line, ...]:
        """The lines of the notes that can be changed, or asked about."""
        return tuple(line for line in self.reading if line.number)

    def line(self, number: int) -> Line | None:
        """Find a line of the notes by its number, as it was read out."""
        return next((line for line in self.numbered if line.number == number), None)

    @property
    def is_lobby(self) -> bool:
        """Whether the session has not started."""
        return self.place.step < 0

    @property
    def is_reading(self) -> bool:
        """Whether the group is reading the notes before they are sealed."""
        return self.place.step >= self.total and not self.is_ended

    @property
    def is_ended(self) -> bool:
        """Whether it is over."""
        return self.place.state is State.ENDED


def view(own: Session, role: Role, live: Live, told: Session | None = None, shared: View | None = None) -> View:
    """Draw up what a role may see, but for what is one seat's own.

    `own` is the session in the language of its workshop, `told` in that of this context, where it is another; `shared`
    is what everybody may see, if it has been worked out.
    """
    session = told or own
    seen = shared or _everybodys(own, session, live)
    if role is Role.PARTICIPANT:
        return seen
    move = next_move(own, live.seats)
    staffs = replace(
        seen,
        role=role,
        # Whether a result waits is the facilitator's alone to know.
        next=Move.SHOW if move is Move.ACCEPT and role is Role.SCREEN else move,
        progress=said(live.progress) if seen.form and seen.form.by is By.EVERYONE else "",
        failing=failing_words(session, live, to_staff=True)
        or (waiting_words(session, live) if role is Role.SCREEN else ""),
    )
    if role is Role.SCREEN:
        return replace(
            staffs,
            counting=counting_words(seen.screens or live.seats) if live.doubted else "",
            lobby=lobby(session, size_now(session, live), 0, far=live.far),
        )
    return replace(staffs, offered=offered(own, own.step) if own.step else (), desk=desk(session, live, own, move))


def _everybodys(own: Session, session: Session, live: Live) -> View:
    """Draw up what everybody may see, which is all that participants do."""
    step = session.step
    size = size_now(session, live)
    is_open = step is not None and session.place.state is State.OPEN
    form = in_own_roles(own, session, session.form(live.seats)) if is_open else None
    promise, choice_promise = _promises(own, size, live) if is_open else ("", "")
    shown, beside = came_of(session, step, size) if step and session.place.state is State.SHOWN else ((), ())
    picture = pictured(session, step, size) if step else None
    rule = step.activity.rule(session.given(step), size) if step else None
    return View(
        role=Role.PARTICIPANT,
        place=session.place,
        title=session.workshop.title,
        total=len(session.workshop.steps),
        way=size.way,
        people=band(size.people),
        heading=_heading(session),
        content_note=step.content_note if step else (),
        body=_body(session),
        right=right_words(step) if step else "",
        rule=rule.words if rule else "",
        form=form,
        proposal=step.activity.proposal(session.given(step)) if step and session.place.state is State.WAITING else "",
        unsettled=unsettled_words(session, step) if step and is_unsettled(session, live.seats) else "",
        offered=offered(session, step) if step else (),
        promise=promise,
        choice_promise=choice_promise,
        pen=live.pen,
        is_saved=step is not None and step.tier is not Tier.ROOM,
        shown=shown,
        picture=picture,
        beside=beside if picture else (),
        rest=step.minutes if step and step.activity.is_break else 0,
        entries=_entries(session, form),
        records=session.records,
        careful=session.is_careful,
        far=live.far,
        screens=session.round.screens if session.round else live.seats if session.place.step < 0 else 0,
        lobby=lobby(session, size, live.seats, far=live.far),
        recap=recap(session),
        reading=reading(session, read_out(session)) if session.is_reading else (),
        agreed=tuple(decision.told for decision in decisions(session) if decision.stands) if session.is_ended else (),
        support=tuple(read_contact(contact).said for contact in session.contacts),
        asks="" if session.is_ended else said(live.asks),
        failing=failing_words(session, live, to_staff=False) or waiting_words(session, live),
        stopped=stopped_words(session, live),
        can_return=not (session.is_ended or session.rehearsal),
        resumed=session.resumed,
        paused=session.paused,
        closes_soon=session.closes_soon,
        by_slip=bool(session.slips_given),
        left_open=session.left_open,
    )


def _heading(session: Session) -> str:
    if session.is_ended:
        return _("The end")
    if session.is_reading:
        return _("Reading the notes together")
    return session.step.title if session.step else ""


def _body(session: Session) -> tuple[Block, ...]:
    step = session.step
    if step is None:
        return session.workshop.intro if session.place.step < 0 else ()
    added = [_unopened_sentence(session, step), carried_sentence(session, step), thought_about_sentence(session, step)]
    if step.id == AFTERCARE:
        added.append(whom_to_turn_to(session.contacts))
    return (*step.body, *(Block("paragraph", (Span(each),)) for each in added if each))


def _unopened_sentence(session: Session, step: Step) -> str:
    """Say what becomes of answers to a question whose opening was taken back; else nothing."""
    waits = session.place.state is State.WAITING and session.round is not None and session.form(0).by is By.EVERYONE
    if not waits or (session.resumed and step.tier is Tier.ROOM):
        return ""
    return _("What was sent is kept, and is there when this opens again. If we go past it, it is counted.")


def _promises(session: Session, size: Size, live: Live) -> tuple[str, str]:
    """Say who sees an answer, and as much of it as is about what nobody writes.

    What was told before is known by the words of the session's own language, so the form has to be in those.
    """
    step = session.step
    assert step is not None
    with speaking(session.workshop.language):
        record, form = session.record(step), session.form(live.seats)
    at, too_few = session.round, session.is_too_small_for_voices(step, size)
    after = (
        *([_("There are too few of us to compare roles, so we won't ask yours.")] if too_few else []),
        *([screens_at_opening(at.screens)] if at and form.by is By.EVERYONE else []),
    )

    def promise(asked: Form) -> str:
        words = step.promised(size, asked, record, far=live.far)
        return " ".join((words, *after)) if words else ""

    unwritten = replace(form, fields=tuple(question for question in form.fields if not isinstance(question, Write)))
    whole = promise(form)
    return whole, whole if unwritten == form else promise(unwritten)


def _entries(session: Session, form: Form | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if form is None or form.by is not By.SCRIBE or session.round is None:
        return ()
    typed = dict(session.round.entries)
    return tuple((question.title, typed[question.id]) for question in form.fields if question.id in typed)
