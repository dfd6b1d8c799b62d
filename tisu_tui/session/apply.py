"""The session that each happening makes of another: no clock, no chance, no input or output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from tisu_tui.core.activity import Tier
from tisu_tui.core.form import Option
from tisu_tui.core.released import Theme, renamed
from tisu_tui.session import events
from tisu_tui.session.events import Event
from tisu_tui.session.readback import noted
from tisu_tui.session.session import Fate, Held, Place, Round, Session, State
from tisu_tui.session.workshop import Workshop


def fold(session: Session, happened: Iterable[Event]) -> Session:
    """Apply events one after another."""
    return reduce(apply, happened, session)


def apply(session: Session, event: Event) -> Session:
    """Make the session that it is after an event."""
    after = _after(session, event)
    if after.place != session.place:
        after = replace(after, closes_soon=False)
    if not after.asked:
        return after
    # What was asked about a line is gone with the line.
    return replace(after, asked=after.asked & {line.key for line in noted(after)})


def without_asked(session: Session) -> Session:
    """Leave out what people said in their own words and somebody asked about, and nobody has answered.

    What the group made aloud, a decision or an action, stays: it is not one person's to take away in silence.
    """
    while line := next((each for each in noted(session) if each.key in session.asked and not each.is_record), None):
        session = apply(session, line.change(""))
    return session


def _after(session: Session, event: Event) -> Session:
    match event:
        case events.Joined(hashed):
            return replace(session, register=session.register | {hashed})
        case events.SlipsGiven(made):
            given = session.slips_given + len(made)
            return replace(session, register=session.register | made, slips=session.slips | made, slips_given=given)
        case events.SlipUsed(hashed):
            return replace(session, slips=session.slips - {hashed})
        case events.SlipsCalledIn():
            used = session.register - session.slips
            return replace(session, register=used, slips=frozenset(), slips_given=0)
        case events.Moved(step):
            return _moved(session, step)
        case events.CutShort():
            return _cut_short(session)
        case events.Returned():
            assert session.stood is not None
            return replace(session, place=session.stood, stood=None, left_open=False)
        case events.Unopened():
            return _at(session, State.WAITING)
        case events.Reopened():
            return _at(session, State.OPEN)
        case events.TakenBack(before, fields):
            return replace(session, **{name: getattr(before, name) for name in fields})
        case events.Again():
            number = session.place.round + 1
            return replace(session, place=Place(session.place.step, number), resumed=False)
        case events.Opened(people, options, screens):
            return _opened(session, people, options, screens)
        case events.Closed(released, words, crowded):
            closed = replace(_present(session), closed=released, held=tuple(map(Held, words)), crowded=crowded)
            return _at(_with_round(session, closed), State.CLOSED)
        case events.Accepted():
            return _with_round(session, replace(_present(session), crowded=False))
        case events.Showed():
            return _showed(session)
        case events.Entered(field, texts):
            return _entered(session, field, texts)
        case events.Prepared(step_id, options):
            others = tuple(each for each in session.prepared if each[0] != step_id)
            return replace(session, prepared=(*others, (step_id, options)))
        case events.Decided():
            return _decided(session, event)
        case events.Themed(theme):
            return _themed(session, theme)
        case events.Recorded(record):
            return replace(session, records=(*session.records, record), made=session.made + 1)
        case events.Unrecorded(name):
            left = tuple(each for each in session.records if each.id != name)
            return replace(session, records=left, struck=session.struck + 1)
        case events.Rewritten():
            return _rewritten(session, event)
        case events.Rerecorded(record):
            records = tuple(record if each.id == record.id else each for each in session.records)
            return replace(session, records=records, softened=session.softened + 1)
        case events.Asked(key):
            return replace(session, asked=session.asked | {key})
        case events.Answered(key):
            return replace(session, asked=session.asked - {key})
        case events.LeftOpen():
            return replace(session, left_open=True)
        case events.Counted(people_in_room, hands):
            # Hands are of people without a device; only counted heads answer what was asked about screens.
            doubted = session.doubted and hands != session.hands
            return replace(session, people=people_in_room, hands=hands, doubted=doubted)
        case events.LooksAnnounced(twice):
            assert session.step is not None
            looked = tuple(each for each in session.twice if each != session.step.counts_as)
            return replace(session, twice=(*looked, session.step.counts_as) if twice else looked)
        case events.Doubted():
            return replace(session, doubted=True)
        case events.Paused(paused):
            return replace(session, paused=paused)
        case events.ClosingSoon():
            return replace(session, closes_soon=True)
        case events.TookCare(careful):
            return replace(session, careful=careful)
        case events.LeadersCounted(leaders):
            return replace(session, leaders=leaders)
        case events.Locked(locked):
            return replace(session, locked=locked)
        case events.Jotted(text):
            return replace(session, jottings=(*session.jottings, text))
        case events.Replanned(workshop):
            return _replanned(session, workshop)
        case events.Resumed():
            return replace(session, resumed=True, left_open=False)
        case events.Ended():
            return _sealed(without_asked(session))


def _rewritten(session: Session, event: events.Rewritten) -> Session:
    # Where people chose between lines, the line is an option too: its count stays, and its words go.
    was, now = event.was, event.now or event.instead
    rounds = tuple(
        replace(each, options=renamed(each.options, was, now), closed=each.closed and each.closed.renamed(was, now))
        for each in (*session.rounds[: event.number], event.round, *session.rounds[event.number + 1 :])
    )
    prepared = tuple((step, renamed(options, was, now)) for step, options in session.prepared)
    return replace(
        session,
        rounds=rounds,
        prepared=prepared,
        struck=session.struck + (not event.now),
        softened=session.softened + bool(event.now),
    )


def _moved(session: Session, to: int) -> Session:
    # A round that was open and never counted leaves nothing behind.
    left = tuple(r for r in session.rounds if r.closed is not None)
    reached = min(max(session.furthest, to), len(session.workshop.steps) - 1)
    stood = session.place if to == len(session.workshop.steps) else None
    session = replace(
        session, rounds=left, place=Place(to), stood=stood, resumed=False, furthest=reached, left_open=False
    )
    step = session.step
    if step is None:
        return replace(session, place=Place(to, 1, State.SHOWN if session.is_reading else State.WAITING))
    own = [r.number for r in session.rounds if r.step == step.id]
    if own:
        return replace(session, place=Place(to, own[-1], State.SHOWN))
    return replace(session, place=Place(to, 1 + sum(r.counts_as == step.counts_as for r in session.rounds)))


def _cut_short(session: Session) -> Session:
    counted = tuple(each for each in session.rounds if each.closed is not None)
    reading = Place(len(session.workshop.steps), 1, State.SHOWN)
    return replace(session, rounds=counted, place=reading, stood=session.place, resumed=False, paused=False)


def _replanned(session: Session, workshop: Workshop) -> Session:
    # A step that was reached stays so, wherever it stands now.
    names = [each.id for each in workshop.steps]
    reached = session.workshop.steps[session.furthest].id if session.furthest >= 0 else ""
    return replace(session, workshop=workshop, furthest=names.index(reached) if reached else -1)


def _showed(session: Session) -> Session:
    shown = session.shown | {session.step.id} if session.step else session.shown
    return replace(_at(session, State.SHOWN), shown=shown)


def _opened(session: Session, people: int, options: tuple[Option, ...], screens: int) -> Session:
    step = session.step
    assert step is not None
    opened = Round(step.id, step.counts_as, session.place.round, people, options, screens=screens)
    session = replace(session, rounds=(*session.rounds, opened), largest=max(session.largest, people))
    return _at(session, State.OPEN)


def _at(session: Session, state: State) -> Session:
    return replace(session, place=replace(session.place, state=state), resumed=False)


def _present(session: Session) -> Round:
    assert session.round is not None
    return session.round


def _with_round(session: Session, new: Round) -> Session:
    now = session.round
    return replace(session, rounds=tuple(new if each is now else each for each in session.rounds))


def _entered(session: Session, field: str, texts: tuple[str, ...]) -> Session:
    now = _present(session)
    others = tuple(each for each in now.entries if each[0] != field)
    return _with_round(session, replace(now, entries=(*others, (field, texts)) if texts else others))


def _decided(session: Session, event: events.Decided) -> Session:
    now = _present(session)
    is_struck = event.fate is Fate.STRUCK
    held = tuple(
        Held("" if is_struck else event.text or line.text, event.fate, line.theme) if n in event.numbers else line
        for n, line in enumerate(now.held, 1)
    )
    struck = len(event.numbers) if is_struck else 0
    return replace(_with_round(session, replace(now, held=held)), struck=session.struck + struck)


def _themed(session: Session, theme: Theme) -> Session:
    now = _present(session)
    named = {each.name: each for each in now.themes} | {theme.name: theme}
    themes = tuple(each for each in named.values() if each.members)
    # A line of two themes is told once, under the first.
    under = {n: each.name for each in reversed(themes) for n in each.members}
    held = tuple(replace(line, theme=under.get(n, "")) for n, line in enumerate(now.held, 1))
    return _with_round(session, replace(now, themes=themes, held=held))


def _sealed(session: Session) -> Session:
    # What was kept in the room was for the people in it, as long as they were together.
    private = {step.id for step in session.workshop.steps if step.tier is Tier.ROOM}
    rounds = tuple(
        replace(each, held=tuple(line for line in each.held if line.fate is Fate.KEPT), crowded=False)
        for each in session.rounds
        if each.closed is not None and each.step not in private
    )
    return replace(
        session,
        rounds=rounds,
        place=Place(len(session.workshop.steps), 1, State.ENDED),
        code="",
        register=frozenset(),
        slips=frozenset(),
        slips_given=0,
        asked=frozenset(),
        stood=None,
        left_open=False,
        doubted=False,
        jottings=(),
        paused=False,
        resumed=False,
    )
