"""Who paces the session: which of several private screens leads, and whether anybody is left who could."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable

from tisu_tui.room.protocol import Room
from tisu_tui.room.watchers import Watchers
from tisu_tui.session.commands import Command, Sent
from tisu_tui.session.outcomes import Outcome
from tisu_tui.view.view import Role, View

GRACE = 3.0
"""Seconds in which a facilitator whose connection dropped may come back unnoticed."""


class Lead:
    """The lead, never stored; `froze` hears when nobody has been left for `grace` seconds, and when one is back."""

    def __init__(self, watchers: Watchers, grace: float, froze: Callable[[bool], None]) -> None:
        self._watchers = watchers
        self._grace = grace
        self._froze = froze
        self._leading = ""
        self._was_driven = False
        self._is_frozen = False
        self._waiting: asyncio.TimerHandle | None = None
        self._is_over = False

    def is_elsewhere(self, screen: str) -> bool:
        """Tell whether another private screen than this one leads."""
        return self._leading not in {"", screen}

    def take(self, screen: str) -> None:
        """Lead from this private screen; every private screen is told."""
        if screen != self._leading:
            self._leading = screen
            self._watchers.tell(
                {audience for audience in self._watchers.audiences if audience[0] is Role.FACILITATOR}, ()
            )

    def look(self) -> None:
        """See who watches now: the first private screen leads, and where there is nobody the waiting begins."""
        drivers = self._watchers.drivers
        screens = [watcher.seat for watcher in drivers if watcher.role is Role.FACILITATOR and watcher.seat]
        if self._leading not in screens:
            # Nobody is there to hand over, so whoever has been here longest leads.
            self.take(screens[0] if screens else "")
        if drivers:
            self._was_driven = True
            self._stop_waiting()
            self._freeze(is_frozen=False)
        elif self._was_driven and self._waiting is None and not self._is_over:
            # A phone that locks its screen drops out for a moment, and nobody need hear of it.
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(self._grace, lambda: self._freeze(is_frozen=True))

    def end(self) -> None:
        """Tell nobody anything from here on."""
        self._is_over = True
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _freeze(self, *, is_frozen: bool) -> None:
        if is_frozen != self._is_frozen:
            self._is_frozen = is_frozen
            self._froze(is_frozen)


class PrivateScreen:
    """The room as one private screen reaches it: what it sends carries a name that no other screen has."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._name = secrets.token_hex(8)

    @property
    def is_ended(self) -> bool:
        """Whether the session is over."""
        return self._room.is_ended

    async def submit(self, command: Command) -> Outcome:
        """Submit a command if this screen leads or the command needs no lead."""
        return await self._room.submit(Sent(self._name, command))

    def pressed(self, seat: str) -> None:
        """Hear nothing: the facilitator signals nothing to themselves."""

    def watch(self, role: Role, seat: str = "") -> AsyncIterator[View]:
        """Give the view of a role; the facilitator's tells whether this screen leads."""
        return self._room.watch(role, seat or self._name)
