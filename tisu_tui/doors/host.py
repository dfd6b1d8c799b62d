"""What doors need of the process that has the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from tisu_tui.room.seam import Room
from tisu_tui.room.watchers import Watcher
from tisu_tui.view.view import View


class Views(Protocol):
    """What everybody is shown, for who takes the Views of many screens without a task for each."""

    def attach(self, watcher: Watcher) -> Callable[[], None]:
        """Let a watcher hear of news from now on; what is returned ends that."""

    def view_of(self, watcher: Watcher) -> View:
        """Give a watcher's View as things stand."""

    def shared(self, watcher: Watcher) -> View:
        """Give the View that a watcher's own is made of."""


class OpenRoom(Room, Protocol):
    """A room in this process."""

    @property
    def board(self) -> Views:
        """What everybody is shown."""


class Doorkeeper(Protocol):
    """Who knows the passphrase, and lets nobody guess faster because there are several doors."""

    def is_passphrase(self, given: str) -> bool:
        """Tell whether this is the facilitator's passphrase."""

    async def may_try_passphrase(self, address: str) -> None:
        """Wait until one may be tried."""

    async def after_wrong(self, address: str, what: Literal["code", "passphrase"]) -> None:
        """Wait as long as whoever gave a wrong one has to."""
