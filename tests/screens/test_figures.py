"""Figures as lines: every one fits the wall it is drawn on, and says by shape and word what it says by colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest

from tisu_tui.core.figure import (
    Bar,
    Bars,
    BoardRow,
    Figure,
    FigureItem,
    Items,
    Rated,
    RecordBoard,
    Ruler,
    Side,
    Tone,
    VerdictFigure,
    Window,
    Zone,
)
from tisu_tui.screens.figure_cards import large_cards
from tisu_tui.screens.figures import drawn, rows_needed, rows_of_letters
from tisu_tui.screens.large_sentences import enlarged
from tisu_tui.screens.layout import Lines, paragraph, spaced, width_of
from tisu_tui.screens.lettering import FACES, LARGE, SMALL, large, letters

ZONES = (
    Zone("up", Side.ABOVE, "Above the window", "Wound up, on edge or racing", "3"),
    Zone("in", Side.IN, "In the window", "Settled enough to think and listen", "2"),
    Zone("down", Side.BELOW, "Below the window", "Flat, foggy or far away", "1"),
    Zone("mixed", Side.BESIDE, "Mixed", "", "m"),
    Zone("unsure", Side.BESIDE, "Not sure", "", "u"),
)
POINTS = ("Not started", "Early steps", "Partly in place", "In place", "Kept up and checked")
LONG = "Our main policies, such as staff wellbeing and recruitment, were looked at to see if they feel safe and fair."
ROWS = tuple(
    Rated(f"R{n}", f"R{n} {LONG}", (n % 5,), note="far apart" if n == 3 else "", far=n == 3) for n in range(11)
)
FIGURES: dict[str, Figure] = {
    "window": Window(ZONES),
    "window, in": Window(ZONES, ("in",), "more of us here than anywhere else", ("up",), "came first at the start"),
    "window, mixed": Window(ZONES, ("mixed",), "more of us here than anywhere else"),
    "scale": Ruler(POINTS, (Rated("", ""),), ("1", "2", "3", "4", "5")),
    "scale, middle": Ruler(
        POINTS, (Rated("", "", (3,), (2, 4), note="far apart", far=True),), ("1", "2", "3", "4", "5")
    ),
    "scale, numbers": Ruler(POINTS, (Rated("", "", (3,), (2, 4), (0, 0, 31, 5, 2)),), ("1", "2", "3", "4", "5")),
    "long scale": Ruler(tuple(map(str, range(11))), (Rated("", "", (3,)),), tuple(map(str, range(11)))),
    "statements": Ruler(POINTS, ROWS, (), ("R3",), "■ the middle answer"),
    "bars": Bars(tuple(Bar(f"{n} {LONG}", 20 - n, n == 0) for n in range(9))),
    "items": Items(tuple(FigureItem(f"{n} {LONG}", str(n), "chosen most" if n == 2 else "", n == 2) for n in range(7))),
    "board": RecordBoard(
        (
            BoardRow("Call the meeting", "@team-manager", "due 4 January 2027"),
            BoardRow(LONG, "@Ann, @Sam", note=LONG),
            BoardRow(LONG),
        )
    ),
    "concerns": VerdictFigure("The rota is ours", Tone.THIN, ("Nights are thin", LONG)),
}
SIZES = tuple(product((40, 60, 76, 96, 116, 190), (1, 4, 8, 14, 22, 40)))


def text(lines: Lines) -> str:
    return "\n".join("".join(part for part, _style in line) for line in lines)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_never_wider_than_the_wall(name: str) -> None:
    for width, rows in SIZES:
        assert max(map(width_of, drawn(FIGURES[name], width, rows))) <= width, (width, rows)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_fits_the_rows_that_are_enough_for_it_and_grows_with_more(name: str) -> None:
    figure = FIGURES[name]
    for width in (76, 96, 116, 190):
        enough = rows_needed(figure, width).enough
        heights = [len(drawn(figure, width, rows)) for rows in range(enough, 70)]
        assert all(high <= rows for high, rows in zip(heights, range(enough, 70), strict=True)), width
        if name not in {"concerns", "long scale"}:
            assert heights[-1] > enough


def test_the_band_that_came_first_is_marked_by_a_word_and_by_its_ground() -> None:
    lines = drawn(FIGURES["window, in"], 96, 16)
    said = next(line for line in lines if "more of us here" in text((line,)))
    assert {style for _text, style in said} == {"in-first"}
    assert "=  In the window" in text(lines)
    assert "came first at the start" in text(lines)
    assert text(drawn(FIGURES["window"], 96, 16)).count("more of us") == 0


def test_everything_that_can_be_chosen_is_on_the_window_with_its_key() -> None:
    for width, rows in SIZES:
        if 4 <= rows <= 10:  # in higher bands the names are large letters
            shown = text(drawn(FIGURES["window"], width, rows))
            assert all(zone.name in shown for zone in ZONES if width >= 60), (width, rows)


def test_all_statements_stand_on_one_axis_with_their_middles() -> None:
    lines = drawn(FIGURES["statements"], 96, 16)
    shown = text(lines)
    assert [f"R{n} Our main" in shown for n in range(11)] == [True] * 11
    starts = {line.index("■") for line in shown.splitlines() if "■■" in line}
    assert len(starts) == 5
    far = next(line for line in shown.splitlines() if line.startswith("R3 "))
    assert far.rstrip().endswith("▶")
    assert "◀" in far


def test_a_phone_has_numbers_over_an_axis_where_it_would_break_the_words() -> None:
    ruler = FIGURES["statements"]
    assert isinstance(ruler, Ruler)
    keyed = replace(ruler, keys=("1", "2", "3", "4", "5"))
    shown = text(drawn(keyed, 43, 20))
    assert shown.splitlines()[0].split() == list("12345")
    assert " ".join(shown.split()).endswith(
        "1 Not started · 2 Early steps · 3 Partly in place · 4 In place · 5 Kept up and checked"
    )
    assert shown.count("■■■") == 11
    assert "started" in text(drawn(keyed, 76, 20)).split("R0")[0]


def test_the_words_of_a_scale_are_whole_over_its_axis_where_there_are_rows_for_them() -> None:
    points = ("They hear of it afterwards", "They are asked, and others decide", "They decide together with others")
    told = Ruler(
        points, tuple(Rated(f"D{n}", f"D{n} {LONG}", (n % 3,)) for n in range(9)), legend="■ the middle answer"
    )
    needed = rows_needed(told, 60).enough
    shown = drawn(told, 60, needed)
    assert len(shown) == needed
    heads = " ".join(text(shown).split("D0")[0].split())
    assert "…" not in heads
    assert sorted(heads.split()) == sorted(" ".join(points).split())


def test_the_legend_has_a_mark_in_the_colour_that_it_has_above() -> None:
    for far, style in ((True, "far"), (False, "mark")):
        rows = (Rated("R1", "R1 Care", (2,), far=far), Rated("R2", "R2 Tea", note="few could say"))
        told = drawn(Ruler(POINTS, rows, legend="■ the middle answer · ◀━▶ far apart"), 96, 20)
        assert ("■ ", style) in told[-1]


def test_marks_of_statements_are_two_rows_high_where_there_is_room() -> None:
    shown = text(drawn(FIGURES["statements"], 96, 30)).splitlines()
    assert sum("███" in line for line in shown) == sum("▀▀▀" in line for line in shown) == 11


def test_bars_never_touch() -> None:
    for rows in (9, 17, 40):
        shown = text(drawn(FIGURES["bars"], 96, rows)).splitlines()
        full = [{n for n, letter in enumerate(line) if letter == "█"} for line in shown]
        starts = [n for n, line in enumerate(shown) if line[:1].isdigit()]
        assert all(not full[start - 1] & full[start] for start in starts[1:]) or rows == 9


def test_what_is_not_said_is_not_drawn() -> None:
    row = Rated("R1", "R1 A statement", note="few could say")
    shown = text(drawn(Ruler(POINTS, (row, Rated("R2", "R2 Another", (1,)))), 96, 9))
    first = next(line for line in shown.splitlines() if line.startswith("R1"))
    assert "few could say" in first
    assert not set(first) & set("■▄▀█━")


@pytest.mark.parametrize("face", FACES)
def test_letters_have_lower_case_and_never_lose_one(face: str) -> None:
    assert len(large("Carried", 190, 20, "title", (face,))) > 3
    assert large("Carried", 190, 20, "title", (face,)) != large("CARRIED", 190, 20, "title", (face,))
    # A letter that the face lacks would be dropped: the whole text is then bold.
    assert text(large("Settled 漢", 190, 20, "title", (face,))) == "Settled 漢"


@pytest.mark.parametrize("face", FACES)
def test_letters_speak_polish(face: str) -> None:
    for letter, bare in zip("ąćęłńóśźżŁ", "acelnoszzL", strict=True):
        drawn, plain = (letters(each, 99, 99, "text", (face,)) for each in (letter, bare))
        assert drawn
        assert drawn != plain


def test_lines_of_letters_are_about_equally_long() -> None:
    rows = [text((line,)) for line in large("This question has closed.", 96, 20, "title", (LARGE,))]
    second = rows.index("", 1) + 1
    assert 0.7 < max(map(len, rows[second:])) / max(map(len, rows[:second])) < 1.4


def test_letters_wrap_at_words_and_give_way_to_bold_text() -> None:
    assert len(large("Who works which shift", 50, 20, "title", ("smblock",))) == 9
    assert text(large("Who works which shift", 50, 4, "title", ("smblock",))) == "Who works which shift"
    assert text(large("Who’s there?", 12, 4)) == "Who’s there?"


def test_small_letters_keep_half_a_cell_between_them_and_words_more() -> None:
    assert text(large("ill we", 99, 9, "title", (SMALL,))).splitlines() == [
        "▗ ▜ ▜",
        "▄ ▐ ▐   ▌  ▌▞▀▖",
        "▐ ▐ ▐   ▐▐▐ ▛▀",
        "▀▘ ▘ ▘   ▘▘ ▝▀▘",
    ]


def test_large_letters_keep_clear_of_the_edges_of_their_card_and_of_what_stands_below() -> None:
    figure = RecordBoard((BoardRow("Ask the payroll people why", "@ann", "due 9 January"),))
    sizes = [drawn(figure, 96, rows) for rows in range(1, 30)]
    large_ones = [lines for lines in sizes if "Ask the" not in text(lines)]
    assert len(large_ones) > 5
    for lines in large_ones:
        blank = [not text((line,)).strip("▌ ") for line in lines]
        assert blank[0]
        assert blank[-1]
        assert any(blank[2:-2])


def test_a_row_of_which_nothing_came_first_says_so() -> None:
    rows = (Rated("a", "Heard?", (1,)), Rated("b", "Worth it?", note="no single answer came first"))
    assert "╌ no single answer came first ╌" in text(drawn(Ruler(("Not at all", "Fully"), rows), 96, 20))


@pytest.mark.parametrize("rows", [7, 20])
def test_what_was_typed_stands_beside_a_question_and_not_beside_its_result(rows: int) -> None:
    points, keys = ("Not yet", "Begun", "Done"), ("1", "2", "3")
    assert drawn(Ruler(points, (Rated("", ""),), keys), 60, rows) != drawn(Ruler(points, (Rated("", ""),)), 60, rows)
    told = Rated("", "", (1,))
    assert drawn(Ruler(points, (told,), keys), 60, rows) == drawn(Ruler(points, (told,)), 60, rows)


def test_sentences_are_drawn_larger_as_long_as_all_of_them_can_be() -> None:
    plain = spaced(paragraph("Nobody objected.", 96), paragraph("It is agreed. " * 9, 96, "result"))
    one, other = (letters(words, 190, 99, "text", (SMALL,)) for words in ("Nobody objected.", "It is agreed. " * 9))
    assert text(enlarged(plain, 190, len(one) + 1 + len(other))) == f"{text(one)}\n\n{text(other)}"
    assert enlarged(plain, 190, len(one) + len(other)) == ()
    assert enlarged((*plain, (), (("漢", "text"),)), 190, 99) == ()
    assert enlarged(plain, 40, 99) == ()


def test_all_bands_of_a_window_have_letters_of_one_size() -> None:
    zones = tuple(Zone(str(n), Side.ABOVE, name, key=str(n)) for n, name in enumerate(("Short", "A much longer name")))
    for rows in range(4, 40):
        shown = text(drawn(Window(zones, ("0",), "the middle answer"), 90, rows))
        assert ("Short" in shown) is ("A much longer name" in shown)


def test_bands_of_one_side_do_not_run_into_each_other() -> None:
    zones = tuple(Zone(str(n), Side.BELOW, f"Band {n}") for n in range(3))
    lines = drawn(Window(zones), 90, 8)
    assert [bool(line) for line in lines] == [True, True, False, True, True, False, True, True]


def test_a_text_with_a_letter_that_a_face_lacks_is_drawn_small_in_all_its_lines() -> None:
    words = "Knowing the questions that will be asked before we meet · a break"
    assert large(words, 92, 30, faces=(SMALL,)) == paragraph(words, 92, "title")


def test_numbers_stand_on_the_axis_of_statements_with_what_else_is_told_in_columns() -> None:
    rows = (
        Rated("R1", "R1 One", (1,), counts=(2, 7, 0, 0, 1), further=("4",)),
        Rated("R2", "R2 Two", note="not asked"),
    )
    for width, height in ((76, 9), (116, 22)):
        lines = drawn(Ruler(POINTS, rows, columns=("Don't know",)), width, height)
        told = next(line for line in lines if "7" in text((line,)))
        assert text((told,)).split()[-5:] == ["2", "7", "·", "·", "1", "4"][-5:]
        assert ("7", "filled") in [(part.strip(), style) for part, style in told]
        assert "╌ not asked ╌" in text(lines), "over all of the scale, and not under one point of it"


def test_bars_of_few_rows_still_tell_one_from_two() -> None:
    shown = text(drawn(Ruler(POINTS, (Rated("", "", (3,), counts=(1, 0, 2, 7, 2)),), tuple("12345")), 76, 8))
    ends = [next((mark for line in shown.splitlines() if (mark := line[at]) in "▁▂▃▄▅▆▇█"), "") for at in (5, 36)]
    assert ends[0] != ends[1]


def grounds(lines: Lines) -> list[str]:
    """Give the ground of each row: that of its last piece; nothing where it is blank."""
    return [str(line[-1][1]) if line else "" for line in lines]


@pytest.mark.parametrize("rows", range(9, 30))
def test_bands_of_one_side_have_gaps_that_are_all_alike(rows: int) -> None:
    sides = (Side.ABOVE, Side.ABOVE, Side.IN, Side.BELOW, Side.BELOW)
    zones = tuple(Zone(str(n), side, f"Band {n}", "", str(n)) for n, side in enumerate(sides))
    lines = drawn(Window(zones, ("1",), "the middle answer"), 96, rows)
    names = [y for y, line in enumerate(lines) if not line]
    assert len(names) == len(zones) - 1
    assert len({b - a for a, b in pairwise((-1, *names, len(lines)))}) == 1
    assert len(lines) <= rows


@pytest.mark.parametrize("height", range(1, 6))
def test_words_stand_in_the_middle_of_their_band(height: int) -> None:
    for figure in (FIGURES["window"], Window(ZONES, ("in",), "more of us here than anywhere else")):
        rows = 3 * height + 1 + (0 if height < 3 else 3)
        for side in ("above", "in", "below"):
            band = [line for line in drawn(figure, 96, rows) if any(str(name).startswith(side) for _text, name in line)]
            inked = [n for n, line in enumerate(band) if any(part.strip(" ▌") for part, _name in line)]
            assert inked[0] == len(band) - 1 - inked[-1], (height, side)


def test_what_people_type_is_as_large_as_what_it_is_for() -> None:
    for figure in (FIGURES["window"], Items(tuple(FigureItem(f"Choice {n}", str(n), "first") for n in range(3)))):
        lines = drawn(figure, 190, 40)
        assert not any(part.strip(" ▌^=v~").isalnum() and len(part.strip()) < 3 for line in lines for part, _ in line)
        assert not any("first" in part for line in lines for part, _style in line)


@pytest.mark.parametrize("width", [76, 96, 116, 190])
@pytest.mark.parametrize("middle", range(5))
def test_the_middle_answer_is_named_under_it_or_pointed_at_in_its_middle(width: int, middle: int) -> None:
    figure = Ruler(POINTS, (Rated("", "", (middle,), counts=(3, 2, 4, 1, 2), note="some agreement"),))
    lines = ["".join(part for part, _style in line) for line in drawn(figure, width, 20)]
    (said,) = (line.rstrip() for line in lines if "▲" in line)
    across = (width - 8) // 5
    left = middle * (across + 2)
    is_named_under_it = said.index("▲") > left - 1 and len(said) <= left + across
    assert is_named_under_it if across >= len("▲ the middle answer") else said.index("▲") == left + across // 2
    assert all(len(line.rstrip()) <= width for line in lines)


def test_numbers_of_a_large_wall_are_letters() -> None:
    figure = Ruler(POINTS, (Rated("", "", (3,), counts=(1, 2, 3, 7, 4)),))
    assert "7" not in "".join(part for line in drawn(figure, 190, 30) for part, _style in line)
    assert "7" in "".join(part for line in drawn(figure, 96, 14) for part, _style in line)


def test_a_label_goes_on_in_the_gap_below_it_and_a_line_without_a_mark_has_its_room() -> None:
    long = "A private space for managers, with the right person"
    named = Bars(tuple(Bar(f"R{n} {long}", 6 - n, note="6 people · 6 dots") for n in range(4)))
    lines = drawn(named, 76, 8)
    assert sum("right person" in "".join(part for part, _style in line) for line in lines) == 4
    assert len(lines) <= 8
    label = "R7 A private space for managers to think, with the right person"
    choices = Items((FigureItem(label, "1"), FigureItem("R6 The way we lead", "2", "chosen most", first=True)))
    assert "right person" in "".join(part for part, _style in drawn(choices, 76, 2)[0])


def test_statements_that_are_asked_are_letters_where_there_is_room() -> None:
    asked = Ruler(POINTS, (Rated("Q1", "Did you feel heard?"), Rated("Q2", "Was it worth your time?")))
    assert "heard" not in str(drawn(asked, 190, rows_of_letters(asked, 190)))
    assert "heard" in str(drawn(asked, 190, rows_of_letters(asked, 190) - 1))


def test_statements_that_are_asked_have_a_second_row_each_as_far_as_rows_go() -> None:
    long = "Senior managers have had training about trauma, so that every level knows what this work asks of them"
    asked = Ruler(POINTS, tuple(Rated(str(n), f"R{n} {long}") for n in range(1, 5)))
    all_whole, fewer = drawn(asked, 60, 10), drawn(asked, 60, 9)
    assert text(all_whole).count("asks of them") == len(asked.rows)
    assert text(all_whole).count("▌   ") == len(asked.rows)  # what goes on stands in
    assert "…" in text(fewer)
    assert 0 < text(fewer).count("asks of them") < len(asked.rows)
    assert not fewer[-3]  # the row over the scale, which would not have been enough
    assert len(all_whole) == 10
    assert len(fewer) == 9


def test_many_long_statements_are_whole_in_two_columns_where_one_has_no_rows_for_them() -> None:
    long = "Senior managers have had training, and every level knows what this asks of them"
    asked = Ruler(POINTS, tuple(Rated(str(n), f"R{n} {long}") for n in range(1, 9)))
    both, fewer = drawn(asked, 80, 14), drawn(asked, 80, 13)
    assert "…" not in text(both)
    assert "…" in text(fewer)
    assert len(both) == 14
    assert all(sum(edge == "card-edge" for _text, edge in line) == 2 for line in both[:12])
    assert not both[12]


def test_a_dot_stands_clear_of_the_letter_before_it_and_marks_open_and_close() -> None:
    for word in ("later", "now", "follow"):
        plain, dotted = (large(each, 190, 9, "text", (SMALL,)) for each in (word, f"{word}."))
        ink = [max(len(line[0][0].rstrip()) for line in lines) for lines in (plain, dotted)]
        assert ink[1] > ink[0]
        assert all(dot[0][0][: ink[0]].rstrip() == row[0][0].rstrip() for row, dot in zip(plain, dotted, strict=True))
    opening, closing = (large(f"I{mark}I", 190, 9, "text", (SMALL,)) for mark in "“”")
    assert opening != closing


def test_names_of_bands_and_many_words_are_letters_as_soon_as_they_fit() -> None:
    sides = (Side.ABOVE, Side.ABOVE, Side.IN, Side.BELOW, Side.BELOW)
    figure = Window(tuple(Zone(str(n), side, f"Band {n}") for n, side in enumerate(sides)), ("1",), "the middle answer")
    assert "Band 1" not in str(drawn(figure, 190, rows_of_letters(figure, 190)))
    texts = tuple(f"Words {n}" for n in range(8))
    rows = next(rows for rows in range(99) if large_cards(texts, 190, rows))
    assert rows == sum(len(letters(each, 187, 9, "card", (SMALL,))) for each in texts) + 2 * len(texts) - 1
