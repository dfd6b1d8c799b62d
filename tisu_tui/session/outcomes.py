"""What came of a command, as plain data for whoever sent it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Done:
    """It is done, and stored; `said` is what to tell whoever asked, if anything.

    `seat` is what somebody is known by from now on: their return words, or the name of a laptop or of a turn on it.
    """

    seat: str = ""
    said: str = ""
    changed: str = field(default="", compare=False)
    """What can be taken back now, in a few words; empty if nothing was changed that can be."""
    slips: tuple[str, ...] = ()
    """The words of slips that were made; they are told here, once, and kept nowhere."""


@dataclass(frozen=True, slots=True)
class Stale:
    """The session has moved on since; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It can't be done, and this says why in plain words; nothing was changed."""

    why: str
    for_good: bool = False
    """Whether trying again, in whatever way, changes nothing."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A new seat could be a second one of the same person: ask whether they have been here before."""


Outcome = Done | Stale | Refused | Unsure
