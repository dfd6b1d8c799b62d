"""The few styles that anything on a screen is drawn with, in each theme and for each depth of colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple, Self, TypeAlias

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style

from tisu_tui.core.terminal import Facts

StyleName: TypeAlias = Literal[
    "text", "title", "dim", "choice", "chosen", "key", "promise", "quiet", "result", "warning", "own",
    "above", "above-edge", "above-first", "in", "in-edge", "in-first", "below", "below-edge", "below-first",
    "beside", "beside-edge", "beside-first", "card", "card-edge", "filled",
    "mark", "half", "far", "yes", "thin", "held", "wait", "code",
]  # fmt: skip
"""What a piece of text is for; "own" is what this person typed, and is remembered nowhere outside their seat.

The second half belongs to figures: bands with an edge and a fill, cards, marks on a scale, and verdicts; and to the
code that cameras read, which is dark on light in every theme.
"""


class Paint(NamedTuple):
    """Two pixels of a picture, one above the other, each as 0xRRGGBB: what an upper half block is drawn with."""

    upper: int
    lower: int


class ColourTheme(StrEnum):
    """How a screen is coloured; the value is the word that people type for it."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"
    NONE = "mono"


# Hues after Okabe and Ito, which people with any of the common colour blindnesses tell apart: orange for above, green
# for in, blue for below. Every one of them goes with a shape and a word. Nothing is red.
_GROUNDS = {ColourTheme.DARK: "#15191e", ColourTheme.LIGHT: "#fbfaf6", ColourTheme.CONTRAST: "#000000"}
_COLOURS: Mapping[ColourTheme, Mapping[StyleName, str]] = {
    ColourTheme.DARK: {
        "text": "#d8dee6", "title": "bold #f2f5f8", "dim": "#9aa5b1", "choice": "#d8dee6",
        "chosen": "bold #15191e on #9cc9b5", "key": "bold #8fb8de", "promise": "#b5c9a5", "quiet": "#8e9aa7",
        "result": "#a9cfe8", "warning": "#e0b978", "own": "#f2f5f8",
        "above": "#f0e6d6 on #3a2d14",
        "above-edge": "bold #f0b04a on #3a2d14", "above-first": "bold #15191e on #f0b04a",
        "in": "#dcefe7 on #12352b", "in-edge": "bold #63dcb0 on #12352b", "in-first": "bold #15191e on #63dcb0",
        "below": "#dbe9f5 on #15304a", "below-edge": "bold #6aa9f2 on #15304a",
        "below-first": "bold #15191e on #6aa9f2",
        "beside": "#d8dee6 on #262d35", "beside-edge": "bold #c3ccd6 on #262d35",
        "beside-first": "bold #15191e on #c3ccd6",
        "card": "#e6ebf0 on #262d35", "card-edge": "bold #e0b978 on #262d35", "filled": "bold #15191e on #6aa9f2",
        "mark": "bold #6aa9f2", "half": "#6e93ad", "far": "bold #f0b04a",
        "yes": "bold #63dcb0", "thin": "bold #f0b04a", "held": "bold #cf9bf5", "wait": "bold #a9cfe8",
        "code": "#d8dee6",
    },
    ColourTheme.LIGHT: {
        "text": "#262b31", "title": "bold #0e1216", "dim": "#555f69", "choice": "#262b31",
        "chosen": "bold #ffffff on #1d5c49", "key": "bold #0f4c81", "promise": "#41582b", "quiet": "#5a646e",
        "result": "#0d4a70", "warning": "#7d4a00", "own": "#0e1216",
        "above": "#33240a on #f8e6c4",
        "above-edge": "bold #7d4a00 on #f8e6c4", "above-first": "bold #ffffff on #8a5200",
        "in": "#0c2b21 on #d5eee3", "in-edge": "bold #00664a on #d5eee3", "in-first": "bold #ffffff on #00664a",
        "below": "#0c2538 on #d6e9f7", "below-edge": "bold #0a2f8f on #d6e9f7",
        "below-first": "bold #ffffff on #0a2f8f",
        "beside": "#262b31 on #e9e8e3", "beside-edge": "bold #434b53 on #e9e8e3",
        "beside-first": "bold #ffffff on #4d565f",
        "card": "#1b2025 on #e9e8e3", "card-edge": "bold #7d4a00 on #e9e8e3", "filled": "bold #ffffff on #0a2f8f",
        "mark": "bold #0a2f8f", "half": "#3f6685", "far": "bold #8a5200",
        "yes": "bold #00664a", "thin": "bold #8a5200", "held": "bold #7a2fc0", "wait": "bold #0a2f8f",
        "code": "#ffffff on #0e1216",
    },
    ColourTheme.CONTRAST: {
        "text": "#ffffff", "title": "bold #ffffff", "dim": "#e2e2e2", "choice": "#ffffff",
        "chosen": "bold #000000 on #ffd95a", "key": "bold #a8d8ff", "promise": "#e4f5d4", "quiet": "#e2e2e2",
        "result": "#d2ecff", "warning": "#ffd95a", "own": "#ffffff",
        "above": "#ffffff on #2b2000",
        "above-edge": "bold #ffc04d on #2b2000", "above-first": "bold #000000 on #ffc04d",
        "in": "#ffffff on #00291d", "in-edge": "bold #5fe3b5 on #00291d", "in-first": "bold #000000 on #5fe3b5",
        "below": "#ffffff on #00213a", "below-edge": "bold #8accff on #00213a",
        "below-first": "bold #000000 on #8accff",
        "beside": "#ffffff on #1f1f1f", "beside-edge": "bold #ffffff on #1f1f1f",
        "beside-first": "bold #000000 on #ffffff",
        "card": "#ffffff on #1f1f1f", "card-edge": "bold #ffd95a on #1f1f1f", "filled": "bold #000000 on #8accff",
        "mark": "bold #8accff", "half": "#9fbfd8", "far": "bold #ffc04d",
        "yes": "bold #5fe3b5", "thin": "bold #ffc04d", "held": "bold #d9a8ff", "wait": "bold #d2ecff",
        "code": "#ffffff",
    },
}  # fmt: skip
_NO_COLOUR: Mapping[StyleName, str] = {
    "text": "", "title": "bold", "dim": "", "choice": "", "chosen": "bold reverse", "key": "bold", "promise": "",
    "quiet": "", "result": "bold", "warning": "underline", "own": "",
    "above": "", "above-edge": "bold", "above-first": "bold reverse", "in": "", "in-edge": "bold",
    "in-first": "bold reverse", "below": "", "below-edge": "bold", "below-first": "bold reverse", "beside": "",
    "beside-edge": "bold", "beside-first": "bold reverse", "card": "",
    "card-edge": "bold", "filled": "bold reverse", "mark": "bold", "half": "",
    "far": "bold", "yes": "bold", "thin": "bold", "held": "bold", "wait": "bold", "code": "",
}  # fmt: skip
_TINTED = frozenset({"above", "in", "below", "beside", "card"})
_TINTS_OF_256 = {ColourTheme.DARK: "#262626", ColourTheme.LIGHT: "#eeeeee", ColourTheme.CONTRAST: "#1c1c1c"}
_SIXTEEN: Mapping[ColourTheme, Mapping[str, str]] = {
    # The darker eight hues are too dark on black and the brighter ones too bright on white, in most terminals.
    ColourTheme.DARK: {
        "ground": "black", "text": "white", "strong": "bold bright_white", "above": "bright_yellow",
        "in": "bright_green", "below": "bright_cyan", "beside": "bright_white", "fill": "black",
    },
    ColourTheme.LIGHT: {
        "ground": "bright_white", "text": "black", "strong": "bold black", "above": "magenta", "in": "black",
        "below": "blue", "beside": "black", "fill": "bright_white",
    },
}  # fmt: skip


class Depth(Enum):
    """How many colours a terminal shows."""

    NONE = 0
    COLOURS_256 = 1
    TRUECOLOUR = 2
    COLOURS_16 = 3

    @classmethod
    def of(cls, facts: Facts) -> Self:
        if not facts.colour:
            return cls(0)
        if facts.truecolour:
            return cls(2)
        return cls(3 if facts.term in _OF_16_COLOURS or facts.term.endswith("-16color") else 1)


_OF_16_COLOURS = frozenset({"linux", "ansi", "cygwin", "pcansi", "xterm-color", "console"})
"""Terminals that say by their name that they have no more; `xterm` alone has more in every terminal still in use."""


@dataclass(frozen=True, slots=True)
class TextLook:
    """A theme at a depth of colour."""

    depth: Depth = Depth.TRUECOLOUR
    theme: ColourTheme = ColourTheme.DARK

    @classmethod
    def of(cls, facts: Facts, theme: ColourTheme = ColourTheme.DARK) -> Self:
        """Find the look of a terminal; one without colours has but one."""
        return cls(Depth.of(facts), theme)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said by colour."""
        return self.depth is Depth.NONE or self.theme is ColourTheme.NONE


@lru_cache(maxsize=4096)
def _in_256_colours(style: Style) -> Style:
    def nearest(colour: RichColor | None) -> RichColor | None:
        return None if colour is None else colour.downgrade(ColorSystem.EIGHT_BIT)

    return style + Style.from_color(nearest(style.color), nearest(style.bgcolor))


@lru_cache(maxsize=32)
def styles(look: TextLook) -> Mapping[StyleName, Style]:
    """What each style looks like."""
    if look.is_plain:
        return {name: Style.parse(words) for name, words in _NO_COLOUR.items()}
    if look.depth is Depth.COLOURS_16:
        return {name: Style.parse(_in_sixteen(name, words, look.theme)) for name, words in _NO_COLOUR.items()}
    ground = _GROUNDS[look.theme]
    named = {
        name: Style.parse(words if " on " in words else f"{words} on {ground}")
        for name, words in _COLOURS[look.theme].items()
    }
    if look.depth is Depth.TRUECOLOUR:
        return named
    # 256 colours have no dark or pale tints: there a band is known by its edge, as without colour.
    tint = Style.parse(f"on {_TINTS_OF_256[look.theme]}")
    return {
        name: _in_256_colours(style + tint if name.removesuffix("-edge") in _TINTED else style)
        for name, style in named.items()
    }


def _in_sixteen(name: StyleName, plain: str, theme: ColourTheme) -> str:
    if name == "code":
        return "bright_white on black"
    tones = _SIXTEEN[ColourTheme.LIGHT if theme is ColourTheme.LIGHT else ColourTheme.DARK]
    hue = {
        "yes": "in",
        "thin": "above",
        "far": "above",
        "warning": "above",
        "mark": "below",
        "key": "below",
        "filled": "below",
    }
    family, _dash, part = name.partition("-")
    tone = tones.get(hue.get(family, family), tones["text"])
    if part == "first" or name in {"chosen", "filled"}:
        return f"bold {tones['fill']} on {tones['strong'].split()[1] if name == 'chosen' else tone}"
    if part == "edge" or family in hue:
        return f"bold {tone} on {tones['ground']}"
    strong = "bold" in plain or name == "result"
    return f"{tones['strong'] if strong else tones['text']} on {tones['ground']}"


@lru_cache(maxsize=4096)
def painted(paint: Paint, look: TextLook) -> Style:
    """What two pixels look like where there are colours."""
    upper, lower = (RichColor.parse(f"#{pixel:06x}") for pixel in paint)
    style = Style.from_color(upper, lower)
    if look.depth is Depth.COLOURS_16:
        return Style.from_color(upper.downgrade(ColorSystem.STANDARD), lower.downgrade(ColorSystem.STANDARD))
    return style if look.depth is Depth.TRUECOLOUR else _in_256_colours(style)


def shade(paint: Paint) -> str:
    """Give a block as light as two pixels are together, for light letters on a dark ground without colours."""
    light = sum((pixel >> 16) * 299 + (pixel >> 8 & 255) * 587 + (pixel & 255) * 114 for pixel in paint) / 510_000
    return " ░▒▓█"[min(4, int(light * 5))]
