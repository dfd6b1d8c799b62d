"""What is true of a session only while a host runs it, and is never stored."""

from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.core.days import UNKNOWN, Times
from tisu_tui.core.signals import Signal
from tisu_tui.session.pen import PenState


@dataclass(frozen=True, slots=True)
class SaveTrouble:
    """Why nothing is saved, in words, and whether that is so for as long as this host runs."""

    words: str
    is_final: bool = False
    is_full: bool = False
    """Whether it is for want of room on the disk."""


@dataclass(frozen=True, slots=True)
class Knocks:
    """How many codes at the door, and passphrases at the facilitator's private screen, were wrong."""

    codes: int = 0
    passphrases: int = 0


@dataclass(frozen=True, slots=True)
class Live:
    """People connected, coarse progress, a disk that failed, a lost lead."""

    seats: int = 0
    progress: str = ""
    trouble: SaveTrouble | None = None
    stopped: bool = False
    """Whether the host stops, and this is the last that is heard of it."""
    laptops: int = 0
    """How many laptops go from hand to hand."""
    guessed: bool = False
    """Whether so many wrong words were tried that somebody seems to be guessing."""
    knocks: Knocks = Knocks()
    """What was tried when people were last told."""
    slips: str = ""
    """How far slips that were given out are used, in a few words that change on the tick only."""
    frozen: bool = False
    """Whether everybody who paced the session has dropped out."""
    undo: str = ""
    """What the facilitator can take back now, in a few words."""
    asked: frozenset[str] = frozenset()
    """Lines of the notes that somebody had asked about when the facilitator was last told."""
    far: bool = False
    """Whether people may come in by doors on other computers."""
    times: Times = UNKNOWN
    """Times of day, for the run sheet; they change on the tick, and as steps do."""
    pen: PenState = PenState.WITH_SCRIBE
    pen_word: str = ""
    """The word for the pen, which the facilitator says to the guest."""
    signals: frozenset[Signal] = frozenset()
    """Quiet signals that were told and not yet answered."""
    questions: tuple[str, ...] = ()
    """The words of quiet questions for the room that were told and not yet answered."""
    asks: str = ""
    """What the facilitator asks the room about one of them, until the session moves on."""
    doubted: bool = False
    """Whether somebody had said, when people were last told, that there are more screens than people."""
