from __future__ import annotations

from typing import get_args

import pytest
from rich.color import ColorSystem
from rich.style import Style

from tisu_tui.core.terminal import Facts
from tisu_tui.screens.painted import Line, cells, strip
from tisu_tui.screens.palette import Depth, StyleName, styles

NAMES: tuple[StyleName, ...] = get_args(StyleName)


def painted(line: Line, width: int, cursor: int | None = None) -> str:
    row = strip(line, width, Depth.NONE, cursor)
    assert row.cell_length == width
    assert cells(row.text) == width
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
    row = strip((("e", "text"), ("\u0301x", "title")), 4, Depth.TRUECOLOUR)
    assert [part.text for part in row] == ["e\u0301", "x", "  "]


@pytest.mark.parametrize(("cursor", "under"), [(0, "a"), (1, "漢"), (2, "漢"), (3, " "), (7, " ")])
def test_the_cell_under_the_cursor_is_reversed(cursor: int, under: str) -> None:
    row = strip((("a漢", "own"),), 8, Depth.TRUECOLOUR, cursor)
    assert [part.text for part in row if part.style is not None and part.style.reverse] == [under]


def test_the_same_line_is_painted_once_for_everybody() -> None:
    line: Line = (("Which of these?", "title"),)
    assert strip(line, 40, Depth.TRUECOLOUR) is strip(((line[0]),), 40, Depth.TRUECOLOUR)
    assert strip(line, 40, Depth.TRUECOLOUR) is not strip(line, 40, Depth.NONE)


@pytest.mark.parametrize("cursor", [None, 3])
def test_what_a_person_typed_is_painted_anew_and_not_remembered(cursor: int | None) -> None:
    line: Line = (("something private", "own" if cursor is None else "text"),)
    assert strip(line, 40, Depth.TRUECOLOUR, cursor) is not strip(line, 40, Depth.TRUECOLOUR, cursor)


def luminance(style: Style, *, back: bool, depth: Depth) -> float:
    colour = style.bgcolor if back else style.color
    assert colour is not None
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour.get_truecolor())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("depth", [Depth.TRUECOLOUR, Depth.COLOURS_256])
def test_every_style_can_be_read(name: StyleName, depth: Depth) -> None:
    style = styles(depth)[name]
    light, dark = sorted(
        (luminance(style, back=True, depth=depth), luminance(style, back=False, depth=depth)), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_styles_use_no_more_colours_than_the_terminal_has(name: StyleName) -> None:
    none, some = styles(Depth.NONE)[name], styles(Depth.COLOURS_256)[name]
    assert none.color is None
    assert none.bgcolor is None
    assert some.color is not None
    assert some.color.system is ColorSystem.EIGHT_BIT


def test_what_is_chosen_stands_out_without_colour() -> None:
    assert styles(Depth.NONE)["chosen"] != styles(Depth.NONE)["choice"]


@pytest.mark.parametrize(
    ("colour", "truecolour", "depth"),
    [(True, True, Depth.TRUECOLOUR), (True, False, Depth.COLOURS_256), (False, True, Depth.NONE)],
)
def test_the_depth_comes_from_the_terminal_s_facts(*, colour: bool, truecolour: bool, depth: Depth) -> None:
    assert Depth.of(Facts("xterm", 80, 24, pty=True, colour=colour, truecolour=truecolour)) is depth
