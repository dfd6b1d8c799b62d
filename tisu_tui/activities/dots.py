from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _choosing, _reading
from tisu_tui.core.activity import Given, StepSource
from tisu_tui.core.form import Pick
from tisu_tui.core.size import Size
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.verdict import Rule

_ON_ONE = 2


@dataclass(frozen=True, slots=True)
class Dots(_choosing.OptionVote):
    """People share out a few dots among options, to see where a group wants to begin."""

    arguments = ("", "N")

    dots: int = 0
    """How many dots each person has; 0 to go by the number of options."""

    @classmethod
    def read(cls, step: StepSource) -> Self:
        problems = _reading.choice_problems(step)
        expected = _("`dots 3`, and no more than two dots for each choice")
        dots, wrong = _reading.count(step, 0, _ON_ONE * len(step.choices), expected)
        _reading.stop_at(problems + wrong)
        return cls(_reading.options(step.choices), dots)

    def field(self, given: Given) -> Pick:
        options = given.options or self.options
        dots = self.dots or max(2, min(5, round(len(options) / 3)))
        most = max(1, min(dots, _ON_ONE * len(options)))
        return Pick(_choosing.FIELD, options, most=most, each=min(_ON_ONE, most))

    def rule(self, given: Given, size: Size) -> Rule | None:
        carries = _(
            "What gets a dot from the most people comes first. If two are level and numbers are shown, "
            "the one with more dots comes first."
        )
        return _choosing.rule(size, _("Dots"), carries)
