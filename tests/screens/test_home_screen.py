"""The home screen: three lists, a search through all of them, and a command that runs once it has closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from rooms_on_screen import Someone

from tisu_tui.core.home import Deed, HomeItem, Shelf
from tisu_tui.screens.home import HomeApp

WORKSHOPS = Shelf(
    "Workshops",
    tuple(
        HomeItem(f"Workshop {n}", f"{n} min", (f"What workshop {n} is for.",), (Deed("Run it now", ("host", f"w{n}")),))
        for n in range(1, 31)
    ),
)
SESSIONS = Shelf(
    "Sessions",
    (
        HomeItem(
            "2026-11-18  Nights",
            "interrupted",
            ("Notes: exports/nights [x].md",),
            (Deed("Go on", ("host", "nights one", "--resume", "7k3m")), Deed("Delete it", ("forget", "7k3m"))),
            "swap shifts",
        ),
    ),
)
NOTHING = Shelf("To do", (), "Nothing is to be done.")


@asynccontextmanager
async def looking(
    *, more: Callable[[], Awaitable[Shelf]] | None = None, columns: int = 80, rows: int = 24
) -> AsyncIterator[tuple[Someone, HomeApp]]:
    app = HomeApp((WORKSHOPS, SESSIONS, NOTHING), more)
    someone = Someone(app, columns, rows)
    try:
        yield someone, app
    finally:
        await someone.hang_up()


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (80, 24), (200, 60)])
async def test_it_opens_on_workshops_and_says_what_each_is_for(columns: int, rows: int) -> None:
    async with looking(columns=columns, rows=rows) as (someone, _app):
        await someone.sees("Workshops 30", "Sessions 1", "To do 0", "› Workshop 1", "What workshop 1 is for.")
        await someone.press(*["down"] * 29)
        await someone.sees("› Workshop 30", "What workshop 30 is for.")
        await someone.press("\t", "\t")
        await someone.sees("Nothing is to be done.")


async def test_the_steps_of_a_workshop_are_read_once_it_is_opened_and_it_is_found_by_its_tags() -> None:
    deeds = (Deed("Run it now", ("host", "pulse")),)
    pulse = HomeItem(
        "A pulse", "first, 50 min, 5–16", ("for 5 to 16 people",), deeds, "pulse", ("About: TIPIG", " 1. Why")
    )
    app = HomeApp((Shelf("Workshops", (*WORKSHOPS.items[:2], pulse)), SESSIONS, NOTHING))
    someone = Someone(app, 80, 24)
    try:
        await someone.sees("first, 50 min, 5–16")
        await someone.press("/", "t", "i", "p", "i", "g", "enter", "enter")
        await someone.sees("About: TIPIG", "1. Why", "tisu host pulse")
    finally:
        await someone.hang_up()


async def test_what_can_be_done_is_shown_with_its_command_and_runs_once_it_has_closed() -> None:
    async with looking() as (someone, app):
        await someone.sees("Workshops 30")
        await someone.press("\t")
        await someone.sees("2026-11-18 Nights", "interrupted", "exports/nights [x].md")
        await someone.press("enter")
        await someone.sees("› 1  Go on", "tisu host 'nights one' --resume 7k3m", "tisu forget 7k3m")
        await someone.press("2", "up", "enter")
        await someone.has_left()
        assert app.chosen == ("host", "nights one", "--resume", "7k3m")


async def test_a_wide_window_shows_it_beside_the_list() -> None:
    async with looking(columns=120, rows=24) as (someone, _app):
        await someone.sees("tisu host w1", "› Workshop 1")
        for n in range(2, 31):
            await someone.press("down")
            await someone.sees(f"› Workshop {n} ", f"tisu host w{n}")


async def test_a_search_goes_through_every_list() -> None:
    async with looking() as (someone, _app):
        await someone.sees("Workshops 30")
        await someone.press("/", *"Swap q")
        await someone.sees("Search:", "Sessions 0")
        await someone.press("backspace", "backspace")
        await someone.sees("Workshops 0", "Sessions 1", "Nothing here has these words.")
        await someone.press("enter")
        await someone.sees("› 2026-11-18 Nights")
        await someone.press("escape")
        await someone.sees("Workshops 30")


async def test_what_takes_longer_comes_when_it_is_there() -> None:
    ready = asyncio.Event()

    async def more() -> Shelf:
        await ready.wait()
        return Shelf("To do", (HomeItem("Book the room — @sam", "due now"),))

    someone = Someone(HomeApp((WORKSHOPS, SESSIONS, NOTHING), more))
    await someone.sees("To do …")
    await someone.press("\t", "\t")
    ready.set()
    await someone.sees("To do 1", "› Book the room — @sam", "due now")
    await someone.press("enter")
    await someone.sees("Book the room", "esc go back")
    await someone.press("enter", "q")
    await someone.has_left()


async def test_what_can_not_be_worked_out_ends_the_screen_with_its_error() -> None:
    async def more() -> Shelf:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        await Someone(HomeApp((WORKSHOPS, SESSIONS, NOTHING), more)).has_left()


async def test_the_keys_are_on_the_help_key_and_q_closes_it() -> None:
    async with looking() as (someone, app):
        await someone.sees("f1 help")
        await someone.press("?")
        await someone.sees("tisu --plain")
        await someone.press(" ", "q")
        await someone.has_left()
        assert app.chosen == ()
