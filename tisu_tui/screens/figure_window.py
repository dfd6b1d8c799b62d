"""The window: bands from above to below, the one that came first filled, drawn as high as there is room."""

from __future__ import annotations

from itertools import pairwise

from tisu_tui.core.figure import Side, Window, Zone
from tisu_tui.core.text import cells
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.bands import EDGE, block, cut, stacked
from tisu_tui.screens.layout import Line, Lines, padded, paragraph, side_by_side
from tisu_tui.screens.lettering import LARGE, MEDIUM, SMALL, letters
from tisu_tui.screens.palette import StyleName

_STYLES: dict[Side, tuple[StyleName, StyleName, StyleName]] = {
    Side.ABOVE: ("above", "above-edge", "above-first"),
    Side.IN: ("in", "in-edge", "in-first"),
    Side.BELOW: ("below", "below-edge", "below-first"),
    Side.BESIDE: ("beside", "beside-edge", "beside-first"),
}
_TALLEST = 15
_WITH_GAPS = 4
"""Rows of a band and the gap after it from which on there is one between all."""
_FACES = (LARGE, MEDIUM, SMALL)
_LEAD = 8
"""The most cells before a name: a key and the shape of a side."""


def window(figure: Window, width: int, rows: int, own: str = "") -> Lines:
    """Draw a window; `own` is the zone where one person is, for themselves alone."""
    bands = [zone for zone in figure.zones if zone.side is not Side.BESIDE]
    beside = [zone for zone in figure.zones if zone.side is Side.BESIDE]
    low = _beside_bands(figure, beside, width, own)
    rows -= len(low)
    gap = 1 if rows >= _WITH_GAPS * len(bands) - 1 else 0
    if low and gap:
        rows -= 1
    # Without a gap everywhere, two bands of one side would still pass for one.
    gaps = [gap or int(one.side is next_.side and rows > 2 * len(bands)) for one, next_ in pairwise(bands)]
    height = max(1, min(_TALLEST, (rows - sum(gaps)) // max(1, len(bands))))
    face = next((face for face in _FACES if all(_fits(figure, zone, width, height, face) for zone in bands)), "")
    lines: list[Line] = []
    for zone, above in zip(bands, (0, *gaps), strict=True):
        lines += (*(((),) * above), *_band(figure, zone, width, height, own, face))
    return stacked([tuple(lines), *([low] if low else [])], gap)


def _fits(figure: Window, zone: Zone, width: int, height: int, face: str) -> bool:
    """Tell whether a band has room for its name in these letters, as they all should: size says what matters."""
    return bool(_large(figure, zone, width - len(EDGE) - _LEAD, height, ("text", "text"), face))


def _large(figure: Window, zone: Zone, room: int, height: int, styles: tuple[StyleName, StyleName], face: str) -> Lines:
    """Draw the name of a band in large letters over its words; nothing where that leaves no row free above them."""
    style, strong = styles
    name = letters(zone.name, room, height, strong, (face,), lines=1)
    words = " · ".join(filter(None, (zone.words, _said(figure, zone))))
    inside = (*name, *paragraph(words, room, style))
    spare = height - len(inside)
    return (*(((),) * (spare % 2)), *inside) if name and spare > 0 else ()


def _beside_bands(figure: Window, zones: list[Zone], width: int, own: str) -> Lines:
    """Draw what stands beside the bands in one row, or a row for each where that is too narrow or one came first."""
    across = (width - 2 * (len(zones) - 1)) // max(1, len(zones))
    if across < 24 or any(zone.id in {*figure.first, *figure.before} for zone in zones):
        return stacked([_band(figure, zone, width, 1, own) for zone in zones], 0)
    return side_by_side([_band(figure, zone, across, 1, own) for zone in zones], [across] * len(zones))


def _band(figure: Window, zone: Zone, width: int, height: int, own: str, face: str = "") -> Lines:
    ground, edge, filled = _STYLES[zone.side]
    is_first = zone.id in figure.first
    style, strong = (filled, filled) if is_first else (ground, edge)
    lead = f"{f'{zone.key:>2}  ' if zone.key else ''}{zone.side.value}  "
    # In the style of what one person typed, which no cache of lines remembers.
    tag = f" ‹ {_('you chose this')}" if own and zone.id == own else ""
    room = width - len(EDGE) - len(lead) - max(1, cells(tag))
    said = _said(figure, zone)
    inside = _large(figure, zone, room, height, (style, strong), face) if face else ()
    if not inside:
        inside = _words(zone, room, height - (1 if said and height > 1 else 0), (style, strong))
        if said and len(inside) < height:
            inside = (*inside, *cut(said, room, 1, strong))
        elif said:
            inside = (_at_the_end(inside[0], said, room, style, strong), *inside[1:])
    middle = len(inside) // 2 if height > 4 and len(inside) > 4 else 0
    led = tuple(
        ((lead if n == middle else " " * len(lead), strong), *padded(line, room, style))
        for n, line in enumerate(inside)
    )
    if tag:
        led = ((*led[0], (tag, "own")), *led[1:])
    return block(led, width, height, style, strong)


def _said(figure: Window, zone: Zone) -> str:
    said = [figure.said] if zone.id in figure.first else []
    said += [figure.before_said] if zone.id in figure.before else []
    return " · ".join(filter(None, said))


def _words(zone: Zone, room: int, height: int, styles: tuple[StyleName, StyleName]) -> Lines:
    style, strong = styles
    one = cells(zone.name) + 3 + cells(zone.words)
    if one <= room or height < 2:
        words = cut(zone.words, room - cells(zone.name) - 3, 1, style) if one > room else ((((zone.words, style),)),)
        if cells(zone.name) + 12 > room:
            return cut(zone.name, room, 1, strong)
        return (((zone.name, strong), ("   ", style), *(words[0] if words else ())),)
    return (*cut(zone.name, room, 1, strong), *cut(zone.words, room, height - 1, style))


def _at_the_end(line: Line, said: str, room: int, style: StyleName, strong: StyleName) -> Line:
    used = sum(cells(text) for text, _style in line)
    if used + 3 + cells(said) <= room:
        return (*line, (" " * (room - used - cells(said)), style), (said, strong))
    name = line[:1]
    used = sum(cells(text) for text, _style in name)
    return (*name, ("   ", style), *cut(said, max(2, room - used - 3), 1, strong)[0])
