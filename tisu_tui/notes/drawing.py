"""What our small SVG pictures are made of: a page with its title, its words and its colours, for light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from tisu_tui.core.text import fit, wrap
from tisu_tui.notes.escaping import plain

# As wide as a phone shows without shrinking letters much; a row's label stands above its marks, not beside them.
WIDTH = 480
EDGE = 16
SIZE = 16
SMALL = 14
LINE = 21
GAP = 14
# The narrowest column of a table, and how many rows may stand below its heads: further down a phone shows them not.
NARROWEST = 80
ROWS_BELOW_HEADS = 6
# How wide a terminal's cell of text is here, for wide fonts; letters are measured by no one before they are drawn.
_EM = 0.6
_MORE_FOR_CAPITALS = 0.2
_MOST_LINES = 4

# Shades are far enough from the letters on them for a contrast of 4.5 to 1, on paper and in the dark.
LIGHT = ("#f2f6fa", "#dbe9f4", "#bcd8ec", "#9cc6e4", "#7fb4da")
DARK = ("#1b2126", "#1d2f3d", "#1f3f56", "#205070", "#21608a")
_STYLE = (
    "text{{font:{size}px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1b1b1b}}"
    ".s{{font-size:{small}px}}.h{{font-weight:600}}.m{{text-anchor:middle}}"
    ".g{{fill:#fff}}.b{{fill:#0072b2}}.t{{fill:#e3e6e9}}{more_light}{light}"
    "@media(prefers-color-scheme:dark){{text{{fill:#eee}}.g{{fill:#15181b}}.b{{fill:#56b4e9}}.t{{fill:#2b3136}}"
    "{more_dark}{dark}}}"
)


Style = tuple[str, str]
"""Styles for light and for dark."""

Extent = tuple[float, float]
"""A width and a height."""

Drawn = tuple[str, list[str], Extent]
"""What a picture says in words, its marks, and its size."""


def page(title: str, told: str, marks: Iterable[str], size: Extent, name: str, more: Style = ("", "")) -> bytes:
    """Put marks on a page; `told` says the same in words, and `more` are styles beside those of all pictures.

    `name` makes ids that differ between pictures on one page.
    """
    width, height = size
    style = _STYLE.format(
        size=SIZE, small=SMALL, light=_shades(LIGHT), dark=_shades(DARK), more_light=more[0], more_dark=more[1]
    )
    body = "\n".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(plain(title))}</title>\n'
        f'<desc id="{name}-desc">{escape(told)}</desc>\n'
        f"<style>{style}</style>\n"
        f'<rect class="g" width="{width:g}" height="{height:g}"/>\n{body}\n</svg>\n'
    ).encode()


A4 = 794, 1123
"""A sheet of paper at 96 dots an inch, as browsers print it."""


def sheet(title: str, marks: Iterable[str], name: str, style: str) -> bytes:
    """Put marks on a sheet of paper, to be printed as it is."""
    width, height = A4
    body = "\n".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="210mm" height="297mm" '
        f'role="img" aria-labelledby="{name}-title">\n<title id="{name}-title">{escape(plain(title))}</title>\n'
        f'<style>{style}</style>\n<rect class="r" width="{width}" height="{height}"/>\n{body}\n</svg>\n'
    ).encode()


def _shades(colours: tuple[str, ...]) -> str:
    return "".join(f".c{n}{{fill:{colour}}}" for n, colour in enumerate(colours))


def broken(text: str, width: float, size: int) -> list[str]:
    """Break a label into a few lines; all of it stands in the table that the picture goes with."""
    text = plain(text)
    capitals = sum(map(str.isupper, text)) / max(1, len(text))
    room = int(width / (size * (_EM + _MORE_FOR_CAPITALS * capitals)))
    found = wrap(text, room)
    if len(found) <= _MOST_LINES:
        return found
    return [*found[: _MOST_LINES - 1], fit(" ".join(found[_MOST_LINES - 1 :]), room)]


def wrapped(text: str, x: float, y: float, width: float, style: str = "") -> tuple[list[str], float]:
    """Draw a label on as many lines as it takes; gives where the next thing may begin."""
    found = broken(text, width, SIZE)
    drawn = [text_at(line, x, y + LINE * n + SIZE, style) for n, line in enumerate(found)]
    return drawn, y + LINE * len(found)


def text_at(text: str, x: float, y: float, style: str = "") -> str:
    """Draw words on one line."""
    kind = f' class="{style}"' if style else ""
    return f'<text{kind} x="{x:g}" y="{y:g}">{escape(text)}</text>'


def heads(columns: Sequence[str], across: float, y: float) -> tuple[list[str], float]:
    """Draw the heads of columns, each as wide as `across`; gives where the next thing may begin."""
    found = [broken(column, across - 6, SMALL) for column in columns]
    tallest = max(map(len, found))
    drawn = [
        text_at(text, EDGE + across * (n + 0.5), y + (tallest - len(texts) + at) * (LINE - 3) + SMALL, "s m")
        for n, texts in enumerate(found)
        for at, text in enumerate(texts)
    ]
    return drawn, y + tallest * (LINE - 3) + GAP
