"""One of the front doors that `tisu host --doors` starts, in a process of its own: the room is in the host's.

`FarRoom`, the room as a door has it, is that of `tisu door` too.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from tisu_tui.cli._reception import FAREWELL, Reception, make_ready, until_stopped, warm
from tisu_tui.core import system
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import speaking
from tisu_tui.doors.door_views import away_words
from tisu_tui.doors.link import LinkDown, LinkRefused
from tisu_tui.doors.local import LocalDoorLink
from tisu_tui.doors.messages import Welcome
from tisu_tui.doors.remote import RemoteRoom
from tisu_tui.ssh.door import HURRIED, STANDARD, open_door
from tisu_tui.ssh.sign_in import Guest, SignIn


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
