"""What a row of a screen is made of, before anything is drawn: pieces of text, each with the name of its style."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

StyleName: TypeAlias = Literal[
    "text", "title", "dim", "choice", "chosen", "key", "promise", "quiet", "result", "warning", "own",
    "above", "above-edge", "above-first", "in", "in-edge", "in-first", "below", "below-edge", "below-first",
    "beside", "beside-edge", "beside-first", "card", "card-edge", "filled",
    "mark", "half", "far", "yes", "thin", "held", "wait", "code",
]  # fmt: skip
"""What a piece of text is for; "own" is what this person typed, and is remembered nowhere outside their seat.

The second half belongs to figures: bands with an edge and a fill, cards, marks on a scale, and verdicts; and to the
code that cameras read, which is dark on light in every theme.
"""


class Paint(NamedTuple):
    """Two pixels of a picture, one above the other, each as 0xRRGGBB: what an upper half block is drawn with."""

    upper: int
    lower: int


Span: TypeAlias = tuple[str, StyleName | Paint]
Line: TypeAlias = tuple[Span, ...]
"""One row; the text is already clean, and is never read as markup."""
