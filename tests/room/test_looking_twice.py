"""What the facilitator says before a question opens: that there will be two looks, or words in place of numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, press, reply, seen, stored

from tisu_tui.core.released import Finding, Released
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Careful, Direction, LookTwice
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.view.view import Role


async def look_twice(room: LiveRoom) -> Outcome:
    return await room.submit(LookTwice(room.session.place))


async def told(room: LiveRoom, seats: list[str], values: str) -> Released:
    for seat, value in zip(seats, values, strict=True):
        assert isinstance(await reply(room, seat, "R1", (value,)), Done)
    for _state in ("closed", "shown"):
        await press(room)
    released = room.session.rounds[-1].released
    assert released is not None
    return released


async def test_two_looks_are_said_before_the_first_and_share_what_is_told(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows", "waiting")
        assert isinstance(await look_twice(room), Done)
        await press(room)
        for seat in seats:
            assert "We look at this twice." in (await seen(room, Role.PARTICIPANT, seat)).promise
        assert "We look at this twice." in (await seen(room, Role.SCREEN)).promise
        first = (await told(room, seats, "233344")).tallies[0]
        assert (first.finding(Finding.MEDIAN), first.finding(Finding.CLOSE)) == ((("3",),), None)
        await press(room, Direction.AGAIN)
        await press(room)
        second = (await told(room, seats, "233344")).tallies[0]
        assert (second.finding(Finding.MEDIAN), second.finding(Finding.CLOSE)) == (None, (("close",),))
    assert stored(tmp_path)[0].twice == ("rows",)


async def test_two_looks_are_taken_back_before_the_first_and_never_announced_after_it(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows", "waiting")
    await look_twice(room)
    await look_twice(room)
    await press(room)
    assert "twice" not in (await seen(room, Role.PARTICIPANT, seats[0])).promise
    assert isinstance(await look_twice(room), Refused)
    await told(room, seats, "233344")
    await press(room, Direction.AGAIN)
    assert isinstance(await look_twice(room), Refused)
    assert room.session.twice == ()


@pytest.mark.parametrize("step", ["arrive", "ideas", "try"])
async def test_nothing_else_has_a_second_look(step: str, room: LiveRoom) -> None:
    await join(room, 6)
    assert isinstance(await look_twice(room), Refused)
    await go_to(room, step, "waiting")
    assert isinstance(await look_twice(room), Refused)


CAREFUL = """---
tisu: 1
title: A day on the moon
careful: yes
---

## How far along are we?

`rate` `id rows`

1. `R1` People can see that leaders care.

- 1: Not started
- 2: Early steps
- 3: Partly in place
- 4: In place
- 5: Kept up

## Aftercare

`talk` `id aftercare`
"""
WITHOUT = CAREFUL.replace("careful: yes\n", "")
TAKES_CARE = "This group takes care: results are told in words, and never in numbers."


@pytest.mark.parametrize(("source", "key"), [(CAREFUL, False), (WITHOUT, True)])
@pytest.mark.parametrize("people", [6, 10, 12])
async def test_a_group_that_takes_care_reads_so_on_the_wall_and_is_told_words(
    source: str, people: int, tmp_path: Path, *, key: bool
) -> None:
    async with a_room(tmp_path, new_session(source)) as room:
        seats = await join(room, people)
        assert (TAKES_CARE in (await seen(room, Role.SCREEN)).lobby) is not key
        outcome = await room.submit(Careful(careful=True))
        assert isinstance(outcome, Done if key else Refused)
        for role in (Role.SCREEN, Role.PARTICIPANT):
            assert TAKES_CARE in (await seen(room, role, seats[0])).lobby
        await go_to(room, "rows")
        assert "numbers" not in (await seen(room, Role.PARTICIPANT, seats[0])).promise
        tally = (await told(room, seats, "233344333344"[:people])).tallies[0]
        assert not any(isinstance(n, int) for n in (*tally.counts, tally.answered))
        assert tally.finding(Finding.MEDIAN) == (("3",),)
        assert (tally.finding(Finding.QUARTILES) is not None) == (people == 12)
        assert isinstance(await room.submit(Careful(careful=False)), Refused)


async def test_the_same_room_without_it_is_told_numbers(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(WITHOUT)) as room:
        seats = await join(room, 10)
        await go_to(room, "rows")
        tally = (await told(room, seats, "2333443333")).tallies[0]
        assert tally.counts[:5] == (0, 1, 7, 2, 0)
