from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tisu_tui.activities import _asking, _requests, _telling
from tisu_tui.core.activity import Activity, Given, Tier
from tisu_tui.core.form import Form, Write
from tisu_tui.core.later import Standing
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Escalate(Activity):
    """The group asks senior management for what only they can change, and for an answer by a date.

    What was asked before and is open comes first, to be asked again.
    """

    tier = Tier.ORGANISATION
    takes_requests = True

    def form(self, given: Given, size: Size) -> Form:
        fresh = Write("asks", _("What we ask for, @whom, due when"), many=40, record="ask")
        before = [question for option in given.options for question in _requests.to_ask_again(option)]
        talk = _("We say what we ask of senior managers, and by when we need an answer. The scribe writes it down.")
        if before:
            talk = _(
                "First what we asked before and is still open: do we ask again? Then what we ask for now. "
                "The scribe writes it down."
            )
        return _asking.by_scribe((*before, fresh), size, talk)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        shown: list[Shown] = []
        for title, released in _telling.headed(rounds, _("Asked before")):
            found = self.standings(released)
            again = {standing.promise for standing in found}
            if lines := [option for option in released.options if option.id in again]:
                columns = (_("What we asked"), _("Where it stands"), _("In our words"))
                shown.append(_requests.table(title, columns, lines, found))
        return tuple(shown)

    def standings(self, last: Released) -> tuple[Standing, ...]:
        found = (_requests.standing(last, option, _requests.to_ask_again(option)) for option in last.options)
        return tuple(standing for standing in found if standing)
