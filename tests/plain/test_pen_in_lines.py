"""The pen in plain lines: the facilitator says a word, and who types it writes the answers."""

from __future__ import annotations

import asyncio
from pathlib import Path

from line_terminal import INVITATION, House, LineTerminal, house

from tisu_tui.core.records import RecordKind
from tisu_tui.plain.laptop import lend
from tisu_tui.session.commands import WriteRecord
from tisu_tui.session.pen import PenState

SOURCE = """---
tisu: 1
title: A route
---

# A route

## What is the answer?

`answers` `id reply`
"""


async def given(here: House) -> tuple[LineTerminal, str]:
    """Ask for something, open the step and give the pen; returns the facilitator's window and the word."""
    await here.crowd(3)
    await here.room.submit(WriteRecord(RecordKind.ASK, "Paid cover @board 2026-12-15"))
    await here.go_to("reply")
    facilitator = here.facilitator()
    await facilitator.until("Next: ")
    facilitator.enter("pen")
    said = (await facilitator.until("Say this word to the guest: "))[-1]
    return facilitator, said.partition(": ")[2].partition(".")[0]


async def test_a_guest_writes_the_answers_until_the_pen_is_taken_back(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        facilitator, word = await given(here)
        guest, other = here.participant(), here.participant()
        for each in (guest, other):
            await each.until("Have you been here before?")
            each.enter("")
            await each.until("If that is you, type the word.")
        guest.enter(word)
        await guest.until("Everybody here reads what you send")
        await guest.asked("What is the answer?")
        await other.until("A guest has the pen.")
        other.enter(word)
        await other.until("Not taken: nothing is asked just now")
        guest.enter("Head of service")
        await guest.until("Recorded: Head of service.")
        guest.enter("")
        asked = await guest.until("Answer:")
        assert "p. Go on without this one." in asked, "what is left out here is no secret"
        guest.enter("1")
        await guest.until("Recorded: Agreed.")
        await other.until("Written down: Paid cover — @board: Agreed")
        await facilitator.until("Written down: Paid cover — @board: Agreed")
        facilitator.enter("pen")
        await guest.until("The scribe writes the answers again.")
        guest.enter("1")
        await guest.until("Not taken: nothing is asked just now")


async def test_a_guest_without_a_device_takes_the_pen_on_the_laptop(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        _facilitator, word = await given(here)
        laptop = LineTerminal()
        here.tasks.append(asyncio.create_task(lend(here.room, laptop, INVITATION)))
        await laptop.until("If that is you, type the word.")
        laptop.enter("wrong")
        await laptop.until("Not taken: That is not the word for the pen.")
        laptop.enter(word)
        await laptop.asked("What is the answer?")
        laptop.enter("Head of service")
        await laptop.until("Recorded: Head of service.")
        laptop.enter("next")
        await laptop.until("Talk: ")
        assert here.room.board.live.pen is PenState.WITH_SCRIBE, "nobody comes back to a turn"


async def test_who_comes_back_to_an_answer_hears_once_which_request_it_is_about(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        facilitator, _word = await given(here)
        facilitator.enter("Head of service", "1")
        await facilitator.until("Question: What was said: Paid cover")
        facilitator.hang_up()
        assert (await here.facilitator().until("Question: "))[-1].count("Paid cover") == 1
