"""Earlier results for the steps of a new session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tisu_tui.core.activity import Activity, Tier
from tisu_tui.privacy.record import Look
from tisu_tui.session.last_time import Earlier, middles
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step, Workshop


def looks_back(workshop: Workshop) -> bool:
    """Tell whether any step begins with what earlier sessions left, is put beside it, or tells less because of it."""
    kinds = {type(step.activity) for step in workshop.steps if not step.again_id}
    return any(map(_looks_back, kinds)) or any(map(_is_counted, workshop.steps))


def _looks_back(kind: type[Activity]) -> bool:
    is_put_beside = kind.carries is not Activity.carries or kind.rows is not Activity.rows
    return kind.follows_up or kind.takes_requests or is_put_beside


def _is_counted(step: Step) -> bool:
    return bool(step.activity.finds) and step.tier is not Tier.ROOM


def earlier(workshop: Workshop, sessions: Iterable[Session]) -> tuple[Earlier, ...]:
    """Take each step's middle answers from the latest sealed session that ran it; `sessions` come latest first."""
    wanted = [step.id for step in workshop.steps if not step.again_id]
    found: dict[str, Earlier] = {}
    for session in (each for each in sessions if each.is_ended):
        for step in session.workshop.steps:
            if step.id in wanted and step.id not in found and (rounds := session.rounds_of(step)):
                found[step.id] = Earlier(session.date, step.id, middles(step, rounds[-1]))
    return tuple(found[each] for each in wanted if each in found and found[each].rows)


def told(sessions: Iterable[Session]) -> tuple[Look, ...]:
    """Gather what sessions told of the same questions, sealed or not, the earliest first: what was told once is known.

    Nothing is remembered of what stays in the room.
    """
    return once(
        replace(look, earlier=True)
        for session in sorted(sessions, key=lambda each: (each.date, each.id))
        for look in _counted(session).looks({})
        if look.is_told
    )


def once(looks: Iterable[Look]) -> tuple[Look, ...]:
    """Keep the last of looks that are the same, so that a question asked each month does not fill every file."""
    return tuple(reversed(dict.fromkeys(reversed([*looks]))))


def _counted(session: Session) -> Session:
    counted = {step.id for step in session.workshop.steps if _is_counted(step)}
    return replace(session, rounds=tuple(each for each in session.rounds if each.step in counted))
