"""Turns and shares: what one person sends is worked through in pieces, so that nobody waits for all of it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import Protocol


class Priority(IntEnum):
    """Who goes first, from the top: whoever has sent a lot lately goes last."""

    STAFF = 0
    SEATED = 1
    UNDER_WAY = 2
    NEW = 3
    GREEDY = 4


class Waiting(Protocol):
    """Something with work that nobody has looked at."""

    @property
    def rank(self) -> Priority:
        """Where it stands as it joins."""

    def proceed(self) -> None:
        """Work through a piece of that."""


REST = 0.005
"""Seconds between two pieces of those who send a lot, at least."""


class Scheduler:
    """Lets a few through per turn of the event loop, by rank, and in the order in which they came.

    A place is held for one piece of work and not for as long as somebody stays: a person reading a fingerprint, or a
    machine that says nothing, holds none, and whoever has more to do joins again behind the others. After a piece of
    somebody who sends a lot, no other such piece is taken for as long as the loop was busy with it: what follows from
    a key, a page that is drawn above all, takes many turns, and everybody else's answer takes as many.
    """

    __slots__ = ("_is_resting", "_loop", "_queues", "_running", "_width")

    def __init__(self, loop: asyncio.AbstractEventLoop, width: int) -> None:
        self._loop = loop
        self._width = width
        self._queues: tuple[deque[Waiting], ...] = tuple(deque() for _ in Priority)
        self._running = False
        self._is_resting = False

    def join(self, waiting: Waiting, after: float = 0.0) -> None:
        """Queue something that has work to do, after so many seconds."""
        if after:
            self._loop.call_later(after, self.join, waiting)
            return
        self._queues[waiting.rank].append(waiting)
        self._go_on()

    @property
    def _next(self) -> deque[Waiting] | None:
        served = self._queues[: Priority.GREEDY] if self._is_resting else self._queues
        return next(filter(None, served), None)

    def _go_on(self) -> None:
        if not self._running and self._next is not None:
            self._running = True
            self._loop.call_soon(self._turn)

    def _turn(self) -> None:
        for _ in range(self._width):
            queue = self._next
            if queue is None:
                self._running = False
                return
            begun = self._loop.time()
            queue.popleft().proceed()
            if queue is self._queues[Priority.GREEDY]:
                self._is_resting = True
                self._loop.call_later(REST, self._rested, begun)
                break
        self._loop.call_soon(self._turn)

    def _rested(self, begun: float) -> None:
        """Let the next one of those who send a lot come, or wait once more where the loop had no time to rest."""
        busy = self._loop.time() - begun
        if busy > 2 * REST:
            self._loop.call_later(busy, self._end_rest)
        else:
            self._end_rest()

    def _end_rest(self) -> None:
        self._is_resting = False
        self._go_on()


class Allowance:
    """How much one person may send: a burst, and then so much a second; what is more waits, and none of it is lost."""

    __slots__ = ("_a_second", "_burst", "_clock", "_left", "_when")

    def __init__(self, burst: int, a_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._a_second, self._clock = burst, a_second, clock
        self._left = float(burst)
        self._when = clock()

    @property
    def is_low(self) -> bool:
        """Whether more than an eighth of the burst was spent lately: nobody types as fast."""
        return self._now() < self._burst * 7 / 8

    def spend(self, cost: int) -> None:
        """Take this much, at the worst as a debt."""
        self._left = self._now() - cost

    def wait(self) -> float:
        """Give the seconds until a debt is paid."""
        return max(0.0, -self._now() / self._a_second)

    def _now(self) -> float:
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._when) * self._a_second)
        self._when = now
        return self._left
