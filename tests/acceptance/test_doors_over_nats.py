"""One room, people at its own door and at two doors elsewhere, and everything between them breaks once."""

from __future__ import annotations

import asyncio
import csv
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from far_doors import a_door, a_host_at, make_secret
from nats_servers import Network, nats_server
from one_question import LABELS, QUESTION, WORKSHOP
from openssh import Lines, open_step
from voters import HungUp, Voter

SOAK = bool(os.environ.get("TISU_SOAK"))
PEOPLE = 60 if SOAK else 12
CUTS = (5.0, 60.0) if SOAK else (3.0,)
"""Seconds for which the network to a door is cut."""


class Crowd:
    """Everybody, and what each of them was told is recorded."""

    def __init__(self, ports: list[str], code: str) -> None:
        self._chance = random.Random(7)
        self.people = [Voter(int(ports[n % len(ports)]), code) for n in range(PEOPLE)]
        self._groups = len(ports)

    def at(self, door: int) -> list[Voter]:
        return self.people[door :: self._groups]

    async def answer(self, people: list[Voter]) -> None:
        """Have some people answer, or change their minds, and hear that it was recorded."""
        await self.send(people)
        await self.hear(people)

    async def send(self, people: list[Voter]) -> None:
        """Have some people send another answer."""
        for person in people:
            if person.acknowledged is not None:
                person.say("change")
                await person.until("Answer:")
            number = self._chance.randrange(len(LABELS))
            person.under_way = LABELS[number]
            person.say(str(number + 1))

    async def hear(self, people: list[Voter]) -> None:
        """Have them hear that it was recorded."""
        for person in people:
            await person.until("Recorded: ")
            person.acknowledged, person.under_way = person.under_way, None

    async def come_back(self, people: list[Voter], port: str) -> None:
        """Come back by three words, and find one's answer."""
        for person in people:
            person.cut()
            await person.come(int(port))
            await person.until("Waiting")
            assert (await person.mine(QUESTION)).endswith(person.acknowledged or "nothing was recorded")

    async def find(self) -> None:
        """Everybody hears what was recorded of them, and nobody else's."""
        for person in self.people:
            assert (await person.mine(QUESTION)).endswith(person.acknowledged or "nothing was recorded")


async def _end(desk: Lines) -> Path:
    while True:
        desk.say("next")
        if await desk.until("Now: ") == "Now: ended":
            return Path((await desk.until("Notes: ")).removeprefix("Notes: "))


def _told(notes: Path) -> Counter[str]:
    with notes.with_suffix("").joinpath("results.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["people"] != "0"]
    return Counter({row["label"].partition(" ")[2]: int(row["people"]) for row in rows})


@pytest.mark.timeout(900 if SOAK else 300)
async def test_everything_between_breaks_and_every_answer_counts_once(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    workshop = tmp_path / "far.md"
    workshop.write_text(f"{WORKSHOP}\n## The end\n\n`close`\n")
    secret = str(await make_secret(tmp_path))
    back: dict[str, float] = {}

    async with AsyncExitStack() as stack:
        nats = stack.enter_context(nats_server())
        network = await stack.enter_async_context(Network(nats.port).open())
        host = await stack.enter_async_context(
            a_host_at(tmp_path, str(workshop), "--nats", nats.url, "--secret", secret)
        )
        first = await stack.enter_async_context(a_door(tmp_path, "first", "--nats", nats.url, "--secret", secret))
        second = await stack.enter_async_context(a_door(tmp_path, "second", "--nats", network.url, "--secret", secret))
        crowd = Crowd([host.port, first.port, second.port], host.code)
        desk = await host.desk(stack)
        for person in crowd.people:
            await person.come()
            await person.until("Waiting")
        await open_step(desk, QUESTION)
        await asyncio.gather(*(person.until("Answer:") for person in crowd.people))
        await crowd.answer(crowd.people)

        async def hear_after(fault: str) -> None:
            began = time.monotonic()
            await crowd.hear(far)
            back[fault] = time.monotonic() - began

        # A door is killed: its people come back by the other one.
        await first.stop(signal.SIGKILL)
        with pytest.raises(HungUp):
            await crowd.at(1)[0].until("nothing more")
        await crowd.come_back(crowd.at(1), second.port)
        far = crowd.at(1) + crowd.at(2)
        await crowd.answer(far)
        # NATS is started again, while people answer.
        nats.kill()
        await crowd.send(far)
        await crowd.answer(crowd.at(0))
        nats.start()
        await hear_after("NATS restarted")
        # The room is killed, and its session goes on.
        await host.stop(signal.SIGKILL)
        await crowd.send(far)
        await host.start()
        await hear_after("room resumed")
        desk = await host.desk(stack)
        await crowd.come_back(crowd.at(0), host.port)
        # The network to the door is cut for a while.
        for seconds in CUTS:
            network.cut()
            await crowd.send(far)
            await crowd.answer(crowd.at(0))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(network.until_mended(), seconds)
            network.mend()
            await hear_after(f"cut of {seconds:.0f} s")
        await crowd.find()
        notes = await _end(desk)
        assert _told(notes) == Counter(person.acknowledged for person in crowd.people)
        for person in crowd.people:
            person.cut()
        carried = bytes(network.carried)
        for word in (host.code, QUESTION, *LABELS, *(person.words.replace(" ", "-") for person in crowd.people)):
            assert word.encode() not in carried, word
    record_property("figure", ", ".join(f"{fault}: {seconds:.1f} s" for fault, seconds in back.items()))
