"""The few styles that anything on a screen is drawn with, for each depth of colour a terminal may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Literal, Self, TypeAlias

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._ansi_theme import MONOKAI
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, NoColor

from tisu_tui.core.terminal import Facts

StyleName: TypeAlias = Literal[
    "text", "title", "dim", "choice", "chosen", "key", "promise", "quiet", "result", "warning", "own"
]
"""What a piece of text is for; "own" is what this person typed, and is remembered nowhere outside their seat."""

_BACKGROUND = "#15191e"
_COLOURS: Mapping[StyleName, str] = {
    "text": f"#d8dee6 on {_BACKGROUND}",
    "title": f"bold #f2f5f8 on {_BACKGROUND}",
    "dim": f"#9aa5b1 on {_BACKGROUND}",
    "choice": f"#d8dee6 on {_BACKGROUND}",
    "chosen": "bold #15191e on #9cc9b5",
    "key": f"bold #8fb8de on {_BACKGROUND}",
    "promise": f"#b5c9a5 on {_BACKGROUND}",
    "quiet": f"#8e9aa7 on {_BACKGROUND}",
    "result": f"#a9cfe8 on {_BACKGROUND}",
    "warning": f"#e0b978 on {_BACKGROUND}",
    "own": f"#f2f5f8 on {_BACKGROUND}",
}
_NO_COLOUR: Mapping[StyleName, str] = {
    "text": "",
    "title": "bold",
    "dim": "",
    "choice": "",
    "chosen": "bold reverse",
    "key": "bold",
    "promise": "",
    "quiet": "",
    "result": "bold",
    "warning": "underline",
    "own": "",
}


class Depth(Enum):
    """How many colours a terminal shows."""

    NONE = 0
    COLOURS_256 = 1
    TRUECOLOUR = 2

    @classmethod
    def of(cls, facts: Facts) -> Self:
        if not facts.colour:
            return cls(0)
        return cls(2 if facts.truecolour else 1)


@lru_cache(maxsize=1024)
def _in_256_colours(style: Style) -> Style:
    def nearest(colour: RichColor | None) -> RichColor | None:
        return None if colour is None else colour.downgrade(ColorSystem.EIGHT_BIT)

    return style + Style.from_color(nearest(style.color), nearest(style.bgcolor))


@lru_cache(maxsize=3)
def styles(depth: Depth) -> Mapping[StyleName, Style]:
    """What each style looks like at this depth."""
    if depth is Depth.NONE:
        return {name: Style.parse(words) for name, words in _NO_COLOUR.items()}
    colours = {name: Style.parse(words) for name, words in _COLOURS.items()}
    if depth is Depth.TRUECOLOUR:
        return colours
    return {name: _in_256_colours(style) for name, style in colours.items()}


class _In256Colours(LineFilter):
    """Draws Textual's own widgets for a terminal of 256 colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        return [
            Segment(text, None if style is None else _in_256_colours(style), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=3)
def filters(depth: Depth) -> Sequence[LineFilter]:
    """What the lines of Textual's own widgets pass through at this depth, the same objects for every app."""
    if depth is Depth.NONE:
        return (NoColor(),)
    from_names = ANSIToTruecolor(MONOKAI)
    return (from_names,) if depth is Depth.TRUECOLOUR else (from_names, _In256Colours())
