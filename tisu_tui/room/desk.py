"""One command being worked out on copies of a session and its open Box."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.box import Box
from tisu_tui.session.apply import apply
from tisu_tui.session.commands import Done, Outcome
from tisu_tui.session.events import Event
from tisu_tui.session.session import Moved, Session


@dataclass(frozen=True, slots=True)
class Screens:
    """The seats present during each open question, in memory only and unknown after a restart.

    `now` are those since the present one opened, `then` those of rounds that are closed, by step and round.
    """

    now: frozenset[str] | None = None
    then: Mapping[tuple[str, int], frozenset[str]] = field(default_factory=dict)

    def with_seats(self, seats: Iterable[str]) -> Screens:
        """Take in who is here now."""
        return replace(self, now=self.now | frozenset(seats)) if self.now is not None else self

    def closed(self, step: str, number: int) -> Screens:
        """Remember who was here for a round; nothing where others answered without a screen of their own."""
        if self.now is None:
            return self
        return Screens(None, {**self.then, (step, number): self.now})

    @property
    def moved(self) -> Moved:
        """How many left and how many came since each round."""
        now = self.now
        if now is None:
            return {}
        return {name: (len(then - now), len(now - then)) for name, then in self.then.items()}


UNKNOWN = Screens()
"""Nobody was looked at."""


@dataclass(slots=True)
class Desk:
    """Where a candidate grows: `seats` people are connected, `chance` makes keys, `secret` marks paper ballots."""

    session: Session
    box: Box | None
    seats: int
    chance: random.Random
    secret: str
    screens: Screens = UNKNOWN

    def happen(self, *events: Event) -> Outcome:
        """Let things happen to the candidate."""
        for event in events:
            self.session = apply(self.session, event)
        return Done()

    def is_private(self) -> bool:
        """Tell whether answers to the present step stay in memory."""
        return self.session.step is not None and self.session.step.tier is Tier.ROOM
