"""Steps over time on a screen: statements down, sessions across, and what stands behind one of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rooms_on_screen import Someone

from tisu_tui.core.later import Row
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import RecordKind
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import promises
from tisu_tui.memory.trend import Trend, trend_of
from tisu_tui.screens.trend import TrendApp

SCALE = ("1 Not started", "2 Early steps", "3 Partly in place")
DATES = [f"2026-0{n}-01" for n in range(1, 6)]


def row(step: str, name: str, middle: int) -> Row:
    return Row(step, name, f"{name} Leaders show openly that they care.", SCALE, (SCALE[middle],), spread="some")


def trends(sessions: int = 3) -> list[Trend]:
    pasts = [
        Past(
            f"s{n}",
            date,
            "w.md",
            "Where we are",
            "8–11",
            records=(read_record(RecordKind.ACTION, n, f"R2 Book the room @sam {date}"),),
            rows=(row("rows", "R1", n % 3), *((row("rows", "R2", 1),) if n else ()), row("other", "Q1", 0)),
        )
        for n, date in enumerate(DATES[:sessions])
    ]
    return [trend_of(pasts, step, promises(pasts)) for step in ("rows", "other")]


@asynccontextmanager
async def looking(*, sessions: int = 3, columns: int = 80, rows: int = 24) -> AsyncIterator[Someone]:
    someone = Someone(TrendApp(trends(sessions)), columns, rows)
    try:
        yield someone
    finally:
        await someone.hang_up()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (200, 60)])
async def test_each_session_has_its_column_with_the_middle_and_a_word(columns: int, rows: int) -> None:
    async with looking(columns=columns, rows=rows) as someone:
        await someone.sees("Over time: rows", *DATES[:3], "2 Early steps", "some agreement", "–")
        await someone.sees("We may not be the same people each time.")


async def test_enter_shows_what_stands_behind_a_statement() -> None:
    async with looking() as someone:
        await someone.sees("› R1")
        await someone.press("down")
        await someone.sees("› R2")
        await someone.press("enter")
        await someone.sees(
            "Actions and requests", "Promised on 1 February 2026: R2 Book the room — @sam, due 1 February 2026"
        )
        await someone.sees("On 1 February 2026 and on 1 March 2026: 2 Early steps.")
        await someone.press("escape")
        await someone.sees("› R2")


async def test_a_narrow_window_shows_the_latest_sessions_and_the_arrows_the_others() -> None:
    async with looking(sessions=5) as someone:
        await someone.sees(DATES[4], "other sessions")
        await someone.sees_no(DATES[0])
        await someone.press(*["\x1b[D"] * 5)
        await someone.sees(DATES[0])
        await someone.sees_no(DATES[4])


async def test_tab_goes_to_the_next_step_and_help_says_what_it_is() -> None:
    async with looking() as someone:
        await someone.sees("1 of 2")
        await someone.press("\t")
        await someone.sees("Over time: other", "2 of 2", "› Q1")
        await someone.press("?")
        await someone.sees("What this shows")
        await someone.press("escape")
        await someone.sees("› Q1")


async def test_q_closes_it() -> None:
    async with looking() as someone:
        await someone.sees("Over time")
        await someone.press("q")
        await someone.has_left()
