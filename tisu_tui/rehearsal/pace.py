"""How long made-up people take."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that people take to answer, and that the facilitator leaves between steps."""

    answer: tuple[float, float] = (0.0, 0.0)
    between: float = 0.0

    def thinking(self, own: random.Random) -> float:
        """Draw the seconds that somebody thinks."""
        return own.uniform(*self.answer)


AT_ONCE = Pace()
HUMAN = Pace((1.0, 6.0), 4.0)
