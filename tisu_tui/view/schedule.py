"""The run sheet in clock times: when each step begins if nothing is cut, and what that means for the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tisu_tui.core.days import DAY, Times, clock
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.session.workshop import Step

_ON_TIME = 1
"""Minutes that nobody need hear of."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One step of the run sheet: minutes planned, and whether it is behind us, now, or to come."""

    number: int
    title: str
    kind: str
    minutes: int
    is_now: bool
    is_done: bool
    begins: str = ""
    """The clock time at which it begins, as things stand; nothing behind us, and where no time is known."""


def agenda(steps: Sequence[Step], at: int, furthest: int, times: Times) -> tuple[AgendaLine, ...]:
    """List the steps in their order, with what is known of their times; `furthest` is the last that was reached."""
    *begins, _end = _begins(steps, at, times)
    return tuple(
        AgendaLine(
            n + 1,
            step.title,
            step.kind,
            step.minutes,
            is_now=n == at,
            is_done=n < at and n <= furthest,
            begins=clock(begin) if begin >= 0 else "",
        )
        for n, (step, begin) in enumerate(zip(steps, begins, strict=True))
    )


def forecast(steps: Sequence[Step], at: int, times: Times) -> str:
    """Say whether we are late, when it ends, and when it would end without one step that could be left out."""
    planned = sum(step.minutes for step in steps)
    if times.now < 0 or not planned or at >= len(steps):
        return ""
    end = _begins(steps, at, times)[-1]
    start = times.planned if times.planned >= 0 else times.began
    late = (end - start - planned + DAY // 2) % DAY - DAY // 2 if start >= 0 else 0
    ends = _("ends {time}").format(time=clock(end))
    if abs(late) <= _ON_TIME:
        return _("On time; {ends}.").format(ends=ends)
    if late < 0:
        early = ngettext("{n} minute early; {ends}.", "{n} minutes early; {ends}.", -late)
        return early.format(n=-late, ends=ends)
    said = ngettext("{n} minute late; {ends}", "{n} minutes late; {ends}", late).format(n=late, ends=ends)
    spare = _spare(steps, at, late)
    if spare is None:
        return f"{said}."
    without = _("without step {n}: {time}").format(n=spare + 1, time=clock(end - steps[spare].minutes))
    return f"{said}; {without}."


def _begins(steps: Sequence[Step], at: int, times: Times) -> list[int]:
    """Give the minutes at which each step begins, -1 for those behind us, and then the end."""
    if times.now < 0 or not any(step.minutes for step in steps):
        return [-1] * (len(steps) + 1)
    found = [-1] * max(0, at)
    here = max(times.now, times.planned) if at < 0 else times.since if times.since >= 0 else times.now
    for n, step in enumerate(steps[max(0, at) :], max(0, at)):
        found.append(here)
        here += step.minutes
        if n == at:
            # What has taken longer than planned takes until now at least.
            here = max(here, times.now)
    return [*found, here]


def _spare(steps: Sequence[Step], at: int, late: int) -> int | None:
    """Find a step that could be left out: the shortest that makes up for it, else the longest; never a break."""
    could = [
        n
        for n, step in enumerate(steps[:-1])
        if n > at and step.minutes and not step.activity.is_break and not step.activity.checks_out
    ]
    enough = [n for n in could if steps[n].minutes >= late]
    if enough:
        return min(enough, key=lambda n: steps[n].minutes)
    return max(could, key=lambda n: steps[n].minutes, default=None)
