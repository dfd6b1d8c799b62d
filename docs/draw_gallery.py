"""Draws what a room sees at every moment of a session, at four sizes and in four themes, and measures how full it is.

`python docs/draw_gallery.py FOLDER` draws the whole matrix into a folder; `--gallery` draws docs/gallery.md and its
pictures; `--rows` prints how many rows are empty on results and questions of the three main sessions; `--below` which
results of the library are longer than the wall.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import chain, product
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "tests"))

from draw_pictures import INVITATION, svg
from gallery_moments import BESIDE, MAIN, SHOTS, Leans, Shot
from terminal_double import PyteTerminal

from tisu_tui.core.form import Answer, By, Field, Order, Pick, Value, Write
from tisu_tui.core.records import RecordKind
from tisu_tui.rehearsal.ideas import said_in
from tisu_tui.room.room import LiveRoom
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.palette import ColourTheme
from tisu_tui.screens.shared import SharedScreenApp
from tisu_tui.screens.wall_layout import Space
from tisu_tui.screens.wall_pages import wall
from tisu_tui.session.commands import Command, Direction, Enter, Go, Join, Judge, Leave, Reply, WriteRecord
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.sessions import SessionFile
from tisu_tui.view.view import Role, View
from tisu_tui.workshop.library import find, library
from tisu_tui.workshop.pictures import in_folder
from tisu_tui.workshop.reader import read

SIZES = ((80, 24), (100, 30), (120, 40), (200, 60))
SPACES = {"80 × 24": Space(76, 20), "100 × 30": Space(96, 26), "120 × 40": Space(116, 36), "200 × 60": Space(190, 56)}
"""What is left of each wall between its margins and above its keys."""
PEOPLE = (6, 9, 14)
DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 10, 29, 30)  # noqa: DTZ001  # the clock on the wall of a room
WORRIES = ("We have begun things before and not gone on", "The night shift was not asked yet")
"""What some people add to a vote."""
_INTRODUCTION = """# What a room sees

Drawn from the real screens by `make pictures`, in sessions of made-up people. Where nothing else is said the wall is
100 columns wide and 30 rows high: the size to which a facilitator zooms until the back row can read it. Nothing on it
moves by itself; `f3` goes through the themes."""


class Still:
    """A room that shows one view and never changes."""

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def is_ended(self) -> bool:
        """Whether it shows an end."""
        return self._view.is_ended

    async def submit(self, command: Command) -> Outcome:
        """Refuse everything."""
        return Refused(f"This is a picture: {command}")

    def pressed(self, seat: str) -> None:
        """Hear nothing."""

    async def watch(self, role: Role, seat: str = "") -> AsyncIterator[View]:
        """Show it, and wait."""
        del role, seat
        yield self._view
        await asyncio.Event().wait()


class Company:
    """People who answer by themselves, each in their own way; `leans` has answers that are wanted.

    What they say in words is what made-up people say in a rehearsal.
    """

    def __init__(self, room: LiveRoom, people: int, leans: Mapping[str, Sequence[str]]) -> None:
        self.room = room
        self.people = people
        self._leans = leans
        workshop = room.session.workshop
        self._said = said_in(Path(workshop.name).stem, {step.id: step.title for step in workshop.steps})
        self._seats: list[str] = []
        self._chance = random.Random(people)

    async def join(self) -> None:
        """Take seats, without screens."""
        for _n in range(self.people):
            outcome = await self.room.submit(Join(is_new=True))
            assert isinstance(outcome, Done)
            self._seats.append(outcome.seat)

    async def answer(self) -> None:
        """Answer all there is to answer."""
        form = self.room.session.form(self.people)
        step = self.room.session.step
        if step and step.id in self._leans.get("gone", ()):
            gone, self._seats = self._seats[::2], self._seats[1::2]
            for seat in gone:
                await self.room.submit(Leave(seat))
        for n, seat in enumerate(self._seats):
            answer: dict[str, Value | None] = {}
            while field := form.pending(answer):
                answer[field.id] = value = self._value(field, answer, n)
                await self.room.submit(Reply(self.room.session.place, seat, field.id, value))

    def _value(self, field: Field, answer: Answer, n: int) -> Value | None:
        del answer
        if wanted := self._leans.get(field.id) or self._leans.get(getattr(self.room.session.step, "id", "")):
            known = {each.id: each.id for each in getattr(field, "options", ())}
            known |= {f"#{place}": name for place, name in enumerate(known, 1)}
            if found := known.get(wanted[n % len(wanted)]):
                return (found,)
        if isinstance(field, Order):
            return tuple(option.id for option in sorted(field.options, key=lambda _each: self._chance.random()))
        if isinstance(field, Pick):
            lean = random.Random(field.id + field.title).uniform(0.1, 0.9) * len(field.options)
            places = range(len(field.options))
            weights = [2.0 ** -(abs(place + 0.5 - lean) * 1.2) for place in places]
            ids = [field.options[place].id for place in self._chance.choices(places, weights, k=field.most)]
            return tuple(dict.fromkeys(ids)) if field.each == 1 else (ids[0],)
        step = self.room.session.step
        assert step
        ideas = [text for texts in self._said.in_step(step.title).values() for text in texts]
        ideas = ideas or (list(WORRIES) if step.activity.is_vote else [])
        random.Random(step.id).shuffle(ideas)
        return (ideas[n % len(ideas)],) if ideas and n % 6 != 5 else None

    async def write_down(self) -> None:
        """Type what the scribe of a rehearsal types."""
        session = self.room.session
        assert session.step
        said = self._said.in_step(session.step.title)
        for field in session.form(self.people).fields:
            if not isinstance(field, Write):
                continue
            heading = next((each for each in said if field.title.casefold().startswith(each.casefold())), "")
            texts = [text.format(*(DAY + dt.timedelta(n) for n in (14, 28, 42))) for text in said.get(heading, ())]
            if field.record:
                for text in texts:
                    await self.room.submit(WriteRecord(RecordKind(field.record), text))
            else:
                await self.room.submit(Enter(session.place, field.id, tuple(texts)))

    async def next(self) -> None:
        """Go one state on, with answers and words that are kept."""
        session = self.room.session
        if session.place.state is State.OPEN and session.form(self.people).by is By.EVERYONE:
            await self.answer()
        if session.place.state is State.OPEN and session.form(self.people).by is By.SCRIBE:
            await self.write_down()
        if session.place.state is State.CLOSED and session.round and session.round.held:
            await self.room.submit(Judge(session.place, tuple(range(1, 1 + len(session.round.held))), Fate.KEPT))
        if isinstance(await self.room.submit(Go(self.room.session.place, Direction.NEXT)), Refused):
            await self.room.submit(Go(self.room.session.place, Direction.SKIP))

    async def skip(self) -> bool:
        """Leave a step that would be asked again; true where the session is over."""
        await self.room.submit(Go(self.room.session.place, Direction.SKIP))
        return self.room.session.is_ended

    async def look(self, role: Role = Role.SCREEN) -> View:
        """Give what is shown now."""
        async for view in self.room.watch(role):
            return view
        raise AssertionError("the room showed nothing")


@asynccontextmanager
async def company(
    workshop: str, people: int, leans: Mapping[str, Sequence[str]] | None = None
) -> AsyncIterator[Company]:
    """Hold a workshop of the library, or one in a file."""
    path = find(workshop)
    found = read(path.read_bytes(), path.name, today=DAY, find=in_folder(path.parent)).workshop
    assert isinstance(found, Workshop)
    session = Session("k7m2", DAY.isoformat(), found, INVITATION.code)
    with tempfile.TemporaryDirectory() as folder:
        file = SessionFile(Path(folder) / "k7m2.json", DAY)
        async with LiveRoom(session, None, file, chance=random.Random(4), tick=0.01) as room:
            made = Company(room, people, leans or {})
            await made.join()
            yield made
        file.close()


async def moments(workshop: str, people: int, leans: Mapping[str, Sequence[str]] | None = None) -> dict[str, View]:
    """Play a session to its end, and keep what its wall shows at each moment."""
    seen: dict[str, View] = {}
    async with company(workshop, people, leans) as here:
        while True:
            view = await here.look()
            step = here.room.session.step
            name = "lobby" if view.is_lobby else f"{step.id}-{view.place.state}" if step else view.place.state.value
            if name in seen and await here.skip():
                return seen
            if name not in seen:
                seen[name] = view
                await here.next()


async def still(view: View, size: tuple[int, int], theme: ColourTheme = ColourTheme.DARK) -> PyteTerminal:
    """Show a view on the wall, and give the terminal it stands on."""
    app = SharedScreenApp(Still(view), INVITATION, can_drive=True, now=lambda: NOON)
    app.wear(theme)
    terminal = PyteTerminal(*size)
    showing = asyncio.create_task(run_app(app, terminal))
    await terminal.until("f1 help" if not view.is_ended else "ctrl+q close")
    frozen = PyteTerminal(*size)
    frozen.screen = terminal.screen
    kept = [dict(row) for row in (terminal.screen.buffer[y] for y in range(size[1]))]
    terminal.hang_up()
    await showing
    frozen.screen.reset()
    for y, row in enumerate(kept):
        frozen.screen.buffer[y].update(row)
    return frozen


def empty_rows(terminal: PyteTerminal) -> float:
    """Give the share of rows that have neither a letter nor a ground of their own."""
    screen = terminal.screen
    ground = screen.buffer[0][0].bg
    empty = sum(
        all(not cell.data.strip() and cell.bg == ground and not cell.reverse for cell in cells)
        for cells in ([screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines))
    )
    return empty / screen.lines


async def rows() -> None:
    """Print how many rows of the wall are empty, on the results and questions of the three main sessions."""
    shares: list[float] = []
    for workshop in MAIN:
        for people in PEOPLE:
            found = []
            for view in (await moments(workshop, people)).values():
                is_question = view.place.state is State.OPEN and view.asks_everyone
                if is_question or (view.place.state is State.SHOWN and view.shown):
                    found.append(empty_rows(await still(view, (100, 30))))
            shares += found
            sys.stdout.write(f"{workshop:24} {people:3} people: {median(found):4.0%} of rows are empty (median)\n")
    sys.stdout.write(f"{'all':24}            {median(shares):4.0%}, at most {max(shares):.0%}\n")


_SEEN: dict[tuple[str, int, Leans], dict[str, View]] = {}


async def seen(shot: Shot) -> View:
    """Give what a wall shows at the moment of a picture; each session is played once."""
    key = (shot.workshop, shot.people, shot.leans)
    if key not in _SEEN:
        _SEEN[key] = await moments(shot.workshop, shot.people, dict(shot.leans))
    return _SEEN[key][shot.moment]


async def gallery() -> None:
    """Draw the gallery, and write the page it stands on."""
    parts = [_INTRODUCTION]
    for title, shots in SHOTS:
        parts.append(f"## {title}")
        for shot in shots:
            terminal = await still(await seen(shot), shot.size, shot.theme)
            name = f"wall-{shot.name}.svg"
            (HERE / "pictures" / name).write_text(svg(terminal, shot.words), encoding="utf-8")
            parts.append(f"{shot.words}.\n\n![{shot.words}](pictures/{name})")
    parts.append("## Beside the wall")
    parts += [f"{words}.\n\n![{words}](pictures/{name}.svg)" for name, words in BESIDE]
    (HERE / "gallery.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


async def matrix(folder: Path) -> None:
    """Draw every moment of the gallery at each size and in each theme."""
    for shot in chain.from_iterable(shots for _title, shots in SHOTS):
        for size, theme in product(SIZES, ColourTheme):
            drawn = svg(await still(await seen(shot), size, theme), shot.words)
            (folder / f"{shot.name}-{size[0]}x{size[1]}-{theme}.svg").write_text(drawn, encoding="utf-8")


async def below() -> None:
    """Print which results of the library go on below the wall, with six, nine and fourteen people."""
    results = 0
    for path, people in product(library(), PEOPLE):
        for name, view in (await moments(path.stem, people)).items():
            if view.place.state is not State.SHOWN or not view.shown:
                continue
            results += 1
            for size, space in SPACES.items():
                if len(wall(view, space)) > space.rows:
                    sys.stdout.write(f"{path.stem}, {people} people, {name.removesuffix('-shown')}: {size}\n")
    sys.stdout.write(f"{results} results looked at.\n")


def main() -> None:
    """Do what is asked on the command line."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("folder", nargs="?", type=Path)
    wanted.add_argument("--gallery", action="store_true")
    wanted.add_argument("--below", action="store_true")
    wanted.add_argument("--rows", action="store_true")
    asked = wanted.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        if asked.gallery:
            asyncio.run(gallery())
        if asked.below:
            asyncio.run(below())
        if asked.rows:
            asyncio.run(rows())
        if asked.folder:
            asked.folder.mkdir(parents=True, exist_ok=True)
            asyncio.run(matrix(asked.folder))


if __name__ == "__main__":
    main()
