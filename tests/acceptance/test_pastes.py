"""A paste of many lines answers one question in plain lines, however many turns it takes to work through."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import asyncssh
from line_terminal import INVITATION
from openssh import PATIENCE, a_host, open_step
from rooms import a_room, go_to, join, new_session

from tisu_tui.core.terminal import Terminal
from tisu_tui.plain.hearing import A_REST
from tisu_tui.plain.participant import participate
from tisu_tui.ssh.door import open_door
from tisu_tui.ssh.server_options import Limits
from tisu_tui.ssh.sign_in import SignIn

WORKSHOP = """---
tisu: 1
title: Pastes
---

# Pastes

## How far along are we?

`rate` `id rows` `sureness`

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.
3. `R3` People have a say.

- 1: Not started
- 2: Early steps
- 3: Partly in place

## What would you change?

`gather` `id ideas`

## Would this do?

`scale` `id do`

- 1: Not for us
- 2: It would do
"""
# Of several turns in plain lines, and together no more than one person may send in a burst.
LINES, LONG, WIDE = 12, 24, 250
EARLY = "Not taken: that was typed before this question was read out. Type it now, if it is your answer."


class Paster:
    """Somebody in plain lines, with a window or at a pipe, whose every paste is sent in one piece."""

    def __init__(self, process: asyncssh.SSHClientProcess[bytes]) -> None:
        self._process = process

    def paste(self, *lines: str) -> None:
        self._process.stdin.write("".join(f"{line}\r" for line in lines).encode())

    async def until(self, *openings: str) -> list[str]:
        """Hear on until a line begins with one of these."""
        heard: list[str] = []
        async with asyncio.timeout(PATIENCE):
            while not heard or not heard[-1].startswith(openings):
                line = await self._process.stdout.readline()
                assert line, heard
                heard.append(line.decode().rstrip("\r\n"))
        return heard

    async def all_heard(self) -> list[str]:
        """Hear what came of all that was sent before."""
        self.paste("signal")
        heard = await self.until("Type signal and a number")
        return [line for line in heard if line.startswith(("Recorded: ", "Not taken: "))]


async def _paster(port: int, code: str, stack: AsyncExitStack, term: str | None) -> Paster:
    connection = await asyncssh.connect(
        "127.0.0.1", port, username=f"{code}+plain", known_hosts=None, config=None, client_keys=None
    )
    stack.callback(connection.abort)
    one = Paster(await connection.create_process(term_type=term, term_size=(300, 24), encoding=None))
    await one.until("Waiting")
    return one


async def test_a_paste_of_many_turns_answers_one_question_and_is_told_of_once(tmp_path: Path) -> None:
    (tmp_path / "pastes.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "pastes.md")) as host, AsyncExitStack() as stack:
        desk = await host.desk(stack)
        people = [await _paster(int(host.port), host.code, stack, term) for term in (None, "xterm")]
        await host.crowd(stack, 6)
        await open_step(desk, "How far")
        for one in people:
            await one.until("Answer:")
            one.paste(*("3".ljust(LONG) for _n in range(LINES)))
        for one in people:
            assert await one.all_heard() == ["Recorded: 3 Partly in place.", EARLY]
        await asyncio.sleep(A_REST)  # a rest is time without a key, and nothing says when it is over
        for one in people:
            # What is typed after a rest is an answer.
            one.paste("2")
            await one.until("Recorded: Fairly sure.")
        # What takes several lines takes as many, and of the rest that, too, is said once.
        for title, taken in (("What would", 10), ("Would this", 1)):
            await open_step(desk, title)
            for one in people:
                await one.until(f"Question: {title}")
                await one.until("Answer:")
                one.paste(*("2".ljust(LONG) for _n in range(LINES)))
            for one in people:
                *recorded, problem = await one.all_heard()
                assert [line[:11] for line in recorded] == ["Recorded: 2"] * taken
                assert problem == "Not taken: you have answered; type change to answer again."


@asynccontextmanager
async def _a_slow_line(to: int) -> AsyncIterator[int]:
    """Carry little at a time up, and everything down only after a while; gives the port at the near end."""
    ends: list[asyncio.StreamWriter] = []

    async def carry(near: asyncio.StreamReader, answering: asyncio.StreamWriter) -> None:
        far, asking = await asyncio.open_connection("127.0.0.1", to)
        ends.extend((answering, asking))
        await asyncio.gather(pass_on(near, asking, 0.002), pass_on(far, answering, 0.05))

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float) -> None:
        while data := await reader.read(256 if pause < 0.01 else 65536):
            await asyncio.sleep(pause)
            writer.write(data)

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for end in ends:
            end.transport.abort()


async def test_the_end_of_a_paste_on_a_slow_line_answers_nothing(tmp_path: Path) -> None:
    """It is more than the client may send before it hears from the host."""

    async def let_in(_guest: object, terminal: Terminal) -> None:
        await participate(room, terminal, "", INVITATION)

    limits = Limits(typed=1 << 20, burst=1 << 20)  # what a paste has to wait for here is the line alone
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(a_room(tmp_path, new_session(WORKSHOP), grace=0.01))
        await join(room, 6)
        door = await stack.enter_async_context(
            open_door(SignIn("k7mn4p"), tmp_path / "host_key", "127.0.0.1", 0, let_in, limits=limits)
        )
        one = await _paster(await stack.enter_async_context(_a_slow_line(door.port)), "k7mn4p", stack, None)
        await go_to(room, "rows")
        await one.until("Answer:")
        for _n in range(80):  # a terminal without a window sends each line by itself
            one.paste("3".ljust(WIDE))
        assert await one.all_heard() == ["Recorded: 3 Partly in place.", EARLY]
        await asyncio.sleep(A_REST)  # a rest is time without a key, and nothing says when it is over
        for _n in range(2):  # what is refused is said again to whoever has heard it
            one.paste("7")
            await one.until("Not taken: choose 1 to 3")
        one.paste("2")
        await one.until("Recorded: Fairly sure.")
