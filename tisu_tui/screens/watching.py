"""What every screen of a session has in common: one task that takes the room's views, and keys in their turn."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from functools import partial

from tisu_tui.core.translation import change_language, language
from tisu_tui.room.protocol import Room
from tisu_tui.screens.paging import PagingApp
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Outcome
from tisu_tui.view.phrases import goodbye
from tisu_tui.view.view import Role, View

PATIENCE = 2.0
"""Seconds in which a press of `space` after another key is taken for a slip."""


class WatchingApp(PagingApp):
    """An app that draws the views of one role, one key after the other, each once the one before is stored."""

    def __init__(self, room: Room, role: Role, seat: str = "") -> None:
        super().__init__()
        self._room = room
        self._role = role
        self.languages: tuple[str, ...] = ()
        """Those that a key goes through."""
        self._ahead: deque[Callable[[], Command | None]] = deque()
        self._sending: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._seat_watched = seat
        self.goodbye = (goodbye(),)

    # What a subclass decides

    @abstractmethod
    def see(self, view: View) -> None:
        """Take in a view."""

    @abstractmethod
    def over(self) -> None:
        """Take in that there will be no more views."""

    @abstractmethod
    def press(self, key: str, character: str) -> Command | None:
        """Do what a key means; a command is what it asks of the room."""

    @abstractmethod
    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""

    def pasted(self, text: str) -> Command | None:
        """Take text that arrived at once, as a key in its turn; nothing, unless a subclass takes text."""
        return None

    def spoken_anew(self) -> None:
        """Take in that another language is spoken from here on; views follow."""

    # The room

    def opened(self) -> None:
        self.watch_seat(self._seat_watched)

    def watch_seat(self, seat: str = "") -> None:
        """Take views from here on as this seat sees them."""
        self._seat_watched = seat
        if self._watching is not None:
            self._watching.cancel()
        self._watching = self.begin(self._watch(seat))

    async def _watch(self, seat: str) -> None:
        async for view in self._room.watch(self._role, seat):
            self.see(view)
            self.redraw()
        self.over()
        self.redraw()

    async def closed(self) -> None:
        for task in (self._watching, self._sending):
            if task is not None:
                task.cancel()
                await asyncio.wait((task,))
        self._watching = self._sending = None

    # Keys

    def _speak_next(self) -> None:
        """Speak the next language that somebody can be spoken to in, from here on."""
        at = self.languages.index(language()) if language() in self.languages else -1
        change_language(self.languages[(at + 1) % len(self.languages)])
        self.goodbye = (goodbye(),)
        self.spoken_anew()
        self.watch_seat(self._seat_watched)

    def turn(self, key: str, character: str) -> None:
        is_for_language = key == "f4" and len(self.languages) > 1
        self._ahead.append(self._speak_next if is_for_language else partial(self.press, key, character))
        self._work()

    def paste(self, text: str) -> None:
        self._ahead.append(partial(self.pasted, text))
        self._work()

    def _work(self) -> None:
        while self._ahead and self._sending is None:
            self._follows = True
            command = self._ahead.popleft()()
            if command is not None:
                self._sending = self.begin(self._send(command))
        if self._sending is None:  # else what comes of it is drawn
            self.redraw()

    async def _send(self, command: Command) -> None:
        """Ask something of the room; keys wait until it has answered."""
        try:
            self.told(command, await self._room.submit(command))
        finally:
            self._sending = None
        self._work()
