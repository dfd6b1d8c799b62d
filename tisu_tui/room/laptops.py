"""Shared laptops, for people without a device: whose turn it is on each, and what a turn does to the open Box."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from tisu_tui.core.box import Box
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.outcomes import Refused

MARK = "laptop "
"""What the names of laptops and turns begin with, and no return words can."""


class Laptops:
    """The laptops in the room and the turn on each, in memory only; `end` tells a screen that a turn is over.

    A turn is a name that nobody else has, made of the laptop's secret and a running number. What somebody answers goes
    under that name, or under the words of their slip, and once the laptop was handed on nothing can be done any more.
    """

    def __init__(self, end: Callable[[str], None]) -> None:
        self._end = end
        self._turns: dict[str, str] = {}
        self._slips: dict[str, str] = {}
        self._made = 0

    def __len__(self) -> int:
        return len(self._turns)

    def bring(self) -> str:
        """Put one more in the room; returns its name."""
        name = f"{MARK}{secrets.token_hex(16)}"
        self._turns[name] = ""
        return name

    def has(self, laptop: str) -> bool:
        """Tell whether a laptop is in the room."""
        return laptop in self._turns

    def lend(self, laptop: str, words: str = "") -> str:
        """Begin the next turn on a laptop, which ends the one before; returns its name.

        `words` are those of a slip, whose seat the turn takes over.
        """
        self._over(laptop)
        self._made += 1
        turn = self._turns[laptop] = f"{laptop} {self._made}"
        if words:
            self._end(words)
            self._slips[turn] = words
        return turn

    def end_turn_by(self, words: str) -> None:
        """End the turn that somebody has by the words of their slip: they are on a screen of their own now."""
        for laptop in [each for each, turn in self._turns.items() if self._slips.get(turn) == words]:
            self._over(laptop)

    def answers_as(self, seat: str) -> str:
        """Give the words under which somebody's answers go."""
        return self._slips.get(seat, seat)

    def is_turn(self, seat: str) -> bool:
        """Tell whether somebody has a laptop in hand under this name."""
        return bool(seat) and seat in self._turns.values()

    def leave(self, seat: str) -> bool:
        """End a turn, or take a laptop away; false where it is neither."""
        for laptop in [each for each, turn in self._turns.items() if seat in {each, turn}]:
            self._over(laptop)
            if seat == laptop:
                del self._turns[laptop]
            return True
        return False

    def end_turns(self) -> None:
        """End every turn: the question has closed."""
        for laptop in self._turns:
            self._over(laptop)

    def _over(self, laptop: str) -> None:
        turn, self._turns[laptop] = self._turns[laptop], ""
        self._slips.pop(turn, None)
        if turn:
            self._end(turn)


def refusal(box: Box, hands: int) -> Refused | None:
    """Say why nobody else can answer on a laptop; `None` where somebody can."""
    if not hands:
        return Refused(_("Nobody is counted as without a device yet. Please ask the facilitator to count you."))
    if (box.papers or 0) >= hands:
        return Refused(_("As many have answered this as are counted without a device: {n}.").format(n=hands))
    return None
