"""One laptop for those who have no device, over real SSH: each answers in turn, and finds nothing of the others."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from openssh import Host, Lines, Seen, a_host, open_step

WORKSHOP = """---
tisu: 1
title: How it goes
---

# How it goes

## How far along are we?

`rate` `id rows`

> This asks about our service.

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: Kept up

## What else?

`gather` `id ideas`
"""


def _workshop(folder: Path) -> str:
    path = folder / "how-it-goes.md"
    path.write_text(WORKSHOP)
    return str(path)


async def _desk(host: Host, stack: AsyncExitStack, people: int, hands: int) -> tuple[Lines, list[Lines]]:
    desk = await host.desk(stack)
    crowd = await host.crowd(stack, people)
    desk.say(f"hands {hands}")
    await desk.until("Done")
    return desk, crowd


async def _show(desk: Lines, crowd: list[Lines]) -> str:
    for each in crowd:
        await each.until("Answer:")
        each.say("1 2")
        await each.until("Recorded")
    desk.say("next")
    await desk.until("Now: closed")
    desk.say("next")
    await desk.until("Now: shown")
    desk.say("show")
    await desk.until("People without a device were asked by hand, on paper or on a shared laptop.")
    return "\n".join(desk.heard)


async def test_three_people_answer_on_one_screen_and_none_sees_the_others(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, _workshop(tmp_path)))
        desk, crowd = await _desk(host, stack, 6, 3)
        laptop = await stack.enter_async_context(Seen(host.way_in(f"{host.code}+laptop")))
        await laptop.until("This laptop goes from hand to hand")
        assert "three words" not in laptop.text
        await open_step(desk)
        await laptop.until("Whose turn is it?")

        # The first answers both, and looks at one of the answers again.
        laptop.type("\r")
        await laptop.until("Question 1 of 2")
        laptop.type("3\r")
        await laptop.until("Question 2 of 2")
        laptop.type("2\r")
        await laptop.until("hand the laptop on")
        laptop.type("c\r")
        await laptop.until("keep it as it is")
        laptop.type("1\r")
        await laptop.until("hand the laptop on")
        laptop.type("\r")
        await laptop.until("Whose turn is it?")

        # The second passes one and puts it down half-way, with something chosen and not sent.
        laptop.type("\r")
        seen = await laptop.until("Question 1 of 2")
        assert "Your answers" not in seen
        laptop.type("p\r")
        await laptop.until("Question 2 of 2")
        laptop.type("3")
        laptop.type("\x18")
        await laptop.until("Whose turn is it?")

        # The third finds nothing marked and nothing to change.
        laptop.type("\r")
        await laptop.until("Question 1 of 2")
        laptop.type("c")
        await laptop.until("There is nothing to change yet.")
        laptop.type("w")
        await laptop.until("There is nothing to take back.")
        laptop.type("3\r")
        await laptop.until("Question 2 of 2")
        laptop.type("2\r")
        await laptop.until("hand the laptop on")
        laptop.type("\r")
        await laptop.until("Whose turn is it?")
        laptop.type("\r")
        await laptop.until("As many have answered this as are counted without a device: 3.")

        said = await _show(desk, crowd)
        # Fewer than ten answers are told no numbers, wherever they were given.
        assert "R2 Leaders have been trained. Middle answer: 2 Early steps." in said
        await laptop.until("Early steps")
        laptop.type("\x18")
        assert await laptop.gone() == 0
        assert b"\x1b[3J" not in laptop.raw


@pytest.mark.parametrize("terminal", ["-T", "-tt"])
async def test_two_people_answer_in_one_plain_window_and_it_is_cleared_between_them(
    terminal: str, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, _workshop(tmp_path)))
        desk, crowd = await _desk(host, stack, 6, 2)
        laptop = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+laptop+plain", terminal)))
        await laptop.until("This laptop goes from hand to hand")
        await laptop.until("Waiting")
        await open_step(desk)
        await laptop.until("When only you can see this window")
        laptop.say("")
        await laptop.until("Answer:")
        laptop.say("3 2")
        await laptop.until("Recorded")
        await laptop.until("Press Enter.")
        before = len(laptop.heard)
        laptop.say("")
        await laptop.until("A question is open: How far along are we?")
        between = laptop.heard[before:]
        assert between.count("") >= 60 if terminal == "-T" else "\x1b[3J" in "".join(between)
        laptop.say("")
        await laptop.until("Answer:")
        laptop.say("withdraw")
        await laptop.until("Your answer is taken back")
        laptop.say("p p")
        await laptop.until("Recorded")
        laptop.say("next")
        await laptop.until("A question is open")
        said = await _show(desk, crowd)
        # Fewer than ten answers are told no numbers, wherever they were given.
        assert "R2 Leaders have been trained. Middle answer: 2 Early steps." in said
        assert "three words" not in "\n".join(laptop.heard)


async def test_a_laptop_that_drops_out_takes_nothing_along_and_can_be_brought_again(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, _workshop(tmp_path)))
        desk, _crowd = await _desk(host, stack, 6, 2)
        await open_step(desk)
        async with Seen(host.way_in(f"{host.code}+laptop")) as laptop:
            await laptop.until("Whose turn is it?")
            laptop.type("\r")
            await laptop.until("Question 1 of 2")
            laptop.type("3\r")
            await laptop.until("Question 2 of 2")
            desk.say("who")
            await desk.until("A laptop goes from hand to hand")
        async with Seen(host.way_in(f"{host.code}+laptop"), 40, 20) as laptop:
            await laptop.until("Whose turn is it?")
            laptop.type("\r")
            seen = await laptop.until("Question 1 of 2")
            assert "› " not in seen
