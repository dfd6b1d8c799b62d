"""Puts a session, its front door and the screens together: what `host` and `rehearse` share."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import random
import secrets
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import click

from tisu_tui.cli._network import addresses
from tisu_tui.core import system
from tisu_tui.core.box import Box
from tisu_tui.core.failure import LOG, report
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import load_catalogues, speaking
from tisu_tui.notes.saving import NotesProblem, save
from tisu_tui.notes.write import render
from tisu_tui.plain.door import Door
from tisu_tui.plain.editor import LineEditor
from tisu_tui.plain.facilitator import facilitate
from tisu_tui.plain.laptop import lend
from tisu_tui.plain.participant import participate
from tisu_tui.room.room import TICK, LiveRoom
from tisu_tui.session.commands import Bring, Join
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import Session
from tisu_tui.ssh.door import HURRIED, STANDARD, Guest, SignIn, open_door
from tisu_tui.ssh.turnstile import Priority, Turnstile
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile
from tisu_tui.view.leaving import goodbye

_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
GRACE = 300.0
"""Seconds that people may read the end of a session before a host without a screen stops."""
FAREWELL = 3.0
"""Seconds that screens have to close when the host stops."""
_STARTS = 2
"""Screens that start in one turn of the loop; each takes a few milliseconds, spread over several turns."""


def new_id(folder: DataFolder, chance: random.Random | None = None) -> str:
    """Draw an id that no session in the folder has."""
    draw = chance or secrets.SystemRandom()
    taken = set(folder.sessions())
    while (name := "".join(draw.choice(_ID_LETTERS) for _ in range(4))) in taken:
        pass
    return name


@dataclass(frozen=True, slots=True)
class _Turn:
    """Somebody whose screen is to start."""

    came: asyncio.Future[None]
    rank = Priority.NEW

    def proceed(self) -> None:
        if not self.came.done():
            self.came.set_result(None)


@dataclass(slots=True)
class Host:
    """One session being hosted: its room, and where its notes go. `people` are the visits still going on."""

    room: LiveRoom
    exports: Path
    invitation: Invitation = field(init=False)
    notes: asyncio.Task[str] = field(init=False)
    has_notes: bool = False
    visits: set[asyncio.Task[None]] = field(default_factory=set)
    _starting: Turnstile = field(init=False)

    def __post_init__(self) -> None:
        self._starting = Turnstile(asyncio.get_running_loop(), _STARTS)

    async def visit(self, guest: Guest, terminal: Terminal) -> None:
        """Show one person what they came for, until they leave."""
        task = asyncio.current_task()
        assert task is not None
        self.visits.add(task)
        task.add_done_callback(self.visits.discard)
        with speaking(guest.language or self.invitation.language):
            await self._show(guest, terminal)

    async def _show(self, guest: Guest, terminal: Terminal) -> None:
        facts = terminal.facts
        plain = guest.plain or not facts.pty or facts.term in {"dumb", ""}
        # Textual is loaded once, by the first who needs it.
        from tisu_tui.screens.driver import dressed, run_app

        match guest.role:
            case "participant" if plain:
                await participate(self.room, terminal, guest.words, self.invitation)
            case "participant":
                from tisu_tui.screens.participant import ParticipantApp

                if seat := await self._seat(guest.words, terminal):
                    await self._turn()
                    app = ParticipantApp(self.room, seat, self.invitation)
                    try:
                        await run_app(dressed(app, guest.theme), terminal)
                    finally:
                        # A line that drops before the screen has started leaves a seat that nothing gives up.
                        await app.leave()
            case "laptop" if plain:
                await lend(self.room, terminal, self.invitation)
            case "laptop":
                from tisu_tui.screens.laptop import LaptopApp

                brought = await self.room.submit(Bring())
                if isinstance(brought, Done):
                    terminal.belongs_to(brought.seat)
                    laptop = LaptopApp(self.room, brought.seat, self.invitation)
                    try:
                        await run_app(dressed(laptop, guest.theme), terminal)
                    finally:
                        await laptop.leave()
            case "facilitator" if plain:
                await facilitate(self.room, terminal, self.invitation, self.notes_path)
            case "facilitator":
                from tisu_tui.screens.console import ConsoleApp

                console = ConsoleApp(self.room, self.invitation, self.notes_path)
                await run_app(dressed(console, guest.theme), terminal)
            case "screen" if plain:
                terminal.write((_("The shared screen needs a terminal: use ssh without -T.") + "\r\n").encode())
            case "screen":
                from tisu_tui.screens.shared import SharedScreenApp

                wall = SharedScreenApp(self.room, self.invitation, can_drive=False)
                await run_app(dressed(wall, guest.theme), terminal)

    async def _seat(self, words: str, terminal: Terminal) -> str:
        """Take a seat; whoever has the wrong words, or none where some are needed, is asked for them in lines."""
        joined = await self.room.submit(Join(words))
        if isinstance(joined, Done):
            terminal.belongs_to(joined.seat)
            return joined.seat
        editor = LineEditor(terminal)
        if self.room.session.is_ended:
            editor.say(*([joined.why] if isinstance(joined, Refused) else []))
            return ""
        seat = await Door(self.room, editor).ask_again(joined, words)
        if seat:
            terminal.belongs_to(seat)
        else:
            editor.say(goodbye())
        return seat

    async def _turn(self) -> None:
        """Wait until a screen may start: seats that are stored together would otherwise all start at once."""
        turn = _Turn(asyncio.get_running_loop().create_future())
        self._starting.join(turn)
        await turn.came

    async def notes_path(self) -> str:
        """Give the path of the notes once they are written, or why they are not."""
        return await asyncio.shield(self.notes)

    async def write_notes(self) -> str:
        """Wait for the end of the session, and write its notes."""
        await self.room.until_ended()
        try:
            path = await asyncio.to_thread(save, render(self.room.session), self.exports)
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
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most):
                while self.visits:
                    await asyncio.wait(self.visits)


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


@asynccontextmanager
async def hosting(
    folder: DataFolder, session: Session, box: Box | None, doorway: Doorway, exports: Path, chance: random.Random
) -> AsyncIterator[Host]:
    """Host a session for as long as the context lasts; the caller holds its lock.

    Raises `OSError` where the port can't be had, and `StorageProblem` where the session can't be stored.
    """
    # Loaded before anybody comes: the first to join would wait for it, and so would everybody else.
    from tisu_tui.screens import participant, shared  # noqa: F401  # for that alone
    from tisu_tui.screens.lettering import warm_up

    warm_up()
    load_catalogues()
    _make_ready()
    # What is the session's and nobody's alone, from the wall to the notes, is in the language of its workshop.
    with speaking(session.workshop.language):
        async with _open_house(folder, session, box, doorway, exports, chance) as host:
            yield host


@asynccontextmanager
async def _open_house(
    folder: DataFolder, session: Session, box: Box | None, doorway: Doorway, exports: Path, chance: random.Random
) -> AsyncIterator[Host]:
    from tisu_tui.screens.garbage import calm_garbage

    file = SessionFile(folder.session_file(session.id), dt.date.fromisoformat(session.date))
    room = LiveRoom(session, box, file, chance=chance, tick=doorway.tick, planned=doorway.planned)
    host = Host(room, exports)
    sign_in = SignIn(session.code, doorway.keys, doorway.passphrase, on_wrong=room.was_wrong)
    try:
        key, limits = folder.path / "host_key", HURRIED if session.rehearsal else STANDARD
        # Where there is no door, nothing is stored. Whoever comes before the room is there waits for it.
        async with open_door(sign_in, key, doorway.bind, doorway.port, host.visit, limits=limits) as door:
            LOG.info("tisu %s, Python %s, on %s: listening", version("tisu-tui"), python_version(), sys.platform)
            host.invitation = Invitation(
                session.code, addresses(doorway.bind), door.port, door.fingerprint, session.workshop.language
            )
            async with room:
                calm_garbage()
                host.notes = asyncio.create_task(host.write_notes())
                try:
                    yield host
                finally:
                    if not room.session.is_ended:
                        host.notes.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await host.notes
                    # Everybody reads that we stop, and how to come back, before the door hangs up on whoever is left.
                    await room.close()
                    await host.until_empty(FAREWELL)
                    LOG.info("session %s: %s", session.id, "ended" if room.session.is_ended else "stopped")
    finally:
        file.close()


def _make_ready() -> None:
    """Make this process fit for hundreds of people, and a failure of it silent about what they said."""
    sys.excepthook = lambda _kind, failure, _trace: report(_("tisu has failed. What was recorded is safe."), failure)
    asyncio.get_running_loop().set_exception_handler(_say_where)
    system.leave_no_core()
    # Everybody who joins takes a descriptor, and some systems begin with 256.
    system.allow_most_open_files()


def _say_where(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Report what failed in the loop; asyncio's own words would quote results and messages."""
    report("Something failed in the background.", context.get("exception"))


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


async def until_stopped(work: Coroutine[None, None, None]) -> None:
    """Do some work until it is done or the host is told to stop, by SIGINT, SIGTERM or SIGHUP."""
    task = asyncio.create_task(work)
    with system.stopped_by_signals(task.cancel), contextlib.suppress(asyncio.CancelledError):
        await task
