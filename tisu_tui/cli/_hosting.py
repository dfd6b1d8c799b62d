"""Puts a session, its front door and the screens together: what `host` and `rehearse` share."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import click

from tisu_tui.cli._options import with_folders
from tisu_tui.cli._reception import FAREWELL, Reception, make_ready, warm_soon
from tisu_tui.core import system
from tisu_tui.core.box import Box
from tisu_tui.core.failure import LOG
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.session import Session
from tisu_tui.ssh.door import HURRIED, STANDARD, open_door
from tisu_tui.ssh.listening import addresses
from tisu_tui.ssh.sign_in import SignIn
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile
from tisu_tui.workshop.library import spoken

GRACE = 300.0
"""Seconds that people may read the end of a session before a host without a screen stops."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """Address of the front door and the facilitator's passphrase."""

    bind: str
    port: int
    keys: str = ""
    passphrase: str | None = None
    planned: int = -1
    """The minute of the day at which the session is to begin; -1 where nobody said."""
    doors: int = 0
    """How many processes of their own the front door has; 0 for none."""
    far: Callable[[Host], AbstractAsyncContextManager[None]] | None = None
    """Lets doors on other computers in, if any are met; nothing of that is loaded where there are none."""
    also: tuple[tuple[str, int, str], ...] = ()
    """Addresses, ports and fingerprints of doors that screens name."""


@dataclass(slots=True)
class Host:
    """One session being hosted: its room, who is received here, and where its notes go."""

    room: LiveRoom
    folder: DataFolder
    doorway: Doorway
    sign_in: SignIn
    exports: Path
    reception: Reception = field(init=False)
    notes: asyncio.Task[str] = field(init=False)
    has_notes: bool = False
    elsewhere: list[Callable[[float], Awaitable[None]]] = field(default_factory=list)
    """Waits until everybody has left the doors in other processes, so many seconds at most."""

    def __post_init__(self) -> None:
        self.reception = Reception(self.room, self.notes_path)

    @property
    def key(self) -> Path:
        """The file of the key by which people's SSH clients recognise this host."""
        return self.folder.path / "host_key"

    @property
    def invitation(self) -> Invitation:
        """How people join."""
        return self.reception.invitation

    def invite(self, port: int, fingerprint: str) -> None:
        """Let people read how they join, now that a front door has this port."""
        session = self.room.session
        self.reception.invitation = Invitation(
            session.code,
            addresses(self.doorway.bind),
            port,
            fingerprint,
            session.workshop.language,
            self.doorway.also,
            languages=spoken(session.workshop),
        )

    async def notes_path(self) -> str:
        """Give the path of the notes once they are written, or why they are not."""
        return await asyncio.shield(self.notes)

    async def write_notes(self) -> str:
        """Wait for the end of the session, and write its notes."""
        await self.room.until_ended()
        from tisu_tui.notes.saving import NotesProblem, save
        from tisu_tui.notes.write import render

        def written() -> Path:
            return save(render(self.room.session), self.exports)

        try:
            # A large session takes half a second to write, while people read how to leave.
            path = await asyncio.to_thread(written)
        except NotesProblem as problem:
            again = with_folders(f"tisu notes {self.room.session.id}", "--to")
            return f"{problem} {_('To try again: {command}').format(command=again)}"
        self.has_notes = True
        return str(path)

    async def until_done(self) -> None:
        """Wait until the notes are written, or left open to be thought over."""
        left = asyncio.create_task(self.room.until_left_open())
        try:
            await asyncio.wait((self.notes, left), return_when=asyncio.FIRST_COMPLETED)
            if self.notes.done():
                self.notes.result()
        finally:
            left.cancel()

    async def until_empty(self, most: float) -> None:
        """Wait until everybody has left, so many seconds at most."""
        await asyncio.gather(self.reception.until_empty(most), *(empty(most) for empty in self.elsewhere))


@asynccontextmanager
async def hosting(
    folder: DataFolder, session: Session, box: Box | None, doorway: Doorway, exports: Path, chance: random.Random
) -> AsyncIterator[Host]:
    """Host a session for as long as the context lasts; the caller holds its lock.

    Raises `OSError` where the port can't be had, and `StorageProblem` where the session can't be stored.
    """
    make_ready()
    file = SessionFile(folder.session_file(session.id), dt.date.fromisoformat(session.date))
    # What is the session's and nobody's alone, from the wall to the notes, is in the language of its workshop.
    with speaking(session.workshop.language), contextlib.closing(file):
        far = doorway.far is not None
        room = LiveRoom(session, box, file, chance=chance, planned=doorway.planned, far=far)
        sign_in = SignIn(
            session.code, doorway.keys, doorway.passphrase, on_wrong=room.was_wrong, languages=spoken(session.workshop)
        )
        host = Host(room, folder, doorway, sign_in, exports)
        # Where there is no door, nothing is stored. Whoever comes before the room is there waits for it.
        async with _front(host), doorway.far(host) if doorway.far else contextlib.nullcontext():
            LOG.info("tisu %s, Python %s, on %s: listening", version("tisu-tui"), python_version(), sys.platform)
            async with room:
                system.calm_garbage()
                host.notes = asyncio.create_task(host.write_notes())
                warming = asyncio.create_task(warm_soon(visits=not doorway.doors))
                try:
                    yield host
                finally:
                    warming.cancel()
                    if not room.session.is_ended:
                        host.notes.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await host.notes
                    # Everybody reads that we stop, and how to come back, before the door hangs up on whoever is left.
                    await room.close()
                    await host.until_empty(FAREWELL)
                    LOG.info("session %s: %s", session.id, "ended" if room.session.is_ended else "stopped")


@asynccontextmanager
async def _front(host: Host) -> AsyncIterator[None]:
    """Open the front door, in this process or in others."""
    doorway = host.doorway
    if doorway.doors:
        from tisu_tui.cli._doors import local_doors

        async with local_doors(host):
            yield
        return
    limits = HURRIED if host.room.session.rehearsal else STANDARD
    visit = host.reception.visit
    async with open_door(host.sign_in, host.key, doorway.bind, doorway.port, visit, limits=limits) as door:
        host.invite(door.port, door.fingerprint)
        yield


def announce(host: Host) -> None:
    """Print what scripts and people need to join, one line each."""
    session, invitation = host.room.session, host.invitation
    for line in (
        f"listening {invitation.addresses[0]} {invitation.port}",
        f"code {session.code}",
        f"session {session.id}",
        f"fingerprint {invitation.fingerprint}",
    ):
        click.echo(line)
    sys.stdout.flush()


async def show_wall(host: Host) -> None:
    """Show the shared screen on this terminal, until it is closed there."""
    from tisu_tui.screens.own_terminal import run_local
    from tisu_tui.screens.shared import SharedScreenApp

    is_rehearsal = host.room.session.rehearsal
    await run_local(SharedScreenApp(host.room, host.invitation, can_drive=True, is_rehearsal=is_rehearsal))
