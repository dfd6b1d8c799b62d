"""NATS for tests: the real server on a free port of this machine, and a network in front of it that can be cut."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from programs import program


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class NatsServer:
    """One server, which can be killed and started again at the same place."""

    def __init__(self, config: str = "") -> None:
        self.port = free_port()
        self._program = program("nats-server", "nats-server")
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [self._program, "-c", self._config]
        if not self._config:
            command = [self._program, "-a", "127.0.0.1", "-p", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert self._process.poll() is None, "nats-server has stopped"
                assert time.monotonic() < until, "nats-server does not listen"
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def nats_server(config: Path | None = None, write: Callable[[int], str] = lambda _port: "") -> Iterator[NatsServer]:
    """Run a server; `write` gives what its file says, for the port that it is to listen on."""
    server = NatsServer(str(config or ""))
    if config:
        config.write_text(write(server.port))
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Network:
    """Carries bytes to NATS, keeps a copy of them, and can be cut: nothing passes then, and nobody is told."""

    def __init__(self, to: int) -> None:
        self._to = to
        self.port = 0
        self.carried = bytearray()
        self._whole = asyncio.Event()
        self._whole.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def cut(self) -> None:
        self._whole.clear()

    async def until_mended(self) -> None:
        await self._whole.wait()

    def mend(self) -> None:
        """Let bytes pass again; connections from before are dead, as after a router's restart."""
        for writer in list(self._writers):
            writer.transport.abort()
        self._whole.set()

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            await self._whole.wait()
            with contextlib.suppress(OSError):
                there, back = await asyncio.open_connection("127.0.0.1", self._to)
                self._writers.add(back)
                await asyncio.gather(self._carry(reader, back), self._carry(there, writer))
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1 << 16):
                await self._whole.wait()
                self.carried += data
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Network]:
        server = await asyncio.start_server(self._come, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
