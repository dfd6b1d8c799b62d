"""The room as a door reaches it: what people do waits for a room that is away, and is done once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import Counter, deque
from collections.abc import AsyncGenerator, Coroutine
from dataclasses import replace
from gettext import gettext as _
from typing import Any, TypeVar

from tisu_tui.doors.codec import changed, command_to_data, fingerprint, outcome_from_data
from tisu_tui.doors.link import DoorLink, LinkDown, LinkRefused
from tisu_tui.doors.messages import (
    Answered,
    AskNotes,
    Beat,
    Came,
    Do,
    Hello,
    IsPassphrase,
    MayTry,
    Message,
    News,
    Told,
    TurnedAway,
    Unknown,
    Unwatch,
    Watch,
    Welcome,
    Whole,
    Wrong,
    packed,
    unpacked,
)
from tisu_tui.doors.service import BEAT, NOTES
from tisu_tui.room.watchers import WAVE, Watcher
from tisu_tui.session.commands import (
    Bring,
    Command,
    Doubt,
    Join,
    Keep,
    Leave,
    Lend,
    Quietly,
    Reply,
    Sent,
    Take,
    Withdraw,
)
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.view.view import Role, View

ANSWERED = 20.0
"""Seconds after which a request is sent again; a try at three words may have to wait for others."""
AGAIN = 0.2
CALM = 0.7
"""Seconds that a room may be away before people are told."""
PRESSED = 0.5
"""Seconds between two tellings of who pressed a key."""
_TWICE = Join | Leave | Keep | Reply | Withdraw | Doubt | Quietly | Take | Bring
"""What can be done twice and is the same: of anything else nobody knows whether a room that was killed had done it."""


T = TypeVar("T")


class _Screen(Watcher):
    """One screen at this door."""

    def __init__(self, number: int, role: Role, seat: str) -> None:
        super().__init__(role, seat)
        self.number = number
        self.view: View | None = None


class RemoteRoom:
    """A room in another process; use `open`, then `let_in`, then anything a room has."""

    def __init__(self, link: DoorLink, version: str, name: str = "") -> None:
        self._link = link
        self._version = version
        self._name = name or secrets.token_hex(8)
        self._numbered = 0
        self._life = ""
        self._welcome: Welcome | None = None
        self._ready, self._lost, self._known = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._why_not = ""
        self._screens: dict[int, _Screen] = {}
        self._seats: Counter[str] = Counter()
        self._laptops: set[str] = set()
        self._unanswered: set[int] = set()
        self._pressed: set[str] = set()
        self._bases: dict[str, View] = {}
        self._expected = 0
        self._waves: deque[tuple[_Screen, View | None]] = deque()
        self._ended = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self.stopped = asyncio.Event()
        """Set once nothing more will be heard of the room."""

    async def open(self) -> None:
        """Begin to look for the room."""
        await self._link.open()
        for work in (self._stay_in(), self._take_news(), self._beat()):
            self._begin(work)

    async def close(self) -> None:
        """Let go of the room."""
        await self._link.close()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def let_in(self) -> Welcome:
        """Wait until the room lets this door in; raises `LinkRefused`."""
        await self._known.wait()
        if self._welcome is None:
            raise LinkRefused(self._why_not)
        return self._welcome

    @property
    def why_not(self) -> str:
        """Why the room turned this door away, in one line; empty where it has not."""
        return self._why_not

    @property
    def is_away(self) -> bool:
        """Whether the room can't be reached just now."""
        return not self._ready.is_set()

    def stop(self) -> None:
        """End every screen: nothing more will be heard of the room."""
        self.stopped.set()
        self._known.set()
        self._ready.set()
        words = _("We have stopped for now. What was recorded is safe.")
        self._waves.clear()
        for screen in list(self._screens.values()):
            if screen.view is not None and not screen.over:
                # What was still to be shown, too: a screen that ends shows its last View first.
                screen.show(screen.view if screen.view.stopped else replace(screen.view, stopped=words))
            screen.end()

    # A room

    @property
    def is_ended(self) -> bool:
        """Whether the session is over."""
        return self._ended

    async def submit(self, command: Command) -> Outcome:
        """Have a command done, and answer once it is stored; waits while the room is away."""
        task = self._begin(self._submit(command))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            # Whoever hung up while they waited for a seat sits nowhere.
            if isinstance(command, Join | Bring | Lend):
                task.add_done_callback(self._give_back)
            raise

    def pressed(self, seat: str) -> None:
        """Hear that somebody pressed a key, so that quiet signals are told among enough who did."""
        self._pressed.add(seat)

    async def watch(self, role: Role, seat: str = "") -> AsyncGenerator[View, None]:
        """Give the view of a role now and at every change, until the host stops or the seat is taken over."""
        self._numbered += 1
        screen = self._screens[self._numbered] = _Screen(self._numbered, role, seat)
        asking = self._begin(self._ask_for(screen))
        if self.stopped.is_set():
            screen.end()
        try:
            while True:
                latest = await screen.next()
                if latest is not None:
                    yield latest
                if screen.over:
                    return
        finally:
            del self._screens[screen.number]
            self._begin(self._let_go(screen, asking))

    # What a door asks besides

    async def notes_path(self) -> str:
        """Give the path of the notes once they are written, or why they are not."""
        while True:
            told = await self._ask(AskNotes(), 2 * NOTES)
            if not isinstance(told, Told):
                return ""
            if told.yes:
                return told.said

    async def wrong(self, address: str, what: str) -> None:
        """Tell of a wrong code or passphrase, and wait as long as whoever gave it has to; raises `LinkDown`."""
        await self._once(Wrong(address, what), ANSWERED)

    async def may_try(self, address: str) -> None:
        """Wait until somebody at an address may try a passphrase."""
        await self._ask(MayTry(address), 60 * ANSWERED)

    async def is_passphrase(self, given: str) -> bool:
        """Ask whether this is the facilitator's passphrase."""
        told = await self._ask(IsPassphrase(given), ANSWERED)
        return isinstance(told, Told) and told.yes

    # Requests

    async def _once(self, message: Message, within: float) -> Answered:
        answer = unpacked(await self._link.request(packed(message), within))
        if isinstance(answer, Unknown):
            self._ready.clear()
            self._lost.set()
            raise LinkDown("the room doesn't know this door any more")
        return answer  # type: ignore[return-value]

    async def _ask(self, message: Message, within: float = ANSWERED) -> Answered | None:
        """Ask until there is an answer; `None` where there never will be."""
        while True:
            await self._ready.wait()
            if self.stopped.is_set():
                return None
            with contextlib.suppress(LinkDown):
                return await self._once(message, within)
            await asyncio.sleep(AGAIN)

    async def _submit(self, command: Command) -> Outcome:
        self._numbered += 1
        number, sent_to = self._numbered, ""
        data = command_to_data(command)
        if isinstance(command, Leave):
            self._seats[command.seat] -= 1
            self._seats += Counter()
        self._unanswered.add(number)
        try:
            while True:
                await self._ready.wait()
                if self.stopped.is_set():
                    return Done() if isinstance(command, Leave) else Refused(_("The host has stopped."))
                if sent_to not in {"", self._life} and not _is_safe_twice(command):
                    again = _("The host was started again. Look whether this was done, and do it again if it was not.")
                    return Refused(again)
                sent_to = self._life
                with contextlib.suppress(LinkDown):
                    return self._took(command, await self._once(Do(number, min(self._unanswered), data), ANSWERED))
                await asyncio.sleep(AGAIN)
        finally:
            self._unanswered.discard(number)

    def _took(self, command: Command, answer: Answered) -> Outcome:
        outcome = outcome_from_data(answer.outcome) if isinstance(answer, Came) else Stale()
        if isinstance(outcome, Done) and isinstance(command, Join | Bring | Lend):
            self._seats[outcome.seat] += 1
            if not isinstance(command, Join):
                self._laptops.add(outcome.seat)
        return outcome

    def _give_back(self, joining: asyncio.Task[Outcome]) -> None:
        if not joining.cancelled() and isinstance(outcome := joining.result(), Done):
            self._begin(self._submit(Leave(outcome.seat)))

    async def _ask_for(self, screen: _Screen) -> None:
        told = await self._ask(Watch(screen.number, screen.role, screen.seat))
        if isinstance(told, Told) and not told.yes:
            screen.end()

    async def _let_go(self, screen: _Screen, asking: asyncio.Task[None]) -> None:
        await asyncio.wait((asking,))
        await self._ask(Unwatch(screen.number))

    # Staying with the room

    async def _stay_in(self) -> None:
        while not self.stopped.is_set():
            telling = self._begin(self._tell_if_long())
            await self._link.until_up()
            try:
                await self._come_in()
            except LinkDown:
                await asyncio.sleep(AGAIN)
                continue
            except LinkRefused as refused:
                self._why_not = str(refused)
                self._welcome = None
                self.stop()
                return
            finally:
                telling.cancel()
            self._known.set()
            self._ready.set()
            down, lost = self._begin(self._link.until_down()), self._begin(self._lost.wait())
            await asyncio.wait((down, lost), return_when=asyncio.FIRST_COMPLETED)
            for task in (down, lost):
                task.cancel()
            if not self.stopped.is_set():
                self._ready.clear()
            self._lost.clear()

    async def _come_in(self) -> None:
        answer = await self._once(Hello(self._name, self._version, fingerprint()), ANSWERED)
        if not isinstance(answer, Welcome):
            raise LinkRefused(answer.why if isinstance(answer, TurnedAway) else "the room has not understood this door")
        has_new_life, self._life = self._life not in {"", answer.life}, answer.life
        self._welcome, self._ended = answer, answer.ended
        if has_new_life or not answer.kept:
            await self._sit_down_again()
        for screen in list(self._screens.values()):
            told = await self._once(Watch(screen.number, screen.role, screen.seat), ANSWERED)
            if isinstance(told, Told) and not told.yes:
                screen.end()

    async def _sit_down_again(self) -> None:
        """Take every seat again by its words; shared laptops have none, and have to be brought again."""
        lost = [seat for seat in self._seats if seat in self._laptops]
        for seat, times in list(self._seats.items()):
            for _again in range(0 if seat in self._laptops else times):
                self._numbered += 1
                self._unanswered.add(self._numbered)
                try:
                    join = Do(self._numbered, min(self._unanswered), command_to_data(Join(seat)))
                    answer = await self._once(join, ANSWERED)
                finally:
                    self._unanswered.discard(join.number)
                if not (isinstance(answer, Came) and isinstance(outcome_from_data(answer.outcome), Done)):
                    lost.append(seat)
        for seat in lost:
            self._seats.pop(seat, None)
            for screen in self._screens.values():
                if screen.seat == seat:
                    screen.end()

    async def _tell_if_long(self) -> None:
        await asyncio.sleep(CALM if self._screens else 0)
        for screen in list(self._screens.values()):
            if screen.view is not None and not screen.over:
                self._waves.append((screen, replace(screen.view, failing=away_words())))
        self._next_wave()

    async def _beat(self) -> None:
        quiet = 0.0
        while True:
            await asyncio.sleep(PRESSED)
            quiet += PRESSED
            if self._ready.is_set() and (self._pressed or quiet >= BEAT) and not self.stopped.is_set():
                pressed, self._pressed, quiet = tuple(sorted(self._pressed)), set(), 0.0
                with contextlib.suppress(LinkDown):
                    await self._once(Beat(pressed), 2 * BEAT)

    # News

    async def _take_news(self) -> None:
        asked_whole = False
        async for frame in self._link.frames():
            news = unpacked(frame)
            if not isinstance(news, News):
                continue
            if news.number == 0:
                self._bases, self._expected, asked_whole = {}, 0, False
            if news.number != self._expected:
                # Something was missed: what follows hangs on it.
                if not asked_whole:
                    asked_whole = True
                    self._begin(self._ask(Whole()))
                continue
            self._expected += 1
            self._take(news)

    def _take(self, news: News) -> None:
        for name, change in news.shared.items():
            self._bases[name] = changed(self._bases.get(name), change)
        self._ended = news.ended
        was_idle = not self._waves
        for number, name, own in news.seen:
            if screen := self._screens.get(number):
                base = self._bases[name]
                screen.view = changed(base, json.loads(own)) if own else base
                self._waves.append((screen, screen.view))
        for number in news.over:
            if screen := self._screens.get(number):
                self._waves.append((screen, None))
        if was_idle:
            self._next_wave()
        if news.stopped:
            asyncio.get_running_loop().call_soon(self.stop)

    def _next_wave(self) -> None:
        """Show a few what is new in each turn of the loop; drawing takes about a millisecond each."""
        for _each in range(min(WAVE, len(self._waves))):
            screen, view = self._waves.popleft()
            if view is None:
                screen.end()
            else:
                screen.show(view)
        if self._waves:
            asyncio.get_running_loop().call_soon(self._next_wave)

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def away_words() -> str:
    """Say that the host can't be reached."""
    return _("We have lost touch with the host. What was recorded is safe. Please wait: it goes on by itself.")


def _is_safe_twice(command: Command) -> bool:
    return isinstance(command.command if isinstance(command, Sent) else command, _TWICE)
