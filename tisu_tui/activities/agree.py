from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Self

from tisu_tui.activities import _asking, _counting, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.form import Answer, By, Form, Option, Pick, Write
from tisu_tui.core.released import Count, Finding, Found, Released, Tally
from tisu_tui.core.shown import WITHHELD, Shown
from tisu_tui.core.size import Size

_MORE = "more"


@dataclass(frozen=True, slots=True)
class Agree(Activity):
    """The group goes through how it wants to work together; a line that anyone would change is talked over."""

    lists = frozenset({"numbered"})
    finds = frozenset({Finding.CARRIED})

    lines: tuple[Option, ...]

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.line_problems(step, "T416", taken=(_MORE,)))
        return cls(_reading.options(step.numbered))

    def form(self, given: Given, size: Size) -> Form:
        aloud = Form(self._fields(), By.SCRIBE, _asking.talk_and_decide())
        return _asking.on_own_screens(self._fields(), size, aloud)

    def _fields(self) -> tuple[Pick | Write, ...]:
        return (*self._picks(), Write(_MORE, _("Is a line missing?"), many=3))

    def _picks(self) -> tuple[Pick, ...]:
        answers = _answers()
        return tuple(Pick(line.id, answers, line.label) for line in self.lines)

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        told = _counting.answered(self._fields(), answers)
        tallies = tuple(_settled(_counting.tally(each, told)) for each in self._picks())
        return Count(tallies, _counting.words(_MORE, told), among=sum(bool(each) for each in told))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        last, asked = rounds[-1], _telling.secret(rounds)
        shown: list[Shown] = []
        aspects = ((_("Where we stand"), _outcome),)
        shown += _telling.table(_("How we want to work together"), _("Line"), self.lines, aspects, rounds)
        for title, each in zip(_telling.heads(asked, _("How many people said what")), asked, strict=True):
            shown += _telling.heat(title, self.lines, _answers(), each)
        shown += _telling.quotes(_("Lines to add"), (*last.kept, *last.entry(_MORE)))
        if _telling.silent(last):
            shown += _telling.withheld()
        return tuple(shown) or (_telling.nothing_written(),)


def _answers() -> tuple[Option, ...]:
    return (
        Option("fine", _("Fine as it is")),
        Option("change", _("Needs a change")),
        Option("not-sure", _("Not sure")),
    )


def _settled(counted: Tally) -> Tally:
    if not counted.answered:
        return counted
    verdict = "worry" if counted.counts[1] else "carried"
    return replace(counted, found=(Found(Finding.CARRIED, ((verdict,),)),))


def _outcome(released: Released, line: str) -> _telling.Cell:
    if not _telling.is_secret(released):
        agreed = _telling.picked(released, line, _answers())
        return agreed[0].label if agreed else _telling.EMPTY
    groups = _telling.finding(released, line, Finding.CARRIED)
    if groups is None:
        return WITHHELD
    return _("Kept as it is") if groups[0][0] == "carried" else _("To talk over")
