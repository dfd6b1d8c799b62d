"""A room's end of the link over NATS: it answers those who hold its secret, and seals what it sends to each."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.greeting import (
    VERSION,
    DoorGreeting,
    GreetingRefused,
    Kind,
    OtherVersion,
    Refusals,
    SealedLink,
    answer_greeting,
    down_subject,
    room_subject,
    up_subject,
)
from tisu_tui.doors.link import LARGEST, Handle, LinkDown, LinkRefused, Tasks, end
from tisu_tui.doors.nats_access import RoomKeys
from tisu_tui.doors.nats_wire import Wire
from tisu_tui.doors.noise import NotOpened

WINDOW = 32
"""Frames that a door may be behind before nothing more is sent to it."""
_SOMEBODY = 0.5  # seconds in which another room with the same code would have answered
_LOOKS_AGAIN = 1.0, 3.0  # seconds between two looks whether it is there still
_MOST_UNNAMED = 64  # links that were begun and not gone on with
_MOST_GREETINGS = 4096  # that are remembered, to know them again


@dataclass(eq=False)
class _Link:
    """One connection with one door."""

    sealed: SealedLink
    door: str = ""
    ahead: int = 0
    """Frames sent, less those that the door has taken."""
    sent: int = 0
    room: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while there is room for another frame."""
    over: bool = False


class NatsRoomLink:
    """Implements `RoomLink` over NATS; `say` takes a line for the facilitator or the log about who was refused."""

    def __init__(self, wire: Wire, keys: RoomKeys, say: Callable[[str], None]) -> None:
        self._wire, self._keys = wire, keys
        self._refusals = Refusals(say)
        self._links: OrderedDict[str, _Link] = OrderedDict()
        self._doors: dict[str, _Link] = {}
        self._greetings: OrderedDict[bytes, None] = OrderedDict()
        self._own: set[bytes] = set()
        self._lets_in = True
        self._tasks = Tasks()
        self._cut_off: list[_Link] = []

    async def serve(self, handle: Handle, gone: Callable[[str], None]) -> None:
        """Take doors from now on; raises `LinkRefused` where there is a room with the same code already."""
        self._handle, self._gone = handle, gone
        if await self._is_somebody_there():
            raise LinkRefused(_("A session with this code is at this NATS already. Choose another code."))
        await self._wire.subscribe(up_subject(self._keys.name, "*"), self._hear)
        await self._wire.subscribe(room_subject(self._keys.name), self._greet)
        self._wire.changed.add(self._look_again)
        # Two that began together: both hear each other now, and both give way.
        if await self._is_somebody_there():
            await self.close()
            raise LinkRefused(_("A session with this code is at this NATS already. Choose another code."))

    async def send(self, door: str, frame: bytes) -> None:
        """Send a frame to one door once it has room for it; raises `LinkDown`."""
        link = self._doors.get(door)
        if link is None:
            raise LinkDown(_("This door is gone."))
        while link.ahead >= WINDOW and not link.over:
            link.room.clear()
            await link.room.wait()
        if link.over:
            raise LinkDown(_("This door is gone."))
        link.ahead, link.sent = link.ahead + 1, link.sent + 1
        await self._send(link, Kind.FRAME, 0, frame)

    def drop(self, door: str) -> None:
        """Send nothing more to a door."""
        if link := self._doors.get(door):
            self._end(link)

    async def close(self) -> None:
        """Tell the doors, and take nothing more."""
        self._wire.changed.discard(self._look_again)
        await self._wire.unsubscribe(room_subject(self._keys.name))
        await self._wire.unsubscribe(up_subject(self._keys.name, "*"))
        for link in list(self._doors.values()):
            await self._send(link, Kind.BYE)
            self._end(link)
        await end(self._tasks)

    # Greetings

    async def _is_somebody_there(self) -> bool:
        """Greet our own name as a door would; only who holds the secret can answer."""
        greeting = DoorGreeting(self._keys.psk)
        self._own.add(greeting.first)
        try:
            greeting.finish(await self._wire.ask(room_subject(self._keys.name), greeting.first, _SOMEBODY))
        except (LinkDown, GreetingRefused):
            return False
        finally:
            self._own.discard(greeting.first)
        return True

    def _look_again(self) -> None:
        if self._wire.up.is_set():
            self._begin_all_anew(self._cut_off)
            if self._lets_in:  # else it looks again by itself
                self._tasks.begin(self._give_way())
        else:
            self._cut_off = list(self._doors.values())

    async def _give_way(self) -> None:
        """Let in no door while another room has this code: people would come to one of both, and not know to which."""
        while True:
            if await self._is_somebody_there():
                if self._lets_in:
                    said = _("Another session has taken this code at this NATS. Until it ends, doors lead to that one.")
                    self._refusals.add(said)
                self._lets_in = False
                self._begin_all_anew(list(self._doors.values()))
                # Two that give way to each other look at different times.
                await asyncio.sleep(random.uniform(*_LOOKS_AGAIN))  # noqa: S311 - nobody has to guess it
            elif self._lets_in:
                return
            else:
                self._lets_in = True

    def _begin_all_anew(self, links: list[_Link]) -> None:
        for link in links:
            self._tasks.begin(self._begin_anew(link))

    async def _greet(self, _subject: str, first: bytes, reply: str) -> None:
        if first in self._own or not (reply and self._lets_in):
            return
        try:
            sealed, answer = self._answer(first)
        except GreetingRefused as refused:
            self._refusals.add(_("A door was turned away: {why}.").format(why=refused))
            if isinstance(refused, OtherVersion):
                # It hears ours, and says so on its side.
                await self._publish(reply, bytes([VERSION]))
            return
        self._links[sealed.name] = _Link(sealed)
        unnamed = [each for each in self._links.values() if not each.door]
        if len(unnamed) > _MOST_UNNAMED:
            self._end(unnamed[0])
        await self._publish(reply, answer)

    def _answer(self, first: bytes) -> tuple[SealedLink, bytes]:
        sealed, answer = answer_greeting(self._keys.psk, first)
        if first in self._greetings:
            raise GreetingRefused(_("its greeting was sent before"))
        self._greetings[first] = None
        if len(self._greetings) > _MOST_GREETINGS:
            self._greetings.popitem(last=False)
        return sealed, answer

    # What doors send

    async def _hear(self, subject: str, message: bytes, _reply: str) -> None:
        link = self._links.get(subject.rpartition(".")[2])
        if link is None:
            return  # of a door that has begun anew, or was never here
        try:
            kind, number, rest = link.sealed.open(message)
        except NotOpened as refused:
            self._refusals.add(_("A message of a door was refused: {why}.").format(why=refused))
            return
        if link.sealed.has_lost:
            # What was lost may have been asked; the door asks again once it has begun anew.
            await self._begin_anew(link)
            return
        match kind:
            case Kind.NAME:
                self._name(link, rest)
                await self._send(link, Kind.TAKEN)
            case Kind.REQUEST if link.door and len(rest) <= LARGEST:
                self._tasks.begin(self._reply(link, number, rest))
            case Kind.TAKEN:
                link.ahead = link.sent - number
                if link.ahead < WINDOW:
                    link.room.set()
            case Kind.BYE:
                self._end(link)
                if link.door and link.door not in self._doors:
                    self._gone(link.door)
            case _:
                self._refusals.add(_("A message of a door was refused: it has no place here."))

    async def _begin_anew(self, link: _Link) -> None:
        await self._send(link, Kind.ANEW)
        self._end(link)

    def _name(self, link: _Link, token: bytes) -> None:
        """Know a door by a digest of what only it can send; its earlier connection is over."""
        link.door = sha256(token).hexdigest()[:16]
        if before := self._doors.get(link.door):
            self._end(before)
        self._doors[link.door] = link

    async def _reply(self, link: _Link, number: int, request: bytes) -> None:
        await self._send(link, Kind.REPLY, number, await self._handle(link.door, request))

    # Sending

    async def _send(self, link: _Link, kind: Kind, number: int = 0, rest: bytes = b"") -> None:
        if not link.over:
            await self._publish(down_subject(link.sealed.name), link.sealed.seal(kind, number, rest))

    async def _publish(self, subject: str, data: bytes) -> None:
        # What can't be sent is missed by the other side, which then begins anew.
        with contextlib.suppress(LinkDown):
            await self._wire.publish(subject, data)

    def _end(self, link: _Link) -> None:
        link.over = True
        link.room.set()
        self._links.pop(link.sealed.name, None)
        if self._doors.get(link.door) is link:
            del self._doors[link.door]
