"""What a door and a room say to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tisu_tui.core.invitation import Invitation
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Outcome
from tisu_tui.view.view import Role

Coded = dict[str, Any]
"""What JSON has for a dataclass."""

BEAT = 3.0
"""Seconds between two signs of life of a door."""
NOTES = 20.0
"""Seconds that a question for the notes waits for them."""

# What a door asks


@dataclass(frozen=True, slots=True)
class Hello:
    """A door comes, or comes again; `door` is a name it made for itself, the same for as long as it runs."""

    door: str
    version: str
    codec: str


@dataclass(frozen=True, slots=True)
class Do:
    """Do a command once, however often this comes; those with numbers below `settled` were heard of."""

    number: int
    settled: int
    language: str
    command: Command


@dataclass(frozen=True, slots=True)
class Watch:
    """Send the Views of a role, and of a seat, until `Unwatch` with the same number."""

    number: int
    role: Role
    seat: str
    language: str


@dataclass(frozen=True, slots=True)
class Unwatch:
    """Send these Views no more."""

    number: int


@dataclass(frozen=True, slots=True)
class Beat:
    """The door is there; `pressed` are seats at which a key was pressed since the last one."""

    pressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """Send everything anew: something was missed."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Somebody at an address gave a wrong code or passphrase; the answer comes once they may try again."""

    address: str
    what: str


@dataclass(frozen=True, slots=True)
class MayTry:
    """Answered once somebody at an address may try a passphrase."""

    address: str


@dataclass(frozen=True, slots=True)
class IsPassphrase:
    """Ask whether this opens the facilitator's screen; the door is not told the passphrase."""

    given: str


@dataclass(frozen=True, slots=True)
class AskNotes:
    """Answered, with the path of the notes or why there are none, once that is known."""


# What the room answers


@dataclass(frozen=True, slots=True)
class Welcome:
    """A door is let in; `life` is another one after the room's process was started again.

    `kept` is false where the seats that this door had were given up, so that it takes them again.
    """

    life: str
    kept: bool
    invitation: Invitation
    facilitator_keys: str = ""
    has_passphrase: bool = False
    rehearsal: bool = False
    ended: bool = False
    session: str = ""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A door is not let in, and this says why in one line."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The room doesn't know this door any more: it says hello again."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a command; `told` is how many frames of news the door is to have taken by then."""

    outcome: Outcome
    told: int = 0


@dataclass(frozen=True, slots=True)
class Replied:
    """An answer to any other question."""

    yes: bool = True
    said: str = ""


# What the room sends by itself


@dataclass(frozen=True, slots=True)
class News:
    """What changed for the screens of one door: of Views that are shared, and beside it for each screen that has more.

    `seen` are screens by number, with what their View has of its own as JSON, filled up. Frames count from 0, which
    begins anew.
    """

    number: int
    shared: dict[str, Coded] = field(default_factory=dict)
    seen: list[tuple[int, str, str]] = field(default_factory=list)
    """Number of the screen, name of the shared View, and what is its own."""
    over: list[int] = field(default_factory=list)
    ended: bool = False
    stopped: bool = False


Asked = Hello | Do | Watch | Unwatch | Beat | Whole | Wrong | MayTry | IsPassphrase | AskNotes
Answered = Welcome | TurnedAway | Unknown | Came | Replied
Message = Asked | Answered | News
