"""A door's end of the link over NATS: it finds the room by its code, and begins anew whenever something got lost."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator

from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.greeting import (
    DoorGreeting,
    GreetingRefused,
    Kind,
    OtherVersion,
    SealedLink,
    down_subject,
    room_subject,
    up_subject,
)
from tisu_tui.doors.link import DoorLink, LinkDown, LinkRefused
from tisu_tui.doors.nats_access import RoomKeys
from tisu_tui.doors.nats_wire import NobodyThere, Wire
from tisu_tui.doors.noise import NotOpened

GREETING = 1.0  # seconds that a room has to answer, before it is greeted again
LOOKING = 4.0
"""Seconds that a room has to answer while somebody waits to come in: it may be starting just then."""
AGAIN = 0.25
"""Seconds between two tries to find a room."""
REFUSED_AGAIN = 5.0
"""The same, after it has turned us away."""
_TAKEN_BEFORE_A_WORD = 8  # frames taken before the room is told


async def is_there(wire: Wire, keys: RoomKeys) -> bool:
    """Tell whether a room is hosted with this code; raises `LinkDown` where nobody can tell just now.

    Raises `LinkRefused` where there is one that turns us away.
    """
    greeting = DoorGreeting(keys.psk)
    try:
        greeting.finish(await wire.ask(room_subject(keys.name), greeting.first, LOOKING))
    except NobodyThere:
        return False
    except GreetingRefused as refused:
        raise LinkRefused(_why(refused)) from None
    return True


def _why(refused: GreetingRefused) -> str:
    if isinstance(refused, OtherVersion):
        return _("The session runs with another version of tisu than this door. Use the same on both.")
    return _("The session turned this door away: {why}.").format(why=refused)


class NatsDoorLink(DoorLink):
    """A door's end over NATS, for one room."""

    def __init__(self, wire: Wire, keys: RoomKeys) -> None:
        super().__init__()
        self._wire, self._keys = wire, keys
        self._token = secrets.token_bytes(32)
        self._taken = 0
        self._sealed: SealedLink | None = None
        self._broken = asyncio.Event()
        self._refused = ""

    async def open(self) -> None:
        """Begin to look for the room."""
        self._wire.changed.add(self._broken.set)
        await super().open()

    async def close(self) -> None:
        """Say goodbye, and let go of the room."""
        self._wire.changed.discard(self._broken.set)
        if self.up.is_set():
            with contextlib.suppress(LinkDown):
                await self._send(Kind.BYE)
        await super().close()

    async def request(self, frame: bytes, within: float) -> bytes:
        """Ask the room for something; raises `LinkDown` as soon as no answer can come any more.

        Where none comes in time, the link begins anew: the room may have been started again and know nothing of it.
        """
        if self._refused:
            raise LinkRefused(self._refused)
        try:
            async with asyncio.timeout(within):
                await self.up.wait()
                with self._asking() as (number, answer):
                    await self._send(Kind.REQUEST, number, frame)
                    return await answer
        except TimeoutError:
            self._broken.set()
            raise LinkDown(_("The session does not answer just now.")) from None

    async def frames(self) -> AsyncIterator[bytes]:
        """Give what the room sends, and tell it now and then how much was taken."""
        async for frame in super().frames():
            self._taken += 1
            if self._taken % _TAKEN_BEFORE_A_WORD == 0 and self.up.is_set():
                with contextlib.suppress(LinkDown):
                    await self._send(Kind.TAKEN, self._taken)
            yield frame

    # One connection after the other

    async def _keep(self) -> None:
        subject = ""
        try:
            while True:
                await self._wire.up.wait()
                self._broken.clear()
                subject = await self._greet()
                if subject:
                    await self._broken.wait()
                    self._lose()
                    await self._wire.unsubscribe(subject)
                    continue
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._broken.wait(), REFUSED_AGAIN if self._refused else AGAIN)
        finally:
            self._lose()
            await self._wire.unsubscribe(subject)

    async def _greet(self) -> str:
        """Begin a link; gives the subject on which the room is heard, or "" where it isn't."""
        greeting = DoorGreeting(self._keys.psk)
        subject = down_subject(greeting.link)
        await self._wire.subscribe(subject, self._hear)
        try:
            answer = await self._wire.ask(room_subject(self._keys.name), greeting.first, GREETING)
            self._sealed, self._refused = greeting.finish(answer), ""
            self._drop_frames()
            await self._send(Kind.NAME, 0, self._token)
            async with asyncio.timeout(GREETING):
                await self.up.wait()
        except GreetingRefused as refused:
            self._refused = _why(refused)
        except (LinkDown, TimeoutError):
            pass
        else:
            return subject
        self._lose()
        await self._wire.unsubscribe(subject)
        return ""

    def _lose(self) -> None:
        self._sealed = None
        self._went_down(_("The session does not answer just now."))

    def _drop_frames(self) -> None:
        """Let go of frames of the last connection: on this one they would be too many."""
        self._taken = 0
        while not self._news.empty():
            self._news.get_nowait()

    async def _send(self, kind: Kind, number: int = 0, rest: bytes = b"") -> None:
        if self._sealed is None:
            raise LinkDown(_("The session does not answer just now."))
        subject = up_subject(self._keys.name, self._sealed.name)
        await self._wire.publish(subject, self._sealed.seal(kind, number, rest))

    async def _hear(self, _subject: str, message: bytes, _reply: str) -> None:
        if self._sealed is None:
            return
        try:
            kind, number, rest = self._sealed.open(message)
        except NotOpened:
            return  # somebody else's: as if it had not come
        if self._sealed.has_lost or kind in {Kind.ANEW, Kind.BYE}:
            self._broken.set()
            return
        if not self.up.is_set():
            self._came_up()
        match kind:
            case Kind.REPLY:
                self._answered(number, rest)
            case Kind.FRAME:
                self._news.put_nowait(rest)
