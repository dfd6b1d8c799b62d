"""A front door for every session of a NATS: it finds the one whose code people give, and sits them at it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import sys
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import click

from tisu_tui.cli._door_process import DoorSignIn, receiving
from tisu_tui.cli._letting_doors_in import Meeting
from tisu_tui.cli._visiting import FAREWELL, Reception, make_ready, warm
from tisu_tui.core import system
from tisu_tui.core.failure import LOG
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.link import LinkDown, LinkRefused, Tasks
from tisu_tui.doors.remote import RemoteRoom
from tisu_tui.ssh.door import FrontDoor, Guest, Run, SignIn, open_door
from tisu_tui.ssh.listening import addresses
from tisu_tui.ssh.visit import NoWay

IDLE = 600.0
"""Seconds after which a room that nobody sits at is let go of, until somebody comes for it."""
_COMES = 10.0  # seconds that a room has to let this door in
_LOOK = 60.0


def closing_words() -> str:
    """Say that this door closes, and the session goes on."""
    return _("This door closes, and the session goes on. Come in by another door, with your three words.")


@dataclass(slots=True)
class _Entered:
    """A room that this door leads to."""

    room: RemoteRoom
    sign_in: SignIn
    reception: Reception
    receive: Run


class FarRooms:
    """The rooms that one door has been asked for, by code; implements `Rooms`."""

    def __init__(self, meeting: Meeting, address: str) -> None:
        from tisu_tui.doors.nats_wire import Wire

        self.wire = Wire(meeting.at)
        self._secret = meeting.secret
        self._address = address
        self.nowhere = SignIn(secrets.token_hex(16))  # whatever is tried
        self._rooms: dict[str, asyncio.Task[_Entered | None]] = {}
        self._keeping = Tasks()
        self.door: FrontDoor | None = None

    async def find(self, code: str) -> SignIn | None:
        """Give the ways in to the room with this code; raises `NoWay`."""
        if not re.fullmatch(r"[a-z0-9-]{1,32}", code):
            return None
        if code not in self._rooms:
            self._rooms[code] = asyncio.create_task(self._enter(code))
        asking = self._rooms[code]
        try:
            entered = await asyncio.shield(asking)
        except LinkRefused as refused:
            self._forget(code, asking)
            raise NoWay(str(refused)) from None
        except LinkDown:
            self._forget(code, asking)
            raise NoWay(_("The session can't be reached from this door just now. Try again in a moment.")) from None
        if entered is None:
            self._forget(code, asking)
            return None
        return entered.sign_in

    async def receive(self, guest: Guest, terminal: Terminal) -> None:
        """Sit somebody at the room they came for."""
        entered = await self._rooms[guest.room]
        assert entered is not None
        await entered.receive(guest, terminal)

    async def close(self) -> None:
        """Tell everybody that this door closes, and how to come back."""
        entered = [room.result() for room in self._rooms.values() if room.done() and not room.exception()]
        for entry in entered:
            if entry is not None:
                entry.room.stop(closing_words)
        if self._keeping:
            await asyncio.wait(self._keeping, timeout=2 * FAREWELL)
        for task in list(self._keeping):
            task.cancel()
        await self.wire.close()

    def _forget(self, code: str, asking: asyncio.Task[_Entered | None]) -> None:
        if self._rooms.get(code) is asking:
            del self._rooms[code]

    async def _enter(self, code: str) -> _Entered | None:
        from tisu_tui.doors.nats_door import NatsDoorLink, is_there

        keys = self._secret.room(code)
        if not await is_there(self.wire, keys):
            return None
        room = RemoteRoom(NatsDoorLink(self.wire, keys), version("tisu-tui"))
        await room.open()
        try:
            async with asyncio.timeout(_COMES):
                welcome = await room.let_in()
        except TimeoutError:
            await room.close()
            raise LinkDown(code) from None
        except BaseException:
            await room.close()
            raise
        reception = Reception(room, room.notes_path)
        reception.invitation = self._invitation(welcome.invitation)
        entered = _Entered(room, DoorSignIn(room, welcome), reception, receiving(room, reception))
        self._keeping.begin(self._keep(code, entered))
        return entered

    def _invitation(self, of_the_host: Invitation) -> Invitation:
        """Have people come back by this door."""
        assert self.door is not None
        here = (self._address,) if self._address else self.addresses
        return replace(
            of_the_host, addresses=here, port=self.door.port, fingerprint=self.door.fingerprint, leads_to_many=True
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where this door can be reached."""
        assert self.door is not None
        return addresses(self.door.addresses[0][0])

    async def _keep(self, code: str, entered: _Entered) -> None:
        """Stay with a room until it stops, or until nobody has come for it for a while."""
        stopped = asyncio.create_task(entered.room.until_stopped())
        empty = 0.0
        while not stopped.done() and empty < IDLE:
            await asyncio.wait({stopped}, timeout=_LOOK)
            empty = 0.0 if entered.reception.visits else empty + _LOOK
        self._rooms.pop(code, None)
        if entered.room.why_not:
            LOG.warning(entered.room.why_not)
        stopped.cancel()
        await entered.reception.until_empty(FAREWELL)
        await entered.room.close()


async def keep_door(meeting: Meeting, key: Path, bind: str, port: int, address: str) -> None:
    """Be a door until this process is told to stop; raises `NatsProblem`, or `OSError` where the port is taken."""
    warm()
    make_ready()
    rooms = FarRooms(meeting, address)
    await rooms.wire.open()
    try:
        async with open_door(rooms, key, bind, port, rooms.receive) as door:
            rooms.door = door
            system.calm_garbage()
            click.echo(f"listening {address or rooms.addresses[0]} {door.port}")
            click.echo(f"fingerprint {door.fingerprint}")
            sys.stdout.flush()
            told = asyncio.Event()
            with system.stopped_by_signals(told.set):
                await told.wait()
            await rooms.close()
    finally:
        with contextlib.suppress(Exception):
            await rooms.wire.close()
