"""The room as a door reaches it: what people do waits for a room that is away, and is done once."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable

from tisu_tui.core.translation import gettext as _
from tisu_tui.doors import messages
from tisu_tui.doors.codec import fingerprint, unpacked
from tisu_tui.doors.door_commands import AGAIN, ANSWERED, DoorCommands, Requester
from tisu_tui.doors.door_views import DoorViews, SeenScreen, another_words, stopped_words
from tisu_tui.doors.link import DoorLink, LinkDown, LinkRefused
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Outcome
from tisu_tui.view.view import Role, View

CALM = 0.7
"""Seconds that a room may be away before people are told."""
PRESSED = 0.5
"""Seconds between two tellings of who pressed a key."""
SILENCE = 2.5
"""Seconds that a sign of life may go unanswered."""
WAITS = 900.0
"""Seconds that a door waits for a room that is gone, before it says goodbye to its people."""


class RemoteRoom:
    """A room in another process; `open` it, wait for `let_in`, then use it as any room."""

    def __init__(self, link: DoorLink, version: str, name: str = "") -> None:
        self._version = version
        self._name = name or secrets.token_hex(8)
        self._requester = Requester(link)
        self._views = DoorViews()
        self._commands = DoorCommands(self._requester, self._views)
        self._pressed: set[str] = set()
        self._was_pressed = asyncio.Event()
        self._welcome: messages.Welcome | None = None
        self._known = asyncio.Event()
        self.why_not = ""
        """Why the room turned this door away, in one line; empty where it has not."""

    async def open(self) -> None:
        """Begin to look for the room."""
        await self._requester.link.open()
        for work in (self._stay_in(), self._take_news(), self._beat()):
            self._requester.tasks.begin(work)

    async def close(self) -> None:
        """Let go of the room."""
        await self._requester.close()

    async def let_in(self) -> messages.Welcome:
        """Wait until the room lets this door in; raises `LinkRefused`."""
        await self._known.wait()
        if self._welcome is None:
            raise LinkRefused(self.why_not)
        return self._welcome

    @property
    def is_away(self) -> bool:
        """Whether the room can't be reached just now."""
        return not self._requester.ready.is_set()

    @property
    def has_stopped(self) -> bool:
        """Whether nothing more will be heard of the room."""
        return self._requester.stopped.is_set()

    async def until_stopped(self) -> None:
        """Wait until nothing more will be heard of the room."""
        await self._requester.stopped.wait()

    def stop(self, say: Callable[[], str] = stopped_words) -> None:
        """End every screen, with some words where it is not the room that stops: nothing more will be heard of it."""
        for each in (self._requester.stopped, self._requester.ready, self._known):
            each.set()
        self._views.stop(say)

    # A room

    @property
    def is_ended(self) -> bool:
        """Whether the session is over."""
        return self._views.is_ended

    async def submit(self, command: Command) -> Outcome:
        """Have a command done, and answer once it is stored; waits while the room is away."""
        return await self._commands.submit(command)

    def pressed(self, seat: str) -> None:
        """Hear that somebody pressed a key, so that quiet signals are told among enough who did."""
        self._pressed.add(seat)
        self._was_pressed.set()

    async def watch(self, role: Role, seat: str = "") -> AsyncGenerator[View, None]:
        """Give the view of a role now and at every change, until the host stops or the seat is taken over."""
        screen = self._views.add(next(self._requester.numbers), role, seat)
        asking = self._requester.tasks.begin(self._ask_for(screen, self._requester.ask))
        if self.has_stopped:
            screen.end()
        try:
            while await screen.has_news():
                yield screen.shown
        finally:
            self._views.discard(screen)
            self._requester.tasks.begin(self._let_go(screen, asking))

    # What a door asks besides

    async def notes_path(self) -> str:
        """Give the path of the notes once they are written, or why they are not."""
        while True:
            told = await self._requester.ask(messages.AskNotes(), 2 * messages.NOTES)
            if not isinstance(told, messages.Replied):
                return ""
            if told.yes:
                return told.said

    async def wrong(self, address: str, what: str) -> None:
        """Tell of a wrong code or passphrase, and wait as long as whoever gave it has to; raises `LinkDown`."""
        await self._requester.once(messages.Wrong(address, what))

    async def may_try(self, address: str) -> None:
        """Wait until somebody at an address may try a passphrase."""
        await self._requester.ask(messages.MayTry(address), 60 * ANSWERED)

    async def is_passphrase(self, given: str) -> bool:
        """Ask whether this is the facilitator's passphrase."""
        told = await self._requester.ask(messages.IsPassphrase(given))
        return isinstance(told, messages.Replied) and told.yes

    # Staying with the room

    async def _stay_in(self) -> None:
        requester = self._requester
        while not self.has_stopped:
            waiting = requester.tasks.begin(self._wait())
            try:
                await self._come_back()
            except LinkRefused as refused:
                self._give_up(str(refused))
                return
            finally:
                waiting.cancel()
            self._known.set()
            requester.ready.set()
            ends = requester.tasks.begin(requester.link.down.wait()), requester.tasks.begin(requester.lost.wait())
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for task in ends:
                task.cancel()
            if not self.has_stopped:
                requester.ready.clear()
            requester.lost.clear()

    async def _wait(self) -> None:
        """Tell people that the room is away, and wait no longer than makes sense."""
        await asyncio.sleep(CALM)
        self._views.tell_away()
        await asyncio.sleep(WAITS - CALM)
        self._give_up(_("A door has waited {n} minutes for its room, and stops.").format(n=int(WAITS / 60)))

    def _give_up(self, why: str) -> None:
        self._welcome, self.why_not = None, why
        self.stop()

    async def _come_back(self) -> None:
        while True:
            await self._requester.link.up.wait()
            with contextlib.suppress(LinkDown):
                return await self._come_in()
            await asyncio.sleep(AGAIN)

    async def _come_in(self) -> None:
        answer = await self._requester.once(messages.Hello(self._name, self._version, fingerprint()))
        if not isinstance(answer, messages.Welcome):
            raise LinkRefused(
                answer.why if isinstance(answer, messages.TurnedAway) else "the room has not understood this door"
            )
        if self._welcome is not None and answer.session != self._welcome.session:
            self.stop(another_words)
            raise LinkRefused(another_words())
        self._welcome, self._commands.life, self._views.is_ended = answer, answer.life, answer.ended
        lost = await self._commands.sit_down_again(kept=answer.kept)
        for screen in self._views.screens:
            if screen.seat in lost:
                screen.end()
                continue
            await self._ask_for(screen, self._requester.once)

    async def _ask_for(
        self, screen: SeenScreen, ask: Callable[[messages.Message], Awaitable[messages.Answered | None]]
    ) -> None:
        told = await ask(messages.Watch(screen.number, screen.role, screen.seat, screen.audience[1]))
        if isinstance(told, messages.Replied) and not told.yes:
            screen.end()

    async def _let_go(self, screen: SeenScreen, asking: asyncio.Task[None]) -> None:
        await asyncio.wait((asking,))
        await self._requester.ask(messages.Unwatch(screen.number))

    async def _take_news(self) -> None:
        async for frame in self._requester.link.frames():
            news = unpacked(frame)
            if isinstance(news, messages.News):
                if self._views.take(news):
                    self._requester.tasks.begin(self._requester.ask(messages.Whole()))
                if news.stopped:
                    self.stop()

    async def _beat(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(messages.BEAT):
                    await self._was_pressed.wait()
            # One telling for many keys; when each was pressed is nobody's business.
            await asyncio.sleep(PRESSED if self._pressed else 0)
            self._was_pressed.clear()
            if not (self.is_away or self.has_stopped):
                pressed, self._pressed = tuple(sorted(self._pressed)), set()
                with contextlib.suppress(LinkDown):
                    await self._requester.once(messages.Beat(pressed), SILENCE)
