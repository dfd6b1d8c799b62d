"""Turns and shares: what one person sends is worked through in pieces, so that nobody waits for all of it."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import Protocol

PIECE = 64
"""Bytes that are told in one turn, at most, in plain lines or out of a paste."""
KEYS = 8
"""Bytes that are told in one turn where each is a key for which a screen may be drawn anew."""
LINES = 4
"""Ends of lines among them, at most: each may be answered. With a screen there is one."""
A_TURN, A_LINE, A_SIZE = 8, 32, 64
"""What drawing again, the end of a line and another window size cost, in letters."""
LEAVE = b"\x18"
_LINE_END = re.compile(rb"[\r\n]")
_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]?|[^\x1b])?")
_PASTE, _END_OF_PASTE = b"\x1b[200~", b"\x1b[201~"
_LONGEST_SEQUENCE = 16
_STRINGS = (b"]", b"P", b"X", b"^", b"_")


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

    __slots__ = ("_a_second", "_burst", "_left", "_when")

    def __init__(self, burst: int, a_second: float) -> None:
        self._burst, self._a_second = burst, a_second
        self._left = float(burst)
        self._when = time.monotonic()

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
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._when) * self._a_second)
        self._when = now
        return self._left


class Typed:
    """What one person types, held until its turn comes and earlier input has been paid for; nothing is dropped.

    `tell` is given a piece, and whether the window has another size.
    """

    def __init__(
        self, turns: Scheduler, allowance: Allowance, tell: Callable[[bytes, bool], None], *, is_staff: bool
    ) -> None:
        self._turns = turns
        self.allowance = allowance
        """What may still be typed: that of a seat, wherever it was typed from before, once there is one."""
        self._tell = tell
        self._is_staff = is_staff
        self._held = b""
        self._is_resized = False
        self._is_queued = False
        self._is_pasting = False
        self.has_screen = False
        """Whether each key may draw a screen anew."""

    @property
    def held(self) -> int:
        """How many bytes wait."""
        return len(self._held)

    def add(self, data: bytes) -> None:
        """Take in what was typed."""
        # Leaving waits for nothing, and whoever leaves means nothing by what they typed before.
        self._held = data if data == LEAVE else self._held + data

    def resize(self) -> None:
        """Take in that the window has another size: of several in a row only the last is told."""
        self._is_resized = True

    def forget(self) -> None:
        """Tell nothing more, and let go of who was told."""
        self._held, self._is_resized = b"", False
        self._tell = lambda _piece, _is_resized: None

    def go_on(self) -> None:
        """Join those who wait for their turn, if there is something to tell."""
        if self._is_queued or not (self._held or self._is_resized):
            return
        self._is_queued = True
        self._turns.join(self, self.allowance.wait())

    @property
    def rank(self) -> Priority:
        """Where this stands among all whose keys wait; more than one turn takes waits for everybody's last key."""
        if self.allowance.is_low or self._is_resized or len(self._held) > len(self._piece()):
            return Priority.GREEDY
        return Priority.STAFF if self._is_staff else Priority.SEATED

    def proceed(self) -> None:
        """Tell as much as one turn takes, and charge for it."""
        piece, is_resized = self._piece(), self._is_resized
        self._is_pasting = self._goes_on_pasting(piece)
        self._is_queued, self._is_resized, self._held = False, False, self._held[len(piece) :]
        self.allowance.spend(A_TURN + len(piece) + A_LINE * len(_LINE_END.findall(piece)) + A_SIZE * is_resized)
        self._tell(piece, is_resized)

    def _piece(self) -> bytes:
        """Take as much as one turn works through."""
        if self._is_pasting or self._held.startswith(_PASTE):
            end = self._held.find(_END_OF_PASTE)
            paste = self._held if end < 0 else self._held[: end + len(_END_OF_PASTE)]
            return _begun(paste, PIECE, PIECE)
        if not self.has_screen:
            return _begun(self._held, PIECE, LINES)
        piece = _begun(self._held, KEYS, 1)
        before, _mark, _rest = piece.partition(_PASTE)
        return before or piece

    def _goes_on_pasting(self, piece: bytes) -> bool:
        is_pasting = self._is_pasting or piece.startswith(_PASTE)
        return is_pasting and _END_OF_PASTE not in piece


def _begun(held: bytes, most: int, lines: int) -> bytes:
    """Take the beginning of what is held; what follows an escape stays with it, as only time tells them apart."""
    if len(ends := [*_LINE_END.finditer(held, 0, most)]) > lines:
        return held[: ends[lines - 1].end()]
    if len(held) <= most + 1:
        return held  # one letter that is left over would be a key where letters that come together are text
    escape = held.rfind(b"\x1b", max(0, most - _LONGEST_SEQUENCE), most)
    # What a terminal reports in a string, such as its colours, is told on: alone its opening would be alt and a letter.
    if escape == 0 and held[1:2] not in _STRINGS and (sequence := _SEQUENCE.match(held)):
        return sequence[0]
    return held[: escape if escape > 0 else most]
