"""What a new session takes from earlier ones: middle answers, what was told, and lines such as an agreement."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tisu_tui.core.activity import Activity, Tier
from tisu_tui.core.form import Option
from tisu_tui.privacy.record import Look, digest, worry_stands
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


@dataclass(frozen=True, slots=True)
class LooksOf:
    """What one session told of its questions, and the day and id of that session."""

    date: str
    id: str
    looks: tuple[Look, ...]
    workshop: str = ""

    @property
    def by_present_ids(self) -> Iterator[Look]:
        """Its looks, of which those of a step whose id has changed count under the present one, too."""
        changed = _CHANGED_IDS.get(self.workshop.partition(".")[0], ())
        now = {digest(f"step {before} choice"): digest(f"step {after} choice") for before, after in changed}
        for look in self.looks:
            yield replace(look, names=tuple(sorted({*look.names, *(now[name] for name in look.names if name in now)})))


_CHANGED_IDS = {"sharing-power": [("first", "support")], "route-to-senior-management": [("first", "take-up")]}
"""Steps of our own workshops that had an id before which another workshop's step has as well."""


def told(sessions: Iterable[Session], others: Iterable[LooksOf] = ()) -> tuple[Look, ...]:
    """Gather what sessions told of the same questions, sealed or not, the earliest first: what was told once is known.

    Nothing is remembered of what stays in the room. `others` is what is known from elsewhere, as from notes.
    """
    here = (LooksOf(session.date, session.id, tuple(_told(session)), session.workshop.name) for session in sessions)
    return once(look for each in sorted((*here, *others), key=_order) for look in each.by_present_ids)


def _told(session: Session) -> Iterator[Look]:
    return (replace(look, earlier=True) for look in _counted(session).looks({}) if look.is_told)


def _order(each: LooksOf) -> tuple[str, bool, str]:
    # Of two sessions on one day, on two laptops, nobody knows which was first: one does not meet the other's worry.
    return each.date, worry_stands(each.looks), each.id


def once(looks: Iterable[Look]) -> tuple[Look, ...]:
    """Keep the last of looks that are the same, so that a question asked each month does not fill every file."""
    return tuple(reversed(dict.fromkeys(reversed([*looks]))))


def _counted(session: Session) -> Session:
    counted = {step.id for step in session.workshop.steps if _is_counted(step)}
    return replace(session, rounds=tuple(round_ for round_ in session.rounds if round_.step in counted))


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
    rounds = [(steps[round_.step], round_.released) for round_ in session.rounds if round_.step in steps]
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
    made = [option.label for option in last.left if option.label.casefold() not in known]
    taken = {option.id for option in own}
    fresh = (name for n in itertools.count(1) if (name := f"c{n}") not in taken)
    return (*own, *(Option(name, text) for text, name in zip(made, fresh, strict=False))) if made else ()


def _words(options: tuple[Option, ...]) -> list[str]:
    return [option.label.casefold() for option in options]
