"""People at terminals in memory, in a real room that plays a small workshop of every sort of step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, reply, seen
from terminal_double import PyteTerminal

from tisu_tui.core.form import Value
from tisu_tui.core.invitation import Invitation
from tisu_tui.room.room import LiveRoom
from tisu_tui.screens.console import ConsoleApp
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.paging import PagingApp
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.screens.shared import SharedScreenApp
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.view.view import Role, View

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
        self.seats += await join(self.room, count)

    async def participant(self, columns: int = 80, rows: int = 24) -> Someone:
        """Seat one more person, with a screen."""
        (seat,) = await join(self.room, 1)
        return self._look(ParticipantApp(self.room, seat, INVITATION), columns, rows)

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
        await go_to(self.room, step, state)

    async def all_answer(self, field: str, value: Value | None) -> None:
        for seat in self.seats:
            assert isinstance(await self.reply(seat, field, value), Done)

    async def reply(self, seat: str, field: str, value: Value | None) -> Outcome:
        return await reply(self.room, seat, field, value)

    async def view(self, role: Role, seat: str = "") -> View:
        return await seen(self.room, role, seat)


@asynccontextmanager
async def a_gathering(
    folder: Path, people: int = 0, source: str = SOURCE, *, tick: float = 0.01
) -> AsyncIterator[Gathering]:
    """Hold the workshop with so many people who have no screen; whoever still looks at one leaves at the end."""
    async with a_room(folder, replace(new_session(source), code="7k3mp2"), grace=0.01, tick=tick) as room:
        gathering = Gathering(room)
        await gathering.join(people)
        yield gathering
        for someone in gathering.people:
            await someone.hang_up()


@pytest.fixture
async def gathering(tmp_path: Path) -> AsyncIterator[Gathering]:
    """Hold the workshop with eight people who have no screen."""
    async with a_gathering(tmp_path, 8) as held:
        yield held
