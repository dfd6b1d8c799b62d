"""Screens of one seat: a participant's own, in the host's loop and on their own terminal, and what laptops share."""

from __future__ import annotations

import asyncio
from abc import abstractmethod

from tisu_tui.core.invitation import Invitation
from tisu_tui.room.protocol import Room
from tisu_tui.screens.layout import Page
from tisu_tui.screens.seat import Seat
from tisu_tui.screens.watching import WatchingApp
from tisu_tui.session.commands import Command, Join, Keep, Leave, Withdraw
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.session import Unsent
from tisu_tui.view.phrases import farewell
from tisu_tui.view.view import Role, View


class SeatApp(WatchingApp):
    """An app that shows one seat, and gives it up once when it ends."""

    def __init__(self, room: Room, seat: Seat) -> None:
        super().__init__(room, Role.PARTICIPANT, seat.words)
        self.languages = seat.invitation.languages
        self._seat = seat
        self._left = False

    # What a subclass decides

    @abstractmethod
    async def _give_up(self) -> None:
        """Leave the seat, and whatever else this screen has in the room."""

    # The seat

    def see(self, view: View) -> None:
        self._seat.see(view)

    def told(self, command: Command, outcome: Outcome) -> None:
        self._seat.told(command, outcome)

    def spoken_anew(self) -> None:
        self._seat.hush()

    def pasted(self, text: str) -> None:
        self._seat.paste(text)

    def scrolls(self, key: str) -> bool:
        return not self._seat.takes_arrow(key)

    def page(self, width: int, height: int) -> Page:
        return self._seat.page(width, height)

    async def closed(self) -> None:
        await super().closed()
        await self.leave()

    async def leave(self) -> None:
        """Give the seat up, once: also where the connection was gone before there was a screen."""
        if not self._left:
            self._left = True
            await self._give_up()


class ParticipantApp(SeatApp):
    """One question at a time for one seat; `words` are its return words; `is_back` if they brought somebody back."""

    def __init__(self, room: Room, words: str, invitation: Invitation, *, is_back: bool = False) -> None:
        super().__init__(room, Seat(words, invitation, is_back=is_back))
        self._forgets = False
        """Whether somebody left by a key of their own, so that nothing of what they had not sent is kept."""
        self._before_leaving: list[asyncio.Task[None]] = []

    def over(self) -> None:
        view = self._seat.view
        if view is not None and view.stopped:
            self._say_farewell(view.stopped)
        else:
            # Whoever goes on in another window finds there what they had begun in this one.
            if unsent := self._seat.unsent:
                self._before_leaving.append(self.begin(self._keep(unsent)))
            self._seat.is_over = True

    def _say_farewell(self, said: str = "") -> None:
        """Close the screen, and leave on the terminal how to come back."""
        self.goodbye = farewell(said, self._seat.way_back)
        self.exit()

    def press(self, key: str, character: str) -> Command | None:
        if self._seat.is_over:
            self.exit()
            return None
        command = self._seat.press(key, character)
        if not isinstance(command, Leave):
            return command
        # The seat is given up once nobody sees its screen any more.
        self._forgets = True
        self._say_farewell()
        return None

    def key(self, key: str, character: str) -> None:
        self._room.pressed(self._seat.words)
        if key == "ctrl+x":  # which never waits for the room
            self._forgets = True
            self.exit()
        else:
            super().key(key, character)

    def told(self, command: Command, outcome: Outcome) -> None:
        super().told(command, outcome)
        if isinstance(command, Join) and isinstance(outcome, Done):
            self._come_back(outcome.seat)

    def _come_back(self, words: str) -> None:
        left, view = self._seat.words, self._seat.view
        self._seat.came_back(words)
        self.watch_seat(words)
        self._before_leaving.append(self.begin(self._leave_behind(left, view)))

    async def _leave_behind(self, seat: str, view: View | None) -> None:
        # One person, one ballot: what the seat they came in by has answered is theirs twice otherwise.
        if view is not None and view.answer:
            await self._room.submit(Withdraw(view.place, seat))
        await self._room.submit(Leave(seat))

    async def _keep(self, unsent: Unsent | None) -> None:
        await self._room.submit(Keep(self._seat.words, unsent))

    async def _give_up(self) -> None:
        for task in self._before_leaving:
            await task
        if not self._seat.is_over:
            await self._keep(None if self._forgets else self._seat.unsent)
        await self._room.submit(Leave(self._seat.words))
