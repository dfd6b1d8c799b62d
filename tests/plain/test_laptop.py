"""A shared laptop in plain lines: the keys that a real window sends, and what happens when it is put down."""

from __future__ import annotations

import asyncio

from line_terminal import INVITATION, House, LineTerminal

from tisu_tui.core.records import RecordKind
from tisu_tui.plain.laptop import QUIET, lend
from tisu_tui.session.commands import CountHands, Direction, Go, WriteRecord


def laptop(here: House, *, pty: bool = False, quiet: float = QUIET) -> LineTerminal:
    terminal = LineTerminal(pty=pty)
    here.tasks.append(asyncio.create_task(lend(here.room, terminal, INVITATION, quiet=quiet)))
    return terminal


async def opened(here: House) -> None:
    await here.crowd(6)
    await here.room.submit(CountHands(2))
    for _twice in range(2):
        await here.room.submit(Go(here.room.session.place, Direction.NEXT))


async def test_a_window_that_was_put_down_ends_its_turn(here: House) -> None:
    await opened(here)
    window = laptop(here, quiet=1.0)
    await window.until("When only you can see")
    window.enter("")
    await window.until("Answer:")
    window.enter("1")
    await window.until("Kept until this closes: ")
    assert "That turn is over. What said Recorded is in." in await window.until("A question is open")
    window.enter("1")
    await window.until("Not taken: When only you can see")


async def test_the_leave_key_ends_a_turn_first_and_then_takes_the_laptop_out(here: House) -> None:
    await opened(here)
    window = laptop(here, pty=True)
    await window.until("When only you can see")
    window.enter("help")
    await window.until("If you want to talk to someone: NHS 24, 111")
    window.enter("")
    await window.until("Answer:")
    window.type("\x18")
    await window.until("A question is open")
    window.type("\x18")
    await window.until("Goodbye. Please close this window.")


async def test_a_turn_is_told_only_what_can_be_done_on_a_laptop_that_is_handed_on(here: House) -> None:
    await opened(here)
    window = laptop(here)
    await window.until("When only you can see")
    window.enter("")
    heard = await window.until("Answer:")
    window.enter("help")
    heard += await window.until("If you want to talk to someone")
    untrue = ("Close it when", "signal: ", "language: ", "leave: ", "back and", "control X", "You can come back")
    assert [line for line in heard if any(each in line for each in untrue)] == []
    assert "next: clears this window and hands the laptop on, in the middle of a turn too." in heard


async def test_lines_that_one_person_typed_ahead_take_no_turn_for_the_next(here: House) -> None:
    await opened(here)
    window = laptop(here)
    await window.until("When only you can see")
    window.enter("")
    await window.until("Answer:")
    window.type("1\n\n\n2\n")
    await window.until("A question is open")
    window.enter("help")
    await window.until("leave: takes this laptop out of the session.")
    box = here.room._kept.box
    assert box is not None
    assert len(box.answers) == box.papers == 1


async def test_there_is_no_turn_where_nothing_is_asked_or_nobody_is_counted(here: House) -> None:
    window = laptop(here)
    await window.until("Waiting")
    window.enter("")
    await window.until("Nothing is asked just now.")
    await opened(here)
    await here.room.submit(CountHands(0))
    await window.until("When only you can see")
    window.enter("")
    await window.until("Not taken: Nobody is counted as without a device yet.")


async def test_a_line_of_the_notes_is_asked_about_in_private_on_it(here: House) -> None:
    await here.room.submit(WriteRecord(RecordKind.PARK, "The broken lift"))
    await here.crowd(2)
    while not here.room.session.is_reading:
        await here.next()
    window = laptop(here)
    await window.until("1. ")
    window.enter("soften 9")
    await window.until("Not taken: ")
    window.enter("soften 1")
    await window.until("Asked. Only the facilitator is told, and not who asked.")
    assert len(here.room.session.asked) == 1
