"""Who watches a room, and how the news reaches them: a few in each turn of the loop, so that nobody waits for all."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from itertools import islice

from tisu_tui.core.translation import language
from tisu_tui.room.protocol import DRIVER
from tisu_tui.view.view import Role

WAVE = 24
"""How many are told in one turn: drawing takes about a millisecond each, and meanwhile nobody else is heard."""
CALM = 0.02
"""Seconds for each of them before more than a wave of people are told what can wait, such as how many have come.

A hundred people who come in together would else be drawn a hundred screens each.
"""


Audience = tuple[Role, str]
"""Those who see the same, but for what is one seat's alone: a role, and a language."""


class Watcher:
    """One surface that hears of news, and takes the latest view once it comes to it."""

    def __init__(self, role: Role, seat: str) -> None:
        self.role, self.seat = role, seat
        self.audience: Audience = (role, language())
        self.over = False
        self._is_due = False
        self._heard = asyncio.Event()

    def hear(self) -> None:
        """Hear that there is a newer view."""
        self._is_due = True
        self._heard.set()

    def end(self) -> None:
        """Say that there will be no more."""
        self.over = True
        self._heard.set()

    async def has_news(self) -> bool:
        """Wait for a newer view to take; false where there is none and never will be."""
        while not self._is_due:
            if self.over:
                return False
            self._heard.clear()
            await self._heard.wait()
        self._is_due = False
        return True


class Watchers:
    """All who watch, and who of them has still to hear of what is new."""

    def __init__(self) -> None:
        self._all: dict[Watcher, None] = {}
        self._due: dict[Watcher, None] = {}
        self._later: dict[Watcher, None] = {}  # of a crowd, for whom what is new can wait
        self._calm: asyncio.TimerHandle | None = None
        self._over = False
        self._wave: asyncio.Handle | None = None

    def add(self, watcher: Watcher) -> None:
        """Let one more watch, from the view of this moment on; who watched from the same seat does so no more."""
        if watcher.role is Role.PARTICIPANT:
            self.end_seat(watcher.seat)
        self._all[watcher] = None
        watcher.hear()
        if self._over:
            watcher.end()

    def end_seat(self, seat: str) -> None:
        """Say to whoever watches from a seat that there will be no more."""
        for watcher in [each for each in self._all if each.seat == seat]:
            watcher.end()

    @property
    def drivers(self) -> list[Watcher]:
        """Those from whose screens the session can be paced, longest here first."""
        return [
            watcher
            for watcher in self._all
            if watcher.role is Role.FACILITATOR or (watcher.role, watcher.seat) == (Role.SCREEN, DRIVER)
        ]

    def discard(self, watcher: Watcher) -> None:
        """Tell this one nothing more."""
        for each in (self._all, self._due, self._later):
            each.pop(watcher, None)

    @property
    def audiences(self) -> set[Audience]:
        """The roles and languages in which somebody watches."""
        return {watcher.audience for watcher in self._all}

    def tell(self, audiences: Collection[Audience], seats: Collection[str], *, can_wait: bool = False) -> None:
        """Show these audiences and seats the latest: staff and those seats at once, others soon.

        With `can_wait`, a crowd of those others is told later, once for all that happens until then.
        """
        others: list[Watcher] = []
        for watcher in self._all:
            if watcher.seat in seats or (watcher.audience in audiences and watcher.role is not Role.PARTICIPANT):
                watcher.hear()
            elif watcher.audience in audiences:
                others.append(watcher)
        if can_wait and len(others) > WAVE:
            self._later |= dict.fromkeys(others)
            self._calm = self._calm or asyncio.get_running_loop().call_later(CALM * len(others), self._tell_later)
        elif others:
            self._begin(others)

    def _tell_later(self) -> None:
        self._calm = None
        self._begin(self._later)

    def _begin(self, due: Iterable[Watcher]) -> None:
        self._due |= dict.fromkeys(due)
        for watcher in self._due:
            self._later.pop(watcher, None)
        if self._wave is None:
            self._next_wave()

    def end(self) -> None:
        """Send everything outstanding, then end every subscription."""
        self._over = True
        due = self._later | self._due
        self._due, self._later = {}, {}
        for watcher in due:
            watcher.hear()
        for watcher in self._all:
            watcher.end()

    def _next_wave(self) -> None:
        for watcher in list(islice(self._due, WAVE)):
            del self._due[watcher]
            watcher.hear()
        self._wave = asyncio.get_running_loop().call_soon(self._next_wave) if self._due else None
