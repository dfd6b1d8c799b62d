"""A scale drawn as a window in the notes: only where something may be told, and said in words too."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tisu_tui.core.figure import Side, Window, Zone
from tisu_tui.notes.figures import figure_svg

SVG = "{http://www.w3.org/2000/svg}"
ZONES = (
    Zone("5", Side.ABOVE, "Firefighting most of the time"),
    Zone("3", Side.IN, "Steady", "able to think ahead <&>"),
    Zone("1", Side.BELOW, "Worn out", "W" * 200),
    Zone("d", Side.BESIDE, "Don't know"),
)
FIGURE = Window(ZONES, ("3",), "the middle answer")


def luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(2 * letter for letter in colour)
    channels = (int(full[n : n + 2], 16) / 255 for n in (0, 2, 4))
    red, green, blue = (
        channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_band_with_the_finding_is_filled_and_said_in_words() -> None:
    drawn = figure_svg("How has our service been lately?", FIGURE, "how")
    assert drawn is not None
    svg = ET.fromstring(drawn)
    filled = [each for each in svg.iter(f"{SVG}rect") if each.attrib["class"].endswith("1")]
    assert [each.attrib["class"] for each in filled] == ["wi1"]
    told = svg.find(f"{SVG}desc")
    assert told is not None
    assert "Steady: the middle answer" in (told.text or "")
    texts = [each.text for each in svg.iter(f"{SVG}text")]
    assert "the middle answer" in texts
    assert {"^", "=", "v"} <= set(texts)
    assert "Don't know" not in texts
    height = float(svg.attrib["height"])
    boxes = [each for each in svg.iter() if "y" in each.attrib]
    assert all(float(box.attrib["y"]) + float(box.attrib.get("height", 0)) <= height for box in boxes)


def test_a_window_that_may_tell_nothing_is_not_drawn() -> None:
    assert figure_svg("How?", replace(FIGURE, first=()), "how") is None


@pytest.mark.parametrize("dark", [False, True])
def test_letters_can_be_read_on_every_band(dark: bool) -> None:
    drawn = figure_svg("How?", FIGURE, "how")
    assert drawn is not None
    light, _at, night = drawn.decode().partition("@media(prefers-color-scheme:dark)")
    fills = dict(re.findall(r"[.]?(text|w[aiobt]1?)\{[^}]*?fill:#([0-9a-f]{3,6})", night if dark else light))
    bands = [name for name in fills if name not in {"text", "wt"}]
    assert len(bands) == 8
    for name in bands:
        letters = fills["wt"] if name.endswith("1") else fills["text"]
        one, other = sorted((luminance(fills[name]), luminance(letters)))
        assert (other + 0.05) / (one + 0.05) >= 4.5, name
