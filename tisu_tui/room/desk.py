"""One command being worked out on copies of a session and its open Box."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tisu_tui.core.activity import Tier
from tisu_tui.core.box import Box
from tisu_tui.session.apply import apply
from tisu_tui.session.commands import Done, Outcome
from tisu_tui.session.events import Event
from tisu_tui.session.session import Session


@dataclass(slots=True)
class Desk:
    """Where a candidate grows: `seats` people are connected, `chance` makes keys, `secret` marks paper ballots."""

    session: Session
    box: Box | None
    seats: int
    chance: random.Random
    secret: str

    def happen(self, *events: Event) -> Outcome:
        """Let things happen to the candidate."""
        for event in events:
            self.session = apply(self.session, event)
        return Done()

    def is_private(self) -> bool:
        """Tell whether answers to the present step stay in memory."""
        return self.session.step is not None and self.session.step.tier is Tier.ROOM
