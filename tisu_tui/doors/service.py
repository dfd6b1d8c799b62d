"""The room's side of its doors: lets them in, answers them, sends them news, and gives up one that is silent."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from tisu_tui.core.translation import gettext as _
from tisu_tui.doors import messages
from tisu_tui.doors.codec import fingerprint, packed, unpacked
from tisu_tui.doors.feed import Drawn, Feed, OpenRoom
from tisu_tui.doors.idempotency import CommandsOnce
from tisu_tui.doors.link import LinkDown, RoomLink, Tasks, until
from tisu_tui.session.commands import Leave
from tisu_tui.view.view import Role

SILENT = 3
"""Signs of life that a door may miss before its seats are given up, as if their lines had been cut."""
_DRAWING = 0.0003
_FLUSH = 2.0
_DOORS = 64
"""Doors that are remembered, those that are gone among them."""


class Doorkeeper(Protocol):
    """Who knows the passphrase, and lets nobody guess faster because there are several doors."""

    async def opens(self, given: str) -> bool:
        """Tell whether this is the facilitator's passphrase."""

    async def may_try_passphrase(self, address: str) -> None:
        """Wait until one may be tried."""

    async def after_wrong(self, address: str, what: Literal["code", "passphrase"]) -> None:
        """Wait as long as whoever gave a wrong one has to."""


@dataclass(eq=False, slots=True)
class _Door:
    """What the room has of one door, through all its connections; `link` is empty while there is none."""

    commands: CommandsOnce
    feed: Feed
    link: str = ""
    silent: int = 0
    sender: asyncio.Task[None] | None = None


@dataclass(eq=False, slots=True)
class DoorService:
    """Serves the doors of one room; `warn` hears what the host should know, in one line."""

    room: OpenRoom
    link: RoomLink
    keeper: Doorkeeper
    welcome: messages.Welcome
    version: str
    notes: Callable[[], Awaitable[str]]
    warn: Callable[[str], None]
    came: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever a door has come."""
    _life: str = field(default_factory=lambda: secrets.token_hex(8))
    _doors: dict[str, _Door] = field(default_factory=dict)
    _by_link: dict[str, _Door] = field(default_factory=dict)
    _drawn: Drawn = field(default_factory=Drawn)
    _tasks: Tasks = field(default_factory=Tasks)
    _stopped: bool = False
    _fewer: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def names(self) -> frozenset[str]:
        """What the doors that are connected call themselves."""
        return frozenset(name for name, door in self._doors.items() if door.link)

    async def open(self) -> None:
        """Let doors in."""
        await self.link.serve(self.handle, self._gone)
        self._tasks.begin(self._count_silence())

    async def until_empty(self, most: float) -> None:
        """Wait until nobody sits at any door, so many seconds at most."""
        await until(lambda: not any(door.feed.screens for door in self._doors.values()), self._fewer, most)

    async def close(self) -> None:
        """Tell every door that the room has stopped, and let go of them; call it once the room is closed."""
        if self._stopped:
            return
        self._stopped = True
        senders = [door.sender for door in self._by_link.values() if door.sender is not None]
        for door in self._by_link.values():
            door.feed.news.set()
        if senders:
            await asyncio.wait(senders, timeout=_FLUSH)
        for task in (*senders, *self._tasks):
            task.cancel()
        await self.link.close()

    async def handle(self, link: str, frame: bytes) -> bytes:
        """Answer a request."""
        try:
            asked = unpacked(frame)
        except ValueError:
            return packed(messages.Unknown())
        if isinstance(asked, messages.Hello):
            return packed(self._hello(link, asked))
        if (door := self._by_link.get(link)) is None:
            return packed(messages.Unknown())
        door.silent = 0
        return packed(await self._answer(door, asked))

    async def _answer(self, door: _Door, asked: object) -> messages.Answered:
        match asked:
            case messages.Do():
                return replace(await door.commands.do(asked), told=door.feed.told)
            case messages.Watch(number, role, seat):
                if role is Role.PARTICIPANT and not door.commands.has(seat):
                    return messages.Replied(yes=False)
                if number not in door.feed.screens:
                    door.feed.watch(asked)
            case messages.Unwatch(number):
                door.feed.unwatch(number)
                self._fewer.set()
            case messages.Beat(pressed):
                for seat in set(pressed) & set(door.commands.seats):
                    self.room.pressed(seat)
            case messages.Whole():
                door.feed.begin_anew()
            case messages.Wrong(address, what):
                await self.keeper.after_wrong(address, "passphrase" if what == "passphrase" else "code")
            case messages.MayTry(address):
                await self.keeper.may_try_passphrase(address)
            case messages.IsPassphrase(given):
                return messages.Replied(yes=await self.keeper.opens(given))
            case messages.AskNotes():
                try:
                    async with asyncio.timeout(messages.NOTES):
                        return messages.Replied(said=await self.notes())
                except TimeoutError:
                    return messages.Replied(yes=False)
            case _:
                return messages.Unknown()
        return messages.Replied()

    def _hello(self, link: str, hello: messages.Hello) -> messages.Answered:
        if hello.codec != fingerprint():
            why = _("A door of another version of tisu was refused: it has {theirs}, the room has {ours}.").format(
                theirs=f"{hello.version} ({hello.codec})", ours=f"{self.version} ({fingerprint()})"
            )
            self.warn(why)
            return messages.TurnedAway(why)
        door = self._doors.get(hello.door)
        if door is None:
            self._forget_gone()
            door = self._doors[hello.door] = _Door(CommandsOnce(self.room, self.warn), Feed(self.room, self._drawn))
        kept, door.commands.is_there = door.commands.is_there, True
        if door.link != link:
            self._by_link.pop(door.link, None)
            self.link.drop(door.link)
        door.link, door.silent = link, 0
        self._by_link[link] = door
        door.feed.unwatch_all()  # it asks for what it watches again
        door.feed.begin_anew()
        if door.sender is not None:
            door.sender.cancel()
        door.sender = asyncio.create_task(self._send(door.feed, link))
        self.came.set()
        return replace(self.welcome, life=self._life, kept=kept, ended=self.room.is_ended)

    def _forget_gone(self) -> None:
        gone = [name for name, door in self._doors.items() if not door.link]
        for name in gone[: max(0, len(self._doors) - _DOORS)]:
            del self._doors[name]

    async def _send(self, feed: Feed, link: str) -> None:
        with contextlib.suppress(LinkDown):
            while True:
                await feed.news.wait()
                feed.news.clear()
                while feed.is_due:
                    await self.link.send(link, packed(news := feed.next()))
                    # Each of these screens takes a door about as long to draw; what comes meanwhile is drawn once.
                    await asyncio.sleep(len(news.seen) * _DRAWING)
                if self._stopped:
                    await self.link.send(link, packed(feed.next(stopped=True)))
                    return

    # Doors that are gone

    def _gone(self, link: str) -> None:
        if door := self._by_link.get(link):
            self._give_up(door)

    def _give_up(self, door: _Door) -> None:
        """Do as if all lines at a door had been cut: seats are free, answers stay in."""
        self._by_link.pop(door.link, None)
        if door.sender is not None:
            door.sender.cancel()
            door.sender = None
        self.link.drop(door.link)
        door.link = ""
        door.feed.unwatch_all()
        self._fewer.set()
        seats = door.commands.give_up()
        if seats and not self._stopped:
            self._tasks.begin(self._leave(seats))

    async def _leave(self, seats: list[str]) -> None:
        for seat in seats:
            await self.room.submit(Leave(seat))

    async def _count_silence(self) -> None:
        # Counted, not timed: after the host itself has been asleep, no door is blamed for it.
        while True:
            await asyncio.sleep(messages.BEAT)
            for door in list(self._by_link.values()):
                door.silent += 1
                if door.silent > SILENT:
                    self.warn(_("A door has been silent for a while. Its people can come back by their three words."))
                    self._give_up(door)
