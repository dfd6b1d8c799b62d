"""Words that never leave a screen, an order given by digits, and fields that the scribe meets only where they fit."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from rooms_on_screen import a_gathering

from tisu_tui.core.form import Option
from tisu_tui.screens.typed_text import Scratchpad
from tisu_tui.session.commands import Direction, Go
from tisu_tui.view.view import Role

SOURCE = """---
tisu: 1
title: On our own
---

## What stays with you?

`reflect` `id own`

> This stays with you.

1. What was going on for me?
2. And for them?

## Which comes first?

`rank` `id first` `we decide`

- [ ] Tea
- [ ] Air
- [ ] Light

## What became of it?

`review` `id look`

1. Somebody says hello
2. The notices are friendly

## The end

`close`
"""
SECRET = "zebra"


@pytest.mark.parametrize("people", [0, 2, 8])
async def test_what_somebody_reflects_on_is_on_their_screen_and_nowhere_else(people: int, tmp_path: Path) -> None:
    async with a_gathering(tmp_path, people, SOURCE) as gathering:
        someone = await gathering.participant()
        shared, console = gathering.shared(), gathering.console()
        other = await gathering.participant() if people else None
        await gathering.go_to("own")
        await someone.sees("Question 1 of 2", "What was going on for me?", "This is for you alone.", "only you see it")
        before = gathering.room.session
        await someone.press(*SECRET, "enter", *"quiet", "enter", *"not yet sent")
        await someone.sees(f"1  {SECRET}", "2  quiet", "not yet sent")
        await someone.press("\t", *"theirs")
        await someone.sees("Question 2 of 2", "And for them?", "theirs")
        await someone.press("enter", "enter")
        await someone.sees("Question 1 of 2", SECRET)

        assert gathering.room.session == before
        assert gathering.room._kept.box is None
        for role in Role:
            seat = gathering.seats[0] if role is Role.PARTICIPANT and gathering.seats else ""
            if seat or role is not Role.PARTICIPANT:
                assert SECRET not in repr(await gathering.view(role, seat))
        for screen in filter(None, (shared, console, other)):
            await screen.sees("What stays with you?")
            assert SECRET.encode() not in screen.terminal.written
        assert not [file for file in tmp_path.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]

        await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
        await someone.sees("Which comes first?")
        await someone.sees_no(SECRET)
        gc.collect()
        assert not [each for each in gc.get_objects() if isinstance(each, Scratchpad)]
        await someone.sees_no("This closed before you sent it")
        await gathering.room.submit(Go(gathering.room.session.place, Direction.BACK))
        await gathering.go_to("own")
        await someone.sees("Question 1 of 2")
        await someone.sees_no(SECRET)


async def test_help_and_pause_lie_over_what_somebody_writes_and_leave_it_as_it_was(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, SOURCE) as gathering:
        someone = await gathering.participant()
        await gathering.go_to("own")
        await someone.press(*"cwp?", "ctrl+g")
        await someone.sees_no("cwp?")
        await someone.press("ctrl+g")
        await someone.sees("cwp?")


async def test_each_digit_gives_the_next_place(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, SOURCE) as gathering:
        someone = await gathering.participant()
        await gathering.go_to("first")
        await someone.sees("1  [ ] Tea", "p  [ ] Pass", "Best first.", "give a place")
        await someone.press("3", "1")
        await someone.sees("3  [1] Light", "1  [2] Tea", "2  [ ] Air")
        await someone.press("enter")
        await someone.sees("Recorded")
        box = gathering.room._kept.box
        assert box is not None
        assert [dict(answer) for answer in box.answers.values()] == [{"choice": ("light", "tea")}]


async def test_the_scribe_is_asked_for_a_note_only_after_an_answer(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 8, SOURCE) as gathering:
        console = gathering.console()
        await gathering.go_to("look")
        await console.press("i")
        await console.sees("1 of 2", "Somebody says hello")
        await console.press("\t")
        await console.sees("2 of 2", "The notices are friendly")
        await console.press("2", "enter")
        await console.sees("3 of 3", "A note on: The notices are friendly")
        await console.press(*"Too high", "enter")
        await console.sees("│ Too high")
        at = gathering.room.session.round
        assert at is not None
        line = "the-notices-are-friendly"
        assert dict(at.entries) == {line: ("partly",), f"{line}:note": ("Too high",)}


async def test_the_scribe_writes_down_an_order_that_was_agreed_aloud(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 3, SOURCE) as gathering:
        console = gathering.console()
        await gathering.go_to("first")
        await console.press("i")
        await console.sees("What we agree on, best first", "p  [ ] Leave this one open")
        await console.press("2", "1")
        await console.sees("2  [1] Air", "1  [2] Tea")
        await console.press("enter")
        await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
        await console.sees("Agreed aloud, best first: “Air” and “Tea”.")
        step = gathering.room.session.step
        assert step is not None
        (released,) = gathering.room.session.rounds_of(step)
        assert step.activity.offers(released) == (Option("air", "Air"),)
