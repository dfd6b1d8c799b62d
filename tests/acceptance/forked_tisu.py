"""Processes forked from one that has loaded all of tisu: to load it is most of what its start costs.

What a start loads itself, and when, is seen where one is begun afresh (`FRESH` of `openssh`).
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import gc
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Self
from unittest.mock import patch

import tisu_tui

HERE = Path(__file__).parent


@cache
def _forks() -> ForkServerContext:
    """Start the process that all others are forked from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["loaded_tisu", __name__])
    # Before Python 3.13 it is told where our modules are, and does not look there; and its own folder comes first.
    paths = os.pathsep.join([str(HERE), *filter(None, sys.path)])
    with contextlib.chdir(HERE), patch.dict(os.environ, PYTHONPATH=paths):
        forkserver.ensure_running()
    return context


def _run(
    code: str,
    words: tuple[str, ...],
    env: Mapping[str, str],
    folder: Path,
    ends: tuple[Connection, ...],
    tested: str | None,
) -> None:
    """Run code as `python -c` does, in this folder and with these ends for standard input, output and error."""
    assert "loaded_tisu" in sys.modules, "each would load all of tisu, and the suite take twice as long"
    assert tisu_tui.__file__ == tested, "this is another tisu than the one that is tested"
    for number, end in enumerate(ends):
        os.dup2(end.fileno(), number)
        end.close()
    if os.isatty(0):
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    sys.stdin = sys.__stdin__ = os.fdopen(0, closefd=False)  # type: ignore[misc]  # the first was closed
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, io.TextIOWrapper)
        stream.reconfigure(line_buffering=stream.isatty())
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["-c", *words]
    gc.freeze()  # each would look for garbage in all that is loaded once more
    try:
        exec(code, {"__name__": "__main__"})
    except SystemExit:
        raise
    except BaseException:  # noqa: BLE001 - whatever it was
        # As Python does; multiprocessing would print what failed with its words.
        sys.excepthook(*sys.exc_info())
        raise SystemExit(1) from None


class Forked:
    """Code of Python's that runs like `python -c`, to be used like a process of asyncio's."""

    stdout: asyncio.StreamReader | None = None

    def __init__(self, code: str, *words: str, streams: tuple[int, int, int], env: Mapping[str, str]) -> None:
        ends = tuple(Connection(os.dup(stream)) for stream in streams)
        wanted = (code, words, dict(env), Path.cwd(), ends, tisu_tui.__file__)
        self._process = _forks().Process(target=_run, args=wanted, daemon=True)
        self._process.start()
        for end in ends:
            end.close()
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._process.sentinel, self._has_ended)

    @classmethod
    async def start(cls, code: str, *words: str, stderr: int | None = None) -> Self:
        """Start it so that what it prints can be read."""
        reading, writing = os.pipe()
        errors = writing if stderr == subprocess.STDOUT else stderr
        # A terminal that the tests are started at belongs to their session alone.
        with Path(os.devnull).open("rb") as nothing:
            streams = (nothing.fileno(), writing, 2 if errors is None else errors)
            self = cls(code, *words, streams=streams, env=os.environ)
        os.close(writing)
        self.stdout = printed = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(printed), os.fdopen(reading, "rb", 0)
        )
        return self

    @classmethod
    def on_terminal(cls, code: str, *words: str, terminal: int, env: Mapping[str, str]) -> Self:
        """Start it at a terminal, which its session has for itself."""
        return cls(code, *words, streams=(terminal,) * 3, env=env)

    @property
    def pid(self) -> int:
        pid = self._process.pid
        assert pid is not None
        return pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, which: signal.Signals) -> None:
        """Send it a signal; like a process of asyncio's, it is not found once it has ended."""
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, which)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _has_ended(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._ended.set()

    async def wait(self) -> int:
        """Wait for its end, and give its exit status."""
        await self._ended.wait()
        status = self.returncode
        assert status is not None
        return status

    async def communicate(self) -> tuple[bytes, bytes]:
        """Wait for its end, and give what it printed; its errors went elsewhere."""
        assert self.stdout is not None
        printed = await self.stdout.read()
        await self.wait()
        return printed, b""
