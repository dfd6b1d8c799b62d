"""What one door is told: for each of its screens what changed since it was told last, always the latest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from tisu_tui.core.translation import speaking
from tisu_tui.doors.codec import field_to_data, own_part, own_text, view_to_data
from tisu_tui.doors.messages import Coded, News, Watch
from tisu_tui.room.board import Board
from tisu_tui.room.protocol import Room
from tisu_tui.room.watchers import Watcher
from tisu_tui.view.view import View

_AT_ONCE = 400
"""Screens in one frame, which stays below the largest with whatever they have of their own."""


class OpenRoom(Room, Protocol):
    """A room in this process."""

    @property
    def board(self) -> Board:
        """What everybody is shown."""


class DoorScreen(Watcher):
    """One screen at a door, which is due once there is news for it."""

    def __init__(self, asked: Watch, due: Callable[[DoorScreen], None]) -> None:
        super().__init__(asked.role, asked.seat)
        self.number = asked.number
        self.shares = f"{asked.role} {asked.language}"
        """Name of the View that everybody in this role and language shares."""
        self.detach: Callable[[], None] = lambda: None
        self._due = due

    def hear(self) -> None:
        self._due(self)  # drawn when it is sent: a slow door gets the newest

    def end(self) -> None:
        self.over = True
        self._due(self)


class Drawn:
    """Shared Views as data, each written once for all doors."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[View, Coded]] = {}

    def data(self, name: str, view: View) -> Coded:
        """Write a View; what is the same in the one before is not written again."""
        before, coded = self._known.get(name, (None, {}))
        if before is None:
            coded = view_to_data(view)
        elif before is not view:
            coded = {
                each: coded[each] if getattr(before, each) is getattr(view, each) else field_to_data(view, each)
                for each in coded
            }
        self._known[name] = view, coded
        return coded


@dataclass(eq=False, slots=True)
class Feed:
    """The screens of one door, and what it has been told of them."""

    room: OpenRoom
    drawn: Drawn
    screens: dict[int, DoorScreen] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while there is something to tell."""
    _due: dict[DoorScreen, None] = field(default_factory=dict)
    _sent: dict[str, Coded] = field(default_factory=dict)
    _number: int = 0

    @property
    def is_due(self) -> bool:
        """Whether some screen has not been told the latest."""
        return bool(self._due)

    @property
    def told(self) -> int:
        """How many frames there are, with the one that what is due will be in."""
        return self._number + self.is_due

    def watch(self, asked: Watch) -> None:
        """Tell one more screen."""
        with speaking(asked.language):
            screen = DoorScreen(asked, self._mark_due)
            self.screens[asked.number] = screen
            screen.detach = self.room.board.attach(screen)

    def unwatch(self, number: int) -> None:
        """Tell a screen nothing more."""
        if screen := self.screens.pop(number, None):
            screen.detach()
            self._due.pop(screen, None)

    def unwatch_all(self) -> None:
        """Tell no screen anything more."""
        for number in list(self.screens):
            self.unwatch(number)

    def begin_anew(self) -> None:
        """Have everything told whole."""
        self._sent, self._number = {}, 0
        self._due = dict.fromkeys(self.screens.values())
        self.news.set()

    def next(self, *, stopped: bool = False) -> News:
        """Give what is due."""
        shared: dict[str, Coded] = {}
        seen: list[tuple[int, str, str]] = []
        over: list[int] = []
        for screen in list(islice(self._due, _AT_ONCE)):
            del self._due[screen]
            base, name = self.room.board.shown_to(screen.audience), screen.shares
            if name not in shared:
                shared[name] = self._change(name, base)
            seen.append((screen.number, name, own_text(own_part(self.room.board.view_of(screen), base))))
            if screen.over:
                over.append(screen.number)
        shared = {name: change for name, change in shared.items() if change}
        number, self._number = self._number, self._number + 1
        return News(number, shared, seen, over, ended=self.room.is_ended, stopped=stopped)

    def _change(self, name: str, base: View) -> Coded:
        """Give what has changed in a shared View since it was sent last."""
        coded, before = self.drawn.data(name, base), self._sent.get(name)
        self._sent[name] = coded
        if before is None:
            return coded
        return {each: value for each, value in coded.items() if before[each] != value}

    def _mark_due(self, screen: DoorScreen) -> None:
        self._due[screen] = None
        self.news.set()
