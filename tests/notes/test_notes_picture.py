"""A picture says every number in text, and is well-formed whatever the labels are."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tisu_tui.core.figure import Bar, Bars, Rated, Ruler
from tisu_tui.core.shown import WITHHELD, Counts, Number
from tisu_tui.notes.escaping import plain
from tisu_tui.notes.figures import figure_svg, of_counts

SVG = "{http://www.w3.org/2000/svg}"
LABELS = st.one_of(st.text(min_size=1, max_size=300), st.sampled_from(["<b>&amp;", "]]>", "日本" * 90, "W" * 280, '"']))
NUMBERS = st.integers(0, 300)


def picture(counts: Counts, name: str) -> bytes | None:
    figure = of_counts(counts)
    return figure_svg(counts.title, figure, name) if figure else None


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    columns = draw(st.lists(LABELS, min_size=1, max_size=7))
    rows = draw(st.lists(LABELS, min_size=1, max_size=12))
    numbers = tuple(tuple(draw(NUMBERS) for _column in columns) for _row in rows)
    return Counts(draw(LABELS), tuple(rows), tuple(columns), numbers)


def drawn(counts: Counts) -> ET.Element:
    result = picture(counts, "step")
    assert result is not None
    return ET.fromstring(result)


@settings(deadline=None, max_examples=60)
@given(counts())
def test_every_number_is_text_and_everything_is_inside(counts: Counts) -> None:
    svg = drawn(counts)
    _x, _y, width, height = map(float, svg.attrib["viewBox"].split())
    marks = [each.text for each in svg.iter(f"{SVG}text") if "h" in each.attrib.get("class", "").split()]
    assert [text for text in marks if text and re.fullmatch("[0-9]+", text)][-sum(map(len, counts.numbers)) :] == [
        str(n) for row in counts.numbers for n in row
    ]
    for each in svg.iter():
        if "x" in each.attrib:
            assert 0 <= float(each.attrib["x"]) <= width
            assert 0 <= float(each.attrib["y"]) <= height
            assert float(each.attrib["x"]) + float(each.attrib.get("width", 0)) <= width
    title, told = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert (title.text or "") == plain(counts.title)
    assert told is not None
    assert all(str(n) in (told.text or "") for row in counts.numbers for n in row)


def test_it_fetches_nothing_and_is_drawn_for_light_and_dark() -> None:
    result = picture(Counts("T", ("a", "b"), ("People",), ((1,), (2,))), "step")
    assert result is not None
    text = result.decode()
    assert "prefers-color-scheme:dark" in text
    assert "href" not in text
    assert "url(" not in text
    assert text.count("http") == 1  # the name of the format


def test_the_longest_bar_is_the_largest_number_and_nought_has_none() -> None:
    svg = drawn(Counts("T", ("a", "b", "c"), ("People",), ((2,), (4,), (0,))))
    bars = [float(each.attrib["width"]) for each in svg.iter(f"{SVG}rect") if each.attrib["class"] == "b"]
    assert len(bars) == 2
    assert bars[1] == pytest.approx(2 * bars[0], abs=0.2)


def test_a_heat_table_gives_nought_and_the_most_shades_of_their_own() -> None:
    svg = drawn(Counts("T", ("a",), ("x", "y", "z"), ((0, 1, 40),)))
    assert [each.attrib["class"] for each in svg.iter(f"{SVG}rect")][1:] == ["c0", "c1", "c4"]


@pytest.mark.parametrize("numbers", [((1,), (WITHHELD,)), ((WITHHELD,), (WITHHELD,))])
def test_nothing_is_drawn_where_a_number_is_withheld(numbers: tuple[tuple[Number, ...], ...]) -> None:
    assert picture(Counts("T", ("a", "b"), ("People",), numbers), "step") is None


def test_nothing_is_drawn_of_nothing() -> None:
    assert picture(Counts("T", (), ("People",), ()), "step") is None


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_stand_out_on_every_shade() -> None:
    result = picture(Counts("T", ("a",), ("x", "y"), ((1, 2),)), "step")
    assert result is not None
    paper, dark = result.decode().split("@media", 1)
    for style, letters in ((paper, "#1b1b1b"), (dark, "#eeeeee")):
        shades = re.findall(r"\.c\d\{fill:(#\w{6})\}", style)
        assert len(shades) == 5
        for shade in shades:
            high, low = sorted((_light(shade), _light(letters)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_vote_is_drawn_from_the_figure_of_the_wall_longest_first_and_what_came_first_in_bold() -> None:
    drawn = figure_svg("First?", Bars((Bar("Nights", 4, first=True), Bar("Weekends", 1))), "step")
    assert drawn is not None
    texts = [(each.text, each.attrib.get("class", "")) for each in ET.fromstring(drawn).iter(f"{SVG}text")]
    assert texts == [("First?", "h"), ("Nights", "h"), ("4", "h"), ("Weekends", ""), ("1", "h")]


def test_a_middle_answer_stands_in_an_outline_among_its_numbers_and_in_words() -> None:
    row = Rated("R1", "R1 Leaders", (1, 2), (1, 2), (0, 4, 4))
    drawn = figure_svg("How far?", Ruler(("a", "b", "c"), (row, Rated("R2", "R2", (0,), counts=(9, 0, 0)))), "step")
    assert drawn is not None
    svg = ET.fromstring(drawn)
    classes = [each.attrib["class"] for each in svg.iter(f"{SVG}rect")][1:]
    assert [" k" in each for each in classes] == [False, True, True, True, False, False]
    said = svg.find(f"{SVG}desc")
    assert said is not None
    assert said.text == (
        "R1 Leaders – a: 0; b: 4; c: 4; the middle answer: between b and c, the middle half between b and c. "
        "R2 – a: 9; b: 0; c: 0; the middle answer: a"
    )
    assert "In an outline: the middle answer." in [each.text for each in svg.iter(f"{SVG}text")]
