"""A pause of everybody on every screen: a large word, nothing to do, and afterwards all is as it was."""

from __future__ import annotations

import pytest
from rooms_on_screen import INVITATION, Gathering, Someone

from tisu_tui.screens.laptop import LaptopApp
from tisu_tui.session.commands import Bring, Direction, Go
from tisu_tui.session.outcomes import Done


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (45, 20), (100, 30)])
async def test_the_same_key_pauses_and_goes_on_and_a_draft_stays(gathering: Gathering, columns: int, rows: int) -> None:
    console = gathering.console(100, 40)
    wall = gathering.shared(columns=columns, rows=rows)
    person = await gathering.participant(columns, rows)
    await gathering.go_to("ideas")
    await person.sees("What would you change?")
    await person.press(*"fewer fo")
    await console.press("p", "enter")
    await person.sees("We pause.", "What you sent")
    await wall.sees("space go on")  # what it says is in large letters, and stands there once
    assert "We pause" not in wall.terminal.text()
    assert "open · Step" not in wall.terminal.text()
    await console.sees("Now: we pause", "go on after the pause")
    # Keys answer nothing, a breath is one key away, and so is the way out.
    await person.press(*"xyz", "enter")
    await person.press("ctrl+g")
    await person.sees("Look around")
    await person.press("ctrl+g")
    await person.sees("We pause.")
    late = await gathering.participant(columns, rows)
    await late.sees("We pause.", "Your three words to come back:")
    await console.press("p", "enter")
    await person.sees("fewer fo")
    assert "xyz" not in person.terminal.text()
    await person.press(*"rms", "enter")
    await person.sees("fewer forms", "Recorded")
    await late.sees("What would you change?")
    await wall.sees("What would you change?")


async def test_space_on_the_wall_goes_on_and_seals_nothing(gathering: Gathering) -> None:
    console, wall = gathering.console(100, 40), gathering.shared()
    while not gathering.room.session.is_reading:
        await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    await console.press("p", "enter")
    await wall.sees("space go on")
    await wall.press(" ")
    await wall.sees("Reading the notes together")
    assert gathering.room.session.is_reading


async def test_a_turn_on_the_laptop_stays_in_a_pause_and_none_begins(gathering: Gathering) -> None:
    console, brought = gathering.console(100, 40), await gathering.room.submit(Bring())
    assert isinstance(brought, Done)
    laptop = Someone(LaptopApp(gathering.room, brought.seat, INVITATION), 80, 24)
    gathering.people.append(laptop)
    await gathering.go_to("ideas")
    await laptop.sees("Whose turn is it?")
    await console.press("p", "enter")
    await laptop.sees("We pause.")
    await laptop.sees_no("ctrl+g")  # nothing lies behind it on a cover
    await laptop.press("enter")
    await laptop.sees("We pause.")
    await console.press("p", "enter")
    await laptop.sees("Whose turn is it?")


async def test_closing_soon_is_read_everywhere_without_a_time(gathering: Gathering) -> None:
    console, wall, person = gathering.console(100, 40), gathering.shared(), await gathering.participant()
    await gathering.go_to("ideas")
    await console.sees("c closing soon")
    await console.press("c", "enter")
    for each in (console, wall, person):
        await each.sees("Closing soon. Send what you have.")
    await person.sees("What would you change?")
    await console.press(" ")
    for each in (console, wall, person):
        await each.sees_no("Closing soon")
