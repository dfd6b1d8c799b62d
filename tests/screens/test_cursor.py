"""The terminal's own cursor stands on what is marked or typed: magnifiers, braille lines and speech follow it."""

from __future__ import annotations

import pytest
from rooms_on_screen import Gathering, Someone


def under(someone: Someone) -> str:
    """Give the row on which a cursor can be seen, from there on; empty where none can."""
    screen = someone.terminal.screen
    return "" if screen.cursor.hidden else screen.display[screen.cursor.y][screen.cursor.x :].rstrip()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (45, 20), (40, 15)])
async def test_it_stands_on_the_marked_answer_and_goes_where_the_mark_goes(
    gathering: Gathering, columns: int, rows: int
) -> None:
    someone = await gathering.participant(columns, rows)
    await someone.sees("Welcome")
    assert under(someone) == ""
    await gathering.go_to("arrive")
    await someone.sees("enter send")
    assert under(someone) == ""  # nothing is marked beforehand
    for key, answer in (("2", "› 2  In the window"), ("down", "› 3  Above"), ("p", "› p  Pass")):
        await someone.press(key)
        await someone.sees(answer)
        assert under(someone).startswith(answer), key
    await someone.press("f1")
    await someone.sees("Help")
    assert under(someone) == ""
    await someone.press(" ")
    await someone.sees("› p  Pass")
    assert under(someone).startswith("› p  Pass")


async def test_it_stands_behind_what_is_typed_and_no_cell_is_painted_in_its_place(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k")
    await someone.press(*"tea", "ctrl+a")
    await someone.terminal.until(lambda: under(someone) == "tea")
    assert not any(cell.reverse for row in someone.terminal.screen.buffer.values() for cell in row.values())
    await someone.press("ctrl+x")
    await someone.has_left()
    assert not someone.terminal.screen.cursor.hidden


async def test_it_stands_on_the_line_of_a_list_and_in_a_box_of_the_console(gathering: Gathering) -> None:
    console = gathering.console(100, 40)
    await console.sees("e end")
    assert under(console) == ""
    await console.press("ctrl+p", "down")
    await console.sees("›")
    assert under(console).startswith("›")
    await console.press("escape")
    await console.sees("e end")
    await console.press("a", *"Tea", "ctrl+a")
    await console.sees("> Tea")
    assert under(console) == "Tea"


async def test_on_the_way_to_its_place_it_is_not_seen(gathering: Gathering) -> None:
    someone = await gathering.participant()
    await gathering.go_to("arrive")
    await someone.sees("enter send")
    await someone.press("1")
    await someone.sees("› 1")
    before = len(someone.terminal.written)
    await someone.press("2")
    await someone.sees("› 2")
    frame = bytes(someone.terminal.written[before:])
    assert frame.startswith(b"\x1b[?25l")
    assert frame.endswith(b"\x1b[?25h")
