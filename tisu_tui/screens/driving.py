"""Driving a session: what the next press does in words, and a guard against pressing twice."""

from __future__ import annotations

import time
from collections.abc import Callable

from tisu_tui.core.form import By
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import State
from tisu_tui.view.view import View

PATIENCE = 2.0
"""Seconds in which a second press of `space` is taken for a slip."""


class Guard:
    """Lets a press through unless another key was pressed too soon before it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = float("-inf")

    def lets_through(self) -> bool:
        """Whether this press counts; it is remembered in any case."""
        now, before = self._clock(), self._last
        self._last = now
        return now - before >= PATIENCE


def is_last(view: View) -> bool:
    """Whether going on would seal the notes."""
    return not view.is_lobby and not view.is_ended and not view.paused and view.place.step >= view.total


def next_words(view: View) -> str:
    """State what `space` does, from public facts only."""
    if view.is_ended:
        return ""
    if view.paused:
        return _("go on")
    if view.is_lobby:
        return _("begin")
    if is_last(view):
        return _("seal the notes and end")
    onward = _("read the notes") if view.number == view.total else _("next step")
    match view.place.state:
        case State.WAITING:
            return _("settle what is asked") if view.unsettled else _("open")
        case State.OPEN:
            by = view.form.by if view.form else By.NOBODY
            return {By.EVERYONE: _("close the question"), By.SCRIBE: _("finish this step"), By.NOBODY: onward}[by]
        case State.CLOSED:
            return _("show the result")
        case _:
            return _("ask again") if view.held_up else onward
