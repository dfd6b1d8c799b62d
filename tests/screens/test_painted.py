from __future__ import annotations

import math
from itertools import combinations
from typing import get_args

import pytest
from rich.color import ColorSystem
from rich.style import Style
from wcwidth import wcwidth

from tisu_tui.core.terminal import Facts
from tisu_tui.screens.layout import Line
from tisu_tui.screens.painted import strip
from tisu_tui.screens.palette import ColourTheme, Depth, StyleName, TextLook, styles

NAMES: tuple[StyleName, ...] = get_args(StyleName)
PLAIN = TextLook(Depth.NONE)
THEMES = (ColourTheme.DARK, ColourTheme.LIGHT, ColourTheme.CONTRAST)


def painted(line: Line, width: int, cursor: int | None = None) -> str:
    row = strip(line, width, PLAIN, cursor)
    assert row.cell_length == width
    assert sum(max(0, wcwidth(character)) for character in row.text) == width
    return row.text


@pytest.mark.parametrize(
    ("text", "width", "drawn"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abcd"),
        ("漢字", 4, "漢字"),
        ("漢字", 3, "漢 "),
        ("e\u0301te\u0301", 3, "e\u0301te\u0301"),
        ("[bold]x[/]", 12, "[bold]x[/]  "),
        ("a\x1b[31mb\x07", 7, "a[31mb "),
        ("", 0, ""),
    ],
)
def test_a_line_takes_exactly_the_cells_there_are(text: str, width: int, drawn: str) -> None:
    assert painted(((text, "text"),), width) == drawn


def test_a_combining_mark_stays_with_its_character() -> None:
    row = strip((("e", "text"), ("\u0301x", "title")), 4, TextLook())
    assert [part.text for part in row] == ["e\u0301", "x", "  "]


@pytest.mark.parametrize(("cursor", "under"), [(0, "a"), (1, "漢"), (2, "漢"), (3, " "), (7, " ")])
def test_the_cell_under_the_cursor_is_reversed(cursor: int, under: str) -> None:
    row = strip((("a漢", "own"),), 8, TextLook(), cursor)
    assert [part.text for part in row if part.style is not None and part.style.reverse] == [under]


def test_the_same_line_is_painted_once_for_everybody() -> None:
    line: Line = (("Which of these?", "title"),)
    assert strip(line, 40, TextLook()) is strip(((line[0]),), 40, TextLook())
    assert strip(line, 40, TextLook()) is not strip(line, 40, PLAIN)


@pytest.mark.parametrize("cursor", [None, 3])
def test_what_a_person_typed_is_painted_anew_and_not_remembered(cursor: int | None) -> None:
    line: Line = (("something private", "own" if cursor is None else "text"),)
    assert strip(line, 40, TextLook(), cursor) is not strip(line, 40, TextLook(), cursor)


Channels = tuple[float, float, float]


def channels(style: Style, *, back: bool) -> Channels:
    colour = style.bgcolor if back else style.color
    assert colour is not None
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour.get_truecolor())
    )
    return red, green, blue


def contrast(style: Style) -> float:
    one, other = (
        0.2126 * red + 0.7152 * green + 0.0722 * blue
        for red, green, blue in (channels(style, back=False), channels(style, back=True))
    )
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", [Depth.TRUECOLOUR, Depth.COLOURS_256, Depth.COLOURS_16])
def test_every_style_can_be_read(theme: ColourTheme, depth: Depth) -> None:
    least = 7 if theme is ColourTheme.CONTRAST else 4.5
    found = {name: round(contrast(styles(TextLook(depth, theme))[name]), 2) for name in NAMES}
    assert {name: ratio for name, ratio in found.items() if ratio < least} == {}


# Severe forms after Machado, Oliveira and Fernandes (2009), in linear light.
BLINDNESSES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(light: Channels) -> Channels:
    red, green, blue = (min(1.0, max(0.0, part)) for part in light)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    f, g, h = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)


def seen(light: Channels, blindness: str) -> Channels:
    first, second, third = BLINDNESSES[blindness]

    def through(row: Channels) -> float:
        return sum(part * weight for part, weight in zip(light, row, strict=True))

    return lab((through(first), through(second), through(third)))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", [Depth.TRUECOLOUR, Depth.COLOURS_256])
@pytest.mark.parametrize("blindness", BLINDNESSES)
@pytest.mark.parametrize("part", ["first", "edge"])
def test_bands_differ_for_people_with_each_colour_blindness(
    theme: ColourTheme, depth: Depth, blindness: str, part: str
) -> None:
    look = styles(TextLook(depth, theme))
    names: tuple[StyleName, ...] = (
        ("above-first", "in-first", "below-first") if part == "first" else ("above-edge", "in-edge", "below-edge")
    )
    tones = [seen(channels(look[name], back=part == "first"), blindness) for name in names]
    apart = [math.dist(one, other) for one, other in combinations(tones, 2)]
    assert min(apart) > 10  # 2.3 is what people just notice


@pytest.mark.parametrize("band", ["above", "in", "below", "beside"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("blindness", BLINDNESSES)
def test_the_band_that_came_first_stands_out_by_its_light_alone(band: str, theme: ColourTheme, blindness: str) -> None:
    look = styles(TextLook(Depth.TRUECOLOUR, theme))
    plain, filled = (look[name] for name in NAMES if name in {band, f"{band}-first"})
    one, other = (seen(channels(each, back=True), blindness)[0] for each in (plain, filled))
    assert abs(one - other) > 30


TOLD_APART: tuple[tuple[StyleName, ...], ...] = (
    ("yes", "thin", "held", "wait"),
    ("mark", "half", "far"),
    ("title", "warning", "mark"),
)
"""Letters and marks of which colour says something, beside their word or shape."""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", [Depth.TRUECOLOUR, Depth.COLOURS_256])
@pytest.mark.parametrize("blindness", BLINDNESSES)
@pytest.mark.parametrize("names", TOLD_APART)
def test_marks_differ_for_people_with_each_colour_blindness(
    theme: ColourTheme, depth: Depth, blindness: str, names: tuple[StyleName, ...]
) -> None:
    look = styles(TextLook(depth, theme))
    tones = {name: seen(channels(look[name], back=False), blindness) for name in names}
    apart = {(one, other): round(math.dist(tones[one], tones[other]), 1) for one, other in combinations(names, 2)}
    assert {pair: far for pair, far in apart.items() if far < 10} == {}


@pytest.mark.parametrize("cut", [2, 9, 40])
def test_a_line_is_painted_alike_in_runs_and_by_letters(cut: int) -> None:
    line: Line = (
        ("▌ ", "card-edge"),
        ("e", "text"),
        ("\u0301 mid 漢字 ", "text"),
        ("■━▶ ·…", "mark"),
        ("ab\x1bc", "text"),
    )
    runs = strip(line, cut, TextLook())
    # A cursor beyond the line reverses nothing, and has it painted letter by letter.
    letters = strip(line, cut, TextLook(), 999)
    assert [(run.text, run.style) for run in runs] == [(letter.text, letter.style) for letter in letters]


@pytest.mark.parametrize("name", NAMES)
def test_styles_use_no_more_colours_than_the_terminal_has(name: StyleName) -> None:
    none, some, few = (styles(TextLook(depth))[name] for depth in (Depth.NONE, Depth.COLOURS_256, Depth.COLOURS_16))
    assert none.color is None
    assert none.bgcolor is None
    assert styles(TextLook(theme=ColourTheme.NONE))[name] == none
    assert some.color is not None
    assert some.color.system is ColorSystem.EIGHT_BIT
    assert few.color is not None
    assert few.bgcolor is not None
    assert {few.color.system, few.bgcolor.system} == {ColorSystem.STANDARD}


def test_what_is_chosen_stands_out_without_colour() -> None:
    assert styles(PLAIN)["chosen"] != styles(PLAIN)["choice"]


@pytest.mark.parametrize(
    ("term", "colour", "truecolour", "depth"),
    [
        ("xterm", True, True, Depth.TRUECOLOUR),
        ("xterm", True, False, Depth.COLOURS_256),
        ("linux", True, False, Depth.COLOURS_16),
        ("rxvt-16color", True, False, Depth.COLOURS_16),
        ("linux", False, True, Depth.NONE),
    ],
)
def test_the_depth_comes_from_the_terminal_s_facts(term: str, *, colour: bool, truecolour: bool, depth: Depth) -> None:
    assert Depth.of(Facts(term, 80, 24, pty=True, colour=colour, truecolour=truecolour)) is depth
