"""What earlier sessions said about the steps of a new one, so that a room can see both."""

from __future__ import annotations

from collections.abc import Iterable

from tisu_tui.core.activity import Activity
from tisu_tui.core.earlier import Earlier, middles
from tisu_tui.core.session import Session
from tisu_tui.core.workshop import Workshop


def looks_back(workshop: Workshop) -> bool:
    """Tell whether any step begins with what earlier sessions left, or is put beside what they said."""
    kinds = {type(step.activity) for step in workshop.steps if not step.again_id}
    return any(
        kind.follows_up or kind.carries is not Activity.carries or kind.rows is not Activity.rows for kind in kinds
    )


def earlier(workshop: Workshop, sessions: Iterable[Session]) -> tuple[Earlier, ...]:
    """Take each step's middle answers from the latest sealed session that ran it; `sessions` come latest first."""
    wanted = [step.id for step in workshop.steps if not step.again_id]
    found: dict[str, Earlier] = {}
    for session in (each for each in sessions if each.is_ended):
        for step in session.workshop.steps:
            if step.id in wanted and step.id not in found and (rounds := session.rounds_of(step)):
                found[step.id] = Earlier(session.date, step.id, middles(step, rounds[-1]))
    return tuple(found[each] for each in wanted if each in found and found[each].rows)
