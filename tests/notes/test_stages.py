"""The picture of middle answers says everything in words as well, and stays inside its page whatever the labels are."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from tisu_tui.core.figure import Rated, Ruler
from tisu_tui.core.later import Row
from tisu_tui.memory.trend import TrendLine
from tisu_tui.notes.figures import figure_svg
from tisu_tui.notes.stages import stages

SVG = "{http://www.w3.org/2000/svg}"
SCALE = ("1 Not started", "2 Early steps. It is planned", "3 Partly in place", "4 In place")
LABELS = st.one_of(st.text(min_size=1, max_size=200), st.sampled_from(["<b>&amp;", "]]>", "日本" * 60, "W" * 180, '"']))


def row(*middle: str, quartiles: tuple[str, ...] = (), aloud: bool = False) -> Row:
    return Row("rows", "R1", "Leaders show it.", SCALE, middle, quartiles, aloud=aloud)


def drawn(*cells: Row | None, heads: tuple[str, ...] = ()) -> ET.Element:
    heads = heads or tuple(f"2026-0{n}-01" for n in range(1, len(cells) + 1))
    found = stages("Where we are", heads, [TrendLine("x", "Leaders show it.", SCALE, cells)], "rows")
    assert found is not None
    return ET.fromstring(found)


def texts(svg: ET.Element, style: str = "") -> list[str]:
    return [each.text or "" for each in svg.iter(f"{SVG}text") if style in each.attrib.get("class", "")]


def boxes(svg: ET.Element, style: str) -> list[tuple[float, float]]:
    """The tops and bottoms of all boxes of a style."""
    found = [each for each in svg.iter(f"{SVG}rect") if each.attrib["class"] == style]
    return [(float(each.attrib["y"]), float(each.attrib["y"]) + float(each.attrib["height"])) for each in found]


def test_each_mark_has_its_number_and_the_words_say_the_same() -> None:
    svg = drawn(row(SCALE[1], quartiles=(SCALE[0], SCALE[2])), row(SCALE[1], SCALE[2]), row(SCALE[3], aloud=True), None)
    assert texts(svg, "h m") == ["2", "2–3", "4"]
    told = svg.find(f"{SVG}desc")
    assert told is not None
    assert told.text == (
        "Leaders show it. – 2026-01-01: 2 Early steps, the middle half between 1 Not started and 3 Partly in place; "
        "2026-02-01: between 2 Early steps and 3 Partly in place; 2026-03-01: 4 In place (agreed aloud); "
        "2026-04-01: not shown, or not asked"
    )


def test_the_middle_lies_in_the_middle_half_and_higher_stages_are_higher() -> None:
    svg = drawn(row(SCALE[1], quartiles=(SCALE[0], SCALE[2])), row(SCALE[3]))
    (low, high) = boxes(svg, "b")
    ((top, bottom),) = boxes(svg, "q")
    assert top < low[0] < low[1] < bottom
    assert high[1] < low[0]


def test_what_is_not_shown_leaves_a_dash_and_no_mark() -> None:
    svg = drawn(row(SCALE[1]), None)
    assert "–" in texts(svg)
    assert len(boxes(svg, "b") + boxes(svg, "o")) == 1
    assert stages("Where we are", ("a",), [TrendLine("x", "x", SCALE, (None,))], "rows") is None


def test_no_line_joins_two_sessions_and_nothing_is_fetched() -> None:
    svg = drawn(row(SCALE[1]), row(SCALE[2]))
    lines = [each.attrib["d"] for each in svg.iter(f"{SVG}path")]
    assert len(lines) == len(SCALE)
    assert all("H" in line and "L" not in line for line in lines)
    text = ET.tostring(svg).decode()
    assert "prefers-color-scheme:dark" in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


@settings(deadline=None, max_examples=40)
@given(st.lists(LABELS, min_size=2, max_size=7, unique=True), LABELS, LABELS, st.integers(1, 8), st.data())
def test_it_is_well_formed_and_inside_its_page(
    scale: list[str], title: str, label: str, sessions: int, data: st.DataObject
) -> None:
    points = st.integers(0, len(scale) - 1)
    cells: list[Row | None] = []
    for _session in range(sessions):
        low, high, first, last = sorted(data.draw(st.tuples(points, points, points, points)))
        middle, quartiles = (scale[high], scale[first]), (scale[low], scale[last])
        cells.append(data.draw(st.sampled_from([None, Row("s", "x", label, tuple(scale), middle, quartiles)])))
    found = stages(title, ["2026-11-18"] * sessions, [TrendLine("x", label, tuple(scale), tuple(cells))], "x")
    if found is None:
        assert not any(cells)
        return
    is_inside(ET.fromstring(found))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(LABELS, min_size=2, max_size=7, unique=True), LABELS, st.lists(LABELS, min_size=1, max_size=9), st.data()
)
def test_the_scale_of_one_session_is_well_formed_and_inside_its_page(
    scale: list[str], title: str, labels: list[str], data: st.DataObject
) -> None:
    points = st.integers(0, len(scale) - 1)
    rows = []
    for n, label in enumerate(labels):
        low, first, last, high = sorted(data.draw(st.tuples(points, points, points, points)))
        rows.append(Rated(f"R{n}", label, (first, last), (low, high)))
    found = figure_svg(title, Ruler(tuple(scale), tuple(rows), tuple(map(str, range(len(scale))))), "x")
    assert found is not None
    svg = ET.fromstring(found)
    is_inside(svg)
    assert len(boxes(svg, "b")) == len(boxes(svg, "q")) == len(rows)


def test_the_scale_of_one_session_says_each_middle_and_draws_none_where_none_is_said() -> None:
    rows = (
        Rated("R1", "One", (1,)),
        Rated("R2", "Two", note="few could say"),
        Rated("R3", "Three", (1, 2), aloud=True),
    )
    keys = ("1", "2", "3", "4")
    found = figure_svg("Where we are", Ruler(SCALE, rows, keys), "rows")
    assert found is not None
    svg = ET.fromstring(found)
    assert texts(svg, "h m") == ["2", "2–3"]
    assert [each.attrib["class"] for each in svg.iter(f"{SVG}rect") if each.attrib["class"] in "bo"] == ["b", "o"]
    assert figure_svg("Where we are", Ruler(SCALE, rows[1:2], keys), "rows") is None


def is_inside(svg: ET.Element) -> None:
    _x, _y, width, height = map(float, svg.attrib["viewBox"].split())
    for each in svg.iter():
        if "x" in each.attrib:
            left, top = float(each.attrib["x"]), float(each.attrib["y"])
            assert 0 <= left <= left + float(each.attrib.get("width", 0)) <= width
            assert 0 <= top <= top + float(each.attrib.get("height", 0)) <= height
