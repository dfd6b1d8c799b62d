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
from typing import Protocol

import click

from tisu_tui.cli._visiting import FAREWELL, Reception, make_ready, warm_soon
from tisu_tui.core import system
from tisu_tui.core.box import Box
from tisu_tui.core.failure import LOG
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.room.room import TICK, LiveRoom
from tisu_tui.session.session import Session
from tisu_tui.ssh.door import HURRIED, STANDARD, SignIn, open_door
from tisu_tui.ssh.listening import addresses
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile
from tisu_tui.workshop.library import spoken

GRACE = 300.0
"""Seconds that people may read the end of a session before a host without a screen stops."""


class MeetingPlace(Protocol):
    """Where doors on other computers are met; nothing of that is loaded where there are none."""

    @property
    def doors(self) -> tuple[tuple[str, int, str], ...]:
        """Addresses and ports of doors that screens name."""

    def let_in(
        self, host: Host, sign_in: SignIn, way_in: Invitation, doorway: Doorway
    ) -> AbstractAsyncContextManager[object]:
        """Let doors in for as long as the context lasts; raises `OneLineProblem`."""


@dataclass(slots=True)
class Host:
    """One session being hosted: its room, who is received here, and where its notes go."""

    room: LiveRoom
    exports: Path
    reception: Reception = field(init=False)
    notes: asyncio.Task[str] = field(init=False)
    has_notes: bool = False
    elsewhere: list[Callable[[float], Awaitable[None]]] = field(default_factory=list)
    """Waits until everybody has left the doors in other processes, so many seconds at most."""

    def __post_init__(self) -> None:
        self.reception = Reception(self.room, self.notes_path)

    @property
    def invitation(self) -> Invitation:
        """How people join."""
        return self.reception.invitation

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
            again = _("To try again: tisu notes {id}").format(id=self.room.session.id)
            return f"{problem} {again}"
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


@dataclass(frozen=True, slots=True)
class Doorway:
    """Address of the front door and the facilitator's passphrase."""

    bind: str = ""
    port: int = 2222
    keys: str = ""
    passphrase: str | None = None
    tick: float = TICK
    planned: int = -1
    """The minute of the day at which the session is to begin; -1 where nobody said."""
    doors: int = 0
    """How many processes of their own the front door has; 0 for none."""
    meeting: MeetingPlace | None = None
    """Where doors on other computers find the session, if they do."""


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
        meeting = doorway.meeting
        room = LiveRoom(
            session, box, file, chance=chance, tick=doorway.tick, planned=doorway.planned, far=meeting is not None
        )
        host = Host(room, exports)
        sign_in = SignIn(
            session.code, doorway.keys, doorway.passphrase, on_wrong=room.was_wrong, languages=spoken(session.workshop)
        )
        # Where there is no door, nothing is stored. Whoever comes before the room is there waits for it.
        async with (
            _front(host, folder, sign_in, doorway) as way_in,
            meeting.let_in(host, sign_in, way_in, doorway) if meeting else contextlib.nullcontext(),
        ):
            LOG.info("tisu %s, Python %s, on %s: listening", version("tisu-tui"), python_version(), sys.platform)
            host.reception.invitation = way_in
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
async def _front(host: Host, folder: DataFolder, sign_in: SignIn, doorway: Doorway) -> AsyncIterator[Invitation]:
    """Open the front door, in this process or in others."""
    session, key = host.room.session, folder.path / "host_key"
    if doorway.doors:
        from tisu_tui.cli._local_doors import local_doors

        async with local_doors(host, folder, sign_in, doorway) as way_in:
            yield way_in
        return
    limits = HURRIED if session.rehearsal else STANDARD
    async with open_door(sign_in, key, doorway.bind, doorway.port, host.reception.visit, limits=limits) as door:
        yield invitation(session, doorway, door.port, door.fingerprint)


def invitation(session: Session, doorway: Doorway, port: int, fingerprint: str) -> Invitation:
    """Say how people join a session."""
    doors = doorway.meeting.doors if doorway.meeting else ()
    first, languages = session.workshop.language, spoken(session.workshop)
    return Invitation(session.code, addresses(doorway.bind), port, fingerprint, first, doors, languages=languages)


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
    from tisu_tui.screens.local import run_local
    from tisu_tui.screens.shared import SharedScreenApp

    is_rehearsal = host.room.session.rehearsal
    await run_local(SharedScreenApp(host.room, host.invitation, can_drive=True, is_rehearsal=is_rehearsal))
