"""Counts the files and functions that everyday things run through: `python benchmarks/walks.py [--page FILE]`.

Each walk is run once beforehand, so that what only happens the first time (imports, caches) is not counted. Generators,
comprehensions and lambdas count with the function they stand in. With `--page`, the table replaces what stands between
two marks in a Markdown file.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import tisu_tui
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Facts, Listener
from tisu_tui.notes.write import render
from tisu_tui.plain.participant import participate
from tisu_tui.room.room import LiveRoom
from tisu_tui.screens.console import ConsoleApp
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.screens.shared import SharedScreenApp
from tisu_tui.session.commands import Direction, Go, Join, Reply
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Session
from tisu_tui.store.sessions import SessionFile
from tisu_tui.workshop.reader import read

_OURS = str(Path(tisu_tui.__file__).parent)
_MARKS = "<!-- walks -->", "<!-- end of walks -->"
_DAY = dt.date(2026, 11, 18)
_INVITATION = Invitation("rain42", ("192.0.2.7",), 2222, "SHA256:abc")
_WORKSHOP = """---
tisu: 1
title: Where are we?
---

# Where are we?

## How far along are we?

`scale` `id far`

- 1: Not started
- 2: Early steps
- 3: Partly in place
- 4: In place
- 5: Kept up

## How far along are we now?

`scale` `again far`
"""


@dataclass
class Walk:
    """What was entered while it was watched."""

    name: str
    functions: set[tuple[str, str]] = field(default_factory=set)
    is_watched: bool = False

    @property
    def files(self) -> int:
        """The number of files of ours with a function among those entered."""
        return len({file for file, _name in self.functions})

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note each function of ours that is entered, in any thread."""
        self.is_watched = True
        try:
            yield
        finally:
            self.is_watched = False

    def take(self, steps: Callable[[Walk], Coroutine[object, object, None]]) -> None:
        """Take the walk, with every thread it starts in sight."""
        threading.setprofile(self._enter)
        sys.setprofile(self._enter)
        try:
            asyncio.run(steps(self))
        finally:
            sys.setprofile(None)
            threading.setprofile(None)

    def _enter(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if self.is_watched and event == "call" and code.co_filename.startswith(_OURS):
            name = code.co_qualname.split(".<locals>")[0].split(".<")[0]
            if name and not name.startswith("<"):
                self.functions.add((code.co_filename, name))


class _Terminal:
    """A terminal in memory that a walk types on, and on which it waits for words."""

    def __init__(self, *, pty: bool) -> None:
        self.facts = Facts("xterm-256color" if pty else "dumb", 80, 24, pty)
        self._listener: Listener | None = None
        self._written = b""
        self._wrote = asyncio.Event()

    def listen(self, listener: Listener) -> None:
        self._listener = listener

    waiting = 0

    def belongs_to(self, seat: str) -> None: ...

    def when_heard(self, tell: Callable[[], None]) -> None:
        tell()

    def write(self, data: bytes) -> None:
        self._written += data
        self._wrote.set()

    def close(self, status: int = 0) -> None:
        del status

    def type(self, text: str) -> None:
        assert self._listener is not None
        self._written = b""
        self._listener.received(text.encode())

    def hang_up(self) -> None:
        assert self._listener is not None
        self._listener.hung_up()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(20):
            while words.encode() not in self._written:
                self._wrote.clear()
                await self._wrote.wait()

    async def drawn(self) -> None:
        """Wait until something was written and nothing more comes in the turns that follow."""
        async with asyncio.timeout(20):
            while not self._written:
                self._wrote.clear()
                await self._wrote.wait()


@asynccontextmanager
async def _room(people: int) -> AsyncIterator[tuple[LiveRoom, list[str]]]:
    workshop = read(_WORKSHOP, "far.md", today=_DAY).workshop
    assert workshop is not None
    session = Session(id="7k3m", date=_DAY.isoformat(), workshop=workshop, code="rain42")
    with tempfile.TemporaryDirectory() as folder:
        file = SessionFile(Path(folder) / "7k3m.json", _DAY)
        try:
            async with LiveRoom(session, None, file) as room:
                seats = []
                for _n in range(people):
                    joined = await room.submit(Join())
                    assert isinstance(joined, Done)
                    seats.append(joined.seat)
                yield room, seats
        finally:
            file.close()


async def _next(room: LiveRoom) -> None:
    assert isinstance(await room.submit(Go(room.session.place, Direction.NEXT)), Done)


async def _answers(room: LiveRoom, seats: list[str]) -> None:
    form = room.session.form(len(seats))
    for seat in seats:
        for question in form.fields:
            await room.submit(Reply(room.session.place, seat, question.id, ("3",)))


async def _enter_full(walk: Walk) -> None:
    async with _room(11) as (room, seats):
        terminal = _Terminal(pty=True)
        visit = asyncio.create_task(run_app(ParticipantApp(room, seats[0], _INVITATION), terminal))
        await _next(room)
        await _next(room)
        await terminal.until("Kept up")
        terminal.type("3")
        await terminal.drawn()
        with walk.watched():
            terminal.type("\r")
            await terminal.until("ecorded")
        terminal.hang_up()
        await visit


async def _enter_plain(walk: Walk) -> None:
    async with _room(11) as (room, seats):
        terminal = _Terminal(pty=False)
        visit = asyncio.create_task(participate(room, terminal, seats[0], _INVITATION))
        await _next(room)
        await _next(room)
        await terminal.until("Answer:")
        with walk.watched():
            terminal.type("3\n")
            await terminal.until("Recorded")
        terminal.hang_up()
        await visit


async def _close(walk: Walk) -> None:
    async with _room(11) as (room, seats):
        terminals = [_Terminal(pty=True) for _n in range(3)]
        apps = (
            ParticipantApp(room, seats[0], _INVITATION),
            SharedScreenApp(room, _INVITATION, can_drive=True),
            ConsoleApp(room, _INVITATION, None),
        )
        visits = [asyncio.create_task(run_app(app, terminal)) for app, terminal in zip(apps, terminals, strict=True)]
        await _next(room)
        await _next(room)
        for terminal in terminals:
            await terminal.until("How far along")
        await _answers(room, seats)
        with walk.watched():
            await _next(room)
            await _next(room)
            for terminal in terminals:
                await terminal.until("iddle")
        for terminal in terminals:
            terminal.hang_up()
        await asyncio.gather(*visits)


async def _workshop(walk: Walk) -> None:
    with walk.watched():
        assert read(_WORKSHOP, "far.md", today=_DAY).workshop is not None


async def _notes(walk: Walk) -> None:
    async with _room(11) as (room, seats):
        for _turn in range(2):
            await _next(room)
            await _next(room)
            await _answers(room, seats)
            await _next(room)
            await _next(room)
        with walk.watched():
            assert render(room.session)


_BEFORE = {
    "Enter → “Recorded”, full screen": (40, 159),
    "Enter → “Recorded”, plain": (32, 116),
    "close → three screens": (70, 284),
    "workshop file → Workshop": (25, 117),
    "session → notes, JSON, CSV": (32, 118),
}
"""Files and functions of the house as it first stood."""
_WALKS = (
    ("Enter → “Recorded”, full screen", _enter_full),
    ("Enter → “Recorded”, plain", _enter_plain),
    ("close → three screens", _close),
    ("workshop file → Workshop", _workshop),
    ("session → notes, JSON, CSV", _notes),
)


def measured() -> list[Walk]:
    """Take each walk twice, and give what the second one entered."""
    walks = []
    for name, take in _WALKS:
        Walk(name).take(take)
        walks.append(Walk(name))
        walks[-1].take(take)
    return walks


def table(walks: list[Walk]) -> str:
    """Write the walks as a Markdown table."""
    head = ("| walk | files before | functions before | files | functions |", "|---|---:|---:|---:|---:|")
    rows = (
        f"| {walk.name} | {' | '.join(map(str, _BEFORE[walk.name]))} | {walk.files} | {len(walk.functions)} |"
        for walk in walks
    )
    return "\n".join((*head, *rows))


def main() -> None:
    """Print the table, or put it into a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path, help="a Markdown file with the two marks")
    parser.add_argument("--list", action="store_true", help="print every file and function")
    options = parser.parse_args()
    walks = measured()
    print(table(walks))
    if options.list:
        for walk in walks:
            print(f"\n{walk.name}")
            for file, name in sorted(walk.functions):
                print(f"  {Path(file).relative_to(_OURS)}:{name}")
    if options.page:
        before, _mark, rest = options.page.read_text().partition(_MARKS[0])
        _old, mark, after = rest.partition(_MARKS[1])
        if not mark:
            sys.exit(f"{options.page} has no {_MARKS[0]} … {_MARKS[1]}")
        options.page.write_text(f"{before}{_MARKS[0]}\n\n{table(walks)}\n\n{_MARKS[1]}{after}")


if __name__ == "__main__":
    main()
