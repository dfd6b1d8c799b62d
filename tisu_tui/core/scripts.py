"""Text of any script and from any keyboard: which way it runs, its letters as those from a to z, names made of them."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count

import unicodedata2 as unicodedata

from tisu_tui.core.text import clean

# What Windows keeps for devices, whatever the ending: notes are carried there.
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_LONGEST_SLUG = 62
_DASHES = re.compile("[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def latin(text: str) -> str:
    """Write letters of every script as small letters from a to z, as they are read: `Żółć` is zolc, `Ранок` ranok."""
    if text.isascii():
        return text.casefold()
    from anyascii import anyascii  # its tables are loaded only by those who need them

    whole = unicodedata.normalize("NFC", text.casefold())
    letters = (anyascii(each) if unicodedata.category(each)[0] == "L" else each for each in whole)
    plain = unicodedata.normalize("NFKD", "".join(letters)).casefold()
    return "".join(each for each in plain if not "\u0300" <= each <= "\u036f")


def has_words(text: str, words: str) -> bool:
    """Tell whether each of some words stands somewhere in a text, with or without what stands on its letters."""
    exact, plain = text.casefold(), latin(text)
    # What is written without an alphabet is not looked for by its sound: a syllable is in too many words.
    return all(word in exact or (max(word) < "\u0530" and latin(word) in plain) for word in words.casefold().split())


def typed_on_any_keyboard(text: str) -> str:
    """Bring what was typed into small letters, plain spaces and hyphens, however a keyboard writes those."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^\S\n]", " ", _DASHES.sub("-", plain))


def is_right_to_left(text: str) -> bool:
    """Tell whether a text begins in a script that is written from right to left, such as Arabic or Hebrew."""
    if text.isascii():
        return False
    ways = (unicodedata.bidirectional(each) for each in text)
    return next((way for way in ways if way in {"L", "R", "AL"}), "L") != "L"


def slug(text: str) -> str:
    """Turn a title in any script into a file name: `[a-z0-9-]{1,62}`, "session" where nothing is left."""
    plain = latin(clean(text)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-") or "session"
    return f"{name}-x" if _DEVICES.fullmatch(name) else name


def unused(name: str, taken: Container[str]) -> str:
    """Give a name a number where it is taken."""
    numbered = (f"{name}-{n}" for n in count(2))
    return name if name not in taken else next(free for free in numbered if free not in taken)
