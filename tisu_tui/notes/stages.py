"""Middle answers as a small SVG picture: a scale for each statement, sessions across, and no line between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from tisu_tui.core.enumerating import between
from tisu_tui.core.form import short
from tisu_tui.core.later import Row
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.trend import TrendLine
from tisu_tui.notes.drawing import EDGE, GAP, SIZE, SMALL, WIDTH, broken, page, text_at, wrapped
from tisu_tui.notes.escaping import plain

_NAMES = 190
"""Where the names of the stages end, and the sessions begin."""
_NARROWEST = 64
_ROW, _LEADING = 34, 17
MARK = 26
SPAN = 34
LETTER = 9

STYLES = (
    ".l{stroke:#c9ced3}.q{fill:#cfe3f2;stroke:#0072b2}.i{fill:#fff}.o{fill:#fff;stroke:#0072b2;stroke-width:2}",
    ".l{stroke:#3c444b}.q{fill:#1f3f56;stroke:#56b4e9}.i{fill:#101315}.o{fill:#15181b;stroke:#56b4e9;stroke-width:2}",
)


def stages(title: str, heads: Sequence[str], lines: Sequence[TrendLine], name: str) -> bytes | None:
    """Draw statements with their scales, a column for each head; `None` where there is nothing to draw."""
    drawn = [each for each in lines if any(row and row.middle for row in each.cells)]
    if not drawn:
        return None
    width = max(WIDTH, 2 * EDGE + _NAMES + _NARROWEST * len(heads))
    marks, y = wrapped(title, EDGE, EDGE, width - 2 * EDGE, "h")
    for line in drawn:
        more, y = _statement(line, heads, y + GAP, width)
        marks += more
    for sentence in legend([row for picture in drawn for row in picture.cells]):
        more, y = wrapped(sentence, EDGE, y + GAP / 2, width - 2 * EDGE)
        marks += more
    return page(title, ". ".join(said(picture, heads) for picture in drawn), marks, (width, y + EDGE), name, STYLES)


def _statement(line: TrendLine, heads: Sequence[str], y: float, width: float) -> tuple[list[str], float]:
    marks, y = wrapped(line.label, EDGE, y, width - 2 * EDGE)
    across = (width - 2 * EDGE - _NAMES) / len(heads)
    middles = [EDGE + _NAMES + across * (n + 0.5) for n in range(len(heads))]
    found = [broken(head.replace("-", "- ", 1), across, SMALL) for head in heads]
    for x, texts in zip(middles, found, strict=True):
        marks += [
            text_at(text.replace("- ", "-"), x, y + _LEADING * n + SMALL + 4, "s m") for n, text in enumerate(texts)
        ]
    y += _LEADING * max(map(len, found)) + 4
    top = y + _ROW / 2
    place = {label: top + _ROW * n for n, label in enumerate(reversed(line.scale))}
    for label, at in place.items():
        texts = broken(short(label), _NAMES - 10, SMALL)[:2]
        first = at - _LEADING * (len(texts) - 1) / 2 + SMALL * 0.36
        marks += [text_at(text, EDGE, round(first + _LEADING * n, 1), "s") for n, text in enumerate(texts)]
        marks.append(f'<path class="l" d="M{EDGE + _NAMES - 6:g} {at:g}H{width - EDGE:g}"/>')
    # Between two stages, so that it marks none of them.
    nothing = y + _ROW * (len(line.scale) // 2) + SIZE * 0.36
    for x, row in zip(middles, line.cells, strict=True):
        marks += _cell(row, x, place) if row and row.middle else [text_at("–", x, nothing, "m")]
    return marks, y + _ROW * len(line.scale)


def _cell(row: Row, x: float, place: dict[str, float]) -> Iterator[str]:
    if row.quartiles:
        high, low = place[row.quartiles[-1]], place[row.quartiles[0]]
        yield _box("q", x, high - SPAN / 2 + 2, SPAN + 8, low - high + SPAN - 4)
    text = mark_text(row)
    high, low = place[row.middle[-1]], place[row.middle[0]]
    yield _box("o" if row.aloud else "b", x, high - MARK / 2, max(MARK, LETTER * len(text) + 8), low - high + MARK)
    yield text_at(text, round(x, 1), round((high + low) / 2 + SIZE * 0.36, 1), "h m" if row.aloud else "h m i")


def _box(style: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="{style}" x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:g}" height="{height:g}" '
        f'rx="{MARK / 2:g}"/>'
    )


def mark_text(row: Row) -> str:
    """Give the number of the middle answer, or the two that it lies between."""
    low, high = _number(row.middle[0], row.scale), _number(row.middle[-1], row.scale)
    return low if low == high else f"{low}–{high}"


def _number(label: str, scale: Sequence[str]) -> str:
    """Give the number that a point of the scale begins with, or its place where it has none."""
    found = re.match(r"−?\d+(?= |$)", label)
    return found[0] if found else str(1 + scale.index(label))


def legend(rows: Sequence[Row | None]) -> Iterator[str]:
    """Say what the marks of these rows are, as far as they are there."""
    shown = [row for row in rows if row and row.middle]
    yield from marks_said({row.aloud for row in shown}, has_half=any(row.quartiles for row in shown))
    if len(shown) < len(rows):
        yield _("–: not shown, or not asked.")


def marks_said(spoken: Collection[bool], *, has_half: bool) -> Iterator[str]:
    """Say what marks mean, by whether they were agreed aloud, and whether the middle half is drawn."""
    if False in spoken:
        yield _("Number on a filled mark: the middle answer.")
    if True in spoken:
        yield _("Number in an outline: agreed aloud.")
    if has_half:
        yield _("Bar behind it: the middle half of the answers.")


def said(line: TrendLine, heads: Sequence[str]) -> str:
    """Say a statement in words, session by session."""
    cells = [f"{head}: {row_said(row)}" for head, row in zip(heads, line.cells, strict=True)]
    return plain(f"{line.label} – {'; '.join(cells)}")


def row_said(row: Row | None) -> str:
    """Say the middle answer and the middle half, or that nothing is shown."""
    if row is None or not row.middle:
        return _("not shown, or not asked")
    return middle_said([*map(short, row.middle)], [*map(short, row.quartiles)], aloud=row.aloud)


def middle_said(middle: Sequence[str], half: Sequence[str], *, aloud: bool) -> str:
    """Say a middle answer, whether it was agreed aloud, and the middle half where there is one."""
    answer = between(middle)
    answer = _("{answer} (agreed aloud)").format(answer=answer) if aloud else answer
    return _("{answer}, the middle half {answers}").format(answer=answer, answers=between(half)) if half else answer
