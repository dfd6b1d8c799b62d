"""What hosting costs and how long people wait, over real SSH: `make bench`, or `python benchmarks/load.py --help`.

For each number of people a fresh `tisu host` is filled by clients in processes of their own, and beside it, in the
same minutes, a server that starts a Textual process for each person. CPU and memory are the server's alone; waiting
is what a client sees, so a busy machine shows in it: read ratios rather than single times.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import math
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import asdict
from pathlib import Path
from statistics import median
from time import monotonic

from commands import costs
from counters import spent
from crowd import Account, Crowd, Guest, allow_many_files, come_in
from figure_cost import costs as figure_costs
from figure_cost import table
from report import PROCESS_EACH, WISH, Figures, doors_page, misses, page
from servers import ASKED, ROUNDS, SHOWN, SHOWN_ON_WALL, Server, can_build_wish, peer, tisu, wish

PEOPLE = (10, 100, 300, 500)
PEER_PEOPLE = (10, 100)
WISH_PEOPLE = (100, 500)
_ANSWERING = 2.0
_IDLE = 5.0
_PATIENCE = 60.0
_SETTLED = 1.0
"""Seconds for a server to do what is left to do, which belongs to what was measured: nothing says when it is done."""
_SINGLES = 5
_LOADED = 12.0
"""Seconds in which a host has loaded what it may need, once for all who come."""
_MARKS = "<!-- measured -->", "<!-- end of what was measured -->"
_DOORS_MARKS = "<!-- doors -->", "<!-- end of doors -->"
DOORS = ((250, (0, 1, 2, 4)), (500, (0, 2)))
"""People, and through how many doors each time; 0 is one process."""


def milliseconds(seconds: Sequence[float], percent: float) -> float:
    """Give a percentile, by the nearest rank, in milliseconds."""
    if not seconds:
        return math.nan
    ordered = sorted(seconds)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)] * 1000


async def _one_by_one(server: Server, figures: Figures) -> None:
    """Let people come to a host where nobody else is; the first pays for what is loaded once."""
    waits = []
    for _ in range(_SINGLES):
        guest, seconds = await come_in(server.place)
        waits.append(seconds)
        await guest.leave()
        await asyncio.sleep(_SETTLED / 3)
    figures.first_ms, figures.single_ms = waits[0] * 1000, median(waits[1:]) * 1000


async def _longest_silence(guest: Guest, until: asyncio.Task[Account]) -> float:
    """Type into another window while something goes on, and give the longest time without an echo."""
    longest = 0.0
    while not until.done():
        echo = guest.window.look_for("x")
        begun = monotonic()
        guest.type("x")
        longest = max(longest, await asyncio.wait_for(echo, _PATIENCE) - begun)
        guest.type("\x7f")
        await asyncio.wait((until,), timeout=0.05)
    return longest


async def _fill(server: Server, crowd: Crowd, people: int, figures: Figures, bystander: Guest | None) -> float:
    """Let everybody join at once, and see what it costs then and afterwards; gives the MiB before they came."""
    await asyncio.sleep(_SETTLED)
    memory, resident, cpu = server.counters.memory(), server.counters.resident(), spent(server.counters)
    joining = asyncio.create_task(crowd.do("join", people=people))
    if bystander:
        figures.stall_ms = await _longest_silence(bystander, joining) * 1000
    joined = await joining
    await asyncio.sleep(_SETTLED)
    figures.joined = len(joined.seconds)
    figures.join_cpu_ms = cpu() / people * 1000
    figures.join_p50_ms, figures.join_p99_ms = milliseconds(joined.seconds, 50), milliseconds(joined.seconds, 99)
    figures.problems += joined.problems
    figures.client_share = joined.cpu / joined.wall
    figures.join_client_ms = joined.cpu / people * 1000
    await asyncio.sleep(_SETTLED)
    figures.mib = (server.counters.memory() - memory) / people
    figures.mib_resident = (server.counters.resident() - resident) / people
    idle = spent(server.counters)
    await asyncio.sleep(_IDLE)
    figures.idle_percent = idle() / _IDLE * 100
    return memory


async def _reveal(
    crowd: Crowd, screen: Guest, facilitator: Guest, words: str, state: str, on_wall: str = ""
) -> list[float]:
    """Go on, and give the seconds until each screen shows it, the shared one among them in words of its own."""
    await crowd.do("look", words=words)
    shared = screen.window.look_for(on_wall or words)
    moved = facilitator.window.look_for(f"Now: {state}")
    begun = monotonic()
    facilitator.type("next\r")
    seen = await crowd.do("seen", within=_PATIENCE)
    await asyncio.wait_for(moved, _PATIENCE)
    everywhere = [*seen.seconds, await asyncio.wait_for(shared, _PATIENCE)]
    if seen.problems:
        raise RuntimeError(f"{len(seen.problems)} screens never showed “{words}”: {seen.problems[0]}")
    return [each - begun for each in everywhere]


async def _go(facilitator: Guest, state: str) -> None:
    moved = facilitator.window.look_for(f"Now: {state}")
    facilitator.type("next\r")
    await asyncio.wait_for(moved, _PATIENCE)
    await asyncio.sleep(_SETTLED)


async def _play(server: Server, crowd: Crowd, figures: Figures, screen: Guest, staff: Guest) -> None:
    """Ask, answer and show, a few times over."""
    opened: list[float] = []
    shown: list[float] = []
    waits: list[float] = []
    together: list[float] = []
    used = closing = 0.0
    for n in range(ROUNDS):
        await _go(staff, "waiting")
        opened += await _reveal(crowd, screen, staff, ASKED, "open")
        await asyncio.sleep(_SETTLED)
        cpu = spent(server.counters)
        answering = asyncio.create_task(crowd.do("answer", within=_ANSWERING, together=n % 2 > 0))
        figures.stall_ms = max(figures.stall_ms, await _longest_silence(staff, answering) * 1000)
        answers = await answering
        await asyncio.sleep(_SETTLED / 2)
        used += cpu()
        (together if n % 2 else waits).extend(answers.seconds)
        figures.problems += answers.problems
        figures.lost += max(0, len(answers.seconds) - server.stored())
        cpu = spent(server.counters)
        await _go(staff, "closed")
        closing += cpu()
        shown += await _reveal(crowd, screen, staff, SHOWN, "shown", SHOWN_ON_WALL)
    figures.answer_cpu_ms = used / max(1, len(waits) + len(together)) * 1000
    figures.together_p50_ms, figures.together_p99_ms = milliseconds(together, 50), milliseconds(together, 99)
    figures.close_cpu_ms = closing / ROUNDS * 1000
    figures.answer_p50_ms, figures.answer_p99_ms = milliseconds(waits, 50), milliseconds(waits, 99)
    figures.open_p99_ms, figures.shown_p99_ms = milliseconds(opened, 99), milliseconds(shown, 99)


async def _measure_tisu(folder: Path, people: int, clients: int, doors: int = 0) -> Figures:
    figures = Figures(f"tisu, {doors} door{'s' * (doors > 1)}" if doors else "tisu", people)
    async with tisu(folder, doors) as server:
        staff, screen = await server.facilitator(), await server.screen()
        await _one_by_one(server, figures)
        await asyncio.sleep(_LOADED)
        with closing(Crowd(server.place, clients)) as crowd:
            before = await _fill(server, crowd, people, figures, staff)
            await _play(server, crowd, figures, screen, staff)
            figures.mib_played = (server.counters.memory() - before) / people
            await crowd.do("leave")
        await staff.leave()
        await screen.leave()
    return figures


async def _measure_other(name: str, server: AbstractAsyncContextManager[Server], people: int, clients: int) -> Figures:
    """Let people join another server and answer, and where it is Wish, once more with both keys in one piece."""
    figures = Figures(name, people)
    async with server as other:
        await _one_by_one(other, figures)
        with closing(Crowd(other.place, clients)) as crowd:
            before = await _fill(other, crowd, people, figures, None)
            cpu = spent(other.counters)
            answers = await crowd.do("answer", within=_ANSWERING)
            await asyncio.sleep(_SETTLED / 2)
            figures.answer_cpu_ms = cpu() / max(1, len(answers.seconds)) * 1000
            figures.answer_p50_ms, figures.answer_p99_ms = (
                milliseconds(answers.seconds, 50),
                milliseconds(answers.seconds, 99),
            )
            figures.problems += answers.problems
            if name == WISH:
                again = await crowd.do("answer", within=_ANSWERING, together=True)
                figures.together_p50_ms, figures.together_p99_ms = (
                    milliseconds(again.seconds, 50),
                    milliseconds(again.seconds, 99),
                )
                figures.problems += again.problems
            figures.mib_played = (other.counters.memory() - before) / people
            await crowd.do("leave")
    return figures


async def _measure(folder: Path, counts: Sequence[int], clients: int, *, alone: bool) -> list[Figures]:
    found: list[Figures] = []
    for people in counts:
        _say(f"{people} people at a tisu host")
        found.append(await _measure_tisu(folder / f"tisu-{people}", people, clients))
        if people in WISH_PEOPLE and not alone and can_build_wish():
            for n in (1, 2):
                _say(f"{people} people at Wish")
                found.append(await _measure_other(WISH, wish(folder / f"wish-{people}-{n}"), people, clients))
                if n == 1:
                    _say(f"{people} people at a tisu host again")
                    found.append(await _measure_tisu(folder / f"tisu-{people}-again", people, clients))
        if people in PEER_PEOPLE and not alone:
            _say(f"{people} people at a process each")
            found.append(await _measure_other(PROCESS_EACH, peer(folder / f"peer-{people}"), people, clients))
    return found


async def _measure_doors(folder: Path, clients: int) -> list[Figures]:
    """Measure one process, doors in processes of their own, and Wish."""
    found: list[Figures] = []
    for people, doors in DOORS:
        for door in doors:
            _say(f"{people} people at a tisu host with {door} doors")
            found.append(await _measure_tisu(folder / f"tisu-{people}-{door}", people, clients, door))
        if can_build_wish():
            _say(f"{people} people at Wish")
            found.append(await _measure_other(WISH, wish(folder / f"wish-{people}"), people, clients))
    return found


def _say(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)


def _counts(text: str) -> tuple[int, ...]:
    counts = tuple(int(each) for each in text.split(","))
    if not all(8 <= each <= 2000 for each in counts):
        raise argparse.ArgumentTypeError("a room with results has 8 to 2000 people")
    return counts


def put(tables: str, path: Path, marks: tuple[str, str]) -> None:
    """Replace what stands between the marks of a page."""
    begin, end = marks
    before, rest = path.read_text().split(begin)
    _old, after = rest.split(end)
    path.write_text(f"{before}{begin}\n\n{tables}\n\n{end}{after}")


def _made(busy: float) -> str:
    return (
        f"Measured on {dt.date.today().isoformat()}: {os.cpu_count()} cores, shared with the clients; "
        f"{platform.system()}, Python {platform.python_version()}. One run, not the best of several. "
        f"Before it began, {busy:.1f} programs wanted a core at a time (the load)."
    )


def main() -> int:
    """Measure, print, and with `--check` tell whether the targets are met."""
    parser = argparse.ArgumentParser(description="Measure a host under load, beside a process for each person.")
    parser.add_argument("--people", type=_counts, default=PEOPLE, metavar="10,100", help="how many people, in turn")
    parser.add_argument("--clients", type=int, default=1, help="client processes that share the people")
    parser.add_argument("--many-doors", action="store_true", help="measure doors beside one process and Wish instead")
    parser.add_argument("--alone", action="store_true", help="leave the process for each person out")
    parser.add_argument("--page", type=Path, metavar="FILE", help="also put the tables between the marks of this page")
    parser.add_argument("--json", type=Path, help="also write every figure to this file")
    parser.add_argument("--check", action="store_true", help="exit 1 where 100 people cost more than they may")
    wishes = parser.parse_args()
    if not sys.platform.startswith("linux"):
        print("The figures are read from /proc, which only Linux has.", file=sys.stderr)
        return 2
    allow_many_files()
    if not wishes.alone and not can_build_wish():
        _say("no Go, or no golang-github-charmbracelet-wish-dev: Wish is left out")
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="tisu-bench-") as name:
        if wishes.many_doors:
            tables = doors_page(
                asyncio.run(_measure_doors(Path(name), wishes.clients)), _made(busy), os.cpu_count() or 1
            )
            print(tables)
            if wishes.page:
                put(tables, wishes.page, _DOORS_MARKS)
            return 0
        found = asyncio.run(_measure(Path(name), wishes.people, wishes.clients, alone=wishes.alone))
        _say("commands")
        commands = costs(Path(name) / f"tisu-{wishes.people[0]}")
    _say("figures")
    drawing = f"What it takes to draw a figure anew, in milliseconds of CPU:\n\n{table(figure_costs())}"
    tables = f"{page(found, commands, _made(busy))}\n\n{drawing}"
    print(tables)
    if wishes.page:
        put(tables, wishes.page, _MARKS)
    if wishes.json:
        everything = {
            "date": dt.date.today().isoformat(),
            "cores": os.cpu_count(),
            "load": busy,
            "commands": [*map(asdict, commands)],
        }
        wishes.json.write_text(json.dumps({**everything, "runs": [each.as_dict() for each in found]}, indent=1) + "\n")
    if wishes.check and (missed := misses(found)):
        print("\n".join(missed), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
