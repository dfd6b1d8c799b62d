"""A simulated person's end of a plain session: lines in and out, over SSH."""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

import asyncssh

from tisu_tui.core.invitation import Invitation


class OpenLine(Protocol):
    """One open session in plain lines."""

    closed: asyncio.Event
    """Set once the other side has hung up."""

    def say(self, text: str) -> None:
        """Send a line; nothing happens once the other side has hung up."""


Call = Callable[[str, Callable[[str], None]], AbstractAsyncContextManager[OpenLine]]
"""Signs in under a user name, with what hears each line as it comes in, for as long as the context lasts."""


class PlainConnection(asyncssh.SSHClientSession[bytes]):
    """A line over SSH; `heard` is called with each line as it comes in."""

    def __init__(self, heard: Callable[[str], None]) -> None:
        self.closed = asyncio.Event()
        self._heard = heard
        self._channel: asyncssh.SSHClientChannel[bytes] | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""

    def say(self, text: str) -> None:
        if self._channel is not None and not self.closed.is_set() and not self._channel.is_closing():
            self._channel.write(f"{text}\n".encode())

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self._channel = chan

    def data_received(self, data: bytes, datatype: int | None) -> None:
        del datatype
        *lines, self._begun = (self._begun + self._decoder.decode(data)).split("\n")
        for line in lines:
            self._heard(line.rstrip("\r"))

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.closed.set()


class _Client(asyncssh.SSHClient):
    """Trusts the one host it was told about."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        del host, addr, port
        return key.get_fingerprint() == self._fingerprint


@asynccontextmanager
async def call(
    invitation: Invitation, key: asyncssh.SSHKey, name: str, heard: Callable[[str], None]
) -> AsyncIterator[OpenLine]:
    """Sign in over SSH, which asks for the key only where the name is the facilitator's.

    Raises `OSError` or `asyncssh.Error` where the host can't be reached or lets nobody in.
    """
    connection = await asyncssh.connect(
        invitation.addresses[0],
        invitation.port,
        username=name,
        client_factory=lambda: _Client(invitation.fingerprint),
        # Nothing of whoever runs this: no settings, keys, agent or known hosts of theirs.
        config=None,
        known_hosts=([], [], []),
        client_keys=[key],
        agent_path=None,
    )
    async with connection:
        line = PlainConnection(heard)
        await connection.create_session(lambda: line, encoding=None)
        yield line
        line.say("leave")
        await line.closed.wait()
