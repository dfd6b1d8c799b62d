"""Middle answers of one session as a small SVG picture: stages across, a line for each statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tisu_tui.core.later import Row
from tisu_tui.core.released import short
from tisu_tui.notes.drawing import (
    EDGE,
    GAP,
    NARROWEST,
    ROWS_BELOW_HEADS,
    SIZE,
    WIDTH,
    heads,
    page,
    text_at,
    wrapped,
)
from tisu_tui.notes.markdown import plain
from tisu_tui.notes.stages import LETTER, MARK, SPAN, STYLES, legend, mark_text, row_said

_LINE = 40


def scale_picture(title: str, rows: Sequence[Row], name: str) -> bytes | None:
    """Draw what one session said on a scale; `None` where no middle may be said."""
    told = [row for row in rows if row.middle]
    if not told:
        return None
    stages = max((row.scale for row in told), key=len)
    width = max(WIDTH, 2 * EDGE + NARROWEST * len(stages))
    marks, y = wrapped(title, EDGE, EDGE, width - 2 * EDGE, "h")
    y += GAP
    for n, row in enumerate(told):
        if n % ROWS_BELOW_HEADS == 0 or row.scale != told[n - 1].scale:
            named, y = heads([*map(short, row.scale)], (width - 2 * EDGE) / len(row.scale), y)
            marks += named
        # The one question of a step is its title already.
        label, y = wrapped(row.label, EDGE, y, width - 2 * EDGE) if plain(row.label) != plain(title) else ([], y)
        marks += [*label, *_statement(row, y + 3 + _LINE / 2, width)]
        y += _LINE + GAP
    for sentence in legend(told):
        more, y = wrapped(sentence, EDGE, y, width - 2 * EDGE)
        marks += more
    words = ". ".join(plain(f"{row.label} – {row_said(row)}") for row in told)
    return page(title, words, marks, (width, y + EDGE), name, STYLES)


def _statement(row: Row, y: float, width: float) -> Iterator[str]:
    across = (width - 2 * EDGE) / len(row.scale)
    place = {label: EDGE + across * (n + 0.5) for n, label in enumerate(row.scale)}
    yield f'<path class="l" d="M{EDGE} {y:g}H{width - EDGE:g}"/>'
    yield from (f'<path class="l" d="M{x:g} {y - 5:g}V{y + 5:g}"/>' for x in place.values())
    if row.quartiles:
        yield _box("q", place[row.quartiles[0]] - SPAN / 2, place[row.quartiles[-1]] + SPAN / 2, y, MARK + 8)
    text = mark_text(row)
    low, high = place[row.middle[0]], place[row.middle[-1]]
    half = max(MARK, LETTER * len(text) + 8) / 2
    yield _box("o" if row.aloud else "b", low - half, high + half, y, MARK)
    yield text_at(text, round((low + high) / 2, 1), y + SIZE * 0.36, "h m" if row.aloud else "h m i")


def _box(style: str, left: float, right: float, y: float, height: float) -> str:
    return (
        f'<rect class="{style}" x="{left:.1f}" y="{y - height / 2:g}" width="{right - left:.1f}" '
        f'height="{height:g}" rx="{MARK / 2:g}"/>'
    )
