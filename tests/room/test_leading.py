"""Who leads: one private screen of several until another takes over, and a calm wait when nobody is left to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from pathlib import Path

from rooms import a_room, go_to, join, reply, watched

from tisu_tui.core.records import RecordKind
from tisu_tui.room.protocol import DRIVER, PrivateScreen
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import CountHands, Direction, Go, Jot, Take, WriteRecord
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.view.view import Role, View

WORDS = "The facilitator has lost the connection. Your answers are safe. Please wait a moment."
LEADING = "Another private screen is leading. To lead from here: press f, or type take."


@asynccontextmanager
async def watching(room: LiveRoom | PrivateScreen, role: Role, seat: str = "") -> AsyncIterator[AsyncIterator[View]]:
    """Watch as a surface does, from the first view on."""
    views = room.watch(role, seat)
    await anext(views)
    async with aclosing(views):  # type: ignore[type-var]  # a room's iterator is a generator
        yield views


async def until(views: AsyncIterator[View], failing: str) -> View:
    return await watched(views, lambda view: view.failing == failing)


async def until_leads(views: AsyncIterator[View], *, leads: bool) -> None:
    await watched(views, lambda view: view.desk is not None and view.desk.leads is leads)


async def test_the_first_private_screen_leads_until_another_takes_over(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room, AsyncExitStack() as stack:
        one, other = PrivateScreen(room), PrivateScreen(room)
        of_one = await stack.enter_async_context(watching(one, Role.FACILITATOR))
        of_other = await stack.enter_async_context(watching(other, Role.FACILITATOR))
        await join(room, 6)
        await until_leads(of_other, leads=False)
        assert await other.submit(Go(room.session.place, Direction.NEXT)) == Refused(LEADING)
        assert await other.submit(CountHands(2)) == Refused(LEADING)
        assert room.session.place.step == -1
        assert isinstance(await other.submit(Jot("slow down")), Done)
        assert isinstance(await other.submit(WriteRecord(RecordKind.PARK, "later")), Done)
        assert await one.submit(Go(room.session.place, Direction.NEXT)) == Done()
        assert await other.submit(Take()) == Done(said="This screen is leading now.")
        await until_leads(of_other, leads=True)
        await until_leads(of_one, leads=False)
        assert await one.submit(Go(room.session.place, Direction.NEXT)) == Refused(LEADING)
        assert await other.submit(Go(room.session.place, Direction.NEXT)) == Done()


async def test_the_one_that_is_left_leads_when_the_other_is_gone(room: LiveRoom) -> None:
    one, other = PrivateScreen(room), PrivateScreen(room)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(watching(one, Role.FACILITATOR))
        async with watching(other, Role.FACILITATOR):
            await other.submit(Take())
            assert await one.submit(CountHands(1)) == Refused(LEADING)
        assert await one.submit(CountHands(1)) == Done()
    assert await other.submit(CountHands(2)) == Done()


async def test_what_the_host_terminal_does_needs_no_lead(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room, watching(PrivateScreen(room), Role.FACILITATOR):
        assert await room.submit(Go(room.session.place, Direction.NEXT)) == Done()


async def test_people_are_told_calmly_that_the_facilitator_is_gone_and_answer_on(tmp_path: Path) -> None:
    async with a_room(tmp_path, grace=0.01) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        async with watching(room, Role.PARTICIPANT, seats[0]) as seat, watching(room, Role.SCREEN) as screen:
            async with watching(PrivateScreen(room), Role.FACILITATOR):
                pass
            await until(seat, WORDS)
            await until(screen, WORDS)
            assert await reply(room, seats[0], "R1", ("2",)) == Done()
            async with watching(room, Role.FACILITATOR) as back:
                await until(seat, "")
                await until(screen, "")
                assert back


async def test_a_facilitator_who_is_back_in_a_moment_is_nobodys_news(tmp_path: Path) -> None:
    async with a_room(tmp_path, grace=60) as room, watching(room, Role.SCREEN) as screen:
        async with watching(room, Role.FACILITATOR):
            pass
        news = asyncio.ensure_future(anext(screen))
        async with watching(room, Role.FACILITATOR):
            assert not news.done()
        news.cancel()
        await asyncio.wait([news])


async def test_nobody_is_told_before_a_facilitator_came_or_while_the_host_terminal_can_pace(tmp_path: Path) -> None:
    async with a_room(tmp_path, grace=0.0) as room, watching(room, Role.SCREEN) as screen:
        async with watching(room, Role.SCREEN):
            pass
        await join(room, 5)  # the first news there is, after any freezing
        assert (await anext(screen)).failing == ""
        async with watching(room, Role.SCREEN, DRIVER):
            async with watching(room, Role.FACILITATOR):
                pass
            await room.submit(Go(room.session.place, Direction.NEXT))
            assert (await anext(screen)).failing == ""
        await until(screen, WORDS)


async def test_a_session_that_has_ended_waits_for_nobody(tmp_path: Path) -> None:
    async with a_room(tmp_path, grace=0.0) as room, watching(room, Role.SCREEN) as screen:
        async with watching(room, Role.FACILITATOR):
            await room.submit(Go(room.session.place, Direction.END))
            await anext(screen)
            await room.submit(Go(room.session.place, Direction.END))
        view = await anext(screen)
        assert (view.is_ended, view.failing) == (True, "")
        news = asyncio.ensure_future(anext(screen))
        await room.submit(Jot("late"))
        assert not news.done()
        news.cancel()
        await asyncio.wait([news])
