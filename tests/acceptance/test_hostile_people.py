"""People who mean harm, at their own SSH clients before the whole program: the others answer, and nothing breaks."""

from __future__ import annotations

import asyncio
import contextlib
import random
from contextlib import AsyncExitStack
from pathlib import Path

import asyncssh
from openssh import Host, open_step

WORKSHOP = """---
tisu: 1
title: The rota
---

# The rota

## How far along are we?

`scale` `id far`

- 1: Not started
- 2: Early steps
- 3: Partly in place

## What would you change?

`gather` `id ideas`
"""
TERMS = ["xterm-256color", "vt52", "dumb", "x" * 500, "xterm\x1b]0;title\x07"]
SIZES = [(80, 24), (0, 0), (1, 1), (65535, 65535), (2**31 - 1, 1), (40, 2**31 - 1)]
JUNK = [
    b"\x1b[200~" + b"a" * 3000,
    b"\x1b[200~\x1b]52;c;aGk=\x07\x1b]0;zebra\x07\x1b[201~",
    b"\x1b[<0;99999;99999M" * 50,
    b"\x1b" * 200,
    b"\x1b[1;1R\x1b[?1;2c\x1bP1$r0m\x1b\\" * 20,
    b"\xff\xfe\x9d\x00\x07\x11\x13\x1a" * 100,
    "zebra \u202e\u0301\U000e0041".encode() * 50,
    b"1\rcw2\rp\x10\x0f\x07s1\r?" * 4,
    b"\x1bOP\x1bOQ\x1b[A\x1b[B" * 20,
]


async def _harm(host: Host, number: int, stack: AsyncExitStack) -> None:
    """Come in on some way or other, and send everything there is to send."""
    chance = random.Random(number)
    names = [host.code, f"{host.code}+plain", f"{host.code}+laptop", f"{host.code}+amber-amber-amber", host.code]
    connection = await asyncssh.connect(
        "127.0.0.1",
        int(host.port),
        username=names[number % len(names)],
        known_hosts=None,
        config=None,
        client_keys=None,
    )
    stack.callback(connection.abort)
    process = await connection.create_process(
        term_type=TERMS[number % len(TERMS)], term_size=SIZES[number % len(SIZES)], encoding=None
    )
    # The host may show them out meanwhile.
    with contextlib.suppress(BrokenPipeError, asyncssh.ConnectionLost):
        for _n in range(6):
            process.stdin.write(chance.choice(JUNK))
            process.change_terminal_size(*chance.choice(SIZES))
            await asyncio.sleep(0)
    if number % 2:
        connection.abort()


async def test_whatever_some_send_the_others_answer_and_no_word_of_it_is_in_the_host_s_own(tmp_path: Path) -> None:
    path = tmp_path / "rota.md"
    path.write_text(WORKSHOP)

    with (tmp_path / "errors").open("wb") as errors:
        host = Host(tmp_path, str(path), errors=errors.fileno())
        try:
            await host.start()
            async with AsyncExitStack() as stack:
                desk = await host.desk(stack)
                crowd = await host.crowd(stack, 5)
                await asyncio.gather(*(_harm(host, n, stack) for n in range(10)))
                for step in ("How far along", "What would you"):
                    await open_step(desk, step)
                    await asyncio.gather(*(_harm(host, n, stack) for n in range(10, 20)))
                    for each in crowd:
                        await each.until(f"Question: {step}")
                        await each.until("Answer:")
                        each.say("2" if step.startswith("How") else "> A calmer handover")
                        await each.until("Recorded")
                desk.say("end")
                await desk.until("Next: seal the notes and end")
                desk.say("end")
                await desk.until("Notes: ")
        finally:
            await host.stop()
    assert (tmp_path / "errors").read_bytes() == b""
