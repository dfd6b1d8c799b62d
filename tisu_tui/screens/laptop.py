"""A laptop that goes from hand to hand: one person's turn after the other, and nothing of one left for the next."""

from __future__ import annotations

import asyncio

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.seam import Room
from tisu_tui.screens.laptop_cover import Cover
from tisu_tui.screens.layout import Page
from tisu_tui.screens.seat import Seat
from tisu_tui.screens.watching import WatchingApp
from tisu_tui.session.commands import Ask, Command, Leave, Lend
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.pen import PenState
from tisu_tui.view import phrases
from tisu_tui.view.leaving import farewell
from tisu_tui.view.view import Role, View

QUIET = 180.0
"""Seconds without a key after which a turn is over: somebody has put the laptop down."""

FINISHED = 20.0
"""The same, once every question of the turn is answered."""


class LaptopApp(WatchingApp):
    """The cover between two people, and each person's turn at the open question; `laptop` is its name in the room."""

    def __init__(self, room: Room, laptop: str, invitation: Invitation, *, finished: float = FINISHED) -> None:
        super().__init__(room, Role.PARTICIPANT, laptop)
        self._laptop = laptop
        self._invitation = invitation
        self.languages = invitation.languages
        self._quiet, self._finished = QUIET, finished
        self._cover = Cover(Seat(laptop, invitation, is_lent=True))
        self._lent: Seat | None = None
        self._waiting: asyncio.TimerHandle | None = None
        self._left = False

    def spoken_anew(self) -> None:
        self._cover.said = ""
        (self._lent or self._cover.seat).hush()

    # What the room says

    def see(self, view: View) -> None:
        seen = self._lent or self._cover.seat
        before = seen.view
        seen.see(view)
        if before is not None and before.paused != view.paused:
            self._wait()
        if before is None or before.place != view.place:
            if before is not None:
                self._cover.said = ""  # it was about a question that is past
            self.to_top()
            self._wait()

    def over(self) -> None:
        view = (self._lent or self._cover.seat).view
        if view is not None and view.stopped:
            self.goodbye = farewell(view.stopped, [])
            self.exit()
        elif self._lent is None:
            self._cover.seat.is_over = True
        else:
            self._hand_on(phrases.turn_is_over())

    def told(self, command: Command, outcome: Outcome) -> None:
        if not isinstance(command, Lend):
            if self._lent is not None:
                self._lent.told(command, outcome)
                self._wait()
            elif isinstance(command, Ask):
                self._cover.told(outcome)
            return
        match outcome:
            case Done(seat=turn):
                self._lent = Seat(turn, self._invitation, is_lent=True)
                self.watch_seat(turn)
                self._wait()
            case Refused(why):
                self._cover.said = why
        self.to_top()

    # Keys

    def key(self, key: str, character: str) -> None:
        if key != "ctrl+x":
            super().key(key, character)
        elif self._lent is not None:  # neither waits for the room
            self._hand_on()
        else:
            self.exit()

    def press(self, key: str, character: str) -> Command | None:
        turn = self._lent
        if turn is None:
            if self._cover.seat.is_over:
                self.exit()
                return None
            return self._cover.press(key, character)
        self._wait()
        if key == "enter" and turn.is_finished:
            self._hand_on()
            return None
        marks = turn.marks
        command = turn.press(key, character)
        if turn.marks != marks:
            self.to_top()
        return command

    def pasted(self, text: str) -> None:
        if self._lent is None:
            self._cover.paste(text)
        else:
            self._lent.paste(text)
            self._wait()

    def scrolls(self, key: str) -> bool:
        return not (self._lent or self._cover.seat).takes_arrow(key)

    # From hand to hand

    def _hand_on(self, said: str = "") -> None:
        """Clear the screen of a turn, and everything of it that is in this object."""
        turn, self._lent = self._lent, None
        self._stop_waiting()
        self._ahead.clear()
        self._cover = Cover(Seat(self._laptop, self._invitation, is_lent=True))
        self._cover.said = said
        if turn is not None:
            self.begin(self._give_up(turn.words))
        self.watch_seat(self._laptop)
        self.to_top()
        self.redraw()

    async def _give_up(self, seat: str) -> None:
        await self._room.submit(Leave(seat))

    def _wait(self) -> None:
        """Begin anew to wait for a key that does not come."""
        self._stop_waiting()
        view = self._lent.view if self._lent else None
        # While everybody pauses nobody types, and what somebody was writing stays; a guest with the pen talks first.
        if self._lent is not None and not (view and (view.paused or view.pen is PenState.MINE)):
            seconds = self._finished if self._lent.is_finished else self._quiet
            said = _("Nobody has typed for a while, so this screen was cleared. What said Recorded is in.")
            self._waiting = asyncio.get_running_loop().call_later(seconds, self._hand_on, said)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    # The page

    def page(self, width: int, height: int) -> Page:
        return self._lent.page(width, height) if self._lent is not None else self._cover.page(width, height)

    async def closed(self) -> None:
        self._stop_waiting()
        await super().closed()
        await self.leave()

    async def leave(self) -> None:
        """Take the laptop away, once."""
        if not self._left:
            self._left = True
            await self._room.submit(Leave(self._laptop))
