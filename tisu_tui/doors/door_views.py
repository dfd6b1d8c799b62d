"""What a door sees of its room: the shared Views put together from changes, and each screen's own on top."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import replace

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.doors.codec import changed
from tisu_tui.doors.link import until
from tisu_tui.doors.messages import News
from tisu_tui.room.watchers import WAVE, Watcher
from tisu_tui.view.view import Role, View

_LATE = 1.0


def away_words() -> str:
    """Say that the host can't be reached."""
    return _("We have lost touch with the host. What was recorded is safe. Please wait: it goes on by itself.")


def stopped_words() -> str:
    """Say that the host has stopped."""
    return _("We have stopped for now. What was recorded is safe.")


def another_words() -> str:
    """Say that the code leads to another session now, and not to the one that people here sit at."""
    return _("Another session has taken this code. What was recorded is safe. Ask your facilitator how to come back.")


class SeenScreen(Watcher):
    """One screen at this door."""

    shown: View
    """What there is to take once it has heard of news."""

    def __init__(self, number: int, role: Role, seat: str) -> None:
        super().__init__(role, seat)
        self.number = number
        self.view: View | None = None
        """What the room sent for it last; it may still wait for its turn to be shown."""

    def show(self, view: View) -> None:
        """Have a view taken next."""
        self.shown = view
        self.hear()


class DoorViews:
    """All screens of a door."""

    def __init__(self) -> None:
        self.is_ended = False
        self._screens: dict[int, SeenScreen] = {}
        self._shared: dict[str, View] = {}
        self._expected = 0
        self._has_asked = False
        self._waves: deque[tuple[SeenScreen, View | None]] = deque()
        self._held: Counter[str] = Counter()
        self._kept: dict[SeenScreen, None] = {}
        self._taken = asyncio.Event()

    @property
    def screens(self) -> list[SeenScreen]:
        """All that watch now."""
        return list(self._screens.values())

    def add(self, number: int, role: Role, seat: str) -> SeenScreen:
        """Let one more watch."""
        screen = self._screens[number] = SeenScreen(number, role, seat)
        return screen

    def discard(self, screen: SeenScreen) -> None:
        """Show a screen nothing more."""
        self._screens.pop(screen.number, None)
        self._kept.pop(screen, None)

    def take(self, news: News) -> bool:
        """Take news in; tells whether some were missed, so that they have to be asked for, once."""
        if news.number == 0:
            self._shared, self._expected, self._has_asked = {}, 0, False
        if news.number != self._expected:
            has_asked, self._has_asked = self._has_asked, True
            return not has_asked
        self._expected += 1
        self._taken.set()
        for name, change in news.shared.items():
            self._shared[name] = changed(self._shared.get(name), change)
        self.is_ended = news.ended
        was_idle = not self._waves
        for number, name, own in news.seen:
            if screen := self._screens.get(number):
                shared = self._shared[name]
                screen.view = changed(shared, json.loads(own)) if own else shared
                if self._held[screen.seat]:
                    self._kept[screen] = None
                else:
                    self._waves.append((screen, screen.view))
        self._waves += [(self._screens[number], None) for number in news.over if number in self._screens]
        if was_idle:
            self._next_wave()
        return False

    def hold(self, seat: str) -> None:
        """Show a seat nothing new until what it asked is answered."""
        if seat:
            self._held[seat] += 1

    def release(self, seat: str) -> None:
        """Show a seat what has come meanwhile."""
        if seat:
            self._held[seat] -= 1
            self._held += Counter()
        if not self._held[seat]:
            for screen in [kept for kept in self._kept if kept.seat == seat]:
                del self._kept[screen]
                if screen.view is not None:
                    screen.show(screen.view)

    async def until_taken(self, frames: int) -> None:
        """Wait until so many frames were taken; not for long, as they are counted anew after a fault."""
        await until(lambda: self._expected >= frames, self._taken, _LATE)

    def tell_away(self) -> None:
        """Tell everybody that the room can't be reached."""
        for screen in self.screens:
            if screen.view is not None and not screen.over:
                with speaking(screen.audience[1]):
                    screen.show(replace(screen.view, failing=away_words()))

    def stop(self, say: Callable[[], str] = stopped_words) -> None:
        """Show everybody that the room has stopped, or other words that are given, and end every screen."""
        self._waves.clear()
        for screen in self.screens:
            if screen.view is not None and not screen.over:
                # What was still to be shown, too: a screen that ends shows its last View first.
                with speaking(screen.audience[1]):
                    words = say()
                screen.show(screen.view if screen.view.stopped else replace(screen.view, stopped=words))
            screen.end()

    def _next_wave(self) -> None:
        """Show a few what is new in each turn of the loop: drawing takes about a millisecond each."""
        for _each in range(min(WAVE, len(self._waves))):
            screen, view = self._waves.popleft()
            if view is None:
                screen.end()
            else:
                screen.show(view)
        if self._waves:
            asyncio.get_running_loop().call_soon(self._next_wave)
