"""A shared laptop's screen between two people: what is cleared, when, and what is never there."""

from __future__ import annotations

from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Someone, a_gathering

from tisu_tui.core.records import RecordKind
from tisu_tui.room.room import LiveRoom
from tisu_tui.screens.laptop import FINISHED, QUIET, LaptopApp
from tisu_tui.session.commands import Bring, CountHands, Direction, Go, WriteRecord
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import State

COVER = "Whose turn is it?"
CLEARED = "Nobody has typed for a while"


async def laptop(room: LiveRoom, *, finished: float = FINISHED, columns: int = 80) -> Someone:
    brought = await room.submit(Bring())
    assert isinstance(brought, Done)
    await room.submit(CountHands(2))
    return Someone(LaptopApp(room, brought.seat, INVITATION, finished=finished), columns)


async def open_step(room: LiveRoom, step: str) -> None:
    while room.session.step is None or (room.session.step.id, room.session.place.state) != (step, State.OPEN):
        await room.submit(Go(room.session.place, Direction.NEXT))


@pytest.mark.parametrize("columns", [40, 80])
async def test_what_is_typed_and_not_sent_is_gone_when_the_laptop_lies_still(columns: int, tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await open_step(gathering.room, "ideas")
        someone = await laptop(gathering.room, columns=columns)
        assert isinstance(someone.app, LaptopApp)
        await someone.sees(COVER)
        await someone.press("enter")
        await someone.sees("ctrl+k")
        await someone.press(*"I am tired")
        await someone.sees("tired")
        # From the next key on, it is only a moment.
        someone.app._quiet = 0.0
        await someone.press("!")
        await someone.sees("Nobody has typed", COVER)
        someone.app._quiet = QUIET
        await someone.press("enter")
        await someone.sees("ctrl+k")
        await someone.sees_no("tired")


async def test_a_finished_turn_is_cleared_soon_and_can_not_be_changed_after_that(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await open_step(gathering.room, "rows")
        someone = await laptop(gathering.room, finished=0.2)
        await someone.sees(COVER)
        await someone.press("enter")
        await someone.sees("Question 1 of 2")
        await someone.press("2", "enter", "1", "enter")
        await someone.sees(CLEARED)
        await someone.press("c", "w")
        await someone.sees_no(CLEARED)
        await someone.press("enter")
        await someone.sees("Question 1 of 2")


async def test_why_there_is_no_turn_stands_on_the_cover(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await open_step(gathering.room, "rows")
        someone = await laptop(gathering.room)
        await gathering.room.submit(CountHands(0))
        await someone.sees(COVER)
        await someone.press("enter")
        await someone.sees("Nobody is counted", COVER)


async def test_a_turn_ends_when_its_question_closes(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await open_step(gathering.room, "rows")
        someone = await laptop(gathering.room)
        await someone.sees(COVER)
        await someone.press("enter")
        await someone.sees("Question 1 of 2")
        await someone.press("2")
        await someone.sees("›")
        await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
        await someone.sees("This question has closed.", "What said Recorded is in.")
        await someone.sees_no("›")
        await open_step(gathering.room, "ideas")
        await someone.sees("What would you change?", COVER)
        # What was said about one question is not said beside the next.
        await someone.sees_no("What said Recorded is in.")


async def test_help_has_no_words_to_come_back_by_and_the_chord_clears_before_it_leaves(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await open_step(gathering.room, "rows")
        someone = await laptop(gathering.room)
        await someone.sees(COVER)
        await someone.press("enter", "f1")
        await someone.sees("NHS 24, 111", "clear this screen for the next person")
        await someone.sees_no("three words")
        await someone.press("f2")
        await someone.press("ctrl+x")
        await someone.sees(COVER)
        await someone.press("ctrl+x")
        await someone.sees("Goodbye.")


async def test_keys_that_one_person_typed_ahead_take_no_turn_for_the_next(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await open_step(gathering.room, "rows")
        someone = await laptop(gathering.room)
        await someone.sees(COVER)
        await someone.press("enter")
        await someone.sees("Question 1 of 2")
        # All at once: the first answer is still being stored when the chord ends the turn.
        someone.terminal.type(b"1\r2\r\r\x18")
        await someone.sees(COVER)
        await someone.press("f1")
        await someone.sees("Help")
        await someone.press("f1")
        await someone.sees(COVER)


async def test_what_somebody_thinks_about_alone_is_not_typed_into_a_laptop_that_others_use(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 1) as gathering:
        # One person alone: each question is only thought about.
        someone = await laptop(gathering.room)
        await gathering.room.submit(CountHands(0))
        await open_step(gathering.room, "ideas")
        await someone.sees("What would you change?", "This laptop goes from hand to hand")
        await someone.press(*"secret", "enter")
        await someone.sees_no("secret")
        await someone.sees_no("If you type here, only you see it.")


async def test_a_line_of_the_notes_is_asked_about_in_private_and_which_does_not_stay(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        await gathering.room.submit(WriteRecord(RecordKind.PARK, "The broken lift"))
        while not gathering.room.session.is_reading:
            await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
        someone = await laptop(gathering.room)
        await someone.sees("The broken lift", "s ask in private")
        await someone.press("c", "w", "f2", "x")
        await someone.press("s", "1", "enter")
        await someone.sees("Asked. Only the facilitator is told, and not who asked.")
        assert len(gathering.room.session.asked) == 1
        await someone.press("f1")
        await someone.sees("Help")
        await someone.press("f1")
        await someone.sees_no("Asked.")
