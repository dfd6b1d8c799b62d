"""What people write for themselves alone is on their own screens, and searched for everywhere else."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from openssh import PATIENCE, Host, Lines, Seen

WORKSHOP = """---
tisu: 1
title: Alone for a while
---

## When did somebody back you up?

`reflect` `5 min` `id own`

> This stays with you.

1. What did they do?
2. What did it change?

## What do we take along?

`gather` `5 min` `id take`

## How was this for you?

`close` `3 min`
"""
# None of them is among the words that people come back by, which are on their screens.
SCREEN, PLAIN, OTHER = "marmalade skies 41", "velvet quayside 73", "ordinary words 5"


@pytest.mark.parametrize("others", [1, 6])
async def test_what_somebody_reflects_on_is_nowhere_but_on_their_screen(tmp_path: Path, others: int) -> None:
    (tmp_path / "alone.md").write_text(WORKSHOP, encoding="utf-8")

    host = Host(tmp_path, str(tmp_path / "alone.md"), errors=asyncio.subprocess.STDOUT)
    try:
        await host.start()
        async with AsyncExitStack() as stack:
            desk = await host.desk(stack)
            console = await stack.enter_async_context(Seen(host.way_in("facilitator")))
            wall = await stack.enter_async_context(Seen(host.way_in("screen")))
            await wall.until("ode")
            wall.type(f"{host.code}\r")
            await wall.until("Alone for a while")
            writer = await stack.enter_async_context(Seen(host.way_in(host.code)))
            await writer.until("Alone for a while")
            liner = await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T")))
            await liner.until("Waiting")
            seats = await host.crowd(stack, others)

            await open_next(desk)
            await writer.until("What did they do?")
            writer.type(f"{SCREEN}\r")
            await writer.until(lambda text: f"1  {SCREEN}" in text)
            writer.type(f"{SCREEN} once more")
            await writer.until("once more")
            await liner.until("Talk: ")
            liner.say(PLAIN)
            liner.say(f"> {PLAIN}")
            assert "nothing is sent in this step" in await liner.until("Not taken: ")
            for screen in (console, wall):
                await screen.until("When did somebody back you up?")

            await open_next(desk)
            await writer.until("What do we take along?")
            assert SCREEN not in writer.text
            if others == 6:
                for seat in seats:
                    await seat.until("Answer:")
                    seat.say(f"> {OTHER}")
                    seat.say("done")
                    await seat.until("Recorded")
            await to_the_end(desk)
            assert host.process is not None
            host.process.send_signal(signal.SIGTERM)
            out, _errors = await asyncio.wait_for(host.process.communicate(), PATIENCE)

            said = {
                "the host's output and errors": out,
                "the console": bytes(console.raw),
                "the shared screen": bytes(wall.raw),
                "the desk": "\n".join(desk.heard).encode(),
                "the plain line itself": "\n".join(liner.heard).encode(),
                **{f"seat {n}": "\n".join(seat.heard).encode() for n, seat in enumerate(seats)},
            }
            # It would be found: it is where it belongs.
            assert SCREEN.encode() in writer.raw
            assert PLAIN.encode() not in writer.raw
            files = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
            assert any(name.endswith(".json") for name in files)
            assert any("exports" in name and name.endswith(".md") for name in files)
            assert others == 1 or OTHER.encode() in said["the desk"]
            for name, data in {**said, **files}.items():
                for secret in (SCREEN, PLAIN):
                    assert secret.encode() not in data, name
                    # Drawing moves the cursor between words: each of them would be telling enough.
                    assert not [word for word in secret.split()[:2] if word.encode() in data], name
    finally:
        await host.stop(signal.SIGKILL)


async def open_next(desk: Lines) -> None:
    for state in ("waiting", "open"):
        desk.say("next")
        await desk.until(f"Now: {state}")


async def to_the_end(desk: Lines) -> None:
    heard = ""
    while heard != "Now: ended":
        desk.say("next")
        heard = await desk.until("Now: ")
        if heard == "Now: closed":
            desk.say("words")
    await desk.until("Notes: ")
