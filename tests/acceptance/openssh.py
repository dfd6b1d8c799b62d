"""The real `tisu` on one side and the real OpenSSH client on the other, with a terminal to look at between them."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from forked_tisu import Forked
from programs import program
from terminal_double import QuickScreen, QuickStream

PATIENCE = 60.0
"""Seconds after which a test gives up waiting; nothing here takes more than a few."""

OPTIONS = (
    "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
)  # fmt: skip
TISU = (sys.executable, "-c", "from tisu_tui.cli import main; main()")
FRESH = (str(Path(sys.executable).with_name("tisu")),)
"""`tisu` as people start it, which loads what it needs when it needs it: for one test of each way to begin."""
Process = asyncio.subprocess.Process | Forked


def ssh(*arguments: str) -> list[str]:
    return [program("ssh", "openssh-client"), *OPTIONS, *arguments]


def _can_be_forked(command: Sequence[str]) -> bool:
    """Tell whether a command is code of Python's; what that changes before it imports tisu would change nothing."""
    return tuple(command[:2]) == TISU[:2]


async def started(
    command: Sequence[str], stderr: int | None = None, environment: Mapping[str, str] | None = None
) -> Process:
    """Start a command whose output can be read.

    `TISU` is forked, or a new process where its environment is to differ, which libraries read as they load.
    """
    if _can_be_forked(command) and not environment:
        return await Forked.start(*command[2:], stderr=stderr)
    return await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=stderr, env={**os.environ, **(environment or {})}
    )


async def told_to_stop(process: Process | None, how: signal.Signals) -> int:
    """Send a signal to a process that still runs, and give its exit status; 0 for one that could not be started."""
    if process is None:
        return 0
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(how)
    await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode is not None
    return process.returncode


@dataclass
class Host:
    """A `tisu host --headless` of its own, killed with the test."""

    folder: Path
    workshop: str
    process: Process | None = None
    said: dict[str, str] = field(default_factory=dict)
    port: str = "0"
    errors: int | None = None
    """Where its standard error goes, if not to ours."""
    tisu: Sequence[str] = TISU
    environment: Mapping[str, str] = field(default_factory=dict)
    """What its environment has beside ours."""

    async def start(self, *arguments: str) -> None:
        key = self.folder / "key"
        if not key.exists():
            making = await asyncio.create_subprocess_exec(
                program("ssh-keygen", "openssh-client"), "-q", "-t", "ed25519", "-N", "", "-f", str(key)
            )
            await making.wait()
        command = (
            *self.tisu, "host", self.workshop, "--headless", "--console-key", f"{key}.pub", "--bind", "127.0.0.1",
            "--port", self.port, "--data", str(self.folder / "data"), "--exports", str(self.folder / "exports"),
            *arguments,
        )  # fmt: skip
        self.process = await started(command, stderr=self.errors, environment=self.environment)
        assert self.process.stdout is not None
        for _n in range(4):
            line = (await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)).decode().split(maxsplit=1)
            self.said[line[0]] = line[1].strip()
        self.port = self.said["listening"].split()[1]

    @property
    def code(self) -> str:
        return self.said["code"]

    def way_in(self, name: str, *arguments: str) -> list[str]:
        return ssh(*arguments, "-i", str(self.folder / "key"), "-o", "IdentitiesOnly=yes", "-p", self.port,
                   f"{name}@127.0.0.1")  # fmt: skip

    async def desk(self, stack: AsyncExitStack) -> Lines:
        """Let the facilitator in, in plain lines, until they are asked what is next."""
        desk = await stack.enter_async_context(Lines(self.way_in("facilitator+plain", "-T")))
        await desk.until("Next: ")
        return desk

    async def crowd(self, stack: AsyncExitStack, people: int) -> list[Lines]:
        """Let people in, in plain lines, until they wait."""
        way_in = self.way_in(f"{self.code}+plain", "-T")
        crowd = [await stack.enter_async_context(Lines(way_in)) for _n in range(people)]
        for each in crowd:
            await each.until("Waiting")
        return crowd

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        return await told_to_stop(self.process, how)


@asynccontextmanager
async def a_host(folder: Path, workshop: str, *, tisu: Sequence[str] = TISU, **environment: str) -> AsyncIterator[Host]:
    host = Host(folder, workshop, tisu=tisu, environment=environment)
    try:
        await host.start()
        yield host
    finally:
        await host.stop(signal.SIGKILL)


class Lines:
    """A person on `ssh -T`: what was said to them, line by line."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self.heard: list[str] = []
        self._news = asyncio.Condition()
        self._read = 0

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_exc: object) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        await self._listening

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            async with self._news:
                self.heard.append(line.decode().rstrip("\r\n"))
                self._news.notify_all()

    async def ended(self) -> None:
        """Wait until the client has ended."""
        await self._process.wait()

    def say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    async def until(self, *openings: str) -> str:
        """Hear on from where we were, until a line begins with one of these."""

        async def listen() -> str:
            async with self._news:
                while True:
                    while self._read < len(self.heard):
                        self._read += 1
                        if self.heard[self._read - 1].startswith(openings):
                            return self.heard[self._read - 1]
                    await self._news.wait()

        try:
            return await asyncio.wait_for(listen(), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"never heard {openings} after\n" + "\n".join(self.heard[-30:])) from None


class Seen:
    """A person at a terminal: the client runs on a pty, and pyte draws what they see."""

    def __init__(self, command: Sequence[str], columns: int = 80, rows: int = 24) -> None:
        self._command = command
        self._screen = QuickScreen(columns, rows)
        self._stream = QuickStream(self._screen)
        self._size = (columns, rows)
        self.raw = bytearray()
        self._news = asyncio.Event()
        self._closed = False

    async def __aenter__(self) -> Self:
        self._end, theirs = pty.openpty()
        columns, rows = self._size
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        env = {**os.environ, "TERM": "xterm-256color"}
        self._process: Process
        if _can_be_forked(self._command):
            self._process = Forked.on_terminal(*self._command[2:], terminal=theirs, env=env)
        else:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=theirs, stdout=theirs, stderr=theirs,
                start_new_session=True,
                env=env,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0) and None,
            )  # fmt: skip
        os.close(theirs)
        os.set_blocking(self._end, False)
        asyncio.get_running_loop().add_reader(self._end, self._draw)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        asyncio.get_running_loop().remove_reader(self._end)
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        os.close(self._end)

    def _draw(self) -> None:
        try:
            data = os.read(self._end, 65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._end)
            self._closed = True
        self.raw += data
        self._stream.feed(data)
        self._news.set()

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process.send_signal(signal.SIGWINCH)

    async def change(self) -> bool:
        """Wait until something new is drawn; false once the client has gone."""
        if self._closed:
            return False
        await self._news.wait()
        self._news.clear()
        return not self._closed

    async def until(self, wanted: str | Callable[[str], object]) -> str:
        """Wait until the screen shows something."""
        test = (lambda text: wanted in text) if isinstance(wanted, str) else wanted

        async def look() -> str:
            while not test(self.text):
                if self._closed:
                    raise AssertionError(f"the client ended before {wanted!r}:\n{self.text}")
                await self.change()
            return self.text

        try:
            return await asyncio.wait_for(look(), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"never saw {wanted!r}:\n{self.text}") from None

    async def gone(self) -> int:
        """Wait until the client has ended, and give its exit status."""
        await asyncio.wait_for(self._process.wait(), PATIENCE)
        return self._process.returncode or 0


async def open_step(desk: Lines, title: str = "") -> None:
    """Go on until a step of this title is open, or any step."""
    while True:
        desk.say("next")
        if title in await desk.until("Step ") and await desk.until("Now: ") == "Now: open":
            return


def return_words(text: str) -> str:
    found = re.search(r"three words[^:]*:\s+([a-z]+[ -][a-z]+[ -][a-z]+)", " ".join(text.split()))
    assert found, text
    return found[1]
