"""A terminal in memory that is read line by line, and a small session to sit in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from rooms import PATIENCE, a_room, go_to, join, new_session, onward, reply

from tisu_tui.core.form import Value
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Facts, Listener
from tisu_tui.plain.facilitator import facilitate
from tisu_tui.plain.participant import participate
from tisu_tui.room.room import LiveRoom

INVITATION = Invitation("rain42", ("192.0.2.7",), 2222, "SHA256:abc")

SOURCE = """---
tisu: 1
title: A day on the moon
support:
  - NHS 24, 111 (checked 2026-11-01)
---

# A day on the moon

Bring a coat.

## How are you just now?

`check-in` `id arrive`

> This asks how you are.

- -3 to -2: Below
- -1 to 1: In the window
- 2 to 3: Above

<!-- Never ask who. -->

## How far along are we?

`rate` `id rows` `sureness`

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.
3. `R3` People have a say.

- 1: Not started
- 2: Early steps
- 3: Partly in place

## What would you change?

`gather` `id ideas`

## Which of these?

`dots 3` `id which` `from ideas` `we decide`

## What gets in the way?

`capture` `id ways`

1. Helps
2. Gets in the way

## Who does what?

`actions`
"""


class LineTerminal:
    """A `Terminal` without a PTY unless told otherwise; a test types lines and waits for them."""

    def __init__(self, *, pty: bool = False, columns: int = 80) -> None:
        self._facts = Facts("xterm" if pty else "dumb", columns, 24, pty)
        self._listener: Listener | None = None
        self._early = b""
        self._read = 0
        self._changed = asyncio.Event()
        self.written = b""
        self.status: int | None = None

    @property
    def facts(self) -> Facts:
        return self._facts

    waiting = 0

    def listen(self, listener: Listener) -> None:
        self._listener = listener
        if self._early:
            listener.received(self._early)

    def belongs_to(self, seat: str) -> None: ...

    def when_heard(self, tell: Callable[[], None]) -> None:
        tell()

    def write(self, data: bytes) -> None:
        if self.status is None:
            self.written += data
            self._changed.set()

    def close(self, status: int = 0) -> None:
        self.status = status if self.status is None else self.status
        self._changed.set()

    # What the person does and reads

    def type(self, text: str) -> None:
        if self._listener is None:
            self._early += text.encode()
        else:
            self._listener.received(text.encode())

    def enter(self, *lines: str) -> None:
        self.type("".join(line + "\n" for line in lines))

    def hang_up(self) -> None:
        assert self._listener is not None
        self._listener.hung_up()

    def resize(self, columns: int) -> None:
        self._facts = replace(self._facts, columns=columns)
        assert self._listener is not None
        self._listener.resized(columns, 24)

    def pause(self) -> None:
        assert self._listener is not None
        self._listener.paused()

    def resume(self) -> None:
        assert self._listener is not None
        self._listener.resumed()

    @property
    def lines(self) -> list[str]:
        return self.written.decode().splitlines()

    def rest(self) -> list[str]:
        """Everything that was not read yet."""
        fresh = self.lines[self._read :]
        self._read = len(self.lines)
        return fresh

    async def until(self, opening: str | tuple[str, ...]) -> list[str]:
        """Read on to the next line that begins with this, and give all the lines up to it."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    whole = self.written.decode().split("\n")[:-1]
                    for at in range(self._read, len(whole)):
                        if whole[at].startswith(opening):
                            lines = [line.rstrip("\r") for line in whole[self._read : at + 1]]
                            self._read = at + 1
                            return lines
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            told = "\n".join(self.lines[self._read :])
            raise AssertionError(f"no line began with {opening!r}; these came:\n{told}") from None

    async def asked(self, title: str) -> list[str]:
        """Read on to a question and give its lines, from `Question: ` to `Answer:`."""
        opening = (await self.until(f"Question: {title}"))[-1]
        return [opening, *await self.until("Answer:")]

    async def closed(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.status is None:
                self._changed.clear()
                await self._changed.wait()


class House:
    """A room with people in it: some at terminals, some who only answer when told."""

    def __init__(self, room: LiveRoom) -> None:
        self.room = room
        self.tasks: list[asyncio.Task[None]] = []

    async def crowd(self, people: int) -> list[str]:
        return await join(self.room, people)

    async def reply(self, seats: list[str], field: str, value: Value | None) -> None:
        for seat in seats:
            assert await reply(self.room, seat, field, value)

    async def next(self, times: int = 1) -> None:
        """Go on, and past what has nothing to choose from."""
        for _n in range(times):
            await onward(self.room)

    async def go_to(self, step: str, state: str = "open") -> None:
        await go_to(self.room, step, state)

    def participant(self, words: str = "", *, pty: bool = False, columns: int = 80) -> LineTerminal:
        terminal = LineTerminal(pty=pty, columns=columns)
        self.tasks.append(asyncio.create_task(participate(self.room, terminal, words, INVITATION)))
        return terminal

    def facilitator(self, *, pty: bool = False) -> LineTerminal:
        async def path() -> str:
            return "exports/moon.md"

        terminal = LineTerminal(pty=pty)
        self.tasks.append(asyncio.create_task(facilitate(self.room, terminal, INVITATION, path)))
        return terminal


@asynccontextmanager
async def house(folder: Path, source: str = SOURCE) -> AsyncIterator[House]:
    async with a_room(folder, new_session(source), grace=0.01) as room:
        here = House(room)
        yield here
        for task in here.tasks:
            task.cancel()
        for result in await asyncio.gather(*here.tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[House]:
    """Hold the small workshop, with nobody in the room yet."""
    async with house(tmp_path) as held:
        yield held
