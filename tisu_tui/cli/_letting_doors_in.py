"""Lets doors in to a session that is hosted here, over whatever link they come."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from tisu_tui.cli._hosting import Doorway, Host
from tisu_tui.core.failure import LOG
from tisu_tui.core.invitation import Invitation
from tisu_tui.doors.link import RoomLink
from tisu_tui.doors.messages import Welcome
from tisu_tui.doors.service import DoorService
from tisu_tui.ssh.sign_in import SignIn


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
    host.elsewhere.append(service)
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
