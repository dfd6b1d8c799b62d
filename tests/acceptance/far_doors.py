"""Doors on other computers, in processes of their own, for tests: they and a host meet at a real NATS."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from openssh import PATIENCE, TISU, Host, Process, started, told_to_stop


@dataclass
class Door:
    """A `tisu door` of its own, killed with the test."""

    folder: Path
    name: str
    arguments: tuple[str, ...]
    port: str = "0"
    process: Process | None = None
    errors: int | None = None

    async def start(self) -> None:
        command = (
            *TISU, "door", *self.arguments, "--bind", "127.0.0.1", "--port", self.port,
            "--data", str(self.folder / self.name),
        )  # fmt: skip
        self.process = await started(command, stderr=self.errors)
        assert self.process.stdout is not None
        line = (await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)).decode()
        assert line.startswith("listening "), line
        self.port = line.split()[2]

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        return await told_to_stop(self.process, how)


async def make_secret(folder: Path) -> Path:
    secret = folder / "doors.secret"
    making = await started((*TISU, "door", "--new-secret", str(secret)))
    assert await making.wait() == 0
    return secret


@asynccontextmanager
async def a_door(folder: Path, name: str, *arguments: str) -> AsyncIterator[Door]:
    door = Door(folder, name, arguments)
    try:
        await door.start()
        yield door
    finally:
        await door.stop(signal.SIGKILL)


@asynccontextmanager
async def a_host_at(folder: Path, workshop: str, *arguments: str) -> AsyncIterator[Host]:
    """Host with more arguments than most tests have, which are given again when it is started again."""
    host = FarHost(folder, workshop, arguments=arguments)
    try:
        await host.start()
        yield host
    finally:
        await host.stop(signal.SIGKILL)


@dataclass
class FarHost(Host):
    """A host that doors on other computers reach."""

    arguments: tuple[str, ...] = ()

    async def start(self, *arguments: str) -> None:
        await super().start(*self.arguments, *arguments)
