from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking, _reading, _telling
from tisu_tui.core.activity import Activity, Given, StepSource
from tisu_tui.core.form import Form, Option, Write
from tisu_tui.core.later import Captured, captured_columns
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Part, Shown, WordTable
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Capture(Activity):
    """The group talks under a few headings, and the scribe writes down what is said for all to see."""

    lists = frozenset({"numbered"})

    headings: tuple[Option, ...]

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.line_problems(step, "T416"))
        return cls(_reading.options(step.numbered))

    def form(self, given: Given, size: Size) -> Form:
        fields = tuple(Write(heading.id, heading.label, many=20) for heading in self.headings)
        return _asking.by_scribe(fields, size, _("We talk, and the scribe writes down what we say."))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        columns = captured_columns()
        tables = tuple(
            WordTable(title, columns, rows)
            for title, released in _telling.headed(rounds, _("What we wrote down"))
            if (rows := self._rows(released))
        )
        return tables or (_telling.nothing_written(),)

    def page(self, last: Released) -> Sequence[Part]:
        # A heading with nothing under it stays: that nobody had an answer is worth seeing.
        return tuple(Part(heading.label, last.entry(heading.id)) for heading in self.headings)

    def _rows(self, released: Released) -> tuple[tuple[str, str], ...]:
        return tuple((heading.label, text) for heading in self.headings for text in released.entry(heading.id))

    def offers(self, last: Released) -> tuple[Option, ...]:
        return _asking.from_texts([text for _heading, text in self._rows(last)])

    def captured(self, last: Released) -> tuple[Captured, ...]:
        return tuple(Captured(heading, text) for heading, text in self._rows(last))
