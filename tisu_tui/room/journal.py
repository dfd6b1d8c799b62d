"""What a host logs of its session: never what anybody in it does, and never when."""

from __future__ import annotations

from dataclasses import dataclass, field

from tisu_tui.core.failure import LOG
from tisu_tui.session.session import Session
from tisu_tui.view.live import Knocks, Live


@dataclass(slots=True)
class Journal:
    """Logs steps as the facilitator opens and closes them, and troubles at the next tick.

    A trouble that was logged as it came would tell when somebody answered or tried to come in.
    """

    _failing: str = ""
    _knocks: Knocks = field(default_factory=Knocks)

    def moved(self, session: Session) -> None:
        """Log where the session is now."""
        if session.is_ended:
            LOG.info("session %s: sealed", session.id)
            return
        step, steps = session.place.step + 1, len(session.workshop.steps)
        LOG.info(
            "session %s: step %d of %d, round %d, %s", session.id, step, steps, session.place.round, session.place.state
        )

    def look(self, live: Live) -> None:
        """Log what is not as it was at the last tick: why nothing is saved, and wrong codes and passphrases."""
        failing = live.trouble.words if live.trouble else ""
        if failing != self._failing:
            LOG.error("%s", failing) if failing else LOG.info("saving goes on")
            self._failing = failing
        if live.knocks != self._knocks:
            self._knocks = knocks = live.knocks
            LOG.warning(
                "tried at the door so far: %d wrong codes, %d wrong passphrases", knocks.codes, knocks.passphrases
            )
