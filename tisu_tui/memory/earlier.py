"""What earlier sessions said about the steps of a new one, so that a room can see both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tisu_tui.core.earlier import Earlier, is_rated, rated_fields
from tisu_tui.core.session import Session
from tisu_tui.core.workshop import Step, Workshop


def earlier(workshop: Workshop, sessions: Iterable[Session]) -> tuple[Earlier, ...]:
    """Take the last round of each rated step from the latest sealed session that ran it; `sessions` come latest first.

    No more sessions are looked at than that takes, and none for a workshop that rates nothing.
    """
    wanted = [step.id for step in workshop.steps if is_rated(step) and not step.again_id]
    found: dict[str, Earlier] = {}
    if not wanted:
        return ()
    for session in sessions:
        if session.is_ended:
            for step in session.workshop.steps:
                if step.id in wanted and step.id not in found and (last := _last(session, step)):
                    found[step.id] = last
        if len(found) == len(wanted):
            break
    return tuple(found[each] for each in wanted if each in found)


def _last(session: Session, step: Step) -> Earlier | None:
    rounds = session.rounds_of(step)
    if not rounds or not is_rated(step):
        return None
    fields = rated_fields(step, rounds[-1].options)
    # Words and options are of that day, and nothing here needs them.
    return Earlier(session.date, step.id, step.title, fields, replace(rounds[-1], themes=(), kept=(), options=()))
