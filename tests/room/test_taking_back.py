"""What the facilitator did can be taken back: nothing that was acknowledged is lost by it, and nobody is told more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rooms import a_room, all_answer, go_to, join, new_session, onward, press, seen, stored

from tisu_tui.core.records import RecordKind
from tisu_tui.room.pacing import resumed
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import (
    Accept,
    Add,
    Careful,
    Command,
    CountHeads,
    CountLeaders,
    Direction,
    Go,
    Jot,
    Lock,
    LookTwice,
    Prepare,
    Sent,
    SetPaused,
    Take,
    TakeBack,
    WriteRecord,
)
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.session import Place, State
from tisu_tui.view.view import Role

MINE, THEIRS = "mine", "theirs"


def stands(room: LiveRoom) -> State:
    return room.session.place.state


async def undo(room: LiveRoom) -> Outcome:
    desk = (await seen(room, Role.FACILITATOR)).desk
    assert desk is not None
    return await room.submit(Sent(MINE, TakeBack(desk.undo)))


CHANGES: list[Command] = [
    WriteRecord(RecordKind.ACTION, "Ring Jo @ann 2026-12-04"),
    Jot("be kind"),
    Lock(True),
    CountHeads(9),
    # The place is put in once there is a room.
    *(Go(Place(), where) for where in (Direction.AGAIN, Direction.BACK, Direction.SKIP, Direction.NEXT, Direction.END)),
    Add(Place(), "talk", "A word"),
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
async def test_what_was_changed_says_so_and_is_taken_back(tmp_path: Path, change: Command) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await go_to(room, "rows", "shown")
        before = room.session
        if isinstance(change, Go):
            command: Command = Go(before.place, change.where)
        elif isinstance(change, Add):
            command = Add(before.place, change.kind, change.words)
        else:
            command = change
        outcome = await room.submit(Sent(MINE, command))
        assert isinstance(outcome, Done)
        assert outcome.changed
        assert room.session != before
        taken = await undo(room)
        assert isinstance(taken, Done)
        assert outcome.changed in taken.said
        assert room.session == before
        assert stored(tmp_path)[0] == before


async def test_changes_are_taken_back_from_the_last_and_no_further_than_what_was_closed(room: LiveRoom) -> None:
    await join(room, 8)
    await go_to(room, "rows")
    await press(room)
    closed = room.session
    for text in ("one", "two"):
        await room.submit(Sent(MINE, WriteRecord(RecordKind.PARK, text)))
    await undo(room)
    assert [record.text for record in room.session.records] == ["one"]
    await undo(room)
    assert room.session == closed
    for _n in range(9):
        await undo(room)
    assert room.session == closed


async def test_an_opening_that_is_taken_back_keeps_what_was_answered(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 8)
        await go_to(room, "rows")
        await all_answer(room, seats, random.Random(1))
        box = room._kept.box
        assert isinstance(await undo(room), Done)
        assert stands(room) is State.WAITING
        assert stored(tmp_path)[1] == box == room._kept.box
        told = "What was sent is kept, and is there when this opens again."
        assert told in repr((await seen(room, Role.PARTICIPANT, seats[0])).body)
        # Where it came from is not to be had any more, whether or not anybody has answered.
        assert isinstance(await undo(room), Refused)
        assert isinstance(await room.submit(Prepare(room.session.place, ("tea",))), Refused)
        await press(room)
        assert room._kept.box == box
        view = await seen(room, Role.PARTICIPANT, seats[0])
        assert view.answer
        assert told not in repr(view.body)
        await press(room)
        assert stands(room) is State.CLOSED
        assert room.session.rounds[-1].closed is not None


@pytest.mark.parametrize("where", [Direction.SKIP, Direction.END])
async def test_what_was_answered_is_counted_also_where_an_opening_was_taken_back(
    room: LiveRoom, where: Direction
) -> None:
    seats = await join(room, 8)
    await go_to(room, "rows")
    await all_answer(room, seats, random.Random(1))
    await undo(room)
    await press(room, where)
    assert room._kept.box is None
    assert [round_.step for round_ in room.session.rounds if round_.closed][-1] == "rows"


async def test_what_was_refused_leaves_the_last_change_to_be_taken_back(room: LiveRoom) -> None:
    await join(room, 6)
    await go_to(room, "rows")
    await room.submit(WriteRecord(RecordKind.DECISION, "We try it"))
    assert isinstance(await press(room, Direction.BACK), Refused)
    assert isinstance(await undo(room), Done)
    assert not room.session.records


async def test_what_was_written_down_can_be_taken_back_after_a_pause(room: LiveRoom) -> None:
    await join(room, 6)
    await go_to(room, "rows", "shown")
    await room.submit(WriteRecord(RecordKind.DECISION, "We try it"))
    await room.submit(Sent(MINE, SetPaused(True)))
    await press(room)
    assert not room.session.paused
    await undo(room)
    assert not room.session.records


@pytest.mark.parametrize("where", [Direction.SKIP, Direction.END, Direction.NEXT])
async def test_a_host_killed_once_an_opening_was_taken_back_goes_on_anywhere(tmp_path: Path, where: Direction) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await go_to(room, "arrive")
        await undo(room)
    async with a_room(tmp_path, *resumed(*stored(tmp_path), random.Random(1))) as room:
        seats = await join(room, 8)
        assert isinstance(await press(room, where), Done)
        if where is Direction.NEXT:
            await all_answer(room, seats, random.Random(1))
            assert isinstance(await press(room), Done)


async def test_what_others_did_meanwhile_stays(room: LiveRoom) -> None:
    seats = await join(room, 8)
    await go_to(room, "rows")
    await room.submit(Sent(MINE, Lock(False)))
    await room.submit(Sent(MINE, WriteRecord(RecordKind.PARK, "later")))
    await all_answer(room, seats, random.Random(1))
    register, box = len(room.session.register), room._kept.box
    await join(room, 1)
    assert isinstance(await undo(room), Done)
    assert len(room.session.register) == register + 1
    assert room._kept.box == box
    assert room.session.records == ()


async def test_only_what_was_read_is_taken_back_and_only_by_whoever_leads_or_did_it(room: LiveRoom) -> None:
    await join(room, 8)
    await room.submit(Sent(MINE, Take()))
    await room.submit(Sent(MINE, Lock(True)))
    assert isinstance(await room.submit(Sent(THEIRS, TakeBack("room locked"))), Refused)
    await room.submit(Sent(THEIRS, Jot("from the scribe")))
    assert isinstance(await room.submit(Sent(MINE, TakeBack("room locked"))), Stale)
    assert isinstance(await room.submit(Sent(THEIRS, TakeBack("note: from the scribe"))), Done)
    assert isinstance(await room.submit(Sent(MINE, TakeBack("room locked"))), Done)
    assert not room.session.locked


async def test_nothing_says_that_it_can_be_taken_back_because_of_what_a_participant_did(room: LiveRoom) -> None:
    seats = await join(room, 8)
    await go_to(room, "rows")
    before = (await seen(room, Role.FACILITATOR)).desk
    await all_answer(room, seats, random.Random(1))
    after = (await seen(room, Role.FACILITATOR)).desk
    assert before is not None
    assert after is not None
    assert before.undo == after.undo == "opened: How far along are we?"


@pytest.mark.parametrize("state", ["waiting", "open", "closed", "shown"])
async def test_ended_in_the_middle_the_notes_are_read_first_and_it_goes_on_until_they_are_sealed(
    tmp_path: Path, state: str
) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 8)
        await go_to(room, "rows", state)
        if state == "open":
            await all_answer(room, seats, random.Random(1))
        before = room.session
        assert isinstance(await press(room, Direction.END), Done)
        assert stands(room) is State.SHOWN
        session, _box = stored(tmp_path)
        assert session.stood == room.session.stood
        assert isinstance(await press(room, Direction.BACK), Done)
        # What was open is closed, and what was answered is counted: nobody loses an answer by it.
        assert room.session.place == (before.place if state != "open" else session.stood)
        assert room.session.furthest == before.furthest
        await press(room, Direction.END)
        await press(room, Direction.END)
        assert stands(room) is State.ENDED
        assert isinstance(await undo(room), Stale | Refused)


RATED = """---
tisu: 1
title: A day on the moon
---

## How is it here?

`rate` `id now`

1. `R1` We say early when it is too much.
2. `L1 about leaders` Leaders say what they will do.

- 1: never
- 2: seldom
- 3: at times
- 4: mostly
- 5: always

## Aftercare

`talk` `id aftercare`
"""


async def read_before(room: LiveRoom, seat: str) -> str:
    return (await seen(room, Role.PARTICIPANT, seat)).promise


async def undo_all(room: LiveRoom) -> None:
    for _n in range(9):
        await undo(room)


@pytest.mark.parametrize("is_reopened", [False, True])
@pytest.mark.parametrize("said_before", ["careful", "twice"])
async def test_what_people_were_told_before_a_question_can_not_be_taken_back_under_their_answers(
    tmp_path: Path, said_before: str, is_reopened: bool
) -> None:
    async with a_room(tmp_path, new_session(RATED)) as room:
        seats = await join(room, 12)
        if said_before == "careful":
            await room.submit(Sent(MINE, Careful(True)))
        await go_to(room, "now", "waiting")
        if said_before == "twice":
            assert isinstance(await room.submit(Sent(MINE, LookTwice(room.session.place))), Done)
        await press(room)
        promised = await read_before(room, seats[0])
        await all_answer(room, seats, random.Random(1))
        await undo_all(room)
        assert isinstance(await room.submit(Sent(MINE, LookTwice(room.session.place))), Refused)
        assert isinstance(await room.submit(Sent(MINE, CountLeaders(9))), Refused)
        await onward(room)
        if is_reopened:
            await undo_all(room)
            assert room.session.place.state is State.OPEN
        assert await read_before(room, seats[0]) == promised
        was = room.session.is_careful, room.session.twice
        for _n in range(3):
            await onward(room)
            await undo_all(room)
        assert (room.session.is_careful, room.session.twice) == was


async def test_a_step_that_was_added_and_asked_stays(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 8)
        await go_to(room, "rows", "shown")
        await room.submit(Sent(MINE, Add(room.session.place, "scale", "How is it now?")))
        await press(room)
        await press(room)
        await all_answer(room, seats, random.Random(1))
        for _n in range(2):
            await press(room)
            await undo_all(room)
        assert room.session.step is not None
        assert room.session.step.title == "How is it now?"
        await press(room, Direction.END)
        assert isinstance(await press(room, Direction.END), Done)
        assert room.session.is_ended


async def test_nobody_looks_at_a_result_that_waits_and_then_asks_again_as_if_they_had_not(tmp_path: Path) -> None:
    """Who counts one head too few would see each round, and who left between two of them would be the difference."""
    async with a_room(tmp_path, new_session(RATED)) as room:
        seats = await join(room, 12)
        await room.submit(Sent(MINE, CountHeads(11)))
        await go_to(room, "now")
        await all_answer(room, seats, random.Random(1))
        await press(room)
        waits = (await seen(room, Role.FACILITATOR, MINE)).desk
        assert waits is not None
        assert not waits.preview
        await room.submit(Sent(MINE, Accept(room.session.place)))
        accepted = (await seen(room, Role.FACILITATOR, MINE)).desk
        assert accepted is not None
        assert accepted.preview
        assert isinstance(await undo(room), Refused)
        await press(room)
        assert stands(room) is State.SHOWN
        assert isinstance(await undo(room), Refused)
        assert room.session.round
        assert not room.session.round.crowded
