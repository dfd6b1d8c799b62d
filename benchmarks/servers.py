"""The servers of a run: a real `tisu host`, a peer that starts a process for each person, and one in Go."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncssh
from counters import Counters
from crowd import Guest, Place, come_in

CODE = "bench2load"
TISU = Path(sys.executable).with_name("tisu")
ROUNDS = 2
_PATIENCE = 60.0
_GO_PATH = Path("/usr/share/gocode")

_WORKSHOP = """---
tisu: 1
title: "A room under load"
language: en
---

# A room under load

Purpose: to see how long people wait.
{steps}
## Before you go

`talk` `1 min` `id end`

Thank you.
"""
_STEP = """
## How has week {n} been?

`scale` `1 min` `id week-{n}`

Think of that week. It has mostly been…

- 1: Worn out, going through the motions
- 2: A bit flat
- 3: Steady, able to think ahead
- 4: Stretched, but coping
- 5: Firefighting most of the time
"""
ASKED, SHOWN, SHOWN_ON_WALL = "Firefighting most", "How many people", "result · Step"
"""Words that a participant's screen has while a step of this workshop is open, and once its result is shown."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is up: what it costs, and where people come in."""

    counters: Counters
    place: Place
    data: Path | None = None
    key: Path | None = None

    def stored(self) -> int:
        """Count the answers to the open step that are on disk."""
        assert self.data is not None
        boxes = [json.loads(path.read_bytes()).get("box", {}) for path in self.data.rglob("*.json")]
        return sum(len(box["1"]["answers"]) for box in boxes if box)

    async def facilitator(self) -> Guest:
        """Come in as the facilitator, in plain lines."""
        guest, _ = await come_in(Place(self.place.port, "facilitator+plain", "Next:", key=str(self.key), term="dumb"))
        return guest

    async def screen(self) -> Guest:
        """Come in as another shared screen."""
        guest, _ = await come_in(Place(self.place.port, "screen", "To join", secret=CODE))
        return guest


@asynccontextmanager
async def tisu(folder: Path, doors: int = 0, program: Sequence[str | Path] = (TISU,)) -> AsyncIterator[Server]:
    """Host a session without a screen, with a key made for this run, and with so many doors in processes of their own.

    `program` is what to run in place of `tisu`.
    """
    folder.mkdir(mode=0o700)
    key, data, workshop = folder / "key", folder / "data", folder / "load.md"
    pair = asyncssh.generate_private_key("ssh-ed25519")
    pair.write_private_key(key)
    pair.write_public_key(folder / "key.pub")
    workshop.write_text(_WORKSHOP.format(steps="".join(_STEP.format(n=n + 1) for n in range(ROUNDS))))
    command: list[str | Path] = [*program, "host", workshop, "--headless", "--new", "--console-key", folder / "key.pub"]
    command += ["--bind", "127.0.0.1", "--port", "0", "--code", CODE, "--data", data, "--exports", folder / "exports"]
    command += ["--doors", str(doors)] if doors else []
    async with _running(command, folder / "host.log") as (pid, port):
        counters = Counters(pid, deep=doors > 0)
        await _until_there(counters, doors)
        yield Server(counters, Place(port, CODE, "Welcome."), data, key)


async def _until_there(counters: Counters, doors: int) -> None:
    """Wait until all doors have come: they have started once none of them computes any more."""
    async with asyncio.timeout(_PATIENCE):
        while doors:
            before = counters.cpu()
            await asyncio.sleep(1)  # over which the CPU is counted
            if len(counters.pids()) > doors and counters.cpu() - before < 0.1:
                return


@asynccontextmanager
async def peer(folder: Path) -> AsyncIterator[Server]:
    """Serve the same question with a Textual process for each person."""
    folder.mkdir(mode=0o700)
    command: list[str | Path] = [sys.executable, Path(__file__).with_name("peer.py")]
    async with _running(command, folder / "peer.log") as (pid, port):
        yield Server(Counters(pid, deep=True), Place(port, "anyone", "Firefighting most"))


def can_build_wish() -> bool:
    """Whether Go is here, and what Debian packages of Wish (golang-github-charmbracelet-wish-dev)."""
    return shutil.which("go") is not None and (_GO_PATH / "src/github.com/charmbracelet/wish").is_dir()


@asynccontextmanager
async def wish(folder: Path) -> AsyncIterator[Server]:
    """Serve the same question with Wish and Bubble Tea, which also store each answer before they say so."""
    folder.mkdir(mode=0o700)
    program, source = folder.parent / "wish-server", Path(__file__).with_name("wish")
    if not program.exists():
        environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(_GO_PATH), "GOFLAGS": ""}
        build = ("go", "build", "-o", program, ".")
        await asyncio.to_thread(subprocess.run, build, cwd=source, env=environment, check=True)
    async with _running([program, folder / "key", folder / "answers"], folder / "wish.log") as (pid, port):
        yield Server(Counters(pid), Place(port, "anyone", "Firefighting most"))


@asynccontextmanager
async def _running(command: list[str | Path], log: Path) -> AsyncIterator[tuple[int, int]]:
    """Run a server until the context ends; gives its process and the port that it prints."""
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), _PATIENCE)
        if not line.startswith(b"listening"):
            raise RuntimeError(f"the server did not start: {line.decode()}{log.read_text()}")
        yield process.pid, int(line.split()[-1])
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself: {log.read_text()}")
    finally:
        started = Counters(process.pid, deep=True).pids()
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pid in started[1:]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
