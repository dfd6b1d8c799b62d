from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from tisu_tui.activities import _asking, _counting, _picturing, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.figure import Picture, Rated, Ruler, Window
from tisu_tui.core.form import Answer, By, Form, Option, Pick
from tisu_tui.core.later import Row
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_FIELD = "answer"


@dataclass(frozen=True, slots=True)
class Scale(Activity):
    """People answer one question about their service on a scale; the middle and the spread are shown."""

    lists = frozenset({"scale"})
    settings = frozenset({"by voice", "twice", "figure"})
    finds = _counting.RATINGS

    points: tuple[Option, ...]
    as_window: bool = False
    """Whether its steady place is in the middle, so that it is drawn as a window."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.scale_problems(step))
        return cls(_reading.points(step.scale), step.figure == "window")

    def form(self, given: Given, size: Size) -> Form:
        aloud = Form((self._field(_("What we agree on")),), By.SCRIBE, _asking.talk_it_over())
        return _asking.on_own_screens((self._field(),), size, aloud)

    def _field(self, title: str = "") -> Pick:
        return Pick(_FIELD, (*self.points, _asking.dont_know()), title)

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        field = self._field()
        return Count((_counting.rated(field, self.points, _counting.answered((field,), answers)),))

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        empty, asked = _picturing.ruler(self.points), _telling.told(rounds)
        blank = Window(_picturing.zones(self.points, is_result=bool(asked))) if self.as_window else empty
        if not asked:
            return Picture(blank)
        before = self.rows(asked[-2]) if len(asked) > 1 else ()
        (row,) = _picturing.measured(self.points, (Option(_FIELD, ""),), self.rows(asked[-1]), before)
        found = _pictured(empty, row, asked[-1])
        if not self.as_window or row.counts:  # numbers need bars
            return found
        arrows = "◀━▶" if row.far else "▶━◀"
        middle = f"{row.mark} · {arrows} {row.note}" if row.note else row.mark
        window = _picturing.window_of(self.points, row, middle, _("the middle, before"))
        return replace(found, figure=window if row.middle else blank)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        shown: list[Shown] = [*_telling.rated(rounds, _FIELD, self._field().options)]
        asked = _telling.secret(rounds)
        shown += _telling.counts(_("How many people chose each"), _FIELD, asked, _telling.heads(asked, _("People")))
        if _telling.silent(rounds[-1]):
            shown += _telling.unsaid(rounds[-1])
        return tuple(shown)

    def rows(self, last: Released) -> tuple[Row, ...]:
        return _picturing.rows(last, (Option(_FIELD, ""),), self.points)


def _pictured(empty: Ruler, row: Rated, last: Released) -> Picture:
    figure = Ruler(empty.points, (row,), empty.keys)
    if _telling.silent(last):
        return _picturing.withheld(empty, last)
    # The figure says that answers are together; that they are apart asks the group something.
    said = tuple(say.text for say in _telling.spread_of(last, _FIELD) if row.far or not (row.middle and row.note))
    if last.finding(_FIELD, Finding.UNRATED) is not None:
        return Picture(figure, _("Half of us or more could not rate this"), under=said)
    over = _("The middle answer") if last.is_secret else _("Agreed aloud")
    return Picture(figure, _picturing.scale_headline(row, empty.points), over, said)
