"""How long made-up people take."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for people to answer, and for the facilitator between steps."""

    answer: tuple[float, float] = (0.0, 0.0)
    between: float = 0.0

    def thinking(self, own: random.Random, before: int) -> float:
        """Draw the seconds of thought before an answer; later ones in a row are quicker."""
        return own.uniform(*self.answer) / (1 + before)

    def staying(self, state: str) -> float:
        """Give the seconds that the facilitator stays in a state; there is less to read where a step is to begin."""
        return self.between if state in {"open", "shown"} else self.between / 2


AT_ONCE = Pace()
HUMAN = Pace((0.5, 4.0), 4.0)
