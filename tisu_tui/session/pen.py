"""The pen: by a word that is said once, a guest writes the answers of one step from their own seat."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from tisu_tui.core.form import Answer
from tisu_tui.session.session import Place, Session


class PenState(StrEnum):
    """Where the pen is, by which a guest writes the answers of a step."""

    WITH_SCRIBE = "with scribe"
    OFFERED = "offered"
    HELD = "held"
    AWAY = "away"
    """With a guest whose line is cut, and who may come back."""
    MINE = "mine"
    """With the seat that looks."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Who may write at a place, in memory only; `word` is good for one taker, and `seat` is empty until there is one.

    `wrote` and `passed` are the fields that the guest filled in or went past.
    """

    word: str
    at: Place
    seat: str = ""
    is_lent: bool = False
    """Whether the seat is a turn on a shared laptop, to which nobody comes back."""
    wrote: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()

    def answer(self, session: Session) -> Answer:
        """Return what stands in the step as the answer of whoever has the pen, so that they go on where they were."""
        entries = dict(session.round.entries) if session.round else {}
        return {**dict.fromkeys(self.passed), **entries}

    def state(self, seats: Container[str]) -> PenState:
        """Tell where it is, by the seats that are connected."""
        if not self.seat:
            return PenState.OFFERED
        return PenState.HELD if self.is_lent or self.seat in seats else PenState.AWAY
