"""What the steps of a new session begin with because an earlier session of the same team left it: an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tisu_tui.core.activity import Activity, Tier
from tisu_tui.core.form import Option
from tisu_tui.core.session import Session


def carry_over(session: Session, earlier: Iterable[Session]) -> Session:
    """Give a new session with what its steps take over from the latest sealed session that has something for them."""
    sealed = sorted((each for each in earlier if each.is_ended), key=lambda each: (each.date, each.id), reverse=True)
    for step in session.workshop.steps:
        if step.again_id or step.from_id:
            continue
        kind = type(step.activity)
        found = next(((each.date, left) for each in sealed if (left := _left(each, kind))), None)
        if found:
            date, options = found
            session = replace(
                session,
                prepared=(*session.prepared, (step.id, options)),
                carried=(*session.carried, (step.id, date)),
            )
    return session


def _left(session: Session, kind: type[Activity]) -> tuple[Option, ...]:
    """Find what the last step of a kind that ran left for later; nothing where it stayed in the room."""
    steps = {
        step.id: step.activity
        for step in session.workshop.steps
        if type(step.activity) is kind and step.tier is not Tier.ROOM
    }
    rounds = [(steps[each.step], each.released) for each in session.rounds if each.step in steps]
    left = (activity.carries(released) for activity, released in reversed(rounds) if released)
    return next((options for options in left if options), ())
