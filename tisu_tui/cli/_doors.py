"""The doors of a session that is hosted here: it starts some beside itself, and others come from where both meet."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from time import monotonic

from tisu_tui.cli._hosting import Host
from tisu_tui.core.failure import LOG
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.link import RoomLink, until
from tisu_tui.doors.local import LocalRoomLink
from tisu_tui.doors.messages import Welcome
from tisu_tui.doors.nats_access import Meeting
from tisu_tui.doors.service import DoorService
from tisu_tui.ssh.host_key import load_host_key
from tisu_tui.ssh.listening import BACKLOG, beside, hold, why_not

COME_BACK = 1.5
"""Seconds that doors of a room that was killed have to come to the one that goes on with its session."""
_LOOK = 0.5
_STARTS = 20.0
"""Seconds that a door may take to start."""
_GONE = 2.0
"""Seconds after which a door that the room has given up is not coming back."""
_LEAVES = 8.0
"""Seconds that doors have to say goodbye."""
_TRIES = 5


@dataclass(slots=True)
class _Started:
    process: asyncio.subprocess.Process
    name: str
    at: float = field(default_factory=monotonic)
    seen: float = 0.0
    """When it was last known to the room; 0 before it was, and once it was killed."""

    @property
    def is_young(self) -> bool:
        return monotonic() - self.at < _STARTS

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()


@dataclass(slots=True)
class LocalDoors:
    """So many door processes, of which another is started where one has ended."""

    wanted: int
    command: Sequence[str]
    held: Sequence[socket.socket]
    connected: Callable[[], Collection[str]]
    _started: list[_Started] = field(default_factory=list)
    _failed: int = 0

    async def keep(self) -> None:
        """Start what is missing, again and again."""
        while True:
            running = [started for started in self._started if started.process.returncode is None]
            ended = [started for started in self._started if started.process.returncode is not None]
            if ended:
                LOG.warning("%d door(s) ended", len(ended))
                self._failed = self._failed + 1 if any(started.is_young for started in ended) else 0
            self._started = running
            there = self.connected()
            for started in running:
                if started.name in there:
                    started.seen = monotonic()
                elif started.seen and monotonic() - started.seen > _GONE:
                    started.kill()  # it hangs, and whoever comes to its queue would wait for it
                    started.seen = 0.0  # killed once: a second signal may take its exit status from asyncio
            starting = [started for started in running if started.is_young and started.name not in there]
            if self._failed < _TRIES:
                for _n in range(self.wanted - len(there) - len(starting)):
                    await self._start(at_once=not there)
            elif not running and not there:
                _warn(_("No door can be started any more. Close this host, and start it again without --doors."))
                return
            await asyncio.sleep(_LOOK)

    async def _start(self, *, at_once: bool) -> None:
        """Start a door; `at_once` lets people wait for it before it listens, where there is no other one."""
        name, sockets = secrets.token_hex(8), [beside(each) for each in self.held]
        try:
            for each in sockets if at_once else ():
                each.listen(BACKLOG)
            numbers = [each.fileno() for each in sockets]
            process = await asyncio.create_subprocess_exec(
                *self.command,
                *("--name", name, *map(str, numbers)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=numbers,
                # Ctrl-C in a terminal is for the room, which tells its doors.
                start_new_session=True,
            )
        finally:
            # The door's alone: what waits in the queue of one that is gone is refused, and comes again.
            for each in sockets:
                each.close()
        self._started.append(_Started(process, name))

    async def end(self) -> None:
        """Wait until all have said goodbye, and end whatever has not."""
        waits = [asyncio.create_task(started.process.wait()) for started in self._started]
        if waits:
            await asyncio.wait(waits, timeout=_LEAVES)
        for started in self._started:
            started.kill()
            await started.process.wait()


@asynccontextmanager
async def local_doors(host: Host) -> AsyncIterator[None]:
    """Open the front door in processes of their own, which all listen on one port."""
    doorway = host.doorway
    fingerprint = load_host_key(host.key).get_fingerprint()
    note = host.folder.session_file(host.room.session.id).with_suffix(".doors")
    was_killed = note.exists()
    # A shared port can be had while another session has it, unless somebody looks. Our own doors may be there yet.
    if not was_killed and (error := why_not(doorway.bind, doorway.port)):
        raise error
    held = hold(doorway.bind, doorway.port)
    try:
        host.invite(held[0].getsockname()[1], fingerprint)
        async with _serving(host, LocalRoomLink(note)) as service:
            module = (sys.executable, "-m", "tisu_tui.cli._door_process")
            command = (*module, "--note", str(note), "--key", str(host.key), "--doors", str(doorway.doors))
            doors = LocalDoors(doorway.doors, command, held, lambda: service.names)
            if was_killed:
                await until(lambda: len(service.names) >= doorway.doors, service.came, COME_BACK)
            keeping = asyncio.create_task(doors.keep())
            try:
                yield
            finally:
                keeping.cancel()
                await asyncio.wait((keeping,))
                await service.close()
                await doors.end()
    finally:
        for each in held:
            each.close()


@asynccontextmanager
async def far_doors(meeting: Meeting, host: Host) -> AsyncIterator[None]:
    """Let doors in from other computers; raises `NatsProblem`, or `LinkRefused` for a code in use."""
    from tisu_tui.doors.nats_room import NatsRoomLink
    from tisu_tui.doors.nats_wire import Wire

    wire = Wire(meeting.at)
    try:
        await wire.open()
        link = NatsRoomLink(wire, meeting.secret.room(host.room.session.code), _warn)
        async with _serving(host, link):
            yield
    finally:
        await wire.close()


@asynccontextmanager
async def _serving(host: Host, link: RoomLink) -> AsyncIterator[DoorService]:
    """Let doors in over a link for as long as the context lasts; leave it once the room is closed."""
    session = host.room.session
    welcome = Welcome(
        "",
        kept=False,
        invitation=host.invitation,
        facilitator_keys=host.doorway.keys,
        has_passphrase=host.sign_in.has_passphrase,
        rehearsal=session.rehearsal,
        session=session.id,
    )
    service = DoorService(
        host.room, link, host.sign_in, welcome, version=version("tisu-tui"), notes=host.notes_path, warn=_warn
    )
    await service.open()
    host.elsewhere.append(service.until_empty)
    try:
        yield service
    finally:
        await service.close()


def _warn(said: str) -> None:
    """Tell the host, in the log and where it is seen."""
    LOG.warning(said)
    if not sys.stdout.isatty():
        # Where the shared screen is drawn, a line would be drawn over it.
        sys.stderr.write(f"{said}\n")
        sys.stderr.flush()
