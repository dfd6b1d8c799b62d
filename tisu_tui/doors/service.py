"""The room's side of its doors: a command is done once, a door hears what changed, a silent one loses its seats."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from dataclasses import replace as with_
from gettext import gettext as _
from itertools import islice
from typing import Literal, Protocol

from tisu_tui.doors.codec import (
    Coded,
    command_from_data,
    field_to_data,
    fingerprint,
    outcome_to_data,
    own_part,
    view_to_data,
)
from tisu_tui.doors.link import LinkDown, RoomLink
from tisu_tui.doors.messages import (
    Answered,
    AskNotes,
    Beat,
    Came,
    Do,
    Hello,
    IsPassphrase,
    MayTry,
    News,
    Told,
    TurnedAway,
    Unknown,
    Unwatch,
    Watch,
    Welcome,
    Whole,
    Wrong,
    own_text,
    packed,
    unpacked,
)
from tisu_tui.room.seam import Room
from tisu_tui.room.watchers import Watcher
from tisu_tui.session.commands import Bring, Command, Join, Leave, Lend, Sent
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.view.view import Role, View

BEAT = 2.0
"""Seconds between two signs of life of a door."""
SILENT = 5
"""Signs of life that a door may miss before its seats are given up, as if their lines had been cut."""
NOTES = 20.0
_AT_ONCE = 400
"""Screens in one frame, which stays below the largest with whatever they have of their own."""
_FLUSH = 2.0
_DOORS = 64


class OpenRoom(Room, Protocol):
    """A room in this process, which gives the Views of many screens without a task for each."""

    def attach(self, watcher: Watcher) -> Callable[[], None]:
        """Let a watcher hear of news from now on; what is returned ends that."""

    def view_of(self, watcher: Watcher) -> View:
        """Give a watcher's View as things stand."""

    def shared(self, watcher: Watcher) -> View:
        """Give the View that a watcher's own is made of."""


class Doorkeeper(Protocol):
    """Who knows the passphrase, and lets nobody guess faster because there are several doors."""

    def is_passphrase(self, given: str) -> bool: ...

    async def may_try_passphrase(self, address: str) -> None: ...

    async def after_wrong(self, address: str, what: Literal["code", "passphrase"]) -> None: ...


class _Screen(Watcher):
    """One screen at a door, which is due once there is news for it."""

    def __init__(self, asked: Watch, due: Callable[[_Screen], None]) -> None:
        super().__init__(asked.role, asked.seat)
        self.number = asked.number
        self.detach: Callable[[], None] = lambda: None
        self._due = due

    def show(self, latest: View) -> None:
        del latest  # drawn again when it is sent: a slow door gets the newest
        self._due(self)

    def end(self) -> None:
        self.over = True
        self._due(self)


@dataclass(slots=True)
class _Asked:
    """A command of a door, and what came of it; a seat that was given up since is taken again."""

    command: Command
    outcome: asyncio.Task[Outcome] | None = None


@dataclass(eq=False, slots=True)
class _Door:
    """What the room has of one door, through all its connections; `link` is empty while there is none."""

    link: str = ""
    screens: dict[int, _Screen] = field(default_factory=dict)
    seats: Counter[str] = field(default_factory=Counter)
    asked: dict[int, _Asked] = field(default_factory=dict)
    settled: int = 0
    silent: int = 0
    kept: bool = True
    has_lied: bool = False
    due: dict[_Screen, None] = field(default_factory=dict)
    sent: dict[str, Coded] = field(default_factory=dict)
    number: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    sender: asyncio.Task[None] | None = None

    def is_due(self, screen: _Screen) -> None:
        self.due[screen] = None
        self.news.set()

    def begin_anew(self) -> None:
        """Have everything sent whole."""
        self.sent, self.number = {}, 0
        self.due = dict.fromkeys(self.screens.values())
        self.news.set()


class DoorService:
    """Lets doors in, does what they ask and sends them news; `warn` hears what the host should know, in one line."""

    def __init__(
        self,
        room: OpenRoom,
        link: RoomLink,
        keeper: Doorkeeper,
        welcome: Welcome,
        *,
        version: str,
        notes: Callable[[], Awaitable[str]],
        warn: Callable[[str], None],
    ) -> None:
        self._room = room
        self._link = link
        self._keeper = keeper
        self._welcome = with_(welcome, life=secrets.token_hex(8))
        self._version = version
        self._notes = notes
        self._warn = warn
        self._doors: dict[str, _Door] = {}
        self._by_link: dict[str, _Door] = {}
        self._drawn: dict[str, tuple[View, Coded]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._silence: asyncio.Task[None] | None = None
        self._stopped = False
        self._fewer = asyncio.Event()
        self.came = asyncio.Event()
        """Set whenever a door has come."""

    @property
    def names(self) -> frozenset[str]:
        """What the doors that are connected call themselves."""
        return frozenset(name for name, door in self._doors.items() if door.link)

    async def until_empty(self, most: float) -> None:
        """Wait until nobody sits at any door, so many seconds at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most):
                while any(door.screens for door in self._doors.values()):
                    self._fewer.clear()
                    await self._fewer.wait()

    async def open(self) -> None:
        """Let doors in."""
        await self._link.serve(self.handle, self._gone)
        self._silence = asyncio.create_task(self._count_silence())

    async def close(self) -> None:
        """Tell every door that the room has stopped, and let go of them; call it once the room is closed."""
        if self._stopped:
            return
        self._stopped = True
        if self._silence is not None:
            self._silence.cancel()
        senders = []
        for door in self._by_link.values():
            door.news.set()
            senders += [door.sender] if door.sender else []
        if senders:
            await asyncio.wait(senders, timeout=_FLUSH)
        for sender in senders:
            sender.cancel()
        await self._link.close()

    async def handle(self, link: str, frame: bytes) -> bytes:
        """Answer a request."""
        try:
            asked = unpacked(frame)
        except ValueError:
            return packed(Unknown())
        if isinstance(asked, Hello):
            return packed(self._hello(link, asked))
        door = self._by_link.get(link)
        if door is None:
            return packed(Unknown())
        door.silent = 0
        return packed(await self._answer(door, asked))

    async def _answer(self, door: _Door, asked: object) -> Answered:
        match asked:
            case Do():
                return await self._do(door, asked)
            case Watch():
                return Told(yes=self._watch(door, asked))
            case Unwatch(number):
                if screen := door.screens.pop(number, None):
                    screen.detach()
                    door.due.pop(screen, None)
                    self._fewer.set()
            case Beat(pressed):
                for seat in pressed:
                    if seat in door.seats:
                        self._room.pressed(seat)
            case Whole():
                door.begin_anew()
            case Wrong(address, what):
                await self._keeper.after_wrong(address, "passphrase" if what == "passphrase" else "code")
            case MayTry(address):
                await self._keeper.may_try_passphrase(address)
            case IsPassphrase(given):
                return Told(yes=self._keeper.is_passphrase(given))
            case AskNotes():
                try:
                    async with asyncio.timeout(NOTES):
                        return Told(said=await self._notes())
                except TimeoutError:
                    return Told(yes=False)
            case _:
                return Unknown()
        return Told()

    # Doors come and go

    def _hello(self, link: str, hello: Hello) -> Answered:
        if hello.codec != fingerprint():
            why = _("A door of another version of tisu was refused: it has {theirs}, the room has {ours}.").format(
                theirs=f"{hello.version} ({hello.codec})", ours=f"{self._version} ({fingerprint()})"
            )
            self._warn(why)
            return TurnedAway(why)
        door = self._doors.setdefault(hello.door, _Door(kept=False))
        if door.link and door.link != link:
            self._by_link.pop(door.link, None)
            self._link.drop(door.link)
        kept, door.kept = door.kept, True
        door.link, door.silent = link, 0
        self._by_link[link] = door
        self._unwatch(door)  # it asks for what it watches again
        door.begin_anew()
        if door.sender is not None:
            door.sender.cancel()
        door.sender = asyncio.create_task(self._send(door, link))
        for name in islice(list(self._doors), max(0, len(self._doors) - _DOORS)):
            if not self._doors[name].link:
                del self._doors[name]
        self.came.set()
        return with_(self._welcome, kept=kept, ended=self._room.is_ended)

    def _gone(self, link: str) -> None:
        if door := self._by_link.get(link):
            self._give_up(door)

    def _give_up(self, door: _Door) -> None:
        """Do as if all lines at a door had been cut: seats are free, answers stay in."""
        self._by_link.pop(door.link, None)
        if door.sender is not None:
            door.sender.cancel()
            door.sender = None
        self._link.drop(door.link)
        door.link, door.kept = "", False
        self._unwatch(door)
        for each in door.asked.values():
            if each.outcome is not None and each.outcome.done():
                _take_again(each, each.outcome.result())
        seats, door.seats = list(door.seats.elements()), Counter()
        if seats and not self._stopped:
            task = asyncio.create_task(self._leave(seats))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def _leave(self, seats: list[str]) -> None:
        for seat in seats:
            await self._room.submit(Leave(seat))

    def _unwatch(self, door: _Door) -> None:
        for screen in door.screens.values():
            screen.detach()
        door.screens, door.due = {}, {}
        self._fewer.set()

    async def _count_silence(self) -> None:
        # Counted, not timed: after the host itself has been asleep, no door is blamed for it.
        while True:
            await asyncio.sleep(BEAT)
            for door in list(self._by_link.values()):
                door.silent += 1
                if door.silent > SILENT:
                    self._warn(_("A door has been silent for a while. Its people can come back by their three words."))
                    self._give_up(door)

    # What they ask

    async def _do(self, door: _Door, asked: Do) -> Answered:
        if asked.number < door.settled:
            return Came(outcome_to_data(Stale()))
        if asked.settled > door.settled:
            door.settled = asked.settled
            door.asked = {number: each for number, each in door.asked.items() if number >= asked.settled}
        known = door.asked.get(asked.number)
        if known is None:
            try:
                known = _Asked(command_from_data(asked.command))
            except ValueError as problem:
                return Came(outcome_to_data(Refused(str(problem))))
            door.asked[asked.number] = known
        if known.outcome is None:
            known.outcome = asyncio.create_task(self._submit(door, known))
        return Came(outcome_to_data(await asyncio.shield(known.outcome)))

    async def _submit(self, door: _Door, asked: _Asked) -> Outcome:
        command = asked.command
        if isinstance(command, Leave):
            if command.seat not in door.seats:
                return Done()  # given up already
            door.seats[command.seat] -= 1
            door.seats += Counter()
        elif not self._is_own(door, command):
            return Refused(_("This is not your seat. Please join again."))
        outcome = await self._room.submit(command)
        if isinstance(outcome, Done) and isinstance(command, Join | Bring | Lend):
            if door.link and door.kept:
                door.seats[outcome.seat] += 1
            else:
                # The door was given up meanwhile, and nobody sits here.
                await self._room.submit(Leave(outcome.seat))
                _take_again(asked, outcome)
        return outcome

    def _is_own(self, door: _Door, command: Command) -> bool:
        inner = command.command if isinstance(command, Sent) else command
        seat = getattr(inner, "laptop", "") or getattr(inner, "seat", "")
        return not seat or self._has(door, seat)

    def _has(self, door: _Door, seat: str) -> bool:
        if seat in door.seats:
            return True
        if not door.has_lied:
            door.has_lied = True
            self._warn(_("A door named a seat at which none of its people sits. That was refused."))
        return False

    def _watch(self, door: _Door, asked: Watch) -> bool:
        if asked.number in door.screens:
            return True
        if asked.role is Role.PARTICIPANT and not self._has(door, asked.seat):
            return False
        screen = _Screen(asked, door.is_due)
        door.screens[asked.number] = screen
        screen.detach = self._room.attach(screen)
        return True

    # What they are told

    async def _send(self, door: _Door, link: str) -> None:
        with contextlib.suppress(LinkDown):
            while True:
                await door.news.wait()
                door.news.clear()
                while door.due:
                    await self._link.send(link, packed(self._news(door)))
                if self._stopped:
                    last = News(0, ended=self._room.is_ended, stopped=True)
                    await self._link.send(link, packed(self._numbered(door, last)))
                    return

    def _news(self, door: _Door) -> News:
        shared: dict[str, Coded] = {}
        seen: list[tuple[int, str, str]] = []
        over: list[int] = []
        for screen in list(islice(door.due, _AT_ONCE)):
            del door.due[screen]
            base, name = self._room.shared(screen), screen.role.value
            if name not in shared:
                shared[name] = self._change(door, name, base)
            seen.append((screen.number, name, own_text(own_part(self._room.view_of(screen), base))))
            if screen.over:
                over.append(screen.number)
        shared = {name: change for name, change in shared.items() if change}
        return self._numbered(door, News(0, shared, seen, over, ended=self._room.is_ended))

    def _numbered(self, door: _Door, news: News) -> News:
        number, door.number = door.number, door.number + 1
        return with_(news, number=number)

    def _change(self, door: _Door, name: str, base: View) -> Coded:
        """Give what has changed in a shared View since a door was sent it last."""
        drawn, coded = self._drawn.get(name, (None, {}))
        if drawn is None:
            coded = view_to_data(base)
        elif drawn is not base:
            same = {each for each in coded if getattr(drawn, each) is getattr(base, each)}
            coded = {each: coded[each] if each in same else field_to_data(base, each) for each in coded}
        self._drawn[name] = base, coded
        before = door.sent.get(name)
        door.sent[name] = coded
        if before is None or before is coded:
            return coded if before is None else {}
        return {each: value for each, value in coded.items() if before[each] != value}


def _take_again(asked: _Asked, outcome: Outcome) -> None:
    """Have the same seat taken once more when a door asks again for what it has not heard of."""
    if isinstance(outcome, Done) and isinstance(asked.command, Join):
        asked.command, asked.outcome = Join(outcome.seat), None
