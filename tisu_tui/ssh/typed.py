"""What one person types: told a piece in each turn, and charged to their seat."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from tisu_tui.ssh.guard import GuardedConnection
from tisu_tui.ssh.turnstile import Allowance, Rank

PIECE = 64
"""Bytes that are told in one turn, at most."""
LINES = 4
"""Ends of lines among them, at most: each may be answered."""
A_TURN, A_LINE, A_SIZE = 8, 32, 32
"""What drawing again, the end of a line and another window size cost, in letters."""
LEAVE = b"\x18"
_LINE_END = re.compile(rb"[\r\n]")
_LONGEST_SEQUENCE = 16


class Typed:
    """Holds input until its turn comes and earlier input has been paid for; drops nothing.

    `tell` is given a piece, and whether the window has another size.
    """

    def __init__(self, connection: GuardedConnection, tell: Callable[[bytes, bool], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._connection = connection
        self._tell = tell
        limits = connection.hall.limits
        self._allowance = Allowance(limits.typed, limits.typed_rate)
        self._held = b""
        self._is_resized = False
        self._is_queued = False

    @property
    def held(self) -> int:
        """How many bytes wait."""
        return len(self._held)

    def belongs_to(self, seat: str) -> None:
        """Go on with what this seat may still type, wherever it was typed from before."""
        self._allowance = self._connection.hall.allowance(seat, self._allowance)

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
        hall = self._connection.hall
        if wait := self._allowance.wait():
            self._loop.call_later(wait, hall.has_input, self)
        else:
            hall.has_input(self)

    @property
    def rank(self) -> Rank:
        """Where this stands among all whose keys wait."""
        if self._allowance.is_low:
            return Rank.GREEDY
        return Rank.STAFF if self._connection.is_staff else Rank.SEATED

    def proceed(self) -> None:
        """Tell as much as one turn takes, and charge for it."""
        piece, is_resized = _piece(self._held), self._is_resized
        self._is_queued, self._is_resized, self._held = False, False, self._held[len(piece) :]
        self._allowance.spend(A_TURN + len(piece) + A_LINE * len(_LINE_END.findall(piece)) + A_SIZE * is_resized)
        self._tell(piece, is_resized)


def _piece(held: bytes) -> bytes:
    """Take as much as one turn works through; what follows an escape stays with it, as only time tells them apart."""
    if len(ends := [*_LINE_END.finditer(held, 0, PIECE)]) > LINES:
        return held[: ends[LINES - 1].end()]
    escape = held.rfind(b"\x1b", PIECE - _LONGEST_SEQUENCE, PIECE)
    return held[: escape if escape > 0 and len(held) > PIECE else PIECE]
