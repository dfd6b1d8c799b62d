"""Rank and sense: from what people answer to what everybody sees, by size of room."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given as over
from hypothesis import strategies as st
from playing import choices, lines, numbers, play, read, says, tables

from tisu_tui.core.activity import Given, Present
from tisu_tui.core.form import Answer, By, Option, Order, Pick
from tisu_tui.core.ranking import pairwise, schulze
from tisu_tui.core.released import Finding
from tisu_tui.core.shown import WITHHELD, Counts, Say, withheld_sentence
from tisu_tui.core.size import Size

NOT_SHOWN = (Say(withheld_sentence()), Say("If you like, we can talk about it instead."))
SIXTY = tuple(Option(f"o{n}", f"Option {n}") for n in range(60))


def orders(*written: tuple[str, int]) -> list[Answer]:
    """Ballots as `("abc", 3)`: three people put a before b before c."""
    return [{"choice": tuple(order)} for order, n in written for _each in range(n)]


# 14 A>B>C, 11 B>C>A, 7 C>A>B: https://en.wikipedia.org/wiki/Borda_count
CYCLE = orders(("abc", 14), ("bca", 11), ("cab", 7))
# A beats both others, and B has more points.
DISAGREE = orders(("abc", 6), ("bca", 4))


class TestRank:
    def test_twelve_people_see_the_order_the_pairs_and_what_points_would_say(self) -> None:
        activity = read("rank")
        released = play(activity, 12, DISAGREE)
        shown = activity.describe([released])
        places, pairs = tables(shown)
        assert places.rows == (("Rota", "1"), ("Budget", "2"), ("Handover", "3"))
        assert pairs.columns == ("Choice", "Rota", "Budget", "Handover")
        assert pairs.rows == (
            ("Rota", "–", "6", "6"),
            ("Budget", "4", "–", "10"),
            ("Handover", "4", "0", "–"),
        )
        assert numbers(shown) == [
            Counts("How many people put each first", ("Rota", "Budget", "Handover"), ("People",), ((6,), (4,), (0,)))
        ]
        assert says(shown) == (
            "“Rota” was chosen most.\n"
            "“Rota” beats every other choice, two at a time.\n"
            "Counting points (Borda) disagrees: it puts “Budget” first. Points are only shown beside the result."
        )
        assert [option.id for option in activity.offers(released)] == ["a"]

    def test_a_circle_is_decided_by_the_strongest_wins_and_said(self) -> None:
        activity = read("rank")
        shown = activity.describe([play(activity, 40, CYCLE)])
        assert tables(shown)[0].rows == (("Rota", "1"), ("Budget", "2"), ("Handover", "3"))
        assert "No choice beats every other one, two at a time." in says(shown)
        assert "it puts “Budget” first" in says(shown)

    def test_points_that_come_to_the_same_are_said_to_agree(self) -> None:
        activity = read("rank")
        assert "(Borda) agrees" in says(activity.describe([play(activity, 12, orders(("abc", 10)))]))

    @pytest.mark.parametrize("people", [6, 9])
    def test_a_small_room_sees_what_came_first_and_no_number(self, people: int) -> None:
        activity = read("rank")
        released = play(activity, people, orders(("abc", 3), ("bca", 2)))
        shown = activity.describe([released])
        assert not tables(shown)
        assert not numbers(shown)
        assert says(shown) == "“Rota” was chosen most."
        assert {number for tally in released.tallies for number in (*tally.counts, tally.answered)} == {WITHHELD}

    def test_a_tie_is_never_named_and_all_go_forward(self) -> None:
        activity = read("rank")
        released = play(activity, 6, orders(("abc", 3), ("bac", 3)))
        shown = activity.describe([released])
        assert shown == (Say("No single choice came first. The group can talk about it and choose."),)
        assert [option.id for option in activity.offers(released)] == ["a", "b", "c"]

    def test_three_people_agree_on_an_order_aloud(self) -> None:
        activity = read("rank")
        form = activity.form(Given(), Size(3))
        assert form.by is By.SCRIBE
        assert isinstance(form.fields[0], Order)
        agreed = play(activity, 3, entries={"choice": ("c", "a")})
        assert activity.describe([agreed]) == (Say("Agreed aloud, best first: “Handover” and “Rota”."),)
        assert [option.id for option in activity.offers(agreed)] == ["c"]
        assert activity.describe([play(activity, 3)]) == (Say("Nothing was written down."),)
        assert activity.offers(play(activity, 3)) == ()

    @pytest.mark.parametrize("answers", [[], [{"choice": None}] * 6, orders(("abc", 4))])
    def test_nobody_everybody_passing_and_too_few_look_the_same(self, answers: list[Answer]) -> None:
        activity = read("rank")
        released = play(activity, 6, answers)
        assert activity.describe([released]) == NOT_SHOWN
        assert activity.offers(released) == ()

    def test_one_option_is_the_first_and_has_no_pairs(self) -> None:
        activity, given = read("rank"), Given((Option("only", "Only this"),))
        released = play(activity, 12, [{"choice": ("only",)}] * 12, given=given)
        assert [tally.field for tally in released.tallies] == ["choice"]
        assert "“Only this” was chosen most." in says(activity.describe([released]))

    def test_sixty_options_are_put_in_order_without_a_table_nobody_could_read(self) -> None:
        activity, given = read("rank"), Given(SIXTY)
        released = play(activity, 12, [{"choice": ("o7", "o3")}] * 12, given=given)
        (places,) = tables(activity.describe([released]))
        assert places.rows[:3] == (("Option 7", "1"), ("Option 3", "2"), ("Option 0", "3, tied"))

    def test_a_step_that_brought_nothing_leaves_nothing_to_put_in_order(self) -> None:
        activity = read("rank", choices=(), takes_options=True)
        for people in (3, 12):
            (field,) = activity.form(Given(), Size(people)).fields
            assert isinstance(field, Pick)
            assert not field.options, "a session talks about it instead"

    def test_rounds_stand_side_by_side(self) -> None:
        activity = read("rank")
        first = play(activity, 12, orders(("abc", 10)))
        second = play(activity, 12, orders(("bac", 10)), before=[first])
        places = tables(activity.describe([first, second]))[0]
        assert places.columns == ("Choice", "Round 1", "Round 2")
        assert places.rows == (("Budget", "2", "1"), ("Rota", "1", "2"), ("Handover", "3", "3"))

    @over(st.lists(st.permutations("abc").flatmap(lambda o: st.integers(1, 3).map(lambda n: o[:n])), max_size=20))
    def test_the_first_are_the_winners_and_nobody_stands_above_one_that_beats_them(
        self, ballots: list[list[str]]
    ) -> None:
        count = read("rank").count([{"choice": tuple(ballot)} for ballot in ballots], Present(20, 20), Given())
        found = {each.finding: each.groups for each in count.tallies[0].found}
        if not ballots:
            assert not found
            return
        table = pairwise("abc", Counter(tuple((name,) for name in ballot) for ballot in ballots))
        order = found[Finding.ORDER]
        assert sorted(name for group in order for name in group) == ["a", "b", "c"]
        assert found[Finding.WINNER] == order[:1]
        assert set(order[0]) == set(schulze(table))


READY = "Nobody is below 3. The group is ready to decide."
BELOW = "Somebody is below 3. What would it take to come to a 3? Anyone may say, and nobody has to."


class TestSense:
    @staticmethod
    def hands(*counts: int) -> list[Answer]:
        return choices("sense", *((str(n), people) for n, people in enumerate(counts)))

    def test_asks_the_steps_own_question_from_0_to_5_in_words(self) -> None:
        (field,) = read("sense").form(Given(), Size(12)).fields
        assert isinstance(field, Pick)
        assert (field.title, field.most) == ("", 1)
        assert [option.label for option in field.options] == [
            "0 I would stop it",
            "1 I have big worries",
            "2 I have some worries",
            "3 I can live with it",
            "4 I like it",
            "5 I would help to lead it",
        ]

    def test_asks_once_for_each_line_of_the_file_or_of_an_earlier_step(self) -> None:
        activity = read("sense", numbered=lines("We will listen.", "We will answer."))
        assert [question.title for question in activity.form(Given(), Size(12)).fields] == [
            "We will listen.",
            "We will answer.",
        ]
        taken = activity.form(Given(SIXTY), Size(12))
        assert [(question.id, question.title) for question in taken.fields] == [
            (option.id, option.label) for option in SIXTY
        ]

    def test_lines_that_never_came_leave_nothing_to_ask(self) -> None:
        activity = read("sense", takes_options=True)
        for people in (3, 12):
            (field,) = activity.form(Given(), Size(people)).fields
            assert isinstance(field, Pick)
            assert not field.options
        assert activity.describe([play(activity, 3)]) == (Say("Nothing was written down."),)

    def test_three_people_agree_aloud(self) -> None:
        activity = read("sense")
        assert activity.form(Given(), Size(3)).by is By.SCRIBE
        agreed = play(activity, 3, entries={"sense": ("3",)})
        assert activity.describe([agreed]) == (Say("Agreed aloud: “3 I can live with it”."),)

    @pytest.mark.parametrize(
        ("people", "answers", "said"),
        [
            (6, (0, 0, 0, 0, 6), [READY]),
            (6, (1, 0, 0, 0, 5), [BELOW]),
            (7, (0, 0, 0, 0, 7), ["The middle answer is “4 I like it”.", READY]),
            (12, (3, 0, 0, 0, 9), ["The middle answer is “4 I like it”.", BELOW]),
        ],
    )
    def test_a_room_hears_whether_anybody_is_below_three_and_never_how_many(
        self, people: int, answers: tuple[int, ...], said: list[str]
    ) -> None:
        activity = read("sense")
        assert activity.describe([play(activity, people, self.hands(*answers))]) == tuple(map(Say, said))

    def test_each_line_is_told_on_its_own(self) -> None:
        activity = read("sense", numbered=lines("We will listen.", "We will answer."))
        answers: list[Answer] = [{"a": ("4",), "b": (b,)} for b in "111444444444"]
        shown = activity.describe([play(activity, 12, answers)])
        (table,) = tables(shown)
        assert table.columns == ("Line", "Middle answer", "Below 3")
        assert table.rows == (
            ("We will listen.", "4 I like it", "nobody"),
            ("We will answer.", "4 I like it", "somebody"),
        )
        assert "Nobody is below 3 for “We will listen”." in says(shown)
        assert "What would it take" in says(shown)
        assert "ready" not in says(shown)
        assert not numbers(shown)

    def test_a_line_is_asked_with_its_words_and_told_by_its_name(self) -> None:
        activity = read("sense", takes_options=True)
        before = Given((Option("time", "Time — We keep Fridays free."),))
        now = Given((Option("time", "Time — We keep Mondays free."),))
        assert activity.form(now, Size(12)).fields[0].title == "Time — We keep Mondays free."
        first = play(activity, 12, choices("time", ("2", 12)), given=before)
        second = play(activity, 12, choices("time", ("4", 12)), given=now, before=[first])
        middle = tables(activity.describe([first, second]))[0]
        assert middle.rows == (("Time", "2 I have some worries", "4 I like it"),)

    def test_a_line_that_everybody_passed_holds_back_only_itself(self) -> None:
        activity = read("sense", numbered=lines("We will listen.", "We will answer."))
        answers: list[Answer] = [{"a": ("4",), "b": None}] * 12
        shown = activity.describe([play(activity, 12, answers)])
        assert tables(shown)[0].rows[1] == ("We will answer.", WITHHELD, WITHHELD)
        assert "ready" not in says(shown)

    @pytest.mark.parametrize("answers", [[], [{"sense": None}] * 12, choices("sense", ("5", 4))])
    def test_nobody_everybody_passing_and_too_few_look_the_same(self, answers: list[Answer]) -> None:
        activity = read("sense")
        assert activity.describe([play(activity, 12, answers)]) == NOT_SHOWN

    def test_rounds_stand_side_by_side(self) -> None:
        activity = read("sense")
        first = play(activity, 12, self.hands(0, 3, 0, 0, 9))
        second = play(activity, 12, self.hands(0, 0, 0, 3, 9), before=[first])
        shown = activity.describe([first, second])
        assert "Round 2: The middle answer is “4 I like it”." in says(shown)
        assert says(shown).endswith("The group is ready to decide.")
