"""What can happen in a session, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.core.form import Option
from tisu_tui.core.records import Kept
from tisu_tui.core.released import Released, Theme
from tisu_tui.session.session import Fate, Round, Session
from tisu_tui.session.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody got return words, of which only the hash is known here."""

    hashed: str


@dataclass(frozen=True, slots=True)
class SlipsGiven:
    """Slips were made: sets of return words that nobody has come in with yet, of which only hashes are known here."""

    hashed: frozenset[str]


@dataclass(frozen=True, slots=True)
class SlipUsed:
    """Somebody came in with a slip, which is their return words from now on."""

    hashed: str


@dataclass(frozen=True, slots=True)
class SlipsCalledIn:
    """Slips that nobody has used are worth nothing any more, and people come in without one."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The session went to another step."""

    step: int


@dataclass(frozen=True, slots=True)
class CutShort:
    """The session went to the reading of the notes, whatever steps were still to come."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The session went back from reading the notes to where it stood."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """The opening of the present step was taken back; its round, and what was answered, wait until it opens again."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """The present step opened again after that."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Fields of the session became again what they were before a change."""

    before: Session
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """The present step is to be run once more, as a new round."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The present step opened in a room of so many people, with so many screens."""

    people: int
    options: tuple[Option, ...] = ()
    screens: int = 0


@dataclass(frozen=True, slots=True)
class Closed:
    """The present step closed; this is what was let out of it."""

    released: Released
    words: tuple[str, ...] = ()
    crowded: bool = False
    """Whether more people answered than were here when it opened or closed."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The result may be shown although more people answered than were here."""


@dataclass(frozen=True, slots=True)
class Showed:
    """The result is on everybody's screen."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The scribe filled a field in, in place of what stood there."""

    field: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The facilitator set the options of a step that has yet to open."""

    step: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Lines of words, by number from 1, were kept or struck or given other words."""

    numbers: tuple[int, ...]
    fate: Fate
    text: str = ""


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme was named; no members takes it away again."""

    theme: Theme


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record was made."""

    record: Kept


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A record was struck."""

    id: str


@dataclass(frozen=True, slots=True)
class Rerecorded:
    """A record was put in other words, under the id it has."""

    record: Kept


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A line of a round was struck or put in other words: this is the round now, at the place it has among all."""

    number: int
    round: Round
    was: str
    now: str
    """What the line said and says, for later rounds that took it as an option; nothing now means that it was struck."""
    instead: str
    """What stands in its place there where it was struck."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked for a line of the notes to be softened or left out: not who, and not how many."""

    key: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A line that somebody asked about stays as it is."""

    key: str


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """The group has gone, and the notes are left unsealed to be thought over."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The facilitator counted heads, or hands of people without a device."""

    people: int | None
    hands: int


@dataclass(frozen=True, slots=True)
class LooksAnnounced:
    """It was said beforehand how often the present step is looked at."""

    twice: bool


@dataclass(frozen=True, slots=True)
class Doubted:
    """Somebody said that there are more screens than people: not who, and not how many say so."""


@dataclass(frozen=True, slots=True)
class Paused:
    """Everybody was asked to pause, or to go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class ClosingSoon:
    """People were told that the open question closes soon."""


@dataclass(frozen=True, slots=True)
class TookCare:
    """The facilitator had small rooms told words, or numbers again."""

    careful: bool


@dataclass(frozen=True, slots=True)
class LeadersCounted:
    """The group said how many of them lead others."""

    leaders: int


@dataclass(frozen=True, slots=True)
class Locked:
    """The room was closed to newcomers, or opened again."""

    locked: bool


@dataclass(frozen=True, slots=True)
class Jotted:
    """The facilitator wrote a note to themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Replanned:
    """A step was added on the fly, or one that was still to come was moved."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class Resumed:
    """The host came back after it was stopped."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The session was sealed."""


Event = (
    Joined
    | SlipsGiven
    | SlipUsed
    | SlipsCalledIn
    | Moved
    | CutShort
    | Returned
    | Unopened
    | Reopened
    | TakenBack
    | Again
    | Opened
    | Closed
    | Accepted
    | Showed
    | Entered
    | Prepared
    | Decided
    | Themed
    | Recorded
    | Unrecorded
    | Rerecorded
    | Rewritten
    | Asked
    | Answered
    | LeftOpen
    | Counted
    | LooksAnnounced
    | Doubted
    | Paused
    | ClosingSoon
    | Locked
    | TookCare
    | LeadersCounted
    | Jotted
    | Replanned
    | Resumed
    | Ended
)
