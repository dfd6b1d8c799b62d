"""The size of the room, and the way a step runs because of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FLOOR = 5
"""Fewest answers that anything may be said about."""

FEWEST_LEADERS = 3
"""Fewest people who lead others, from which a line about leaders is about more than one of them."""


class Way(StrEnum):
    """How a step runs, decided by the number of people before anyone is asked."""

    ALONE = "alone"
    ALOUD = "aloud"
    SMALL = "small room"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Size:
    """How many people are in the room, the facilitator and screens not counted."""

    people: int

    @property
    def way(self) -> Way:
        """How a step runs with this many people; a very small one talks."""
        if self.people == 1:
            return Way.ALONE
        if self.people < FLOOR:
            return Way.ALOUD
        return Way.SMALL if self.people < 8 else Way.FULL

    @property
    def is_secret(self) -> bool:
        """Whether people answer unseen on their own screens."""
        return self.way in {Way.SMALL, Way.FULL}


_BANDS = ((1, 1), (2, 4), (5, 7), (8, 11), (12, 19))


def band(number: int) -> str:
    """Say how many people as a band that does not tell one person's coming or going."""
    for low, high in _BANDS:
        if low <= number <= high:
            return str(low) if low == high else f"{low}–{high}"
    return "20+" if number else "0"
