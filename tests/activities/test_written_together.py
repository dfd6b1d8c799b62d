"""Reflect, draft, review and follow: what is never sent, and what the scribe writes for all to see."""

from __future__ import annotations

import pytest
from playing import lines, play, quoted, read, says, tables

from tisu_tui.core.activity import Given
from tisu_tui.core.figure import BoardRow, RecordBoard
from tisu_tui.core.form import By, Form, Option, Pick, Write
from tisu_tui.core.shown import Say
from tisu_tui.core.size import Size

NOTHING = (Say("Nothing was written down."),)
THEMES = Given((Option("listen", "Listening"), Option("time", "Time for people")))
PROMISED = Given((Option("7k3m.a1", "Book the room — @sam, due 2026-12-01"), Option("7k3m.a2", "Ask HR")))
SIXTY = Given(tuple(Option(f"o{n}", f"Option {n}") for n in range(60)))


def titles(form: Form) -> list[str]:
    return [field.title for field in form.fields]


class TestReflect:
    @pytest.mark.parametrize("people", [1, 3, 6, 12])
    def test_is_never_sent_whatever_the_size_of_the_room(self, people: int) -> None:
        activity = read("reflect", numbered=lines("What was going on for me?", "And for them?"))
        form = activity.form(Given(), Size(people))
        assert form.by is By.NOBODY
        assert form.fields == (
            Write("a", "What was going on for me?", many=20),
            Write("b", "And for them?", many=20),
        )
        assert form.talk.endswith("Nothing is sent or saved.")

    def test_has_one_place_to_write_where_the_step_asks_in_its_own_words(self) -> None:
        assert read("reflect").form(Given(), Size(6)).fields == (Write("thoughts", many=20),)

    def test_nothing_of_it_can_be_told_or_passed_on(self) -> None:
        activity = read("reflect")
        written = play(activity, 12, [{"thoughts": ("Mine alone",)}] * 12)
        assert activity.describe([written]) == ()
        assert activity.offers(written) == ()


class TestDraft:
    def test_the_scribe_writes_lines_for_each_theme(self) -> None:
        activity = read("draft")
        form = activity.form(THEMES, Size(12))
        assert (form.by, titles(form)) == (By.SCRIBE, ["Listening", "Time for people"])
        released = play(activity, 12, given=THEMES, entries={"time": ("We will keep Fridays free.",)})
        (table,) = tables(activity.describe([released]))
        assert table.rows == (("Time for people", "We will keep Fridays free."),)
        assert [option.label for option in activity.offers(released)] == ["We will keep Fridays free."]

    def test_lines_of_the_file_are_headings_too(self) -> None:
        activity = read("draft", numbered=lines("We will", "You can expect"))
        released = play(activity, 3, entries={"b": ("an answer", "a date")})
        assert tables(activity.describe([released]))[0].rows == (
            ("You can expect", "an answer"),
            ("You can expect", "a date"),
        )
        assert [option.id for option in activity.offers(released)] == ["an-answer", "a-date"]

    def test_each_line_of_the_file_is_asked_of_each_theme(self) -> None:
        activity = read("draft", numbered=lines("What we would see", "What we would ask"))
        form = activity.form(THEMES, Size(6))
        assert titles(form)[:2] == ["Listening: What we would see", "Listening: What we would ask"]
        assert len(form.fields) == 4
        released = play(activity, 6, given=THEMES, entries={"time:b": ("When did you last stop?", "What for?")})
        (table,) = tables(activity.describe([released]))
        assert table.columns == ("About", "What we would see", "What we would ask")
        assert table.rows == (("Time for people", "–", "When did you last stop? What for?"),)
        # A later step asks about the theme, with the words that were found for it.
        offered = activity.offers(released)
        assert offered == (Option("time", "Time for people — When did you last stop? What for?"),)

    def test_a_step_that_brought_nothing_leaves_a_blank_page(self) -> None:
        activity = read("draft", takes_options=True)
        form = activity.form(Given(), Size(12))
        assert form.fields == (Write("lines", "", many=10),)
        released = play(activity, 12, entries={"lines": ("We listen first.",)})
        assert quoted(activity.describe([released])) == {"Our words": ("We listen first.",)}
        assert [option.label for option in activity.offers(released)] == ["We listen first."]

    def test_rounds_are_told_apart_and_the_last_goes_on(self) -> None:
        activity = read("draft")
        first = play(activity, 12, given=THEMES, entries={"time": ("Fridays free",)})
        second = play(activity, 12, given=THEMES, entries={"time": ("Mondays free",)}, before=[first])
        assert [table.title for table in tables(activity.describe([first, second]))] == ["Round 1", "Round 2"]
        assert [option.label for option in activity.offers(second)] == ["Mondays free"]

    def test_it_says_so_where_nothing_was_written(self) -> None:
        for activity in (read("draft"), read("draft", numbered=lines("We will"))):
            assert activity.describe([play(activity, 12)]) == NOTHING
            assert activity.describe([play(activity, 12, given=THEMES)]) == NOTHING


class TestReview:
    def test_the_group_answers_once_and_may_add_a_note(self) -> None:
        activity = read("review")
        for people in (3, 6, 12):
            form = activity.form(Given(), Size(people))
            assert form.by is By.SCRIBE
            pick, note = form.fields[:2]
            assert isinstance(pick, Pick)
            assert [option.label for option in pick.options] == ["Yes", "Partly", "No", "Don't know"]
            assert (note.title, note.after) == ("A note on: Somebody can choose.", "a")
            assert len(set(titles(form))) == len(form.fields), "titles tell what was typed where"

    def test_what_is_not_there_yet_is_listed_and_goes_on(self) -> None:
        activity = read("review")
        released = play(
            activity, 12, entries={"a": ("partly",), "a:note": ("Only by day", "Ask. Again"), "b": ("yes",)}
        )
        shown = activity.describe([released])
        table, left = tables(shown)
        assert says(shown) == "Yes: 1. Partly: 1."
        assert table.columns == ("Item", "Answer", "Note")
        assert table.rows == (
            ("Somebody can choose.", "Partly", "Only by day; Ask. Again"),
            ("It says who sees it.", "Yes", "–"),
        )
        assert left.rows == (("Somebody can choose.",),)
        assert [option.id for option in activity.offers(released)] == ["a"]

    def test_what_nobody_knows_is_neither_fine_nor_to_work_on(self) -> None:
        activity = read("review")
        released = play(activity, 12, entries={"a": ("dont-know",)})
        assert [table.title for table in tables(activity.describe([released]))] == ["What we found"]
        assert activity.offers(released) == ()

    def test_each_item_is_asked_of_each_thing_an_earlier_step_brings(self) -> None:
        activity = read("review", takes_options=True)
        policies = Given((Option("leave", "Leave policy"),))
        assert titles(activity.form(policies, Size(6)))[::2] == [
            "Leave policy: Somebody can choose.",
            "Leave policy: It says who sees it.",
        ]
        released = play(activity, 6, given=policies, entries={"leave:b": ("no",)})
        assert [option.label for option in activity.offers(released)] == ["Leave policy: It says who sees it."]

    def test_items_can_all_come_from_an_earlier_step_or_not_at_all(self) -> None:
        activity = read("review", numbered=(), takes_options=True)
        assert len(activity.form(SIXTY, Size(6)).fields) == 120
        (field,) = activity.form(Given(), Size(6)).fields
        assert isinstance(field, Pick)
        assert not field.options

    def test_rounds_stand_side_by_side(self) -> None:
        activity = read("review")
        first = play(activity, 12, entries={"a": ("no",)})
        second = play(activity, 12, entries={"a": ("yes",)}, before=[first])
        shown = activity.describe([first, second])
        assert says(shown) == "Yes: 1."
        assert tables(shown)[0].columns == ("Item", "Round 1", "Round 2")
        assert tables(shown)[0].rows == (("Somebody can choose.", "No", "Yes"),)

    def test_it_says_so_where_nothing_was_entered(self) -> None:
        activity = read("review")
        assert activity.describe([play(activity, 12)]) == NOTHING


class TestFollow:
    def test_asks_where_each_promise_stands_and_then_only_what_fits(self) -> None:
        form = read("follow").form(PROMISED, Size(6))
        assert form.by is By.SCRIBE
        assert "not failure" in form.talk
        first = form.fields[0]
        assert isinstance(first, Pick)
        assert [option.id for option in first.options] == [
            *("not-started", "under-way", "done", "normal", "stuck", "dropped"),
        ]
        for status, follows in (("done", ""), ("stuck", ":way"), ("dropped", ":way"), ("normal", ":where")):
            asked = [field.id for field in form.asked({"7k3m.a1": (status,)}) if field.id.startswith("7k3m.a1:")]
            assert asked == ([f"7k3m.a1{follows}"] if follows else [])

    def test_tells_where_each_stands_and_what_is_open_goes_on(self) -> None:
        activity = read("follow")
        entries = {"7k3m.a1": ("done",), "7k3m.a2": ("stuck",), "7k3m.a2:way": ("No answer yet",)}
        released = play(activity, 12, given=PROMISED, entries=entries)
        shown = activity.describe([released])
        assert says(shown) == "Done: 1. Stuck: 1."
        assert tables(shown)[0].rows == (
            ("Book the room — @sam, due 2026-12-01", "Done", "–"),
            ("Ask HR", "Stuck", "No answer yet"),
        )
        assert [option.id for option in activity.offers(released)] == ["7k3m.a2"]

    def test_stands_on_a_board_with_what_was_said_of_each(self) -> None:
        activity = read("follow")
        entries = {"7k3m.a1": ("done",), "7k3m.a2": ("stuck",), "7k3m.a2:way": ("No answer yet",)}
        picture = activity.picture(PROMISED, [play(activity, 12, given=PROMISED, entries=entries)])
        assert picture is not None
        assert picture.figure == RecordBoard(
            (
                BoardRow("Book the room — @sam, due 2026-12-01", "", "Done"),
                BoardRow("Ask HR", "", "Stuck", "No answer yet"),
            )
        )
        assert picture.under == ("Done: 1. Stuck: 1.",)
        assert activity.picture(PROMISED, []) is None

    def test_what_got_in_the_way_goes_when_it_turns_out_to_be_done(self) -> None:
        activity = read("follow")
        entries = {"7k3m.a2": ("done",), "7k3m.a2:way": ("No answer yet",)}
        (table,) = tables(activity.describe([play(activity, 12, given=PROMISED, entries=entries)]))
        assert table.rows[1] == ("Ask HR", "Done", "–")

    def test_what_was_not_spoken_of_is_still_open(self) -> None:
        activity = read("follow")
        released = play(activity, 3, given=PROMISED, entries={"7k3m.a1": ("normal",), "7k3m.a1:where": ("Rota",)})
        assert tables(activity.describe([released]))[0].rows == (
            ("Book the room — @sam, due 2026-12-01", "Now normal: it is how we work", "Rota"),
            ("Ask HR", "–", "–"),
        )
        assert [option.id for option in activity.offers(released)] == ["7k3m.a2"]

    def test_with_nothing_known_the_group_says_what_it_promised(self) -> None:
        activity = read("follow")
        form = activity.form(Given(), Size(12))
        assert (form.by, titles(form)) == (By.SCRIBE, ["What did we promise last time?"])
        released = play(activity, 12, entries={"promised": ("Book the room",)})
        assert quoted(activity.describe([released])) == {"What we promised": ("Book the room",)}
        assert activity.describe([play(activity, 12)]) == NOTHING
