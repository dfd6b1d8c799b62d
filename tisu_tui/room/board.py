"""What everybody is shown: a view for each role, drawn anew when something moves, told to those for whom it is news.

The lead is here too, as it hangs on who watches: which private screen paces the session, and whether any is left.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection
from dataclasses import replace

from tisu_tui.core.translation import speaking
from tisu_tui.room.watchers import Audience, Watcher, Watchers
from tisu_tui.session.session import Session
from tisu_tui.view.in_language import Telling
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, View, view

GRACE = 3.0
"""Seconds in which a facilitator whose connection dropped may come back unnoticed."""


def _differs_in_counts_only(before: View | None, after: View) -> bool:
    """Whether all that changed is how many came to the lobby, for which nobody's screen need be drawn at once."""
    if before is None or not after.is_lobby:
        return False
    counted = replace(after, way=before.way, people=before.people, screens=before.screens, lobby=before.lobby)
    return counted == before


class Board:
    """The latest views of one room, and all who watch them.

    `live` is what is said of the room and stands in no session; `own` puts into the view of all participants what is
    one seat's alone; `grace` is how many seconds everybody who paces the session may be gone before people are told.
    """

    def __init__(self, session: Session, live: Live, own: Callable[[str, View], View], grace: float) -> None:
        self.live = live
        self._session = session
        self._own = own
        self._telling = Telling()
        self._shown: dict[Audience, View] = {}
        self._watchers = Watchers()
        self.lead = Lead(self._watchers, grace, self._froze)

    async def watch(self, role: Role, seat: str) -> AsyncGenerator[View, None]:
        """Give the view of a role now and at every change, until the room closes or the seat is taken over."""
        watcher = Watcher(role, seat)
        detach = self.attach(watcher)
        try:
            while await watcher.has_news():
                yield self.view_of(watcher)
        finally:
            detach()

    def attach(self, watcher: Watcher) -> Callable[[], None]:
        """Let a watcher hear of news from now on; what is returned ends that."""
        # Of the hundreds who take part nobody leads.
        may_lead = watcher.role is not Role.PARTICIPANT

        def detach() -> None:
            self._watchers.discard(watcher)
            if may_lead:
                self.lead.look()

        self._watchers.add(watcher)
        if may_lead:
            self.lead.look()
        return detach

    def show(self, session: Session, live: Live, answered: Collection[str] = ()) -> None:
        """Show the room as it is now; `answered` are seats whose own answer may have changed."""
        # Someone's answer moves nothing but their own screen: whose view is as it was is told nothing.
        moved: set[Audience] = set()
        can_wait = True
        if (session, live) != (self._session, self.live):
            before, self._shown = self._shown, {}
            self._session, self.live = session, live
            moved = {each for each in self._watchers.audiences if self.shown_to(each) != before.get(each)}
            people = (each for each in moved if each[0] is Role.PARTICIPANT)
            can_wait = all(_differs_in_counts_only(before.get(person), self.shown_to(person)) for person in people)
        self._watchers.tell(moved, answered, can_wait=can_wait)

    def tell(self, live: Live) -> None:
        """Publish facts about the room if they changed."""
        if live != self.live:
            self.show(self._session, live)

    def end_seat(self, seat: str) -> None:
        """Say to whoever watches from a seat that there will be no more."""
        self._watchers.end_seat(seat)

    def close(self) -> None:
        """Publish everything outstanding and announce the host's end."""
        self.tell(replace(self.live, stopped=True))
        self._watchers.end()

    def shown_to(self, audience: Audience) -> View:
        """Give what a role sees in one language, drawn once for all who watch so."""
        if audience not in self._shown:
            role, language = audience
            # What participants see is part of what the shared screen and the facilitator do.
            everybodys = None if role is Role.PARTICIPANT else self.shown_to((Role.PARTICIPANT, language))
            with speaking(language):
                told = self._telling.told(self._session, language)
                self._shown[audience] = view(self._session, role, self.live, told, everybodys)
        return self._shown[audience]

    def view_of(self, watcher: Watcher) -> View:
        """Give a watcher's View as things stand."""
        seen = self.shown_to(watcher.audience)
        if watcher.role is Role.FACILITATOR and seen.desk is not None and self.lead.is_elsewhere(watcher.seat):
            return replace(seen, desk=replace(seen.desk, leads=False))
        if watcher.role is Role.PARTICIPANT:
            return self._own(watcher.seat, seen)
        return seen

    def _froze(self, is_frozen: bool) -> None:  # noqa: FBT001 - a callback with one thing to say
        self.tell(replace(self.live, frozen=is_frozen))


class Lead:
    """The lead, never stored; `froze` hears when nobody has been left for `grace` seconds, and when one is back."""

    def __init__(self, watchers: Watchers, grace: float, froze: Callable[[bool], None]) -> None:
        self._watchers = watchers
        self._grace = grace
        self._froze = froze
        self._leading = ""
        self._was_driven = False
        self._is_frozen = False
        self._waiting: asyncio.TimerHandle | None = None
        self._is_over = False

    def is_elsewhere(self, screen: str) -> bool:
        """Tell whether another private screen than this one leads."""
        return self._leading not in {"", screen}

    def take(self, screen: str) -> None:
        """Lead from this private screen; every private screen is told."""
        if screen != self._leading:
            self._leading = screen
            self._watchers.tell(
                {audience for audience in self._watchers.audiences if audience[0] is Role.FACILITATOR}, ()
            )

    def look(self) -> None:
        """See who watches now: the first private screen leads, and where there is nobody the waiting begins."""
        drivers = self._watchers.drivers
        screens = [watcher.seat for watcher in drivers if watcher.role is Role.FACILITATOR and watcher.seat]
        if self._leading not in screens:
            # Nobody is there to hand over, so whoever has been here longest leads.
            self.take(screens[0] if screens else "")
        if drivers:
            self._was_driven = True
            self._stop_waiting()
            self._freeze(is_frozen=False)
        elif self._was_driven and self._waiting is None and not self._is_over:
            # A phone that locks its screen drops out for a moment, and nobody need hear of it.
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(self._grace, lambda: self._freeze(is_frozen=True))

    def end(self) -> None:
        """Tell nobody anything from here on."""
        self._is_over = True
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _freeze(self, *, is_frozen: bool) -> None:
        if is_frozen != self._is_frozen:
            self._is_frozen = is_frozen
            self._froze(is_frozen)
