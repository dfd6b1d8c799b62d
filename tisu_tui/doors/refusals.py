"""Says on the room's side that something was refused: each reason at most once a minute, with how often."""

from __future__ import annotations

import time
from collections.abc import Callable

QUIET = 60.0
"""Seconds for which the same reason is only counted."""


class Refusals:
    """Counts what was refused, and says each reason now and then; `say` takes a line."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._said: dict[str, float] = {}
        self._more: dict[str, int] = {}

    def add(self, line: str) -> None:
        """Take note of one."""
        now = self._clock()
        if now - self._said.get(line, -QUIET) < QUIET:
            self._more[line] = self._more.get(line, 0) + 1
            return
        self._said[line] = now
        more = self._more.pop(line, 0)
        self._say(f"{line} (+{more})" if more else line)
