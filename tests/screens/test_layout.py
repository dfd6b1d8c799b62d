"""Pages as plain lines: nothing is cut off, nothing is wider than the window, and the foot stays in sight."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tisu_tui.core.form import Form, Option, Order, Pick, Write
from tisu_tui.core.shown import WITHHELD, Counts, Quotes, Say, WordTable, withheld_sentence
from tisu_tui.core.text import cells
from tisu_tui.screens.choosing import Choosing
from tisu_tui.screens.figure_cards import cards
from tisu_tui.screens.layout import Lines, Page, blocks, fit_page, flow, keys_line, side_by_side, width_of
from tisu_tui.screens.results import result_lines
from tisu_tui.screens.step_words import form_lines
from tisu_tui.screens.typed_text import CELLS, LineBuffer, draft_lines
from tisu_tui.screens.wall_lobby import qr
from tisu_tui.session.workshop import Block, Span


def words_of(lines: Lines) -> str:
    return " ".join("".join(text for text, _style in line) for line in lines)


texts = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs"]), max_size=120)


@given(texts, st.integers(4, 100))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    lines = flow(((text, "text"), (text, "title")), width, "• ", "  ")
    assert max(map(width_of, lines)) <= width
    assert "".join(words_of(lines)[2:].split()) == "".join((text + text).split())


@given(st.integers(8, 60), st.sampled_from(["", "│ "]))
def test_a_table_stands_in_columns_where_it_has_room_and_loses_no_word(width: int, first: str) -> None:
    rows = (("When", "What"), ("9:00", "Tea"), ("10:30", "Talk about 会議"))
    table = Block("table", rows=tuple(tuple((Span(cell),) for cell in row) for row in rows))
    lines = blocks((table,), width, first)
    assert max(map(width_of, lines)) <= width
    told = words_of(lines)
    assert [told.find(cell) for row in rows for cell in row if " " not in cell] == sorted(
        told.index(cell) for row in rows for cell in row if " " not in cell
    )
    if width > 30:
        assert [line[-1][0] for line in lines] == ["When   What", "9:00   Tea", "10:30  Talk about 会議"]


@given(st.integers(20, 130))
def test_results_fit_any_width_and_say_once_that_something_is_withheld(width: int) -> None:
    shown = (
        Say("Worth talking about."),
        Counts("Numbers", ("A long label that goes on and on for a while", "B"), ("People",), ((12,), (0,))),
        Counts("More", ("A row with words", "B"), ("Not started", "In place"), ((1, WITHHELD), (3, 4))),
        Quotes("In people's words", ("Tea at four, please, and a chair for everybody who would like one",)),
        WordTable(
            "Found", ("Statement", "Middle answer"), (("Leaders show it", WITHHELD), ("B", "between one and two"))
        ),
    )
    lines = result_lines(shown, width)
    assert max(map(width_of, lines)) <= width
    said = " ".join(words_of(lines).split())
    assert said.count(withheld_sentence()) == 1
    assert "12" in said
    assert "not shown" in said


def test_what_is_written_from_right_to_left_stands_on_one_ground() -> None:
    assert {style for line in cards(("חדר שקט לכולם",), 40) for _text, style in line} == {"card", "card-edge"}


def test_keys_are_never_broken_in_two() -> None:
    lines = keys_line((("enter", "send"), ("p", "pass"), ("ctrl+g", "take a pause")), 22)
    assert [words_of((line,)) for line in lines] == ["enter send   p pass", "ctrl+g take a pause"]
    assert keys_line((), 22) == ()


def test_the_foot_stays_in_sight_and_the_row_that_counts_too() -> None:
    page = Page(tuple(((str(n), "text"),) for n in range(50)), ((("foot", "dim"),),), keep=(30, 31))
    sheet = fit_page(page, 60, 12)
    drawn = [words_of((line,)).strip() for line in sheet.lines]
    assert len(drawn) == 12
    assert drawn[-1] == "foot"
    assert {"30", "31"} <= set(drawn)
    assert fit_page(page, 10, 3).lines[0] == (("Window too", "text"),)


def test_a_column_keeps_to_the_middle_of_a_wide_window() -> None:
    sheet = fit_page(Page(((("words", "text"),),)), 200, 40)
    (line,) = [line for line in sheet.lines if "words" in words_of((line,))]
    assert words_of((line,)).index("words") == 62


def test_two_columns_do_not_run_into_each_other() -> None:
    (line,) = side_by_side((((("left", "text"),),), ((("right", "text"),),)), (10,), gap=4)
    assert words_of((line,)) == "left          right"


def test_a_scale_is_said_once_for_all_its_statements_and_pass_is_its_last_line() -> None:
    scale = (Option("1", "Not started"), Option("2", "In place"))
    form = Form((Pick("a", scale, "We talk"), Pick("b", scale, "We listen")))
    said = words_of(form_lines(form, (), 60))
    assert said.count("Not started") == 1
    assert said.index("We listen") < said.index("Not started") < said.index("p  Pass")


def test_numbers_of_two_digits_are_typed_one_after_the_other() -> None:
    choosing = Choosing(Pick("a", tuple(Option(str(n), str(n)) for n in range(1, 13))))
    assert [choosing.type(digit) for digit in "12"] == ["", ""]
    assert choosing.value == ("12",)
    assert not choosing.type("9")
    assert choosing.value == ("9",)


def test_an_order_is_given_by_one_key_after_the_other_and_closes_up() -> None:
    choosing = Choosing(Order("a", (Option("x", "X"), Option("y", "Y"), Option("z", "Z"))))
    for key in "312":
        choosing.type(key)
    assert [choosing.mark(row) for row in range(4)] == ["[2] ", "[3] ", "[1] ", "[ ] "]
    choosing.type("1")
    assert choosing.value == ("z", "y")
    choosing.toggle()
    assert list(choosing.value) == ["z", "y", "x"]


def test_labels_of_choices_stand_under_each_other_whatever_is_marked() -> None:
    options = tuple(Option(str(n), f"Line {n}.") for n in range(1, 13))
    dots, order = Choosing(Pick("a", options, most=3, each=2)), Choosing(Order("b", options))
    dots.at = order.at = 2
    for choosing in (dots, order):
        choosing.toggle()
        assert len({len(choosing.mark(row)) for row in range(choosing.rows)}) == 1


def test_what_was_chosen_is_said_with_one_full_stop() -> None:
    choosing = Choosing(Pick("a", (Option("1", "A laugh."), Option("2", "Who asks?"), Option("3", "Air")), most=2))
    said = []
    for key in "123":
        choosing.type(key)
        said.append(choosing.enter())
        choosing.toggle()
    assert said == [f"Chosen: {label} Enter sends it." for label in ("A laugh.", "Who asks?", "Air.")]


def test_an_order_of_many_is_given_with_space_because_a_number_may_have_two_digits() -> None:
    choosing = Choosing(Order("a", tuple(Option(str(n), str(n)) for n in range(1, 13))))
    for key in "12":
        choosing.type(key)
    assert not choosing.is_ready
    choosing.toggle()
    assert choosing.value == ("12",)


@given(
    st.lists(st.sampled_from(["a", "é", "日", " ", "e\u0301", "left", "right", "home", "end", "backspace", "delete"]))
)
def test_a_draft_is_never_too_long_and_its_cursor_never_outside(keys: list[str]) -> None:
    draft = LineBuffer("x" * (CELLS - 4), CELLS - 4)
    for key in keys:
        draft = draft.key(key) or draft.typed(key)
        assert 0 <= draft.at <= len(draft.text)
        assert cells(draft.text) <= CELLS
        lines, (row, column) = draft_lines(draft, 40)
        assert max(map(width_of, lines)) <= 40
        assert 0 <= row < len(lines)
        assert column < width_of(lines[row])


def test_a_letter_and_its_marks_are_one_to_the_backspace() -> None:
    draft = LineBuffer().typed("ax\u0323\u0302")
    moved = draft.key("backspace")
    assert moved is not None
    assert moved.text == "a"


def test_what_is_pasted_can_not_act_on_the_terminal() -> None:
    assert LineBuffer().typed("a\x1b]52;c;aGk=\x07b\nc").text == "ab c"


def test_the_qr_code_keeps_its_quiet_zone_of_four() -> None:
    lines = [words_of((line,)) for line in qr("ssh://7k3mp2@192.168.1.20:2222")]
    assert len(set(map(len, lines))) == 1
    assert set(lines[0] + lines[1]) == {"█"}
    assert all(line.startswith("████") and line.endswith("████") for line in lines)


def test_a_single_line_of_words_has_no_options() -> None:
    assert form_lines(Form((Write("w"),)), (), 40) == ()


def test_the_page_on_which_answers_go_on_is_one_of_those_there_are() -> None:
    body: Lines = tuple(((f"line {n}", "text"),) for n in range(24))
    for height in range(10, 26):
        for row in range(24):
            shown = words_of(fit_page(Page(body, keep=(row, row), needed=24), 60, height).lines)
            told = re.search(r"page (\d+) of (\d+)", shown)
            assert told is None or int(told[1]) <= int(told[2]), (height, row)


@given(st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=4, max_size=30), st.integers(20, 60))
def test_no_word_stands_alone_in_the_last_line(words: list[str], width: int) -> None:
    lines = flow(((" ".join(words), "text"),), width)
    assert words_of(lines).split() == words
    assert all(width_of(line) <= width for line in lines)
    *_first, before, last = [["x"] * 3, *("".join(text for text, _style in line).split() for line in lines)]
    assert len(lines) == 1 or len(last) > 1 or len(before) < 3
