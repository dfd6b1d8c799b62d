"""Large letters, for what is read from the back of a room: pyfiglet's block faces, in the largest size that fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from pyfiglet import FigletFont

from tisu_tui.core.text import wrap
from tisu_tui.screens.layout import Lines, paragraph
from tisu_tui.screens.palette import StyleName

GIANT, HUGE, LARGE, MEDIUM, SMALL = "twice mono12", "mono12", "smmono12", "smmono9", "smblock"
FACES = (GIANT, HUGE, LARGE, MEDIUM, SMALL)
"""The sizes of type, largest first: about 18, nine, seven, six and four rows; below them stands bold text."""
_NARROWEST = {GIANT: 20, HUGE: 10, LARGE: 5, MEDIUM: 4, SMALL: 2}
"""The fewest cells that a letter takes before another one."""
MOST_LINES = 3
"""The most lines of letters of one text."""
_TWICE = (
    str.maketrans({"▀": "██", "▄": "  ", "█": "██", " ": "  "}),
    str.maketrans({"▀": "  ", "▄": "██", "█": "██", " ": "  "}),
)
_LEFT, _RIGHT = "▖▌▘▛▚▙▞▜▟▀▄█", "▗▐▝▜▞▟▚▛▙▀▄█"
"""Blocks with ink in their left and in their right half."""
_MIRRORED = str.maketrans("▖▗▘▝▌▐▛▜▙▟▚▞", "▗▖▝▘▐▌▜▛▟▙▞▚")
_CLOSING = {"“": '"', "‘": "'"}
"""Marks that open a quotation, and those whose mirror image they are where a face lacks them."""
_POLISH = {
    "ą": ("   ", "▝▀▖", "▞▀▌", "▝▀▚"),
    "ć": (" ▞ ", "▞▀▖", "▌ ▖", "▝▀ "),
    "ę": ("   ", "▞▀▖", "▛▀ ", "▝▀▚"),
    "ł": ("▜ ", "▐▘", "▟ ", " ▘"),
    "Ł": (" ▌ ", " ▙▘", "▞▌ ", " ▀▀"),
    "ń": (" ▞ ", "▛▀▖", "▌ ▌", "▘ ▘"),
    "ś": (" ▞ ", "▞▀▘", "▝▀▖", "▀▀ "),
    "ź": (" ▞ ", "▀▜▘", "▗▘ ", "▀▀▘"),
    "ż": (" ▗ ", "▀▜▘", "▗▘ ", "▀▀▘"),
}
"""Letters that the smallest face lacks, made of its own; other capitals with a mark have no room for it."""
_PLAINER = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "−": "-", "…": "...", "\xa0": " "}
)


@dataclass(frozen=True, slots=True)
class Face:
    """A face out of a file of FIGlet, whose letters are cut out of its lines as they are drawn."""

    height: int
    blank: str
    """What stands in the file for a cell that stays empty."""
    lines: list[str]
    places: Mapping[str, int]
    """The line at which each letter begins."""


@cache
def _face(name: str) -> Face:
    """Find where the letters of a face stand; pyfiglet would take a tenth of a second to read them all."""
    lines = FigletFont.preloadFont(name).split("\n")
    signature, height, _baseline, _longest, _layout, comments, *_more = lines[0].split()
    rows, at, places = int(height), 1 + int(comments), {}
    for letter in (*map(chr, range(32, 127)), *"ÄÖÜäöüß"):
        places[letter] = at
        at += rows
    while at < len(lines):
        code = lines[at].partition(" ")[0]
        at += 1
        if code[:2] == "0x":
            places[chr(int(code, 16))] = at
            at += rows
    return Face(rows, signature[len("flf2a") :], lines, places)


@cache
def _glyph(letter: str, name: str) -> tuple[str, ...]:
    """Give the rows of a letter; none where the face lacks it."""
    face = _face(name)
    if letter == " " and name == SMALL:
        return ("  ",) * face.height
    if name == SMALL and letter in _POLISH:
        return _POLISH[letter]
    at = face.places.get(letter)
    rows = [] if at is None else [line.rstrip() for line in face.lines[at : at + face.height]]
    # Each row ends with the same mark, the last one with two.
    told = tuple(row[:-1].removesuffix(rows[0][-1]).replace(face.blank, " ") for row in rows)
    if not told and letter in _CLOSING:
        return tuple(row[::-1].translate(_MIRRORED) for row in _glyph(_CLOSING[letter], name))
    return told if letter == " " or any(told) else ()


@lru_cache(maxsize=1024)
def _word(word: str, name: str) -> tuple[str, ...]:
    """Draw one word; nothing where the face lacks a letter."""
    glyphs = [_glyph(letter, name) for letter in word]
    if not all(glyphs):
        plainer = word.translate(_PLAINER)
        return _joined(plainer, name) if plainer != word else ()
    return tuple(_kerned(word, glyphs)) if name == SMALL else tuple(map("".join, zip(*glyphs, strict=True)))


def _joined(text: str, name: str) -> tuple[str, ...]:
    gaps = _glyph(" ", name)
    words = [_word(word, name) if word else ("",) * len(gaps) for word in text.split(" ")]
    return tuple(gap.join(parts) for gap, *parts in zip(gaps, *words, strict=True)) if all(words) else ()


@lru_cache(maxsize=512)
def _drawn(text: str, name: str, *, trim: bool = True) -> tuple[str, ...]:
    """Draw one line of letters without the empty rows around it; nothing where the face lacks a letter."""
    if name == GIANT:
        return tuple(row.translate(half) for row in _drawn(text, HUGE, trim=trim) for half in _TWICE)
    rows = [row.rstrip() for row in _joined(text, name)]
    while trim and rows and not rows[-1]:
        rows.pop()
    while trim and rows and not rows[0]:
        rows.pop(0)
    return tuple(rows)


def _kerned(word: str, glyphs: Sequence[Sequence[str]]) -> list[str]:
    """Put the letters of a word side by side with half a cell between them."""
    rows = list(glyphs[0]) if glyphs else []
    for letter, glyph in zip(word[1:], glyphs[1:], strict=True):
        before, after = [_free(row[::-1], _RIGHT) for row in rows], [_free(row, _LEFT) for row in glyph]
        # Under the arm of an r or a w a dot would be part of the letter.
        free = min(before) + min(after) if letter in ".," else min(map(add, before, after))
        nearer = max(0, (free - 1) // 2)
        rows = [_over(row, other, nearer) for row, other in zip(rows, glyph, strict=True)]
    return rows


def _free(row: str, inked: str) -> int:
    """Count the half cells without ink at the beginning of a row; `inked` blocks have ink in their near half."""
    blank = len(row) - len(row.lstrip(" "))
    return 2 * blank + (blank < len(row) and row[blank] not in inked)


def _over(before: str, row: str, nearer: int) -> str:
    """Put a row after another, so many cells nearer: where both have a cell, the one with ink stays."""
    at = max(0, len(before) - nearer)
    tail = before[at:]
    both = "".join(new if old == " " else old for old, new in zip(tail, row, strict=False))
    return before[:at] + both + tail[len(row) :] + row[len(tail) :]


def _wide(rows: tuple[str, ...]) -> int:
    return max(map(len, rows), default=0)


def _broken(text: str, face: str, width: int, most: int) -> list[tuple[str, ...]]:
    """Draw a text on as few lines of letters as it takes, about equally long: no word stands alone on the last one.

    Gives nothing where a word or a letter does not fit, or it takes more than `most` lines.
    """
    words = text.split()
    lines = _fewest(words, face, width, most) if least_lines(text, face, width, most) else []
    if len(lines) > 1:
        rooms = range(max(map(len, words)), max(map(len, lines)))
        # Less room makes no fewer lines, so the least that makes as many is soon found.
        for room in rooms[bisect_left(rooms, -len(lines), key=lambda room: -len(wrap(text, room))) :]:
            even = wrap(text, room)
            if len(even) == len(lines) and all(_wide(_drawn(line, face)) <= width for line in even):
                lines = even
                break
    return [_drawn(line, face) for line in lines]


def least_lines(text: str, face: str, width: int, most: int) -> int:
    """Tell by lengths alone how many lines a text takes at least; 0 where it can't fit on `most`.

    What is too long need not be drawn.
    """
    words, narrowest = text.split(), _NARROWEST[face]
    # The last letter of a line may be narrower than others, and the gap after it takes no room.
    longest, together = max(map(len, words), default=0) - 1, sum(map(len, words)) + len(words) - 1
    if longest * narrowest > width:
        return 0
    return next((n for n in range(1, most + 1) if (together - 2 * n) * narrowest <= n * width), 0)


@lru_cache(maxsize=1024)
def _measured(word: str, name: str) -> tuple[int, int]:
    """Give the cells a word takes before another one, and at the end of a line, where nothing follows its ink."""
    times, face = (2, HUGE) if name == GIANT else (1, name)
    rows = _word(word, face)
    return times * _wide(rows), times * max((len(row.rstrip()) for row in rows), default=0)


def _fewest(words: list[str], face: str, width: int, most: int) -> list[str]:
    lines: list[str] = []
    used, gap = 0, _measured(" ", face)[0]
    for word in words:
        whole, inked = _measured(word, face)
        if lines and whole and used + gap + inked <= width:
            lines[-1], used = f"{lines[-1]} {word}", used + gap + whole
        elif whole and inked <= width and len(lines) < most:
            lines.append(word)
            used = whole
        else:
            return []
    return lines


@lru_cache(maxsize=64)
def key_letters(text: str, width: int, style: StyleName) -> Lines:
    """Draw a key in the smallest letters, all keys equally high; nothing where it does not fit."""
    rows = _drawn(text, SMALL, trim=False)
    return tuple(((row, style),) for row in rows) if rows and _wide(rows) <= width else ()


def large(
    text: str,
    width: int,
    rows: int,
    style: StyleName = "title",
    faces: tuple[str, ...] = FACES,
    *,
    lines: int = MOST_LINES,
) -> Lines:
    """Draw a text in the largest letters that take at most so many rows and lines; else as bold text."""
    return letters(text, width, rows, style, faces, lines=lines) or paragraph(text, width, style)


@lru_cache(maxsize=256)
def letters(
    text: str, width: int, rows: int, style: StyleName, faces: tuple[str, ...], *, lines: int = MOST_LINES
) -> Lines:
    """Draw a text in the largest letters that take at most so many rows and lines; nothing where none does."""
    for face in faces:
        broken = _broken(text, face, width, lines)
        if not broken:
            continue
        # One row between lines: letters that hang down must not touch the next ones.
        if sum(map(len, broken)) + len(broken) - 1 > rows:
            continue
        made: list[tuple[tuple[str, StyleName], ...]] = []
        for n, part in enumerate(broken):
            made += [()] if n else []
            made += [((row, style),) for row in part]
        return tuple(made)
    return ()
