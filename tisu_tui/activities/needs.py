from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking, _reading
from tisu_tui.core.activity import Activity, Given, StepSource, Tier
from tisu_tui.core.form import By, Form, Option, Pick
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


def _usual() -> tuple[Option, ...]:
    return (
        Option("nothing", _("Nothing just now")),
        Option("slower", _("A slower pace")),
        Option("break", _("A break")),
        Option("listen", _("To listen only")),
        Option("step-out", _("To step out for a bit")),
    )


def _offer() -> str:
    return _("Anyone can have a break or a slower pace now. Nobody needs to say why.")


@dataclass(frozen=True, slots=True)
class Needs(Activity):
    """People think about what would help them take part; whoever asks, everyone is offered a break."""

    tier = Tier.ROOM
    lists = frozenset({"choices"})
    settings = frozenset({"random order"})
    asks_about_people = True

    options: tuple[Option, ...] = ()

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.choice_problems(step) if step.choices else ())
        return cls(_reading.options(step.choices))

    def form(self, given: Given, size: Size) -> Form:
        options = self.options or _usual()
        fields = (Pick("needs", options, most=len(options)),)
        return _asking.on_own_screens(fields, size, aloud=Form(fields, By.NOBODY, _offer()))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        return (Say(_offer()),) if rounds else ()
