"""The window: bands from above to below, the one that came first filled, drawn as high as there is room."""

from __future__ import annotations

from tisu_tui.core.figure import Side, Window, Zone
from tisu_tui.core.text import cells
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.figure_cards import EDGE, block, cut
from tisu_tui.screens.layout import Line, Lines, padded, paragraph, side_by_side, stacked, width_of
from tisu_tui.screens.lettering import LARGE, MEDIUM, SMALL, key_letters, letters
from tisu_tui.screens.palette import StyleName

_STYLES: dict[Side, tuple[StyleName, StyleName, StyleName]] = {
    Side.ABOVE: ("above", "above-edge", "above-first"),
    Side.IN: ("in", "in-edge", "in-first"),
    Side.BELOW: ("below", "below-edge", "below-first"),
    Side.BESIDE: ("beside", "beside-edge", "beside-first"),
}
_TALLEST = 15
_FACES = (LARGE, MEDIUM, SMALL)
_LOW = 5
"""Rows of what stands beside the bands, in letters."""


def window(figure: Window, width: int, rows: int, own: str = "") -> Lines:
    """Draw a window; `own` is the zone where one person is, for themselves alone."""
    bands = [zone for zone in figure.zones if zone.side is not Side.BESIDE]
    for low_face in (SMALL, ""):
        low = _beside_bands(figure, width, own, low_face)
        room = rows - len(low)
        # Without a gap two bands of one side would pass for one, so they have one before they are high.
        gap = 1 if room >= (2 if _is_repeated(figure) else 4) * len(bands) - 1 else 0
        room -= 1 if low and gap else 0
        height = max(1, min(_TALLEST, (room - gap * (len(bands) - 1)) // max(1, len(bands))))
        face = next((face for face in _FACES if all(_fits(figure, zone, width, height, face) for zone in bands)), "")
        if face:
            break
    if not face and height > 2 and not any(zone.words for zone in bands):
        height -= 1 - height % 2  # a name without words is one line, which has no middle in an even number of rows
    drawn = [_band(figure, zone, width, height, own, face) for zone in bands]
    return stacked([*drawn, *([low] if low else [])], gap)


def _is_repeated(figure: Window) -> bool:
    sides = [zone.side for zone in figure.zones if zone.side is not Side.BESIDE]
    return len({*sides}) < len(sides)


def rows_needed(figure: Window) -> tuple[int, int]:
    """Give the rows for bands with their words, and for those with gaps, three rows high where their sides differ."""
    bands = sum(zone.side is not Side.BESIDE for zone in figure.zones)
    has_more = bands < len(figure.zones)
    least, most = 2 if any(zone.words for zone in figure.zones) else 1, 3 if _is_repeated(figure) else 4
    return least * bands + has_more, most * bands - 1 + 2 * has_more


def rows_of_letters(figure: Window) -> int:
    """Give the rows from which on the names of bands are in letters."""
    bands = sum(zone.side is not Side.BESIDE for zone in figure.zones)
    return 7 * bands - 1 + (2 if bands < len(figure.zones) else 0)


def _fits(figure: Window, zone: Zone, width: int, height: int, face: str) -> bool:
    """Tell whether a band has room for its name in these letters, as they all should: size says what matters."""
    return bool(_large(figure, zone, width, height, ("text", "text"), face)[0])


def _large(
    figure: Window, zone: Zone, width: int, height: int, styles: tuple[StyleName, StyleName], face: str
) -> tuple[Lines, int]:
    """Draw the name of a band in large letters over its words, and give the row its key begins at.

    Gives nothing where that leaves no row free above them.
    """
    style, strong = styles
    lead = _lead(zone, face, strong)
    room = width - len(EDGE) - width_of(lead[0]) - 1
    name = letters(zone.name, room, height, strong, (face,), lines=1)
    words = " · ".join(filter(None, (zone.words, _said(figure, zone))))
    inside = (*name, *paragraph(words, room, style))
    spare = height - len(inside)
    if not name or spare <= 0:
        return (), 0
    return (*(((),) * (spare % 2)), *inside), spare % 2 + max(0, (len(name) - len(lead)) // 2)


def _beside_bands(figure: Window, width: int, own: str, face: str) -> Lines:
    """Draw what stands beside the bands in one row, or a row for each where that is too narrow or one came first."""
    zones = [zone for zone in figure.zones if zone.side is Side.BESIDE]
    across = (width - 2 * (len(zones) - 1)) // max(1, len(zones))
    if across < 24 or any(zone.id in {*figure.first, *figure.before} for zone in zones):
        return stacked([_band(figure, zone, width, 1, own) for zone in zones])
    if not face or not all(_fits(figure, zone, across, _LOW, face) for zone in zones):
        face = ""
    high = _LOW if face else 1
    return side_by_side([_band(figure, zone, across, high, own, face) for zone in zones], [across] * len(zones))


def _lead(zone: Zone, face: str, style: StyleName) -> Lines:
    """Draw the key of a zone and the shape of its side: in letters where its name is."""
    if drawn := key_letters(f"{zone.key} {zone.side.value}".strip(), 24, style) if face else ():
        wide = max(map(width_of, drawn)) + 3
        return tuple(padded(((" ", style), *line), wide, style) for line in drawn)
    return (((f"{f'{zone.key:>2}  ' if zone.key else ''}{zone.side.value}  ", style),),)


def _band(figure: Window, zone: Zone, width: int, height: int, own: str, face: str = "") -> Lines:
    ground, edge, filled = _STYLES[zone.side]
    style, strong = (filled, filled) if zone.id in figure.first else (ground, edge)
    # In the style of what one person typed, which no cache of lines remembers.
    tag = f" ‹ {_('you chose this')}" if own and zone.id == own else ""
    lead, said = _lead(zone, face, strong), _said(figure, zone)
    wide = width_of(lead[0])
    room = width - len(EDGE) - wide - max(1, cells(tag))
    inside, top = _large(figure, zone, width - cells(tag), height, (style, strong), face) if face else ((), 0)
    inside = inside or _in_plain_letters(zone, said, room, height, (style, strong))
    led = tuple(
        (
            *(lead[n - top] if 0 <= n - top < len(lead) else ((" " * wide, strong),)),
            *padded(inside[n] if n < len(inside) else (), room, style),
        )
        for n in range(max(len(inside), len(lead)))
    )
    if tag:
        led = ((*led[0], (tag, "own")), *led[1:])
    return block(led, width, height, style, strong)


def _said(figure: Window, zone: Zone) -> str:
    said = [figure.said] if zone.id in figure.first else []
    said += [figure.before_said] if zone.id in figure.before else []
    return " · ".join(filter(None, said))


def _in_plain_letters(zone: Zone, said: str, room: int, height: int, styles: tuple[StyleName, StyleName]) -> Lines:
    """Draw a name, its words and what is said of it, on as many lines as have equal rows above and below them."""
    style, strong = styles
    name, told = cut(zone.name, room, 1, strong), cut(said, room, 1, strong)
    one: Line = ((zone.name, strong), ("   ", style), (zone.words, style))
    spare = room - width_of(one) - cells(said)
    ways: list[Lines] = [((*one, (" " * spare, style), (said, strong)),)] if said and spare >= len("   ") else []
    if width_of(one) <= room:
        ways.append((one, *told))
    if zone.words:
        ways.append((*name, *cut(zone.words, room, max(1, height - 1 - len(told)), style), *told))
    ways = [way for way in ways if len(way) <= height]
    if ways:
        return next((way for way in ways if (height - len(way)) % 2 == 0), ways[0])
    left = max(2, room - cells(zone.name) - 3)
    if said and height == 1:
        return ((*name[0], ("   ", style), *cut(said, left, 1, strong)[0]),)
    words = cut(zone.words, left, 1, style) if cells(zone.name) + 12 <= room else ()
    return ((*name[0], ("   ", style), *(words[0] if words else ())), *told)
