"""A front door that leads to every session of a NATS: who finds which, and what the network there sees."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import tisu
from far_doors import Door, a_door, a_host_at, make_secret
from nats_servers import Network, nats_server
from openssh import Host, Lines, Seen, ssh
from voters import Voter

SOAK = bool(os.environ.get("TISU_SOAK"))
ROOMS, PEOPLE = (20, 12) if SOAK else (2, 5)
_PRINT = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"
WORKSHOP = """---
tisu: 1
title: {title}
---

# {title}

## How far along are we?

`scale` `id far`

> This asks about our service.

- 1: Not started
- 2: Begun, and it takes more words than all the others to say how far that has come and what is still to be done
- 3: Kept up
"""


def _workshop(folder: Path, title: str = "How it goes") -> str:
    path = folder / f"{title.lower().replace(' ', '-')}.md"
    path.write_text(WORKSHOP.format(title=title))
    return str(path)


@asynccontextmanager
async def a_pair(folder: Path, stack: AsyncExitStack, *arguments: str) -> AsyncIterator[tuple[Host, Door, Network]]:
    """One host and one door at a NATS, with a network in between that can be looked at."""
    secret = str(await make_secret(folder))
    nats = stack.enter_context(nats_server())
    network = await stack.enter_async_context(Network(nats.port).open())
    meeting = ("--nats", network.url, "--secret", secret)
    host = await stack.enter_async_context(a_host_at(folder, _workshop(folder), *meeting, *arguments))
    door = await stack.enter_async_context(a_door(folder, "door", *meeting))
    yield host, door, network


def _at(host: Host, door: Door) -> Host:
    return replace(host, port=door.port)


async def test_people_find_their_session_by_its_code_and_the_facilitator_names_it(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host, door, _network = await stack.enter_async_context(
            a_pair(tmp_path, stack, "--code", "kmnprtw", "--also", f"door.example.org:22={_PRINT}")
        )
        there = _at(host, door)
        # By the code in the name, however it is written, and by the code that is asked for.
        person = await stack.enter_async_context(Lines(there.way_in("KMNPRTW+plain", "-T")))
        await person.until("Come back with: ssh -p " + door.port)
        assert (await person.until("If that door is gone: ")).endswith("@door.example.org")
        await person.until("The host computer holds your answer while a question is open, and so does the door")
        asked = await stack.enter_async_context(Seen(there.way_in("somebody")))
        await asked.until("Join code")
        asked.type("nonsense\r")
        await asked.until("That was not it.")
        asked.type("kmn prtw\r")
        await asked.until("Welcome")
        # The facilitator says which session; without it they are told how.
        desk = await stack.enter_async_context(Lines(there.way_in("facilitator+kmnprtw+plain", "-T")))
        await desk.until("Next: ")
        wall = await stack.enter_async_context(Seen(there.way_in("screen+kmnprtw"), 100, 40))
        await wall.until("or at another door:")
        await wall.until("ssh kmnprtw@door.example.org")
        await wall.until(_PRINT)
        lost = await stack.enter_async_context(Seen([*ssh("-v", "-p", door.port, "facilitator@127.0.0.1")]))
        await lost.gone()
        assert "Saywhichsession:facilitator+CODE" in "".join(lost.text.split())
        wrong = await stack.enter_async_context(Seen([*ssh("-v", "-p", door.port, "screen+kmnprtx@127.0.0.1")]))
        await wrong.gone()
        assert "Thereisnosessionwiththiscode." in "".join(wrong.text.split())
        # A key that is not the facilitator's opens nothing at a door either.
        stranger = tmp_path / "stranger"
        making = await asyncio.create_subprocess_exec(
            "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(stranger)
        )
        await making.wait()
        command = ssh("-T", "-o", "BatchMode=yes", "-i", str(stranger), "-o", "IdentitiesOnly=yes", "-p", door.port)
        refused = await stack.enter_async_context(Lines([*command, "facilitator+kmnprtw@127.0.0.1"]))
        await refused.ended()
        assert refused.heard == []
        # A door that closes says so, and the session goes on.
        await door.stop()
        await person.until("This door closes, and the session goes on.")
        own = await stack.enter_async_context(Lines(host.way_in("kmnprtw+plain", "-T")))
        await own.until("Waiting")


async def test_what_nats_carries_has_one_size_for_every_answer_and_a_pass(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        host, door, network = await stack.enter_async_context(a_pair(tmp_path, stack))
        there = _at(host, door)
        desk = await host.desk(stack)
        crowd = [await stack.enter_async_context(Lines(host.way_in(f"{host.code}+plain", "-T"))) for _n in range(5)]
        seat = await stack.enter_async_context(Lines(there.way_in(f"{host.code}+plain", "-T")))
        for each in (*crowd, seat):
            await each.until("Waiting")
        for state in ("waiting", "open"):
            desk.say("next")
            await desk.until(f"Now: {state}")
        await seat.until("Answer:")
        sizes: dict[str, set[int]] = {}
        for n, said in enumerate(("1", "p", "2", "3", "p", "1")):
            if n:
                seat.say("change")
                await seat.until("Answer:")
            network.carried.clear()
            seat.say(said)
            await seat.until("Recorded", "Passed", "Waiting")
            # What goes by regularly is left out: beats are shorter than anything that is said.
            numbers = re.findall(rb"(?:PUB|MSG) tisu\.(?:up|down)\.\S+ (?:\d+ )?(\d+)\r\n", bytes(network.carried))
            sizes.setdefault(said, set()).update(int(number) for number in numbers if int(number) > 1000)
        assert len({frozenset(size) for size in sizes.values()}) == 1, sizes
        assert b"It takes more words" not in network.carried


@pytest.mark.timeout(900 if SOAK else 300)
async def test_many_rooms_through_two_doors_never_mix(tmp_path: Path) -> None:
    secret = str(await make_secret(tmp_path))
    async with AsyncExitStack() as stack:
        nats = stack.enter_context(nats_server())
        meeting = ("--nats", nats.url, "--secret", secret)
        doors = [await stack.enter_async_context(a_door(tmp_path, name, *meeting)) for name in ("first", "second")]
        hosts = []
        for n in range(ROOMS):
            folder = tmp_path / f"room{n}"
            folder.mkdir()
            workshop = _workshop(folder, f"Room number {n}")
            hosts.append(await stack.enter_async_context(a_host_at(folder, workshop, *meeting)))

        async def play(n: int, host: Host) -> None:
            people = [Voter(int(doors[each % 2].port), host.code) for each in range(PEOPLE)]
            async with Lines(host.way_in("facilitator+plain", "-T")) as desk:
                await desk.until("Next: ")
                for person in people:
                    await person.come()
                    assert (await person.until("Room number ")).startswith(f"Room number {n}")
                    await person.until("Waiting")
                for state in ("waiting", "open"):
                    desk.say("next")
                    await desk.until(f"Now: {state}")
                for person in people:
                    await person.until("Answer:")
                    await person.answer(str(n % 3 + 1), "")
                    label = ("Not started", "Begun", "Kept up")[n % 3]
                    assert label in await person.mine("How far along are we?")
            for person in people:
                person.cut()

        await asyncio.gather(*(play(n, host) for n, host in enumerate(hosts)))


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    secret = str(tmp_path / "made")
    assert tisu(tmp_path, "door", "--new-secret", secret).returncode == 0
    host = ("host", "window-of-tolerance", "--headless", "--console-key", "key.pub")
    for arguments, said in (
        (("door",), "needs --nats URL and --secret FILE"),
        (("door", "--nats", "nats://127.0.0.1:1"), "--secret FILE"),
        (("door", "--nats", "nats://127.0.0.1:1", "--secret", secret, "--data", str(tmp_path)), "can't be reached"),
        (("door", "--nats", "nats://192.0.2.1", "--secret", secret), "needs TLS"),
        (("door", "--new-secret", secret), "there is a file already"),
        ((*host, "--also", "door.example.org"), "--also needs --nats URL."),
        ((*host, "--nats", "nats://127.0.0.1:1", "--secret", secret, "--also", "x:y"), "like door.example.org:2222"),
        (
            (*host, "--nats", "nats://127.0.0.1:1", "--secret", secret, "--also", "x=y"),
            "the fingerprint that tisu door",
        ),
        ((*host, "--nats", "nats://127.0.0.1:1"), "--nats needs --secret FILE"),
    ):
        done = tisu(tmp_path, *arguments)
        assert (done.returncode in {1, 2}, done.stdout) == (True, "")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
