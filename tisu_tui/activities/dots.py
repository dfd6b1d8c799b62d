from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from tisu_tui.activities import _choosing, _counting, _reading
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.figure import Picture
from tisu_tui.core.form import Answer, Form, Option, Pick
from tisu_tui.core.released import Count, Released
from tisu_tui.core.shown import Shown
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule, Verdict

_ON_ONE = 2


@dataclass(frozen=True, slots=True)
class Dots(Activity):
    """People share out a few dots among options, to see where a group wants to begin."""

    arguments = ("", "N")
    lists = frozenset({"choices"})
    settings = frozenset({"random order", "by voice", "from", "twice"})
    finds = _counting.CHOICES
    is_vote = True

    options: tuple[Option, ...] = ()
    dots: int = 0
    """How many dots each person has; 0 to go by the number of options."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        problems = _reading.choice_problems(step)
        expected = _("`dots 3`, and no more than two dots for each choice")
        dots, wrong = _reading.count(step, 0, _ON_ONE * len(step.choices), expected)
        _reading.stop_at(problems + wrong)
        return cls(_reading.options(step.choices), dots)

    def form(self, given: Given, size: Size) -> Form:
        return _choosing.form(self._field(given), size)

    def _field(self, given: Given) -> Pick:
        options = given.options or self.options
        dots = self.dots or max(2, min(5, round(len(options) / 3)))
        most = max(1, min(dots, _ON_ONE * len(options)))
        return Pick(_choosing.FIELD, options, most=most, each=min(_ON_ONE, most))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        field = self._field(given)
        counted = _counting.tally(field, _counting.answered((field,), answers))
        return Count((replace(counted, found=_counting.decided(counted)),))

    def rule(self, given: Given, size: Size) -> Rule | None:
        carries = _(
            "What most people give a dot comes first. Where as many people did, and numbers are shown, "
            "more dots come first."
        )
        return _choosing.rule(size, _("Dots"), carries)

    def verdict(self, last: Released) -> Verdict | None:
        return _choosing.verdict(last, self.options)

    def picture(self, given: Given, rounds: Sequence[Released]) -> Picture:
        return _choosing.picture(rounds, given.options or self.options)

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        return _choosing.describe(rounds, self.options)

    @property
    def own_options(self) -> tuple[Option, ...]:
        return self.options

    def offers(self, last: Released) -> tuple[Option, ...]:
        return _choosing.winners(last, self.options)
