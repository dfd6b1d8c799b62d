"""The methods by which everything outside reaches a room: screens, private ones by their name, and other processes."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Protocol

from tisu_tui.session.commands import Command, Sent
from tisu_tui.session.outcomes import Outcome
from tisu_tui.view.view import Role, View

DRIVER = "driver"
"""The seat that a shared screen names from which the session can be paced."""


class Room(Protocol):
    """A session that people can act on and watch; commands and views are plain data."""

    @property
    def is_ended(self) -> bool:
        """Whether the session is over."""

    async def submit(self, command: Command) -> Outcome:
        """Do what a command asks, and answer once it is stored; never raises for what people can cause."""

    def pressed(self, seat: str) -> None:
        """Hear that somebody pressed a key, so that quiet signals are told among enough who did."""

    def watch(self, role: Role, seat: str = "") -> AsyncIterator[View]:
        """Give the view of a role now, and again at every change, always the latest and never a backlog.

        A participant names their seat, the return words that joining gave them; a screen that can pace the session
        names `DRIVER`. The iterator ends when the host stops, or when somebody else takes the seat over by its words;
        closing it unsubscribes.
        """


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
