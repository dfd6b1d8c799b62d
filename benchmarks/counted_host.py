"""`tisu`, which on SIGUSR1 writes how many asyncio tasks it has into the file named by TISU_TASKS: /proc shows none."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from types import FrameType

from tisu_tui.cli import main


def _count(_signal: int, _frame: FrameType | None) -> None:
    part = Path(os.environ["TISU_TASKS"] + ".part")
    part.write_text(str(len(asyncio.all_tasks())), encoding="utf-8")
    part.rename(os.environ["TISU_TASKS"])


signal.signal(signal.SIGUSR1, _count)
main()
