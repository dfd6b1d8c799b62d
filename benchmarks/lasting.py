"""What a long session leaves in a host: `python benchmarks/lasting.py` lets people come and go, and steps run again.

Memory and descriptors are the host's alone, from /proc; where they do not grow from line to line, nothing is kept.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from crowd import Crowd, Guest, allow_many_files
from servers import Server, tisu

_PATIENCE = 60.0
_SETTLED = 1.0
"""Seconds for a server to put away what somebody left: nothing says when it has."""
_LINES = 8
"""How often in each part the host is looked at."""


async def _say(server: Server, what: str) -> None:
    # Twice: what came last is put away first, and then freed.
    await asyncio.sleep(2 * _SETTLED)
    counters = server.counters
    print(f"{what:<28} {counters.memory():6.1f} MiB {counters.descriptors():5d} descriptors", flush=True)


async def _come_and_go(server: Server, crowd: Crowd, times: int, people: int) -> None:
    for n in range(1, times + 1):
        await crowd.do("join", people=people)
        await asyncio.sleep(_SETTLED)
        await crowd.do("leave")
        if n % max(1, times // _LINES) == 0:
            await _say(server, f"{n * people} came and went")


async def _run_again(server: Server, crowd: Crowd, facilitator: Guest, times: int, people: int) -> None:
    await crowd.do("join", people=people)
    for order, state in (("next", "waiting"), ("next", "open")):
        await _go(facilitator, order, state)
    for n in range(1, times + 1):
        await crowd.do("answer", within=0.2)
        for order, state in (("next", "closed"), ("next", "shown"), ("again", "waiting"), ("next", "open")):
            await _go(facilitator, order, state)
        if n % max(1, times // _LINES) == 0:
            await _say(server, f"a step was run {n} times")


async def _go(facilitator: Guest, order: str, state: str) -> None:
    moved = facilitator.window.look_for(f"Now: {state}")
    facilitator.type(f"{order}\r")
    await asyncio.wait_for(moved, _PATIENCE)


async def _measure(times: int, people: int) -> None:
    with tempfile.TemporaryDirectory(prefix="tisu-bench-") as name:
        async with tisu(Path(name) / "tisu") as server:
            facilitator = await server.facilitator()
            with closing(Crowd(server.place, 1)) as crowd:
                await _say(server, "nobody came yet")
                await _come_and_go(server, crowd, max(1, times // 5), people)
                await _run_again(server, crowd, facilitator, times, people)
                await crowd.do("leave")
            await facilitator.leave()


def main() -> int:
    """Let people come and go and a step run again, and print what the host holds meanwhile."""
    parser = argparse.ArgumentParser(description="See whether a long session leaves anything in a host.")
    parser.add_argument("--times", type=int, default=100, help="how often a step is run; people come a fifth as often")
    parser.add_argument("--people", type=int, default=25, help="how many people there are at a time")
    wishes = parser.parse_args()
    if not sys.platform.startswith("linux"):
        print("The figures are read from /proc, which only Linux has.", file=sys.stderr)
        return 2
    allow_many_files()
    asyncio.run(_measure(wishes.times, wishes.people))
    return 0


if __name__ == "__main__":
    sys.exit(main())
