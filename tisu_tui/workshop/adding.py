"""A workshop with one more step, or with its steps in another order, written into its own text and read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity, Problem, Tier
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.session.workshop import Workshop
from tisu_tui.workshop.edit import fragment, insert, kind_and_words, move
from tisu_tui.workshop.pictures import kept
from tisu_tui.workshop.reader import Reading, read

_BUILDS_ON = frozenset({"T211", "T212"})


def add_step(workshop: Workshop, after: int, kind: str, words: str) -> Workshop:
    """Add a step of a kind after another (-1: before the first); raises ValueError in plain words.

    Choices that were not given come from the nearest step before that has some to give.
    """
    name, (kind, words) = kind, kind_and_words(f"{kind} {words}")
    if not kind:
        raise ValueError(_("there is no kind “{name}”").format(name=name))
    taken = {each.id for each in workshop.steps}
    try:
        with speaking(workshop.language):
            own = fragment(kind, words, taken)
        reading = _read(workshop, insert(workshop.source, after, own))
        giver = _giver(workshop, after) if "from" in _activity(kind).settings else ""
        if reading.workshop is None and giver and "|" not in words:
            step = fragment(kind, words, taken, from_id=giver)
            reading = _read(workshop, insert(workshop.source, after, step))
    except ValueError as error:
        raise ValueError(f"{error}. {_example(kind)}".strip()) from error
    return _sound(workshop, reading, kind)


def move_step(workshop: Workshop, at: int, to: int) -> Workshop:
    """Move the step with an index to another; raises ValueError in plain words."""
    return _sound(workshop, _read(workshop, move(workshop.source, at, to)))


def _activity(kind: str) -> type[Activity]:
    return kinds()[kind.split(" ", 1)[0]]


def _giver(workshop: Workshop, after: int) -> str:
    # What stays in the room is nothing that the team can choose from.
    before = (each for each in reversed(workshop.steps[: after + 1]) if each.tier is not Tier.ROOM)
    return next((each.id for each in before if type(each.activity).offers is not Activity.offers), "")


def _read(workshop: Workshop, source: str) -> Reading:
    bodies = (workshop.intro, *(body for step in workshop.steps for body in (step.content_note, step.body)))
    return read(source, workshop.name, today=dt.date.max, find=kept(bodies))


def _sound(before: Workshop, reading: Reading, kind: str = "") -> Workshop:
    if reading.workshop is None:
        raise ValueError(_problem(next(each for each in reading.problems if not each.warning), kind))
    if not _names(before) <= _names(reading.workshop):
        # Ids made of the number of a step, because its title has no letters for one, would be those of others.
        raise ValueError(_("the steps of this file need ids before their order can change"))
    return replace(reading.workshop, translations=before.translations)


def _names(workshop: Workshop) -> set[tuple[str, str]]:
    return {(each.id, each.title) for each in workshop.steps}


def _problem(problem: Problem, kind: str) -> str:
    if problem.code in _BUILDS_ON:
        return _("a step can't come before one that it takes from or runs again")
    if problem.code.startswith("T4") and kind:
        return f"{problem.message}. {_example(kind)}".strip()
    return f"{problem.message}: {problem.expected}" if problem.expected else problem.message


def _example(kind: str) -> str:
    """Show how the lines of a kind are written behind its title."""
    lists = _activity(kind).lists
    if "choices" in lists:
        return _("Write it like: add {kind} Which first?: swap shifts | two rotas").format(kind=kind)
    if "numbered" in lists:
        return _("Write it like: add {kind} How far are we?: we meet | we listen").format(kind=kind)
    if "scale" in lists:
        return _("Write it like: add {kind} How was it?: 1 bad | 2 fine | 3 good").format(kind=kind)
    return ""
