"""Three plain words by which a person comes back to their seat: easy to say, hard to guess, and no name.

Whoever has the join code can't try three words after three words until they are in another's seat.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
from collections.abc import Awaitable, Callable

from tisu_tui.core.scripts import typed_on_any_keyboard

FREE = 30
"""Wrong words that a session answers at once: people mistype, and a room shares them."""

EACH = 0.5
"""Seconds that each try takes after that, one after the other, for the whole room: about 24 bits are to be guessed."""

OF_ONE_WORD = 3, 3.0
"""The same where one word is to be guessed, of 256, as long as a guest is looked for who was told it."""

_WORDS = """
acorn alder amber anchor apple apron arch aspen autumn badge bagel baker balcony bamboo banjo barley barn
basil basket beach beacon bean bench berry birch blanket blossom boat book bottle boulder bramble branch bread
breeze brick bridge brook broom brush bucket bundle butter button cabin cable candle canoe canvas canyon
caramel carpet carrot castle cedar cello chalk cherry chestnut chimney cinnamon circle clay cliff clock cloud
clover coast cobble coconut comet compass copper coral corner cottage cotton cove crayon cream creek cricket
crystal cup curtain cushion daisy dawn desert dolphin door dune eagle east echo elder elm ember engine evening
falcon feather fern ferry fiddle field finch fjord flame flannel flint flour flute forest fountain fox galaxy
garden garlic gate ginger glacier glass globe glove gold grain granite grape grass gravel green grove guitar
hammer harbour harp harvest hat hazel heather hedge heron hill hive holly honey horizon island ivory ivy
jacket jar jasmine juniper kayak kettle kite ladder lagoon lake lamp lantern larch laurel lavender leaf lemon
lentil light lilac lily linen lobster log lotus magnet mango maple marble market marsh meadow melon mill mint
mirror moon moss mountain music napkin nectar needle nest north notebook nutmeg oak oasis ocean olive onion
orange orchard otter oven paddle palm panda paper parcel path peach pear pebble pelican pencil pepper piano
pillow pine planet plum pocket pond poppy porch potato prairie puddle pumpkin quarry quartz quilt quiver
rabbit radio rain raven reed ribbon rice river robin rocket rope rose rudder saddle sage sail salmon sand
scarf seed
""".split()  # noqa: SIM905 - 256 quoted strings can't be read over

_SPOKEN = re.compile(r"[a-z]+(?:[ -]+[a-z]+){2}")


def new_words(chance: random.Random) -> str:
    """Draw return words, about 24 bits of them; `chance` is the system's own except in a rehearsal."""
    return "-".join(chance.choice(_WORDS) for _ in range(3))


def normal_words(text: str) -> str:
    """Bring words as somebody typed them into the one form that is hashed, or give an empty string."""
    text = typed_on_any_keyboard(text).strip()
    return re.sub(r"[ -]+", "-", text) if _SPOKEN.fullmatch(text) else ""


def new_word(chance: random.Random) -> str:
    """Draw one word, to be said aloud once."""
    return chance.choice(_WORDS)


def normal_word(text: str) -> str:
    """Bring one word as somebody typed it into the form in which it was drawn."""
    return typed_on_any_keyboard(text).strip().casefold()


def hashed(words: str) -> str:
    """Hash return words for the register, which must not tell them to whoever reads the file."""
    return hashlib.sha256(f"tisu return words: {words}".encode()).hexdigest()


class Guesses:
    """Counts wrong words; from a number on, tries wait for each other, right ones too, or hanging up would help."""

    def __init__(
        self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep, *, free: int = FREE, each: float = EACH
    ) -> None:
        self._pause, self._free, self._each = pause, free, each
        self._wrong = 0
        self._one_by_one = asyncio.Lock()

    @property
    def are_many(self) -> bool:
        """Whether somebody seems to be guessing."""
        return self._wrong >= self._free

    def was_wrong(self) -> None:
        """Count words that were nobody's."""
        self._wrong += 1

    def was_right(self) -> None:
        """Count no longer what was somebody's."""
        self._wrong -= 1

    async def turn(self) -> None:
        """Wait until words may be tried."""
        if self.are_many:
            async with self._one_by_one:
                await self._pause(self._each)
