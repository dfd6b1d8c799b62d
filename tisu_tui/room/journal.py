"""What a host logs of its session: never what anybody in it does, and never when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tisu_tui.core.failure import LOG
from tisu_tui.session.session import Session


@dataclass(slots=True)
class Journal:
    """Logs steps as the facilitator opens and closes them, and troubles at the next tick.

    A trouble that was logged as it came would tell when somebody answered or tried to come in.
    """

    _failing: str = ""
    _knocks: Mapping[str, int] = field(default_factory=lambda: {"code": 0, "passphrase": 0})

    def moved(self, session: Session) -> None:
        """Log where the session is now."""
        if session.is_ended:
            LOG.info("session %s: sealed", session.id)
            return
        step, steps = session.place.step + 1, len(session.workshop.steps)
        LOG.info(
            "session %s: step %d of %d, round %d, %s", session.id, step, steps, session.place.round, session.place.state
        )

    def look(self, failing: str, knocks: Mapping[str, int]) -> None:
        """Log what is not as it was at the last tick: why nothing is saved, and wrong codes and passphrases."""
        if failing != self._failing:
            LOG.error("%s", failing) if failing else LOG.info("saving goes on")
            self._failing = failing
        if knocks != self._knocks:
            counts = (knocks["code"], knocks["passphrase"])
            LOG.warning("tried at the door so far: %d wrong codes, %d wrong passphrases", *counts)
            self._knocks = dict(knocks)
