"""The front door that `tisu door` is: it finds the room at a NATS whose code people give, and sits them at it."""

from __future__ import annotations

import asyncio
import re
import secrets
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click

from tisu_tui.cli._door_process import FarRoom
from tisu_tui.cli._reception import FAREWELL, make_ready, warm
from tisu_tui.core import system
from tisu_tui.core.failure import LOG
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.link import DoorLink, LinkDown, LinkRefused, Tasks
from tisu_tui.doors.nats_access import Meeting
from tisu_tui.doors.remote import RemoteRoom
from tisu_tui.ssh.door import FrontDoor, open_door
from tisu_tui.ssh.listening import addresses
from tisu_tui.ssh.sign_in import Guest, SignIn
from tisu_tui.ssh.visit import NoWay

IDLE = 600.0
"""Seconds after which a room that nobody sits at is let go of, until somebody comes for it."""
_COMES = 10.0  # seconds that a room has to let this door in
_LOOK = 60.0


class FarRooms:
    """The rooms that one door has been asked for, by code; implements `Rooms`."""

    def __init__(self, meeting: Meeting, address: str) -> None:
        from tisu_tui.doors.nats_wire import Wire

        self.wire = Wire(meeting.at)
        self._secret = meeting.secret
        self._address = address
        self.nowhere = SignIn(secrets.token_hex(16))  # whatever is tried
        self._rooms: dict[str, asyncio.Task[FarRoom | None]] = {}
        self._keeping = Tasks()
        self.door: FrontDoor | None = None

    async def find(self, code: str) -> SignIn | None:
        """Give the ways in to the room with this code; raises `NoWay`."""
        if not re.fullmatch(r"[a-z0-9-]{1,32}", code):
            return None
        if code not in self._rooms:
            self._rooms[code] = asyncio.create_task(self._enter(code))
        try:
            entered = await asyncio.shield(self._rooms[code])
        except LinkRefused as refused:
            raise NoWay(str(refused)) from None
        except (LinkDown, TimeoutError):
            raise NoWay(_("The session can't be reached from this door just now. Try again in a moment.")) from None
        return entered.sign_in if entered else None

    async def receive(self, guest: Guest, terminal: Terminal) -> None:
        """Sit somebody at the room they came for."""
        entered = await self._rooms[guest.room]
        assert entered is not None
        await entered.receive(guest, terminal)

    async def close(self) -> None:
        """Tell everybody that this door closes, and how to come back."""
        for entering in self._rooms.values():
            if entering.done() and not entering.exception() and (entered := entering.result()):
                entered.room.stop(_closing_words)
        if self._keeping:
            await asyncio.wait(self._keeping, timeout=2 * FAREWELL)
        for task in list(self._keeping):
            task.cancel()

    async def _enter(self, code: str) -> FarRoom | None:
        """Come to the room with this code; where that leads nowhere, it is looked for anew the next time."""
        from tisu_tui.doors.nats_door import NatsDoorLink, is_there

        keys, entered = self._secret.room(code), None
        try:
            if await is_there(self.wire, keys):
                entered = await self._let_in_by(NatsDoorLink(self.wire, keys))
                self._keeping.begin(self._keep(code, entered))
        finally:
            if entered is None:
                del self._rooms[code]
        return entered

    async def _let_in_by(self, link: DoorLink) -> FarRoom:
        """Be let in, so that people come back by this door."""
        room = RemoteRoom(link, version("tisu-tui"))
        await room.open()
        try:
            async with asyncio.timeout(_COMES):
                welcome = await room.let_in()
        except BaseException:
            await room.close()
            raise
        assert self.door is not None
        port, fingerprint = self.door.port, self.door.fingerprint
        invitation = replace(
            welcome.invitation, addresses=self.addresses, port=port, fingerprint=fingerprint, leads_to_many=True
        )
        return FarRoom(room, welcome, invitation)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where this door can be reached."""
        assert self.door is not None
        return (self._address,) if self._address else addresses(self.door.addresses[0][0])

    async def _keep(self, code: str, entered: FarRoom) -> None:
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


def _closing_words() -> str:
    return _("This door closes, and the session goes on. Come in by another door, with your three words.")


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
            click.echo(f"listening {rooms.addresses[0]} {door.port}")
            click.echo(f"fingerprint {door.fingerprint}")
            sys.stdout.flush()
            told = asyncio.Event()
            with system.stopped_by_signals(told.set):
                await told.wait()
            await rooms.close()
    finally:
        await rooms.wire.close()
