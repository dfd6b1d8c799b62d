"""What can happen in a session, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.core.form import Option
from tisu_tui.core.records import Kept
from tisu_tui.core.released import Released, Theme
from tisu_tui.core.session import Fate, Held
from tisu_tui.core.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody got return words, of which only the hash is known here."""

    hashed: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The session went to another step."""

    step: int


@dataclass(frozen=True, slots=True)
class Again:
    """The present step is to be run once more, as a new round."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The present step opened in a room of so many people."""

    people: int
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """The present step closed; this is what was let out of it."""

    released: Released
    words: tuple[str, ...] = ()


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
class Rewritten:
    """A line of an earlier round was struck: these are its words, themes or entries without it."""

    round: int
    themes: tuple[Theme, ...] | None = None
    held: tuple[Held, ...] | None = None
    entries: tuple[tuple[str, tuple[str, ...]], ...] | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The facilitator counted heads, or hands of people without a device."""

    people: int | None
    hands: int


@dataclass(frozen=True, slots=True)
class Locked:
    """The room was closed to newcomers, or opened again."""

    locked: bool


@dataclass(frozen=True, slots=True)
class Jotted:
    """The facilitator wrote a note to themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Added:
    """A step was added on the fly."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class Reordered:
    """A step that was still to come was moved."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class Resumed:
    """The host came back after it was stopped."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The session was sealed."""


Event = (
    Joined
    | Moved
    | Again
    | Opened
    | Closed
    | Showed
    | Entered
    | Prepared
    | Decided
    | Themed
    | Recorded
    | Unrecorded
    | Rewritten
    | Counted
    | Locked
    | Jotted
    | Added
    | Reordered
    | Resumed
    | Ended
)
