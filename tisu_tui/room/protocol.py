"""The methods by which everything outside reaches a room, doors in other processes too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from tisu_tui.session.commands import Command
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
