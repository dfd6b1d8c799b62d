"""What happens to a session: each function gives the session after it, without clock, chance, input or output."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.form import Option
from tisu_tui.core.records import Kept
from tisu_tui.core.released import Released, Theme
from tisu_tui.session.readback import noted
from tisu_tui.session.session import Fate, Held, Place, Round, Session, State
from tisu_tui.session.workshop import Workshop


def moved(session: Session, to: int) -> Session:
    """Go to a step, or to the reading of the notes after the last."""
    reached = min(max(session.furthest, to), len(session.workshop.steps) - 1)
    stood = session.place if to == len(session.workshop.steps) else None
    session = replace(_at(session, Place(to)), rounds=_counted(session), stood=stood, furthest=reached, left_open=False)
    step = session.step
    if step is None:
        return replace(session, place=Place(to, 1, State.SHOWN if session.is_reading else State.WAITING))
    own = [round_.number for round_ in session.rounds if round_.step == step.id]
    if own:
        return replace(session, place=Place(to, own[-1], State.SHOWN))
    rounds = sum(round_.counts_as == step.counts_as for round_ in session.rounds)
    return replace(session, place=Place(to, 1 + rounds))


def cut_short(session: Session) -> Session:
    """Go to the reading of the notes, whatever steps were still to come."""
    reading = Place(len(session.workshop.steps), 1, State.SHOWN)
    return replace(_at(session, reading), rounds=_counted(session), stood=session.place, paused=False)


def returned(session: Session) -> Session:
    """Go back from reading the notes to where the session stood."""
    assert session.stood is not None
    return replace(session, place=session.stood, stood=None, left_open=False)


def again(session: Session) -> Session:
    """Run the present step once more, as a new round."""
    return _at(session, Place(session.place.step, session.place.round + 1))


def opened(session: Session, people: int, options: tuple[Option, ...] = (), screens: int = 0) -> Session:
    """Open the present step in a room of so many people, with so many screens."""
    step = session.step
    assert step is not None
    new = Round(step.id, step.counts_as, session.place.round, people, options, screens=screens)
    session = replace(session, rounds=(*session.rounds, new), largest=max(session.largest, people))
    return reopened(session)


def reopened(session: Session) -> Session:
    """Open the present step again after that was taken back."""
    return _at(session, replace(session.place, state=State.OPEN))


def unopened(session: Session) -> Session:
    """Take the opening of the present step back; its round, and what was answered, wait until it opens again."""
    return _at(session, replace(session.place, state=State.WAITING))


def closed(session: Session, released: Released, words: tuple[str, ...] = (), *, crowded: bool = False) -> Session:
    """Close the present step with what was let out; crowded if more people answered than were here."""
    now = replace(_present(session), closed=released, held=tuple(map(Held, words)), crowded=crowded)
    session = _with_round(session, now)
    return _at(session, replace(session.place, state=State.CLOSED))


def accepted(session: Session) -> Session:
    """Let the result be shown although more people answered than were here."""
    return _with_round(session, replace(_present(session), crowded=False))


def showed(session: Session) -> Session:
    """Put the result on everybody's screen."""
    shown = session.shown | {_present(session).step}
    return replace(_at(session, replace(session.place, state=State.SHOWN)), shown=shown)


def entered(session: Session, field: str, texts: tuple[str, ...]) -> Session:
    """Fill a field in as the scribe, in place of what stood there."""
    now = _present(session)
    others = tuple(entry for entry in now.entries if entry[0] != field)
    return _with_round(session, replace(now, entries=(*others, (field, texts)) if texts else others))


def prepared(session: Session, step: str, options: tuple[Option, ...]) -> Session:
    """Set the options of a step that has yet to open."""
    others = tuple(each for each in session.prepared if each[0] != step)
    return replace(session, prepared=(*others, (step, options)))


def decided(session: Session, numbers: Collection[int], fate: Fate, text: str = "") -> Session:
    """Keep or strike lines of words, by number from 1, or give them other words."""
    now = _present(session)
    is_struck = fate is Fate.STRUCK
    held = tuple(
        Held("" if is_struck else text or line.text, fate, line.theme) if n in numbers else line
        for n, line in enumerate(now.held, 1)
    )
    struck = len(numbers) if is_struck else 0
    return replace(_with_round(session, replace(now, held=held)), struck=session.struck + struck)


def themed(session: Session, theme: Theme) -> Session:
    """Name a theme; no members takes it away again."""
    now = _present(session)
    named = {each.name: each for each in now.themes} | {theme.name: theme}
    themes = tuple(each for each in named.values() if each.members)
    # A line of two themes is told once, under the first.
    under = {n: each.name for each in reversed(themes) for n in each.members}
    held = tuple(replace(line, theme=under.get(n, "")) for n, line in enumerate(now.held, 1))
    return _with_round(session, replace(now, themes=themes, held=held))


def recorded(session: Session, record: Kept) -> Session:
    """Make a record."""
    return replace(session, records=(*session.records, record), made=session.made + 1)


def replanned(session: Session, workshop: Workshop) -> Session:
    """Go on with other steps to come."""
    # A step that was reached stays so, wherever it stands now.
    names = [step.id for step in workshop.steps]
    reached = session.workshop.steps[session.furthest].id if session.furthest >= 0 else ""
    return replace(session, workshop=workshop, furthest=names.index(reached) if reached else -1)


def sealed(session: Session) -> Session:
    """Seal the session: what was for the people in the room, and for the facilitator alone, goes."""
    session = without_asked(session)
    # What was kept in the room was for the people in it, as long as they were together.
    private = {step.id for step in session.workshop.steps if step.tier is Tier.ROOM}
    rounds = tuple(
        replace(round_, held=tuple(line for line in round_.held if line.fate is Fate.KEPT))
        for round_ in session.rounds
        if round_.step not in private and not round_.crowded
    )
    return replace(
        _at(session, Place(len(session.workshop.steps), 1, State.ENDED)),
        rounds=rounds,
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
    )


def without_asked(session: Session) -> Session:
    """Leave out what people said in their own words and somebody asked about, and nobody has answered.

    What the group made aloud, a decision or an action, stays: it is not one person's to take away in silence.
    """
    while line := next((each for each in noted(session) if each.key in session.asked and not each.is_record), None):
        session = line.change("")
    return session


def _counted(session: Session) -> tuple[Round, ...]:
    # A round that was open and never counted leaves nothing behind.
    return tuple(round_ for round_ in session.rounds if round_.closed is not None)


def _at(session: Session, place: Place) -> Session:
    return replace(session, place=place, closes_soon=False, resumed=False)


def _present(session: Session) -> Round:
    assert session.round is not None
    return session.round


def _with_round(session: Session, new: Round) -> Session:
    now = session.round
    return replace(session, rounds=tuple(new if round_ is now else round_ for round_ in session.rounds))
