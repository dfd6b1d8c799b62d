"""A burst of joins, a few at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol


class Waiting(Protocol):
    """A connection with bytes that nobody has looked at."""

    @property
    def started(self) -> bool:
        """Whether its turn has come before."""

    def proceed(self) -> None:
        """Work through those bytes."""


class Turnstile:
    """Lets a few connections through per turn of the event loop, those already under way first.

    Key exchanges are the costly part of a join. A turn ends with the work at hand and not with the sign-in: a
    person reading a fingerprint, or a machine that says nothing, holds no place.
    """

    __slots__ = ("_loop", "_new", "_running", "_under_way", "_width")

    def __init__(self, loop: asyncio.AbstractEventLoop, width: int = 8) -> None:
        self._loop = loop
        self._width = width
        self._new: deque[Waiting] = deque()
        self._under_way: deque[Waiting] = deque()
        self._running = False

    def join(self, connection: Waiting) -> None:
        """Queue a connection that has something to do."""
        (self._under_way if connection.started else self._new).append(connection)
        if not self._running:
            self._running = True
            self._loop.call_soon(self._turn)

    def _turn(self) -> None:
        for _ in range(self._width):
            if not (queue := self._under_way or self._new):
                self._running = False
                return
            queue.popleft().proceed()
        self._loop.call_soon(self._turn)
