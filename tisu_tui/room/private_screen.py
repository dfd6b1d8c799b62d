"""A facilitator's private screen as the room knows it: of several, one leads, until another takes the lead."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

from tisu_tui.room.seam import Room
from tisu_tui.session.commands import Command, Sent
from tisu_tui.session.outcomes import Outcome
from tisu_tui.view.view import Role, View


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
