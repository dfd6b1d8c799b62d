"""Large letters, for what is read from the back of a room: pyfiglet's block faces, in the largest size that fits."""

from __future__ import annotations

from functools import cache, lru_cache

from pyfiglet import Figlet

from tisu_tui.screens.layout import Lines, paragraph
from tisu_tui.screens.palette import StyleName

HUGE, LARGE, MEDIUM, SMALL = "mono12", "smmono12", "smmono9", "smblock"
FACES = (HUGE, LARGE, MEDIUM, SMALL)
"""The sizes of type, largest first: about nine, seven, six and four rows; below them stands bold text."""
_PLAINER = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "...", "\xa0": " "}
)


@cache
def _face(name: str) -> Figlet:
    return Figlet(font=name, width=10_000)


def warm_up() -> None:
    """Read the faces, which takes a third of a second, before anybody waits for it."""
    for name in FACES:
        _face(name)


@lru_cache(maxsize=512)
def _drawn(text: str, face: str, *, trim: bool = True) -> tuple[str, ...]:
    """Draw one line of letters without the empty rows around it; nothing where the face lacks a letter."""
    figlet = _face(face)
    if any(ord(letter) not in figlet.Font.chars for letter in text):
        text = text.translate(_PLAINER)
    if any(ord(letter) not in figlet.Font.chars for letter in text):
        return ()
    rows = [row.rstrip() for row in str(figlet.renderText(text)).split("\n")]
    while rows and not rows[-1] and (trim or len(rows) > figlet.Font.height):
        rows.pop()
    while trim and rows and not rows[0]:
        rows.pop(0)
    return tuple(rows)


def _wide(rows: tuple[str, ...]) -> int:
    return max(map(len, rows), default=0)


def _broken(text: str, face: str, width: int) -> list[tuple[str, ...]]:
    """Draw a text on as many lines of letters as it takes; nothing where a word or a letter does not fit."""
    lines: list[tuple[str, ...]] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _wide(_drawn(longer, face)) > width:
            lines.append(_drawn(line, face))
            longer = word
        line = longer
        drawn = _drawn(line, face)
        if not drawn or _wide(drawn) > width:
            return []
    return [*lines, _drawn(line, face)] if line else []


@lru_cache(maxsize=64)
def key_letters(text: str, width: int, style: StyleName) -> Lines:
    """Draw a key in the smallest letters, all keys equally high; nothing where it does not fit."""
    rows = _drawn(text, SMALL, trim=False)
    return tuple(((row, style),) for row in rows) if rows and _wide(rows) <= width else ()


@lru_cache(maxsize=256)
def large(
    text: str, width: int, rows: int, style: StyleName = "title", faces: tuple[str, ...] = FACES, *, lines: int = 3
) -> Lines:
    """Draw a text in the largest letters that take at most so many rows and lines; else as bold text."""
    for face in faces:
        broken = _broken(text, face, width)
        if not broken or len(broken) > lines:
            continue
        # One row between lines: letters that hang down must not touch the next ones.
        if sum(map(len, broken)) + len(broken) - 1 > rows:
            continue
        made: list[tuple[tuple[str, StyleName], ...]] = []
        for n, part in enumerate(broken):
            made += [()] if n else []
            made += [((row, style),) for row in part]
        return tuple(made)
    return paragraph(text, width, style)
