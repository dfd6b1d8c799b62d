"""What one role may see of a session at one moment: the only thing a surface is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from gettext import gettext as _
from gettext import ngettext

from tisu_tui.core.activity import Tier
from tisu_tui.core.beforehand import promised
from tisu_tui.core.contacts import support_warnings
from tisu_tui.core.decisions import decisions, may_be_sent_back, written
from tisu_tui.core.flow import next_words
from tisu_tui.core.form import Answer, By, Form, Option
from tisu_tui.core.reading import Line, noted, reading
from tisu_tui.core.records import Kept
from tisu_tui.core.released import Theme
from tisu_tui.core.remarks import carried_sentence, remarks
from tisu_tui.core.session import Held, Place, Session, State
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import FLOOR, Size, Way, band
from tisu_tui.core.voices import check_aloud, too_few
from tisu_tui.core.workshop import Block, Right, Span, Step


class Role(StrEnum):
    """Who is looking."""

    FACILITATOR = "facilitator"
    SCREEN = "screen"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Live:
    """What is true only while the host runs: people connected, coarse progress, a disk that failed, a lost lead."""

    seats: int = 0
    progress: str = ""
    failing: str = ""
    laptops: int = 0
    """How many laptops go from hand to hand."""
    guessed: bool = False
    """Whether so many wrong words were tried that somebody seems to be guessing."""
    slips: str = ""
    """How far slips that were given out are used, in a few words that change on the tick only."""
    frozen: bool = False
    """Whether everybody who paced the session has dropped out."""
    asked: frozenset[str] = frozenset()
    """Lines of the notes that somebody had asked about when the facilitator was last told."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One step of the run sheet: minutes planned, and whether it is behind us, now, or to come."""

    number: int
    title: str
    kind: str
    minutes: int
    is_now: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What only the facilitator sees."""

    notes: tuple[str, ...]
    next_words: str
    agenda: tuple[AgendaLine, ...]
    seats: int
    people: int | None
    hands: int
    locked: bool
    laptops: int = 0
    slips: str = ""
    """How many slips were given out, and in a few words how far they are used; empty where there are none."""
    held: tuple[Held, ...] = ()
    themes: tuple[Theme, ...] = ()
    options: tuple[Option, ...] = ()
    takes_options: bool = False
    preview: tuple[Shown, ...] = ()
    jottings: tuple[str, ...] = ()
    may_send_back: bool = False
    """Whether leaders may send the last decision back now."""
    concerns: tuple[str, ...] = ()
    """What should be put right before people come."""
    asked: tuple[int, ...] = ()
    """Numbers of the lines that somebody asks in private to have softened or left out."""
    left_out: tuple[int, ...] = ()
    """Those of them that sealing leaves out where nobody has answered."""
    leads: bool = True
    """Whether the session is led from this private screen, and not from another."""


@dataclass(frozen=True, slots=True)
class View:
    """One moment for one role. `number` is 0 in the lobby; `answer` is this seat's own; `desk` the facilitator's."""

    role: Role
    place: Place
    title: str
    number: int
    total: int
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
    promise: str = ""
    is_saved: bool = True
    """Whether an answer given now is on disk before it is acknowledged."""
    shown: tuple[Shown, ...] = ()
    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What the scribe has typed in this step, under the titles of the fields."""
    records: tuple[Kept, ...] = ()
    lobby: tuple[str, ...] = ()
    recap: tuple[str, ...] = ()
    reading: tuple[Line, ...] = ()
    support: tuple[str, ...] = ()
    progress: str = ""
    failing: str = ""
    """What everybody must know now: that nothing more can be stored, or that nobody paces the session."""
    resumed: bool = False
    by_slip: bool = False
    """Whether nobody comes in without a slip."""
    left_open: bool = False
    """Whether the notes were left unsealed, to be thought over."""
    answer: Answer = field(default_factory=dict)
    desk: Desk | None = None

    @property
    def asks_everyone(self) -> bool:
        """Whether people answer now, each on their own screen."""
        return self.form is not None and self.form.by is By.EVERYONE

    @property
    def is_lobby(self) -> bool:
        """Whether the session has not started."""
        return self.place.step < 0

    @property
    def is_ended(self) -> bool:
        """Whether it is over."""
        return self.place.state is State.ENDED


def view(session: Session, role: Role, live: Live, answer: Answer | None = None) -> View:
    """Draw up what a role may see; `answer` is the looking seat's own, and only a participant has one."""
    step = session.step
    size = _size(session, live)
    form = session.form(live.seats) if step and session.place.state is State.OPEN else None
    shown: tuple[Shown, ...] = ()
    if step and session.place.state is State.SHOWN:
        shown = _shown(session, step, size)
    return View(
        role=role,
        place=session.place,
        title=session.workshop.title,
        number=min(session.place.step + 1, len(session.workshop.steps)),
        total=len(session.workshop.steps),
        way=size.way,
        people=band(size.people),
        heading=_heading(session),
        content_note=step.content_note if step else (),
        body=_body(session),
        right=right_words(step) if step else "",
        rule=_rule(session, step, size) if step else "",
        form=form,
        promise=_promise(session, step, size, form) if step and form else "",
        is_saved=step is not None and step.tier is not Tier.ROOM,
        shown=shown,
        entries=_entries(session, form),
        records=session.records,
        lobby=_lobby(session, size) if session.place.step < 0 else (),
        recap=_recap(session),
        reading=reading(session) if session.is_reading else (),
        support=session.contacts,
        progress=live.progress if form and form.by is By.EVERYONE and role is not Role.PARTICIPANT else "",
        failing=live.failing or _waiting_words(session, role, live),
        resumed=session.resumed,
        by_slip=bool(session.slips_given),
        left_open=session.left_open,
        answer=dict(answer or {}) if role is Role.PARTICIPANT else {},
        desk=_desk(session, live) if role is Role.FACILITATOR else None,
    )


def _waiting_words(session: Session, role: Role, live: Live) -> str:
    if not live.frozen or session.is_ended or role is Role.FACILITATOR:
        return ""
    return _("The facilitator has lost the connection. Your answers are safe. Please wait a moment.")


def _size(session: Session, live: Live) -> Size:
    step, at = session.step, session.round
    return Size(at.people, step.floor) if step and at else session.size(live.seats, step)


def _heading(session: Session) -> str:
    if session.is_ended:
        return _("The end")
    if session.is_reading:
        return _("Reading the notes together")
    return session.step.title if session.step else ""


def _shown(session: Session, step: Step, size: Size) -> tuple[Shown, ...]:
    rounds = session.rounds_of(step)
    since = [said for each in decisions(session) if each.step.counts_as == step.counts_as for said in written(each)]
    aloud = [Say(words) for words in _asked_aloud(session, size)]
    return (*step.activity.describe(rounds), *remarks(session, step, rounds), *since, *aloud)


def _rule(session: Session, step: Step, size: Size) -> str:
    rule = step.activity.rule(session.given(step), size)
    return rule.words if rule else ""


def _asked_aloud(session: Session, size: Size) -> tuple[str, ...]:
    """Give what is asked openly of the whole room, because there are too few people to ask it in secret."""
    step = session.step
    if step is None or not session.is_too_small_for_voices(step, size):
        return ()
    return (check_aloud(session.workshop.voices),)


def _body(session: Session) -> tuple[Block, ...]:
    step = session.step
    if step is None:
        return session.workshop.intro if session.place.step < 0 else ()
    carried = carried_sentence(session, step)
    return (*step.body, *((Block("paragraph", (Span(carried),)),) if carried else ()))


def _promise(session: Session, step: Step, size: Size, form: Form) -> str:
    said = promised(step, size, form)
    return f"{said} {too_few()}" if said and session.is_too_small_for_voices(step, size) else said


def _entries(session: Session, form: Form | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    at = session.round
    if form is None or form.by is not By.SCRIBE or at is None:
        return ()
    typed: Mapping[str, tuple[str, ...]] = dict(at.entries)
    return tuple((each.title, typed[each.id]) for each in form.fields if each.id in typed)


def right_words(step: Step, right: Right | None = None) -> str:
    """Say who decides, before a vote; `right` where that is said in another step."""
    match right or step.right:
        case Right.WE_DECIDE:
            return _("We decide this here.")
        case Right.SEND_BACK:
            return _("We decide this here. Leaders may send it back once, with reasons and a date.")
        case Right.WE_ADVISE:
            who = step.advises or _("senior management")
            return _("We advise. {who} decides, and writes back with reasons.").format(who=who[:1].upper() + who[1:])
        case Right.INFORMATION:
            return _("This is for information. Nothing is decided by it.")
        case None:
            return ""


def asked_words(numbers: tuple[int, ...], left_out: tuple[int, ...]) -> str:
    """Say to the facilitator which lines somebody asks about, and what happens to them if nobody answers."""
    if not numbers:
        return ""
    asked = ngettext(
        "Somebody asks for line {lines} to be softened or left out.",
        "Somebody asks for lines {lines} to be softened or left out.",
        len(numbers),
    ).format(lines=_listed(numbers))
    stay = tuple(number for number in numbers if number not in left_out)
    if not left_out:
        return f"{asked} {_('What the group made aloud stays, unless you change it.')}"
    if not stay:
        return f"{asked} {_('What you do not answer is left out when you seal.')}"
    both = _("What you do not answer when you seal: {out} is left out, and {stay}, made aloud by the group, stays.")
    return f"{asked} {both.format(out=_listed(left_out), stay=_listed(stay))}"


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def left_open_words() -> str:
    """Say that the notes are not sealed yet, and what people can still do."""
    return _(
        "These notes stay open, so that we can think them over. Nothing is sealed. "
        "Until then, anyone may ask in private for a line to be softened or left out."
    )


def another_leads() -> str:
    """Say on a private screen that another one leads."""
    return _("Another private screen is leading. To lead from here: take")


def _lobby(session: Session, size: Size) -> tuple[str, ...]:
    welcome, way, host = lobby_words(size)
    by_slip = _("This session is by slip: everybody comes in with the three words of a slip of their own.")
    return (welcome, way, *([by_slip] if session.slips_given else []), host)


def _concerns(session: Session, live: Live) -> tuple[str, ...]:
    guessed = _("Many wrong words were tried. Somebody may be guessing, so coming back takes a little longer.")
    before = support_warnings(session.contacts, date.fromisoformat(session.date)) if session.place.step < 0 else ()
    return (*([guessed] if live.guessed else []), *before)


def _slips(session: Session, live: Live) -> str:
    if not session.slips_given:
        return ""
    given = _("Slips given out: {n}.").format(n=session.slips_given)
    return f"{given} {live.slips}".strip()


def laptop_words(desk: Desk) -> str:
    """Say that people answer on a shared laptop, and whether they are counted."""
    if desk.hands:
        return _("A laptop goes from hand to hand.")
    return _("A laptop goes from hand to hand. Count the people who share it: they are those without a device.")


def lobby_words(size: Size) -> tuple[str, str, str]:
    """Say before it starts who will see what, in a room of this size, and what the floor may bring."""
    welcome = _("Welcome. You can pass, pause or leave at any time. No one will ask you why.")
    match size.way:
        case Way.ALONE:
            way = _("You are the first one here. If nobody else comes, nothing you answer leaves your screen.")
        case Way.ALOUD:
            way = _(
                "So far we are fewer than {n}. If it stays so, we talk, and nothing secret is asked on screens. "
                "The scribe writes down what we agree."
            ).format(n=max(size.floor, FLOOR))
        case Way.SMALL:
            way = _(
                "We are a small room. Answers are secret. Check-ins stay with each person. "
                "With this few people, some results will not show. That is normal."
            )
        case Way.FULL:
            way = _(
                "Answers are secret. The room sees totals, and only after a question has closed. "
                "Some results may not show. That is normal."
            )
    host = _("The host computer holds your answer while a question is open. This is not a voting machine.")
    return (welcome, way, host)


def _recap(session: Session) -> tuple[str, ...]:
    step = session.step
    if step is None or session.place.step == 0:
        return ()
    records = ngettext("{n} thing is written down so far.", "{n} things are written down so far.", len(session.records))
    return (
        _("This is “{title}”.").format(title=session.workshop.title),
        _("We are at step {n} of {total}: {heading}").format(
            n=session.place.step + 1, total=len(session.workshop.steps), heading=step.title
        ),
        records.format(n=len(session.records)) if session.records else _("You have missed nothing you must know."),
    )


def _notes(session: Session) -> tuple[str, ...]:
    if session.step:
        return session.step.notes
    return session.workshop.notes if session.place.step < 0 else ()


def _next_words(session: Session, live: Live, left_out: tuple[int, ...]) -> str:
    words = next_words(session, live.seats)
    if not left_out:
        return words
    asked = _("leave out {lines}, which somebody asked about; {then}")
    return asked.format(lines=_listed(left_out), then=words)


def _desk(session: Session, live: Live) -> Desk:
    step, at, size = session.step, session.round, _size(session, live)
    preview: tuple[Shown, ...] = ()
    if step and session.place.state is State.CLOSED:
        preview = _shown(session, step, size)
    lines = [*enumerate(noted(session), 1)] if session.is_reading else []
    asked = [(number, line) for number, line in lines if line.key in live.asked & session.asked]
    left_out = tuple(number for number, line in asked if not line.is_record)
    return Desk(
        notes=(*_notes(session), *_asked_aloud(session, size)),
        next_words=_next_words(session, live, left_out),
        agenda=tuple(
            AgendaLine(n + 1, each.title, each.kind, each.minutes, n == session.place.step, n < session.place.step)
            for n, each in enumerate(session.workshop.steps)
        ),
        seats=live.seats,
        people=session.people,
        hands=session.hands,
        locked=session.locked,
        laptops=live.laptops,
        slips=_slips(session, live),
        held=at.held if at else (),
        themes=at.themes if at else (),
        options=session.choices(step) if step else (),
        takes_options=bool(step and step.from_id),
        preview=preview,
        jottings=session.jottings,
        may_send_back=may_be_sent_back(session),
        concerns=_concerns(session, live),
        asked=tuple(number for number, _line in asked),
        left_out=left_out,
    )
