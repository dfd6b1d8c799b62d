"""How long an honest answer waits while others misbehave: `python benchmarks/unfair.py --help`.

A real host; two honest people, one in plain lines and one at a full screen, answer over and over. Meanwhile some or
many others, in a process of their own, send without end whatever is costly to read, in every way of taking part.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import asyncssh
from crowd import Guest, Place, allow_many_files, come_in
from load import milliseconds, put
from servers import ASKED, Server, tisu

MODES = {
    "plain lines": ("+plain", False),
    "plain, with a terminal": ("+plain", True),
    "full screen": ("", True),
    "shared laptop": ("+laptop", True),
}
KINDS = {
    "line ends": b"\r" * 64,
    "letters": b"abcdefgh" * 8,
    "erases": b"a\x7f" * 32,
    "words erased": b"abc \x17" * 12,
    "accents": "e\u0301".encode() * 20,
    "ctrl-c": b"a\x03" * 32,
    "paste": b"\x1b[200~" + b"a paste " * 32 + b"\x1b[201~",
    "arrows": b"\x1b[B\x1b[A" * 10,
    "answers": b"2\rc3\r1\rchange\r" * 4,
    "mouse": b"\x1b[<0;10;10M" * 6,
}
RESIZES, RECONNECTING = "resizes", "coming anew"
_MARKS = "<!-- unfair -->", "<!-- end of unfair -->"
_PATIENCE = 60.0
_BETWEEN = 0.75
"""Seconds between one answer and the next: `change`, Enter, a number and Enter at twelve keys a second."""
_UNSENT = 4096
"""Bytes of theirs that wait on their own side before they send more."""
_HANDS = 99
"""People without a device."""
_QUIET = 8
"""People who only look on: a room of fewer than five talks, and answers nothing."""


# Those who misbehave, in a process of their own


async def _flood(guest: Guest, kind: str) -> None:
    """Send one kind of input without end."""
    width = 0
    while not guest.channel.is_closing():
        with contextlib.suppress(OSError, asyncssh.Error):
            if kind == RESIZES:
                width = (width + 1) % 60
                guest.channel.change_terminal_size(40 + width, 24)
            elif guest.channel.get_write_buffer_size() < _UNSENT:
                guest.channel.write(KINDS[kind])
        # The flood shares its process with others: they get their turns, and it is still a thousand bursts a second.
        await asyncio.sleep(0.001)


async def _sit(port: int, code: str, mode: str) -> Guest:
    """Come in, and go on until a question is asked."""
    name, has_terminal = MODES[mode]
    cover = "my turn" if name == "+laptop" else "Have you been here before?"
    place = Place(port, code + name, cover, term="xterm-256color" if has_terminal else "dumb", patience=_PATIENCE)
    guest, _wait = await come_in(place)
    asked = guest.window.look_for("Answer:" if name == "+plain" else ASKED)
    guest.type("\r")
    await asyncio.wait_for(asked, _PATIENCE)
    return guest


async def _come_anew(port: int, code: str, mode: str) -> None:
    """Come in, send a burst, cut the line, and come in again."""
    while True:
        with contextlib.suppress(OSError, asyncssh.Error):
            guest = await _sit(port, code, mode)
            guest.channel.write(KINDS["answers"] * 40)
            # The burst has to be on its way before the line is cut; nothing says when it is.
            await asyncio.sleep(0.05)
            guest.connection.abort()


async def misbehave(port: int, code: str, mode: str, people: int) -> None:
    """Do what the lines on stdin name, until there are no more."""
    allow_many_files()
    logging.disable(logging.CRITICAL)
    floods: list[asyncio.Task[None]] = []
    guests: list[Guest] = []
    while kind := (await asyncio.to_thread(sys.stdin.readline)).strip():
        for flood in floods:
            flood.cancel()
        for guest in guests:
            guest.connection.abort()
        if kind == RECONNECTING:
            floods = [asyncio.create_task(_come_anew(port, code, mode)) for _n in range(people)]
        else:
            guests = [await _sit(port, code, mode) for _n in range(people)]
            floods = [asyncio.create_task(_flood(each, kind)) for each in guests]
        print("ready", flush=True)
    os._exit(0)  # connections that are choked need not be closed politely


# The honest, and what is measured


async def _answers(honest: Guest, again: str, seconds: float) -> list[float]:
    """Change an answer over and over, and give what each took until it was recorded."""
    waits: list[float] = []
    end = monotonic() + seconds
    while monotonic() < end:
        asked = honest.window.look_for("Answer:" if again == "change\r" else ASKED)
        honest.type(again)
        await asyncio.wait_for(asked, _PATIENCE)
        begun = monotonic()
        recorded = honest.window.look_for("ecorded")
        honest.type("2\r")
        waits.append(await asyncio.wait_for(recorded, _PATIENCE) - begun)
        await asyncio.sleep(_BETWEEN)
    return waits


async def _open(server: Server) -> None:
    desk = await server.facilitator()
    counted = desk.window.look_for("Next: ")
    desk.type(f"hands {_HANDS}\r")  # or nobody could have a turn on a laptop
    await asyncio.wait_for(counted, _PATIENCE)
    for _n in range(20):
        state = desk.window.look_for("Now: open")
        desk.type("next\r")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(state, 2.5)
            return
    raise RuntimeError("no question opened")


async def _measure(folder: Path, mode: str, people: int, seconds: float) -> list[tuple[str, list[float]]]:
    found: list[tuple[str, list[float]]] = []
    async with tisu(folder) as server:
        place = server.place
        for _n in range(_QUIET):
            await come_in(place)
        full, _wait = await come_in(place)
        lines, _wait = await come_in(Place(place.port, f"{place.user}+plain", "Waiting", term="dumb"))
        asked = [each.window.look_for(words) for each, words in ((full, ASKED), (lines, "Answer:"))]
        await _open(server)
        await asyncio.gather(*asked)
        command = (sys.executable, __file__, "--misbehave", str(place.port), place.user, mode, str(people))
        bad = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert bad.stdin is not None
        assert bad.stdout is not None
        try:
            for guest, keys in ((full, "3\r"), (lines, "3\r")):
                recorded = guest.window.look_for("ecorded")
                guest.type(keys)
                await asyncio.wait_for(recorded, _PATIENCE)
            for kind in ("", *KINDS, *((RESIZES,) if MODES[mode][1] else ()), RECONNECTING):
                if kind:
                    bad.stdin.write(f"{kind}\n".encode())
                    await asyncio.wait_for(bad.stdout.readline(), _PATIENCE)
                waits = await asyncio.gather(
                    _answers(full, "c", seconds),
                    _answers(lines, "change\r", seconds),
                )
                found.append((kind or "nobody does", [*waits[0], *waits[1]]))
                print(f"  {kind or 'nobody'}: {_cells(found[-1][1])}", file=sys.stderr, flush=True)
        finally:
            bad.kill()
            await bad.wait()
    return found


def _cells(waits: Sequence[float]) -> str:
    return f"{milliseconds(waits, 50):.0f} / {milliseconds(waits, 99):.0f}"


async def _whole(modes: Sequence[str], counts: Sequence[int], seconds: float) -> str:
    columns: dict[tuple[str, int], dict[str, str]] = {}
    for mode in modes:
        for people in counts:
            print(f"{people} at {mode} …", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(prefix="tisu-unfair-") as name:
                found = await _measure(Path(name) / "host", mode, people, seconds)
            columns[mode, people] = {kind: _cells(waits) for kind, waits in found}
    kinds = ("nobody does", *KINDS, RESIZES, RECONNECTING)
    rows = [
        f"| what {' / '.join(map(str, counts))} send | {' | '.join(modes)} |",
        f"|---|{'---:|' * len(modes)}",
    ]
    for kind in kinds:
        cells = (" · ".join(columns[mode, people].get(kind, "–") for people in counts) for mode in modes)
        rows.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(rows)


def main() -> int:
    """Measure, print, and put the table into a page."""
    parser = argparse.ArgumentParser(description="Measure an honest answer's wait while others misbehave.")
    parser.add_argument("--people", default="1,40", help="how many misbehave, in turn")
    parser.add_argument("--mode", action="append", choices=MODES, help="in which way of taking part, if not in all")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each kind is sent")
    parser.add_argument("--page", type=Path, metavar="FILE", help="also put the table between the marks of this page")
    parser.add_argument("--misbehave", nargs=4, metavar=("PORT", "CODE", "MODE", "PEOPLE"), help=argparse.SUPPRESS)
    wishes = parser.parse_args()
    if wishes.misbehave:
        port, code, mode, people = wishes.misbehave
        asyncio.run(misbehave(int(port), code, mode, int(people)))
        return 0
    busy = os.getloadavg()[0]
    table = asyncio.run(
        _whole(wishes.mode or [*MODES], [int(each) for each in wishes.people.split(",")], wishes.seconds)
    )
    made = f"Measured on {dt.date.today().isoformat()}: {os.cpu_count()} cores, shared with those who misbehave. "
    text = f"{made}Before it began, {busy:.1f} programs wanted a core at a time.\n\n{table}"
    print(text)
    if wishes.page:
        put(text, wishes.page, _MARKS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
