"""However somebody loses the session, their line brings them back to what they sent and to what they were writing."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openssh import TISU, Host, Lines, Seen, a_host, return_words
from test_farewells import STOPPED, WORKSHOP, _writing

from tisu_tui.core.contacts import Contact
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.support import save_support


@dataclass
class Wire:
    """A stretch of network between a client and the host, which can go dead without a word to either."""

    to: int
    port: int = 0
    _is_dead: asyncio.Event = field(default_factory=asyncio.Event)
    _ends: list[asyncio.StreamWriter] = field(default_factory=list)

    def die(self) -> None:
        self._is_dead.set()

    async def carry(self, near: asyncio.StreamReader, answering: asyncio.StreamWriter) -> None:
        far, asking = await asyncio.open_connection("127.0.0.1", self.to)
        self._ends += (answering, asking)
        await asyncio.gather(self._pass_on(near, asking), self._pass_on(far, answering))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not self._is_dead.is_set() and (data := await reader.read(65536)):
            if not self._is_dead.is_set():
                writer.write(data)

    def cut(self) -> None:
        for end in self._ends:
            end.transport.abort()


@asynccontextmanager
async def a_wire(to: int) -> AsyncIterator[Wire]:
    wire = Wire(to)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        wire.die()
        wire.cut()
        server.close()


def words_of(window: Seen) -> str:
    """Give the words by which somebody comes back, as they read them while they came in."""
    found = re.findall(rb"\+(?:plain\+)?([a-z]+-[a-z]+-[a-z]+)@", bytes(window.raw))
    return str(found[-1].decode())


def stored_answers(host: Host) -> list[dict[str, object]]:
    """Read the answers that lie in the session's file while a question is open."""
    tables = json.loads((host.folder / "data" / f"{host.said['session']}.json").read_text())
    (box,) = tables["box"].values()
    return [*box["answers"].values()]


async def come_back(stack: AsyncExitStack, host: Host, words: str, *, plain: bool) -> Seen:
    name = f"{host.code}+plain+{words}" if plain else f"{host.code}+{words}"
    return await stack.enter_async_context(Seen(host.way_in(name), 100, 40))


@pytest.mark.parametrize("how", ["window closed", "client killed", "network dead"])
async def test_a_line_that_is_lost_brings_words_back_the_same_way_and_the_other(tmp_path: Path, how: str) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "day.md")) as host, AsyncExitStack() as stack:
        real = host.port
        wire = await stack.enter_async_context(a_wire(int(real)))
        host.port = str(wire.port) if how == "network dead" else real
        full, plain, _others, _desk = await _writing(stack, host)
        host.port = real
        ways = words_of(full), words_of(plain)
        if how == "network dead":
            wire.die()  # nobody is told, and the host takes both for being here
        else:
            for each in (full, plain):
                each._process.send_signal(signal.SIGHUP if how == "window closed" else signal.SIGKILL)
                await each.gone()
        # Each comes back the other way first, and then as before: the seat and what was being written stay the same.
        lines = await come_back(stack, host, ways[0], plain=True)
        await lines.until("You had not sent: “and half a thou” Type kept to send it here.")
        screen = await come_back(stack, host, ways[1], plain=False)
        await screen.until("Here is what you were writing. Nothing of it was sent.")
        assert "1  Less of that" in screen.text
        assert "> and half a thou" in screen.text
        again = await come_back(stack, host, ways[0], plain=False)
        await again.until("> and half a thou")
        await lines.until("Your three words are in use in another window.")
        again.type("ght\r")
        await again.until("Recorded: and half a thought.")
        assert {"ideas": ["A quiet room", "and half a thought"]} in stored_answers(host)
        assert len(stored_answers(host)) == 2


async def test_after_a_host_that_was_killed_recorded_answers_are_there_once(tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "day.md")) as host:
        async with AsyncExitStack() as stack:
            full, plain, _others, _desk = await _writing(stack, host)
            ways = words_of(full), words_of(plain)
            await host.stop(signal.SIGKILL)
            for each in (full, plain):
                assert await each.gone() != 0
                assert b"\x1b[3J" not in each.raw
        await host.start("--resume", host.said["session"])
        async with AsyncExitStack() as stack:
            for words, said in zip(ways, ("A quiet room", "Less of that"), strict=True):
                back = await come_back(stack, host, words, plain=False)
                # Everything that this question was answered with is saved.
                assert "answer again" not in await back.until("We are back. What was recorded is safe.")
                back.type("c")
                await back.until(said)
            # Whoever does not remember the words is asked before a second ballot is made.
            afresh = await stack.enter_async_context(Seen(host.way_in(host.code), 100, 40))
            await afresh.until("Have you been here before?")
            assert len(stored_answers(host)) == 2


async def test_a_host_that_is_closed_on_its_own_screen_says_so_to_everybody(tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)
    save_support(DataFolder(tmp_path / "data"), (Contact("NHS 24, 111"),))
    async with a_host(tmp_path, str(tmp_path / "day.md")) as first:
        assert await first.stop() == 0  # as soon as it listens; it has made the facilitator's key
        command = (
            *TISU, "host", first.workshop, "--new", "--port", "0", "--bind", "127.0.0.1", "--console-key",
            str(tmp_path / "key.pub"), "--data", str(tmp_path / "data"), "--exports", str(tmp_path / "exports"),
        )  # fmt: skip
        async with Seen(command, 100, 30) as laptop, AsyncExitStack() as stack:
            await laptop.until("To join,")
            said = laptop.raw.decode(errors="replace")
            host = Host(tmp_path, first.workshop, port=re.findall(r"listening \S+ (\d+)", said)[0])
            host.said["code"] = re.findall(r"code (\S+)", said)[0]
            full, plain, _others, _desk = await _writing(stack, host)
            laptop.type("\x11")
            await laptop.until("Stop hosting?")
            laptop.type("\r")
            assert await laptop.gone() == 0
            for window in (full, plain):
                assert await window.gone() == 0
                last = window.raw.decode(errors="replace").rpartition(STOPPED)[2]
                assert return_words(last).replace(" ", "-") == words_of(window)
                # What was on the terminal before is there again, with how to come back under it.
                assert window.raw.count(b"\x1b[?1049h") == window.raw.count(b"\x1b[?1049l")
            # The line to go on with has all that people's ways back hang on.
            to_go_on = laptop.raw.decode(errors="replace").rpartition("To go on:")[2]
            for option in (f"--port {host.port}", "--bind 127.0.0.1", f"--data {tmp_path}/data", "--console-key "):
                assert f" {option}" in to_go_on


async def test_leaving_in_lines_asks_first_where_something_was_not_sent(tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(WORKSHOP)
    async with a_host(tmp_path, str(tmp_path / "day.md")) as host, AsyncExitStack() as stack:
        full, _plain, _others, desk = await _writing(stack, host)
        words = words_of(full)
        full._process.kill()
        await full.gone()
        desk.say("next")
        await desk.until("Now: closed")
        name = f"{host.code}+plain+{words}"
        back = await stack.enter_async_context(Lines(host.way_in(name, "-T")))
        await back.until("Waiting")
        back.say("leave")
        await back.until("You had not sent: “and half a thou” To leave without it, type leave once more.")
        back.say("leave")
        await back.until("Goodbye.")
        assert words in await back.until("Come back with: ")
        afterwards = await stack.enter_async_context(Lines(host.way_in(name, "-T")))
        await afterwards.until("Waiting")
        afterwards.say("leave")
        await afterwards.until("Goodbye.")
