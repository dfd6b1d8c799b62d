"""An order in one line of numbers, a step that nothing is sent in, and a promise followed up, in plain lines."""

from __future__ import annotations

from pathlib import Path

from line_terminal import house

SOURCE = """---
tisu: 1
title: On our own
---

## What stays with you?

`reflect` `id own`

> This stays with you.

1. What was going on for me?

## Which comes first?

`rank` `id first` `we decide`

- [ ] Tea
- [ ] Air
- [ ] Light

## The end

`close`
"""


async def test_what_is_typed_in_a_step_for_oneself_is_not_taken(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        await here.crowd(8)
        someone = here.participant()
        await someone.until("Waiting")
        await here.go_to("own")
        await someone.until("Question: What stays with you?")
        assert "What was going on for me?" in await someone.until("Talk: This is for you alone.")
        before = here.room.session
        someone.enter("zebra")
        (*_others, told) = await someone.until("Not taken: ")
        assert told == "Not taken: nothing is sent in this step; what you typed is in this window only."
        # Three words are no way back to a seat here, and however many lines of them put nobody out.
        for _line in range(6):
            someone.enter("why always me")
            (*_others, told) = await someone.until("Not taken: ")
            assert told == "Not taken: nothing is sent in this step; what you typed is in this window only."
        assert here.room.session == before
        assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"zebra" in file.read_bytes()]


async def test_an_order_is_one_line_of_numbers(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        await here.crowd(8)
        someone = here.participant()
        await someone.until("Waiting")
        await here.go_to("first")
        lines = await someone.asked("Which comes first?")
        assert "Give the numbers in your order, best first, like: 2 1. What you leave out is tied last." in lines
        for wrong in ("3 3", "5 1"):
            someone.enter(wrong)
            await someone.until("Not taken: ")
        someone.enter("3 1")
        await someone.until("Recorded")
        box = here.room._kept.box
        assert box is not None
        assert [dict(answer) for answer in box.answers.values()] == [{"choice": ("light", "tea")}]


async def test_an_order_agreed_aloud_is_heard_in_words_and_whole_each_time(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        await here.crowd(2)
        someone, facilitator = here.participant(), here.facilitator()
        await someone.until("Waiting")
        await here.go_to("first")
        await facilitator.asked("Which comes first?")
        facilitator.enter("2 1")
        await someone.until("Written down: What we agree on, best first: Air; Tea")
        facilitator.enter("change")
        await facilitator.asked("Which comes first?")
        facilitator.enter("1 2 3")
        await someone.until("Written down: What we agree on, best first: Tea; Air; Light")
