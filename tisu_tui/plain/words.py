"""Words of command in the language of whoever types them; the English ones always mean the same."""

from __future__ import annotations

import re

from tisu_tui.core.scripts import latin
from tisu_tui.core.translation import cache_by_language
from tisu_tui.core.translation import gettext as _

MORE = re.compile(r"more(?:\s+([0-9]{1,4}))?", re.IGNORECASE)
MEND = re.compile(r"(drop|mend)\s+([0-9]{1,2})(?:\s*:\s*(.+))?", re.IGNORECASE)
IN_PRIVATE = re.compile(r"too many screens|signal(?:\s+[0-9]{1,2}(?:\s+\S.*)?)?")
SOFTEN = re.compile(r"(?:soften|strike)\s+([0-9]{1,4})", re.IGNORECASE)
"""How a line of the notes is asked about; whoever types the facilitator's word means the same."""

_BACK = re.compile(r"back +([a-z]+(?:[ -]+[a-z]+){2})", re.IGNORECASE)

_ENGLISH = (
    "leave|next|help|pause|labels|repeat|all|mine|more|change|withdraw|done|kept|back|drop|mend|soften|signal|"
    "too many screens|pass|language"
)
_WITH_MORE = {
    "more": r"[0-9]{1,4}",
    "drop": r"[0-9]{1,2}",
    "mend": r"[0-9]{1,2}\s*:.+",
    "soften": r"[0-9]{1,4}",
    "signal": r"[0-9]{1,2}(?:\s.*)?",
    "back": r"[a-z]+(?:[ -]+[a-z]+){2}",
    "language": r"[a-z-]+",
}
"""Words of command that something can stand behind, and what."""


def in_english(line: str) -> str:
    """Put a line that is a command in another language into the English one; every other line stays as it is."""
    words = line.split()
    for own, english in _own_words():
        size = own.count(" ") + 1
        if plain(" ".join(words[:size])) != own:
            continue
        rest = line.split(maxsplit=size)[size:]
        if not rest:
            return english
        if re.fullmatch(_WITH_MORE.get(english, "(?!)"), rest[0].strip(), re.IGNORECASE):
            return f"{english} {rest[0].strip()}"
    return line


def return_words(line: str) -> str:
    """Find the three words after `back`, with dashes between; three words alone are an answer."""
    spoken = _BACK.fullmatch(line)
    return re.sub(r"[ -]+", "-", spoken[1].casefold()) if spoken else ""


def own_word(english: str) -> str:
    """Give a word of command as people type it in the language of this context."""
    return dict(zip(_ENGLISH.split("|"), _said().split("|"), strict=False)).get(english, english)


def plain(text: str) -> str:
    """Write letters without their marks, as people do whose keyboard has none."""
    return " ".join(latin(text).split())


def _said() -> str:
    # For translators: words of command, in this order and each between two bars. Whoever types one of them, with or
    # without its accents, does what the English word does, which goes on being understood too.
    return _(
        "leave|next|help|pause|labels|repeat|all|mine|more|change|withdraw|done|kept|back|drop|mend|soften|signal|"
        "too many screens|pass|language"
    )


@cache_by_language()
def _own_words() -> tuple[tuple[str, str], ...]:
    """List the words that differ from the English ones, the longest first."""
    pairs = zip(_said().split("|"), _ENGLISH.split("|"), strict=False)
    own = {plain(word): english for word, english in pairs if word.strip() and word != english}
    return tuple(sorted(own.items(), key=lambda pair: -len(pair[0])))
