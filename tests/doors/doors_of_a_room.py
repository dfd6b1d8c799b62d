"""Rooms with doors in one process, over the real local link."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rooms import a_room

from tisu_tui.core.invitation import Invitation
from tisu_tui.doors.link import DoorLink, LinkDown
from tisu_tui.doors.local import LocalDoorLink, LocalRoomLink
from tisu_tui.doors.messages import Welcome
from tisu_tui.doors.remote import RemoteRoom
from tisu_tui.doors.service import DoorService
from tisu_tui.room.room import LiveRoom
from tisu_tui.ssh.sign_in import SignIn
from tisu_tui.view.view import Role, View

PATIENCE = 10.0


class LossyLink(LocalDoorLink):
    """A link on which answers to what has been done get lost."""

    losing = 0
    lost = 0

    async def request(self, frame: bytes, within: float) -> bytes:
        answer = await super().request(frame, within)
        if self.losing:
            self.losing -= 1
            self.lost += 1
            raise LinkDown("lost on the way")
        return answer


@dataclass
class Doors:
    room: LiveRoom
    service: DoorService
    note: Path
    paused: list[float] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    open: list[RemoteRoom] = field(default_factory=list)

    async def door(self, link: DoorLink | None = None) -> RemoteRoom:
        door = RemoteRoom(link or LocalDoorLink(self.note), "test")
        await door.open()
        await asyncio.wait_for(door.let_in(), PATIENCE)
        self.open.append(door)
        return door


@asynccontextmanager
async def doors(folder: Path, *, tick: float = 0.01) -> AsyncIterator[Doors]:
    async with a_room(folder, tick=tick) as room:
        note = folder / "7k3m.doors"
        paused: list[float] = []
        warned: list[str] = []

        async def pause(seconds: float) -> None:
            paused.append(seconds)

        async def notes() -> str:
            await room.until_ended()
            return "notes.md"

        sign_in = SignIn(room.session.code, passphrase="right words", pause=pause, on_wrong=room.was_wrong)
        welcome = Welcome("", kept=False, invitation=Invitation("rain42", ("127.0.0.1",), 22, ""), has_passphrase=True)
        link = LocalRoomLink(note)
        service = DoorService(room, link, sign_in, welcome, version="test", notes=notes, warn=warned.append)
        await service.open()
        there = Doors(room, service, note, paused, warned)
        try:
            yield there
        finally:
            await room.close()
            await service.close()
            for each in there.open:
                await each.close()


async def until(door: RemoteRoom | LiveRoom, role: Role, seat: str, wanted: object) -> View:
    """Watch until a View is as it is wanted to be."""
    views = door.watch(role, seat)
    try:
        async with asyncio.timeout(PATIENCE):
            async for view in views:
                if wanted(view):  # type: ignore[operator]  # a function of a View
                    return view
    finally:
        await views.aclose()
    raise AssertionError("the views ended")
