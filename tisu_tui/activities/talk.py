from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.core.activity import Activity, Given, StepSource
from tisu_tui.core.form import By, Form
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Talk(Activity):
    """People read, listen and talk; nothing is asked."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls()

    def form(self, given: Given, size: Size) -> Form:
        return Form(by=By.NOBODY, talk=_("There is nothing to answer here. Listen, or talk if you like."))

    def without_result(self) -> str:
        return _("Time to read, listen and talk.")

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        return ()
