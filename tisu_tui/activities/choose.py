from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _choosing, _reading
from tisu_tui.core.activity import Given, StepSource
from tisu_tui.core.form import Option, Pick
from tisu_tui.core.released import Released
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule


@dataclass(frozen=True, slots=True)
class Choose(_choosing.OptionVote):
    """People choose what they can support among options; what is chosen most goes forward."""

    arguments = ("", "N", "up to N", "any")

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

    def field(self, given: Given) -> Pick:
        options = given.options or self.options
        most = min(self.most or len(options), len(options))
        return Pick(_choosing.FIELD, options, most=max(1, most))

    def rule(self, given: Given, size: Size) -> Rule | None:
        method = _("Choosing one") if self.most == 1 else _("Approval")
        return _choosing.rule(size, method, _("What is chosen most goes forward."))

    def leading(self, last: Released) -> tuple[Option, ...]:
        return _choosing.leading(last, self.options, self.most)
