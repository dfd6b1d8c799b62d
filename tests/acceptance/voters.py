"""People in plain lines over real SSH, many in one process: what a crowd costs a machine is then the host's part."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections import deque
from typing import Self

import asyncssh
from openssh import PATIENCE

_WORDS = re.compile(r"Your three words: ([a-z]+ [a-z]+ [a-z]+)")


class HungUp(Exception):
    """The line was cut, or the host has gone."""


class Voter:
    """Somebody who joins, hears lines, and says lines."""

    def __init__(self, port: int, code: str) -> None:
        self._port = port
        self._code = code
        self.words = ""
        self.acknowledged: str | None = None
        """What was recorded last, as it was read."""
        self.under_way: str | None = None
        """What was sent and not yet recorded."""
        self._heard: deque[str] = deque(maxlen=20)
        self._connection: asyncssh.SSHClientConnection | None = None
        self._process: asyncssh.SSHClientProcess[str]

    async def come(self, port: int | None = None) -> Self:
        """Join, or come back with the words that were told the first time."""
        self._port = port or self._port
        name = "+".join(filter(None, (self._code, "plain", self.words.replace(" ", "-"))))
        try:
            self._connection = await asyncssh.connect(
                "127.0.0.1", self._port, username=name, known_hosts=None, config=None, client_keys=None,
                agent_path=None, login_timeout=PATIENCE,
            )  # fmt: skip
            self._process = await self._connection.create_process()
        except (OSError, asyncssh.Error) as error:
            raise HungUp from error
        return self

    async def until(self, *openings: str) -> str:
        """Hear on until a line begins with one of these; raises `HungUp`."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (line := await self._line()).startswith(openings):
                    pass
        except TimeoutError:
            raise AssertionError(f"never heard {openings} after\n" + "".join(self._heard)) from None
        return line.rstrip("\r\n")

    async def _line(self) -> str:
        try:
            line = await self._process.stdout.readline()
        except (OSError, asyncssh.Error) as error:
            raise HungUp from error
        if not line:
            raise HungUp
        if found := _WORDS.match(line):
            self.words = found[1]
        self._heard.append(line)
        return line

    def say(self, line: str) -> None:
        with contextlib.suppress(OSError, asyncssh.Error):
            self._process.stdin.write(f"{line}\n")

    async def answer(self, number: str, label: str) -> None:
        """Answer, and hear that it was recorded."""
        self.under_way = label
        self.say(number)
        await self.until("Recorded: ")
        self.acknowledged, self.under_way = label, None

    async def change(self, number: str, label: str) -> None:
        """Answer something else."""
        self.say("change")
        await self.until("Answer:")
        await self.answer(number, label)

    async def mine(self, question: str) -> str:
        """Hear what is recorded of one's own."""
        self.say("mine")
        return await self.until(question)

    def cut(self) -> None:
        """Cut the line without a word."""
        if self._connection is not None:
            self._connection.abort()
