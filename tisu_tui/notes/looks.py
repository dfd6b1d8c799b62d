"""What a session told of each question, in the data at the end of its notes: for a team that keeps only those."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tisu_tui.privacy.record import Look

# It is found without reading the rest, whatever became of that: a session begins at once beside years of notes.
_IN_DATA = re.compile(r'(?<!\\)"told":\s*\[([0-9a-z.",\s]*)\]')
_MARK = re.compile(r"<!--\s*told\b([^<>]*?)-->")
"""The comment of its own that it had in notes of format 1."""
_LOOK = re.compile(r"([0-9]{1,19})([nw])(o?)(m?)((?:\.[0-9a-f]{16})+)")


def look_names(looks: Iterable[Look]) -> list[str]:
    """Write how many answered each question, whether numbers were told, and digests of its words.

    A question in words has the most that can have answered; `o` is a worry, and `m` one that was met.
    """
    return [*map(_name, looks)]


def _name(look: Look) -> str:
    told = ("n" if look.in_numbers else "w") + "o" * look.worry + "m" * look.met
    return ".".join((f"{look.answers}{told}", *look.names))


def read_looks(names: Iterable[str]) -> tuple[Look, ...]:
    """Read looks as they were written; what somebody changed is left out."""
    return tuple(_look(found) for each in names if (found := _LOOK.fullmatch(each)))


def _look(found: re.Match[str]) -> Look:
    answers, told, worry, met, names = found.groups()
    is_counted = told == "n"
    return Look(
        tuple(names[1:].split(".")),
        int(answers),
        in_numbers=is_counted,
        in_words=not is_counted,
        worry=bool(worry),
        met=bool(met),
        earlier=True,
    )


def looks_in(text: str) -> tuple[Look, ...] | None:
    """Find the looks in the text of notes; None where they were taken out, or were never there."""
    found = [*_IN_DATA.findall(text)[-1:], *_MARK.findall(text)]
    return tuple(look for each in found for look in read_looks(re.split(r"[\s\",]+", each))) if found else None
