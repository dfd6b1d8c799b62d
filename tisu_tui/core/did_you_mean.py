"""What was probably meant by a word that is none of those that are known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from tisu_tui.core.enumerating import quoted
from tisu_tui.core.translation import gettext as _


def nearest(word: str, known: Iterable[str]) -> str:
    """Find the known word that was probably meant; empty when none is near."""
    return next(iter(difflib.get_close_matches(word[:60], list(known), 1)), "")


def guess(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, to stand behind a message; empty when none is near."""
    near = nearest(word, known)
    return _("; did you mean {word}?").format(word=quoted(near)) if near else ""
