"""What an agreement leaves to the team's next session, and what becomes of it there."""

from __future__ import annotations

from playing import choices, lines, play, read

from tisu_tui.core.activity import Given
from tisu_tui.core.form import Option
from tisu_tui.core.shown import WordTable
from tisu_tui.core.size import Size

LISTEN, STOP = Option("a", "We listen."), Option("b", "We stop on time.")
PHONES = Option("n1", "Phones stay away.")


def test_lines_and_what_the_group_added_are_left_for_next_time() -> None:
    agree = read("agree")
    said = {"a": ("fine",), "b": ("change",), "more": ("We say thank you.", "we listen.")}
    assert agree.carries(play(agree, 4, entries=said)) == (LISTEN, STOP, Option("c1", "We say thank you."))
    # An added line takes a name that no line has yet, however often the agreement has been carried.
    again = play(agree, 4, given=Given((LISTEN, Option("c1", "We say thank you."))), entries={"more": ("Tea first.",)})
    assert agree.carries(again)[-2:] == (Option("c1", "We say thank you."), Option("c2", "Tea first."))


def test_which_line_was_withheld_does_not_show_in_what_is_carried() -> None:
    agree = read("agree")
    told = play(agree, 12, choices("a", ("fine", 6), ("change", 6)))
    assert agree.carries(told) == agree.carries(play(agree, 6)) == (LISTEN, STOP)


def test_nobody_agrees_alone() -> None:
    assert read("agree").carries(play(read("agree"), 1)) == ()


def test_lines_that_were_carried_are_asked_about_and_told_in_place_of_the_files() -> None:
    agree = read("agree", numbered=lines("From the file."))
    given = Given((PHONES, STOP))
    assert [field.title for field in agree.form(given, Size(9)).fields][:2] == ["Phones stay away.", "We stop on time."]
    (record,) = [
        each
        for each in agree.describe([play(agree, 9, choices("n1", ("fine", 9)), given=given)])
        if isinstance(each, WordTable)
    ]
    assert [row[0] for row in record.rows] == ["Phones stay away.", "We stop on time."]
    assert record.rows[0][1] == "Kept as it is"


def test_a_line_that_an_earlier_round_did_not_have_has_nothing_to_say_there() -> None:
    agree = read("agree")
    first = play(agree, 9, [{"a": ("fine",)}] * 9)
    second = play(agree, 9, [{"a": ("fine",), "n1": ("fine",)}] * 9, given=Given((LISTEN, PHONES)), before=[first])
    (record,) = [each for each in agree.describe([first, second]) if isinstance(each, WordTable)]
    kept = "Kept as it is"
    assert record.rows == (("We listen.", kept, kept), ("Phones stay away.", "–", kept))
