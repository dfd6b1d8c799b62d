"""A window as a small SVG picture: bands from above to below, the one with the finding filled and said in words."""

from __future__ import annotations

from tisu_tui.core.figure import Side, Window
from tisu_tui.notes.drawing import EDGE, GAP, LINE, SIZE, WIDTH, page, text_at, wrapped
from tisu_tui.notes.markdown import plain

_PAD = 10
_SIDES = {Side.ABOVE: "wa", Side.IN: "wi", Side.BELOW: "wb", Side.BESIDE: "wo"}
# A tint and a fill for each band after Okabe and Ito; words and shapes say the same.
_LIGHT = (
    ".wa{fill:#f8e6c4}.wi{fill:#d5eee3}.wb{fill:#d6e9f7}.wo{fill:#e9e8e3}"
    ".wa1{fill:#8a5200}.wi1{fill:#00664a}.wb1{fill:#0a2f8f}.wo1{fill:#4d565f}.wt{fill:#fff}"
)
_DARK = (
    ".wa{fill:#3a2d14}.wi{fill:#12352b}.wb{fill:#15304a}.wo{fill:#262d35}"
    ".wa1{fill:#f0b04a}.wi1{fill:#63dcb0}.wb1{fill:#6aa9f2}.wo1{fill:#c3ccd6}.wt{fill:#15191e}"
)


def window_picture(title: str, figure: Window, name: str) -> bytes | None:
    """Draw a window in which something may be told; `None` for one that tells nothing."""
    zones = [each for each in figure.zones if each.side is not Side.BESIDE or each.id in figure.first]
    if not figure.first:
        return None
    marks, y = wrapped(title, EDGE, EDGE, WIDTH - 2 * EDGE, "h")
    y += GAP
    told: list[str] = []
    for zone in zones:
        is_first = zone.id in figure.first
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
    return page(title, ". ".join(told), marks, (WIDTH, y + LINE / 2), name, (_LIGHT, _DARK))
