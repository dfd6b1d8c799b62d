"""What is read from the back of a room: headings, codes in large letters, and QR codes."""

from __future__ import annotations

from functools import lru_cache

import segno

from tisu_tui.screens.layout import Lines, paragraph, width_of

# Five rows of five pixels for each letter.
_ROWS = {
    "a": ".###. #...# ##### #...# #...#",
    "b": "####. #...# ####. #...# ####.",
    "c": ".#### #.... #.... #.... .####",
    "d": "####. #...# #...# #...# ####.",
    "e": "##### #.... ####. #.... #####",
    "f": "##### #.... ####. #.... #....",
    "g": ".#### #.... #..## #...# .####",
    "h": "#...# #...# ##### #...# #...#",
    "i": "##### ..#.. ..#.. ..#.. #####",
    "j": "..### ....# ....# #...# .###.",
    "k": "#...# #..#. ###.. #..#. #...#",
    "l": "#.... #.... #.... #.... #####",
    "m": "#...# ##.## #.#.# #...# #...#",
    "n": "#...# ##..# #.#.# #..## #...#",
    "o": ".###. #...# #...# #...# .###.",
    "p": "####. #...# ####. #.... #....",
    "q": ".###. #...# #.#.# #..#. .##.#",
    "r": "####. #...# ####. #..#. #...#",
    "s": ".#### #.... .###. ....# ####.",
    "t": "##### ..#.. ..#.. ..#.. ..#..",
    "u": "#...# #...# #...# #...# .###.",
    "v": "#...# #...# #...# .#.#. ..#..",
    "w": "#...# #...# #.#.# ##.## #...#",
    "x": "#...# .#.#. ..#.. .#.#. #...#",
    "y": "#...# .#.#. ..#.. ..#.. ..#..",
    "z": "##### ...#. ..#.. .#... #####",
    "0": ".###. #..## #.#.# ##..# .###.",
    "1": "..#.. .##.. ..#.. ..#.. .###.",
    "2": "####. ....# .###. #.... #####",
    "3": "####. ....# .###. ....# ####.",
    "4": "#..#. #..#. ##### ...#. ...#.",
    "5": "##### #.... ####. ....# ####.",
    "6": ".###. #.... ####. #...# .###.",
    "7": "##### ....# ...#. ..#.. ..#..",
    "8": ".###. #...# .###. #...# .###.",
    "9": ".###. #...# .#### ....# .###.",
    "-": "..... ..... .###. ..... .....",
}
_PIXEL = {"#": "██", ".": "  "}
_HALVES = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}


@lru_cache(maxsize=8)
def large(text: str, width: int) -> Lines:
    """Draw a code in letters of five rows, or half as large; an empty result where neither fits."""
    letters = [_ROWS[each].split() for each in text.casefold() if each in _ROWS]
    if len(letters) != len(text) or len(letters) * 6 - 1 > width:
        return ()
    if len(letters) * 12 - 2 > width:
        return _half(letters)
    rows = ("  ".join("".join(_PIXEL[pixel] for pixel in letter[y]) for letter in letters) for y in range(5))
    return tuple(((row.rstrip(), "key"),) for row in rows)


def _half(letters: list[list[str]]) -> Lines:
    """Draw letters in half blocks, two of their rows to each of ours."""
    lines = [".".join(letter[y] for letter in letters) for y in range(5)]
    pairs = zip(lines[::2], [*lines[1::2], "." * len(lines[0])], strict=True)
    return tuple(
        (("".join(_HALVES[pixels] for pixels in zip(upper, lower, strict=True)).rstrip(), "key"),)
        for upper, lower in pairs
    )


@lru_cache(maxsize=64)
def heading(text: str, width: int) -> Lines:
    """Draw a heading over a rule as long as itself."""
    drawn = paragraph(text, width, "title")
    return (*drawn, (("━" * max(map(width_of, drawn)), "key"),)) if drawn else ()


@lru_cache(maxsize=4)
def qr(text: str) -> Lines:
    """Draw a QR code, dark on light with the quiet zone that readers need, two rows of it to each of ours.

    Levels and quiet zone after ISO/IEC 18004; half blocks of light, so that it holds on a dark ground.
    """
    rows = [list(map(bool, row)) for row in segno.make(text, error="l", micro=False).matrix_iter(border=4)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    glyphs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return tuple(
        (("".join(glyphs[pair] for pair in zip(upper, lower, strict=True)), "text"),)
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
