"""Check-in, scale, rate and close: from what people answer to what everybody sees, by size of room."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest
from playing import STAGES, choices, numbers, play, quoted, read, says, scale, tables

from tisu_tui.core.activity import Given, Present
from tisu_tui.core.figure import Ruler
from tisu_tui.core.form import Answer, By, Pick
from tisu_tui.core.released import Finding
from tisu_tui.core.shown import WITHHELD, Say, withheld_sentence
from tisu_tui.core.size import Size

LOW, IN, HIGH = "-3 to -2", "-1 to 1", "2 to 3"
SPLIT = "People see this in two ways. Both can be true. What might each side be seeing?"


class TestCheckIn:
    def test_asks_for_zones_and_two_more_in_words(self) -> None:
        (field,) = read("check-in").form(Given(), Size(12)).fields
        assert isinstance(field, Pick)
        assert [(option.id, option.label) for option in field.options] == [
            (LOW, "−3 to −2 Below — flat, foggy"),
            (IN, "−1 to 1 In the window — settled enough"),
            (HIGH, "2 to 3 Above — wound up"),
            ("mixed", "Mixed"),
            ("not-sure", "Not sure"),
        ]

    def test_three_people_keep_it_on_their_own_screens(self) -> None:
        activity = read("check-in")
        form = activity.form(Given(), Size(3))
        assert form.by is By.NOBODY
        assert form.fields == activity.form(Given(), Size(12)).fields
        assert activity.describe([play(activity, 3)]) == ()

    @pytest.mark.parametrize("answers", [choices("state", (IN, 6)), choices("state", (IN, 4)), []])
    def test_six_people_see_no_result_whatever_the_cause(self, answers: list[Answer]) -> None:
        activity = read("check-in")
        shown = activity.describe([play(activity, 6, answers)])
        assert shown == (
            Say(withheld_sentence()),
            Say("A pause is there for anyone who would like one."),
        )

    @pytest.mark.parametrize("people", [9, 12])
    def test_from_eight_answers_on_what_came_first_is_said_and_no_number(self, people: int) -> None:
        activity = read("check-in")
        shown = activity.describe([play(activity, people, choices("state", (IN, 6), (HIGH, 2)))])
        assert shown == (Say("More of us chose “In the window” than anything else."),)

    def test_a_tie_is_never_named(self) -> None:
        activity = read("check-in")
        shown = activity.describe([play(activity, 12, choices("state", (IN, 4), (HIGH, 4), ("mixed", 1)))])
        assert shown == (Say("No single answer came first."),)

    @pytest.mark.parametrize(
        ("answers", "share"),
        [
            ((19, 1), "nearly all"),
            ((14, 6), "about three quarters"),
            ((11, 9), "about half"),
            ((6, 5, 5, 4), "about a quarter"),
        ],
    )
    def test_twenty_answers_tell_about_how_many_too(self, answers: tuple[int, ...], share: str) -> None:
        activity = read("check-in")
        zones = zip((IN, HIGH, LOW, "mixed"), answers, strict=False)
        shown = activity.describe([play(activity, 20, choices("state", *zones))])
        assert share in says(shown)
        assert not numbers(shown)

    def test_the_start_and_the_end_stand_side_by_side(self) -> None:
        activity = read("check-in")
        first = play(activity, 12, choices("state", (IN, 5), (HIGH, 6)))
        now = play(activity, 12, choices("state", (IN, 6), (HIGH, 5)), before=[first])
        assert says(activity.describe([first, now])) == (
            "First: More of us chose “Above” than anything else.\n"
            "Now: More of us chose “In the window” than anything else."
        )


class TestScale:
    def test_three_people_talk_and_the_scribe_enters_one_answer(self) -> None:
        activity = read("scale")
        form = activity.form(Given(), Size(3))
        assert (form.by, form.fields[0].title) == (By.SCRIBE, "What we agree on")
        assert form.talk.startswith("Think about it first.")
        agreed = play(activity, 3, entries={"answer": ("3",)})
        assert activity.describe([agreed]) == (Say("Agreed aloud: “3 Partly in place”."),)
        assert activity.describe([play(activity, 3)]) == (Say("Nothing was written down."),)

    def test_six_people_see_the_middle_and_whether_they_are_close(self) -> None:
        activity = read("scale")
        shown = activity.describe([play(activity, 6, choices("answer", ("2", 3), ("3", 3)))])
        assert shown == (
            Say("The middle answer is “2 Early steps”."),
            Say("The answers are close together."),
        )
        apart = activity.describe([play(activity, 6, choices("answer", ("2", 4), ("5", 2)))])
        assert apart[-1] == Say("The answers are far apart. What might we each be seeing?")

    @pytest.mark.parametrize(
        ("answers", "points"),
        [
            (choices("answer", ("2", 5)), 5),  # five answers
            (choices("answer", ("1", 4), ("2", 2)), 5),  # the middle lies at an end of the scale
            (choices("answer", ("2", 3), ("3", 3)), 4),  # a short scale
        ],
    )
    def test_where_it_would_tell_too_much_only_the_middle_is_said(self, answers: list[Answer], points: int) -> None:
        activity = read("scale", scale=scale(STAGES[:points]))
        (said,) = activity.describe([play(activity, 6, answers)])
        assert isinstance(said, Say)
        assert said.text.startswith("The middle answer is")

    def test_a_split_is_said_in_a_sentence_beside_the_numbers(self) -> None:
        activity = read("scale")
        shown = activity.describe([play(activity, 10, choices("answer", ("1", 5), ("5", 5)))])
        assert Say(SPLIT) in shown

    def test_dont_know_is_an_answer_but_never_in_the_middle(self) -> None:
        activity = read("scale")
        answers = choices("answer", ("1", 5), ("dont-know", 6))
        shown = activity.describe([play(activity, 12, answers)])
        assert says(shown).startswith("The middle answer is “1 Not started”.")
        assert numbers(shown)[0].numbers[-1] == (6,)

    @pytest.mark.parametrize(("rated", "unknown"), [(3, 3), (2, 4), (0, 6)])
    def test_where_half_or_fewer_rated_that_is_said_instead(self, rated: int, unknown: int) -> None:
        activity = read("scale")
        shown = activity.describe([play(activity, 6, choices("answer", ("1", rated), ("dont-know", unknown)))])
        assert says(shown) == "Half of us or more could not rate this."

    def test_fewer_than_five_answers_say_nothing(self) -> None:
        activity = read("scale")
        shown = activity.describe([play(activity, 6, choices("answer", ("1", 4)))])
        assert says(shown).startswith(withheld_sentence())

    def test_nine_people_see_words_and_ten_see_numbers_small_ones_too(self) -> None:
        activity = read("scale")
        assert not numbers(activity.describe([play(activity, 9, choices("answer", ("2", 3), ("3", 6)))]))
        told = activity.describe([play(activity, 10, choices("answer", ("2", 1), ("3", 9)))])
        assert numbers(told)[0].numbers == ((0,), (1,), (9,), (0,), (0,), (0,))
        assert "The middle half of the answers is “3 Partly in place”." in says(told)

    def test_ten_people_of_whom_five_pass_see_words(self) -> None:
        activity = read("scale")
        assert not numbers(activity.describe([play(activity, 10, choices("answer", ("1", 4), ("3", 1)))]))

    def test_rounds_stand_side_by_side_even_where_one_was_aloud(self) -> None:
        activity = read("scale")
        first = play(activity, 12, choices("answer", ("1", 10)))
        second = play(activity, 12, choices("answer", ("4", 12)), before=[first])
        third = play(activity, 4, entries={"answer": ("5",)}, before=[first, second])
        shown = activity.describe([first, second, third])
        assert numbers(shown)[0].columns == ("Round 1", "Round 2")
        assert "Round 2: The middle answer is “4 In place”." in says(shown)
        assert "Round 3: Agreed aloud: “5 Kept up”." in says(shown)

    def test_people_who_leave_before_it_closes_leave_an_answer_that_is_withheld(self) -> None:
        activity = read("scale")
        released = play(activity, 6, choices("answer", ("2", 3)), at_close=3)
        assert activity.describe([released])[0] == Say(withheld_sentence())

    def test_a_scale_of_two_points_has_no_spread(self) -> None:
        activity = read("scale", scale=scale(STAGES[:2]))
        count = activity.count(choices("answer", ("1", 6)), Present(6, 6), Given())
        found = {each.finding for each in count.tallies[0].found}
        assert Finding.SPREAD not in found
        assert Finding.MEDIAN in found


class TestRate:
    ANSWERS: ClassVar[list[Answer]] = [
        *({"a": (a,), "b": ("4",), "a.sureness": ("guess",), "b.sureness": ("evidence",)} for a in "1111155555"),
        {"a": ("not-here",), "b": ("dont-know",)},
    ]

    def test_asks_how_sure_only_after_a_stage(self) -> None:
        form = read("rate", settings=frozenset({"sureness"})).form(Given(), Size(12))
        assert [question.id for question in form.fields] == ["a", "a.sureness", "b", "b.sureness"]
        for answer, following in (("3", "a.sureness"), ("dont-know", "b"), ("not-here", "b")):
            pending = form.pending({"a": (answer,)})
            assert pending is not None
            assert pending.id == following
        passed = form.pending({"a": None})
        assert passed is not None
        assert passed.id == "b"
        assert [question.id for question in read("rate").form(Given(), Size(12)).fields] == ["a", "b"]

    def test_three_people_agree_aloud_without_sureness(self) -> None:
        activity = read("rate", settings=frozenset({"sureness"}))
        form = activity.form(Given(), Size(3))
        assert [(question.id, question.title) for question in form.fields] == [
            ("a", "Leaders show it."),
            ("b", "HR is part of it."),
        ]
        (table,) = tables(activity.describe([play(activity, 3, entries={"b": ("2",)})]))
        assert table.title == "Agreed aloud"
        assert table.rows == (("HR is part of it.", "2 Early steps"),)

    def test_rounds_aloud_stand_side_by_side_without_what_was_never_counted(self) -> None:
        activity = read("rate")
        first = play(activity, 3, entries={"a": ("1",)})
        second = play(activity, 3, entries={"a": ("2",)}, before=[first])
        (table,) = tables(activity.describe([first, second]))
        assert table.rows[0] == (
            "Leaders show it.",
            "1 Not started (agreed aloud)",
            "2 Early steps (agreed aloud)",
        )

    def test_twelve_people_see_splits_first_then_all_statements_in_the_order_of_the_file(self) -> None:
        activity = read("rate", settings=frozenset({"sureness"}))
        shown = activity.describe([play(activity, 12, self.ANSWERS)])
        assert shown[:2] == (Say("Worth talking about first: “Leaders show it.”"), Say(SPLIT))
        table, sure = tables(shown)
        assert table.columns == ("Statement", "Middle answer", "How far apart", "Don't know")
        assert table.rows == (
            ("Leaders show it.", "between 1 Not started and 5 Kept up", "split in two", "0 of 11"),
            ("HR is part of it.", "4 In place", "mostly agree", "1 of 11"),
        )
        (heat,) = numbers(shown)
        assert heat.rows == ("Leaders show it.", "HR is part of it.")
        assert heat.numbers == ((5, 0, 0, 0, 5), (0, 0, 0, 10, 0))
        assert sure.rows == (("Leaders show it.", "10", "0", "0"), ("HR is part of it.", "0", "0", "10"))

    def test_six_people_see_no_number(self) -> None:
        activity = read("rate", settings=frozenset({"sureness"}))
        answers: list[Answer] = [{"a": ("1",), "b": None, "a.sureness": ("guess",)}] * 6
        shown = activity.describe([play(activity, 6, answers)])
        (table,) = tables(shown)
        assert table.columns == ("Statement", "Middle answer")
        assert table.rows[0] == ("Leaders show it.", "1 Not started")
        assert table.rows[1] == ("HR is part of it.", WITHHELD)
        assert not numbers(shown)

    def test_how_sure_of_a_stage_that_was_taken_back_is_not_counted(self) -> None:
        activity = read("rate", settings=frozenset({"sureness"}))
        count = activity.count([{"a": ("dont-know",), "a.sureness": ("guess",)}], Present(9, 9), Given())
        assert [tally.answered for tally in count.tallies] == [1, 0, 0, 0]

    def test_rounds_stand_side_by_side_for_each_finding(self) -> None:
        activity = read("rate")
        first = play(activity, 12, self.ANSWERS)
        second = play(activity, 12, choices("a", ("4", 12)), before=[first])
        middle, apart, unknown = tables(activity.describe([first, second]))
        assert middle.title == "Middle answer"
        assert middle.columns == ("Statement", "Round 1", "Round 2")
        assert middle.rows == (
            ("Leaders show it.", "between 1 Not started and 5 Kept up", "4 In place"),
            ("HR is part of it.", "4 In place", WITHHELD),
        )
        assert apart.rows[0] == ("Leaders show it.", "split in two", "mostly agree")
        assert unknown.rows[0] == ("Leaders show it.", "0 of 11", "0 of 12")


class TestClose:
    ANSWERS: ClassVar[list[Answer]] = [
        {"heard": ("4",), "useful": (each,), "next": None, "line": ("Thanks",)}
        for each in ("1", "5")
        for _n in range(5)
    ]

    def test_three_people_say_a_word_each(self) -> None:
        activity = read("close")
        form = activity.form(Given(), Size(3))
        assert (form.by, form.talk) == (By.NOBODY, "One word each, if you like. You can pass.")
        assert activity.describe([play(activity, 3)]) == ()

    def test_six_people_see_no_result(self) -> None:
        activity = read("close")
        assert says(activity.describe([play(activity, 6, self.ANSWERS[:6])])).startswith(withheld_sentence())

    def test_twelve_people_see_what_came_first_and_no_number(self) -> None:
        activity = read("close")
        released = replace(play(activity, 12, self.ANSWERS), kept=("Thanks",))
        shown = activity.describe([released])
        (table,) = tables(shown)
        assert table.rows == (
            ("Did you feel heard?", "4 Mostly"),
            ("Was it worth your time?", "no single answer came first"),
            ("Do you know what happens next?", WITHHELD),
        )
        assert quoted(shown) == {"In people's words": ("Thanks",)}
        assert not numbers(shown)
        picture = activity.picture(Given(), [released])
        assert picture is not None
        assert isinstance(picture.figure, Ruler)
        assert [row.note for row in picture.figure.rows] == ["", "no single answer came first", "not shown"]

    def test_what_may_not_be_told_is_drawn_without_the_numbers_that_were_typed(self) -> None:
        activity = read("close")
        asked = activity.picture(Given(), [])
        told = activity.picture(Given(), [play(activity, 6, self.ANSWERS[:6])])
        assert asked is not None
        assert told is not None
        assert isinstance(asked.figure, Ruler)
        assert (bool(asked.figure.keys), told.figure) == (True, replace(asked.figure, keys=()))

    def test_words_go_to_the_facilitator_with_how_many_people_wrote(self) -> None:
        count = read("close").count(self.ANSWERS, Present(12, 12), Given())
        assert (count.words, count.among) == (("Thanks",) * 10, 10)
