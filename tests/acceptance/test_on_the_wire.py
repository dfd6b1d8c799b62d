"""What somebody on the network sees: as many bytes for every option, a pass and a withdrawal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from openssh import Host, Lines, Seen, a_host, open_step

WORKSHOP = """---
tisu: 1
title: How it goes
---

# How it goes

## How far along are we?

`rate` `id rows` `sureness`

> This asks about our service.

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained, also those who came this year and those who work at night.

- 0: No
- 5: Begun, and it takes more words than all the others to say how far that has come and what is still to be done there
- 10: Kept up
"""
ANSWERS = ("0", "5", "d", "x", "p")


@dataclass
class Wire:
    """A wire between the host and people, on which every byte is counted."""

    port: str = ""
    down: int = 0
    up: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    def counted(self) -> tuple[int, int]:
        """Give what came down and went up since the last time."""
        both, self.down, self.up = (self.down, self.up), 0, 0
        return both

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", int(self.port))
        self.writers += (writer, far_writer)
        await asyncio.gather(self._pass_on(reader, far_writer, "up"), self._pass_on(far_reader, writer, "down"))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str) -> None:
        while data := await reader.read(65536):
            # Counted before it is passed on: whoever reads it has been counted.
            setattr(self, way, getattr(self, way) + len(data))
            writer.write(data)
        writer.close()


@asynccontextmanager
async def a_wire(host: Host) -> AsyncIterator[tuple[Wire, Host]]:
    wire = Wire(host.port)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    try:
        yield wire, replace(host, port=str(server.sockets[0].getsockname()[1]))
    finally:
        server.close()
        for writer in wire.writers:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for writer in wire.writers), return_exceptions=True)


async def open_question(host: Host, stack: AsyncExitStack) -> None:
    desk = await host.desk(stack)
    await host.crowd(stack, 6)
    await open_step(desk)


async def in_full_screen(host: Host, wire: Wire, key: str) -> tuple[int, int, int, int]:
    """Give what came down and went up for a key, and then for Enter."""
    async with Seen(host.way_in(host.code, "-tt")) as seat:
        await seat.until("Have you been here before?")
        seat.type("\r")
        await seat.until("p pass")
        if key == "w":
            seat.type("5\r")
            await seat.until("How sure are you?")
        wire.counted()
        seat.type(key)
        await seat.until("keep it" if key == "w" else f"› {key:>2}  ")
        marked = wire.counted()
        seat.type("\r")
        await seat.until("Taken back" if key == "w" else "Recorded: ")
        sent = wire.counted()
        seat.type("\x18")
        await seat.gone()
    return *marked, *sent


async def in_lines(host: Host, wire: Wire, *said: str) -> tuple[int, int]:
    """Give what came down and went up for the last of some lines."""
    async with Lines(host.way_in(f"{host.code}+plain", "-T")) as seat:
        await seat.until("Have you been here before?")
        seat.say("")
        for line in said:
            await seat.until("Answer:")
            wire.counted()
            seat.say(line)
        await seat.until("Answer:", "Last one: R2")
        sent = wire.counted()
        seat.say("leave")
        await seat.until("Goodbye")
    return sent


async def test_every_answer_has_the_same_size_in_full_screen(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, _workshop(tmp_path)))
        await open_question(host, stack)
        wire, through = await stack.enter_async_context(a_wire(host))
        seen = {key: await in_full_screen(through, wire, key) for key in (*ANSWERS, "w")}
        assert len(set(seen.values())) == 1, seen


async def test_every_answer_has_the_same_size_in_lines(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(a_host(tmp_path, _workshop(tmp_path)))
        await open_question(host, stack)
        wire, through = await stack.enter_async_context(a_wire(host))
        seen = {key: await in_lines(through, wire, key) for key in ANSWERS}
        assert len(set(seen.values())) == 1, seen
        down, _up = await in_lines(through, wire, "5", "withdraw")
        assert down == seen["p"][0]


def _workshop(folder: Path) -> str:
    path = folder / "how-it-goes.md"
    path.write_text(WORKSHOP)
    return str(path)
