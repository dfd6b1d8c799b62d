"""People at terminals in memory, in a real room that plays a small workshop of every sort of step."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from terminal_double import PyteTerminal

from tisu_tui.core.form import Value
from tisu_tui.core.invitation import Invitation
from tisu_tui.room.room import LiveRoom
from tisu_tui.screens.console import ConsoleApp
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.paging import PagingApp
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.screens.shared import SharedScreenApp
from tisu_tui.session.commands import Direction, Go, Join, Reply
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.session import Session
from tisu_tui.store.sessions import SessionFile
from tisu_tui.view.view import Role, View
from tisu_tui.workshop.reader import read

SOURCE = """---
tisu: 1
title: A day on the moon
support:
  - NHS 24, 111 (checked 2026-11-01)
---

# A day on the moon

We look at how it is going.

<!-- Chairs in a circle. -->

## How are you just now?

`check-in` `id arrive`

> This asks how you are. You can pass.

- -3 to -2: Below
- -1 to 1: In the window
- 2 to 3: Above

<!-- Never ask who. -->

## How far along are we?

`rate` `id rows`

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: Partly in place

## What would you change?

`gather` `id ideas`

## Which do we share first?

`dots 3` `id share` `we decide`

- [ ] The rota
- [ ] The room
- [ ] The tea

## What gets in the way?

`capture` `id ways`

1. Helps
2. Gets in the way

## Who does what?

`actions` `id do`
"""

INVITATION = Invitation("7k3mp2", ("192.168.1.20",), 2222, "SHA256:pyV5d0Jmxk3u8mZp0hJ7a2cXq9bT4LwR1eN6sGfYzQo")
KEYS = {
    "enter": "\r",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "backspace": "\x7f",
    "escape": "\x1b",
}


class Someone:
    """A person at a terminal, looking at one of the apps."""

    def __init__(self, app: PagingApp, columns: int = 80, rows: int = 24) -> None:
        self.app = app
        self.terminal = PyteTerminal(columns, rows)
        self._visit = asyncio.create_task(run_app(app, self.terminal))

    async def press(self, *keys: str) -> None:
        """Press keys by name, and let each be drawn."""
        for key in keys:
            code = chr(ord(key[-1]) & 31) if key.startswith("ctrl+") else KEYS.get(key, key)
            self.terminal.type(code.encode())
            for _turn in range(40):
                await asyncio.sleep(0)

    async def sees(self, *texts: str) -> None:
        for text in texts:
            await self.terminal.until(text)

    async def sees_no(self, text: str) -> None:
        await self.terminal.until(lambda: text not in self.terminal.text())

    async def has_left(self) -> None:
        await asyncio.wait_for(asyncio.shield(self._visit), 5)

    async def hang_up(self) -> None:
        self.terminal.hang_up()
        await self.has_left()


class Gathering:
    """A room, whoever sits in it without a screen, and whoever looks at one."""

    def __init__(self, room: LiveRoom) -> None:
        self.room = room
        self.seats: list[str] = []
        self.people: list[Someone] = []

    async def join(self, count: int) -> None:
        for _n in range(count):
            outcome = await self.room.submit(Join(is_new=True))
            assert isinstance(outcome, Done)
            self.seats.append(outcome.seat)

    async def participant(self, columns: int = 80, rows: int = 24) -> Someone:
        """Seat one more person, with a screen."""
        outcome = await self.room.submit(Join(is_new=True))
        assert isinstance(outcome, Done)
        return self._look(ParticipantApp(self.room, outcome.seat, INVITATION), columns, rows)

    def shared(self, *, can_drive: bool = True, columns: int = 80, rows: int = 24) -> Someone:
        return self._look(SharedScreenApp(self.room, INVITATION, can_drive=can_drive), columns, rows)

    def console(
        self, columns: int = 80, rows: int = 24, notes_path: Callable[[], Awaitable[str]] | None = None
    ) -> Someone:
        """Open a console whose keys come as far apart as those of somebody who reads what each of them did."""
        clock = count(0, 3)
        return self._look(ConsoleApp(self.room, INVITATION, notes_path, clock=lambda: next(clock)), columns, rows)

    def _look(self, app: PagingApp, columns: int, rows: int) -> Someone:
        self.people.append(Someone(app, columns, rows))
        return self.people[-1]

    async def go_to(self, step: str, state: str = "open") -> None:
        for _press in range(60):
            at = self.room.session.step
            if at and at.id == step and self.room.session.place.state.value == state:
                return
            if isinstance(await self.room.submit(Go(self.room.session.place, Direction.NEXT)), Refused):
                await self.room.submit(Go(self.room.session.place, Direction.SKIP))
        raise AssertionError(f"never came to {step}")

    async def all_answer(self, field: str, value: Value | None) -> None:
        for seat in self.seats:
            assert isinstance(await self.reply(seat, field, value), Done)

    async def reply(self, seat: str, field: str, value: Value | None) -> Outcome:
        return await self.room.submit(Reply(self.room.session.place, seat, field, value))

    async def view(self, role: Role, seat: str = "") -> View:
        async for view in self.room.watch(role, seat):
            return view
        raise AssertionError("the room showed nothing")


@asynccontextmanager
async def a_gathering(
    folder: Path, people: int = 0, source: str = SOURCE, *, tick: float = 0.01
) -> AsyncIterator[Gathering]:
    """Hold the workshop with so many people who have no screen; whoever still looks at one leaves at the end."""
    workshop = read(source, "moon.md", today=dt.date(2026, 11, 18)).workshop
    assert workshop is not None
    session = Session(id="7k3m", date="2026-11-18", workshop=workshop, code="7k3mp2")
    file = SessionFile(folder / "7k3m.json", dt.date(2026, 11, 18))
    try:
        chance = random.Random(7)
        async with LiveRoom(session, None, file, chance=chance, tick=tick, grace=0.01) as room:
            gathering = Gathering(room)
            await gathering.join(people)
            yield gathering
            for someone in gathering.people:
                await someone.hang_up()
    finally:
        file.close()
