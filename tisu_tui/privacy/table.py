"""Disclosure control: what may be said of answers, before anybody has given one.

One table says, for where answers are kept and the size of the room, which counts and findings leave. The
sentence that people read before they answer (`privacy/notice.py`) is made from it, so it can't promise anything else.
Rules after the NHS Scotland and ONS practice on small numbers: a floor, no small count beside a known total,
no everybody-said-the-same, no difference between two releases that names one to four people. `privacy/gate.py` keeps to
it, and says less where that would still give an answer away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tisu_tui.core.activity import Tier
from tisu_tui.core.released import Finding
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.privacy.record import Precedent

DECISIONS = frozenset({Finding.ORDER, Finding.MAJORITY, Finding.WINNER, Finding.CARRIED})
"""What may be said of a vote without its numbers."""
_RATINGS = frozenset({Finding.MEDIAN, Finding.SPREAD})
OF_RATED = _RATINGS | {Finding.QUARTILES}
"""What may be said of a scale without its numbers."""
_MOST = frozenset({Finding.MAJORITY})
_ALL = DECISIONS | OF_RATED


class Room(StrEnum):
    """The sizes of room that the table tells apart, all of them with secret answers."""

    FIVE = "5-7"
    EIGHT = "8-9"
    TEN = "10 and more"


class Cells(StrEnum):
    """What becomes of the counts."""

    NONE = "none"
    NO_SMALL = "all, where none is small"
    LARGE = "the large ones"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of answer in one size of room may give away."""

    cells: Cells
    findings: frozenset[Finding]
    smallest: int = 0
    """The smallest count above nought that may be told in numbers; 0 for any."""
    follows: int = 0
    """The smallest count above nought that may follow from words, where there are no numbers; 0 for any."""
    others: int = 0
    """How many people at least must have answered otherwise than any one answer whose count is told."""
    apart: int = 0
    """How many people apart two rounds must be, unless they are equal, for the numbers of both to be told."""
    once: bool = False
    """Whether numbers are told only where no earlier round or session said anything of the same question."""
    more: int = 0
    """How many people more than in a room of fewer than ten that was not told all numbers of the same question there
    must be for numbers to be told; 0 for any."""
    voice: int = 0
    """How many people must speak from each role for roles to be told side by side; 0 where they never are."""


ABOUT_A_PERSON, ABOUT_US, DECISION = "about a person", "about us", "decision"

_OF_A_PERSON = Rule(Cells.LARGE, _MOST, smallest=5, follows=5, others=3, apart=5)

TABLE: dict[tuple[str, Room], Rule] = {
    (ABOUT_A_PERSON, Room.FIVE): Rule(Cells.NONE, frozenset()),
    (ABOUT_A_PERSON, Room.EIGHT): _OF_A_PERSON,
    (ABOUT_A_PERSON, Room.TEN): _OF_A_PERSON,
    (ABOUT_US, Room.FIVE): Rule(Cells.NONE, _RATINGS, follows=5),
    (ABOUT_US, Room.EIGHT): Rule(Cells.NO_SMALL, OF_RATED, smallest=3, follows=5, once=True, more=5),
    (ABOUT_US, Room.TEN): Rule(Cells.ALL, _ALL, more=5, voice=FLOOR),
    (DECISION, Room.FIVE): Rule(Cells.NONE, DECISIONS, follows=5),
    (DECISION, Room.EIGHT): Rule(Cells.NONE, DECISIONS, follows=5),
    (DECISION, Room.TEN): Rule(Cells.ALL, _ALL, more=5, voice=FLOOR),
}

NEW = Precedent()
"""Nothing was ever told of the question."""


def rule(tier: Tier, size: Size, finds: frozenset[Finding], before: Precedent = NEW) -> Rule:
    """Look up what may leave in a room where answers are secret, after what was told of the same question before."""
    if tier is Tier.ROOM:
        subject = ABOUT_A_PERSON
    elif finds & {Finding.ORDER, Finding.WINNER, Finding.CARRIED}:
        subject = DECISION
    else:
        subject = ABOUT_US
    allowed = TABLE[subject, room_of(size)]
    if allowed.more and before.kept_back and size.people < before.kept_back + allowed.more:
        # Numbers now, less the answers of the few who came, would be those that were kept back then.
        return replace(TABLE[subject, Room.EIGHT], cells=Cells.NONE)
    # The difference between two results in numbers is the answer of whoever came or left between them.
    return replace(allowed, cells=Cells.NONE) if allowed.once and before.said else allowed


def room_of(size: Size) -> Room:
    """Tell which size of room this is."""
    return Room.FIVE if size.people < 8 else Room.EIGHT if size.people < 10 else Room.TEN


def compares(tier: Tier, finds: frozenset[Finding]) -> bool:
    """Tell whether roles are ever told side by side; of a consent never, where the role would point at who objected."""
    return Finding.CARRIED not in finds and rule(tier, Size(10), finds).voice > 0


def asks_voice(tier: Tier, size: Size, finds: frozenset[Finding], voices: int, before: Precedent = NEW) -> bool:
    """Tell whether people are asked which of so many roles they speak from: only where there can be enough of each."""
    least = rule(tier, size, finds, before).voice if compares(tier, finds) else 0
    return voices > 1 and least > 0 and size.people >= max(least, size.floor) * voices
