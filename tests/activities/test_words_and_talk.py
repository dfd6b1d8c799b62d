"""Gather, capture and what the scribe writes; talk, pause and needs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playing import play, quoted, read, says, tables

from tisu_tui.activities.pause import pauses
from tisu_tui.core.activity import Given, ListLine, Present
from tisu_tui.core.form import Answer, By, Pick, Write
from tisu_tui.core.released import Theme
from tisu_tui.core.shown import Quotes, Say, withheld_sentence
from tisu_tui.core.size import Size

IDEAS: list[Answer] = [{"ideas": ("Tea", "air")}, {"ideas": ("Breaks",)}, *([{"ideas": ("tea",)}] * 3)]


class TestGather:
    def test_words_are_sorted_by_the_words_and_so_name_nobody(self) -> None:
        count = read("gather").count(IDEAS, Present(6, 6), Given())
        assert count.words == ("air", "Breaks", "Tea", "tea", "tea", "tea")
        assert count.among == 5

    def test_the_group_sees_themes_and_what_it_kept(self) -> None:
        activity = read("gather")
        released = replace(play(activity, 6, IDEAS), themes=(Theme("Rest", (1, 3)),), kept=("Breaks",))
        assert quoted(activity.describe([released])) == {
            "What we said, in the group's words": ("Rest",),
            "Kept as written": ("Breaks",),
        }
        themed = replace(released, kept=("Breaks", "Tea"), kept_themes=("Rest", ""))
        words, others = activity.describe([themed])
        assert (words, others) == (
            Quotes("In the group's words, with lines kept as written", ("Rest",), (("Breaks",),)),
            Quotes("Other lines kept as written", ("Tea",)),
        )
        assert [option.label for option in activity.offers(themed)] == ["Rest"]
        assert [option.label for option in activity.offers(replace(released, themes=()))] == ["Breaks"]

    def test_it_says_so_where_nothing_was_kept(self) -> None:
        activity = read("gather")
        assert activity.describe([play(activity, 6, IDEAS)]) == (Say("Nothing was kept as written."),)

    def test_too_few_people_wrote(self) -> None:
        activity = read("gather")
        released = play(activity, 6, IDEAS[:4])
        assert says(activity.describe([released])).startswith(withheld_sentence())

    def test_three_people_say_their_ideas_aloud(self) -> None:
        activity = read("gather")
        form = activity.form(Given(), Size(3))
        assert (form.by, form.fields) == (By.SCRIBE, (Write("ideas", many=40),))
        aloud = play(activity, 3, entries={"ideas": ("More tea", "More TEA", "More tea!", "Air")})
        assert quoted(activity.describe([aloud]))["What we said aloud"][0] == "More tea"
        # The same words make one option; other words with the same slug keep an id of their own.
        assert [option.id for option in activity.offers(aloud)] == ["more-tea", "more-tea-2", "air"]

    def test_rounds_are_told_apart(self) -> None:
        activity = read("gather")
        first = replace(play(activity, 6, IDEAS), kept=("Breaks",))
        second = replace(play(activity, 6, IDEAS, before=[first]), kept=("Tea",))
        assert quoted(activity.describe([first, second])) == {
            "Kept as written (Round 1)": ("Breaks",),
            "Kept as written (Round 2)": ("Tea",),
        }


class TestCapture:
    def test_one_box_for_each_heading(self) -> None:
        form = read("capture").form(Given(), Size(12))
        assert form.fields == (Write("a", "What helps", 20), Write("b", "What gets in the way", 20))
        assert form.by is By.SCRIBE

    def test_what_was_said_stands_under_its_heading(self) -> None:
        activity = read("capture")
        released = play(activity, 12, entries={"b": ("Rooms",), "a": ("Tea", "Time")})
        (table,) = tables(activity.describe([released]))
        assert table.rows == (("What helps", "Tea"), ("What helps", "Time"), ("What gets in the way", "Rooms"))
        assert [option.id for option in activity.offers(released)] == ["tea", "time", "rooms"]
        assert activity.describe([play(activity, 12)]) == (Say("Nothing was written down."),)


@pytest.mark.parametrize(("kind", "record"), [("actions", "action"), ("escalate", "ask"), ("park", "park")])
def test_records_are_written_by_the_scribe_and_drawn_elsewhere(kind: str, record: str) -> None:
    activity = read(kind)
    for people in (3, 12):
        form = activity.form(Given(), Size(people))
        (field,) = form.fields
        assert isinstance(field, Write)
        assert (form.by, field.record, field.many) == (By.SCRIBE, record, 40)
    assert activity.describe([play(activity, 12, entries={field.id: ("Ask for rooms",)})]) == ()


class TestNeeds:
    def test_everyone_is_offered_a_break_whoever_asks(self) -> None:
        activity = read("needs")
        asked: list[Answer] = [{"needs": ("break", "slower")}] * 12
        assert activity.count(asked, Present(12, 12), Given()).tallies == ()
        offers = {tuple(activity.describe([play(activity, people, asked)])) for people in (3, 6, 12)}
        assert offers == {(Say("Anyone can have a break or a slower pace now. Nobody needs to say why."),)}

    def test_a_file_may_name_other_needs(self) -> None:
        activity = read("needs", choices=(ListLine("light", "Less light", 7, 3), ListLine("door", "The door", 8, 3)))
        (field,) = activity.form(Given(), Size(6)).fields
        assert isinstance(field, Pick)
        assert ([option.id for option in field.options], field.most) == (["light", "door"], 2)


class TestPause:
    def test_breathing_is_one_choice_and_never_the_first(self) -> None:
        titles = [exercise.title for exercise in pauses()]
        assert titles.index("Slow breathing") == len(titles) - 2
        assert titles[0] == "Look around"
        for title in titles:
            assert title in read("pause").form(Given(), Size(12)).talk

    def test_no_exercise_holds_breath_or_closes_eyes(self) -> None:
        words = " ".join(line for exercise in pauses() for line in exercise.lines).lower()
        assert "close your eyes" not in words
        assert "hold" not in words.replace("don't hold your breath", "").replace("chair holding you", "")

    def test_a_file_may_say_what_to_do(self) -> None:
        activity = read("pause", numbered=(ListLine("a", "Look at the sky.", 7, 3), ListLine("b", "Sit down.", 8, 3)))
        assert activity.form(Given(), Size(6)).talk == "Look at the sky.\nSit down."
