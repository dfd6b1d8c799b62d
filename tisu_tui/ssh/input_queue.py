"""What one person types: told a piece in each turn, and charged to their seat."""

from __future__ import annotations

import re
from collections.abc import Callable

from tisu_tui.ssh.guard import GuardedConnection
from tisu_tui.ssh.scheduler import Allowance, Priority

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


class Typed:
    """Holds input until its turn comes and earlier input has been paid for; drops nothing.

    `tell` is given a piece, and whether the window has another size.
    """

    def __init__(self, connection: GuardedConnection, tell: Callable[[bytes, bool], None]) -> None:
        self._connection = connection
        self._tell = tell
        limits = connection.hall.limits
        self._allowance = Allowance(limits.typed, limits.typed_rate)
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
        self._connection.hall.inputs.join(self, self._allowance.wait())

    @property
    def rank(self) -> Priority:
        """Where this stands among all whose keys wait; more than one turn takes waits for everybody's last key."""
        if self._allowance.is_low or self._is_resized or len(self._held) > len(self._piece()):
            return Priority.GREEDY
        return Priority.STAFF if self._connection.is_staff else Priority.SEATED

    def proceed(self) -> None:
        """Tell as much as one turn takes, and charge for it."""
        piece, is_resized = self._piece(), self._is_resized
        self._is_pasting = self._goes_on_pasting(piece)
        self._is_queued, self._is_resized, self._held = False, False, self._held[len(piece) :]
        self._allowance.spend(A_TURN + len(piece) + A_LINE * len(_LINE_END.findall(piece)) + A_SIZE * is_resized)
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
