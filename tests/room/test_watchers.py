"""A big room is told in waves, and nobody is left out of the last one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from rooms import join, new_session

from tisu_tui.core.translation import ENGLISH
from tisu_tui.room.room import LiveRoom
from tisu_tui.room.watchers import WAVE, Watcher, Watchers
from tisu_tui.session.changes import sealed
from tisu_tui.view.live import Live, SaveTrouble
from tisu_tui.view.view import Role, View
from tisu_tui.view.view import view as view_of

PEOPLE = 3 * WAVE


async def _hears(watcher: Watcher) -> bool:
    return await asyncio.wait_for(watcher.has_news(), 5)


async def _a_crowd() -> tuple[Watchers, list[Watcher], Watcher]:
    """Let people and the shared screen watch, who have all taken what there was to see."""
    watchers = Watchers()
    people = [Watcher(Role.PARTICIPANT, f"seat-{n}") for n in range(PEOPLE)]
    screen = Watcher(Role.SCREEN, "")
    for watcher in (*people, screen):
        watchers.add(watcher)
        assert await _hears(watcher)
    return watchers, people, screen


async def test_everybody_is_told_and_others_are_heard_between_the_waves() -> None:
    watchers, people, screen = await _a_crowd()
    waiting = [asyncio.create_task(watcher.has_news()) for watcher in (*people, screen)]
    await asyncio.sleep(0)
    watchers.tell({(role, ENGLISH) for role in Role}, ())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    done = [task.done() for task in waiting]
    assert done[-1]
    assert 0 < sum(done) < len(waiting)
    assert all(await asyncio.wait_for(asyncio.gather(*waiting), 5))


async def test_a_later_wave_sees_what_is_true_by_then(room: LiveRoom) -> None:
    seats = await join(room, WAVE + 1)
    views = [room.watch(Role.PARTICIPANT, seat) for seat in seats]
    for view in views:
        await anext(view)
    for failing in ("second", "third"):
        room.board.tell(replace(room.board.live, trouble=SaveTrouble(failing)))
    assert {(await anext(view)).failing.partition(" ")[0] for view in views} == {"third"}


async def test_the_end_waits_for_no_wave() -> None:
    watchers, people, _screen = await _a_crowd()
    watchers.tell({(Role.PARTICIPANT, ENGLISH)}, ())
    watchers.end()
    assert all(watcher.over for watcher in people)
    assert [await _hears(watcher) for watcher in people] == [True] * PEOPLE
    assert [await _hears(watcher) for watcher in people] == [False] * PEOPLE


async def test_whoever_answered_is_told_in_the_first_turn() -> None:
    watchers, people, _screen = await _a_crowd()
    waiting = [asyncio.create_task(watcher.has_news()) for watcher in people]
    await asyncio.sleep(0)
    watchers.tell({(Role.PARTICIPANT, ENGLISH)}, {people[-1].seat})
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [waiting[-1].done(), waiting[-2].done()] == [True, False]
    assert all(await asyncio.wait_for(asyncio.gather(*waiting), 5))


async def test_a_crowd_hears_of_what_can_wait_once_and_at_once_of_what_can_not() -> None:
    watchers, people, screen = await _a_crowd()
    watchers.tell(watchers.audiences, (), can_wait=True)
    assert await _hears(screen)
    waiting = [asyncio.create_task(watcher.has_news()) for watcher in people]
    for _turn in range(PEOPLE):
        await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    watchers.tell(watchers.audiences, ())
    assert all(await asyncio.wait_for(asyncio.gather(*waiting), 5))


async def test_a_crowd_hears_of_what_can_wait_by_and_by() -> None:
    watchers, people, _screen = await _a_crowd()
    for _time in range(2):
        watchers.tell(watchers.audiences, (), can_wait=True)
    assert all([await _hears(watcher) for watcher in people])


async def test_a_crowd_that_can_wait_is_told_once_however_much_happens_meanwhile() -> None:
    watchers, people, _screen = await _a_crowd()
    watchers.tell(watchers.audiences, ())  # a wave is on its way as more comes
    for _turn in range(PEOPLE):
        watchers.tell(watchers.audiences, (), can_wait=True)
        await asyncio.sleep(0)
    first = [asyncio.create_task(watcher.has_news()) for watcher in people]
    await asyncio.sleep(0)
    again = [asyncio.create_task(watcher.has_news()) for watcher in people]
    await asyncio.sleep(0)
    assert all(task.done() for task in first)
    assert not any(task.done() for task in again)
    for task in again:
        task.cancel()


async def test_a_crowd_in_a_lobby_is_not_drawn_anew_for_each_who_comes(room: LiveRoom) -> None:
    heard: list[View] = []

    async def watch(seat: str) -> None:
        async for view in room.watch(Role.PARTICIPANT, seat):
            heard.append(view)  # noqa: PERF401  # it is read while it grows

    seats = await join(room, WAVE + 1)
    watching = [asyncio.create_task(watch(seat)) for seat in seats]
    while len(heard) < len(seats):
        await asyncio.sleep(0)
    heard.clear()
    for _more in range(20):
        await join(room, 1)
    assert len(heard) <= len(seats)
    for task in watching:
        task.cancel()


FROZEN, STOPPED = Live(frozen=True), Live(stopped=True)


@pytest.mark.parametrize(
    ("state", "live", "failing", "stopped"),
    [
        ("open", FROZEN, "The facilitator has lost the connection. Your answers are safe. Please wait a moment.", ""),
        ("ended", FROZEN, "", ""),
        ("open", STOPPED, "", "We have stopped for now. What was recorded is safe."),
        ("rehearsal", STOPPED, "", "The rehearsal has stopped."),
        ("ended", STOPPED, "", "The session has ended."),
    ],
)
def test_what_is_said_of_the_host_goes_by_where_the_session_is(
    state: str, live: Live, failing: str, stopped: str
) -> None:
    session = replace(new_session(), rehearsal=state == "rehearsal")
    seen = view_of(sealed(session) if state == "ended" else session, Role.PARTICIPANT, live)
    assert (seen.failing, seen.stopped) == (failing, stopped)
    assert seen.can_return == (state == "open")
