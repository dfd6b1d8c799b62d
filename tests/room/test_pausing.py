"""A pause of everybody, and word that a question closes soon: what stays, what moves, what a killed host remembers."""

from __future__ import annotations

from pathlib import Path

from rooms import a_room, go_to, join, press, reply, seen, stored

from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Bring, CloseSoon, Direction, Lend, SetPaused
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import State
from tisu_tui.view.view import Role


async def test_in_a_pause_nothing_moves_and_what_was_sent_stays(room: LiveRoom) -> None:
    seats = await join(room, 6)
    await go_to(room, "rows")
    await reply(room, seats[0], "R1", ("2",))
    place = room.session.place
    assert await room.submit(SetPaused(paused=True)) == Done()
    for role in Role:
        view = await seen(room, role, seats[0] if role is Role.PARTICIPANT else "")
        assert view.paused
    assert (await seen(room, Role.PARTICIPANT, seats[0])).answer == {"R1": ("2",)}
    for where in (Direction.BACK, Direction.AGAIN, Direction.SKIP):
        assert isinstance(await press(room, where), Refused)
    # What was on its way is taken, and whoever comes late has a seat.
    assert isinstance(await reply(room, seats[1], "R1", ("3",)), Done)
    (late,) = await join(room, 1)
    assert (await seen(room, Role.PARTICIPANT, late)).paused
    assert room.session.place == place
    desk = (await seen(room, Role.FACILITATOR)).desk
    assert desk is not None
    assert desk.next_words == "go on after the pause"
    await press(room)
    assert (room.session.place, room.session.paused) == (place, False)


async def test_a_pause_is_still_there_after_a_kill_with_the_open_question(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        await reply(room, seats[0], "R1", ("2",))
        await room.submit(SetPaused(paused=True))
    session, box = stored(tmp_path)
    async with a_room(tmp_path, session, box) as room:
        assert room.session.paused
        place = room.session.place
        await room.submit(SetPaused(paused=False))
        assert room.session.place == place
        await press(room)
        assert room.session.place.state is State.CLOSED


async def test_a_pause_does_not_keep_a_session_from_ending_and_is_not_in_what_is_sealed(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 6)
        await go_to(room, "rows")
        await room.submit(SetPaused(paused=True))
        while not room.session.is_ended:
            await press(room, Direction.END)
    assert not stored(tmp_path)[0].paused


async def test_nobody_takes_a_turn_on_a_shared_laptop_in_a_pause(room: LiveRoom) -> None:
    await join(room, 6)
    await go_to(room, "rows")
    laptop = await room.submit(Bring())
    assert isinstance(laptop, Done)
    await room.submit(SetPaused(paused=True))
    refused = await room.submit(Lend(laptop.seat))
    assert refused == Refused("We pause. Take your turn when we go on.")


async def test_word_that_a_question_closes_soon_is_read_by_all_and_closes_nothing(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        assert isinstance(await room.submit(CloseSoon(room.session.place)), Refused)
        await go_to(room, "rows")
        place = room.session.place
        assert await room.submit(CloseSoon(place)) == Done()
        assert isinstance(await room.submit(CloseSoon(place)), Refused)
        assert room.session.place == place
        assert (await seen(room, Role.PARTICIPANT, seats[0])).closes_soon
        assert stored(tmp_path)[0].closes_soon
        await press(room)
        assert not room.session.closes_soon
        await press(room, Direction.AGAIN)
        await press(room)
        assert not (await seen(room, Role.SCREEN)).closes_soon


async def test_what_the_scribe_fills_in_does_not_close_soon(room: LiveRoom) -> None:
    await join(room, 6)
    await go_to(room, "ways")
    assert isinstance(await room.submit(CloseSoon(room.session.place)), Refused)
