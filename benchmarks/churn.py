"""Whether an hour of coming and going leaves anything in a host: `python benchmarks/churn.py --help`.

Each minute some people leave, half of them without a word, and as many others come. It exits 1 where memory grows by
more than a mebibyte in ten minutes, or a descriptor or a task is left once everybody has gone.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
from pathlib import Path
from statistics import linear_regression
from time import monotonic

from crowd import Guest, Place, allow_many_files, come_in
from servers import Server, tisu

MOST_GROWTH = 1.0
"""MiB in ten minutes."""
_AT_ONCE = 20
_SETTLED = 3.0
_PATIENCE, _LOOK = 60.0, 0.05
_HOST = (sys.executable, Path(__file__).with_name("counted_host.py"))


async def _join(place: Place, people: int) -> list[Guest]:
    guests: list[Guest] = []
    while len(guests) < people:
        some = min(_AT_ONCE, people - len(guests))
        guests += [guest for guest, _wait in await asyncio.gather(*(come_in(place) for _n in range(some)))]
    return guests


async def _tasks(server: Server, told: Path) -> int:
    """Let the host count its tasks."""
    told.unlink(missing_ok=True)
    os.kill(server.counters.pid, signal.SIGUSR1)
    async with asyncio.timeout(_PATIENCE):
        while not told.exists():
            await asyncio.sleep(_LOOK)
    return int(told.read_text())


async def measure(people: int, minutes: int, minute: float, share: float) -> bool:
    """Churn, print what the host holds each minute, and tell whether it kept to its bounds."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="tisu-churn-") as name:
        told = Path(name) / "tasks"
        os.environ["TISU_TASKS"] = str(told)
        async with tisu(Path(name) / "tisu", program=_HOST) as server:
            await asyncio.sleep(_SETTLED)
            before, tasks = server.counters.descriptors(), await _tasks(server, told)
            guests = await _join(server.place, people)
            held: list[tuple[float, float]] = []
            begun = monotonic()
            for n in range(1, minutes + 1):
                chance.shuffle(guests)
                leaving, guests = guests[: int(people * share)], guests[int(people * share) :]
                for each in leaving[::2]:
                    each.connection.abort()
                await asyncio.gather(*(each.leave() for each in leaving[1::2]))
                guests += await _join(server.place, len(leaving))
                await asyncio.sleep(max(0.0, begun + n * minute - monotonic()))
                held.append(((monotonic() - begun) / minute, server.counters.memory()))
                counters = server.counters
                print(f"minute {n}: {held[-1][1]:.1f} MiB, {counters.descriptors()} descriptors", flush=True)
            await asyncio.gather(*(guest.leave() for guest in guests))
            await asyncio.sleep(_SETTLED)
            left, undone = server.counters.descriptors() - before, await _tasks(server, told) - tasks
    # What the first tenth brings is warming up.
    steady = held[len(held) // 10 :]
    growth = 10 * linear_regression(*zip(*steady, strict=True)).slope
    print(
        f"{people} people, {share:.0%} churn a minute, {minutes} minutes of {minute:.0f} s: {growth:+.2f} MiB in ten "
        f"minutes, {left} descriptors and {undone} tasks left"
    )
    return growth <= MOST_GROWTH and left <= 0 and undone <= 0


def main() -> int:
    """Measure, and judge."""
    parser = argparse.ArgumentParser(description="See whether coming and going leaves anything in a host.")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--minute", type=float, default=60.0, help="how many seconds a minute has, for a trial")
    parser.add_argument("--share", type=float, default=0.05, help="how many leave each minute, of one")
    wishes = parser.parse_args()
    if not sys.platform.startswith("linux"):
        print("The figures are read from /proc, which only Linux has.", file=sys.stderr)
        return 2
    allow_many_files()
    return 0 if asyncio.run(measure(wishes.people, wishes.minutes, wishes.minute, wishes.share)) else 1


if __name__ == "__main__":
    sys.exit(main())
