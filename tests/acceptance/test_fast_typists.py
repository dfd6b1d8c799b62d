"""People who type, paste or hold a key as fast as they can lose nothing, while others send without end."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import AsyncExitStack
from pathlib import Path

import asyncssh
from openssh import Host, Lines, Seen, a_host, open_step

WORKSHOP = """---
tisu: 1
title: The rota
---

# The rota

## What would you change?

`gather` `id ideas`
"""
FLOODS = [b"abcdefgh\x1b[B\x1b[A" * 8, b"\r" * 64, b"a\x7f2\rc3\r" * 12]
FLOODED = ("", "+plain", "+laptop")


def _paragraph(word: str) -> str:
    """Make 280 letters in which any that were lost would be missed."""
    text = " ".join(f"{word}{n:03}" for n in range(100))[:280]
    return f"{text[:-1].rstrip()}."


async def _flood(host: Host, stack: AsyncExitStack, number: int) -> asyncio.Task[None]:
    name = host.code + FLOODED[number]
    connection = await asyncssh.connect(
        "127.0.0.1", int(host.port), username=name, known_hosts=None, config=None, client_keys=None
    )
    stack.callback(connection.abort)
    process = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
    process.stdin.write(b"\r")

    async def send() -> None:
        with contextlib.suppress(OSError, asyncssh.Error):
            while True:
                process.stdin.write(FLOODS[number])
                await process.stdin.drain()
                await asyncio.sleep(0)

    task = asyncio.create_task(send())
    stack.callback(task.cancel)
    return task


async def _read(screen: Seen, text: str) -> None:
    await screen.until(lambda seen: text in " ".join(seen.split()))


async def test_whoever_types_pastes_or_dictates_fast_loses_no_letter_while_three_flood_the_host(tmp_path: Path) -> None:
    (tmp_path / "rota.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "rota.md")) as host, AsyncExitStack() as stack:
        desk = await host.desk(stack)
        quiet = [await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T"))) for _n in range(4)]
        dictating = quiet[0]
        pasting, typing = [await stack.enter_async_context(Seen(host.way_in(host.code), 100, 30)) for _n in range(2)]
        for each in (pasting, typing):
            await each.until("Your three words")
        for one in quiet:
            await one.until("Waiting")
        await open_step(desk, "What would")
        for each in (pasting, typing):
            await each.until("ctrl+k")
        await dictating.until("Answer:")
        for number in range(3):
            await _flood(host, stack, number)
        dictated, pasted, typed = (_paragraph(word) for word in ("a", "b", "c"))
        dictating.say(dictated)
        pasting.type(f"\x1b[200~{pasted}\x1b[201~\r")
        # Letters, and arrows held down that lead nowhere, all at once: nobody's fingers are faster.
        for start in range(0, len(typed), 20):
            typing.type(typed[start : start + 20] + "\x1b[D" * 10 + "\x1b[C" * 10)
        typing.type("\r")
        assert await dictating.until("Recorded: ") == f"Recorded: {dictated}"
        for each, text in ((pasting, pasted), (typing, typed)):
            await _read(each, text)
            await each.until("Recorded")
