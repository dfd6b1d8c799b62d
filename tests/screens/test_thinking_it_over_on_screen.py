"""On screens: asking in private for a line to be softened, answering that, and leaving the notes open."""

from __future__ import annotations

import pytest
from rooms_on_screen import Gathering, Someone

from tisu_tui.core.records import RecordKind
from tisu_tui.session.commands import Direction, Go, WriteRecord


async def read_together(gathering: Gathering) -> None:
    for n in range(1, 13):
        await gathering.room.submit(WriteRecord(RecordKind.CONCERN, f"Worry {n} about nights"))
    await gathering.room.submit(WriteRecord(RecordKind.ACTION, "Book the room @sam 2026-12-01"))
    while not gathering.room.session.is_reading:
        await gathering.room.submit(Go(gathering.room.session.place, Direction.SKIP))


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (80, 24), (200, 60)])
async def test_somebody_asks_about_a_line_and_only_the_console_hears(
    gathering: Gathering, columns: int, rows: int
) -> None:
    someone, other = await gathering.participant(columns, rows), await gathering.participant()
    wall, console = gathering.shared(rows=40), gathering.console(120, 40)
    await read_together(gathering)
    await someone.sees("ask in private to soften a line")
    await console.sees("leave it open, to think it over")
    await wall.sees("Worry 12")
    await other.sees("Reading the notes")
    before = wall.terminal.text(), other.terminal.text()
    await someone.press("s")
    await someone.sees("Which line should be softened or", "› ", "ask in private")
    await someone.press("1", "2", "down", "enter")
    await someone.sees("Asked. Only the facilitator is")
    await console.sees("Somebody asks for line 13", "stays, unless you change it.")
    assert (wall.terminal.text(), other.terminal.text()) == before
    await someone.press("s", "3", "enter")
    await console.sees("Somebody asks for lines 3 and 13", "Next: leave out 3")
    await someone.sees("Asked.")
    await someone.press(" ")
    await someone.sees_no("Asked.")


async def test_the_console_strikes_softens_or_lets_a_line_stand(gathering: Gathering) -> None:
    someone, console = await gathering.participant(), gathering.console(100, 40)
    await read_together(gathering)
    await someone.sees("Reading the notes")
    for number in ("1", "2", "3"):
        await someone.press("s", number, "enter")
        await someone.sees("Asked.")
    await console.sees("lines 1 to 3")
    await console.press("m")
    await console.sees("somebody asks: Worry 1 about nights", "it stands")
    await console.press("k", "enter", "2", "w", "enter", *["backspace"] * 6, *"shifts", "enter")
    await someone.sees("Worry 2 about shifts")
    await console.press("3", "s", "enter")
    await someone.sees_no("Worry 3 about nights")
    await console.sees_no("somebody asks:")
    assert (gathering.room.session.struck, gathering.room.session.softened) == (1, 1)


async def test_notes_left_open_say_so_on_every_screen(gathering: Gathering) -> None:
    people: list[Someone] = [await gathering.participant(), gathering.shared(rows=40)]
    console = gathering.console()
    await read_together(gathering)
    await console.sees("leave it open")
    await console.press("o", "enter")
    for each in (*people, console):
        await each.sees("These notes stay open")
    await people[0].sees("Some of this may stay with you")
    await people[1].sees("ctrl+q close")
