"""A laptop that goes from hand to hand: an answer of each person's own, and nothing of it for the next."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rooms import a_room, go_to, join, over, press, reply, seen, stored, watched

from tisu_tui.core.released import Finding
from tisu_tui.core.shown import WITHHELD
from tisu_tui.core.size import Way
from tisu_tui.room.pacing import resumed
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Add, Bring, CountHands, CountPapers, Direction, Leave, Lend, Withdraw
from tisu_tui.session.outcomes import Done, Refused, Stale
from tisu_tui.view.view import Role


async def bring(room: LiveRoom) -> str:
    outcome = await room.submit(Bring())
    assert isinstance(outcome, Done)
    return outcome.seat


async def turn(room: LiveRoom, laptop: str) -> str:
    outcome = await room.submit(Lend(laptop))
    assert isinstance(outcome, Done), outcome
    return outcome.seat


async def open_rows(room: LiveRoom, people: int, hands: int) -> tuple[list[str], str]:
    """Open a question of several fields in a room where some share a laptop."""
    seats, laptop = await join(room, people), await bring(room)
    await room.submit(CountHands(hands))
    await go_to(room, "rows")
    return seats, laptop


async def test_each_turn_is_an_answer_of_its_own_to_every_field_and_labelled(room: LiveRoom) -> None:
    seats, laptop = await open_rows(room, 6, 3)
    assert room.session.round is not None
    assert room.session.round.people == 9
    for seat, rating in zip(seats, ("2", "2", "3", "3", "4", "4"), strict=True):
        for field in ("R1", "R2"):
            assert await reply(room, seat, field, (rating,)) == Done()
    for other in ("1", "5", None):
        seat = await turn(room, laptop)
        for field in ("R1", "R2"):
            assert await reply(room, seat, field, (other,) if other else None) == Done()
    await press(room)
    (released,) = room.session.rounds_of(room.session.workshop.steps[2])
    assert released.on_paper
    tally = released.tally("R1")
    assert tally is not None
    await press(room)
    for role in Role:
        assert "on a shared laptop" in repr((await seen(room, role)).shown)


async def test_the_next_turn_ends_the_one_before(room: LiveRoom) -> None:
    _seats, laptop = await open_rows(room, 6, 2)
    first = await turn(room, laptop)
    watching = room.watch(Role.PARTICIPANT, first)
    await anext(watching)
    await turn(room, laptop)
    await over(watching)
    assert isinstance(await reply(room, first, "R1", ("3",)), Refused)


@pytest.mark.parametrize(("turns", "way"), [(0, Way.SMALL), (6, Way.FULL)])
async def test_people_without_a_device_who_were_not_asked_hide_nobodys_answer(
    turns: int, way: Way, room: LiveRoom
) -> None:
    seats, laptop = await open_rows(room, 6, 6)
    assert room.session.round is not None
    assert room.session.round.people == 12
    for n, seat in enumerate(seats):
        await reply(room, seat, "R1", (str(n % 2 * 4 + 1),))
    for _person in range(turns):
        await reply(room, await turn(room, laptop), "R1", ("3",))
    await press(room)
    (released,) = room.session.rounds_of(room.session.workshop.steps[2])
    tally = released.tally("R1")
    assert tally is not None
    assert (released.way, WITHHELD in tally.counts) == (way, way is Way.SMALL)


@pytest.mark.parametrize("by_hand", [0, 3])
async def test_people_who_left_hide_nobodys_answer_whoever_has_no_device(by_hand: int, room: LiveRoom) -> None:
    seats = await join(room, 12)
    await room.submit(CountHands(3))
    await press(room)
    await room.submit(Add(room.session.place, "choose", "Which?: tea | rain"))
    await press(room)
    await press(room)
    for n, seat in enumerate(seats):
        await reply(room, seat, "choice", (("tea", "rain")[n % 2],))
    if by_hand:
        assert isinstance(await room.submit(CountPapers(room.session.place, (("1", by_hand),))), Done)
    for seat in seats[9:]:
        await room.submit(Leave(seat))
    await press(room)
    released = room.session.rounds[-1].closed
    assert released is not None
    assert set(released.tallies[0].counts) == {WITHHELD}


@pytest.mark.parametrize("by_hand", [0, 1])
async def test_whoever_answers_by_hand_may_be_somebody_else_the_second_time(by_hand: int, room: LiveRoom) -> None:
    seats = await join(room, 12)
    await room.submit(CountHands(by_hand))
    await press(room)
    await room.submit(Add(room.session.place, "choose", "Which?: tea | rain"))
    await press(room)
    told = []
    for _look in range(2):
        await press(room)
        for seat in seats:
            await reply(room, seat, "choice", ("tea",))
        if by_hand:
            await room.submit(CountPapers(room.session.place, (("2", 1),)))
        for _state in ("closed", "shown"):
            await press(room)
        released = room.session.rounds[-1].closed
        assert released is not None
        told.append(released.tallies[0].counts == (12, by_hand))
        await press(room, Direction.AGAIN)
    assert told == [True, not by_hand]


@pytest.mark.parametrize(("asked", "numbers"), [("by hand", False), ("on a laptop", True)])
async def test_answers_that_were_counted_by_hand_hide_nobodys(asked: str, numbers: bool, room: LiveRoom) -> None:
    """Whoever counted them, or saw the hands go up, could take them away from the numbers."""

    seats, laptop = await join(room, 6), await bring(room)
    await room.submit(CountHands(6))
    await press(room)
    await room.submit(Add(room.session.place, "choose", "Which?: tea | rain"))
    await press(room)
    await press(room)
    for n, seat in enumerate(seats):
        await reply(room, seat, "choice", (("tea", "rain")[n % 2],))
    if asked == "by hand":
        assert isinstance(await room.submit(CountPapers(room.session.place, (("1", 4), ("2", 2)))), Done)
        # Counted again, they are the same people.
        assert isinstance(await room.submit(CountPapers(room.session.place, (("1", 5), ("2", 1)))), Done)
    for turns in range(0 if asked == "by hand" else 6):
        await reply(room, await turn(room, laptop), "choice", ("tea",) if turns else ("rain",))
    await press(room)
    released = room.session.rounds[-1].closed
    assert released is not None
    (tally,) = released.tallies
    assert (WITHHELD not in tally.counts) is numbers
    # They are counted all the same.
    assert tally.finding(Finding.WINNER) == (("tea",),)


@pytest.mark.parametrize("unseen", [4, 5])
async def test_where_too_few_answer_unseen_those_counted_by_hand_make_up_no_floor(unseen: int, room: LiveRoom) -> None:
    seats = await join(room, 6)
    await room.submit(CountHands(5))
    await press(room)
    await room.submit(Add(room.session.place, "choose", "Which?: tea | rain"))
    await press(room)
    await press(room)
    for n, seat in enumerate(seats):
        await reply(room, seat, "choice", ("tea",) if n < unseen else None)
    assert isinstance(await room.submit(CountPapers(room.session.place, (("1", 5),))), Done)
    await press(room)
    released = room.session.rounds[-1].closed
    assert released is not None
    assert released.nothing is (unseen < 5)


async def test_nothing_of_a_turn_is_there_for_the_next_person(room: LiveRoom) -> None:
    _seats, laptop = await open_rows(room, 6, 3)
    first = await turn(room, laptop)
    await reply(room, first, "R1", ("5",))
    assert (await seen(room, Role.PARTICIPANT, first)).answer == {"R1": ("5",)}
    second = await turn(room, laptop)
    assert second != first
    for seat in (second, laptop):
        assert (await seen(room, Role.PARTICIPANT, seat)).answer == {}
    # Whoever had it before can do nothing any more, nor can anybody in their name.
    refused = Refused("This seat is not yours any more.")
    assert await reply(room, first, "R2", ("1",)) == refused
    assert await room.submit(Withdraw(room.session.place, first)) == refused


async def test_a_screen_is_told_that_its_turn_is_over_when_the_laptop_is_handed_on_or_the_question_closes(
    room: LiveRoom,
) -> None:
    _seats, laptop = await open_rows(room, 6, 3)
    for is_handed_on in (True, False):
        seat = await turn(room, laptop)
        views = room.watch(Role.PARTICIPANT, seat)
        await anext(views)
        await (room.submit(Leave(seat)) if is_handed_on else press(room))
        await over(views)
    assert await room.submit(Lend(laptop)) == Refused("Nothing is asked just now.")


async def test_no_more_answer_on_it_than_are_counted_without_a_device_paper_and_crashes_included(
    tmp_path: Path,
) -> None:
    async with a_room(tmp_path) as room:
        _seats, laptop = await open_rows(room, 6, 0)
        said = await room.submit(Lend(laptop))
        assert isinstance(said, Refused)
        assert "Nobody is counted as without a device yet" in said.why
        await room.submit(CountHands(2))
        seats = [await turn(room, laptop)]
        await reply(room, seats[0], "R1", ("1",))
        # Taken back, it counts for nobody, and the same person can answer again.
        await room.submit(Withdraw(room.session.place, seats[0]))
        await reply(room, seats[0], "R1", None)
        other = await bring(room)
        seats = [await turn(room, laptop), await turn(room, other)]
        assert await reply(room, seats[0], "R1", ("2",)) == Done()
        full = await reply(room, seats[1], "R1", ("3",))
        assert isinstance(full, Refused)
        assert "As many have answered this as are counted without a device: 2." in full.why
        assert isinstance(await room.submit(CountHands(1)), Refused)
    session, box = resumed(*stored(tmp_path), random.Random(1))
    async with a_room(tmp_path, session, box) as room:
        assert isinstance(await room.submit(Lend(await bring(room))), Refused)


async def test_a_laptop_and_paper_share_the_people_without_a_device(room: LiveRoom) -> None:
    _seats, laptop = await join(room, 6), await bring(room)
    await room.submit(CountHands(2))
    await press(room)
    await room.submit(Add(room.session.place, "choose", "Which?: tea | rain"))
    await press(room)
    await press(room)
    await reply(room, await turn(room, laptop), "choice", None)
    for people in (2, 1):
        outcome = await room.submit(CountPapers(room.session.place, (("1", people),)))
        assert isinstance(outcome, Done if people == 1 else Refused)


async def test_what_is_about_people_can_be_answered_on_it_and_is_nowhere_on_disk(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        _seats, laptop = await join(room, 7), await bring(room)
        await room.submit(CountHands(1))
        await go_to(room, "arrive")
        seat = await turn(room, laptop)
        outcome = await reply(room, seat, room.session.form(7).fields[0].id, ("2 to 3",))
        assert outcome == Done()
        assert stored(tmp_path)[1] is None


async def test_the_file_names_no_laptop_and_nothing_tells_a_pass_from_an_answer(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        _seats, laptop = await open_rows(room, 6, 2)
        desks = []
        for value in (("1",), None):
            seat = await turn(room, laptop)
            await reply(room, seat, "R1", value)
            desks.append((await seen(room, Role.FACILITATOR)).desk)
        assert desks[0] == desks[1]
        secret = laptop.split()[1]
        assert secret.encode() not in (tmp_path / "7k3m.json").read_bytes()


async def test_a_laptop_is_nobody_and_a_turn_that_is_left_is_nobodys(room: LiveRoom) -> None:
    _seats, laptop = await open_rows(room, 6, 1)
    desk = (await seen(room, Role.FACILITATOR)).desk
    assert desk is not None
    assert (desk.seats, desk.laptops) == (6, 1)
    seat = await turn(room, laptop)
    await room.submit(Leave(laptop))
    assert isinstance(await reply(room, seat, "R1", ("1",)), Refused)
    assert isinstance(await room.submit(Lend(laptop)), Refused)
    assert isinstance(await reply(room, laptop, "R1", ("1",)), Refused)
    desk = (await seen(room, Role.FACILITATOR)).desk
    assert desk is not None
    assert desk.laptops == 0
    place = room.session.place
    await press(room)
    assert await room.submit(Withdraw(place, _seats[0])) == Stale()


async def test_a_laptop_stands_for_nobody_who_has_a_screen_in_the_progress(room: LiveRoom) -> None:
    seats, laptop = await open_rows(room, 6, 4)
    for _person in range(4):
        seat = await turn(room, laptop)
        for field in ("R1", "R2"):
            await reply(room, seat, field, None)
    for field in ("R1", "R2"):
        await reply(room, seats[0], field, None)
    wall = await watched(room.watch(Role.SCREEN), lambda view: view.progress != "Waiting for answers.")
    assert wall.progress == "Some of the room has answered."
