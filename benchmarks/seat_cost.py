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
from pathlib import Path
from resource import getpagesize

from textual import events
from textual.app import ComposeResult

from tisu_tui.core.system import calm_garbage
from tisu_tui.core.terminal import Facts, Listener
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.painted import PaintedWidget
from tisu_tui.screens.row import Line
from tisu_tui.screens.seat_app import SeatApp

_IDLE_SECONDS = 5


class _Question(PaintedWidget):
    chosen = 0

    def on_mount(self) -> None:
        self.draw()

    def draw(self) -> None:
        lines: list[Line] = [(("How full is your cup today?", "title"),), ()]
        for number in range(1, 6):
            line: Line = (
                (f" {number} ", "key"),
                (f"Option number {number}", "chosen" if number == self.chosen else "choice"),
            )
            lines.append(line)
        lines += [(), (("Totals go in the notes, without names.", "promise"),)]
        self.show(lines)

    def on_key(self, event: events.Key) -> None:
        if event.key == "q":
            self.app.exit()
        elif event.key.isdecimal():
            self.chosen = int(event.key)
            self.draw()


class _App(SeatApp):
    def compose(self) -> ComposeResult:
        yield _Question()


class _Terminal:
    """Counts what is written and tells when it was."""

    facts = Facts("xterm-256color", 80, 24, pty=True, truecolour=True)

    def __init__(self) -> None:
        self.bytes = 0
        self.wrote = asyncio.Event()
        self.listener: Listener | None = None

    def listen(self, listener: Listener) -> None:
        self.listener = listener

    def belongs_to(self, seat: str) -> None: ...

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
