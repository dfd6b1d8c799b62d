from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Self

from tisu_tui.activities import _asking, _counting, _lasting, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.form import Answer, By, Form, Option, Pick
from tisu_tui.core.later import Row
from tisu_tui.core.released import Count, Released
from tisu_tui.core.shown import WITHHELD, Say, Shown
from tisu_tui.core.size import Size, Way
from tisu_tui.core.verdict import Rule

_QUESTION = Option("sense", "")
"""The step's own question, where it has no lines."""
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Sense(Activity):
    """People show how ready they are for something, from 0 to 5; below 3 there is something to hear first."""

    lists = frozenset({"numbered"})
    settings = frozenset({"random order", "by voice", "from"})
    finds = _counting.RATINGS

    lines: tuple[Option, ...] = ()
    takes_options: bool = False

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.repeated(step.numbered))
        return cls(_reading.options(step.numbered), step.takes_options)

    def form(self, given: Given, size: Size) -> Form:
        fields = self._fields(given) or (_asking.nothing_to_take(),)
        agreed, named = _("agreed aloud"), _("{statement} (agreed aloud)")
        titles = (named.format(statement=each.title) if each.title else agreed for each in fields)
        aloud = tuple(Pick(each.id, each.options, title) for each, title in zip(fields, titles, strict=True))
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
        return Count(tuple(_counting.rated(field, field.options, told) for field in fields))

    def rule(self, given: Given, size: Size) -> Rule | None:
        if size.way is Way.ALONE:
            return None
        carries = _("Where nobody is below 3, the group is ready to decide. This alone decides nothing.")
        return Rule(_("Fist to five"), carries)

    @property
    def own_options(self) -> tuple[Option, ...]:
        return self.lines

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        last, asked = rounds[-1], _telling.secret(rounds)
        lines = tuple({line.id: _headed(line) for each in rounds for line in self._lines(each.options)}.values())
        shown: list[Shown] = []
        if lines == (_QUESTION,):
            shown += _telling.rated(rounds, _QUESTION.id, _points())
            shown += _readiness(last, lines)
            names = _telling.heads(asked, _("People"))
            shown += _telling.counts(_("How many people chose each"), _QUESTION.id, asked, names)
        else:
            aspects = (
                (_("Middle answer"), _telling.middle(_points())),
                (_("How far apart"), _telling.apart),
                (_("Below 3"), _below),
            )
            shown += _telling.table(_("How ready people are"), _("Line"), lines, aspects, rounds)
            shown += _readiness(last, self._lines(last.options))
            for title, each in zip(_telling.heads(asked, _("How many people chose each")), asked, strict=True):
                shown += _telling.heat(title, lines, _points(), each)
        if _telling.silent(last):
            shown += _telling.withheld()
        return tuple(shown) or (_telling.nothing_written(),)

    def rows(self, last: Released) -> tuple[Row, ...]:
        return _lasting.rows(last, [_headed(line) for line in self._lines(last.options)], _points())


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
    """Shorten a line to what stands before its words, which the notes have where they were written."""
    return Option(line.id, line.label.partition(" — ")[0])


def _how_many_below(released: Released, line: str) -> tuple[int, int] | None:
    """Give how many people are below 3, and of how many; `None` where the counts may not be said."""
    tally = released.tally(line)
    if tally is None or not isinstance(tally.answered, int):
        return None
    low = [number for number in tally.counts[:_ENOUGH] if isinstance(number, int)]
    return (sum(low), tally.answered) if len(low) == _ENOUGH else None


def _below(released: Released, line: str) -> _telling.Cell:
    if not _telling.is_secret(released):
        return _telling.EMPTY
    found = _how_many_below(released, line)
    return _("{n} of {all}").format(n=found[0], all=found[1]) if found else WITHHELD


def _readiness(released: Released, lines: Sequence[Option]) -> list[Say]:
    """Say who is ready for what, as far as the counts that were released tell it."""
    found = [_how_many_below(released, line.id) for line in lines]
    if lines == (_QUESTION,) and (only := found[0]) and only[0]:
        below, answered = only
        told = ngettext("{n} of {all} is below 3.", "{n} of {all} are below 3.", below).format(n=below, all=answered)
        return [Say(f"{told} {_what_it_takes()}")]
    said: list[Say] = []
    if found and all(each and not each[0] for each in found):
        return [Say(_("Nobody is below 3. The group is ready to decide."))]
    if ready := [_telling.quoted(line.label) for line, each in zip(lines, found, strict=True) if each and not each[0]]:
        said.append(Say(_("Nobody is below 3 for {lines}.").format(lines=in_a_row(ready))))
    if any(each and each[0] for each in found):
        said.append(Say(_what_it_takes()))
    return said


def _what_it_takes() -> str:
    return _("What would it take to come to a 3? Anyone may say, and nobody has to.")
