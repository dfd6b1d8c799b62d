"""How translations are looked up."""

from __future__ import annotations

import gettext
from functools import lru_cache, partial


def remember_catalogues() -> None:
    """Look once where the translations of this process are.

    The original asks the disk for every single text: a third of what an answer costs, and most of what notes do.
    """
    if not hasattr(gettext.translation, "cache_info"):
        # Where there are none is remembered too, as a catalogue that changes nothing.
        vars(gettext)["translation"] = lru_cache(partial(gettext.translation, fallback=True))
