"""The run sheet in clock times: from when it began, re-timed as it goes, and breaks are never what is left out."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import re
from pathlib import Path

import pytest

from tisu_tui.core.days import Times, clock, read_clock
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Direction, Go
from tisu_tui.session.session import Session
from tisu_tui.store.sessions import SessionFile
from tisu_tui.view.schedule import agenda, forecast
from tisu_tui.view.view import Role, View
from tisu_tui.workshop.reader import read

SOURCE = """---
tisu: 1
title: A morning
---

# A morning

## Welcome

`talk` `10 min` `id welcome`

## What helps?

`gather` `20 min` `id helps`

## A break

`pause` `15 min` `id break`

## Talk

`talk` `8 min` `id talk`

## How was it?

`close` `5 min` `id close`
"""
WORKSHOP = read(SOURCE, "morning.md").workshop
assert WORKSHOP is not None
STEPS = WORKSHOP.steps


def begins(at: int, times: Times) -> tuple[str, ...]:
    return tuple(line.begins for line in agenda(STEPS, at, at, times))


def test_before_it_begins_times_count_from_the_plan_or_from_now() -> None:
    planned = Times(now=read_clock("9:50"), planned=read_clock("10:00"))
    assert begins(-1, planned) == ("10:00", "10:10", "10:30", "10:45", "10:53")
    assert forecast(STEPS, -1, planned) == "On time; ends 10:58."
    # Nothing is said once the notes are read, where nobody planned, or where nobody knows the time.
    assert forecast(STEPS, len(STEPS), planned) == forecast((), -1, planned) == forecast(STEPS, 0, Times()) == ""
    assert begins(-1, Times(now=read_clock("9:50")))[0] == "09:50"
    late = Times(now=read_clock("10:05"), planned=read_clock("10:00"))
    assert begins(-1, late)[0] == "10:05"


def test_a_step_that_takes_longer_moves_all_that_follow() -> None:
    start = read_clock("10:00")
    times = Times(now=start + 17, planned=start, began=start, since=start)
    assert begins(0, times) == ("10:00", "10:17", "10:37", "10:52", "11:00")
    assert forecast(STEPS, 0, times) == "7 minutes late; ends 11:05; without step 4: 10:57."


def test_a_break_and_the_last_step_are_never_what_is_left_out() -> None:
    start = read_clock("10:00")
    times = Times(now=start + 60, planned=start, began=start, since=start + 40)
    assert forecast(STEPS, 2, times).endswith("without step 4: 11:05.")
    assert "without" not in forecast(STEPS, 3, Times(start + 90, start, start, start + 80))


def test_early_is_said_and_midnight_is_no_end() -> None:
    start = read_clock("23:50")
    times = Times(now=start + 5, planned=start, began=start, since=start + 5)
    assert forecast(STEPS, 1, times) == "5 minutes early; ends 00:43."


@pytest.mark.parametrize("text", ["24:00", "10", "10:60", "ten", "1:2"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_clock(text)


def test_times_are_written_in_two_digits() -> None:
    assert (clock(5), clock(24 * 60 + 61)) == ("00:05", "01:01")


async def test_the_console_has_times_and_nobody_else_is_told_of_the_clock(tmp_path: Path) -> None:
    now = [dt.datetime(2026, 11, 29, 10, 0, tzinfo=dt.UTC)]
    assert WORKSHOP is not None
    file = SessionFile(tmp_path / "k7m2.json", dt.date(2026, 11, 29))
    session = Session("k7m2", "2026-11-29", WORKSHOP, "k7mn4pr")
    async with LiveRoom(
        session, None, file, chance=random.Random(1), tick=0.01, planned=600, now=lambda: now[0]
    ) as room:
        latest: dict[Role, View] = {}
        told = dict.fromkeys(Role, 0)

        async def look(role: Role) -> None:
            async for view in room.watch(role):
                latest[role] = view
                told[role] += 1

        watching = [asyncio.create_task(look(role)) for role in (Role.FACILITATOR, Role.SCREEN)]
        await room.submit(Go(room.session.place, Direction.NEXT))
        await asyncio.sleep(0.05)
        before = dict(told)
        now[0] += dt.timedelta(minutes=14)
        async with asyncio.timeout(5):
            while "4 minutes late" not in (latest[Role.FACILITATOR].desk or pytest.fail("no desk")).forecast:
                await asyncio.sleep(0.01)
        desk = latest[Role.FACILITATOR].desk
        assert desk is not None
        assert [item.begins for item in desk.agenda][:2] == ["10:00", "10:14"]
        assert told[Role.FACILITATOR] > before[Role.FACILITATOR]
        assert told[Role.SCREEN] == before[Role.SCREEN]
        for task in watching:
            task.cancel()
    file.close()
