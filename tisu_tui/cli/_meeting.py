"""Where sessions and doors on other computers meet, read from what was typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tisu_tui.cli._hosting import Doorway, Host
from tisu_tui.cli._saying import refuse
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.nats_server import NatsProblem, Server, server
from tisu_tui.doors.secret import Secret, SecretProblem, read_secret
from tisu_tui.ssh.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where sessions and doors meet, and by which secret."""

    at: Server
    secret: Secret
    doors: tuple[tuple[str, int], ...] = ()
    """Addresses and ports of doors that screens name."""

    @asynccontextmanager
    async def let_in(self, host: Host, sign_in: SignIn, way_in: Invitation, doorway: Doorway) -> AsyncIterator[object]:
        """Let doors in for as long as the context lasts; raises `NatsProblem`, or `LinkRefused` for a code in use."""
        from tisu_tui.cli._letting_doors_in import serving, warn
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
    try:
        return Meeting(server(nats, login, authority), read_secret(secret), tuple(map(_address, doors)))
    except (NatsProblem, SecretProblem) as problem:
        refuse(str(problem))


def _has_library() -> bool:
    try:
        return find_spec("nats") is not None
    except ValueError:  # somebody has put nothing in its place
        return False


def _address(typed: str) -> tuple[str, int]:
    address, colon, port = typed.rpartition(":")
    if not colon or "]" in port or (":" in address.strip("[]") and not address.startswith("[")):
        address, port = typed, "22"
    if not address or not port.isdecimal() or not 0 < int(port) < 65536:
        refuse(_("--also {address}: write it like door.example.org:2222").format(address=typed))
    return address.strip("[]"), int(port)
