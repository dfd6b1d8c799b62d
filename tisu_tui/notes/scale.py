"""A scale as a small SVG picture: points across, a line for each question, and its middle answer as a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tisu_tui.core.figure import Rated, Ruler
from tisu_tui.core.released import between
from tisu_tui.core.translation import gettext as _
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
from tisu_tui.notes.stages import LETTER, MARK, SPAN, STYLES, marks_said

_LINE = 40


def scale_picture(title: str, figure: Ruler, name: str) -> bytes | None:
    """Draw a scale with its middle answers; `None` where no middle may be said."""
    told = [row for row in figure.rows if row.middle]
    if not told:
        return None
    points = [f"{_key(figure, n)} {point}".strip() for n, point in enumerate(figure.points)]
    width = max(WIDTH, 2 * EDGE + NARROWEST * len(points))
    marks, y = wrapped(title, EDGE, EDGE, width - 2 * EDGE, "h")
    y += GAP
    for n, row in enumerate(told):
        if n % ROWS_BELOW_HEADS == 0:
            named, y = heads(points, (width - 2 * EDGE) / len(points), y)
            marks += named
        # The one question of a step is its title already.
        label, y = wrapped(row.label, EDGE, y, width - 2 * EDGE) if row.label else ([], y)
        marks += [*label, *_statement(figure, row, y + 3 + _LINE / 2, width)]
        y += _LINE + GAP
    spoken = {row.aloud for row in told}
    for sentence in marks_said(spoken, has_half=any(row.half for row in told)):
        more, y = wrapped(sentence, EDGE, y, width - 2 * EDGE)
        marks += more
    words = ". ".join(plain(f"{row.label or title} – {_said(row, points)}") for row in told)
    return page(title, words, marks, (width, y + EDGE), name, STYLES)


def _key(figure: Ruler, n: int) -> str:
    return figure.keys[n] if figure.keys else ""


def _said(row: Rated, points: Sequence[str]) -> str:
    words = between([points[n] for n in row.middle])
    words = _("{answer} (agreed aloud)").format(answer=words) if row.aloud else words
    if not row.half:
        return words
    half = between([points[n] for n in row.half])
    return _("{answer}, the middle half {answers}").format(answer=words, answers=half)


def _statement(figure: Ruler, row: Rated, y: float, width: float) -> Iterator[str]:
    across = (width - 2 * EDGE) / len(figure.points)
    place = [EDGE + across * (n + 0.5) for n in range(len(figure.points))]
    yield f'<path class="l" d="M{EDGE} {y:g}H{width - EDGE:g}"/>'
    yield from (f'<path class="l" d="M{x:g} {y - 5:g}V{y + 5:g}"/>' for x in place)
    if row.half:
        yield _box("q", place[row.half[0]] - SPAN / 2, place[row.half[-1]] + SPAN / 2, y, MARK + 8)
    text = "–".join(dict.fromkeys(_key(figure, n) or str(n + 1) for n in (row.middle[0], row.middle[-1])))
    low, high = place[row.middle[0]], place[row.middle[-1]]
    half = max(MARK, LETTER * len(text) + 8) / 2
    yield _box("o" if row.aloud else "b", low - half, high + half, y, MARK)
    yield text_at(text, round((low + high) / 2, 1), y + SIZE * 0.36, "h m" if row.aloud else "h m i")


def _box(style: str, left: float, right: float, y: float, height: float) -> str:
    return (
        f'<rect class="{style}" x="{left:.1f}" y="{y - height / 2:g}" width="{right - left:.1f}" '
        f'height="{height:g}" rx="{MARK / 2:g}"/>'
    )
