from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from tisu_tui.activities import _asking, _counting, _picturing, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.figure import FigureItem, Items, Picture
from tisu_tui.core.form import Answer, By, Form, Option, Pick, Write, bare
from tisu_tui.core.released import Count, Finding, Found, Released, Tally
from tisu_tui.core.shown import WITHHELD, Part, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

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
        fields = _fields(given.options or self.lines)
        return _asking.on_own_screens(fields, size, Form(fields, By.SCRIBE, _asking.talk_and_decide()))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        lines = given.options or self.lines
        told = _counting.answered(_fields(lines), answers)
        tallies = tuple(_settled(_counting.tally(question, told)) for question in _picks(lines))
        return Count(tallies, _counting.words(_MORE, told), among=sum(bool(each) for each in told))

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        asked = _telling.told(rounds)
        lines = self._lines(asked[-1]) if asked else given.options or self.lines
        if not asked:
            return Picture(Items.to_choose(lines))
        last = asked[-1]
        if _telling.silent(last):
            return _picturing.withheld(_picturing.chosen(lines), last)
        stands = [self._stands(last, option.id) for option in lines]
        marks = [each if isinstance(each, str) and each != _telling.EMPTY else "" for each in stands]
        open_ = [_is_open(last, option.id) for option in lines]
        items = []
        for line, mark, is_open in zip(lines, marks, open_, strict=True):
            sign = "?" if is_open else "✓" if mark else ""
            # Where all are to be talked over none stands out.
            items.append(FigureItem(bare(line), sign, mark, is_open and not all(open_)))
        figure = Items(tuple(items))
        more = (*last.kept, *last.entry(_MORE))
        under = tuple(_("To add: {line}").format(line=each) for each in more)
        if any(open_):
            said = ngettext("One line to talk over", "{n} lines to talk over", sum(open_)).format(n=sum(open_))
            return Picture(figure, said, under=under)
        return Picture(figure, _("All lines are kept") if all(marks) else "", under=under)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        last = rounds[-1]
        shown: list[Shown] = []
        aspects = ((_("Where we stand"), self._stands),)
        shown += _telling.table(_("How we want to work together"), _("Line"), self._lines(last), aspects, rounds)
        shown += _telling.quotes(_("Lines to add"), (*last.kept, *last.entry(_MORE)))
        if _telling.silent(last):
            shown += _telling.unsaid(last)
        return tuple(shown) or (_telling.nothing_written(),)

    @property
    def own_options(self) -> tuple[Option, ...]:
        return self.lines

    def carries(self, last: Released) -> tuple[Option, ...]:
        if not _telling.told([last]):
            return ()
        lines = self._lines(last)
        # A line that was to be talked over comes along like any other: which it was may not always be said.
        known, taken = {option.label.casefold() for option in lines}, {option.id for option in lines}
        texts = dict.fromkeys(text for text in (*last.kept, *last.entry(_MORE)) if text.casefold() not in known)
        fresh = (name for n in itertools.count(1) if (name := f"c{n}") not in taken)
        return (*lines, *(Option(name, text) for text, name in zip(texts, fresh, strict=False)))

    def page(self, last: Released) -> Sequence[Part]:
        return (Part("", tuple(option.label for option in self.carries(last))),)

    def _stands(self, released: Released, line: str) -> _telling.Cell:
        is_asked = line in {option.id for option in self._lines(released)}
        return _outcome(released, line) if is_asked else _telling.EMPTY

    def _lines(self, released: Released) -> tuple[Option, ...]:
        return released.options or self.lines


def _fields(lines: Sequence[Option]) -> tuple[Pick | Write, ...]:
    return (*_picks(lines), Write(_MORE, _("Is a line missing?"), many=3))


def _picks(lines: Sequence[Option]) -> tuple[Pick, ...]:
    answers = _answers()
    return tuple(Pick(line.id, answers, line.label) for line in lines)


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
    if not released.is_secret:
        agreed = _telling.picked(released, line, _answers())
        return agreed[0].label if agreed else _telling.EMPTY
    groups = released.finding(line, Finding.CARRIED)
    if groups is None:
        return WITHHELD
    return _("Kept as it is") if groups[0][0] == "carried" else _("To talk over")


def _is_open(released: Released, line: str) -> bool:
    """Tell whether a line is to be talked over, where that may be said."""
    if not released.is_secret:
        return any(option.id != "fine" for option in _telling.picked(released, line, _answers()))
    groups = released.finding(line, Finding.CARRIED)
    return groups is not None and groups[0][0] != "carried"
