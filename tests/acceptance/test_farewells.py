"""What people read last, for every way in which a host stops or somebody leaves, over the real OpenSSH client."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

from openssh import Host, Lines, Seen, a_host, return_words

WORKSHOP = """---
tisu: 1
title: A short day
---

## What would you change?

`gather` `id ideas`

## The end

`close`
"""
STOPPED = "We have stopped for now. What was recorded is safe."


async def _writing(stack: AsyncExitStack, host: Host) -> tuple[Seen, Seen, list[Lines], Lines]:
    """Let people come in, two of them at terminals, and be in the middle of writing when this returns."""
    full = await stack.enter_async_context(Seen(host.way_in(host.code), 100, 30))
    await full.until("Your three words")
    plain = await stack.enter_async_context(Seen(host.way_in(f"{host.code}+plain"), 100, 60))
    await plain.until("Waiting")
    others = await host.crowd(stack, 4)
    desk = await host.desk(stack)
    desk.say("next")
    await desk.until("Next: ")
    desk.say("next")
    await full.until("ctrl+k")
    full.type("A quiet room\r")
    await full.until("Recorded")
    full.type("and half a thou")
    await full.until("and half a thou")
    await plain.until("Answer:")
    plain.type("Less of that\r")
    await plain.until("Recorded")
    plain.type("and half a thou")
    await plain.until("and half a thou")
    return full, plain, others, desk


async def test_a_host_that_stops_says_so_and_everybody_comes_back_to_their_answers(tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)

    async with a_host(tmp_path, str(tmp_path / "day.md")) as host:
        async with AsyncExitStack() as stack:
            full, plain, others, desk = await _writing(stack, host)
            assert await host.stop() == 0
            assert await full.gone() == 0
            assert await plain.gone() == 0
            for other in others:
                await other.until(STOPPED)
                assert return_words("\n".join(other.heard)).replace(" ", "-") in await other.until("Come back with: ")
            await desk.until(STOPPED)
            await desk.until("Come back with: ssh")
            assert "The session goes on" not in "\n".join(desk.heard)
            ways = []
            for window in (full, plain):
                last = window.raw.decode(errors="replace").rpartition(STOPPED)[2]
                assert "Come back with: ssh" in last
                assert "+plain" in last
                assert "Please close this window." in last
                assert b"\x1b[3J" not in window.raw
                ways.append(return_words(last))
        await host.start("--resume", host.said["session"])
        async with AsyncExitStack() as stack:
            for words, said in zip(ways, ("A quiet room", "Less of that"), strict=True):
                name = f"{host.code}+{words.replace(' ', '-')}"
                back = await stack.enter_async_context(Seen(host.way_in(name), 100, 30))
                await back.until("Waiting for the others")
                back.type("c")
                await back.until(said)
            await host.stop()


async def test_a_quick_exit_tells_no_way_back_and_leaving_does(tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)

    async with a_host(tmp_path, str(tmp_path / "day.md")) as host, AsyncExitStack() as stack:
        full, plain, _others, _desk = await _writing(stack, host)
        full.type("\x03")
        await full.until("Do you want to leave?")
        await full.until("What you wrote or marked last is not sent, and goes if you leave.")
        full.type("n")
        await full.until("and half a thou")
        for each in (full, plain):
            each.type("\x18")
            assert await each.gone() == 0
            assert "three words" not in each.text
            assert each.text.strip() == "Goodbye. Please close this window."
            assert b"\x1b[3J" not in each.raw


async def test_leaving_shows_the_way_back_and_coming_afresh_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)

    async with a_host(tmp_path, str(tmp_path / "day.md")) as host, AsyncExitStack() as stack:
        full, plain, _others, _desk = await _writing(stack, host)
        full.type("\x11\r")
        assert await full.gone() == 0
        words = return_words(full.text)
        plain.type("\x15leave\r")
        await plain.until("or do you want to leave?")
        plain.type("leave\r")
        assert await plain.gone() == 0
        assert return_words(plain.text.rpartition("Goodbye")[2]) != words
        back = await stack.enter_async_context(Seen(host.way_in(host.code), 100, 30))
        await back.until("Have you been here before?")
        back.type(f"{words}\r")
        await back.until("Waiting for the others")


async def test_what_a_terminal_reports_of_itself_is_nothing_that_somebody_typed(tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "day.md")) as host, AsyncExitStack() as stack:
        full, _plain, _others, _desk = await _writing(stack, host)
        # A bell ends the first, and is control G to whoever takes its beginning for a key.
        full.type("\x1b]11;rgb:1414/1919/1f1f\x07\x1bP>|xterm(388)\x1b\\ght\r")
        await full.until("Recorded: and half a thought.")
