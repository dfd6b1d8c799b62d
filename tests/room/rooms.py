"""A small workshop of every sort of step, and rooms that hold it, without front doors or screens."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import pytest

from tisu_tui.core.box import Box
from tisu_tui.core.form import By, Form, Pick, Value
from tisu_tui.core.translation import language
from tisu_tui.room.board import GRACE
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Command, Direction, Go, Join, Reply
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.files import FILES, Files
from tisu_tui.store.sessions import SessionFile
from tisu_tui.view.view import Role, View
from tisu_tui.workshop.reader import read

SOURCE = """---
tisu: 1
title: A day on the moon
---

# A day on the moon

## Why we are here

We want to see how it is going.

## How are you just now?

`check-in` `id arrive`

- -3 to -2: Below
- -1 to 1: In the window
- 2 to 3: Above

<!-- Never ask who. -->

## How far along are we?

`rate` `id rows` `sureness`

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: Partly in place
- 4: In place
- 5: Kept up

## What would you change?

`gather` `id ideas`

## Which of these?

`choose any` `id which` `from ideas` `we decide`

## Can we try it?

`consent` `id try` `from which` `we decide`

## What gets in the way?

`capture` `id ways`

1. Helps
2. Gets in the way

## Who does what?

`actions`

- [ ] Book the room — @sam, due 2026-12-01

## How are you now?

`check-in` `id leave` `again arrive`
"""

DATE = "2026-11-18"
PATIENCE = 30.0
"""Seconds after which a test gives up waiting, on a machine that does much else."""


def workshop_of(source: str, name: str = "moon.md") -> Workshop:
    return _read(source, name, language())


@cache
def _read(source: str, name: str, _language: str) -> Workshop:
    """Read a workshop once for all tests; labels are kept in the language it was read in."""
    found = read(source, name, today=dt.date.fromisoformat(DATE))
    assert found.workshop is not None, found.problems
    return found.workshop


def new_session(source: str = SOURCE) -> Session:
    return Session(id="7k3m", date=DATE, workshop=workshop_of(source), code="rain42")


@asynccontextmanager
async def a_room(
    folder: Path,
    session: Session | None = None,
    box: Box | None = None,
    files: Files = FILES,
    grace: float = GRACE,
    tick: float = 0.01,
    seed: int | str = 7,
    now: Callable[[], dt.datetime] = dt.datetime.now,
) -> AsyncIterator[LiveRoom]:
    session = session or new_session()
    file = SessionFile(folder / f"{session.id}.json", dt.date.fromisoformat(session.date), files=files)
    try:
        chance = random.Random(seed)
        async with LiveRoom(session, box, file, chance=chance, tick=tick, grace=grace, now=now) as room:
            yield room
    finally:
        file.close()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[LiveRoom]:
    """Hold the small workshop, with nobody in the room yet."""
    async with a_room(tmp_path) as held:
        yield held


def stored(folder: Path) -> tuple[Session, Box | None]:
    file = SessionFile(folder / "7k3m.json", read_only=True)
    try:
        return file.load(workshop_of)
    finally:
        file.close()


async def seen(room: LiveRoom, role: Role, seat: str = "") -> View:
    async for view in room.watch(role, seat):
        return view
    raise AssertionError("the room showed nothing")


async def watched(views: AsyncIterator[View], wanted: Callable[[View], object]) -> View:
    """Watch until something is true of a View."""
    async with asyncio.timeout(PATIENCE):
        async for view in views:
            if wanted(view):
                return view
    raise AssertionError("no such view came")


async def over(views: AsyncIterator[View]) -> None:
    """Watch until there is nothing more to watch."""
    async with asyncio.timeout(PATIENCE):
        async for _view in views:
            pass


async def press(room: LiveRoom, where: Direction = Direction.NEXT) -> Outcome:
    return await room.submit(Go(room.session.place, where))


async def onward(room: LiveRoom) -> None:
    """Press next, and skip what a group would have to settle first."""
    if isinstance(await press(room), Refused):
        assert isinstance(await press(room, Direction.SKIP), Done)


async def go_to(room: LiveRoom, step: str, state: str = "open") -> None:
    """Press next until a step is in a state; a step that has nothing to choose from is skipped."""
    for _press in range(100):
        at = room.session.step
        if at and at.id == step and room.session.place.state.value == state:
            return
        await onward(room)
    raise AssertionError(f"never came to {step}")


async def join(room: LiveRoom, people: int) -> list[str]:
    return [
        outcome.seat
        for outcome in [await room.submit(Join(is_new=True)) for _n in range(people)]
        if isinstance(outcome, Done)
    ]


async def reply(room: LiveRoom, seat: str, field: str, value: Value | None) -> Outcome:
    return await room.submit(Reply(room.session.place, seat, field, value))


def any_answer(form: Form, chance: random.Random) -> dict[str, Value | None]:
    """Make up a whole answer to a form, as somebody might."""
    assert form.by is By.EVERYONE
    answer: dict[str, Value | None] = {}
    while field := form.pending(answer):
        if chance.random() < 0.2:
            answer[field.id] = None
        elif isinstance(field, Pick):
            answer[field.id] = (chance.choice(field.options).id,)
        else:
            answer[field.id] = (f"words {chance.randrange(10**9)}",)
    return answer


async def all_answer(room: LiveRoom, seats: list[str], chance: random.Random) -> None:
    form = room.session.form(len(seats))

    async def one(seat: str, answer: dict[str, Value | None]) -> None:
        for field, value in answer.items():
            assert isinstance(await reply(room, seat, field, value), Done)

    await asyncio.gather(*(one(seat, any_answer(form, chance)) for seat in seats))


async def submit_all(room: LiveRoom, commands: list[Command]) -> list[Outcome]:
    return await asyncio.gather(*(room.submit(command) for command in commands))
