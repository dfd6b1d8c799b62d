"""The effect of the facilitator's next press, for the room and for the footer."""

from __future__ import annotations

from enum import Enum

from tisu_tui.core.form import By
from tisu_tui.core.size import Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.commands import Direction
from tisu_tui.session.session import Place, Session, State
from tisu_tui.session.workshop import Step


class Move(Enum):
    """The next natural thing."""

    STEP = "step"
    OPEN = "open"
    CLOSE = "close"
    SHOW = "show"
    READ = "read"
    END = "end"
    NONE = "none"
    SETTLE = "settle"
    """The group says what it wants to be asked: nothing opens before."""
    ACCEPT = "accept"
    """A result that more people answered than were here waits until somebody says that it may be shown."""
    AGAIN = "again"
    GO_ON = "go on"
    """The pause of everybody ends."""


def is_unsettled(session: Session, seats: int) -> bool:
    """Tell whether the present step would open with nothing to choose from, or with several things where one is asked.

    Whoever is alone is asked nothing, and goes past it.
    """
    step = session.step
    if step is None or session.place.state is not State.WAITING:
        return False
    size = session.size(seats)
    several = step.activity.takes_one and len(session.options(step)) > 1
    return size.way is not Way.ALONE and (several or step.activity.form(session.given(step), size).is_empty)


def is_held_up(session: Session) -> bool:
    """Tell whether what was shown last of the present step is a worry."""
    step = session.step
    if step is None or session.place.state is not State.SHOWN:
        return False
    rounds = session.rounds_of(step)
    return bool(rounds) and step.activity.is_held_up(rounds[-1])


def next_move(session: Session, seats: int) -> Move:
    """Find the next natural thing in a room of so many seats."""
    last = session.place.step == len(session.workshop.steps) - 1
    onward = Move.READ if last else Move.STEP
    if session.paused:
        return Move.GO_ON
    match session.place.state:
        case State.ENDED:
            return Move.NONE
        case State.WAITING:
            if session.step is None:
                return Move.STEP
            return Move.SETTLE if is_unsettled(session, seats) else Move.OPEN
        case State.OPEN:
            by = session.form(seats).by
            return Move.CLOSE if by is By.EVERYONE else Move.SHOW if by is By.SCRIBE else onward
        case State.CLOSED:
            return Move.ACCEPT if session.round and session.round.crowded else Move.SHOW
        case State.SHOWN:
            if session.is_reading:
                return Move.END
            return Move.AGAIN if is_held_up(session) else onward


def why_no_two_looks(place: Place, *, was_asked: bool = False) -> str:
    """Say why two looks can't be announced here; empty where they can."""
    if place.step >= 0 and place.state is State.WAITING and place.round <= 1 and not was_asked:
        return ""
    return _("Two looks are announced before a question opens for the first time.")


def why_not(where: Direction, place: Place, total: int, *, paused: bool, is_asked: bool) -> str:
    """Say why the session can't go there from here; empty where it can. People answer while it `is_asked`."""
    if paused and where not in {Direction.NEXT, Direction.END}:
        return _("We pause. Go on first, and then go there.")
    match where:
        case Direction.BACK if place.step < 0:
            return _("This is the beginning.")
        case Direction.BACK if is_asked or place.state is State.CLOSED:
            return _("Close this question and show it first.")
        case Direction.SKIP if place.step >= total:
            return _("There is nothing left to skip.")
        case Direction.AGAIN if place.step >= total or place.state not in {State.CLOSED, State.SHOWN}:
            return _("Only a step that has been shown can be run again.")
    return ""


def next_words(session: Session, move: Move) -> str:
    """Say what the next press does."""
    steps, at = session.workshop.steps, session.place.step
    match move:
        case Move.GO_ON:
            return _("go on after the pause")
        case Move.SETTLE:
            return settle_words(session)
        case Move.AGAIN:
            return _("change the words, and ask again")
        case Move.OPEN:
            return _("ask again") if session.place.round > 1 else _("open the question")
        case Move.CLOSE:
            return _("close the question")
        case Move.ACCEPT:
            return _("accept the result, or ask again")
        case Move.SHOW:
            return _("show the result") if session.place.state is State.CLOSED else _("finish this step")
        case Move.STEP:
            return _step_words(session, steps[at + 1])
        case Move.READ:
            return _("read the notes together")
        case Move.END:
            return _("seal the notes and end")
        case Move.NONE:
            return _("nothing; the session has ended")


def settle_words(session: Session) -> str:
    """Say what the group settles before the present step can open."""
    step = session.step
    if step is not None and step.activity.takes_one:
        return _("choose or type what we ask about") if session.options(step) else _("type what we ask about")
    return _("type what there is to choose from")


def _step_words(session: Session, step: Step) -> str:
    """Name the next step, and its proposal if it is one of several."""
    options = session.options(step) if step.activity.takes_one else ()
    if len(options) != 1:
        return _("go to “{title}”").format(title=step.title)
    return _("go to “{title}”, with “{proposal}”").format(title=step.title, proposal=options[0].label)
