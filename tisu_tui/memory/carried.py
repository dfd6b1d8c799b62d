"""What the steps of a new session begin with because an earlier session of the same team left it: an agreement."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tisu_tui.core.activity import Activity, Tier
from tisu_tui.core.form import Option
from tisu_tui.session.session import Session


def carry_over(session: Session, earlier: Iterable[Session]) -> Session:
    """Start a session with the lines its steps take over from the latest suitable session."""
    sealed = sorted((each for each in earlier if each.is_ended), key=lambda each: (each.date, each.id), reverse=True)
    for step in session.workshop.steps:
        if step.again_id or step.from_id:
            continue
        last = next(filter(None, (_last(each, type(step.activity)) for each in sealed)), None)
        if last and (options := _taken_over(step.activity, last)):
            session = replace(
                session,
                prepared=(*session.prepared, (step.id, options)),
                carried=(*session.carried, (step.id, last.date)),
            )
    return session


@dataclass(frozen=True, slots=True)
class _Last:
    """Lines left by the last step of a kind, its own listed lines, and their date."""

    date: str
    own: tuple[Option, ...]
    left: tuple[Option, ...]


def _last(session: Session, kind: type[Activity]) -> _Last | None:
    """Find the last step of a kind that left something for later; none where it stayed in the room."""
    steps = {
        step.id: step.activity
        for step in session.workshop.steps
        if type(step.activity) is kind and step.tier is not Tier.ROOM
    }
    rounds = [(steps[each.step], each.released) for each in session.rounds if each.step in steps]
    ran = ((activity, activity.carries(released)) for activity, released in reversed(rounds) if released)
    return next((_Last(session.date, activity.own_options, left) for activity, left in ran if left), None)


def _taken_over(activity: Activity, last: _Last) -> tuple[Option, ...]:
    """Give all that was left by the same lines; by others, what the team made of them, beside the step's own lines.

    Another workshop's own lines are there for a reason: whoever decides together needs “one vote each”.
    """
    own = activity.own_options
    if _words(own) == _words(last.own):
        return last.left
    known = {*_words(own), *_words(last.own)}
    made = [each.label for each in last.left if each.label.casefold() not in known]
    taken = {each.id for each in own}
    fresh = (name for n in itertools.count(1) if (name := f"c{n}") not in taken)
    return (*own, *(Option(name, text) for text, name in zip(made, fresh, strict=False))) if made else ()


def _words(options: tuple[Option, ...]) -> list[str]:
    return [each.label.casefold() for each in options]
