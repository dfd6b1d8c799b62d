"""QR codes, as half blocks of light."""

from __future__ import annotations

from functools import lru_cache

import segno

from tisu_tui.screens.layout import Lines


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
