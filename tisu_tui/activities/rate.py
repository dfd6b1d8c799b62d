from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from tisu_tui.activities import _asking, _counting, _picturing, _reading, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.enumerating import in_a_row
from tisu_tui.core.figure import Picture, Rated, Ruler, code
from tisu_tui.core.form import Answer, By, Form, Option, Pick
from tisu_tui.core.later import Row
from tisu_tui.core.released import Count, Finding, Released, sure_field
from tisu_tui.core.shown import WITHHELD, Say, Shown
from tisu_tui.core.size import FEWEST_LEADERS, Size
from tisu_tui.core.text import in_quotes
from tisu_tui.core.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Rate(Activity):
    """People say how far along each statement is; what they see differently is pointed out first."""

    lists = frozenset({"numbered", "scale"})
    settings = frozenset({"sureness", "random order", "by voice", "twice"})
    finds = _counting.RATINGS

    lines: tuple[Option, ...]
    points: tuple[Option, ...]
    sureness: bool = False
    of_leaders: frozenset[str] = frozenset()
    """Ids of the lines that are about leaders."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        taken = [sure_field(line.id) for line in step.numbered]
        _reading.stop_at([*_reading.line_problems(step, "T411", taken), *_reading.scale_problems(step)])
        lines, points = _reading.options(step.numbered), _reading.points(step.scale)
        of_leaders = frozenset(line.id for line in step.numbered if line.about_leaders)
        return cls(lines, points, "sureness" in step.settings, of_leaders)

    @property
    def about_leaders(self) -> tuple[Option, ...]:
        return tuple(line for line in self.lines if line.id in self.of_leaders)

    def _asked(self, given: Given) -> tuple[Option, ...]:
        if given.leaders is None or given.leaders >= FEWEST_LEADERS:
            return self.lines
        return tuple(line for line in self.lines if line.id not in self.of_leaders)

    def form(self, given: Given, size: Size) -> Form:
        if not self._asked(given):
            return Form(by=By.NOBODY, talk=_("Each of us thinks about this for a while. Nothing is asked."))
        # Words are looked up once for all lines: there may be many, and a form is made for each answer.
        answers = self._answers()
        aloud = tuple(Pick(line.id, answers, line.label) for line in self._asked(given))
        talk = _asking.talk_it_over()
        return _asking.on_own_screens(self._fields(given), size, aloud=Form(aloud, By.SCRIBE, talk))

    def _answers(self) -> tuple[Option, ...]:
        return (*self.points, _asking.dont_know(), Option("not-here", _("Does not apply here"), "x"))

    def _fields(self, given: Given) -> tuple[Pick, ...]:
        answers, stages = self._answers(), tuple(point.id for point in self.points)
        title, brief, sure = _("How sure are you?"), _("Sure?"), _sureness()
        fields: list[Pick] = []
        for line in self._asked(given):
            fields.append(Pick(line.id, answers, line.label))
            if self.sureness:
                fields.append(Pick(sure_field(line.id), sure, title, after=line.id, when=stages, brief=brief))
        return tuple(fields)

    @classmethod
    def usual_scale(cls) -> str:
        return _("- 1: Not started\n- 2: Early steps\n- 3: Partly in place\n- 4: In place\n- 5: Kept up and checked")

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        fields = self._fields(given)
        told = _counting.answered(fields, answers)
        return Count(
            tuple(
                _counting.tally(field, told) if field.after else _counting.rated(field, self.points, told)
                for field in fields
            )
        )

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        empty, asked = _picturing.ruler(self.points, self.lines), _telling.told(rounds)
        if not asked:
            return Picture(empty)
        last = asked[-1]
        if _telling.silent(last):
            return _picturing.withheld(empty, last)
        before = self.rows(asked[-2]) if len(asked) > 1 else ()
        rows = _picturing.measured(self.points, self.lines, self.rows(last), before)
        columns = [
            (_("Don't know"), _unknown_number),
            *((option.label, _how_many(option.id)) for option in _sureness()),
        ]
        told = [(name, [_said(tell(last, row.id)) for row in rows]) for name, tell in columns]
        told = [(name, cells) for name, cells in told if any(cells)]
        rows = tuple(
            replace(row, note=self._note(last, row), further=tuple(cells[n] for _name, cells in told))
            for n, row in enumerate(rows)
        )
        names = {option.id: code(option.label) for option in self.lines}
        figure = Ruler(empty.points, rows, empty.keys, columns=tuple(name for name, _cells in told))
        found = _picturing.rows_picture(figure, names, _picturing.legend(rows))
        return found if last.is_secret else replace(found, over=_("Agreed aloud"))

    def _note(self, last: Released, row: Rated) -> str:
        if row.id in self.of_leaders and not (last.tally(row.id) or last.entry(row.id)):
            return _("not asked")
        return _("few could say") if last.finding(row.id, Finding.UNRATED) is not None else row.note

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        last, middle = rounds[-1], _telling.middle(self._answers())
        if not last.is_secret and len(rounds) == 1:
            title, heard = _("Agreed aloud"), [line for line in self.lines if last.entry(line.id)]
            return _telling.table(title, _("Statement"), heard, [(_("Answer"), self._agreed)], rounds) or (
                _telling.nothing_written(),
            )
        lines = tuple(line for line in self.lines if line.id not in self.of_leaders or _was_asked(line, rounds))
        shown: list[Shown] = list(self._splits(last))
        aspects: list[_telling.Aspect] = [(_("More of us said this than anything else"), _telling.came_first)]
        aspects += [(_("Middle answer"), middle), (_("How far apart"), _telling.apart)]
        aspects.append((_("Don't know"), _unknown))
        shown += _telling.table(_("Where we are"), _("Statement"), lines, aspects, rounds)
        secret = _telling.secret(rounds)
        for title, released in _telling.headed(secret, _("How many people chose each")):
            shown += _telling.heat(title, lines, self.points, released)
        sure = [(option.label, _how_many(option.id)) for option in _sureness()]
        shown += _telling.table(_("How sure people are"), _("Statement"), lines, sure, [last])
        if _telling.silent(last):
            shown += _telling.unsaid(last)
        return (*(shown or (_telling.nothing_written(),)), *self._thought_about(lines))

    def _thought_about(self, asked: Sequence[Option]) -> tuple[Say, ...]:
        labels = "; ".join(in_quotes(line.label) for line in self.lines if line not in asked)
        return (Say(_("Only thought about, and not asked: {lines}").format(lines=labels)),) if labels else ()

    def rows(self, last: Released) -> tuple[Row, ...]:
        return _picturing.rows(last, self.lines, self.points)

    def _agreed(self, released: Released, field: str) -> _telling.Cell:
        return in_a_row([option.label for option in _telling.picked(released, field, self._answers())])

    def _splits(self, released: Released) -> list[Say]:
        for word in ("split", "far"):
            if apart := [line for line in self.lines if _telling.spread_word(released, line.id) == word]:
                lines = "; ".join(in_quotes(line.label) for line in apart)
                first = Say(_("Worth talking about first: {lines}").format(lines=lines))
                return [first, Say(_telling.spread_sentence(word))]
        return []


def _was_asked(line: Option, rounds: Sequence[Released]) -> bool:
    return any(released.tally(line.id) or released.entry(line.id) for released in rounds)


def _unknown(released: Released, field: str) -> _telling.Cell:
    if not released.is_secret:
        return _telling.EMPTY
    tally = released.tally(field)
    if tally is None or WITHHELD in (number := tally.count("dont-know"), tally.answered):
        return WITHHELD
    return _("{n} of {all}").format(n=number, all=tally.answered)


def _unknown_number(released: Released, field: str) -> _telling.Cell:
    said = _unknown(released, field)
    tally = released.tally(field)
    return str(tally.count("dont-know")) if tally and isinstance(said, str) and said != _telling.EMPTY else said


def _said(cell: _telling.Cell) -> str:
    return cell if isinstance(cell, str) and cell != _telling.EMPTY else ""


def _sureness() -> tuple[Option, ...]:
    return (
        Option("guess", _("A guess")),
        Option("fairly-sure", _("Fairly sure")),
        Option("evidence", _("Could show evidence")),
    )


def _how_many(option: str) -> _telling.Tell:
    def tell(released: Released, field: str) -> _telling.Cell:
        tally = released.tally(sure_field(field))
        number = tally.count(option) if tally else WITHHELD
        return str(number) if isinstance(number, int) else WITHHELD

    return tell
