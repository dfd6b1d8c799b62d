"""Draws the pictures of the documentation from the real screens, in a session of the library: `make pictures`."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import errno
import os
import random
import re
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from pyte.screens import Char

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from terminal_double import PyteTerminal

from tisu_tui.cli._home import HomeContents
from tisu_tui.core.form import By, Pick, Value
from tisu_tui.core.invitation import Invitation
from tisu_tui.room.room import LiveRoom
from tisu_tui.screens.console import ConsoleApp
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.home import HomeApp
from tisu_tui.screens.paging import PagingApp
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.screens.shared import SharedScreenApp
from tisu_tui.session.commands import Direction, Go, Join, Judge, Reply
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.files import Files
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile
from tisu_tui.workshop.library import find
from tisu_tui.workshop.reader import read

INVITATION = Invitation("k7mn4pr", ("192.168.1.20",), 2222, "SHA256:pyV5d0Jmxk3u8mZp0hJ7a2cXq9bT4LwR1eN6sGfYzQo")
ANSWERS = {"service-lately": ("2", "3", "3", "3", "4", "4", "4", "4", "4", "5", "5", "dont-know")}
FONTS = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"
CELL, LINE = 8.4, 18
QUARTERS = dict(zip("▘▝▀▖▌▞▛▗▚▐▜▄▙▟█", range(1, 16), strict=True))
"""Characters drawn as areas, by the quarters of the cell that they fill: upper left 1, upper right 2, lower 4 and 8."""


def svg(terminal: PyteTerminal, title: str) -> str:
    """Draw what a terminal shows; no font comes from anywhere but the reader's own machine."""
    screen = terminal.screen
    first = screen.buffer[0][0].bg
    ground = first if len(first) == len("14191f") else "14191f"
    width, height = round(screen.columns * CELL) + 24, screen.lines * LINE + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#{ground}"/>',
        f'<g font-family="{FONTS}" font-size="14" xml:space="preserve" shape-rendering="crispEdges">',
    ]
    for y in range(screen.lines):
        parts += _row([screen.buffer[y][x] for x in range(screen.columns)], 12 + y * LINE)
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _row(row: list[Char], top: int) -> list[str]:
    texts: list[str] = []
    backs: list[str] = []
    x = 0
    while x < len(row):
        end = x
        while end < len(row) and _look(row[end]) == _look(row[x]):
            end += 1
        fore, back, bold = _look(row[x])
        text = "".join(cell.data for cell in row[x:end])
        left, wide = 12 + x * CELL, (end - x) * CELL
        if back:
            backs.append(f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{LINE}" fill="{back}"/>')
        if set(text) & set(QUARTERS):
            backs += _blocks(text, left, top, fore)
            text = text.translate(dict.fromkeys(map(ord, QUARTERS), " "))
        if text.strip():
            weight = ' font-weight="bold"' if bold else ""
            texts.append(
                f'<text x="{left:.1f}" y="{top + 14}" textLength="{wide:.1f}" fill="{fore}"{weight}>'
                f"{escape(text)}</text>"
            )
        x = end
    return backs + texts


def _blocks(text: str, left: float, top: int, fill: str) -> list[str]:
    # As areas: the letters of a font leave gaps between lines, which no QR reader likes.
    path = ""
    for half, (upper, lower) in enumerate(((1, 2), (4, 8))):
        pixels = "".join("#" if QUARTERS.get(each, 0) & part else " " for each in text for part in (upper, lower))
        for run in re.finditer("#+", pixels):
            x, y, wide = left + run.start() * CELL / 2, top + half * LINE / 2, len(run[0]) * CELL / 2
            path += f"M{x:.1f} {y:g}h{wide + 0.2:.1f}v{LINE / 2 + 0.2:g}H{x:.1f}z"
    return [f'<path fill="{fill}" d="{path}"/>'] if path else []


def _look(cell: Char) -> tuple[str, str, bool]:
    fore = f"#{cell.fg}" if len(cell.fg) == 6 else "#d8dee6"
    back = f"#{cell.bg}" if len(cell.bg) == 6 else ""
    if cell.reverse:
        fore, back = back or "#14191f", fore
    return fore, back, bool(cell.bold)


class Studio:
    """A room with twelve people in it, and somebody who takes pictures."""

    def __init__(self, room: LiveRoom) -> None:
        self.room = room
        self.seats: list[str] = []
        self._chance = random.Random(1)

    async def join(self, people: int) -> None:
        """Take seats, without screens."""
        for _n in range(people):
            outcome = await self.room.submit(Join())
            assert isinstance(outcome, Done)
            self.seats.append(outcome.seat)

    async def go_to(self, step: str, state: State) -> None:
        """Press on, with everybody answering, until a step is where it is wanted."""
        while not (self.room.session.step and self.room.session.step.id == step and self._is(state)):
            if self._is(State.OPEN) and self.room.session.form(12).by is By.EVERYONE:
                await self.answer()
            if self._is(State.CLOSED) and self.room.session.round and self.room.session.round.held:
                await self.room.submit(Judge(self.room.session.place, tuple(range(1, 6)), Fate.KEPT))
            await self.room.submit(Go(self.room.session.place, Direction.NEXT))

    def _is(self, state: State) -> bool:
        return self.room.session.place.state is state

    async def answer(self) -> None:
        """Let everybody answer the open step."""
        step = self.room.session.step
        assert step is not None
        for n, seat in enumerate(self.seats):
            answer: dict[str, Value | None] = {}
            while field := self.room.session.form(12).pending(answer):
                if isinstance(field, Pick):
                    given = ANSWERS.get(step.id)
                    value: Value = (given[n],) if given else (self._chance.choice(field.options[:2]).id,)
                else:
                    value = (IDEAS[n % len(IDEAS)],)
                answer[field.id] = value
                await self.room.submit(Reply(self.room.session.place, seat, field.id, value))

    async def answer_once(self) -> None:
        """Let one person answer the first question of the open step."""
        field = self.room.session.form(12).fields[0]
        assert isinstance(field, Pick)
        await self.room.submit(Reply(self.room.session.place, self.seats[1], field.id, (field.options[0].id,)))

    def sit_down(self, app: PagingApp, columns: int, rows: int) -> Seen:
        """Show an app on a terminal of some size."""
        terminal = PyteTerminal(columns, rows)
        return Seen(terminal, asyncio.create_task(run_app(app, terminal)))


@dataclass
class Seen:
    """An app on a terminal that can be looked at."""

    terminal: PyteTerminal
    showing: asyncio.Task[None]

    def _differs(self, before: str) -> bool:
        return self.terminal.text() != before

    async def keep(self, name: str, title: str, sees: str, keys: str = "") -> None:
        """Take the picture once something is to be seen, and some keys were pressed."""
        await self.terminal.until(sees)
        for key in keys:
            before = self.terminal.text()
            self.terminal.type(key.encode())
            await self.terminal.until(partial(self._differs, before))
        (HERE / "pictures" / f"{name}.svg").write_text(svg(self.terminal, title), encoding="utf-8")
        self.terminal.hang_up()
        await self.showing


IDEAS = (
    "A word with someone before a hard visit",
    "Breaks that really happen",
    "Knowing the rota two weeks ahead",
    "Laughing together at handover",
    "Five quiet minutes after a crisis",
    "Saying early when it is too much",
)


async def main() -> None:
    """Play a session, and take pictures on the way."""
    path = find("window-of-tolerance")
    workshop = read(path.read_bytes(), path.name, today=dt.date(2026, 11, 23)).workshop
    assert isinstance(workshop, Workshop)
    session = Session("k7m2", "2026-11-23", workshop, INVITATION.code)
    with tempfile.TemporaryDirectory() as folder:
        file = SessionFile(Path(folder) / "k7m2.json")
        async with LiveRoom(session, None, file, chance=random.Random(4)) as room:
            studio = Studio(room)
            await studio.join(12)
            seat = studio.sit_down(ParticipantApp(room, studio.seats[0], INVITATION), 80, 28)
            lobby = studio.sit_down(SharedScreenApp(room, INVITATION, can_drive=True), 100, 34)
            await lobby.keep("lobby", "The lobby on the shared screen", "To join")
            await seat.terminal.until("Your three words")
            await studio.go_to("arrive", State.OPEN)
            await seat.keep("question", "A question on a participant's terminal", "Pass", "2")
            await studio.go_to("service-lately", State.SHOWN)
            result = studio.sit_down(SharedScreenApp(room, INVITATION, can_drive=True), 100, 32)
            await result.keep("result", "A result on the shared screen", "How has our")
            await studio.go_to("what-helps", State.CLOSED)
            console = studio.sit_down(ConsoleApp(room, INVITATION, None), 120, 36)
            await console.keep("console", "The facilitator's private screen", "handover")
        file.close()
        await faults(Path(folder), session)
        await ways_back(Path(folder), session)
        await home(Path(folder))


class _FaultyDisk(Files):
    """The disk, until a call fails."""

    fails = ""
    errno = 0

    def _call(self, name: str) -> None:
        if name == self.fails:
            raise OSError(self.errno, os.strerror(self.errno))

    def create(self, path: Path) -> int:
        self._call("create")
        return super().create(path)

    def write(self, handle: int, data: memoryview) -> int:
        self._call("write")
        return super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._call("sync")
        super().sync(handle)


FAULTS = (
    ("full-disk", "while the disk is full", "write", errno.ENOSPC, "goes on by itself"),
    ("failed-disk", "after the disk has failed", "sync", errno.EIO, "--resume"),
    ("no-descriptors", "while no file can be opened", "create", errno.EMFILE, "as soon as the data folder"),
    ("read-only-disk", "while the disk is read-only", "create", errno.EROFS, ""),
)


async def faults(folder: Path, session: Session) -> None:
    """Take pictures of what people read where their answer could not be saved."""
    for name, when, call, number, sees in FAULTS:
        files = _FaultyDisk()
        file = SessionFile(folder / f"{name}.json", files=files)
        async with LiveRoom(session, None, file, chance=random.Random(4)) as room:
            studio = Studio(room)
            await studio.join(12)
            await studio.go_to("service-lately", State.OPEN)
            seat = studio.sit_down(ParticipantApp(room, studio.seats[0], INVITATION), 80, 28)
            wall = studio.sit_down(SharedScreenApp(room, INVITATION, can_drive=True), 100, 30)
            await seat.terminal.until("How has our")
            await wall.terminal.until("How has our")
            files.fails, files.errno = call, number
            await studio.answer_once()
            await seat.keep(name, f"A participant's screen {when}", "Please wait")
            await wall.keep(f"{name}-wall", f"The shared screen {when}", sees or os.strerror(number))
            files.fails = ""
        file.close()


async def ways_back(folder: Path, session: Session) -> None:
    """Take pictures of a phone, of coming back after a cut line, and of what remains when the host has stopped."""
    file = SessionFile(folder / "back.json")
    async with LiveRoom(session, None, file, chance=random.Random(4)) as room:
        studio = Studio(room)
        await studio.join(12)
        writing = studio.sit_down(ParticipantApp(room, studio.seats[1], INVITATION), 80, 24)
        phone = studio.sit_down(ParticipantApp(room, studio.seats[2], INVITATION), 45, 20)
        await studio.go_to("together", State.OPEN)
        await phone.terminal.until("Question 1 of 5")
        phone.terminal.type(b"1\r")
        await phone.keep("phone", "A question on a phone", "question 2 of 5", "1")
        await studio.go_to("what-helps", State.OPEN)
        await writing.terminal.until("ctrl+k")
        writing.terminal.type(IDEAS[0].encode() + b"\rA kettle in the qui")
        await writing.terminal.until("A kettle in the qui")
        writing.terminal.hang_up()
        await writing.showing
        back = await room.submit(Join(studio.seats[1]))
        assert isinstance(back, Done)
        again = studio.sit_down(ParticipantApp(room, back.seat, INVITATION), 80, 24)
        await again.terminal.until("Here is what you were writing.")
        (HERE / "pictures" / "back-again.svg").write_text(
            svg(again.terminal, "Back after a cut line"), encoding="utf-8"
        )
        await room.close()
        await again.keep("stopped", "What remains when the host has stopped", "Please close this window.")
    file.close()


async def home(folder: Path) -> None:
    """Take a picture of the home screen of a team that has held nothing yet."""
    with contextlib.chdir(folder):
        found = HomeContents.of(DataFolder(folder / "data"), folder / "exports", dt.date(2026, 11, 23)).shelves()
    terminal = PyteTerminal(112, 30)
    await Seen(terminal, asyncio.create_task(run_app(HomeApp(found), terminal))).keep(
        "home", "The home screen", f"Workshops {len(found[0].items)}"
    )


if __name__ == "__main__":
    asyncio.run(main())
