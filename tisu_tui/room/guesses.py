"""What keeps somebody with the join code from trying three words after three words until they are in another's seat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

FREE = 30
"""Wrong words that a session answers at once: people mistype, and a room shares them."""

EACH = 0.5
"""Seconds that each try takes after that, one after the other, for the whole room: about 24 bits are to be guessed."""


class Guesses:
    """Counts wrong words; from a number on, tries wait for each other, right ones too, or hanging up would help."""

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._wrong = 0
        self._one_by_one = asyncio.Lock()

    @property
    def are_many(self) -> bool:
        """Whether somebody seems to be guessing."""
        return self._wrong >= FREE

    def was_wrong(self) -> None:
        """Count words that were nobody's."""
        self._wrong += 1

    async def turn(self) -> None:
        """Wait until words may be tried."""
        if self.are_many:
            async with self._one_by_one:
                await self._pause(EACH)
