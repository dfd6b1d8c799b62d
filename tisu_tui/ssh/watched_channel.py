"""Somebody far away who reads, or does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tisu_tui.ssh.limits import Limits


class Reader:
    """Watches whether the far end takes what is written, and lets it go when too much waits or it waits too long."""

    __slots__ = ("_let_go", "_limits", "_loop", "_taken", "_taken_at", "_timer", "_unsent", "_written")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        unsent: Callable[[], int],
        limits: Limits,
        let_go: Callable[[], None],
    ) -> None:
        self._loop = loop
        self._unsent = unsent
        self._limits = limits
        self._let_go = let_go
        self._written = 0
        self._taken = 0  # the most of it that was seen to have left
        self._taken_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def wrote(self, size: int) -> None:
        """Note that bytes were written."""
        self._written += size
        unsent = self._unsent()
        if unsent > self._limits.waiting:
            self._let_go()
        elif unsent and self._timer is None:
            self._taken, self._taken_at = self._written - unsent, self._loop.time()
            self._look_later()

    def left(self) -> None:
        """Stop watching, and let go of who told how much was unsent."""
        if self._timer is not None:
            self._timer.cancel()
        self._unsent = lambda: 0

    def _look_later(self) -> None:
        self._timer = self._loop.call_later(self._limits.stalled / 6, self._look)

    def _look(self) -> None:
        self._timer = None
        unsent, now = self._unsent(), self._loop.time()
        if not unsent:
            return
        if self._written - unsent > self._taken:
            self._taken, self._taken_at = self._written - unsent, now
        if now - self._taken_at >= self._limits.stalled:
            self._let_go()
        else:
            self._look_later()
