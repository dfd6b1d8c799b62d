"""What can be read, measured in what terminals are sent: each letter of a session, in each theme and depth."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from pyte.screens import Char
from rooms_on_screen import INVITATION, Gathering, a_gathering
from terminal_double import PyteTerminal

from tisu_tui.screens.console import ConsoleApp
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.layout import Page
from tisu_tui.screens.paging import PagingApp
from tisu_tui.screens.palette import ColourTheme, StyleName
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.screens.shared import SharedScreenApp
from tisu_tui.session.commands import Direction, Go, Join
from tisu_tui.session.outcomes import Done, Refused

# As xterm shows them, by the names that pyte gives to them.
SIXTEEN = {
    "black": "000000",
    "red": "cd0000",
    "green": "00cd00",
    "brown": "cdcd00",
    "blue": "0000ee",
    "magenta": "cd00cd",
    "cyan": "00cdcd",
    "white": "e5e5e5",
    "brightblack": "7f7f7f",
    "brightred": "ff0000",
    "brightgreen": "00ff00",
    "brightbrown": "ffff00",
    "brightyellow": "ffff00",
    "brightblue": "5c5cff",
    "brightmagenta": "ff00ff",
    "brightcyan": "00ffff",
    "brightwhite": "ffffff",
}
TERMINALS: Mapping[str, Mapping[str, bool | str]] = {
    "16": {"term": "linux", "truecolour": False},
    "256": {"term": "xterm-256color", "truecolour": False},
    "truecolour": {"term": "xterm-256color", "truecolour": True},
}


def light(colour: str) -> float:
    name = SIXTEEN.get(colour, colour)
    parts = [int(name[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(cell: Char) -> float:
    one, other = light(cell.fg), light(cell.bg)
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def inked(terminal: PyteTerminal) -> Iterator[Char]:
    """Give each cell of a screen that has something on it."""
    screen = terminal.screen
    for y in range(screen.lines):
        yield from (screen.buffer[y][x] for x in range(screen.columns) if screen.buffer[y][x].data.strip())


async def looked_at(gathering: Gathering, *terminals: PyteTerminal, theme: ColourTheme) -> Iterator[tuple[str, Char]]:
    """Go through a session in front of a seat, a wall and a console, and give each cell that was ever drawn."""
    outcome = await gathering.room.submit(Join(is_new=True))
    assert isinstance(outcome, Done)
    room = gathering.room
    apps: list[PagingApp] = [
        ParticipantApp(room, outcome.seat, INVITATION),
        SharedScreenApp(room, INVITATION, can_drive=True),
        ConsoleApp(room, INVITATION, None),
    ]
    visits = []
    for app, terminal in zip(apps, terminals, strict=True):
        app.wear(theme)
        visits.append(asyncio.create_task(run_app(app, terminal)))
    found: dict[tuple[str, Char], None] = {}
    for _press in range(60):
        for _turn in range(60):
            await asyncio.sleep(0)
        for terminal in terminals:
            found |= {(room.session.place.state.value, cell): None for cell in inked(terminal)}
        if room.session.is_ended:
            break
        if room.session.place.state.value == "open" and room.session.form(9).fields:
            for field in room.session.form(9).fields:
                options = getattr(field, "options", ())
                for seat in gathering.seats:
                    with suppress(AssertionError):
                        await gathering.reply(seat, field.id, (options[-1].id,) if options else ("A thought",))
        if isinstance(await room.submit(Go(room.session.place, Direction.NEXT)), Refused):
            await room.submit(Go(room.session.place, Direction.SKIP))
    for terminal in terminals:
        terminal.hang_up()
    await asyncio.gather(*visits)
    return iter(found)


def at_terminals(**facts: bool | str) -> tuple[PyteTerminal, ...]:
    return tuple(PyteTerminal(*size, **facts) for size in ((80, 24), (100, 30), (100, 40)))  # type: ignore[arg-type]  # each by its name


@pytest.mark.parametrize(
    ("theme", "terminal"),
    [(ColourTheme.DARK, "truecolour"), (ColourTheme.LIGHT, "256"), (ColourTheme.CONTRAST, "16")],
)
async def test_every_letter_of_a_session_can_be_read(tmp_path: Path, theme: ColourTheme, terminal: str) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        cells = [*await looked_at(gathering, *at_terminals(**TERMINALS[terminal]), theme=theme)]
    assert {state for state, _cell in cells} >= {"waiting", "open", "closed", "shown", "ended"}
    least = 7 if theme is ColourTheme.CONTRAST else 4.5
    pairs = {(cell.fg, cell.bg): round(contrast(cell), 2) for _state, cell in cells}
    assert len(pairs) > 3
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < least} == {}


@pytest.mark.parametrize("facts", [{"colour": False}, {"term": "linux", "colour": False}])
async def test_no_colour_is_sent_where_none_is_wanted(tmp_path: Path, facts: Mapping[str, bool | str]) -> None:
    async with a_gathering(tmp_path, 8) as gathering:
        cells = [*await looked_at(gathering, *at_terminals(**facts), theme=ColourTheme.DARK)]
    assert {(cell.fg, cell.bg) for _state, cell in cells} == {("default", "default")}
    # What would be said by colour is said by weight, and by reversed letters.
    assert any(cell.bold for _state, cell in cells)
    assert any(cell.reverse for _state, cell in cells)


class EveryStyle(PagingApp):
    """Shows a line in each of the styles that any screen at any moment is made of."""

    def page(self, width: int, height: int) -> Page:
        del width, height
        return Page(tuple(((f"{name} ▌ ■ ━ █", name),) for name in get_args(StyleName)))

    def turn(self, key: str, character: str) -> None:
        """Hear nothing."""


@pytest.mark.parametrize("theme", [ColourTheme.DARK, ColourTheme.LIGHT, ColourTheme.CONTRAST])
@pytest.mark.parametrize("terminal", TERMINALS)
async def test_every_style_can_be_read_whatever_is_drawn_in_it(theme: ColourTheme, terminal: str) -> None:
    names = get_args(StyleName)
    shown = PyteTerminal(60, len(names) + 8, **TERMINALS[terminal])  # type: ignore[arg-type]  # each by its name
    app = EveryStyle()
    app.wear(theme)
    visit = asyncio.create_task(run_app(app, shown))
    await shown.until(names[-1] + " ▌")
    least = 7 if theme is ColourTheme.CONTRAST else 4.5
    rows = {row.split()[0]: y for y, row in enumerate(shown.text().splitlines()) if "▌" in row}
    assert {*rows} == {*names}
    found = {name: [cell for cell in shown.screen.buffer[y].values() if cell.data.strip()] for name, y in rows.items()}
    ratios = {name: round(min(map(contrast, cells)), 2) for name, cells in found.items()}
    assert {name: ratio for name, ratio in ratios.items() if ratio < least} == {}
    shown.hang_up()
    await visit
