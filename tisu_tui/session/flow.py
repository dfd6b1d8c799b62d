"""What the facilitator's next press does, said once for the room that does it and the footer that announces it."""

from __future__ import annotations

from enum import Enum
from gettext import gettext as _

from tisu_tui.core.form import By
from tisu_tui.session.session import Session, State


class Move(Enum):
    """The next natural thing."""

    STEP = "step"
    OPEN = "open"
    CLOSE = "close"
    SHOW = "show"
    READ = "read"
    END = "end"
    NONE = "none"


def next_move(session: Session, seats: int) -> Move:
    """Find the next natural thing in a room of so many seats."""
    last = session.place.step == len(session.workshop.steps) - 1
    onward = Move.READ if last else Move.STEP
    match session.place.state:
        case State.ENDED:
            return Move.NONE
        case State.WAITING:
            return Move.STEP if session.step is None else Move.OPEN
        case State.OPEN:
            by = session.form(seats).by
            return Move.CLOSE if by is By.EVERYONE else Move.SHOW if by is By.SCRIBE else onward
        case State.CLOSED:
            return Move.SHOW
        case State.SHOWN:
            return Move.END if session.is_reading else onward


def next_words(session: Session, seats: int) -> str:
    """Say what the next press does."""
    steps, at = session.workshop.steps, session.place.step
    match next_move(session, seats):
        case Move.OPEN:
            return _("open the question")
        case Move.CLOSE:
            return _("close the question")
        case Move.SHOW:
            return _("show the result") if session.place.state is State.CLOSED else _("finish this step")
        case Move.STEP:
            return _("go to “{title}”").format(title=steps[at + 1].title)
        case Move.READ:
            return _("read the notes together")
        case Move.END:
            return _("seal the notes and end")
        case Move.NONE:
            return _("nothing; the session has ended")
