from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tisu_tui.core.activity import Activity, Given, StepSource
from tisu_tui.core.form import By, Form
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to do on one's own for a minute, a line at a time; no line needs a timer."""

    title: str
    lines: tuple[str, ...]


def pauses() -> tuple[Exercise, ...]:
    """List the exercises, those that turn attention outwards first: breathing does not suit everyone."""
    return (
        Exercise(
            _("Look around"),
            (
                _("Let your eyes move round the room."),
                _("Find three things that are the same colour."),
                _("Notice the door."),
            ),
        ),
        Exercise(
            _("Five, four, three, two, one"),
            (
                _("Name five things you can see."),
                _("Name four things you can touch."),
                _("Name three things you can hear."),
                _("If you like, name two things you can smell."),
                _("If you like, name one thing you can taste."),
            ),
        ),
        Exercise(
            _("Feet and chair"),
            (
                _("Press your feet down, or rest your hands on the desk."),
                _("Notice the chair holding you."),
            ),
        ),
        Exercise(
            _("Plain facts"),
            (
                _("Say to yourself what day it is."),
                _("Say where you are."),
                _("Say one thing you will do after this."),
            ),
        ),
        Exercise(
            _("Count or name"),
            (_("Count back from 20."), _("Or name animals, one for each letter from A.")),
        ),
        Exercise(
            _("Slow breathing"),
            (
                _("Skip this if breathing exercises don't suit you, or a health worker has told you not to."),
                _("Keep your eyes open. Breathe in gently, and count up to 4."),
                _("Breathe out gently, and count up to 5 or 6. Don't hold your breath."),
                _("Go on for about a minute. Stop if you feel dizzy or worse, and breathe as usual."),
            ),
        ),
        Exercise(
            _("A quiet minute"),
            (_("Rest, stretch or get some water. Being off screen is part of taking part."),),
        ),
    )


@dataclass(frozen=True, slots=True)
class Pause(Activity):
    """People rest or steady themselves in their own way; nothing is asked and nothing is noted."""

    lists = frozenset({"numbered"})
    is_break = True

    lines: tuple[str, ...] = ()
    """What to do, where the file says it; empty to choose among `pauses()`."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls(tuple(line.text for line in step.numbered))

    def form(self, given: Given, size: Size) -> Form:
        if self.lines:
            return Form(by=By.NOBODY, talk="\n".join(self.lines))
        titles = "; ".join(exercise.title for exercise in pauses())
        talk = _("Choose what suits you, or just rest. You can try: {titles}. Nothing is noted.")
        return Form(by=By.NOBODY, talk=talk.format(titles=titles))

    def without_result(self) -> str:
        return _("A pause.")
