"""Doors beside the room on the same machine: starts them, and others where some have ended."""

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
from pathlib import Path
from time import monotonic

from tisu_tui.cli._hosting import Doorway, Host, invitation
from tisu_tui.cli._letting_doors_in import serving, warn
from tisu_tui.core.failure import LOG
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.doors.local import LocalRoomLink
from tisu_tui.doors.service import DoorService
from tisu_tui.ssh.host_key import load_host_key
from tisu_tui.ssh.listening import BACKLOG, beside, hold, why_not
from tisu_tui.ssh.sign_in import SignIn
from tisu_tui.store.folder import DataFolder

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
    """When it was last known to the room; 0 before it was."""

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
            starting = [started for started in running if started.is_young and started.name not in there]
            if self._failed < _TRIES:
                for _n in range(self.wanted - len(there) - len(starting)):
                    await self._start(at_once=not there)
            elif not running and not there:
                warn(_("No door can be started any more. Close this host, and start it again without --doors."))
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
async def local_doors(host: Host, folder: DataFolder, sign_in: SignIn, doorway: Doorway) -> AsyncIterator[Invitation]:
    """Open the front door in processes of their own, which all listen on one port."""
    session, key = host.room.session, folder.path / "host_key"
    fingerprint = load_host_key(key).get_fingerprint()
    note = note_of(folder, session.id)
    was_killed = note.exists()
    # A shared port can be had while another session has it, unless somebody looks. Our own doors may be there yet.
    if not was_killed and (error := why_not(doorway.bind, doorway.port)):
        raise error
    held = hold(doorway.bind, doorway.port)
    try:
        port = held[0].getsockname()[1]
        way_in = invitation(session, doorway, port, fingerprint)
        async with serving(host, sign_in, LocalRoomLink(note), way_in, doorway) as service:
            doors = LocalDoors(
                doorway.doors,
                _command(note, key, doorway.doors),
                held,
                lambda: service.names,
            )
            if was_killed:
                await _until_back(service, doorway.doors)
            keeping = asyncio.create_task(doors.keep())
            try:
                yield way_in
            finally:
                keeping.cancel()
                await asyncio.wait((keeping,))
                await service.close()
                await doors.end()
    finally:
        for each in held:
            each.close()


def _command(note: Path, key: Path, doors: int) -> tuple[str, ...]:
    module = (sys.executable, "-m", "tisu_tui.cli._door_process")
    return (*module, "--note", str(note), "--key", str(key), "--doors", str(doors))


def note_of(folder: DataFolder, session_id: str) -> Path:
    """Name the file that says where a session's room listens for doors."""
    return folder.session_file(session_id).with_suffix(".doors")


async def _until_back(service: DoorService, doors: int) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(COME_BACK):
            while len(service.names) < doors:
                service.came.clear()
                await service.came.wait()
