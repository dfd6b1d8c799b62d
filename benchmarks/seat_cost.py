"""What a seat costs without its connection: `python benchmarks/seat_cost.py [SEATS]` prints one JSON object.

Apps are started one after the other on terminals that only count; memory is the growth of the resident set, so run it
on a quiet machine and read ratios rather than single figures.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import getpagesize

from tisu_tui.core.system import calm_garbage
from tisu_tui.core.terminal import Facts, Listener
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.layout import Line, Page
from tisu_tui.screens.paging import PagingApp

_IDLE_SECONDS = 5


class _App(PagingApp):
    chosen = 0

    def page(self, width: int, height: int) -> Page:
        del width, height
        lines: list[Line] = [(("How full is your cup today?", "title"),), ()]
        for number in range(1, 6):
            line: Line = (
                (f" {number} ", "key"),
                (f"Option number {number}", "chosen" if number == self.chosen else "choice"),
            )
            lines.append(line)
        lines += [(), (("Totals go in the notes, without names.", "promise"),)]
        return Page(tuple(lines))

    def turn(self, key: str, character: str) -> None:
        if key == "q":
            self.exit()
        elif character.isdecimal():
            self.chosen = int(character)
            self.redraw()


class _Terminal:
    """Counts what is written and tells when it was."""

    facts = Facts("xterm-256color", 80, 24, pty=True, truecolour=True)

    def __init__(self) -> None:
        self.bytes = 0
        self.wrote = asyncio.Event()
        self.listener: Listener | None = None

    def listen(self, listener: Listener) -> None:
        self.listener = listener

    waiting = 0

    def belongs_to(self, seat: str) -> None: ...

    def when_heard(self, tell: Callable[[], None]) -> None:
        tell()

    def write(self, data: bytes) -> None:
        self.bytes += len(data)
        if b"Totals" in data or b"Option" in data:
            self.wrote.set()

    def close(self, status: int = 0) -> None:
        del status

    def type(self, data: bytes) -> None:
        assert self.listener is not None
        self.wrote.clear()
        self.listener.received(data)


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize() / 2**20


async def _start(count: int) -> tuple[list[_Terminal], list[asyncio.Task[None]]]:
    terminals = [_Terminal() for _ in range(count)]
    tasks = [asyncio.create_task(run_app(_App(), terminal)) for terminal in terminals]
    for terminal in terminals:
        await terminal.wrote.wait()
    return terminals, tasks


async def _leave(terminals: list[_Terminal], tasks: list[asyncio.Task[None]]) -> None:
    for terminal in terminals:
        terminal.type(b"q")
    await asyncio.gather(*tasks)


async def main(seats: int) -> None:
    await _leave(*await _start(3))
    calm_garbage()
    figures: dict[str, float] = {"seats": seats}

    resident, cpu = _resident(), time.process_time()
    terminals, tasks = await _start(seats)
    figures["ms_per_start"] = (time.process_time() - cpu) / seats * 1000
    figures["bytes_of_first_screen"] = terminals[0].bytes
    gc.collect()
    figures["mib_per_seat"] = (_resident() - resident) / seats

    cpu = time.process_time()
    await asyncio.sleep(_IDLE_SECONDS)
    figures["idle_cpu_percent"] = (time.process_time() - cpu) / _IDLE_SECONDS * 100

    cpu, sent = time.process_time(), terminals[0].bytes
    for terminal in terminals:
        terminal.type(b"3")
    for terminal in terminals:
        await terminal.wrote.wait()
    figures["ms_per_key"] = (time.process_time() - cpu) / seats * 1000
    figures["bytes_per_key"] = terminals[0].bytes - sent

    cpu = time.process_time()
    await _leave(terminals, tasks)
    figures["ms_per_leave"] = (time.process_time() - cpu) / seats * 1000
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
