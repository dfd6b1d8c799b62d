"""What carries frames between a room and its doors: requests from a door, and frames from the room to one door.

A transport knows nothing of commands or Views. Frames come padded to sizes that say nothing of what is in them, so one
that seals them adds the same to each.
"""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from itertools import count
from typing import Any, Protocol, TypeVar

from tisu_tui.core.failure import OneLineProblem

T = TypeVar("T")

LARGEST = 768 * 1024
"""Bytes that a frame has at most: NATS takes a mebibyte, sealed."""

Handle = Callable[[str, bytes], Awaitable[bytes]]
"""Answers a request of a door, whose name the transport gave it and vouches for."""


class Tasks(set[asyncio.Task[Any]]):
    """Work that goes on beside, each piece until it is done."""

    def begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin some work."""
        task = asyncio.create_task(work)
        self.add(task)
        task.add_done_callback(self.discard)
        return task


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait for them; again and again, as `wait_for` of Python 3.11 swallows that now and then."""
    while going := [each for each in tasks if not each.done()]:
        for task in going:
            task.cancel()
        await asyncio.wait(going, timeout=1)


async def until(holds: Callable[[], bool], changed: asyncio.Event, most: float) -> None:
    """Wait until something holds, looking again at each change; so many seconds at most."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(most):
            while not holds():
                changed.clear()
                await changed.wait()


class LinkDown(ConnectionError):
    """The other side can't be reached, or has not answered in time; what was asked may have been done all the same."""


class LinkRefused(OneLineProblem):
    """The other side turned this one away for good, and the message says why in one line."""


class RoomLink(Protocol):
    """The room's end, to which any number of doors come."""

    async def serve(self, handle: Handle, gone: Callable[[str], None]) -> None:
        """Take doors from now on, until `close`.

        Requests are handled side by side. `gone` hears that a door will not be heard of again under this name; a
        transport that can't tell says nothing, and the room goes by how long a door has been silent.
        """

    async def send(self, door: str, frame: bytes) -> None:
        """Send a frame to one door, and return once there is room for the next; raises `LinkDown`.

        Frames to one door arrive in order or not at all. Waiting here is how a slow door holds up nobody else.
        """

    def drop(self, door: str) -> None:
        """Send nothing more to a door, and let go of what is kept of it."""

    async def close(self) -> None:
        """Send what is outstanding, and take nothing more."""


class DoorLink(ABC):
    """A door's end, which looks for its room again for as long as it is open."""

    def __init__(self) -> None:
        self.up = asyncio.Event()
        """Set while the room can be reached."""
        self.down = asyncio.Event()
        """Set while it can't be."""
        self.down.set()
        self._numbers = count(1)
        self._asked: dict[int, asyncio.Future[bytes]] = {}
        """What was asked under a number and is not answered yet."""
        self._news: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._keeping: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin to look for the room; returns at once."""
        self._keeping = asyncio.create_task(self._keep())

    @abstractmethod
    async def request(self, frame: bytes, within: float) -> bytes:
        """Ask the room for something; raises `LinkDown` where no answer comes within so many seconds.

        Raises `LinkRefused` where the transport itself is turned away, as by a wrong secret.
        """

    async def close(self) -> None:
        """Let go of the room."""
        if self._keeping is not None:
            await end((self._keeping,))
        self._news.put_nowait(None)

    async def frames(self) -> AsyncIterator[bytes]:
        """Give what the room sends, one after the other, through all connections; ends with `close`."""
        while (frame := await self._news.get()) is not None:
            yield frame

    # What a transport does, and says of its connection

    @abstractmethod
    async def _keep(self) -> None:
        """Be connected with the room, again and again."""

    @contextlib.contextmanager
    def _asking(self) -> Iterator[tuple[int, asyncio.Future[bytes]]]:
        """Give a number to ask under, and what will have the answer."""
        number = next(self._numbers)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        try:
            yield number, answer
        finally:
            del self._asked[number]

    def _answered(self, number: int, frame: bytes) -> None:
        if (answer := self._asked.get(number)) and not answer.done():
            answer.set_result(frame)

    def _came_up(self) -> None:
        self.down.clear()
        self.up.set()

    def _went_down(self, why: str) -> None:
        """Have nobody wait for answers that can't come any more."""
        self.up.clear()
        self.down.set()
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(LinkDown(why))
