"""The same step in two languages: what has to be alike in both, and what each says in words of its own."""

from __future__ import annotations

from dataclasses import fields, replace

from tisu_tui.core.activity import Activity
from tisu_tui.core.form import Option
from tisu_tui.session.workshop import Step, Workshop


def put_into(step: Step, own: Step) -> Step | None:
    """Put a step into the words of another one with its id; `None` where that asks something else.

    Answers, results and settings go by the ids of the first, whose lines are found by id or else by place.
    """
    activity = _activity(step.activity, own.activity)
    if activity is None or step.kind != own.kind:
        return None
    return replace(
        step,
        title=own.title,
        activity=activity,
        advises=own.advises or step.advises,
        content_note=own.content_note,
        body=own.body,
        notes=own.notes,
        sheet=own.sheet if step.sheet else None,
    )


def _activity(base: Activity, own: Activity) -> Activity | None:
    if type(base) is not type(own):
        return None
    words: dict[str, object] = {}
    for field in fields(base):  # type: ignore[arg-type]  # every kind is a dataclass
        before, after = getattr(base, field.name), getattr(own, field.name)
        if isinstance(before, tuple):
            options = _options(before, after)
            if options is None:
                return None
            words[field.name] = options
        elif isinstance(before, str) and field.name not in base.settings:
            # What a kind has in words is read by people, but for a setting, by which the program goes.
            words[field.name] = after
    return replace(base, **words)  # type: ignore[type-var]  # every kind is a dataclass


def _options(base: tuple[object, ...], own: tuple[object, ...]) -> tuple[object, ...] | None:
    if len(base) != len(own):
        return None
    pairs = [*zip(base, own, strict=True)]
    named = {field_.id: field_ for field_ in own if isinstance(field_, Option)}
    if all(isinstance(each, Option) and each.id in named for each in base):
        pairs = [(each, named[each.id]) for each in base if isinstance(each, Option)]
    return tuple(
        replace(after, id=before.id, key=before.key)
        if isinstance(before, Option) and isinstance(after, Option)
        else after
        for before, after in pairs
    )


def in_words_of(workshop: Workshop, language: str) -> Workshop:
    """Put a workshop into the words of its translation; what is missing there, or has none, stays as it is."""
    own = next((translation for translation in workshop.translations if translation.language == language), None)
    if own is None:
        return workshop
    steps = {step.id: step for step in own.steps}
    return replace(
        workshop,
        title=own.title,
        voices=own.voices if len(own.voices) == len(workshop.voices) else workshop.voices,
        support=own.support or workshop.support,
        intro=own.intro or workshop.intro,
        notes=own.notes or workshop.notes,
        steps=tuple(put_into(step, steps.get(step.id, step)) or step for step in workshop.steps),
    )


def untranslated(workshop: Workshop, own: Workshop) -> tuple[list[str], list[str]]:
    """List the ids of steps that a translation lacks, and of those that ask something else there."""
    steps = {step.id: step for step in own.steps}
    missing = [step.id for step in workshop.steps if step.id not in steps]
    there = [(step, steps[step.id]) for step in workshop.steps if step.id in steps]
    return missing, [step.id for step, other in there if put_into(step, other) is None]
