"""Counts as a small SVG picture: every mark carries its number, and colour alone means nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain

from tisu_tui.core.shown import Counts
from tisu_tui.core.text import fit, wrap
from tisu_tui.notes.markdown import plain

# As wide as a phone shows without shrinking letters much; a row's label stands above its marks, not beside them.
_WIDTH = 480
_EDGE = 16
_SIZE = 16
_SMALL = 14
_LINE = 21
_BAR = 22
_CELL = 36
_GAP = 14
_NARROWEST = 80
# How wide a terminal's cell of text is here, for wide fonts; letters are measured by no one before they are drawn.
_EM = 0.6
_MORE_FOR_CAPITALS = 0.2
_MOST_LINES = 4
# On a phone, what the columns mean would be out of sight further down.
_ROWS_BELOW_HEADS = 6

# Shades are far enough from the letters on them for a contrast of 4.5 to 1, on paper and in the dark.
_LIGHT = ("#f2f6fa", "#dbe9f4", "#bcd8ec", "#9cc6e4", "#7fb4da")
_DARK = ("#1b2126", "#1d2f3d", "#1f3f56", "#205070", "#21608a")
_STYLE = (
    "text{{font:{size}px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1b1b1b}}"
    ".s{{font-size:{small}px}}.h{{font-weight:600}}.m{{text-anchor:middle}}"
    ".g{{fill:#fff}}.b{{fill:#0072b2}}.t{{fill:#e3e6e9}}{light}"
    "@media(prefers-color-scheme:dark){{text{{fill:#eee}}.g{{fill:#15181b}}.b{{fill:#56b4e9}}.t{{fill:#2b3136}}{dark}}}"
)


def picture(counts: Counts, name: str) -> bytes | None:
    """Draw counts as bars, or as a heat table where there is more than one column.

    `name` makes ids that differ between pictures on one page. Returns `None` where a number is withheld, since
    its place would show, and where there is nothing to draw.
    """
    numbers = [[n for n in row if isinstance(n, int)] for row in counts.numbers]
    if not counts.rows or not counts.columns or any(len(row) < len(counts.columns) for row in numbers):
        return None
    width = max(_WIDTH, 2 * _EDGE + _NARROWEST * len(counts.columns)) if len(counts.columns) > 1 else _WIDTH
    title, y = _lines(counts.title, _EDGE, _EDGE, width - 2 * _EDGE, "h")
    draw = _bars if len(counts.columns) == 1 else _heat
    marks, height = draw(counts, numbers, y + _GAP, width)
    body = "\n".join([*title, *marks])
    style = _STYLE.format(size=_SIZE, small=_SMALL, light=_shades(_LIGHT), dark=_shades(_DARK))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(plain(counts.title))}</title>\n'
        f'<desc id="{name}-desc">{escape(_said(counts, numbers))}</desc>\n'
        f"<style>{style}</style>\n"
        f'<rect class="g" width="{width}" height="{height:g}"/>\n{body}\n</svg>\n'
    ).encode()


def _shades(colours: tuple[str, ...]) -> str:
    return "".join(f".c{n}{{fill:{colour}}}" for n, colour in enumerate(colours))


def _said(counts: Counts, numbers: list[list[int]]) -> str:
    rows, columns = [*map(plain, counts.rows)], [*map(plain, counts.columns)]
    if len(columns) == 1:
        return "; ".join(f"{row}: {n}" for row, (n,) in zip(rows, numbers, strict=True))
    return ". ".join(
        f"{row} – " + "; ".join(f"{column}: {n}" for column, n in zip(columns, line, strict=True))
        for row, line in zip(rows, numbers, strict=True)
    )


def _broken(text: str, width: float, size: int) -> list[str]:
    """Break a label into a few lines; all of it stands in the table that the picture goes with."""
    text = plain(text)
    capitals = sum(map(str.isupper, text)) / max(1, len(text))
    room = int(width / (size * (_EM + _MORE_FOR_CAPITALS * capitals)))
    found = wrap(text, room)
    if len(found) <= _MOST_LINES:
        return found
    return [*found[: _MOST_LINES - 1], fit(" ".join(found[_MOST_LINES - 1 :]), room)]


def _lines(text: str, x: float, y: float, width: float, style: str = "") -> tuple[list[str], float]:
    lines = _broken(text, width, _SIZE)
    drawn = [_text(line, x, y + _LINE * n + _SIZE, style) for n, line in enumerate(lines)]
    return drawn, y + _LINE * len(lines)


def _text(text: str, x: float, y: float, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text{kind} x="{x:g}" y="{y:g}">{escape(text)}</text>'


def _bars(counts: Counts, numbers: list[list[int]], y: float, width: int) -> tuple[list[str], float]:
    most = max(1, *(n for (n,) in numbers))
    beside = 8 + _SIZE * 0.65 * len(str(most))
    room = width - 2 * _EDGE - beside
    drawn: list[str] = []
    for label, (n,) in zip(counts.rows, numbers, strict=True):
        lines, y = _lines(label, _EDGE, y, width - 2 * _EDGE)
        long = room * n / most
        drawn += lines
        drawn.append(f'<rect class="t" x="{_EDGE}" y="{y + 2:g}" width="{room:g}" height="{_BAR}" rx="3"/>')
        drawn += [f'<rect class="b" x="{_EDGE}" y="{y + 2:g}" width="{long:.1f}" height="{_BAR}" rx="3"/>'] if n else []
        drawn.append(_text(str(n), _EDGE + room + 8, y + 2 + _BAR / 2 + _SIZE * 0.36, "h"))
        y += 2 + _BAR + _GAP
    return drawn, y


def _heat(counts: Counts, numbers: list[list[int]], y: float, width: int) -> tuple[list[str], float]:
    most = max(1, *chain.from_iterable(numbers))
    across = (width - 2 * _EDGE) / len(counts.columns)
    drawn: list[str] = []
    for at, (label, line) in enumerate(zip(counts.rows, numbers, strict=True)):
        if at % _ROWS_BELOW_HEADS == 0:
            heads, y = _heads(counts.columns, across, y)
            drawn += heads
        lines, y = _lines(label, _EDGE, y, width - 2 * _EDGE)
        drawn += [*lines, *_cells(line, most, across, y + 3)]
        y += 3 + _CELL + _GAP
    return drawn, y


def _heads(columns: tuple[str, ...], across: float, y: float) -> tuple[list[str], float]:
    heads = [_broken(column, across - 6, _SMALL) for column in columns]
    tallest = max(map(len, heads))
    drawn = [
        _text(text, _EDGE + across * (n + 0.5), y + (tallest - len(lines) + at) * (_LINE - 3) + _SMALL, "s m")
        for n, lines in enumerate(heads)
        for at, text in enumerate(lines)
    ]
    return drawn, y + tallest * (_LINE - 3) + _GAP


def _cells(line: list[int], most: int, across: float, y: float) -> Iterator[str]:
    for n, number in enumerate(line):
        # Nought keeps the palest shade to itself, so that one person is seen.
        shade = -(-(len(_LIGHT) - 1) * number // most)
        x = _EDGE + across * n
        yield f'<rect class="c{shade}" x="{x + 1:.1f}" y="{y:g}" width="{across - 2:.1f}" height="{_CELL}" rx="3"/>'
        yield _text(str(number), round(x + across / 2, 1), y + _CELL / 2 + _SIZE * 0.36, "h m")
