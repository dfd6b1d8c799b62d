"""What somebody was writing or had marked is there again when they return, and gone when they left by themselves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering, Someone, a_gathering

from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.session.commands import GivePen, Join, Keep, Sent
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import Unsent
from tisu_tui.view.view import Role


def words_of(someone: Someone) -> str:
    app = someone.app
    assert isinstance(app, ParticipantApp)
    return app._seat.words


async def back(gathering: Gathering, words: str) -> Someone:
    """Come back by one's words, as the door does it."""
    outcome = await gathering.room.submit(Join(words))
    assert isinstance(outcome, Done)
    return gathering._look(ParticipantApp(gathering.room, outcome.seat, INVITATION), 80, 30)


async def writing(gathering: Gathering) -> Someone:
    someone = await gathering.participant(80, 30)
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k")
    await someone.press(*"A quiet room", "enter")
    await someone.sees("Recorded")
    await someone.press(*"and half a thou")
    await someone.sees("and half a thou")
    return someone


def nowhere_in(folder: Path, text: str) -> bool:
    return not any(text.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("how", ["cut", "another window"])
def test_words_are_back_after_a_cut_line_and_in_another_window(tmp_path: Path, how: str) -> None:
    async def play() -> None:
        async with a_gathering(tmp_path, 8) as gathering:
            someone = await writing(gathering)
            if how == "cut":
                await someone.hang_up()
            again = await back(gathering, words_of(someone))
            await again.sees("Here is what you were writing.", "1  A quiet room", "> and half a thou")
            assert nowhere_in(tmp_path, "half a thou")
            await again.press(*"ght", "enter")
            await again.sees("Recorded: and half a thought.", "2  and half a thought")
            box = gathering.room._kept.box
            assert box is not None
            assert [*box.answers.values()] == [{"ideas": ("A quiet room", "and half a thought")}]
            if how == "another window":
                await someone.sees("in use in another window")
            await again.hang_up()
            third = await back(gathering, words_of(someone))
            await third.sees("Waiting for the others")
            await third.sees_no("half a thou")

    asyncio.run(play())


@pytest.mark.parametrize("keys", [("ctrl+x",), ("ctrl+q", "enter"), ("ctrl+q", "ctrl+q")])
def test_whoever_leaves_by_a_key_takes_it_with_them(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async def play() -> None:
        async with a_gathering(tmp_path, 8) as gathering:
            someone = await writing(gathering)
            await someone.hang_up()
            # Kept once, it goes as well when it was given back and its owner leaves.
            again = await back(gathering, words_of(someone))
            await again.sees("> and half a thou")
            await again.press(*keys)
            await again.has_left()
            third = await back(gathering, words_of(someone))
            await third.sees("Waiting for the others")
            assert (await gathering.view(Role.PARTICIPANT, words_of(someone))).unsent is None

    asyncio.run(play())


def test_marks_are_back_while_their_question_is_open_and_not_after(tmp_path: Path) -> None:
    async def play() -> None:
        async with a_gathering(tmp_path, 8) as gathering:
            someone = await gathering.participant(80, 30)
            await gathering.go_to("share")
            await someone.sees("space choose")
            await someone.press("1", " ", " ", "3", " ")
            await someone.sees("[••", "The tea")
            await someone.hang_up()
            again = await back(gathering, words_of(someone))
            await again.sees("Here is what you had chosen. It was not sent", "1  [••] The rota", "3  [• ] The tea")
            await again.hang_up()
            await gathering.go_to("share", "closed")
            third = await back(gathering, words_of(someone))
            await third.sees("closed")
            assert (await gathering.view(Role.PARTICIPANT, words_of(someone))).unsent is None

    asyncio.run(play())


def test_words_whose_question_closed_meanwhile_wait_for_the_next_one(tmp_path: Path) -> None:
    async def play() -> None:
        async with a_gathering(tmp_path, 8) as gathering:
            someone = await writing(gathering)
            await someone.hang_up()
            await gathering.go_to("share")
            again = await back(gathering, words_of(someone))
            await again.sees("Your words are kept here, for the next question that asks for words.")

    asyncio.run(play())


def test_nobody_keeps_anything_on_a_seat_of_somebody_else_and_no_other_role_sees_it(tmp_path: Path) -> None:
    async def play() -> None:
        async with a_gathering(tmp_path, 8) as gathering:
            someone = await writing(gathering)
            place = gathering.room.session.place
            unsent = Unsent(place, "ideas", "planted")
            assert isinstance(await gathering.room.submit(Keep("oak-oak-oak", unsent)), Refused)
            await someone.hang_up()
            for role, seat in ((Role.FACILITATOR, "a"), (Role.SCREEN, ""), (Role.PARTICIPANT, gathering.seats[0])):
                assert (await gathering.view(role, seat)).unsent is None

    asyncio.run(play())


PEN = """---
tisu: 1
title: A route
---

# A route

## What is the answer?

`answers` `id reply`

## What else?

`gather` `id ideas`
"""


async def test_a_guest_whose_pen_is_taken_back_in_the_middle_hears_of_it_and_keeps_the_words(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, PEN) as gathering:
        room, guest = gathering.room, await gathering.participant()
        await gathering.go_to("reply")
        await room.submit(Sent("desk", GivePen(room.session.place)))
        word = room._kept.pen.word if room._kept.pen else ""
        await guest.press("f2", *word, "enter", *"In part", "enter")
        await guest.sees("Recorded: In part.")
        late = await gathering.participant()
        await late.press("f2", *word, "enter")
        await late.sees("That is not the word for the pen.")
        await guest.press(*"half a line")
        await room.submit(Sent("desk", GivePen(room.session.place)))
        await guest.sees("The scribe writes the answers again. Your words are kept here,")
        await guest.sees_no("Recorded: In part.")
        await gathering.go_to("ideas")
        await guest.press("ctrl+y")
        await guest.sees("> half a line")
