"""What people ask of the room, as plain data; each that could be late carries the place its sender saw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tisu_tui.core.form import Value
from tisu_tui.core.records import RecordKind
from tisu_tui.core.signals import Signal
from tisu_tui.session.readback import Line
from tisu_tui.session.session import Fate, Place, Unsent


@dataclass(frozen=True, slots=True)
class Join:
    """Take a seat: a new one, or with return words the one they belong to.

    Once the session has begun, `is_new` says that somebody was asked whether they have been here before.
    """

    words: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Bring:
    """Put a laptop in the room that goes from hand to hand, for people without a device."""


@dataclass(frozen=True, slots=True)
class Lend:
    """Begin the next person's turn on a shared laptop: an answer of their own to the open question.

    `words` are those of their slip; without, they are one of those counted without a device.
    """

    laptop: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class GiveSlips:
    """Make so many slips, each for one person to come in with; 0 calls in those that nobody has used."""

    number: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Give up a seat, a turn on a shared laptop or the laptop itself; answers given stay in."""

    seat: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep what a seat had not sent as its line was cut, in memory only; `None` forgets what was kept."""

    seat: str
    unsent: Unsent | None


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer one field of the open step, or pass it with `None`."""

    at: Place
    seat: str
    field: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back everything this seat answered in the open step."""

    at: Place
    seat: str


@dataclass(frozen=True, slots=True)
class GivePen:
    """Make a word by which a guest may write the answers of this step; while there is one, take the pen back."""

    at: Place


@dataclass(frozen=True, slots=True)
class TakePen:
    """Show the word for the pen, to write the answers from this seat; on a shared laptop it goes with `Lend`."""

    seat: str
    words: str


class Direction(StrEnum):
    """Where the facilitator can take the session."""

    NEXT = "next"
    BACK = "back"
    AGAIN = "again"
    SKIP = "skip"
    END = "end"


@dataclass(frozen=True, slots=True)
class Go:
    """Go on, back, again, past or to the end."""

    at: Place
    where: Direction


@dataclass(frozen=True, slots=True)
class Enter:
    """Fill a field in as the scribe, in place of what stood there or behind it; no texts empty it."""

    at: Place
    field: str
    texts: Value
    adds: bool = False
    """Whether the texts go behind what stands there now, which may not be what their sender has read."""


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """Make a record of what was said: `WHAT @OWNER DUE`."""

    kind: RecordKind
    text: str


@dataclass(frozen=True, slots=True)
class Strike:
    """Strike a line of the notes that the group is reading, as its sender read it."""

    line: Line


@dataclass(frozen=True, slots=True)
class Reword:
    """Put a line of the notes that the group is reading in other words."""

    line: Line
    text: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Let a line of the notes stand as it is, after somebody asked for it to be softened."""

    line: Line


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask in private for a line of the notes to be softened or left out."""

    at: Place
    seat: str
    line: Line


@dataclass(frozen=True, slots=True)
class LeaveOpen:
    """Leave the notes unsealed, so that people can think them over."""

    at: Place


@dataclass(frozen=True, slots=True)
class Prepare:
    """Set the options of the present step before it opens."""

    at: Place
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Keep, strike or reword lines of the words held, by number from 1."""

    at: Place
    numbers: tuple[int, ...]
    fate: Fate
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Give some of the words held a theme; no numbers removes the theme."""

    at: Place
    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CountHeads:
    """Say how many people are in the room; `None` means to go by the seats."""

    people: int | None


@dataclass(frozen=True, slots=True)
class CountHands:
    """Say how many people in the room have no device."""

    hands: int


@dataclass(frozen=True, slots=True)
class CountPapers:
    """Say how many of those without a device chose what: pairs of an option, as it is typed, and of people."""

    at: Place
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """Close the room to newcomers, or open it again."""

    locked: bool


@dataclass(frozen=True, slots=True)
class Careful:
    """Before the session starts: have small rooms told words, or numbers again."""

    careful: bool


@dataclass(frozen=True, slots=True)
class CountLeaders:
    """Say how many people in the room lead others."""

    leaders: int


@dataclass(frozen=True, slots=True)
class SetPaused:
    """Let everybody pause, or go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class CloseSoon:
    """Tell people that the open question closes soon; only the facilitator closes it."""

    at: Place


@dataclass(frozen=True, slots=True)
class Accept:
    """Let a result be shown although more people answered than were here."""

    at: Place


@dataclass(frozen=True, slots=True)
class LookTwice:
    """Before a question opens first: say that there will be two looks at it, or only one again."""

    at: Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """Say in private that there are more screens than people, so that heads are counted."""

    seat: str


@dataclass(frozen=True, slots=True)
class Quietly:
    """Signal something to the facilitator without being seen to; a question for the room may have its words."""

    seat: str
    signal: Signal
    words: str = ""


@dataclass(frozen=True, slots=True)
class PutToRoom:
    """Ask everybody about a quiet signal that was told, or let it go."""

    signal: Signal
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Jot:
    """Write a note to oneself."""

    text: str


@dataclass(frozen=True, slots=True)
class Add:
    """Add a step of any kind after the present one; `words` are its title and its lines: `TITLE: LINE | LINE`."""

    at: Place
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Reorder:
    """Move a step that is still to come; both are numbers of the run sheet, from 1."""

    at: Place
    number: int
    to: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo the last change, as its sender saw it."""

    what: str


@dataclass(frozen=True, slots=True)
class Take:
    """Lead the session from the private screen that sends this."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A command from one of several private screens, of which one leads; `screen` is a name made for the visit."""

    screen: str
    command: Command


Command = (
    Join
    | Bring
    | Lend
    | GiveSlips
    | Leave
    | Keep
    | Reply
    | Withdraw
    | GivePen
    | TakePen
    | Go
    | Enter
    | WriteRecord
    | Strike
    | Reword
    | Stand
    | Ask
    | LeaveOpen
    | Prepare
    | Judge
    | Group
    | CountHeads
    | CountHands
    | CountPapers
    | Lock
    | Careful
    | CountLeaders
    | SetPaused
    | CloseSoon
    | Accept
    | LookTwice
    | Doubt
    | Quietly
    | PutToRoom
    | Jot
    | Add
    | Reorder
    | Take
    | TakeBack
    | Sent
)
