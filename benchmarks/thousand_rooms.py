"""What 10,000 people in 1,000 rooms need: the costs of one room at one door, measured, and a simulation of the rest.

`python benchmarks/thousand_rooms.py` measures on this machine, in CPU, and says what follows; with
`--page docs/many-doors.md` it writes that there. Costs are those of a real host, a real door, a real NATS and real SSH
clients.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import json
import random
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import monotonic

import asyncssh
from counters import Counters
from crowd import Crowd, Guest, Place, come_in

TISU = Path(sys.executable).with_name("tisu")
CODE = "thousandrooms"
SEATS = 24
"""People at the door while costs are measured."""
QUESTIONS = 3
IDLE = 10.0
ROOMS, EACH = 1000, 10
ARRIVING = 600.0
"""Seconds in which everybody comes, in all rooms at once: a programme day that begins at ten."""
EVERY, ANSWERING, SESSION = 180.0, 40.0, 2700.0
"""Seconds between two questions of a room, in which its people answer one, and of the whole session."""
ENOUGH = 0.25
"""Seconds that one answer in a hundred may wait for its door."""
_WORKSHOP = """---
tisu: 1
title: One of a thousand
---

# One of a thousand
{steps}
## The end

`close`
"""
_STEP = """
## How has week {n} been?

`scale` `id week-{n}`

- 1: Worn out, going through the motions
- 2: A bit flat
- 3: Steady, able to think ahead
- 4: Stretched, but coping
- 5: Firefighting most of the time
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU for one thing at one person's screen: at their door, at the host and at NATS."""

    door: float
    host: float
    nats: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured."""

    join: Cost
    opened: Cost
    answer: Cost
    idle: Cost
    """For a room at a door, in a second in which nothing happens."""
    seat_memory: float
    door_memory: float
    host_memory: float
    answer_messages: float
    answer_bytes: float


@contextmanager
def _running(*command: str | Path, listens: bool = True) -> Iterator[tuple[int, int]]:
    """Run something until the context ends; gives its process, and the port that it prints."""
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    try:
        port = 0
        if listens:
            line = process.stdout.readline()
            if not line.startswith(b"listening"):
                raise RuntimeError(f"{command[0]} {command[1]} did not start: {line.decode()}")
            port = int(line.split()[-1])
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


def _free_ports(count: int) -> list[int]:
    import socket

    probes = [socket.socket() for _n in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _cpu(pid: int) -> float:
    """Give the seconds of CPU that a process has used, finer than in hundredths."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


class Bench:
    """One host, one door and NATS, of which it is told what something costs."""

    def __init__(self, host: int, door: int, nats: int, monitor: int) -> None:
        self._of = (door, host, nats)
        self._monitor = monitor
        self._begun = [_cpu(each) for each in self._of]
        self._passed = self._messages()

    def _messages(self) -> tuple[int, int]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self._monitor}/varz", timeout=10) as page:
            found = json.load(page)
        return found["in_msgs"], found["in_bytes"]

    def begin(self) -> None:
        self._begun, self._passed = [_cpu(each) for each in self._of], self._messages()

    def cost(self, times: float) -> Cost:
        return Cost(*((_cpu(each) - begun) / times for each, begun in zip(self._of, self._begun, strict=True)))

    def passed(self, times: float) -> tuple[float, float]:
        now = self._messages()
        return (now[0] - self._passed[0]) / times, (now[1] - self._passed[1]) / times

    def memory(self) -> tuple[float, float]:
        """Give the MiB of the door and of the host."""
        return Counters(self._of[0]).memory(), Counters(self._of[1]).memory()


async def _press_on(desk: Guest, *states: str) -> None:
    for state in states:
        seen = desk.window.look_for(f"Now: {state}")
        desk.type("next\r")
        await asyncio.wait_for(seen, 60)


async def measure() -> Costs:
    """Let some people come in by a door, answer and wait, and say what that took."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "room.md").write_text(_WORKSHOP.format(steps="".join(_STEP.format(n=n) for n in range(QUESTIONS))))
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_private_key(folder / "key")
        key.write_public_key(folder / "key.pub")
        subprocess.run([TISU, "door", "--new-secret", folder / "secret"], check=True, stdout=subprocess.DEVNULL)
        port, monitor = _free_ports(2)
        command = ("nats-server", "-a", "127.0.0.1", "-p", str(port), "-m", str(monitor))
        nats, _port = stack.enter_context(_running(*command, listens=False))
        await _until_up(monitor)
        meeting = ("--nats", f"nats://127.0.0.1:{port}", "--secret", folder / "secret", "--bind", "127.0.0.1")
        common = (*meeting, "--port", "0")
        host, host_port = stack.enter_context(
            _running(
                *(TISU, "host", folder / "room.md", *common, "--headless", "--console-key", folder / "key.pub"),
                *("--code", CODE, "--data", folder / "data", "--exports", folder / "exports"),
            )
        )
        door, door_port = stack.enter_context(_running(TISU, "door", *common, "--data", folder / "door"))
        desk, _ = await come_in(Place(host_port, "facilitator+plain", "Next:", key=str(folder / "key"), term="dumb"))
        crowd = Crowd(Place(door_port, CODE, "Welcome."), 1)
        stack.callback(crowd.close)
        bench = Bench(host, door, nats, monitor)
        await asyncio.sleep(IDLE)
        alone = bench.cost(IDLE)
        empty, _host = bench.memory()
        # The first one pays for what is worked out once.
        await crowd.do("join", people=1)
        bench.begin()
        joined = await crowd.do("join", people=SEATS)
        join = bench.cost(SEATS)
        full, host_memory = bench.memory()
        bench.begin()
        await asyncio.sleep(IDLE)
        beside = bench.cost(IDLE)
        idle = Cost(*(max(0.0, getattr(beside, each) - getattr(alone, each)) for each in ("door", "host", "nats")))
        opened: list[Cost] = []
        answers: list[Cost] = []
        passed: list[tuple[float, float]] = []
        for question in range(QUESTIONS):
            await _press_on(desk, *(("closed", "shown") if question else ()), "waiting")
            bench.begin()
            await crowd.do("look", words="Firefighting most")
            await _press_on(desk, "open")
            await crowd.do("seen", within=60)
            opened.append(bench.cost(SEATS + 1))
            bench.begin()
            said = await crowd.do("answer", within=5)
            answers.append(bench.cost(SEATS + 1))
            passed.append(bench.passed(SEATS + 1))
            if said.problems or joined.problems:
                raise RuntimeError((said.problems or joined.problems)[0])
        await desk.leave()
        await crowd.do("leave")
    messages, size = (_middle([each[n] for each in passed]) for n in (0, 1))
    return Costs(
        join,
        _cheapest(opened),
        _cheapest(answers),
        idle,
        (full - empty) / (SEATS + 1),
        empty,
        host_memory,
        messages,
        size,
    )


async def _until_up(monitor: int) -> None:
    until = monotonic() + 20
    while monotonic() < until:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", monitor)
        except OSError:
            await asyncio.sleep(0.05)  # a server that starts says so only in its log
        else:
            writer.close()
            return
    raise RuntimeError("nats-server did not start")


def _cheapest(found: list[Cost]) -> Cost:
    """Give the one in the middle, by what the door had to do."""
    return sorted(found, key=lambda each: each.door)[len(found) // 2]


def _middle(found: list[float]) -> float:
    return sorted(found)[len(found) // 2]


# The simulation: doors as queues of what their people do


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited for their door, and how busy it was in its busiest minute."""

    join: float
    answer: float
    busiest: float


def simulate(costs: Costs, cores: int, seed: int = 1) -> Waits:
    """Play a day's beginning through so many cores of doors, each of which does one thing after the other."""
    chance = random.Random(seed)
    jobs: list[tuple[float, int, int, str]] = []
    for room in range(ROOMS):
        begins = chance.gauss(ARRIVING / 2, ARRIVING / 6)
        for person in range(EACH):
            at = room * EACH + person
            core = at % cores
            heapq.heappush(jobs, (max(0.0, chance.gauss(begins, 60)), core, at, "join"))
            question = begins + EVERY
            while question < SESSION:
                heapq.heappush(jobs, (question, core, at, "opened"))
                heapq.heappush(jobs, (question + chance.uniform(2, ANSWERING), core, at, "answer"))
                question += EVERY
    takes = {"join": costs.join.door, "opened": costs.opened.door, "answer": costs.answer.door}
    # Each room that has people at a door costs it a little all the time.
    slower = 1 / max(0.05, 1 - costs.idle.door * ROOMS / cores)
    free = [0.0] * cores
    waited: dict[str, list[float]] = {take: [] for take in takes}
    busy: dict[tuple[int, int], float] = {}
    while jobs:
        moment, core, _at, what = heapq.heappop(jobs)
        done = max(moment, free[core]) + takes[what] * slower
        free[core] = done
        waited[what].append(done - moment)
        minute = (core, int(moment // 60))
        busy[minute] = busy.get(minute, 0.0) + takes[what] * slower / 60
    return Waits(_p99(waited["join"]), _p99(waited["answer"]), max(busy.values()))


def _p99(found: list[float]) -> float:
    return quantiles(found, n=100)[-1]


def enough(costs: Costs) -> tuple[int, Waits]:
    """Find the fewest cores of doors with which one answer in a hundred waits no longer than it may."""
    cores = 1
    while True:
        waits = simulate(costs, cores)
        if waits.answer <= ENOUGH and waits.busiest < 0.8:
            return cores, waits
        cores += 1 + cores // 8


def page(costs: Costs) -> str:
    """Say it as a part of the page."""
    cores, waits = enough(costs)
    people, idle = ROOMS * EACH, costs.idle
    nats = people * (costs.answer.nats + costs.opened.nats) / EVERY + idle.nats * ROOMS
    messages = people * costs.answer_messages / EVERY + 4 * ROOMS
    host = EACH * (costs.answer.host + costs.opened.host) / ANSWERING + idle.host
    memory = (cores * costs.door_memory + people * costs.seat_memory) / 1024
    rows = [("come in", costs.join), ("see a question open", costs.opened), ("answer", costs.answer)]
    table = [
        *(f"| {what} | {1e3 * of.door:.1f} | {1e3 * of.host:.1f} | {1e3 * of.nats:.2f} |" for what, of in rows),
        f"| stay, each room and second | {1e3 * idle.door:.1f} | {1e3 * idle.host:.1f} | {1e3 * idle.nats:.2f} |",
    ]
    needs = [
        f"| doors | {cores} core{'s' * (cores > 1)}, a process each; the busiest is {100 * waits.busiest:.0f} % busy |",
        f"| waiting for them, p99 | {1e3 * waits.join:.0f} ms to come in, {1e3 * waits.answer:.0f} ms for an answer |",
        f"| memory of doors | {memory:.1f} GiB |",
        f"| NATS | {nats:.2f} of a core, {messages:,.0f} messages a second, {ROOMS + cores:,} connections |",
        f"| hosts | {ROOMS:,} laptops; each {costs.host_memory:.0f} MiB, and {100 * host:.1f} % of a core when asked |",
    ]
    return f"""
CPU in milliseconds for each of {SEATS} people in a room, who come by one door:

| to | door | host | NATS |
|---|---:|---:|---:|
{chr(10).join(table)}

With an answer, {costs.answer_messages:.0f} messages and {costs.answer_bytes / 1024:.0f} KiB go through NATS. A door has
{costs.door_memory:.0f} MiB for itself and {1024 * costs.seat_memory:.0f} KiB for each seat.

**{people:,} people in {ROOMS:,} rooms**, simulated with these costs: everybody comes within {ARRIVING / 60:.0f}
minutes; each room has a question every {EVERY / 60:.0f} minutes, and its people answer within {ANSWERING:.0f} seconds.

| what | needs |
|---|---|
{chr(10).join(needs)}

This leaves out the network between, and whatever else the machines do. Doors draw the screens, so they have most to do.
"""


def main() -> None:
    """Measure, simulate, and say or write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--page", type=Path, help="write it into this page, between its marks")
    wishes = parser.parse_args()
    said = page(asyncio.run(measure()))
    print(said)
    if wishes.page:
        text = wishes.page.read_text(encoding="utf-8")
        marked = r"(<!-- a thousand rooms -->\n).*(\n<!-- end -->)"
        new, number = re.subn(marked, lambda found: found[1] + said + found[2], text, flags=re.DOTALL)
        if number != 1:
            raise SystemExit(f"{wishes.page}: no place for it")
        wishes.page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
