"""A laptop that goes from hand to hand: one person's turn after the other, and nothing of one left for the next."""

from __future__ import annotations

import asyncio

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.protocol import Room
from tisu_tui.screens.laptop_cover import Cover
from tisu_tui.screens.participant import SeatApp
from tisu_tui.screens.seat import Seat
from tisu_tui.session.commands import Command, Leave, Lend
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.pen import PenState
from tisu_tui.view import phrases
from tisu_tui.view.view import View

QUIET = 180.0
"""Seconds without a key after which a turn is over: somebody has put the laptop down."""

FINISHED = 20.0
"""The same, once every question of the turn is answered."""


class LaptopApp(SeatApp):
    """The cover between two people, and each person's turn at the open question; `laptop` is its name in the room."""

    def __init__(self, room: Room, laptop: str, invitation: Invitation, *, finished: float = FINISHED) -> None:
        super().__init__(room, Cover(laptop, invitation))
        self._laptop = laptop
        self._invitation = invitation
        self._quiet, self._finished = QUIET, finished
        self._waiting: asyncio.TimerHandle | None = None

    # What the room says

    def see(self, view: View) -> None:
        before = self._seat.view
        super().see(view)
        if before is None or (before.place, before.paused) != (view.place, view.paused):
            self._wait()

    def over(self) -> None:
        view = self._seat.view
        if view is not None and view.stopped:
            self.goodbye = phrases.farewell(view.stopped, [])
            self.exit()
        elif isinstance(self._seat, Cover):
            self._seat.is_over = True
        else:
            self._hand_on(phrases.turn_is_over())

    def told(self, command: Command, outcome: Outcome) -> None:
        if isinstance(command, Lend) and isinstance(outcome, Done):
            self._seat = Seat(outcome.seat, self._invitation, is_lent=True)
            self.watch_seat(outcome.seat)
        else:
            super().told(command, outcome)
        self._wait()

    # Keys

    def key(self, key: str, character: str) -> None:
        if key != "ctrl+x":
            super().key(key, character)
        elif isinstance(self._seat, Cover):  # neither waits for the room
            self.exit()
        else:
            self._hand_on()

    def press(self, key: str, character: str) -> Command | None:
        seat = self._seat
        if seat.is_over:
            self.exit()
            return None
        if isinstance(seat, Cover):
            return seat.press(key, character)
        self._wait()
        if key == "enter" and seat.is_finished:
            self._hand_on()
            return None
        return seat.press(key, character)

    def pasted(self, text: str) -> None:
        super().pasted(text)
        self._wait()

    # From hand to hand

    def _hand_on(self, said: str = "") -> None:
        """Clear the screen of a turn, and everything of it that is in this object."""
        self._stop_waiting()
        self._ahead.clear()
        self.begin(self._end_turn(self._seat.words))
        self._seat = Cover(self._laptop, self._invitation, said)
        self.watch_seat(self._laptop)
        self.redraw()

    async def _end_turn(self, turn: str) -> None:
        await self._room.submit(Leave(turn))

    def _wait(self) -> None:
        """Begin anew to wait for a key that does not come."""
        self._stop_waiting()
        view = self._seat.view
        # While everybody pauses nobody types, and what somebody was writing stays; a guest with the pen talks first.
        rests = view is not None and (view.paused or view.pen is PenState.MINE)
        if not (rests or isinstance(self._seat, Cover)):
            seconds = self._finished if self._seat.is_finished else self._quiet
            said = _("Nobody has typed for a while, so this screen was cleared. What said Recorded is in.")
            self._waiting = asyncio.get_running_loop().call_later(seconds, self._hand_on, said)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    async def closed(self) -> None:
        self._stop_waiting()
        await super().closed()

    async def _give_up(self) -> None:
        await self._room.submit(Leave(self._laptop))
