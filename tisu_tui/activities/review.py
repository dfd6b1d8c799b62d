from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking, _reading, _telling
from tisu_tui.core.activity import Activity, Given, StepSource
from tisu_tui.core.form import Form, Option, Pick, Write
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Part, Shown, WordTable
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _

_TO_WORK_ON = {"partly", "no"}


@dataclass(frozen=True, slots=True)
class Review(Activity):
    """The group goes through a checklist together, and the scribe enters one answer and a note for each item."""

    lists = frozenset({"numbered"})
    settings = frozenset({"from"})

    items: tuple[Option, ...] = ()
    """What is gone through; asked of each option where an earlier step brings some."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        _reading.stop_at(_reading.line_problems(step, "T416"))
        return cls(_reading.options(step.numbered))

    def form(self, given: Given, size: Size) -> Form:
        # Words are looked up once for all items: there may be many, and a form is made for each answer.
        answers, note = _answers(), _("A note on: {item}")
        fields: list[Pick | Write] = []
        for item in _asking.crossed(given.options, self.items):
            fields.append(Pick(item.id, answers, item.label))
            fields.append(Write(_note(item.id), note.format(item=item.label), many=5, after=item.id))
        talk = _("We go through this together. The scribe enters one answer for each, and a note if you want one.")
        return _asking.by_scribe(fields or [_asking.nothing_to_take()], size, talk)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        rounds = _telling.told(rounds)
        if not rounds:
            return ()
        last = rounds[-1]
        items = list(
            dict.fromkeys(item for released in rounds for item in _asking.crossed(released.options, self.items))
        )
        answered = [item for item in items if any(released.entry(item.id) for released in rounds)]
        if not answered:
            return (_telling.nothing_written(),)
        shown: list[Shown] = [*_telling.how_many(_answers(), [_answer(last, item.id) for item in items])]
        aspects = ((_("Answer"), _told), (_("Note"), _noted))
        shown += _telling.table(_("What we found"), _("Item"), answered, aspects, rounds)
        if left := self.offers(last):
            shown.append(WordTable(_("To work on"), (_("Item"),), tuple((item.label,) for item in left)))
        return tuple(shown)

    def page(self, last: Released) -> Sequence[Part]:
        lines = []
        for item in _asking.crossed(last.options, self.items):
            said = [cell for cell in (_told(last, item.id), _noted(last, item.id)) if isinstance(cell, str)]
            found = ". ".join(cell.rstrip(".") for cell in said if cell != _telling.EMPTY)
            lines.append(
                _("{item} – when we looked: {found}.").format(item=item.label, found=found) if found else item.label
            )
        return (Part("", tuple(lines)),)

    def offers(self, last: Released) -> tuple[Option, ...]:
        items = _asking.crossed(last.options, self.items)
        return tuple(item for item in items if _answer(last, item.id) in _TO_WORK_ON)


def _answers() -> tuple[Option, ...]:
    return (Option("yes", _("Yes")), Option("partly", _("Partly")), Option("no", _("No")), _asking.dont_know())


def _note(item: str) -> str:
    return f"{item}:note"


def _answer(released: Released, item: str) -> str:
    return next(iter(released.entry(item)), "")


def _told(released: Released, item: str) -> _telling.Cell:
    return next((option.label for option in _telling.picked(released, item, _answers())), _telling.EMPTY)


def _noted(released: Released, item: str) -> _telling.Cell:
    return _telling.in_a_cell(released.entry(_note(item)))
