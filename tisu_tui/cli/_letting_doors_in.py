"""Lets doors in to a session that is hosted here, from this machine or from where others meet it."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tisu_tui.cli._hosting import Doorway, Host
from tisu_tui.cli._saying import refuse
from tisu_tui.core.failure import LOG
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.link import RoomLink
from tisu_tui.doors.messages import Welcome
from tisu_tui.doors.nats_access import Secret, Server, read_secret, server
from tisu_tui.doors.service import DoorService
from tisu_tui.ssh.sign_in import SignIn

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


@asynccontextmanager
async def serving(
    host: Host, sign_in: SignIn, link: RoomLink, way_in: Invitation, doorway: Doorway
) -> AsyncIterator[DoorService]:
    """Let doors in over a link for as long as the context lasts; leave it once the room is closed."""
    welcome = Welcome(
        "",
        kept=False,
        invitation=way_in,
        facilitator_keys=doorway.keys,
        has_passphrase=sign_in.has_passphrase,
        rehearsal=host.room.session.rehearsal,
        session=host.room.session.id,
    )
    service = DoorService(
        host.room, link, sign_in, welcome, version=version("tisu-tui"), notes=host.notes_path, warn=warn
    )
    await service.open()
    host.elsewhere.append(service.until_empty)
    try:
        yield service
    finally:
        await service.close()


def warn(said: str) -> None:
    """Tell the host, in the log and where it is seen."""
    LOG.warning(said)
    if not sys.stdout.isatty():
        # Where the shared screen is drawn, a line would be drawn over it.
        sys.stderr.write(f"{said}\n")
        sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where sessions and doors meet, and by which secret."""

    at: Server
    secret: Secret
    doors: tuple[tuple[str, int, str], ...] = ()
    """Addresses, ports and fingerprints of doors that screens name."""

    @asynccontextmanager
    async def let_in(self, host: Host, sign_in: SignIn, way_in: Invitation, doorway: Doorway) -> AsyncIterator[object]:
        """Let doors in for as long as the context lasts; raises `NatsProblem`, or `LinkRefused` for a code in use."""
        from tisu_tui.doors.nats_room import NatsRoomLink
        from tisu_tui.doors.nats_wire import Wire

        wire = Wire(self.at)
        try:
            await wire.open()
            link = NatsRoomLink(wire, self.secret.room(host.room.session.code), warn)
            async with serving(host, sign_in, link, way_in, doorway) as service:
                yield service
        finally:
            await wire.close()


def meeting(
    nats: str, secret: Path | None, login: Path | None, authority: Path | None, doors: tuple[str, ...] = ()
) -> Meeting:
    """Read what was asked for, or refuse in one line."""
    if not _has_library():
        refuse(_("--nats needs one more package: pip install 'tisu-tui[doors]'"), 1)
    if secret is None:
        refuse(_("--nats needs --secret FILE. To make one: tisu door --new-secret FILE"))
    return Meeting(server(nats, login, authority), read_secret(secret), tuple(map(_address, doors)))


def _has_library() -> bool:
    try:
        return find_spec("nats") is not None
    except ValueError:  # somebody has put nothing in its place
        return False


def _address(typed: str) -> tuple[str, int, str]:
    place, equals, fingerprint = typed.partition("=")
    address, colon, port = place.rpartition(":")
    if not colon or "]" in port or (":" in address.strip("[]") and not address.startswith("[")):
        address, port = place, "22"
    if not address or not port.isdecimal() or not 0 < int(port) < 65536:
        refuse(_("--also {address}: write it like door.example.org:2222").format(address=typed))
    if equals and not _FINGERPRINT.fullmatch(fingerprint):
        refuse(_("--also {address}: after = comes the fingerprint that tisu door says, SHA256:…").format(address=typed))
    return address.strip("[]"), int(port), fingerprint
