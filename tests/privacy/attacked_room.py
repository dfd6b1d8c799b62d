"""A session with people in it, and everything that it leaves behind where a thief could find it."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import rooms

from tisu_tui.core.form import Value
from tisu_tui.notes.saving import save
from tisu_tui.notes.write import render
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Command, Direction
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.view.view import Role, View

DATE = dt.date(2026, 11, 18)

SOURCE = """---
tisu: 1
title: A day on the moon
---

# A day on the moon

## How are you just now?

`check-in` `id arrive`

- -3 to -2: Below
- -1 to 1: In the window
- 2 to 3: Above

## How far along are we?

`rate` `id rows`

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: Partly in place
- 4: In place
- 5: Kept up

## What would you change?

`gather` `id ideas`

## Which do we take first?

`choose 1` `id which` `we decide`

- [ ] Rota
- [ ] Budget
- [ ] Handover

## Can we try it?

`consent` `id try` `we decide`

## How are you now?

`check-in` `id leave` `again arrive`
"""

PRIVATE = ("arrive", "leave")
"""The steps about a person."""


class House:
    """A room, the people in it by their return words, and the folders it writes to."""

    def __init__(self, room: LiveRoom, folder: Path) -> None:
        self.room = room
        self.folder = folder
        self.seats: list[str] = []

    async def join(self, people: int) -> list[str]:
        self.seats += await rooms.join(self.room, people)
        return self.seats

    async def press(self, where: Direction = Direction.NEXT) -> Outcome:
        return await rooms.press(self.room, where)

    async def go_to(self, step: str, state: str = "open") -> None:
        await rooms.go_to(self.room, step, state)

    async def say(self, seat: str, field: str, value: Value | None) -> Outcome:
        return await rooms.reply(self.room, seat, field, value)

    async def all_say(self, field: str, values: Sequence[Value | None]) -> None:
        for seat, value in zip(self.seats, values, strict=True):
            assert isinstance(await self.say(seat, field, value), Done)

    async def seen(self, role: Role, seat: str = "") -> View:
        return await rooms.seen(self.room, role, seat)

    async def submit(self, *commands: Command) -> list[Outcome]:
        return await rooms.submit_all(self.room, list(commands))

    async def seal(self) -> None:
        while not self.room.session.is_ended:
            await rooms.onward(self.room)
        save(render(self.room.session), self.folder / "exports")

    def left_behind(self) -> dict[str, bytes]:
        """Read every file there is, by its path."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


@asynccontextmanager
async def house(
    folder: Path,
    people: int,
    seed: int = 7,
    played: Workshop | None = None,
    session: Session | None = None,
) -> AsyncIterator[House]:
    session = session or rooms.new_session(SOURCE)
    session = replace(session, workshop=played or session.workshop)
    folder.mkdir(exist_ok=True)
    (folder / "data").mkdir(mode=0o700, exist_ok=True)
    # At one time of day, so that what the run sheet says hangs on nothing but the session.
    ten = dt.datetime.combine(DATE, dt.time(10))
    async with rooms.a_room(folder / "data", session, tick=3600, seed=seed, now=lambda: ten) as room:
        here = House(room, folder)
        await here.join(people)
        yield here
