"""The ballots of a file, in one form for every method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Marks = tuple[int, ...]
"""A ballot as a number for each option: its rank from 1, 0 for none; 1 where it is chosen; or its dots."""


class Method(StrEnum):
    """A way of counting, by the word that people type."""

    APPROVAL = "approval"
    DOTS = "dots"
    SCHULZE = "schulze"
    BORDA = "borda"
    IRV = "irv"


@dataclass(frozen=True, slots=True)
class Profile:
    """The options of a vote and how many people cast each ballot."""

    options: tuple[str, ...]
    ballots: Mapping[Marks, int]
    taken: tuple[str, ...] = ()
    """What of the file was taken for what, in sentences."""
    doubts: tuple[str, ...] = ()
    """What was counted and may be no ballot, and what was left out, in sentences."""

    @property
    def voters(self) -> int:
        """How many people voted, those who chose nothing too."""
        return sum(self.ballots.values())
