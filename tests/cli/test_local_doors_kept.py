"""Doors that `tisu host --doors` keeps: one that hangs is replaced."""

from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from tisu_tui.cli import _doors
from tisu_tui.cli._doors import LocalDoors

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no doors")


async def test_a_door_that_hangs_is_killed_and_another_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_doors, "_GONE", 0)
    monkeypatch.setattr(_doors, "_LOOK", 0.01)
    there: set[str] = set()
    doors = LocalDoors(1, (sys.executable, "-c", "import time; time.sleep(60)"), (), lambda: there)
    keeping = asyncio.create_task(doors.keep())
    async with asyncio.timeout(20):
        while not doors._started:
            await asyncio.sleep(0)
        first = doors._started[0].process
        there.add(doors._started[0].name)
        while not doors._started[0].seen:
            await asyncio.sleep(0)
        there.clear()
        assert await first.wait() == -signal.SIGKILL
        while not doors._started or doors._started[0].process is first:
            await asyncio.sleep(0)
    keeping.cancel()
    await asyncio.wait((keeping,))
    for started in doors._started:
        started.kill()
        await started.process.wait()
