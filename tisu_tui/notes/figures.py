"""Any figure of `core/figure.py` as a small SVG picture; colour alone means nothing, and every mark has its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tisu_tui.core.figure import Bar, Bars, Figure, Rated, Ruler, Side, Window
from tisu_tui.core.shown import Counts
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.drawing import (
    EDGE,
    GAP,
    LIGHT,
    LINE,
    NARROWEST,
    ROWS_BELOW_HEADS,
    SIZE,
    WIDTH,
    Drawn,
    heads,
    page,
    text_at,
    wrapped,
)
from tisu_tui.notes.escaping import plain
from tisu_tui.notes.stages import LETTER, MARK, SPAN, STYLES, marks_said, middle_said

_ON_A_SCALE = STYLES[0] + ".k{stroke:#0072b2;stroke-width:3}", STYLES[1] + ".k{stroke:#56b4e9;stroke-width:3}"
_PAD = 10
_BAR = 22
_CELL = 36
_AXIS = 40
_SIDES = {Side.ABOVE: "wa", Side.IN: "wi", Side.BELOW: "wb", Side.BESIDE: "wo"}
# A tint and a fill for each band after Okabe and Ito; words and shapes say the same.
_BANDS = (
    (
        ".wa{fill:#f8e6c4}.wi{fill:#d5eee3}.wb{fill:#d6e9f7}.wo{fill:#e9e8e3}"
        ".wa1{fill:#8a5200}.wi1{fill:#00664a}.wb1{fill:#0a2f8f}.wo1{fill:#4d565f}.wt{fill:#fff}"
    ),
    (
        ".wa{fill:#3a2d14}.wi{fill:#12352b}.wb{fill:#15304a}.wo{fill:#262d35}"
        ".wa1{fill:#f0b04a}.wi1{fill:#63dcb0}.wb1{fill:#6aa9f2}.wo1{fill:#c3ccd6}.wt{fill:#15191e}"
    ),
)


def of_counts(counts: Counts) -> Bars | Ruler | None:
    """Make a figure of a table of numbers; `None` where one is withheld, since its place would show."""
    numbers = [tuple(n for n in row if isinstance(n, int)) for row in counts.numbers]
    if not counts.rows or not counts.columns or any(len(row) < len(counts.columns) for row in numbers):
        return None
    labelled = zip(counts.rows, numbers, strict=True)
    if len(counts.columns) == 1:
        return Bars(tuple(Bar(label, n) for label, (n,) in labelled))
    return Ruler(counts.columns, tuple(Rated(label, label, counts=row) for label, row in labelled))


def figure_svg(title: str, figure: Figure, name: str) -> bytes | None:
    """Draw a figure; `None` for one that tells nothing, or only words.

    `name` makes ids that differ between pictures on one page.
    """
    match figure:
        case Window() if figure.first:
            return page(title, *_window(title, figure), name, _BANDS)
        case Bars(bars=bars) if bars:
            return page(title, *_bars(title, bars), name)
        case Ruler(points=points, rows=(row,)) if row.counts and not row.label:
            pairs = enumerate(zip(points, row.counts, strict=True))
            return page(title, *_bars(title, [Bar(point, n, at in row.middle) for at, (point, n) in pairs]), name)
        case Ruler() if rows := [row for row in figure.rows if row.middle or row.counts]:
            return page(title, *_ruler(title, figure, rows), name, _ON_A_SCALE)
    return None


def _window(title: str, figure: Window) -> Drawn:
    marks, y = wrapped(title, EDGE, EDGE, WIDTH - 2 * EDGE, "h")
    y += GAP
    told: list[str] = []
    for zone in figure.zones:
        is_first = zone.id in figure.first
        if zone.side is Side.BESIDE and not is_first:
            continue
        style = "h wt" if is_first else ""
        words = f"{zone.name}. {zone.words}" if zone.words else zone.name
        lines, end = wrapped(words, EDGE + 3 * _PAD, y + _PAD, WIDTH - 2 * EDGE - 4 * _PAD, style)
        if is_first:
            more, end = wrapped(figure.said, EDGE + 3 * _PAD, end, WIDTH - 2 * EDGE - 4 * _PAD, style)
            lines += more
        high = end + _PAD - y
        kind = f"{_SIDES[zone.side]}{'1' if is_first else ''}"
        size = f'width="{WIDTH - 2 * EDGE:g}" height="{high:g}"'
        marks.append(f'<rect class="{kind}" x="{EDGE}" y="{y:g}" {size} rx="3"/>')
        marks += [text_at(zone.side.value, EDGE + _PAD, y + _PAD + SIZE, style), *lines]
        told.append(plain(f"{zone.name}: {figure.said}" if is_first else zone.name))
        y += high + GAP / 3
    return ". ".join(told), marks, (WIDTH, y + LINE / 2)


def _bars(title: str, bars: Sequence[Bar]) -> Drawn:
    marks, y = wrapped(title, EDGE, EDGE, WIDTH - 2 * EDGE, "h")
    y += GAP
    most = max(1, *(bar.number for bar in bars))
    room = WIDTH - 2 * EDGE - 8 - SIZE * 0.65 * len(str(most))
    for bar in bars:
        lines, y = wrapped(bar.label, EDGE, y, WIDTH - 2 * EDGE, "h" if bar.first else "")
        marks += lines
        long = room * bar.number / most
        marks.append(f'<rect class="t" x="{EDGE}" y="{y + 2:g}" width="{room:g}" height="{_BAR}" rx="3"/>')
        if bar.number:
            marks.append(f'<rect class="b" x="{EDGE}" y="{y + 2:g}" width="{long:.1f}" height="{_BAR}" rx="3"/>')
        marks.append(text_at(str(bar.number), EDGE + room + 8, y + 2 + _BAR / 2 + SIZE * 0.36, "h"))
        y += 2 + _BAR + GAP
    return "; ".join(f"{plain(bar.label)}: {bar.number}" for bar in bars), marks, (WIDTH, y)


def _ruler(title: str, figure: Ruler, rows: Sequence[Rated]) -> Drawn:
    points = [f"{key} {point}".strip() for key, point in zip(_keys(figure), figure.points, strict=True)]
    width = max(WIDTH, 2 * EDGE + NARROWEST * len(points))
    marks, y = wrapped(title, EDGE, EDGE, width - 2 * EDGE, "h")
    y += GAP
    across = (width - 2 * EDGE) / len(points)
    most = max((1, *chain.from_iterable(row.counts for row in rows)))
    for n, row in enumerate(rows):
        if n % ROWS_BELOW_HEADS == 0:
            named, y = heads(points, across, y)
            marks += named
        # The one question of a step is its title already.
        label, y = wrapped(row.label, EDGE, y, width - 2 * EDGE) if row.label else ([], y)
        high = _CELL if row.counts else _AXIS
        drawn = _numbers(row, most, across, y + 3) if row.counts else _marks(figure, row, y + 3 + high / 2, width)
        marks += [*label, *drawn]
        y += (3 if row.counts else 0) + high + GAP
    for sentence in _legend(rows):
        more, y = wrapped(sentence, EDGE, y, width - 2 * EDGE)
        marks += more
    spoken = [plain(point) for point in points]
    told = ". ".join(f"{plain(row.label or title)} – {_said(row, spoken)}" for row in rows)
    return told, marks, (width, y + EDGE)


def _keys(figure: Ruler) -> tuple[str, ...]:
    return figure.keys or ("",) * len(figure.points)


def _legend(rows: Sequence[Rated]) -> Iterator[str]:
    plain_rows = [row for row in rows if not row.counts]
    if plain_rows:
        yield from marks_said({row.aloud for row in plain_rows}, has_half=any(row.half for row in plain_rows))
    if any(row.counts and row.middle for row in rows):
        yield _("In an outline: the middle answer.")


def _said(row: Rated, points: Sequence[str]) -> str:
    told = ["; ".join(f"{point}: {n}" for point, n in zip(points, row.counts, strict=True))] if row.counts else []
    if row.middle:
        middle, half = ([points[n] for n in places] for places in (row.middle, row.half))
        words = middle_said(middle, half, aloud=row.aloud)
        told.append(_("the middle answer: {answer}").format(answer=words) if row.counts else words)
    return "; ".join(told)


def _numbers(row: Rated, most: int, across: float, y: float) -> Iterator[str]:
    """Draw how many chose each point, the middle ones in an outline."""
    for n, number in enumerate(row.counts):
        # Nought keeps the palest shade to itself, so that one person is seen.
        shade = -(-(len(LIGHT) - 1) * number // most)
        x = EDGE + across * n
        kind = f"c{shade} k" if row.middle and row.middle[0] <= n <= row.middle[-1] else f"c{shade}"
        yield f'<rect class="{kind}" x="{x + 1:.1f}" y="{y:g}" width="{across - 2:.1f}" height="{_CELL}" rx="3"/>'
        yield text_at(str(number), round(x + across / 2, 1), y + _CELL / 2 + SIZE * 0.36, "h m")


def _marks(figure: Ruler, row: Rated, y: float, width: float) -> Iterator[str]:
    """Draw the middle half and the middle answer on the scale."""
    across = (width - 2 * EDGE) / len(figure.points)
    place = [EDGE + across * (n + 0.5) for n in range(len(figure.points))]
    yield f'<path class="l" d="M{EDGE} {y:g}H{width - EDGE:g}"/>'
    yield from (f'<path class="l" d="M{x:g} {y - 5:g}V{y + 5:g}"/>' for x in place)
    if row.half:
        yield _box("q", place[row.half[0]] - SPAN / 2, place[row.half[-1]] + SPAN / 2, y, MARK + 8)
    keys = _keys(figure)
    text = "–".join(dict.fromkeys(keys[n] or str(n + 1) for n in (row.middle[0], row.middle[-1])))
    low, high = place[row.middle[0]], place[row.middle[-1]]
    half = max(MARK, LETTER * len(text) + 8) / 2
    yield _box("o" if row.aloud else "b", low - half, high + half, y, MARK)
    yield text_at(text, round((low + high) / 2, 1), y + SIZE * 0.36, "h m" if row.aloud else "h m i")


def _box(style: str, left: float, right: float, y: float, height: float) -> str:
    return (
        f'<rect class="{style}" x="{left:.1f}" y="{y - height / 2:g}" width="{right - left:.1f}" '
        f'height="{height:g}" rx="{MARK / 2:g}"/>'
    )
