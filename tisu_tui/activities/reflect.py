from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _reading
from tisu_tui.core.activity import Activity, Given, StepSource, Tier
from tisu_tui.core.form import By, Form, Option, Write
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Reflect(Activity):
    """Each person thinks or writes for themselves alone; in a room of any size nothing of it is sent or saved."""

    tier = Tier.ROOM
    lists = frozenset({"numbered"})
    asks_about_people = True

    prompts: tuple[Option, ...] = ()
    """What to think about, one after the other; empty where the step's own words ask it."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.repeated(step.numbered))
        return cls(_reading.options(step.numbered))

    def form(self, given: Given, size: Size) -> Form:
        fields = tuple(Write(option.id, option.label, many=20) for option in self.prompts) or (
            Write("thoughts", many=20),
        )
        talk = _("This is for you alone. Think, or write on paper, in your own time. Nothing is sent or saved.")
        return Form(fields, By.NOBODY, talk)
