"""The interface between a person's terminal and whatever is drawn on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a terminal when its owner arrives.

    `columns` and `rows` are character cells. `pty` is false for `ssh -T`: such a terminal can't be redrawn.
    """

    term: str
    columns: int
    rows: int
    pty: bool
    colour: bool = True
    truecolour: bool = False


class Listener(Protocol):
    """What hears from a terminal; every call comes from the event loop's own thread."""

    def received(self, data: bytes) -> None:
        """Bytes that the person typed."""

    def resized(self, columns: int, rows: int) -> None:
        """The window changed its size."""

    def paused(self) -> None:
        """The far end reads slowly: draw nothing until `resumed`."""

    def resumed(self) -> None:
        """The far end has caught up."""

    def hung_up(self) -> None:
        """The connection is gone; nothing written from now on arrives."""


class Terminal(Protocol):
    """One person's terminal: bytes in, bytes out."""

    @property
    def facts(self) -> Facts:
        """What the terminal said of itself; its size follows `resized`."""

    @property
    def waiting(self) -> int:
        """How many bytes have come in that the listener has not received."""

    def listen(self, listener: Listener) -> None:
        """Send all input to `listener`, beginning with earlier unread input."""

    def belongs_to(self, seat: str) -> None:
        """Say whose terminal this is: how much they have sent lately counts on when they leave and come back."""

    def write(self, data: bytes) -> None:
        """Send bytes, as one piece with all that is written in this turn; dropped once the connection is gone."""

    def when_heard(self, tell: Callable[[], None]) -> None:
        """Call `tell` once the far end has what is written in this turn, after all that it sent until then."""

    def close(self, status: int = 0) -> None:
        """Hang up after what was written has gone out, with an exit status for the far end's shell."""
