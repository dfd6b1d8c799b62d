"""Which lines answer a question: only those that were typed after their sender had it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

from tisu_tui.core.terminal import Terminal

A_REST = 1.0
"""Seconds without a key after which a paste has ended, however slow the line is on which it comes."""


class Hearing:
    """Follows how many questions were asked and heard; a line bears the number that were heard when it was begun."""

    def __init__(self, terminal: Terminal, on_heard: Callable[[], None]) -> None:
        self._terminal = terminal
        self._on_heard = on_heard
        self._asked = self._heard = 0
        self._behind = 0  # bytes that came in before the far end had the last question
        self._unheard = 0  # how often something was said that the far end may not have
        self._early = 0  # lines that came too early since typing last rested
        self._typed_at, self._is_resting = 0.0, True

    @property
    def is_pasting(self) -> bool:
        """Whether more than one line came too early: the rest of a paste came in with its beginning."""
        return self._early > 1

    @property
    def is_under_way(self) -> bool:
        """Whether something is on its way, in or out, or a paste goes on."""
        return bool(self._terminal.waiting or self._unheard or self.is_pasting)

    def ask(self, questions: int) -> None:
        """Count questions that are being written."""
        self._asked += questions

    def say(self) -> None:
        """Have the far end tell when it has what is being written."""
        self._unheard += 1
        self._terminal.when_heard(partial(self._hear_of, self._asked))

    def has_rested(self) -> bool:
        """Note that keys came in; tells whether typing had rested, which ends a paste."""
        now = time.monotonic()
        rested = self._is_resting and now - self._typed_at > A_REST
        self._typed_at, self._is_resting = now, not self._terminal.waiting
        if rested:
            self._early = 0
        return rested

    def parts(self, data: bytes) -> Iterator[tuple[bytes, int]]:
        """Part what came in at the last question; each part with how many questions were heard before it."""
        behind, self._behind = self._behind, max(0, self._behind - len(data))
        yield data[:behind], self._heard - 1
        yield data[behind:], self._heard

    def is_early(self, heard: int) -> bool:
        """Tell whether a line was begun before the last question was heard, and count it if so."""
        early = heard != self._asked
        self._early += early
        return early

    def _hear_of(self, asked: int) -> None:
        self._unheard -= 1
        self._on_heard()
        if asked > self._heard:
            self._heard, self._behind = asked, self._terminal.waiting
