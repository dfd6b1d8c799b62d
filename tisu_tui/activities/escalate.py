from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Self

from tisu_tui.activities import _asking
from tisu_tui.core.activity import Activity, Given, StepSource, Tier
from tisu_tui.core.form import Form, Write
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Shown
from tisu_tui.core.size import Size


@dataclass(frozen=True, slots=True)
class Escalate(Activity):
    """The group asks senior management for what only they can change, and for an answer by a date."""

    tier = Tier.ORGANISATION

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls()

    def form(self, given: Given, size: Size) -> Form:
        fields = (Write("asks", _("What we ask for, @whom, due when"), many=40, record="ask"),)
        talk = _("We say what we ask of senior managers, and by when we need an answer. The scribe writes it down.")
        return _asking.by_scribe(fields, size, talk)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        return ()
