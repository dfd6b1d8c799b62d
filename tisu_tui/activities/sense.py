from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from tisu_tui.activities import _asking, _counting, _picturing, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.figure import Picture, Ruler
from tisu_tui.core.form import Answer, By, Form, Option, Pick
from tisu_tui.core.later import Row
from tisu_tui.core.released import Count, Finding, Found, Released, Tally
from tisu_tui.core.shown import WITHHELD, Say, Shown
from tisu_tui.core.size import Size, Way
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule

_QUESTION = Option("sense", "")
"""The step's own question, where it has no lines."""
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Sense(Activity):
    """People show how ready they are for something, from 0 to 5; below 3 there is something to hear first."""

    lists = frozenset({"numbered"})
    settings = frozenset({"random order", "from"})
    finds = _counting.RATINGS | {Finding.READY}

    lines: tuple[Option, ...] = ()
    takes_options: bool = False

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.repeated(step.numbered))
        return cls(_reading.options(step.numbered), step.takes_options)

    def form(self, given: Given, size: Size) -> Form:
        fields = self._fields(given) or (_asking.nothing_to_take(),)
        agreed = _("What we agree on")
        aloud = tuple(Pick(question.id, question.options, question.title or agreed) for question in fields)
        return _asking.on_own_screens(fields, size, Form(aloud, By.SCRIBE, _asking.talk_it_over()))

    def _lines(self, options: Sequence[Option]) -> tuple[Option, ...]:
        # A question about lines that never came would be a question about nothing.
        return tuple(options) or self.lines or (() if self.takes_options else (_QUESTION,))

    def _fields(self, given: Given) -> tuple[Pick, ...]:
        # Looked up once for all lines: there may be many, and a form is made for each answer.
        points = _points()
        return tuple(Pick(line.id, points, line.label) for line in self._lines(given.options))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        fields = self._fields(given)
        told = _counting.answered(fields, answers)
        return Count(tuple(_with_readiness(_counting.rated(field, field.options, told)) for field in fields))

    def rule(self, given: Given, size: Size) -> Rule | None:
        if size.way is Way.ALONE:
            return None
        carries = _("Where nobody is below 3, the group is ready to decide. This alone decides nothing.")
        return Rule(_("Fist to five"), carries)

    @property
    def own_options(self) -> tuple[Option, ...]:
        return self.lines

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        asked, points = _telling.told(rounds), _points()
        lines = self._lines(asked[-1].options if asked else given.options)
        empty = _picturing.ruler(points, () if lines == (_QUESTION,) else [_headed(option) for option in lines])
        if not asked:
            return Picture(empty)
        last = asked[-1]
        if _telling.silent(last):
            return _picturing.withheld(empty, last)
        before = self.rows(asked[-2]) if len(asked) > 1 else ()
        heads = [_headed(option) for option in lines]
        rows = tuple(
            replace(row, note=_("to hear first")) if _ready(last, row.id) is False and len(lines) > 1 else row
            for row in _picturing.measured(points, heads, self.rows(last), before)
        )
        found = [_ready(last, option.id) for option in lines]
        figure = Ruler(empty.points, rows, empty.keys, legend=_picturing.legend(rows) if len(rows) > 1 else "")
        said = tuple(say.text for say in _readiness(last, lines))
        if all(found):
            return Picture(figure, _("Ready to decide"), under=said)
        if False in found:
            return Picture(figure, _("Something to hear first"), under=said)
        middle = _picturing.scale_headline(rows[0], empty.points) if len(rows) == 1 else ""
        return Picture(figure, middle, "" if last.is_secret else _("Agreed aloud"), said)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        last = rounds[-1]
        lines = tuple(
            {line.id: _headed(line) for released in rounds for line in self._lines(released.options)}.values()
        )
        shown: list[Shown] = []
        if lines == (_QUESTION,):
            shown += _telling.rated(rounds, _QUESTION.id, _points())
            shown += _readiness(last, lines)
        else:
            aspects = ((_("Middle answer"), _telling.middle(_points())), (_("Below 3"), _below))
            shown += _telling.table(_("How ready people are"), _("Line"), lines, aspects, rounds)
            shown += _readiness(last, self._lines(last.options))
        if _telling.silent(last):
            shown += _telling.unsaid(last)
        return tuple(shown) or (_telling.nothing_written(),)

    def rows(self, last: Released) -> tuple[Row, ...]:
        return _picturing.rows(last, [_headed(line) for line in self._lines(last.options)], _points())


def _points() -> tuple[Option, ...]:
    labels = (
        _("I would stop it"),
        _("I have big worries"),
        _("I have some worries"),
        _("I can live with it"),
        _("I like it"),
        _("I would help to lead it"),
    )
    return tuple(Option(str(n), f"{n} {label}", str(n), label) for n, label in enumerate(labels))


def _headed(line: Option) -> Option:
    """Shorten a line to its heading, because its words are in the notes where they were written."""
    return Option(line.id, line.label.partition(" — ")[0])


def _with_readiness(counted: Tally) -> Tally:
    if not counted.answered:
        return counted
    word = "not yet" if any(counted.counts[:_ENOUGH]) else "ready"
    return replace(counted, found=(*counted.found, Found(Finding.READY, ((word,),))))


def _ready(released: Released, line: str) -> bool | None:
    """Tell whether nobody is below 3; `None` where that may not be said."""
    groups = released.finding(line, Finding.READY)
    return groups[0][0] == "ready" if groups else None


def _below(released: Released, line: str) -> _telling.Cell:
    if not released.is_secret:
        return _telling.EMPTY
    match _ready(released, line):
        case None:
            return WITHHELD
        case is_ready:
            return _("nobody") if is_ready else _("somebody")


def _readiness(released: Released, lines: Sequence[Option]) -> list[Say]:
    """Summarise the group's readiness as far as it was released."""
    found = [(line, _ready(released, line.id)) for line in lines]
    if found and all(is_ready for _line, is_ready in found):
        return [Say(_("Nobody is below 3. The group is ready to decide."))]
    said: list[Say] = []
    if ready := [_telling.quoted(line.label) for line, is_ready in found if is_ready]:
        said.append(Say(_("Nobody is below 3 for {lines}.").format(lines=in_a_row(ready))))
    if any(is_ready is False for _line, is_ready in found):
        said.append(Say(_("Somebody is below 3. {question}").format(question=_what_it_takes())))
    return said


def _what_it_takes() -> str:
    return _("What would it take to come to a 3? Anyone may say, and nobody has to.")
