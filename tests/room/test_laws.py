"""Laws of the room: what events make is what is stored, each answer counts once, and each role sees only its own."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rooms import a_room, all_answer, any_answer, go_to, join, onward, press, reply, seen, stored

from tisu_tui.core.activity import Tier
from tisu_tui.core.form import By
from tisu_tui.core.form import Write as WriteField
from tisu_tui.core.records import RecordKind
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import (
    CountHands,
    CountHeads,
    Direction,
    Enter,
    Go,
    Group,
    Join,
    Jot,
    Judge,
    Leave,
    Reply,
    Withdraw,
    WriteRecord,
)
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import Fate, State
from tisu_tui.store.files import Files
from tisu_tui.store.sessions import tables
from tisu_tui.view.view import Role

SECRET = "onlymine"
LONG = float(os.environ.get("TISU_SOAK", "0.0006"))
"""How much of the long form is run."""
ANSWERS = (None, ("1",), ("3",), ("5",), ("dont-know",))


async def _do_anything(room: LiveRoom, seats: list[str], gone: list[str], chance: random.Random) -> None:
    """Submit one command that somebody might, right or wrong."""
    place = room.session.place
    if chance.random() < 0.1:
        place = chance.choice([room.session.place, type(place)(chance.randrange(9), 1, State.OPEN)])
    form = room.session.form(len(seats))
    numbers = (chance.randrange(1, 9),)
    match chance.randrange(12):
        case 0 if len(seats) < 14:
            outcome = await room.submit(Join(is_new=True))
            assert isinstance(outcome, Done)
            seats.append(outcome.seat)
        case 1 if seats:
            gone.append(seats.pop())
            await room.submit(Leave(gone[-1]))
        case 2 if gone:
            seats.append(gone.pop())
            await room.submit(Join(seats[-1]))
        case 3 | 4 | 5 if form.fields and form.by is By.EVERYONE and seats:
            for name, value in any_answer(form, chance).items():
                secret = (SECRET,) if value and isinstance(form.field(name), WriteField) else value
                await room.submit(Reply(place, seats[0], name, secret))
        case 6 if form.by is By.SCRIBE and form.fields:
            await room.submit(Enter(place, form.fields[0].id, ("spoken",)))
        case 7:
            await room.submit(Judge(place, numbers, chance.choice([Fate.STRUCK, Fate.HELD]), ""))
            await room.submit(Group(place, "a theme", numbers))
        case 8:
            await room.submit(CountHeads(chance.choice([None, 5, 9])))
            await room.submit(CountHands(chance.randrange(3)))
        case 9:
            await room.submit(Jot("note"))
            await room.submit(WriteRecord(RecordKind.PARK, "later"))
        case 10 if seats:
            await room.submit(Withdraw(place, seats[-1]))
        case _:
            await room.submit(
                Go(place, chance.choice([Direction.NEXT] * 6 + [Direction.BACK, Direction.AGAIN, Direction.SKIP]))
            )


@settings(max_examples=round(20_000 * LONG), deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
async def test_whatever_happens_the_file_holds_the_session_and_nobody_sees_what_is_held(seed: int) -> None:
    async def play(folder: Path) -> None:
        chance = random.Random(seed)
        async with a_room(folder) as room:
            seats = await join(room, chance.randrange(1, 13))
            gone: list[str] = []
            for _n in range(80):
                if room.session.is_ended:
                    break
                await _do_anything(room, seats, gone, chance)
                for role in (Role.SCREEN, Role.PARTICIPANT):
                    view = await seen(room, role, "nobody's seat")
                    assert SECRET not in repr(view)
                    assert view.desk is None
                    assert not view.answer
            session, box = stored(folder)
            private = {step.id for step in room.session.workshop.steps if step.tier is Tier.ROOM}
            assert tables(session, box) == tables(room.session, room._kept.box)
            if not any(round_.step in private and round_.held for round_ in room.session.rounds):
                assert session == room.session
            if room.session.step and room.session.step.id not in private:
                assert box == room._kept.box

    with tempfile.TemporaryDirectory() as folder:
        await play(Path(folder))


@settings(
    max_examples=round(10_000 * LONG), deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(seed=st.integers(0, 2**32), people=st.just(100) if os.environ.get("TISU_SOAK") else st.integers(8, 20))
async def test_each_acknowledged_answer_counts_once(seed: int, people: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        counted, recorded = await _three_lives(Path(folder), seed, people)
    assert counted == recorded


async def test_the_same_seed_makes_the_same_history(tmp_path: Path) -> None:
    histories = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir(mode=0o700)
        histories.append(await _three_lives(tmp_path / name, 5, 12))
    assert histories[0] == histories[1]


async def _three_lives(folder: Path, seed: int, people: int) -> tuple[list[str], list[str]]:
    """Let people answer, some at once and some twice, drop out and come back, on a host that dies twice.

    Gives what counts in the end, and what they were last told was recorded.
    """
    chance = random.Random(seed)
    last: dict[str, tuple[str, ...] | None] = {}
    seats: list[str] = []
    session, box = None, None
    for _life in range(3):
        async with a_room(folder, session, box) as room:
            if seats:
                for seat in seats:
                    assert isinstance(await room.submit(Join(seat)), Done)
            else:
                seats = await join(room, people)
                await go_to(room, "rows")
            for _n in range(people):
                sent = [(seat, chance.choice(ANSWERS)) for seat in chance.sample(seats, chance.randint(1, 5))]
                sent += chance.sample(sent, chance.randint(0, 1))  # a second time, and not in the same order
                outcomes = await asyncio.gather(*(reply(room, seat, "R1", value) for seat, value in sent))
                assert outcomes == [Done()] * len(sent)
                last.update(sent)
                seat = chance.choice(seats)
                if chance.random() < 0.1:
                    await room.submit(Withdraw(room.session.place, seat))
                    last.pop(seat, None)
                elif chance.random() < 0.2:
                    await room.submit(Leave(seat))
                    assert isinstance(await room.submit(Join(seat)), Done)
            session, box = stored(folder)
    assert box is not None
    recorded = sorted(str(value) for value in last.values())
    return sorted(str(answer.get("R1")) for answer in box.counted()), recorded


class _FullDisk(Files):
    """The real disk, until it is full."""

    full = False

    def write(self, handle: int, data: memoryview) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(handle, data)


class _BrokenDisk(Files):
    """The real disk, until it fails."""

    broken = False

    def sync(self, handle: int) -> None:
        if self.broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().sync(handle)


class _NothingOpens(Files):
    """The real disk, while no file can be opened."""

    shut = False

    def create(self, path: Path) -> int:
        if self.shut:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return super().create(path)


async def test_saving_goes_on_where_a_file_could_not_be_opened_for_a_moment(tmp_path: Path) -> None:
    files = _NothingOpens()
    async with a_room(tmp_path, files=files) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        files.shut = True
        refused = await reply(room, seats[0], "R1", ("2",))
        assert isinstance(refused, Refused)
        assert not refused.for_good
        for role in Role:
            assert "does not work just now" in (await seen(room, role, seats[0])).failing
        files.shut = False
        assert await reply(room, seats[0], "R1", ("2",)) == Done()
        for role in Role:
            assert (await seen(room, role, seats[0])).failing == ""


async def test_on_a_full_disk_nothing_is_acknowledged_and_saving_goes_on_once_there_is_room(tmp_path: Path) -> None:
    files = _FullDisk()
    async with a_room(tmp_path, files=files) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        assert await reply(room, seats[0], "R1", ("2",)) == Done()
        files.full = True
        refused = await reply(room, seats[1], "R1", ("3",))
        assert isinstance(refused, Refused)
        assert "No space left" in refused.why
        for role in Role:
            told = (await seen(room, role, seats[0])).failing
            assert "What was recorded before is safe." in told
            assert ("Make room on the host's disk" in told) == (role is not Role.PARTICIPANT)
        # Newcomers are asked for no words where there is no seat to give.
        newcomer = await room.submit(Join())
        assert isinstance(newcomer, Refused)
        assert newcomer.for_good
        assert isinstance(await press(room), Refused)
        assert stored(tmp_path)[1] is not None
        files.full = False
        assert await room.submit(Leave(seats[5])) == Done()
        for role in Role:
            assert (await seen(room, role, seats[0])).failing == ""
        assert await reply(room, seats[1], "R1", ("3",)) == Done()


async def test_saving_is_tried_again_although_nobody_does_anything(tmp_path: Path) -> None:
    files = _FullDisk()
    async with a_room(tmp_path, files=files, tick=0.01) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        files.full = True
        assert isinstance(await reply(room, seats[1], "R1", ("3",)), Refused)
        watching = room.watch(Role.SCREEN)
        assert "Make room" in (await anext(watching)).failing
        files.full = False
        async with asyncio.timeout(20):
            async for view in watching:
                if not view.failing:
                    break


async def test_after_a_failed_sync_nothing_is_lost_and_every_screen_says_what_to_do(tmp_path: Path) -> None:
    files = _BrokenDisk()
    async with a_room(tmp_path, files=files) as room:
        seats = await join(room, 6)
        await go_to(room, "rows")
        assert await reply(room, seats[0], "R1", ("2",)) == Done()
        files.broken = True
        refused = await reply(room, seats[1], "R1", ("3",))
        assert isinstance(refused, Refused)
        assert "Input/output error" in refused.why
        assert refused.for_good
        files.broken = False
        for role in Role:
            told = (await seen(room, role, seats[0])).failing
            assert "Input/output error" in told
            assert "What was recorded before is safe." in told
            assert ("your three words bring you back" in told) == (role is Role.PARTICIPANT)
            assert ("tisu host … --resume 7k3m" in told) == (role is not Role.PARTICIPANT)
        assert (await seen(room, Role.PARTICIPANT, seats[1])).answer == {}
        assert (await seen(room, Role.PARTICIPANT, seats[0])).answer == {"R1": ("2",)}
        assert isinstance(await press(room), Refused)
        assert room.session.place.state is State.OPEN
        assert isinstance(await room.submit(Join()), Refused)
        assert isinstance(await room.submit(Join(is_new=True)), Refused)
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        assert desk.seats == 6
        assert await room.submit(Leave(seats[3])) == Done()
    assert stored(tmp_path)[1] is not None


async def test_a_file_of_a_newer_tisu_is_refused(tmp_path: Path) -> None:
    async with a_room(tmp_path):
        pass
    path = tmp_path / "7k3m.json"
    document = json.loads(path.read_text())
    document["session"]["1"]["format"] = 2
    path.write_text(json.dumps(document))
    with pytest.raises(Exception, match="newer tisu"):
        stored(tmp_path)


@pytest.mark.parametrize("people", [3, 6, 9, 12])
async def test_for_every_role_in_every_state_what_it_must_not_see_is_absent(room: LiveRoom, people: int) -> None:
    seats = await join(room, people)
    chance = random.Random(4)
    await room.submit(Jot("the boss is tense"))
    for _n in range(60):
        if room.session.is_ended:
            break
        if room._kept.box is not None:
            await all_answer(room, seats, chance)
        for role in Role:
            view = await seen(room, role, seats[0])
            # Nobody sees an answer but their own.
            own = room._kept.box.answer(seats[0]) if room._kept.box and role is Role.PARTICIPANT else {}
            assert view.answer == own
            for private in _private(room, role, seats):
                assert private not in repr(view)
        await onward(room)
    assert room.session.is_ended


def _private(room: LiveRoom, role: Role, seats: list[str]) -> Iterator[str]:
    yield from seats
    yield from room.session.register
    if box := room._kept.box:
        yield box.key
        yield from box.answers
        own = box.answer(seats[0]).values() if role is Role.PARTICIPANT else ()
        mine = {text for value in own if value for text in value}
        for answer in box.answers.values():
            texts = {text for value in answer.values() if value for text in value if text.startswith("words")}
            yield from texts - mine
    if role is not Role.FACILITATOR:
        yield "the boss is tense"
        yield "Never ask who"
        yield room.session.code
        for round_ in room.session.rounds:
            yield from (f"'{line.text}'" for line in round_.held if line.fate is not Fate.KEPT and line.text)
