"""In plain lines: asking in private for a line to be softened, answering that, and leaving the notes open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from line_terminal import House, LineTerminal, house

from tisu_tui.core.records import RecordKind
from tisu_tui.session.commands import WriteRecord


@asynccontextmanager
async def reading(folder: Path) -> AsyncIterator[tuple[House, LineTerminal, LineTerminal]]:
    """Hold a session of eight until its notes are read, with one participant's terminal and the facilitator's."""
    async with house(folder) as here:
        await here.crowd(8)
        terminal, desk = here.participant(), here.facilitator()
        await terminal.until("Waiting")
        await desk.until("Next: ")
        for text in ("Book the room @sam 2026-12-01", "Talk to Lee about Friday"):
            await here.room.submit(WriteRecord(RecordKind.ACTION, text))
        await here.room.submit(WriteRecord(RecordKind.CONCERN, "Nights are too long"))
        while not here.room.session.is_reading:
            await here.next()
        await terminal.until("3. Talk to Lee about Friday")
        await terminal.until("To ask in private")
        await desk.until("3. Talk to Lee about Friday")
        yield here, terminal, desk


async def test_a_request_is_heard_by_the_facilitator_alone_and_answered(tmp_path: Path) -> None:
    async with reading(tmp_path) as (here, terminal, desk):
        other = here.participant()
        other.enter("")
        await other.until("To ask in private")
        terminal.enter("soften 3", "SOFTEN 1")
        await terminal.until("Asked. Only the facilitator is told, and not who asked.")
        await terminal.until("Asked.")
        await desk.until("Next: leave out 1, which somebody asked about; seal the notes and end")
        heard = await desk.until("Answer with strike, reword or keep")
        assert heard[-2] == (
            "Somebody asks for lines 1 and 3 to be softened or left out. "
            "Where you do not answer, sealing leaves out 1 and keeps 3, made aloud by the group."
        )
        assert other.rest() == []
        desk.enter("reword 3: Plan Fridays together", "keep 1")
        await other.until("Line 3 is now: Plan Fridays together")
        await desk.until("Done")
        await desk.until("Next: seal the notes and end")
        assert here.room.session.asked == frozenset()
        assert here.room.session.softened == 1


async def test_what_cannot_be_asked_about_is_said(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_here, terminal, _desk):
        terminal.enter("soften 9", "soften 0", "soften it", "labels")
        await terminal.until("Not taken: there is no line 9")
        await terminal.until("Not taken: there is no line 0")
        await terminal.until("Not taken: nothing is asked just now")
        await terminal.until("3. Talk to Lee about Friday")


async def test_the_notes_are_left_open_with_a_kind_goodbye(tmp_path: Path) -> None:
    async with reading(tmp_path) as (here, terminal, desk):
        desk.enter("leave open")
        await terminal.until("These notes stay open, so that we can think them over. Nothing is sealed.")
        await terminal.until("Some of this may stay with you.")
        await terminal.until("If you want to talk to someone: NHS 24")
        await desk.until("These notes stay open")
        await desk.until("Next: seal the notes and end")
        assert not here.room.session.is_ended
        terminal.enter("soften 1")
        await terminal.until("Asked.")
        desk.enter("leave")
        await desk.until("Goodbye. The session goes on.")
