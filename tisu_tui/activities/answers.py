from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking, _picturing, _requests, _telling
from tisu_tui.core.activity import Activity, Given, StepSource, Tier
from tisu_tui.core.figure import Picture
from tisu_tui.core.form import Form, Write
from tisu_tui.core.later import Standing
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Part, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_ROLE, _SAID = "role", "said"


@dataclass(frozen=True, slots=True)
class Answers(Activity):
    """Senior managers answer what was asked of them, one request after another; the scribe writes each answer down."""

    tier = Tier.ORGANISATION
    settings = frozenset({"of"})
    takes_requests = True
    answers_requests = True

    of: str = ""
    """Whom the requests were made to; empty for all of them."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls(step.of)

    def is_about(self, owner: str) -> bool:
        return not self.of or self.of.casefold() in {each.casefold() for each in owner.split(", ")}

    def form(self, given: Given, size: Size) -> Form:
        if not given.options:
            fields = (Write(_SAID, _("What did we ask, and what is the answer?"), many=20),)
            return _asking.by_scribe(
                fields, size, _("No request is open. What is answered all the same is written down.")
            )
        who = Write(_ROLE, _("Who answers, by role?"))
        talk = _(
            "We read each request aloud. There are four answers, and all are fair. The scribe writes each one down."
        )
        return _asking.by_scribe(
            (who, *(question for option in given.options for question in _requests.to_answer(option))), size, talk
        )

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture | None:
        return _picturing.board(self.describe(rounds[-1:]))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        shown: list[Shown] = []
        for title, released in _telling.headed(rounds, _("What was answered")):
            shown += _telling.quotes(title, released.entry(_SAID))
            if released.options:
                columns = (_("What we asked"), _("The answer"), _("In their words"))
                shown.append(_requests.table(title, columns, released.options, self.standings(released)))
        return tuple(shown) or ((_telling.nothing_written(),) if rounds else ())

    def page(self, last: Released) -> Sequence[Part]:
        said = last.entry(_SAID)
        return (*_requests.by_status(self.standings(last)), *((Part("", said),) if said else ()))

    def standings(self, last: Released) -> tuple[Standing, ...]:
        role = next(iter(last.entry(_ROLE)), "")
        found = (_requests.standing(last, option, _requests.to_answer(option), role) for option in last.options)
        return tuple(standing for standing in found if standing)
