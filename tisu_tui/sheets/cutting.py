"""A page of papers that are all alike, to be cut: a drawing, which any browser prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tisu_tui.notes.markdown import plain

# A4 at 96 dots an inch, as browsers print it.
_WIDTH, _HEIGHT, _MARGIN, _PAD = 794, 1123, 28, 16
_COLUMNS = 2
_SIZE, _LEADING, _SPACE, _BOX = 14, 18, 8, 13
_EM = 0.56
_STYLE = (
    "text{font:14px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1b1b1b}.h{font-weight:700}"
    ".r{fill:#fff}.o{fill:none;stroke:#1b1b1b;stroke-width:1.5}.c{stroke:#777;stroke-dasharray:5 5}"
)
ROOM = int(((_WIDTH / _COLUMNS) - 2 * _PAD - _MARGIN / 2) / (_SIZE * _EM))
"""How many letters fit on a line."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One line of a paper, already short enough: `style` is empty or `h`, and a `box` before it is for a cross."""

    text: str
    style: str = ""
    box: bool = False


def on_a_sheet(laid: Sequence[Cut]) -> int:
    """Tell how many papers of these lines there are on a page."""
    return _rows(laid) * _COLUMNS


def drawn(name: str, title: str, laid: Sequence[Cut]) -> bytes:
    """Draw a page of them, with lines to cut along."""
    rows = _rows(laid)
    high, wide = (_HEIGHT - 2 * _MARGIN) / rows, _WIDTH / _COLUMNS
    marks = [f'<line class="c" x1="{wide:g}" y1="0" x2="{wide:g}" y2="{_HEIGHT}"/>']
    for row in range(1, rows):
        y = _MARGIN + high * row
        marks.append(f'<line class="c" x1="0" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}"/>')
    for row in range(rows):
        for column in range(_COLUMNS):
            left = wide * column + (_PAD if column else _MARGIN)
            marks += _one(laid, left, _MARGIN + high * row + _PAD)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="210mm" height="297mm" '
        f'role="img" aria-labelledby="{name}-title">\n<title id="{name}-title">{escape(plain(title))}</title>\n'
        f'<style>{_STYLE}</style>\n<rect class="r" width="{_WIDTH}" height="{_HEIGHT}"/>\n'
        + "\n".join(marks)
        + "\n</svg>\n"
    ).encode()


def _rows(laid: Sequence[Cut]) -> int:
    boxes = sum(each.box for each in laid)
    return max(1, int((_HEIGHT - 2 * _MARGIN) // (2 * _PAD + _LEADING * len(laid) + _SPACE * boxes)))


def _one(laid: Sequence[Cut], x: float, y: float) -> Iterator[str]:
    indent = 0.0
    for each in laid:
        if each.box:
            y += _SPACE
            indent = 2.0 * _BOX
            yield f'<rect class="o" x="{x:.1f}" y="{y + 2:.1f}" width="{_BOX}" height="{_BOX}"/>'
        kind = f' class="{each.style}"' if each.style else ""
        yield f'<text{kind} x="{x + indent:.1f}" y="{y + _SIZE:.1f}">{escape(each.text)}</text>'
        y += _LEADING
