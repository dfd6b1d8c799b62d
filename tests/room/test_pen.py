"""The pen: a guest writes the answers of one step themselves, and nobody else does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, press, reply, seen, stored

from tisu_tui.core.form import Option
from tisu_tui.core.later import Status, reason
from tisu_tui.memory.past import past
from tisu_tui.room.return_words import OF_ONE_WORD
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Bring, Enter, GivePen, Join, Leave, Lend, Sent, TakePen, Withdraw
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import Session
from tisu_tui.view.view import Role

SOURCE = """---
tisu: 1
title: A route
---

# A route

## What is the answer?

`answers` `id reply`

## What else is answered?

`answers` `id more`

## The end

`close`
"""
COVER, ROOM = "x1.q1", "x1.q2"


def session() -> Session:
    asked = (Option(COVER, "We asked: Paid cover", group="asked"), Option(ROOM, "We asked: A room", group="asked"))
    return replace(new_session(SOURCE), prepared=(("reply", asked), ("more", asked)))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[LiveRoom]:
    async with a_room(tmp_path, session()) as room:
        yield room


async def given(room: LiveRoom) -> str:
    """Give the pen; returns its word, which only the facilitator reads."""
    outcome = await room.submit(Sent("desk", GivePen(room.session.place)))
    assert outcome == Done(), "what is said of a key would outlive the word"
    desk = (await seen(room, Role.FACILITATOR)).desk
    assert desk is not None
    word = desk.concerns[0].removeprefix("Say this word to the guest: ").partition(".")[0]
    for role in (Role.SCREEN, Role.PARTICIPANT):
        view = await seen(room, role)
        assert view.pen is PenState.OFFERED
        assert word not in repr(view), "the word is the facilitator's to say"
    return word


def entries(room: LiveRoom) -> dict[str, tuple[str, ...]]:
    assert room.session.round is not None
    return dict(room.session.round.entries)


async def take_back(room: LiveRoom) -> Outcome:
    return await room.submit(Sent("desk", GivePen(room.session.place)))


async def test_a_guest_with_the_word_writes_the_answers_and_the_request_is_answered(tmp_path: Path) -> None:
    async with a_room(tmp_path, session()) as room:
        guest, *_others = await join(room, 4)
        await go_to(room, "reply")
        assert isinstance(await room.submit(TakePen(guest, (await given(room)).upper())), Done)
        view = await seen(room, Role.PARTICIPANT, guest)
        assert view.asks_everyone
        for field, value in (("role", ("Head of service",)), (COVER, ("agreed",)), (f"{COVER}:by", ("2027-01-10",))):
            assert isinstance(await reply(room, guest, field, value), Done)
        assert stored(tmp_path)[0].rounds[0].entries, "an answer that was acknowledged is on disk"
        assert (await seen(room, Role.SCREEN)).entries, "the room reads what the guest wrote"
        await press(room)
        (standing,) = past(replace(room.session, place=room.session.place)).standings
        assert (standing.promise, standing.status, standing.by) == (COVER, Status.AGREED, "2027-01-10")
        assert standing.role == "Head of service"


async def test_a_no_is_asked_for_its_reason_and_a_yes_for_its_words(room: LiveRoom) -> None:
    guest, *_others = await join(room, 4)
    await go_to(room, "reply")
    await room.submit(TakePen(guest, await given(room)))
    await reply(room, guest, COVER, ("not-agreed",))
    await reply(room, guest, ROOM, ("agreed",))
    assert isinstance(await reply(room, guest, f"{COVER}:words", ("No money",)), Stale)
    assert isinstance(await reply(room, guest, f"{ROOM}:because", ("From May",)), Stale)
    assert isinstance(await reply(room, guest, f"{COVER}:because", ("No money",)), Done)
    assert isinstance(await reply(room, guest, f"{ROOM}:words", ("From May",)), Done)
    await press(room)
    said = [(standing.words, reason(standing.status, standing.words)) for standing in past(room.session).standings]
    assert said == [("No money", "No money"), ("From May", "")]


async def test_who_was_not_given_the_pen_writes_nothing(room: LiveRoom) -> None:
    guest, other, *_others = await join(room, 4)
    await go_to(room, "reply")
    assert isinstance(await room.submit(TakePen(guest, "lantern")), Refused)
    word = await given(room)
    assert isinstance(await reply(room, guest, COVER, ("agreed",)), Stale)
    assert isinstance(await room.submit(TakePen(guest, f"{word}s")), Refused)
    assert isinstance(await room.submit(TakePen("nobody-sits-here", word)), Refused)
    assert isinstance(await room.submit(TakePen(guest, word)), Done)
    assert isinstance(await room.submit(TakePen(other, word)), Refused), "a word is good once"
    assert isinstance(await reply(room, other, COVER, ("agreed",)), Stale)
    assert not (await seen(room, Role.PARTICIPANT, other)).asks_everyone
    assert isinstance(await reply(room, guest, COVER, ("never heard of",)), Refused)
    assert isinstance(await reply(room, guest, f"{COVER}:by", ("2027-01-10",)), Stale), "it comes after an answer"
    assert entries(room) == {}


async def test_the_pen_is_for_an_open_step_in_which_requests_are_answered(room: LiveRoom) -> None:
    await join(room, 4)
    assert isinstance(await take_back(room), Refused)
    await go_to(room, "reply", "waiting")
    assert isinstance(await take_back(room), Refused)
    await go_to(room, "reply")
    await given(room)


async def test_taken_back_the_pen_leaves_what_was_sent_and_takes_nothing_more(room: LiveRoom) -> None:
    guest, *_others = await join(room, 4)
    await go_to(room, "reply")
    word = await given(room)
    await room.submit(TakePen(guest, word))
    await reply(room, guest, COVER, ("agreed",))
    assert isinstance(await take_back(room), Done)
    assert isinstance(await reply(room, guest, ROOM, ("agreed",)), Stale)
    assert isinstance(await room.submit(TakePen(guest, word)), Refused)
    assert not (await seen(room, Role.PARTICIPANT, guest)).asks_everyone
    assert entries(room) == {COVER: ("agreed",)}


async def test_the_pen_is_good_for_one_step(room: LiveRoom) -> None:
    guest, *_others = await join(room, 4)
    await go_to(room, "reply")
    await room.submit(TakePen(guest, await given(room)))
    await go_to(room, "more")
    assert (await seen(room, Role.SCREEN)).pen is PenState.WITH_SCRIBE
    assert isinstance(await reply(room, guest, COVER, ("agreed",)), Stale)


async def test_a_guest_who_drops_out_comes_back_to_the_pen_and_the_scribe_writes_meanwhile(room: LiveRoom) -> None:
    guest, *_others = await join(room, 4)
    await go_to(room, "reply")
    await room.submit(TakePen(guest, await given(room)))
    await reply(room, guest, "role", None)
    await reply(room, guest, COVER, ("agreed",))
    await room.submit(Leave(guest))
    view = await seen(room, Role.FACILITATOR)
    assert view.pen is PenState.AWAY
    assert view.desk is not None
    assert any("has dropped out" in concern for concern in view.desk.concerns)
    assert isinstance(await room.submit(Enter(room.session.place, ROOM, ("not-agreed",))), Done)
    await room.submit(Join(guest))
    view = await seen(room, Role.PARTICIPANT, guest)
    assert view.pen is PenState.MINE
    assert view.answer == {"role": None, COVER: ("agreed",), ROOM: ("not-agreed",)}


async def test_taking_back_answers_leaves_what_the_scribe_wrote(room: LiveRoom) -> None:
    guest, *_others = await join(room, 4)
    await go_to(room, "reply")
    await room.submit(Enter(room.session.place, ROOM, ("not-agreed",)))
    await room.submit(TakePen(guest, await given(room)))
    await reply(room, guest, COVER, ("agreed",))
    await reply(room, guest, ROOM, None)
    await room.submit(Withdraw(room.session.place, guest))
    assert entries(room) == {ROOM: ("not-agreed",)}


async def test_a_guest_without_a_device_has_the_pen_for_a_turn_on_the_laptop(room: LiveRoom) -> None:
    await join(room, 3)
    brought = await room.submit(Bring())
    assert isinstance(brought, Done)
    await go_to(room, "reply")
    assert isinstance(await room.submit(Lend(brought.seat, "lantern")), Refused)
    turn = await room.submit(Lend(brought.seat, await given(room)))
    assert isinstance(turn, Done)
    assert (await seen(room, Role.PARTICIPANT, turn.seat)).asks_everyone
    assert isinstance(await reply(room, turn.seat, COVER, ("agreed",)), Done)
    assert (await seen(room, Role.FACILITATOR)).pen is PenState.HELD
    await room.submit(Leave(turn.seat))
    assert (await seen(room, Role.FACILITATOR)).pen is PenState.WITH_SCRIBE
    assert isinstance(await reply(room, turn.seat, ROOM, ("agreed",)), Refused)
    assert entries(room) == {COVER: ("agreed",)}


async def test_the_guest_alone_is_back_after_a_restart_and_is_given_the_pen(tmp_path: Path) -> None:
    async with a_room(tmp_path, session()) as room:
        await join(room, 4)
        await go_to(room, "reply")
    before, _box = stored(tmp_path)
    async with a_room(tmp_path, before) as room:
        assert isinstance(await take_back(room), Refused), "nobody is back yet"
        (guest,) = await join(room, 1)
        assert isinstance(await room.submit(TakePen(guest, await given(room))), Done)
        assert isinstance(await reply(room, guest, COVER, ("agreed",)), Done)


async def test_the_word_can_not_be_guessed_while_the_guest_types_it(room: LiveRoom) -> None:
    """Of 256 words somebody tries many from several seats at once."""
    others = await join(room, 12)
    await go_to(room, "reply")
    await given(room)
    tries = [asyncio.create_task(room.submit(TakePen(seat, f"{n}x"))) for n, seat in enumerate(others)]
    done, waiting = await asyncio.wait(tries, timeout=1)
    assert len(done) == OF_ONE_WORD[0]
    for task in waiting:
        task.cancel()


async def test_guests_who_know_their_word_wait_for_nothing(room: LiveRoom) -> None:
    guest = (await join(room, 5))[0]
    await go_to(room, "reply")
    async with asyncio.timeout(OF_ONE_WORD[1]):
        for _n in range(2 * OF_ONE_WORD[0]):
            assert isinstance(await room.submit(TakePen(guest, "lantern")), Refused), "there is nothing to guess yet"
            assert isinstance(await room.submit(TakePen(guest, await given(room))), Done)
            await take_back(room)
