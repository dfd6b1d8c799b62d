"""Slips: one for each person, worth one seat and one ballot, whatever somebody tries with them."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

import pytest
from rooms import PATIENCE, a_room, go_to, join, over, press, reply, seen, stored, watched

from tisu_tui.room.pacing import resumed
from tisu_tui.room.return_words import EACH, FREE, Guesses, hashed
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Bring, CountHands, Direction, GiveSlips, Go, Join, Leave, Lend, Lock, Withdraw
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.view.view import Role

ROW = "R1"


async def slips(room: LiveRoom, number: int) -> tuple[str, ...]:
    outcome = await room.submit(GiveSlips(number))
    assert isinstance(outcome, Done), outcome
    assert len(set(outcome.slips)) == number
    return outcome.slips


async def come(room: LiveRoom, words: str) -> str:
    outcome = await room.submit(Join(words))
    assert isinstance(outcome, Done), outcome
    return outcome.seat


def ballots(folder: Path) -> int:
    _session, box = stored(folder)
    return len(box.answers) if box else 0


async def test_nobody_comes_in_without_a_slip_but_those_who_are_here_stay(room: LiveRoom) -> None:
    (early,) = await join(room, 1)
    made = await slips(room, 3)
    refused = await room.submit(Join(is_new=True))
    assert isinstance(refused, Refused)
    assert "This session is by slip" in refused.why
    assert await come(room, early) == early
    assert await come(room, made[0].replace("-", " ").upper()) == made[0]
    for role in Role:
        view = await seen(room, role)
        assert view.by_slip
        assert "by slip" in " ".join(view.lobby)


async def test_one_slip_is_one_ballot_from_two_terminals_and_on_a_laptop(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        made = await slips(room, 7)
        for words in made:
            await come(room, words)
        await room.submit(CountHands(2))
        await go_to(room, "rows")

        # From two terminals: the older screen is told that it is over, and the answer is the same one.
        first = room.watch(Role.PARTICIPANT, made[0])
        await anext(first)
        await reply(room, made[0], ROW, ("1",))
        assert await come(room, made[0]) == made[0]
        assert (await seen(room, Role.PARTICIPANT, made[0])).answer == {ROW: ("1",)}
        await over(first)
        await reply(room, made[0], ROW, ("2",))
        assert ballots(tmp_path) == 1

        # And on the laptop: it is changed there, and counted for nobody without a device.
        brought = await room.submit(Bring())
        assert isinstance(brought, Done)
        turn = await room.submit(Lend(brought.seat, made[0]))
        assert isinstance(turn, Done)
        assert (await seen(room, Role.PARTICIPANT, turn.seat)).answer == {ROW: ("2",)}
        assert await reply(room, turn.seat, ROW, ("3",)) == Done()
        assert (await seen(room, Role.PARTICIPANT, made[0])).answer == {ROW: ("3",)}
        assert ballots(tmp_path) == 1
        assert stored(tmp_path)[1] is not None
        assert [box.papers for _session, box in [stored(tmp_path)] if box] == [0]
        refused = await room.submit(Lend(brought.seat))
        assert isinstance(refused, Refused)
        assert "This session is by slip" in refused.why


async def test_a_slip_used_on_the_laptop_alone_is_a_ballot_and_can_do_nothing_once_it_is_handed_on(
    tmp_path: Path,
) -> None:
    async with a_room(tmp_path) as room:
        made = await slips(room, 7)
        for words in made[1:]:
            await come(room, words)
        await room.submit(CountHands(1))
        await go_to(room, "rows")
        brought = await room.submit(Bring())
        assert isinstance(brought, Done)
        turn = await room.submit(Lend(brought.seat, made[0]))
        assert isinstance(turn, Done)
        assert await reply(room, turn.seat, ROW, None) == Done()
        assert isinstance(await room.submit(Lend(brought.seat, "never-given-out")), Refused)
        assert isinstance(await room.submit(Lend(brought.seat, made[1])), Done)
        for gone in (turn.seat, made[0]):
            assert isinstance(await reply(room, gone, ROW, ("1",)), Refused)
        assert ballots(tmp_path) == 1


async def test_a_slip_goes_from_a_device_to_the_laptop_and_back_and_neither_ends_the_other_twice(
    tmp_path: Path,
) -> None:
    async with a_room(tmp_path) as room:
        made = await slips(room, 6)
        for words in made:
            await come(room, words)
        await go_to(room, "rows")
        phone = room.watch(Role.PARTICIPANT, made[0])
        await anext(phone)
        brought = await room.submit(Bring())
        assert isinstance(brought, Done)
        turn = await room.submit(Lend(brought.seat, made[0]))
        assert isinstance(turn, Done)
        await over(phone)
        # The phone is closed: the turn goes on.
        await room.submit(Leave(made[0]))
        assert await reply(room, turn.seat, ROW, ("3",)) == Done()
        # It comes back: the laptop's turn is over, which can't change or show any more what the phone does.
        laptop = room.watch(Role.PARTICIPANT, turn.seat)
        await anext(laptop)
        beside = await room.submit(Bring())
        assert isinstance(beside, Done)
        other = await room.submit(Lend(beside.seat, made[1]))
        assert isinstance(other, Done)
        await come(room, made[0])
        phone = room.watch(Role.PARTICIPANT, made[0])
        assert (await anext(phone)).answer == {ROW: ("3",)}
        await over(laptop)
        assert isinstance(await reply(room, turn.seat, ROW, ("1",)), Refused)
        # Whoever has another laptop in hand goes on.
        assert await reply(room, other.seat, ROW, ("2",)) == Done()
        assert isinstance(await room.submit(Withdraw(room.session.place, other.seat)), Done)
        await room.submit(Leave(turn.seat))
        assert await reply(room, made[0], ROW, None) == Done()
        assert (await anext(phone)).answer == {ROW: None}
        await phone.aclose()
        assert ballots(tmp_path) == 1


async def test_a_slip_that_was_not_used_before_the_lock_lets_nobody_in_after_it(room: LiveRoom) -> None:
    made = await slips(room, 2)
    await come(room, made[0])
    await room.submit(Lock(locked=True))
    assert await come(room, made[0]) == made[0]
    assert isinstance(await room.submit(Join(made[1])), Refused)
    await room.submit(Lock(locked=False))
    assert await come(room, made[1]) == made[1]


async def test_slips_that_are_called_in_are_worth_nothing_and_those_used_stay(room: LiveRoom) -> None:
    assert isinstance(await room.submit(GiveSlips(0)), Refused)
    made = await slips(room, 2)
    await come(room, made[0])
    assert isinstance(await room.submit(GiveSlips(0)), Done)
    assert await come(room, made[0]) == made[0]
    assert isinstance(await room.submit(Join(made[1])), Refused)
    assert await come(room, "") not in made


@pytest.mark.parametrize("number", [-1, 501])
async def test_no_more_slips_than_anybody_needs(number: int, room: LiveRoom) -> None:
    await slips(room, 499)
    assert isinstance(await room.submit(GiveSlips(number)), Refused)
    await slips(room, 1)
    assert isinstance(await room.submit(GiveSlips(1)), Refused)


async def test_their_words_are_in_no_view_and_no_file_and_die_with_the_session(tmp_path: Path) -> None:

    async def stored_after(folder: Path) -> tuple[frozenset[str], int]:
        session, _box = stored(folder)
        return session.slips, session.slips_given

    async with a_room(tmp_path) as room:
        made = await slips(room, 6)
        file = tmp_path / "7k3m.json"
        for words in made:
            assert words not in file.read_text()
        marks = json.loads(file.read_text())["session"]["1"]["slips"]
        # Nor does the order in which they lie tell which was made, and given out, first.
        assert marks == sorted(hashed(words) for words in made)
        views = [await seen(room, role) for role in Role]
        assert not any(words in repr(view) for words in made for view in views)
        await room.submit(Go(room.session.place, Direction.END))
        await room.submit(Go(room.session.place, Direction.END))
        assert (room.session.slips, room.session.slips_given) == (frozenset(), 0)
        assert (await stored_after(tmp_path)) == (frozenset(), 0)
        assert isinstance(await room.submit(Join(made[0])), Refused)


async def test_they_hold_when_the_host_was_stopped(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        made = await slips(room, 2)
        await come(room, made[0])
    session, box = resumed(*stored(tmp_path), random.Random(1))
    async with a_room(tmp_path, session, box) as room:
        await room.submit(Lock(locked=True))
        assert await come(room, made[0]) == made[0]
        assert isinstance(await room.submit(Join(made[1])), Refused)


async def test_how_far_they_are_used_is_a_few_words_on_the_tick(room: LiveRoom) -> None:
    made = await slips(room, 10)
    views = room.watch(Role.FACILITATOR)
    said: set[str] = set()
    for at, wanted in ((1, "Some are used."), (6, "Most are used."), (10, "Nearly all are used.")):
        for words in made[:at]:
            await come(room, words)
        async with asyncio.timeout(PATIENCE):
            async for view in views:
                assert view.desk is not None
                said.add(view.desk.slips)
                if view.desk.slips.endswith(wanted):
                    break
    await views.aclose()
    words_said = {"None is used yet.", "Some are used.", "Most are used.", "Nearly all are used.", ""}
    assert said <= {f"Slips given out: 10. {words}".strip() for words in words_said}
    assert (await seen(room, Role.SCREEN)).desk is None


async def test_somebody_who_guesses_waits_for_every_try_and_the_facilitator_hears_of_it(room: LiveRoom) -> None:
    made = await slips(room, 2)
    for n in range(FREE):
        assert isinstance(await room.submit(Join(f"no-such-{'abcdefghijklmnopqrstuvwxyzabcdef'[n]}")), Refused)
    begun = asyncio.get_running_loop().time()
    assert await come(room, made[0]) == made[0]
    assert asyncio.get_running_loop().time() - begun >= EACH * 0.9
    await watched(room.watch(Role.FACILITATOR), lambda view: "Somebody may be guessing" in repr(view.desk))


async def test_tries_go_one_after_the_other_whoever_hangs_up() -> None:
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    guesses = Guesses(pause)
    for _n in range(FREE):
        await guesses.turn()
        guesses.was_wrong()
    assert not waited
    tries = [asyncio.create_task(guesses.turn()) for _n in range(10)]
    await asyncio.sleep(0)
    assert len(waited) == 1
    tries[0].cancel()
    await asyncio.gather(*tries, return_exceptions=True)
    assert waited == [EACH] * 10


async def test_a_question_closes_with_slips_as_without(room: LiveRoom) -> None:
    made = await slips(room, 8)
    for words in made:
        await come(room, words)
    await go_to(room, "rows")
    assert room.session.round is not None
    assert room.session.round.people == 8
    for words in made:
        await reply(room, words, ROW, ("2",))
    await press(room)
    assert not room.session.rounds[-1].released.on_paper  # type: ignore[union-attr]  # it has just closed
