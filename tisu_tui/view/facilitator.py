"""What only the facilitator sees of a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tisu_tui.core.contacts import support_warnings
from tisu_tui.core.enumerating import enumerated
from tisu_tui.core.form import By, Option
from tisu_tui.core.released import Theme
from tisu_tui.core.shown import Shown
from tisu_tui.core.signals import Signal, told
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext, said
from tisu_tui.session.decisions import may_be_sent_back
from tisu_tui.session.flow import Move, next_words
from tisu_tui.session.pen import PenState
from tisu_tui.session.readback import noted
from tisu_tui.session.session import Held, Session, State
from tisu_tui.view.live import Live
from tisu_tui.view.present_step import asked_aloud, came_of, size_now, source_left_unsorted
from tisu_tui.view.schedule import AgendaLine, agenda, forecast


@dataclass(frozen=True, slots=True)
class Desk:
    """The facilitator's own part of a view."""

    notes: tuple[str, ...]
    next_words: str
    agenda: tuple[AgendaLine, ...]
    seats: int
    people: int | None
    hands: int
    locked: bool
    laptops: int = 0
    leaders: int | None = None
    slips: str = ""
    """How many slips were given out, and in a few words how far they are used; empty where there are none."""
    held: tuple[Held, ...] = ()
    themes: tuple[Theme, ...] = ()
    options: tuple[Option, ...] = ()
    takes_options: bool = False
    sets_choices: bool = False
    """Whether the present step has choices that can be set before it opens."""
    proposes: bool = False
    """Whether the present step asks about one thing, which can be chosen or typed before it opens."""
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
    undo: str = ""
    """What can be taken back now, in a few words; empty where nothing can."""
    leads: bool = True
    """Whether the session is led from this private screen, and not from another."""
    forecast: str = ""
    """Whether we are late, and when it ends."""
    signals: tuple[Signal, ...] = ()
    """Quiet signals that were told and not yet answered."""
    date: str = ""
    """The day of the session, from which a day like Friday counts."""


def desk(session: Session, live: Live, own: Session, move: Move) -> Desk:
    """Draw up what the facilitator needs to take a session on.

    `own` is it in the workshop's language, in which choices are changed; `move` is what the next press does.
    """
    step, at, size = session.step, session.round, size_now(session, live)
    # Whoever has looked at a result can't ask again as if it had been told nowhere.
    waits = at is not None and at.crowded
    steps, here = session.workshop.steps, session.place.step
    lines = [*enumerate(noted(session), 1)] if session.is_reading else []
    asked = [(number, line) for number, line in lines if line.key in live.asked & session.asked]
    left_out = tuple(number for number, line in asked if not line.is_record)
    return Desk(
        notes=(*_notes(session), *asked_aloud(session, size)),
        next_words=_next_words(session, move, left_out),
        agenda=agenda(steps, here, session.furthest, live.times),
        seats=live.seats,
        people=session.people,
        hands=session.hands,
        locked=session.locked,
        laptops=live.laptops,
        leaders=session.leaders,
        slips=_slips(session, live),
        held=at.held if at and not waits else (),
        themes=at.themes if at else (),
        options=own.choices(own.step) if own.step else (),
        takes_options=bool(step and step.from_id),
        sets_choices=bool(step and at is None and session.takes_choices(step)),
        proposes=bool(step and at is None and step.activity.takes_one and session.place.state is State.WAITING),
        preview=came_of(session, step, size)[0] if step and session.place.state is State.CLOSED and not waits else (),
        jottings=session.jottings,
        may_send_back=may_be_sent_back(session),
        concerns=_concerns(session, live),
        asked=tuple(number for number, _line in asked),
        left_out=left_out,
        undo=said(live.undo),
        forecast=forecast(steps, here, live.times),
        signals=tuple(signal for signal in Signal if signal in live.signals),
        date=session.date,
    )


def _notes(session: Session) -> tuple[str, ...]:
    if session.step:
        return session.step.notes
    return session.workshop.notes if session.place.step < 0 else ()


def _next_words(session: Session, move: Move, left_out: tuple[int, ...]) -> str:
    words = next_words(session, move)
    asked = _("leave out {lines}, which somebody asked about; {then}")
    return asked.format(lines=enumerated(left_out), then=words) if left_out else words


def _slips(session: Session, live: Live) -> str:
    if not session.slips_given:
        return ""
    given = _("Slips given out: {n}.").format(n=session.slips_given)
    return f"{given} {said(live.slips)}".strip()


def _concerns(session: Session, live: Live) -> tuple[str, ...]:
    guessed = _("Many wrong words were tried. Somebody may be guessing, so coming back takes a little longer.")
    before = support_warnings(session.contacts, date.fromisoformat(session.date)) if session.place.step < 0 else ()
    count = _("Somebody says that there are more screens than people. Count heads aloud, and say it here: people 9.")
    unsorted = _("What people wrote in “{title}” is not sorted yet. To keep some of it, go back: key b, or back.")
    return (
        *_pen(live),
        *_signalled(session, live),
        *([count] if live.doubted else []),
        *([guessed] if live.guessed else []),
        *_knocks(live),
        *before,
        *_before_the_start(session, live),
        *_about_the_room(session, live),
        *([unsorted.format(title=source)] if (source := source_left_unsorted(session)) else []),
    )


def _pen(live: Live) -> Iterator[str]:
    """Say where the pen is, and how to take it back."""
    said = {
        PenState.OFFERED: _("Say this word to the guest: {word}. Whoever types it first has the pen."),
        PenState.HELD: _("A guest has the pen, and you can write too."),
        PenState.AWAY: _("Whoever has the pen has dropped out. You can write; if they come back, they go on."),
    }.get(live.pen, "")
    if said:
        yield f"{said.format(word=live.pen_word)} {_('To take it back: key @, or pen.')}"


def _signalled(session: Session, live: Live) -> Iterator[str]:
    """Say what was signalled quietly, and how to take it up."""
    if live.signals and not session.is_ended:
        said = " ".join(
            " ".join((told(signal), *(in_quotes(words) for words in live.questions if signal is Signal.QUESTION)))
            for signal in Signal
            if signal in live.signals
        )
        yield _("{said} To ask the room: key q, or signals. To let it go: key q, or signals no.").format(said=said)


def _before_the_start(session: Session, live: Live) -> Iterator[str]:
    """Say in the lobby what doesn't fit the workshop, and what it needs to know of the people."""
    if session.asks_how_many_lead and session.place.state in {State.WAITING, State.SHOWN}:
        yield _(
            "Some lines are about leaders. Ask how many here lead others, and say it (key h, or leaders 4). "
            "With fewer than three these lines are only thought about."
        )
    fits, here = session.workshop.people, session.size(live.seats).people
    if session.place.step < 0 and fits and here and here not in fits:
        fewer = _("This workshop is written for {people}, and fewer are here now.")
        more = _("This workshop is written for {people}, and more are here now.")
        yield (fewer if here < fits.least else more).format(people=fits.words)


def _about_the_room(session: Session, live: Live) -> Iterator[str]:
    """Warn when attendance doesn't match who answered or was asked."""
    step, at, state = session.step, session.round, session.place.state
    if step is None or at is None:
        return
    waits = session.resumed and state is State.OPEN and session.form(live.seats).by is By.EVERYONE
    if waits and session.size(live.seats).people < at.people:
        yield _("Not everybody is back. Wait before you close: with fewer people here, less can be shown.")
    if at.crowded and state is State.CLOSED:
        yield _(
            "More people answered than are here, so the result waits. Somebody may have answered twice. Accept it "
            "(y), or ask again (r), with the room locked or with slips."
        )


def asked_words(numbers: tuple[int, ...], left_out: tuple[int, ...]) -> str:
    """Tell the facilitator of private requests about lines, and of their default outcome."""
    if not numbers:
        return ""
    asked = ngettext(
        "Somebody asks for line {lines} to be softened or left out.",
        "Somebody asks for lines {lines} to be softened or left out.",
        len(numbers),
    ).format(lines=enumerated(numbers))
    stay = tuple(number for number in numbers if number not in left_out)
    if not left_out:
        return f"{asked} {_('What the group made aloud stays, unless you change it.')}"
    if not stay:
        return f"{asked} {_('What you do not answer is left out when you seal.')}"
    both = _("Where you do not answer, sealing leaves out {out} and keeps {stay}, made aloud by the group.")
    return f"{asked} {both.format(out=enumerated(left_out), stay=enumerated(stay))}"


def laptop_words(desk: Desk) -> str:
    """Say that people answer on a shared laptop, and whether they are counted."""
    if desk.hands:
        return _("A laptop goes from hand to hand.")
    return _("A laptop goes from hand to hand. Count the people who share it: they are those without a device.")


def another_leads() -> str:
    """Say on a private screen that another one leads."""
    return _("Another private screen is leading. To lead from here: press f, or type take.")


_MISTYPED = 30
"""Wrong join codes in a session that are nobody's business: a room mistypes."""


def _knocks(live: Live) -> tuple[str, ...]:
    """Tell what was tried at the door."""
    lines = []
    if tries := live.knocks.passphrases:
        tried = ngettext(
            "{n} wrong passphrase was tried for this screen. If that was not you, somebody is guessing.",
            "{n} wrong passphrases were tried for this screen. If that was not you, somebody is guessing.",
            tries,
        )
        lines.append(tried.format(n=tries))
    if live.knocks.codes > _MISTYPED:
        lines.append(_("Many wrong join codes were tried. Somebody may be guessing, so a wrong one takes longer."))
    return tuple(lines)
