"""Anybody may say in private that there are more screens than people: then heads are counted."""

from __future__ import annotations

from pathlib import Path

from rooms import a_room, go_to, join, press, reply, seen, stored, watched

from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import CountHands, CountHeads, Direction, Doubt, Leave
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import State
from tisu_tui.view.view import Role, View

NEVER = 3600.0
"""A tick that does not come while a test runs."""
ASKS = "Somebody asks if there are more screens than people. 9 screens are here. Let us count heads."


async def looks(room: LiveRoom, seats: list[str]) -> list[View]:
    return [
        await seen(room, Role.SCREEN),
        await seen(room, Role.FACILITATOR),
        await seen(room, Role.PARTICIPANT, *seats),
    ]


async def told(room: LiveRoom, role: Role, text: str) -> None:
    await watched(room.watch(role), lambda view: text in repr(view))


async def test_nothing_moves_as_somebody_says_it(tmp_path: Path) -> None:
    async with a_room(tmp_path, tick=NEVER) as room:
        seats = await join(room, 9)
        await go_to(room, "rows")
        before = await looks(room, seats[:1])
        said = await room.submit(Doubt(seats[3]))
        assert isinstance(said, Done)
        assert "not who asked" in said.said
        assert await looks(room, seats[:1]) == before
    session, _box = stored(tmp_path)
    assert session.doubted
    assert seats[3] not in repr(session)


async def test_the_wall_and_the_facilitator_ask_for_a_count_and_nobody_else_until_heads_are_counted(
    room: LiveRoom,
) -> None:
    seats = await join(room, 9)
    await go_to(room, "rows")
    for seat in seats[:2]:
        await room.submit(Doubt(seat))
    await told(room, Role.SCREEN, ASKS)
    await told(room, Role.FACILITATOR, "people 9.")
    assert "count heads" not in repr(await seen(room, Role.PARTICIPANT, seats[0]))
    await room.submit(CountHands(2))
    assert (await seen(room, Role.SCREEN)).counting == ASKS
    await room.submit(CountHeads(8))
    assert (await seen(room, Role.SCREEN)).counting == ""
    desk = (await seen(room, Role.FACILITATOR)).desk
    assert desk is not None
    assert "people 9" not in repr(desk.concerns)
    # Nobody counts any more once the notes are sealed, and nothing of it is kept.
    await room.submit(Doubt(seats[0]))
    await told(room, Role.SCREEN, ASKS)
    for _press in ("to the reading", "to the end"):
        await press(room, Direction.END)
    assert (room.session.is_ended, room.session.doubted) == (True, False)
    assert ASKS not in repr(await seen(room, Role.SCREEN))
    assert "people 9" not in repr(await seen(room, Role.FACILITATOR))


async def test_only_somebody_who_is_here_can_say_it(tmp_path: Path) -> None:
    async with a_room(tmp_path, tick=NEVER) as room:
        seats = await join(room, 2)
        await room.submit(Leave(seats[1]))
        for seat in (seats[1], "made-up-words"):
            assert isinstance(await room.submit(Doubt(seat)), Refused)
        assert not room.session.doubted


async def test_a_count_holds_back_a_result_with_more_answers_than_heads(room: LiveRoom) -> None:
    seats = await join(room, 9)
    await go_to(room, "rows")
    for seat in seats:
        await reply(room, seat, "R1", ("3",))
    await room.submit(CountHeads(6))
    await press(room)
    assert room.session.place.state is State.CLOSED
    assert isinstance(await press(room), Refused)
    assert room.session.place.state is State.CLOSED
    await press(room, Direction.AGAIN)
    assert room.session.place.round == 2
