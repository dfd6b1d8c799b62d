"""A big room is told in waves, and nobody is left out of the last one."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rooms import a_room, join, new_session

from tisu_tui.core.translation import ENGLISH
from tisu_tui.room.watchers import WAVE, Watcher, Watchers
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, View, view

PEOPLE = 3 * WAVE


async def _told(watcher: Watcher) -> View:
    latest = await asyncio.wait_for(watcher.next(), 5)
    assert latest is not None
    return latest


def _room() -> tuple[Watchers, list[Watcher], Watcher, list[str]]:
    session, words = new_session(), ["first"]

    def draw(watcher: Watcher) -> View:
        return view(session, watcher.role, Live(failing=words[0]))

    watchers = Watchers(draw)
    people = [Watcher(Role.PARTICIPANT, f"seat-{n}") for n in range(PEOPLE)]
    screen = Watcher(Role.SCREEN, "")
    for each in (*people, screen):
        watchers.add(each)
    return watchers, people, screen, words


def _first_word(seen: View) -> str:
    """Give the word that was shown; what people are to do about a failure stands behind it."""
    return seen.failing.partition(" ")[0]


async def test_everybody_is_told_and_others_are_heard_between_the_waves() -> None:
    watchers, people, screen, words = _room()
    for each in (*people, screen):
        await _told(each)
    words[0] = "second"
    waiting = [asyncio.create_task(each.next()) for each in (*people, screen)]
    await asyncio.sleep(0)
    watchers.tell({(role, ENGLISH) for role in Role}, ())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    done = [task.done() for task in waiting]
    assert done[-1]
    assert 0 < sum(done) < len(waiting)
    told = await asyncio.wait_for(asyncio.gather(*waiting), 5)
    assert {_first_word(each) for each in told if each} == {"second"}


async def test_a_later_wave_sees_what_is_true_by_then() -> None:
    watchers, people, _screen, words = _room()
    for each in people:
        await _told(each)
    words[0] = "second"
    watchers.tell({(Role.PARTICIPANT, ENGLISH)}, ())
    words[0] = "third"
    assert _first_word(await _told(people[-1])) == "third"


async def test_the_end_waits_for_no_wave() -> None:
    watchers, people, _screen, words = _room()
    for each in people:
        await _told(each)
    words[0] = "second"
    watchers.tell({(Role.PARTICIPANT, ENGLISH)}, ())
    watchers.end()
    assert all(each.over for each in people)
    assert [_first_word(await _told(each)) for each in people] == ["second"] * PEOPLE


async def test_whoever_answered_is_told_in_the_first_turn() -> None:
    watchers, people, _screen, words = _room()
    for each in people:
        await _told(each)
    words[0] = "second"
    watchers.tell({(Role.PARTICIPANT, ENGLISH)}, {people[-1].seat})
    words[0] = "third"
    assert _first_word(await _told(people[-1])) == "second"


async def test_a_crowd_hears_of_what_can_wait_once_and_at_once_of_what_can_not() -> None:
    watchers, people, screen, words = _room()
    for each in (*people, screen):
        await _told(each)
    words[0] = "second"
    watchers.tell(watchers.audiences, (), can_wait=True)
    assert _first_word(await _told(screen)) == "second"
    waiting = [asyncio.create_task(each.next()) for each in people]
    for _turn in range(PEOPLE):
        await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    words[0] = "third"
    watchers.tell(watchers.audiences, ())
    told = await asyncio.wait_for(asyncio.gather(*waiting), 5)
    assert {_first_word(each) for each in told if each} == {"third"}


async def test_a_crowd_hears_of_what_can_wait_by_and_by() -> None:
    watchers, people, _screen, words = _room()
    for each in people:
        await _told(each)
    for words[0] in ("second", "third"):
        watchers.tell(watchers.audiences, (), can_wait=True)
    assert {_first_word(await _told(each)) for each in people} == {"third"}


async def test_a_crowd_that_can_wait_is_told_once_however_much_happens_meanwhile() -> None:
    watchers, people, _screen, words = _room()
    for each in people:
        await _told(each)
    watchers.tell(watchers.audiences, ())  # a wave is on its way as more comes
    for turn in range(PEOPLE):
        words[0] = f"turn-{turn}"
        watchers.tell(watchers.audiences, (), can_wait=True)
        await asyncio.sleep(0)
    drawn = [asyncio.create_task(each.next()) for each in people]
    await asyncio.sleep(0)
    again = [asyncio.create_task(each.next()) for each in people]
    await asyncio.sleep(0)
    assert all(task.done() for task in drawn)
    assert not any(task.done() for task in again)
    for task in again:
        task.cancel()


async def test_a_crowd_in_a_lobby_is_not_drawn_anew_for_each_who_comes(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        heard: list[View] = []

        async def watch(seat: str) -> None:
            async for each in room.watch(Role.PARTICIPANT, seat):
                heard.append(each)  # noqa: PERF401  # it is read while it grows

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
