from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.core.activity import Activity, Given
from tisu_tui.core.form import By, Form
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Talk(Activity):
    """People read, listen and talk; nothing is asked."""

    def form(self, given: Given, size: Size) -> Form:
        return Form(by=By.NOBODY, talk=_("There is nothing to answer here. Listen, or talk if you like."))

    def without_result(self) -> str:
        return _("Time to read, listen and talk.")
