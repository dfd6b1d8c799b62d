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


@dataclass(frozen=True, slots=True)
class Choose(Activity):
    """People choose what they can support among options; what is chosen most goes forward."""

    arguments = ("", "N", "up to N", "any")
    lists = frozenset({"choices"})
    settings = frozenset({"random order", "by voice", "from", "twice"})
    finds = _counting.CHOICES
    is_vote = True

    options: tuple[Option, ...] = ()
    most: int = 1
    """How many each person may choose; 0 for any number."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        problems = _reading.choice_problems(step)
        most = 0
        if step.argument != "any":
            expected = _("`choose 1`, `choose up to 3` with three choices or more, or `choose any`")
            most, wrong = _reading.count(step, 1, len(step.choices), expected)
            problems += wrong
        _reading.stop_at(problems)
        return cls(_reading.options(step.choices), most)

    def form(self, given: Given, size: Size) -> Form:
        return _choosing.form(self._field(given), size)

    def _field(self, given: Given) -> Pick:
        options = given.options or self.options
        most = min(self.most or len(options), len(options))
        return Pick(_choosing.FIELD, options, most=max(1, most))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        field = self._field(given)
        counted = _counting.tally(field, _counting.answered((field,), answers))
        return Count((replace(counted, found=_counting.decided(counted)),))

    def rule(self, given: Given, size: Size) -> Rule | None:
        method = _("Choosing one") if self.most == 1 else _("Approval")
        return _choosing.rule(size, method, _("What is chosen most goes forward."))

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

    def leading(self, last: Released) -> tuple[Option, ...]:
        return _choosing.leading(last, self.options, self.most)
