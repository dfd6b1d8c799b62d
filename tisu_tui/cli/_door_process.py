"""A front door in a process of its own, whose rooms are elsewhere: one on this machine, or all that meet at a NATS."""

from __future__ import annotations

import argparse
import asyncio
import re
import secrets
import socket
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import click

from tisu_tui.cli._reception import FAREWELL, Reception, make_ready, until_stopped, warm
from tisu_tui.core import system
from tisu_tui.core.failure import LOG
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.doors.door_views import away_words
from tisu_tui.doors.link import DoorLink, LinkDown, LinkRefused, Tasks
from tisu_tui.doors.local import LocalDoorLink
from tisu_tui.doors.messages import Welcome
from tisu_tui.doors.nats_access import Meeting
from tisu_tui.doors.remote import RemoteRoom
from tisu_tui.ssh.door import HURRIED, STANDARD, FrontDoor, open_door
from tisu_tui.ssh.listening import addresses
from tisu_tui.ssh.sign_in import Guest, SignIn
from tisu_tui.ssh.visit import NoWay

IDLE = 600.0
"""Seconds after which a room that nobody sits at is let go of, until somebody comes for it."""
_COMES = 10.0  # seconds that a room has to let this door in
_LOOK = 60.0


class DoorSignIn(SignIn):
    """The ways in to a room elsewhere, which alone knows the passphrase and counts what was wrong at all its doors."""

    def __init__(self, room: RemoteRoom, welcome: Welcome) -> None:
        super().__init__(welcome.invitation.code, welcome.facilitator_keys, languages=welcome.invitation.languages)
        self._room = room
        self._welcome = welcome

    @property
    def has_passphrase(self) -> bool:
        """Whether a facilitator can sign in with a passphrase."""
        return self._welcome.has_passphrase

    async def opens(self, given: str) -> bool:
        """Ask the room whether a passphrase opens the facilitator's screen."""
        return await self._room.is_passphrase(given)

    async def may_try_passphrase(self, address: str) -> None:
        """Wait until a passphrase may be tried, at any door."""
        await self._room.may_try(address)

    async def after_wrong(self, address: str, what: Literal["code", "passphrase"]) -> None:
        """Keep somebody waiting as long as all their wrong tries at all doors add up to."""
        try:
            await self._room.wrong(address, what)
        except LinkDown:
            await super().after_wrong(address, what)


class FarRoom:
    """A room elsewhere that let this door in, and whoever is received for it here."""

    def __init__(self, room: RemoteRoom, welcome: Welcome, invitation: Invitation) -> None:
        self.room = room
        self.sign_in = DoorSignIn(room, welcome)
        self.reception = Reception(room, room.notes_path)
        self.reception.invitation = invitation

    async def receive(self, guest: Guest, terminal: Terminal) -> None:
        """Receive somebody, and tell them where the room is away just then."""
        if self.room.is_away:
            terminal.write(f"{away_words()}\r\n".encode())
        await self.reception.visit(guest, terminal)


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


async def _attend(wish: argparse.Namespace) -> int:
    """Be a door to one room until it stops; gives the exit status."""
    warm()
    make_ready()
    listeners = [socket.socket(fileno=number) for number in wish.sockets]
    room = RemoteRoom(LocalDoorLink(wish.note), version("tisu-tui"), wish.name)
    await room.open()
    try:
        welcome = await room.let_in()
        entered = FarRoom(room, welcome, welcome.invitation)
        limits = HURRIED if welcome.rehearsal else STANDARD
        # Doors divide what all of them together may take up.
        limits = replace(limits, half_open=max(1, limits.half_open // wish.doors))
        with speaking(welcome.invitation.language):
            async with open_door(entered.sign_in, wish.key, "", 0, entered.receive, limits=limits, listeners=listeners):
                system.calm_garbage()
                await room.until_stopped()
                await entered.reception.until_empty(FAREWELL)
    except LinkRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    finally:
        await room.close()
    if room.why_not:
        sys.stderr.write(f"{room.why_not}\n")
    return 1 if room.why_not else 0


def main() -> None:
    """Be one of the doors that `tisu host --doors` starts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--note", type=Path, required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--doors", type=int, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("sockets", type=int, nargs="+")
    sys.exit(asyncio.run(until_stopped(_attend(parser.parse_args()))))


if __name__ == "__main__":
    main()
