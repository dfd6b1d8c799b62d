"""A laptop that goes from hand to hand: one person's turn after the other, and nothing of one left for the next."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Literal

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.protocol import Room
from tisu_tui.screens.layout import Key, Lines, Page, ends, keys_line, paragraph, spaced
from tisu_tui.screens.participant import SeatApp
from tisu_tui.screens.seat import Seat
from tisu_tui.screens.step_words import support, where
from tisu_tui.screens.typed_text import LineBuffer, draft_page, edited
from tisu_tui.session.commands import Ask, Command, Leave, Lend
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.pen import PenState
from tisu_tui.view import phrases
from tisu_tui.view.view import View

QUIET = 180.0
"""Seconds without a key after which a turn is over: somebody has put the laptop down."""

FINISHED = 20.0
"""The same, once every question of the turn is answered."""


class Cover(Seat):
    """What lies between two people: where the session is, and how to take a turn; it answers nothing."""

    rests = False

    def __init__(self, laptop: str, invitation: Invitation, said: str = "") -> None:
        super().__init__(laptop, invitation, is_lent=True)
        self.said = said
        self._helps = False
        self._slip = LineBuffer()

    def see(self, view: View) -> None:
        if self.view is not None and self.view.place != view.place:
            self.said = ""  # it was about a question that is past
        super().see(view)

    def hush(self) -> None:
        super().hush()
        self.said = ""

    @property
    def _offers(self) -> Literal["", "notes", "pen", "slip", "turn"]:
        """What can be done here now: asking about the notes, and typing the word for the pen or those of a slip."""
        view = self.view
        if view is None or self._helps:
            return ""
        if view.reading:
            return "notes"
        if view.pen is PenState.OFFERED and not view.paused:
            return "pen"
        can_answer = view.asks_everyone and not view.paused
        return "" if not can_answer else "slip" if view.by_slip else "turn"

    def press(self, key: str, character: str) -> Command | None:
        self.said = ""
        helps, offers = key == "f1" or character == "?", self._offers
        if offers == "notes" and not helps:
            # Whoever has no device can ask in private about a line of the notes, as anybody can.
            return super().press(key, character) if self.is_softening or character == "s" else None
        if key == "enter" and (offers in {"slip", "turn"} or (offers == "pen" and not self._slip.is_empty)):
            words, self._slip = self._slip.sent, LineBuffer()
            return Lend(self.words, words)
        if offers in {"slip", "pen"} and not helps:
            self._slip = edited(self._slip, key, character)
        else:
            self._helps = not self._helps and helps
        return None

    def _spell(self, text: str) -> None:
        """Let a letter close a list, and do no more."""

    def told(self, command: Command, outcome: Outcome) -> None:
        if isinstance(command, Ask):
            self.said = phrases.said(outcome, phrases.notes_moved_on())
        elif isinstance(command, Lend) and isinstance(outcome, Refused):
            self.said = outcome.why

    def paste(self, text: str) -> None:
        if self._offers in {"slip", "pen"}:
            self._slip = self._slip.typed(text)

    def page(self, width: int, height: int) -> Page:
        view = self.view
        if self.is_over or view is None:
            return super().page(width, height)
        about = ("cover", view.place, self._helps, self.is_softening)
        leave: Key = ("ctrl+x", _("take this laptop out"))
        if self._helps:
            return Page(self._help(view, width), keys_line(((_("any key"), _("go back")), leave), width), about=about)
        own = self._overlay.keys(view) if self._overlay else self._page_keys(is_narrow=False)
        match self._offers:
            case "notes":
                page = replace(super().page(width, height), cursor=None)
            case "pen":
                own = (("enter", _("take the pen")),)
                ask = _("If that is you, type the word. Then press enter.")
                said = (paragraph(phrases.pen_offered(), width), paragraph(ask, width, "result"))
                page = draft_page(self._slip, width).under(spaced(*_heading(view, width), *said))
            case "slip" | "turn":
                own, body = (("enter", _("my turn")),), self._for_a_turn(view, width)
                page = draft_page(self._slip, width).under(body) if view.by_slip else Page(body)
            case _:
                words = paragraph(phrases.about_laptop(), width, "dim")
                page = Page(spaced(words, super().page(width, height).body))
        keys = keys_line((*own, ("f1", _("help")), leave), width)
        return replace(page, foot=spaced(paragraph(self.said, width, "warning"), keys), about=about)

    def _for_a_turn(self, view: View, width: int) -> Lines:
        return spaced(
            *_heading(view, width),
            paragraph(phrases.free_to_go(), width),
            paragraph(_("A question is open. Whose turn is it?"), width),
            paragraph(
                _("Hold the laptop so that only you see the screen. Then type the three words of your slip.")
                if view.by_slip
                else _("Hold the laptop so that only you see the screen. Then press enter."),
                width,
                "result",
            ),
            paragraph(
                _(
                    "Your answer goes with everybody else's. When you are done the screen is cleared, and nobody "
                    "after you can see it or change it."
                ),
                width,
            ),
        )

    def _help(self, view: View, width: int) -> Lines:
        return spaced(
            paragraph(_("Help"), width, "title"),
            support(view, width, _("If you want to talk to someone")),
            paragraph(phrases.about_laptop(), width),
            paragraph(phrases.free_to_go(), width),
            paragraph(
                _("A turn that nobody types in for a few minutes is cleared. What said Recorded stays in."), width
            ),
        )


def _heading(view: View, width: int) -> tuple[Lines, Lines]:
    return ends(view.title, where(view), width), paragraph(view.heading, width, "title")


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
        self._wait()
        if key == "enter" and seat.is_finished and not isinstance(seat, Cover):
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
