"""A page as one sheet to print and hang up: A4, in letters as large as will fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from tisu_tui.core.text import wrap
from tisu_tui.notes.markdown import plain
from tisu_tui.notes.pages import Handout, nothing_yet

# A4 at 96 dots an inch, as browsers print it; the edge is what most printers can't reach, and some air.
_WIDTH, _HEIGHT, _EDGE = 794, 1123, 64
_LARGEST, _SMALLEST = 44, 13
# How wide a letter is on average, for wide fonts; letters are measured by no one before they are drawn.
_EM = 0.56
_LEADING = 1.32
_STYLE = (
    "text{font-family:system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1b1b1b}"
    ".h{font-weight:700}.q{fill:#44494d}.r{fill:#fff}.o{fill:none;stroke:#1b1b1b;stroke-width:1.5}"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of words: its size, its style, how far it is set in, the space above, and what stands before it."""

    text: str
    size: float
    style: str = ""
    indent: float = 0.0
    above: float = 0.0
    mark: str = ""


def poster(page: Handout) -> bytes | None:
    """Draw a page as one sheet; `None` where its words would not fit in letters that can be read."""
    for size in range(_LARGEST, _SMALLEST - 1, -1):
        lines = list(_lines(page, size))
        if sum(each.above + each.size * _LEADING for each in lines) <= _HEIGHT - 2 * _EDGE:
            return _drawn(page, lines)
    return None


def _lines(page: Handout, size: int) -> Iterator[_Line]:
    yield from _broken(page.title, size * 1.5, "h")
    small = max(_SMALLEST, size * 0.6)
    yield from _broken(page.about, small, "q", above=small * 0.3)
    for section in page.sections:
        if section.title:
            yield from _broken(section.title, size * 1.2, "h", above=size * 0.9)
        for part in section.parts:
            if part.heading:
                yield from _broken(part.heading, size, "h", above=size * 0.7)
            for line in part.lines:
                mark = "box" if page.boxes else "dot"
                yield from _broken(line, size, indent=size * 1.1, above=size * 0.3, mark=mark)
            if not part.lines:
                yield from _broken(nothing_yet(), size, "q", indent=size * 1.1, above=size * 0.3)
    yield from _broken(page.again, small, "q", above=size)


def _broken(
    text: str, size: float, style: str = "", *, indent: float = 0.0, above: float = 0.0, mark: str = ""
) -> Iterator[_Line]:
    for n, line in enumerate(wrap(plain(text), int((_WIDTH - 2 * _EDGE - indent) / (size * _EM)))):
        yield _Line(line, size, style, indent, 0.0 if n else above, "" if n else mark)


def _drawn(page: Handout, lines: list[_Line]) -> bytes:
    marks: list[str] = []
    y = float(_EDGE)
    for each in lines:
        y += each.above
        base = y + each.size
        if each.mark == "box":
            side = each.size * 0.7
            marks.append(f'<rect class="o" x="{_EDGE}" y="{base - side:.1f}" width="{side:.1f}" height="{side:.1f}"/>')
        elif each.mark:
            x, middle, radius = _EDGE + each.size * 0.35, base - each.size * 0.33, each.size * 0.12
            marks.append(f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="{radius:.1f}"/>')
        kind = f' class="{each.style}"' if each.style else ""
        place = f'x="{_EDGE + each.indent:.1f}" y="{base:.1f}" font-size="{each.size:g}"'
        marks.append(f"<text{kind} {place}>{escape(each.text)}</text>")
        y += each.size * _LEADING
    title, name = escape(plain(page.title)), page.name
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="210mm" height="297mm" '
        f'role="img" aria-labelledby="{name}-title">\n<title id="{name}-title">{title}</title>\n'
        f'<style>{_STYLE}</style>\n<rect class="r" width="{_WIDTH}" height="{_HEIGHT}"/>\n'
        + "\n".join(marks)
        + "\n</svg>\n"
    ).encode()
