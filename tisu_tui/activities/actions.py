from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking
from tisu_tui.core.activity import Activity, Given, StepSource
from tisu_tui.core.form import Form, Write
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Actions(Activity):
    """The group agrees actions with owners and dates, and the scribe writes them down."""

    lists = frozenset({"choices"})
    plans_actions = True
    settings = frozenset({"visible"})

    visible: bool = False

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls("visible" in step.settings)

    @property
    def is_seen(self) -> bool:
        return self.visible

    def form(self, given: Given, size: Size) -> Form:
        fields = (Write("actions", _("What, @who, due when"), many=40, record="action"),)
        talk = _("We say what we will do, who does it and by when. The scribe writes it down.")
        return _asking.by_scribe(fields, size, talk)
