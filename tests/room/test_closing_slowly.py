"""While a close is worked out, everybody's screen goes on, and what they send waits its turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, press, reply, seen

from tisu_tui.activities.rate import Rate
from tisu_tui.core.activity import Given, Present
from tisu_tui.core.form import Answer
from tisu_tui.core.released import Count
from tisu_tui.session.commands import Done, Stale
from tisu_tui.session.session import Session, State
from tisu_tui.view.view import Role

LONG = 10.0
"""Seconds after which a room that stands still has failed the test."""


@dataclass(frozen=True)
class SlowRate(Rate):
    """Rates whose counting begins, and ends when it is allowed to."""

    began: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        self.began.set()
        assert self.may_end.wait(LONG)
        return super().count(answers, present, given)


def slow_session() -> tuple[Session, SlowRate]:
    session = new_session()
    (quick,) = (step.activity for step in session.workshop.steps if step.id == "rows")
    assert isinstance(quick, Rate)
    slow = SlowRate(quick.lines, quick.points, quick.sureness)
    steps = tuple(replace(each, activity=slow) if each.id == "rows" else each for each in session.workshop.steps)
    return replace(session, workshop=replace(session.workshop, steps=steps)), slow


def test_the_room_goes_on_while_a_close_is_worked_out(tmp_path: Path) -> None:
    async def play() -> None:
        session, slow = slow_session()
        async with a_room(tmp_path, session) as room:
            seats = await join(room, 6)
            await go_to(room, "rows")
            for seat in seats:
                assert await reply(room, seat, "R1", ("3",)) == Done()
            closing = asyncio.create_task(press(room))
            assert await asyncio.to_thread(slow.began.wait, LONG)
            # Somebody looks, and changes their answer, in the middle of it.
            assert (await seen(room, Role.PARTICIPANT, seats[0])).answer == {"R1": ("3",)}
            late = asyncio.create_task(reply(room, seats[0], "R1", ("5",)))
            assert (await seen(room, Role.FACILITATOR)).place.state is State.OPEN
            assert not closing.done()
            assert not late.done()
            slow.may_end.set()
            assert await closing == Done()
            assert await late == Stale()
            assert room.session.place.state is not State.OPEN

    asyncio.run(play())


def test_a_room_that_stops_finishes_the_close_first(tmp_path: Path) -> None:
    async def play() -> State:
        session, slow = slow_session()
        async with a_room(tmp_path, session) as room:
            await join(room, 6)
            await go_to(room, "rows")
            closing = asyncio.create_task(press(room))
            assert await asyncio.to_thread(slow.began.wait, LONG)
            asyncio.get_running_loop().call_soon(slow.may_end.set)
        assert await closing == Done()
        return room.session.place.state

    assert asyncio.run(play()) in {State.CLOSED, State.SHOWN}


@pytest.mark.parametrize(("people", "answers"), [(6, 0), (6, 4), (6, 6), (9, 2)])
def test_how_soon_a_small_room_hears_does_not_hang_on_who_answered(tmp_path: Path, people: int, answers: int) -> None:
    async def play() -> None:
        waits, may_go_on = asyncio.Event(), asyncio.Event()

        async def settle() -> None:
            waits.set()
            await may_go_on.wait()

        async with a_room(tmp_path, settle=settle) as room:
            seats = await join(room, people)
            may_go_on.set()
            await go_to(room, "rows")
            may_go_on.clear()
            waits.clear()
            for seat in seats[:answers]:
                assert await reply(room, seat, "R1", ("3",)) == Done()
            closing = asyncio.create_task(press(room))
            await asyncio.wait_for(waits.wait(), LONG)
            assert (await seen(room, Role.SCREEN)).place.state is State.OPEN
            assert not closing.done()
            may_go_on.set()
            assert await closing == Done()

    asyncio.run(play())


def test_a_large_room_waits_for_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async def settle() -> None:
            raise AssertionError("nothing is weighed here")

        async with a_room(tmp_path, settle=settle) as room:
            await join(room, 15)
            await go_to(room, "rows")
            assert await press(room) == Done()

    asyncio.run(play())
