"""Anybody may ask in private for a line of the notes to be softened: nobody learns who, how many, or when."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import PATIENCE, SOURCE, a_room, go_to, join, new_session, onward, press, reply, seen, stored, watched

from tisu_tui.core.form import Pick
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import RecordKind
from tisu_tui.notes.write import render
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.room import LiveRoom
from tisu_tui.room.transaction import Transaction
from tisu_tui.session.changes import recorded, sealed
from tisu_tui.session.commands import (
    Ask,
    Command,
    Direction,
    Enter,
    Go,
    Judge,
    LeaveOpen,
    Prepare,
    Reword,
    Sent,
    Stand,
    Strike,
    WriteRecord,
)
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.readback import Line, noted, reading
from tisu_tui.session.session import Fate
from tisu_tui.view.view import Role, View

NEVER = 3600.0
"""A tick that does not come while a test runs."""

Story = Callable[[LiveRoom, list[str]], Awaitable[None]]

WORDS = ("a calmer handover", "more time together", "what Kim said on Friday")
OTHERS = tuple(f"idea {n}" for n in range(5))


@asynccontextmanager
async def reading_together(folder: Path, tick: float = 0.01) -> AsyncIterator[tuple[LiveRoom, list[str]]]:
    """A room of eight that reads three kept lines, a decision and an action together."""
    async with a_room(folder, tick=tick) as room:
        seats = await join(room, 8)
        await go_to(room, "ideas")
        for seat, words in zip(seats, (*WORDS, *OTHERS), strict=True):
            assert isinstance(await reply(room, seat, "ideas", (words,)), Done)
        await press(room)
        await room.submit(Judge(room.session.place, numbers(room, *WORDS), Fate.KEPT))
        await room.submit(WriteRecord(RecordKind.DECISION, "We try it"))
        while not room.session.is_reading:
            await onward(room)
        yield room, seats


def numbers(room: LiveRoom, *texts: str) -> tuple[int, ...]:
    """Give the numbers that lines of words have before the notes are read."""
    held = room.session.round.held if room.session.round else ()
    return tuple(n for n, line in enumerate(held, 1) if line.text in texts)


async def ask(room: LiveRoom, seat: str, text: str) -> Outcome:
    return await room.submit(Ask(room.session.place, seat, line_of(room, text)))


def line_of(room: LiveRoom, text: str) -> Line:
    return next(line for line in reading(room.session) if line.number and text in line.text)


async def told(views: AsyncIterator[View], numbers: int) -> View:
    """Wait until so many lines are asked about on the facilitator's desk."""
    return await watched(views, lambda view: view.desk is not None and len(view.desk.asked) == numbers)


async def test_asking_moves_nothing_on_any_screen(tmp_path: Path) -> None:
    async with reading_together(tmp_path, tick=NEVER) as (room, seats):
        watching = [room.watch(role, seats[1] if role is Role.PARTICIPANT else "") for role in Role]
        before = [repr(await anext(views)) for views in watching]
        asked = await ask(room, seats[0], WORDS[2])
        assert asked == Done(said="Asked. Only the facilitator is told, and not who asked.")
        news = [asyncio.ensure_future(anext(views)) for views in watching]
        await asyncio.sleep(0)
        assert not any(task.done() for task in news)
        for task in news:
            task.cancel()
        assert [repr(await seen(room, role, seats[1])) for role in Role] == before


async def test_the_tick_tells_the_facilitator_alone(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        others = (Role.PARTICIPANT, Role.SCREEN)
        before = [repr(await seen(room, role)) for role in others]
        await ask(room, seats[0], WORDS[2])
        desk = (await told(room.watch(Role.FACILITATOR), 1)).desk
        assert desk is not None
        assert desk.next_words.startswith(f"leave out {desk.asked[0]}, which somebody asked about")
        assert [repr(await seen(room, role)) for role in others] == before


async def test_one_who_asks_and_five_who_ask_leave_the_same_bytes(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        await ask(room, seats[0], WORDS[2])
        once = (tmp_path / "7k3m.json").read_bytes()
        for seat in (*seats[1:5], seats[0]):
            assert isinstance(await ask(room, seat, WORDS[2]), Done)
        assert (tmp_path / "7k3m.json").read_bytes() == once
        document = json.loads(once)["session"]["1"]
        assert len(document["asked"]) == 1
        assert stored(tmp_path)[0].asked == room.session.asked


async def test_a_line_asked_about_is_answered_by_striking_rewording_or_letting_it_stand(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        for words in WORDS:
            await ask(room, seats[0], words)
        await room.submit(Stand(line_of(room, WORDS[0])))
        await room.submit(Reword(line_of(room, WORDS[1]), "time, kept \x1b[31mfree"))
        await room.submit(Strike(line_of(room, WORDS[2])))
        assert room.session.asked == frozenset()
        assert (room.session.struck, room.session.softened) == (1, 1)
        text = (tmp_path / "7k3m.json").read_text()
        assert WORDS[2] not in text
        assert WORDS[1] not in text
        await press(room)
        notes = next(each for name, each in render(room.session).items() if name.endswith(".md")).decode()
        assert "What 1 line said before it was softened." in notes
        assert "1 line that was struck." in notes
        assert WORDS[0] in notes


async def test_sealing_leaves_out_words_that_nobody_answered_and_keeps_what_the_group_decided(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        await ask(room, seats[0], WORDS[2])
        await ask(room, seats[1], "We try it")
        draft = b"".join(render(room.session).values()).decode()
        assert WORDS[2] not in draft
        assert "We try it" in draft
        await press(room)
        assert room.session.is_ended
        assert room.session.asked == frozenset()
        notes = b"".join(render(room.session).values()).decode()
        assert WORDS[2] not in notes
        assert "We try it" in notes
        assert "1 line that was struck." in notes
        assert WORDS[2] not in (tmp_path / "7k3m.json").read_text()


async def test_what_was_asked_since_the_tick_is_heard_before_a_private_screen_seals(tmp_path: Path) -> None:
    async with reading_together(tmp_path, tick=NEVER) as (room, seats):
        await ask(room, seats[0], WORDS[2])
        seal = Sent("desk", Go(room.session.place, Direction.NEXT))
        refused = await room.submit(seal)
        assert isinstance(refused, Refused)
        assert "just asked" in refused.why
        await told(room.watch(Role.FACILITATOR), 1)
        assert isinstance(await room.submit(seal), Done)
        assert room.session.is_ended


async def test_what_was_answered_and_is_asked_again_waits_for_the_tick_too(tmp_path: Path) -> None:
    async with reading_together(tmp_path, tick=NEVER) as (room, seats):
        await ask(room, seats[0], WORDS[2])
        await room.submit(Sent("desk", Go(room.session.place, Direction.NEXT)))
        view = await told(room.watch(Role.FACILITATOR), 1)
        assert view.desk is not None
        assert view.desk.asked == (line_of(room, WORDS[2]).number,)
        await room.submit(Stand(line_of(room, WORDS[2])))
        before = repr(await seen(room, Role.FACILITATOR))
        await ask(room, seats[1], WORDS[2])
        assert repr(await seen(room, Role.FACILITATOR)) == before


@pytest.mark.parametrize("answers", [lambda line: Reword(line, f"{line.text}, in other words"), Stand])
async def test_what_is_answered_before_it_was_heard_stays_asked(
    tmp_path: Path, answers: Callable[[Line], Command]
) -> None:
    async with reading_together(tmp_path, tick=NEVER) as (room, seats):
        line = line_of(room, WORDS[2])
        await ask(room, seats[0], WORDS[2])
        assert await room.submit(Sent("desk", answers(line))) == Done()
        # It is heard with the tick, here with the try to seal, and then it can be answered.
        await room.submit(Sent("desk", Go(room.session.place, Direction.NEXT)))
        view = await told(room.watch(Role.FACILITATOR), 1)
        assert view.desk is not None
        (number,) = view.desk.asked
        (now,) = (each for each in view.reading if each.number == number)
        assert now.text in {line.text, f"{line.text}, in other words"}
        assert await room.submit(Sent("desk", answers(now))) == Done()
        assert room.session.asked == frozenset()


async def test_a_line_that_is_struck_unheard_leaves_nothing_asked(tmp_path: Path) -> None:
    async with reading_together(tmp_path, tick=NEVER) as (room, seats):
        await ask(room, seats[0], WORDS[2])
        assert await room.submit(Sent("desk", Strike(line_of(room, WORDS[2])))) == Done()
        assert room.session.asked == frozenset()


async def test_only_people_in_the_room_ask_and_only_about_the_line_they_read(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        place = room.session.place
        decision = line_of(room, "We try it")
        assert isinstance(await room.submit(Ask(place, "some-other-words", decision)), Refused)
        for wrong in (replace(decision, number=99), replace(decision, number=2), replace(decision, number=0)):
            assert isinstance(await room.submit(Ask(place, seats[0], wrong)), Refused)
        assert room.session.asked == frozenset()


async def test_a_line_is_struck_once_however_often_the_key_is_pressed(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, _seats):
        first = line_of(room, WORDS[0])
        assert isinstance(await room.submit(Strike(first)), Done)
        # Another line has its number now.
        assert isinstance(await room.submit(Strike(first)), Refused)
        assert isinstance(await room.submit(Reword(first, "x")), Refused)
        assert room.session.struck == 1


async def test_what_is_asked_after_the_end_changes_nothing(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        line, place = line_of(room, WORDS[0]), room.session.place
        await press(room)
        assert isinstance(await room.submit(Ask(place, seats[0], line)), Stale)


async def test_no_view_holds_what_changes_a_line(tmp_path: Path) -> None:
    """That has the round's other words in it, also those the group has not said yes to."""

    async with reading_together(tmp_path) as (room, _seats):
        while room.session.step is None or room.session.step.id != "ideas":
            assert isinstance(await press(room, Direction.BACK), Done)
        await room.submit(Judge(room.session.place, numbers(room, WORDS[1]), Fate.HELD))
        while not room.session.is_reading:
            await press(room, Direction.SKIP)
        for role in (Role.PARTICIPANT, Role.SCREEN):
            view = repr(await seen(room, role))
            assert WORDS[0] in view
            assert WORDS[1] not in view


async def test_leaving_the_notes_open_seals_nothing_and_is_undone_by_going_on(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        assert isinstance(await room.submit(LeaveOpen(room.session.place)), Done)
        await asyncio.wait_for(room.until_left_open(), PATIENCE)
        for role in Role:
            assert (await seen(room, role)).left_open
        kept = stored(tmp_path)[0]
        assert kept.left_open
        assert not kept.is_ended
        assert kept.register
        assert isinstance(await ask(room, seats[0], WORDS[0]), Done)
        await press(room)
        assert room.session.is_ended
        assert not room.session.left_open


async def test_notes_are_left_open_only_while_they_are_read(room: LiveRoom) -> None:
    assert isinstance(await room.submit(LeaveOpen(room.session.place)), Refused)
    assert isinstance(await room.submit(Reword(Line("x", 1), "y")), Refused)


MOVES = st.lists(st.sampled_from(("ask", "stand", "soften", "strike", "make")), max_size=12)


@given(MOVES, st.randoms(note_method_calls=True, use_true_random=False))
def test_what_is_asked_is_always_about_a_line_that_stands(moves: list[str], chance: random.Random) -> None:
    tx = Transaction(new_session(), None, Laptops(lambda _turn: None), chance)
    for n, move in enumerate(moves):
        session = tx.session
        lines = noted(session)
        line = chance.choice(lines) if lines else None
        if move == "make" or line is None:
            tx.become(recorded(session, read_record(RecordKind.PARK, session.made + 1, f"thing {n}")))
        elif move == "ask":
            tx.become(replace(session, asked=session.asked | {line.key}))
        elif move == "stand":
            tx.become(replace(session, asked=session.asked - {line.key}))
        else:
            tx.become(line.change(f"softer {n}" if move == "soften" else ""))
        assert tx.session.asked <= {each.key for each in noted(tx.session)}
    assert sealed(tx.session).asked == frozenset()


async def test_a_line_that_is_there_no_more_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, seats):
        gone, before = Line("It was here", 1), room.session
        commands: list[Command] = [
            Strike(gone), Reword(gone, "tea"), Stand(gone), Ask(room.session.place, seats[0], gone),
        ]  # fmt: skip
        for command in commands:
            assert await room.submit(command) == Refused("The lines have changed. Look again.")
        assert room.session == before


@pytest.mark.parametrize("typed", ["", "\x1b[0m", "   "])
async def test_other_words_must_be_words(tmp_path: Path, typed: str) -> None:
    async with reading_together(tmp_path) as (room, _seats):
        assert isinstance(await room.submit(Reword(line_of(room, "We try it"), typed)), Refused)


async def test_a_record_in_other_words_keeps_its_owner_and_date(tmp_path: Path) -> None:
    async with reading_together(tmp_path) as (room, _seats):
        await room.submit(Reword(line_of(room, "Book the room"), "Find a quiet room"))
        (action,) = (record for record in room.session.records if record.kind is RecordKind.ACTION)
        assert (action.text, action.owner, action.due) == ("Find a quiet room", "sam", "2026-12-01")
        await room.submit(Reword(line_of(room, "Find a quiet room"), "Find a quiet room @kim 2026-12-08"))
        (action,) = (record for record in room.session.records if record.kind is RecordKind.ACTION)
        assert (action.owner, action.due) == ("kim", "2026-12-08")


async def test_of_what_the_scribe_typed_one_line_changes_and_the_others_stay(room: LiveRoom) -> None:
    await join(room, 8)
    await go_to(room, "ways")
    (field, other) = (each.id for each in room.session.form(8).fields[:2])
    for name, texts in ((field, ("one", "two", "three", "four")), (other, ("five",))):
        assert isinstance(await room.submit(Enter(room.session.place, name, texts)), Done)
    while not room.session.is_reading:
        await onward(room)
    await room.submit(Reword(line_of(room, "one"), "first"))
    await room.submit(Strike(line_of(room, "two")))
    (round_,) = (each for each in room.session.rounds if each.step == "ways")
    assert dict(round_.entries) == {field: ("first", "three", "four"), other: ("five",)}


async def test_a_line_that_was_voted_on_and_is_struck_keeps_its_count_and_loses_its_words(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 8)
        await go_to(room, "ideas")
        for seat, words in zip(seats, (*WORDS, *OTHERS), strict=True):
            await reply(room, seat, "ideas", (words,))
        await press(room)
        await room.submit(Judge(room.session.place, numbers(room, *WORDS), Fate.KEPT))
        await go_to(room, "which")
        form = room.session.form(8)
        field = form.fields[0]
        assert isinstance(field, Pick)
        chosen = next(option.id for option in field.options if option.label == WORDS[2])
        for seat in seats:
            await reply(room, seat, field.id, (chosen,))
        while not room.session.is_reading:
            await onward(room)
        before = b"".join(render(room.session).values()).decode()
        await room.submit(Strike(line_of(room, WORDS[2])))
        after = b"".join(render(room.session).values()).decode()
        assert WORDS[2] in before
        assert WORDS[2] not in after
        labels = [option.label for option in next(each for each in room.session.rounds if each.step == "which").options]
        assert sorted(labels) == sorted(["A line that was taken out", *(each for each in WORDS if each != WORDS[2])])
        assert all(label in after for label in labels)
        assert WORDS[2] not in (tmp_path / "7k3m.json").read_text()


@pytest.mark.parametrize("words", ["what Kim said on Friday", "what “Kim” said: „no” on ‘Friday’"])
async def test_a_line_that_was_proposed_and_is_struck_is_in_no_question(tmp_path: Path, words: str) -> None:
    async with a_room(tmp_path, new_session(SOURCE.replace("`from which`", "`from ideas`"))) as room:
        seats = await join(room, 8)
        await go_to(room, "ideas")
        for seat, each in zip(seats, (words, *WORDS[:2], *OTHERS), strict=True):
            await reply(room, seat, "ideas", (each,))
        await press(room)
        await room.submit(Judge(room.session.place, numbers(room, words), Fate.KEPT))
        await go_to(room, "try")
        for seat in seats:
            await reply(room, seat, "position", ("agree",))
        while not room.session.is_reading:
            await onward(room)
        assert "Kim" in (tmp_path / "7k3m.json").read_text()
        await room.submit(Strike(line_of(room, words)))
        assert "Kim" not in (tmp_path / "7k3m.json").read_text()
        assert b"Kim" not in b"".join(render(room.session).values())


@pytest.mark.parametrize(("now", "said"), [("Cover", "Cover"), ("", "A line that was taken out")])
async def test_what_was_asked_of_senior_managers_goes_from_the_answer_too(tmp_path: Path, now: str, said: str) -> None:
    answers = "## What is the answer?\n\n`answers` `id reply`\n"
    async with a_room(tmp_path, new_session(f"{SOURCE}\n{answers}")) as room:
        seats = await join(room, 8)
        await room.submit(WriteRecord(RecordKind.ASK, "Cover for Kim @board 2026-12-15"))
        await room.submit(WriteRecord(RecordKind.ASK, "A bench @board 2026-12-15"))
        await room.submit(WriteRecord(RecordKind.ANSWER, "q1 agreed: from May"))
        await go_to(room, "reply", "waiting")
        assert room.session.step
        options = room.session.options(room.session.step)
        await room.submit(Prepare(room.session.place, tuple(option.label for option in reversed(options))))
        await press(room)
        await room.submit(Enter(room.session.place, "7k3m.q1", ("agreed",)))
        await press(room)
        await press(room, Direction.END)
        await room.submit(Ask(room.session.place, seats[0], line_of(room, "from May")))
        line = line_of(room, "Cover")
        await room.submit(Reword(line, now) if now else Strike(line))
        assert "taken out — @board" not in b"".join(render(room.session).values()).decode()
        assert line_of(room, "from May").text == f"{said} — Agreed: from May"
        assert len(room.session.asked) == 1, "what was asked about the answer stays asked"
        assert "Kim" not in (tmp_path / "7k3m.json").read_text()
        assert b"Kim" not in b"".join(render(room.session).values())
