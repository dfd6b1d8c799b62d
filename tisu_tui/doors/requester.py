"""How a door asks its room: again and again, until there is an answer or never will be one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from itertools import count
from typing import Any, TypeVar

from tisu_tui.doors.codec import packed, unpacked
from tisu_tui.doors.link import DoorLink, LinkDown, end
from tisu_tui.doors.messages import Answered, Message, News, Unknown

ANSWERED = 20.0
"""Seconds after which a request is sent again; a try at three words may have to wait for others."""
AGAIN = 0.2
"""Seconds between two tries."""

T = TypeVar("T")


class Requester:
    """A link with a room behind it that may be away; `numbers` are never used twice."""

    def __init__(self, link: DoorLink) -> None:
        self.link = link
        self.numbers = count(1)
        self.ready = asyncio.Event()
        """Set while the room knows this door."""
        self.lost = asyncio.Event()
        """Set when it doesn't any more, although the link is up."""
        self.stopped = asyncio.Event()
        """Set once nothing more will be heard of the room."""
        self._tasks: set[asyncio.Task[Any]] = set()

    async def once(self, message: Message, within: float = ANSWERED) -> Answered:
        """Ask once; raises `LinkDown`."""
        answer = unpacked(await self.link.request(packed(message), within))
        if isinstance(answer, Unknown):
            self.ready.clear()
            self.lost.set()
            raise LinkDown("the room doesn't know this door any more")
        assert not isinstance(answer, News)
        return answer  # type: ignore[return-value]  # what rooms answer

    async def ask(self, message: Message, within: float = ANSWERED) -> Answered | None:
        """Ask until there is an answer; `None` where there never will be."""
        while True:
            await self.ready.wait()
            if self.stopped.is_set():
                return None
            with contextlib.suppress(LinkDown):
                return await self.once(message, within)
            await asyncio.sleep(AGAIN)

    def begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Do some work beside, for as long as this door is open."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Let go of the room."""
        await self.link.close()
        await end(list(self._tasks))
