"""A link on one machine: a socket in a folder that only this user can open.

Where the socket is stands in a note, so that doors find a room that was started again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tisu_tui.core import system
from tisu_tui.doors.link import LARGEST, DoorLink, Handle, LinkDown, Tasks

AGAIN = 0.2
"""Seconds between two looks for a room that is gone."""
_HEAD = struct.Struct("!BIQ")
_ASK, _ANSWER, _NEWS = 1, 2, 3
_FOLDERS = "tisu-doors-"
_READ_AT_ONCE = 2 * LARGEST


@dataclass(slots=True)
class _Door:
    writer: asyncio.StreamWriter
    handling: Tasks = field(default_factory=Tasks)


class LocalRoomLink:
    """The room's end; `note` is the file that says where it listens."""

    def __init__(self, note: Path) -> None:
        self._note = note
        self._server: asyncio.Server | None = None
        self._doors: dict[str, _Door] = {}
        self._named = 0
        self._attending = Tasks()

    async def serve(self, handle: Handle, gone: Callable[[str], None]) -> None:
        """Take doors from now on, until `close`; raises `OSError`."""

        def come(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._attending.begin(self._attend(reader, writer, handle, gone))

        _clear()
        where = Path(tempfile.mkdtemp(prefix=_FOLDERS)) / "room"  # for this user alone
        self._server = await asyncio.start_unix_server(come, where, limit=_READ_AT_ONCE)
        fresh = self._note.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, system.CREATE, 0o600), "w") as file:
            file.write(str(where))
        fresh.replace(self._note)

    async def _attend(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handle: Handle, gone: Callable[[str], None]
    ) -> None:
        self._named += 1
        name = f"door {self._named}"
        door = self._doors[name] = _Door(writer)

        async def answer(number: int, frame: bytes) -> None:
            reply = await handle(name, frame)
            writer.write(_HEAD.pack(_ANSWER, len(reply), number) + reply)

        try:
            while True:
                _kind, number, frame = await _read(reader)
                door.handling.begin(answer(number, frame))
        except (OSError, asyncio.IncompleteReadError):
            pass  # a door that was killed says nothing more
        finally:
            if self._doors.get(name) is door:
                del self._doors[name]
            gone(name)
            writer.close()

    async def send(self, door: str, frame: bytes) -> None:
        """Send a frame to one door, and return once there is room for the next; raises `LinkDown`."""
        if (found := self._doors.get(door)) is None:
            raise LinkDown(door)
        try:
            found.writer.write(_HEAD.pack(_NEWS, len(frame), 0) + frame)
            await found.writer.drain()
        except OSError as error:
            raise LinkDown(door) from error

    def drop(self, door: str) -> None:
        """Hang up on a door."""
        if found := self._doors.pop(door, None):
            found.writer.close()

    async def close(self) -> None:
        """Let go of all doors, and leave neither socket nor note."""
        if self._server is None:
            return
        self._server.close()
        for name in list(self._doors):
            self.drop(name)
        if self._attending:
            await asyncio.wait(self._attending, timeout=1)
        self._note.unlink(missing_ok=True)
        _clear()


class LocalDoorLink(DoorLink):
    """A door's end; it goes on looking for the note while no room is there."""

    def __init__(self, note: Path) -> None:
        super().__init__()
        self._note = note
        self._writer: asyncio.StreamWriter | None = None

    async def request(self, frame: bytes, within: float) -> bytes:
        """Ask the room for something; raises `LinkDown`."""
        if self._writer is None:
            raise LinkDown("the room can't be reached")
        try:
            with self._asking() as (number, answer):
                self._writer.write(_HEAD.pack(_ASK, len(frame), number) + frame)
                async with asyncio.timeout(within):
                    return await answer
        except (TimeoutError, OSError) as error:
            raise LinkDown("the room has not answered") from error

    async def _keep(self) -> None:
        while True:
            with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError):
                await self._be_connected()
            await asyncio.sleep(AGAIN)

    async def _be_connected(self) -> None:
        reader, writer = await asyncio.open_unix_connection(self._note.read_text(), limit=_READ_AT_ONCE)
        try:
            self._writer = writer
            self._came_up()
            while True:
                kind, number, frame = await _read(reader)
                if kind == _NEWS:
                    self._news.put_nowait(frame)
                else:
                    self._answered(number, frame)
        finally:
            self._writer = None
            self._went_down("the room can't be reached")
            writer.close()


async def _read(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    kind, length, number = _HEAD.unpack(await reader.readexactly(_HEAD.size))
    if length > LARGEST:
        raise OSError("a frame is longer than any that we send")
    return kind, number, await reader.readexactly(length)


def _clear() -> None:
    """Remove the folders of rooms that nobody has any more, as of hosts that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDERS}*"):
        # Another user's can't be looked into; where no socket is yet, a room has just begun.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.setblocking(False)
            try:
                probe.connect(str(folder / "room"))
            except ConnectionRefusedError:
                shutil.rmtree(folder, ignore_errors=True)
