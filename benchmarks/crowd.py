"""The people of a load run: real SSH clients in processes of their own, who know a screen by words on it.

Times are taken with the monotonic clock, which on Linux all processes share, so that a moment in one process can be
compared with one in another.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import random
import resource
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from time import monotonic, process_time
from typing import Literal

import asyncssh

SIZE = (80, 24)
_TAIL = 16 * 1024
_THINKING = 0.1
"""Seconds between choosing an option and sending it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go in as whom, and the words that a screen has been drawn with, once they are on it."""

    port: int
    user: str
    ready: str
    recorded: str = "Recorded"
    secret: str = ""
    key: str = ""
    term: str = "xterm-256color"
    patience: float = 180.0


class Window(asyncssh.SSHClientSession[bytes]):
    """One terminal, which looks for words in what arrives and otherwise forgets it."""

    def __init__(self) -> None:
        self.bytes = 0
        self._tail = b""
        self._words = b""
        self._seen: asyncio.Future[float] | None = None

    def look_for(self, words: str) -> asyncio.Future[float]:
        """Begin to look; the future is the moment at which the last of the words arrived."""
        self._tail, self._words = b"", words.encode()
        self._seen = asyncio.get_running_loop().create_future()
        return self._seen

    def data_received(self, data: bytes, _datatype: asyncssh.DataType) -> None:
        now = monotonic()
        self.bytes += len(data)
        if self._seen is None or self._seen.done():
            return
        self._tail = self._tail[-_TAIL:] + data
        if self._words in self._tail:
            self._seen.set_result(now)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._seen is not None and not self._seen.done():
            self._seen.set_exception(exc or ConnectionError("the host hung up"))


class _Client(asyncssh.SSHClient):
    def __init__(self, secret: str) -> None:
        self._secret = secret

    def kbdint_auth_requested(self) -> str | None:
        return "" if self._secret else None

    def kbdint_challenge_received(
        self, _name: str, _instructions: str, _lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str]:
        return [self._secret] * len(prompts)


@dataclass(slots=True)
class Guest:
    """Somebody with a connection and a window."""

    connection: asyncssh.SSHClientConnection
    channel: asyncssh.SSHClientChannel[bytes]
    window: Window

    def type(self, keys: str) -> None:
        self.channel.write(keys.encode())

    async def leave(self) -> None:
        self.connection.close()
        await self.connection.wait_closed()


async def come_in(place: Place) -> tuple[Guest, float]:
    """Join, and tell how many seconds passed from before the TCP connection to the drawn screen."""
    begun = monotonic()
    async with asyncio.timeout(place.patience):
        connection = await asyncssh.connect(
            "127.0.0.1",
            place.port,
            username=place.user,
            client_factory=lambda: _Client(place.secret),
            client_keys=[place.key] if place.key else None,
            known_hosts=None,
            config=[],
            agent_path=None,
            login_timeout=place.patience,
            connect_timeout=place.patience,
            compression_algs=None,
        )
        window = Window()
        drawn = window.look_for(place.ready)
        channel, _ = await connection.create_session(
            lambda: window, term_type=place.term, term_size=SIZE, encoding=None, request_pty="force"
        )
        at = await drawn
    return Guest(connection, channel, window), at - begun


async def answer(guest: Guest, place: Place, moment: float, *, together: bool = False) -> float:
    """Choose and send after `moment` seconds, and tell the seconds from sending to the screen that says recorded.

    `together` sends both keys in one piece.
    """
    await asyncio.sleep(moment)
    async with asyncio.timeout(place.patience):
        if not together:
            guest.type("3")
            await asyncio.sleep(_THINKING)
        recorded = guest.window.look_for(place.recorded)
        begun = monotonic()
        guest.type("2\r" if together else "\r")
        return await recorded - begun


# What is said between the processes

Doing = Literal["join", "answer", "look", "seen", "leave"]


@dataclass(frozen=True, slots=True)
class Order:
    """What everybody in a process is to do: `words` to look for, `within` so many seconds, or how many are to join."""

    doing: Doing
    words: str = ""
    within: float = 0.0
    count: int = 0
    together: bool = False


@dataclass(slots=True)
class Account:
    """What came of an order: seconds for each person who managed, what went wrong for the others, the client's CPU."""

    seconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    cpu: float = 0.0
    wall: float = 0.0

    def add(self, results: list[float | BaseException]) -> None:
        self.seconds += [result for result in results if isinstance(result, float)]
        self.problems += [
            f"{type(result).__name__}: {result}" for result in results if isinstance(result, BaseException)
        ]


class _Crowd:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._guests: list[Guest] = []
        self._looking: list[asyncio.Future[float]] = []

    async def obey(self, order: Order) -> Account:
        account = Account()
        begun, cpu = monotonic(), process_time()
        match order.doing:
            case "join":
                found = await asyncio.gather(
                    *(come_in(self._place) for _ in range(order.count)), return_exceptions=True
                )
                self._guests += [each[0] for each in found if isinstance(each, tuple)]
                account.add([each[1] if isinstance(each, tuple) else each for each in found])
            case "answer":
                chance = random.Random(len(self._guests))  # spreads answers, the same in every run
                moments = [chance.uniform(0, order.within) for _ in self._guests]
                answering = (
                    answer(guest, self._place, at, together=order.together)
                    for guest, at in zip(self._guests, moments, strict=True)
                )
                account.add(await asyncio.gather(*answering, return_exceptions=True))
            case "look":
                self._looking = [guest.window.look_for(order.words) for guest in self._guests]
            case "seen":
                waiting = (asyncio.wait_for(each, order.within) for each in self._looking)
                account.add(await asyncio.gather(*waiting, return_exceptions=True))
            case "leave":
                await asyncio.gather(*(guest.leave() for guest in self._guests), return_exceptions=True)
                self._guests = []
        account.cpu, account.wall = process_time() - cpu, monotonic() - begun
        return account


def _serve(place: Place, pipe: Connection) -> None:
    logging.disable(logging.CRITICAL)
    allow_many_files()

    async def serve() -> None:
        crowd = _Crowd(place)
        while (order := await asyncio.to_thread(_next, pipe)) is not None:
            pipe.send(await crowd.obey(order))

    asyncio.run(serve())


def _next(pipe: Connection) -> Order | None:
    try:
        order = pipe.recv()
    except EOFError:  # the run is over
        return None
    assert isinstance(order, Order)
    return order


def allow_many_files() -> None:
    """Raise the soft limit of open files to the hard one: every connection takes a descriptor."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Crowd:
    """Client processes that share a number of people; a context that ends them."""

    def __init__(self, place: Place, processes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Connection] = []
        self._processes = []
        for _ in range(processes):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(place, theirs), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    async def do(
        self, doing: Doing, *, words: str = "", within: float = 0.0, people: int = 0, together: bool = False
    ) -> Account:
        """Let everybody do something, and give one account of it."""
        for n, pipe in enumerate(self._pipes):
            share = people // len(self._pipes) + (n < people % len(self._pipes))
            pipe.send(Order(doing, words, within, share, together))
        whole = Account()
        for pipe in self._pipes:
            part: Account = await asyncio.to_thread(pipe.recv)
            whole.seconds += part.seconds
            whole.problems += part.problems
            whole.cpu += part.cpu
            whole.wall = max(whole.wall, part.wall)
        return whole

    def close(self) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(5)
            if process.is_alive():
                process.kill()
                process.join()
