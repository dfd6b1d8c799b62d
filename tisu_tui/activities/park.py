from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.activities import _asking
from tisu_tui.core.activity import Activity, Given
from tisu_tui.core.form import Form, Write
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Park(Activity):
    """The group sets aside topics for which there is no time today."""

    def form(self, given: Given, size: Size) -> Form:
        fields = (Write("parked", _("What we set aside"), many=40, record="park"),)
        talk = _("We say what we set aside for another day, and the scribe writes it down.")
        return _asking.by_scribe(fields, size, talk)
