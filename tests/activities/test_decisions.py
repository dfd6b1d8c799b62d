"""Choose, dots, consent and agree: from ballots to what everybody sees, by size of room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given as over
from hypothesis import strategies as st
from playing import choices, lines, numbers, play, quoted, read, says, tables

from tisu_tui.activities.choose import Choose
from tisu_tui.core.activity import Given, Present
from tisu_tui.core.figure import Items
from tisu_tui.core.form import Answer, By, Option, Pick
from tisu_tui.core.released import Finding, Released, Unsaid
from tisu_tui.core.shown import WITHHELD, Say, withheld_sentence
from tisu_tui.core.size import Size, Way
from tisu_tui.privacy.gate import release

PROPOSAL = Given((Option("rota", "Share the rota until spring"),))


def ballots(*chosen: Sequence[str]) -> list[Answer]:
    return [{"choice": tuple(each)} for each in chosen]


class TestChoose:
    @pytest.mark.parametrize(("argument", "most"), [("", 1), ("1", 1), ("2", 2), ("up to 2", 2), ("any", 3)])
    def test_lets_people_choose_as_many_as_the_file_says(self, argument: str, most: int) -> None:
        (field,) = read("choose", argument=argument).form(Given(), Size(12)).fields
        assert isinstance(field, Pick)
        assert (field.most, field.each) == (most, 1)

    def test_three_people_agree_aloud(self) -> None:
        activity = read("choose", argument="any")
        assert activity.form(Given(), Size(3)).by is By.SCRIBE
        agreed = play(activity, 3, entries={"choice": ("a", "c")})
        assert activity.describe([agreed]) == (Say("Agreed aloud: “Rota” and “Handover”."),)
        assert [option.label for option in activity.offers(agreed)] == ["Rota", "Handover"]

    @pytest.mark.parametrize("people", [6, 9])
    def test_a_small_room_sees_what_was_chosen_most_and_no_more(self, people: int) -> None:
        activity = read("choose", argument="any")
        released = play(activity, people, ballots("ab", "ab", "ac", "b", "a"))
        assert activity.describe([released]) == (Say("“Rota” was chosen most."),)
        assert [option.id for option in activity.offers(released)] == ["a"]

    @pytest.mark.parametrize("people", [6, 9])
    def test_a_tie_in_a_small_room_is_never_named(self, people: int) -> None:
        activity = read("choose")
        released = play(activity, people, ballots(*"aabbc"))
        said = Say("No single choice came first. The group can talk about it and choose.")
        assert activity.describe([released]) == (said,)
        assert [option.id for option in activity.offers(released)] == ["a", "b", "c"]

    def test_between_two_a_tie_is_said_as_one(self) -> None:
        activity = read("choose", choices=lines("Rota", "Budget"))
        said = Say("It is a tie between the two. The group can talk about it and choose.")
        assert activity.describe([play(activity, 6, ballots(*"aaabbb"))]) == (said,)
        assert says(activity.describe([play(activity, 6, ballots(*"aaaabb"))])) == "“Rota” was chosen most."

    def test_twelve_people_see_the_numbers(self) -> None:
        activity = read("choose")
        shown = activity.describe([play(activity, 12, ballots(*"aaaaaabbbccc"))])
        assert numbers(shown)[0].numbers == ((6,), (3,), (3,))
        assert not tables(shown)
        assert says(shown) == "“Rota” was chosen most."

    def test_a_big_room_that_had_nothing_to_choose_from_is_told_of_nothing_withheld(self) -> None:
        nobody_asked = Released(round=1, way=Way.FULL, people="12–19")
        assert read("choose").describe([nobody_asked]) == (Say("Nothing was written down."),)

    def test_a_tie_is_said_as_a_tie(self) -> None:
        activity = read("choose")
        shown = activity.describe([play(activity, 12, ballots(*"aaaaabbbbbc"))])
        assert "“Rota” and “Budget” are tied in first place." in says(shown)

    def test_four_answers_show_nothing_and_offer_to_talk(self) -> None:
        activity = read("choose")
        released = play(activity, 6, ballots(*"aaaa"))
        assert activity.describe([released]) == (
            Say(withheld_sentence()),
            Say("If you like, we can talk about it instead."),
        )
        assert activity.offers(released) == ()

    def test_a_round_in_numbers_and_one_without_are_told_one_after_the_other(self) -> None:
        activity = read("choose")
        first = play(activity, 12, ballots(*"aaaaaaabbb"))
        second = play(activity, 9, ballots(*"bbbbba"), before=[first])
        shown = activity.describe([first, second])
        assert numbers(shown)[0].numbers[0] == (7, WITHHELD)
        assert says(shown) == "Round 1: “Rota” was chosen most.\nRound 2: “Budget” was chosen most."

    def test_rounds_with_other_options_are_drawn_apart(self) -> None:
        activity = read("choose")
        given = Given((Option("a", "Rota"), Option("d", "Rooms")))
        first = play(activity, 12, ballots(*"aaaaaaabbbb"))
        second = play(activity, 12, ballots(*"aaaaddddddd"), given=given, before=[first])
        assert [(counts.columns, counts.rows) for counts in numbers(activity.describe([first, second]))] == [
            (("Round 1",), ("Rota", "Budget", "Handover")),
            (("Round 2",), ("Rota", "Rooms")),
        ]


class TestDots:
    @pytest.mark.parametrize(("options", "dots"), [(2, 2), (6, 2), (8, 3), (12, 4), (20, 5)])
    def test_gives_dots_by_the_number_of_options(self, options: int, dots: int) -> None:
        activity = read("dots", choices=lines(*(f"Line {n}" for n in range(options))))
        (field,) = activity.form(Given(), Size(12)).fields
        assert isinstance(field, Pick)
        assert (field.most, field.each) == (dots, 2)

    def test_one_dot_each_is_one_choice(self) -> None:
        (field,) = read("dots", argument="1").form(Given(), Size(12)).fields
        assert isinstance(field, Pick)
        assert (field.most, field.each) == (1, 1)

    def test_three_people_agree_aloud_on_each_line_once(self) -> None:
        form = read("dots", argument="3").form(Given(), Size(3))
        (field,) = form.fields
        assert isinstance(field, Pick)
        assert (form.by, field.most, field.each) == (By.SCRIBE, 3, 1)

    def test_counts_people_before_dots(self) -> None:
        activity = read("dots", argument="2")
        answers = ballots("aa", "aa", "ab", "bc", "bc", "bc")
        (tally,) = activity.count(answers, Present(12, 12), Given()).tallies
        assert (tally.counts, tally.weights) == ((3, 4, 3), (5, 4, 3))
        found = {each.finding: each.groups for each in tally.found}
        assert found[Finding.ORDER] == (("b",), ("a",), ("c",))
        assert found[Finding.WINNER] == (("b",),)

    def test_twelve_people_see_people_and_dots(self) -> None:
        activity = read("dots", argument="2")
        shown = activity.describe([play(activity, 12, ballots(*["aa"] * 5, *["bc"] * 5))])
        people, dots = numbers(shown)
        assert people.numbers == ((5,), (5,), (5,))
        assert dots.numbers == ((10,), (5,), (5,))
        assert says(shown) == "“Rota” was chosen most."

    def test_where_nothing_came_first_all_go_forward(self) -> None:
        activity = read("dots", argument="2")
        released = play(activity, 6, ballots(*["ab"] * 5))
        assert [option.id for option in activity.offers(released)] == ["a", "b", "c"]
        assert "No single choice came first" in says(activity.describe([released]))

    @over(st.lists(st.sampled_from(["aa", "ab", "bb", "bc", "ac", "c"]), max_size=20))
    def test_every_dot_is_counted_once(self, chosen: list[str]) -> None:
        (tally,) = read("dots", argument="2").count(ballots(*chosen), Present(20, 20), Given()).tallies
        assert sum(tally.weights) == sum(map(len, chosen))
        assert all(people <= dots <= 2 * people for people, dots in zip(tally.counts, tally.weights, strict=True))


def positions(agree: int = 0, worry: int = 0, aside: int = 0, object_: int = 0) -> list[Answer]:
    return choices("position", ("agree", agree), ("worry", worry), ("aside", aside), ("object", object_))


class TestConsent:
    @pytest.mark.parametrize(
        ("answers", "at_close", "verdict"),
        [
            (positions(agree=9), 9, "carried"),
            (positions(agree=6, worry=3), 6, "carried"),
            (positions(agree=9), 5, "absent"),
            (positions(agree=6, aside=3), 9, "carried"),
            (positions(agree=5, aside=3), 9, "thin"),
            (positions(agree=8, object_=1), 9, "worry"),
            (positions(agree=4, object_=1), 5, "absent"),
            (positions(agree=3, aside=3), 5, "absent"),
        ],
    )
    def test_one_objection_holds_it_and_enough_people_carry_it(
        self, answers: list[Answer], at_close: int, verdict: str
    ) -> None:
        (tally,) = read("consent").count(answers, Present(9, at_close), Given()).tallies
        assert [found.groups for found in tally.found] == [((verdict,),)]

    def test_a_pass_never_blocks_a_quorum(self) -> None:
        passed: list[Answer] = [{"position": None}] * 6
        (tally,) = read("consent").count([*positions(agree=3), *passed], Present(9, 9), Given()).tallies
        assert tally.found[0].groups == (("carried",),)

    @pytest.mark.parametrize(("quorum", "carried_by"), [("1/2", 5), ("3/4", 8), ("1/1", 10), ("", 7)])
    def test_takes_a_quorum_from_the_file(self, quorum: str, carried_by: int) -> None:
        activity = read("consent", quorum=quorum)
        for at_close, verdict in ((carried_by, "carried"), (carried_by - 1, "absent")):
            (tally,) = activity.count(positions(agree=5), Present(10, at_close), Given()).tallies
            assert tally.found[0].groups == ((verdict,),)

    @over(
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(0, 3),
        st.integers(1, 40),
        st.integers(0, 40),
    )
    def test_the_verdict_is_the_rule(self, agree: int, worry: int, aside: int, no: int, start: int, end: int) -> None:
        count = read("consent").count(positions(agree, worry, aside, no), Present(start, end), Given())
        found = count.tallies[0].found
        people = agree + worry + aside + no
        if not people:
            assert not found
            return
        is_carried = not no and end >= Fraction(2, 3) * start
        assert (found[0].groups[0][0] in {"carried", "thin"}) is is_carried
        assert found[0].groups[0][0] != "carried" or aside <= people / 3

    def test_everyone_gets_the_same_box_after_any_answer(self) -> None:
        form = read("consent").form(PROPOSAL, Size(12))
        boxes = {form.pending({"position": (option.id,)}) for option in form.fields[0].options}  # type: ignore[union-attr]  # the first is a Pick
        assert boxes == {form.fields[1]}
        assert form.pending({"position": None}) is None

    def test_three_people_hold_a_spoken_round(self) -> None:
        activity = read("consent")
        assert activity.form(PROPOSAL, Size(3)).by is By.SCRIBE
        shown = activity.describe(
            [play(activity, 3, given=PROPOSAL, entries={"outcome": ("carried-worries",), "worries": ("Nights",)})]
        )
        assert shown[0] == Say("“Share the rota until spring”: Carried, with worries kept.")
        assert quoted(shown) == {"Worries and reasons kept": ("Nights",)}

    def test_six_people_see_a_verdict_and_no_number(self) -> None:
        activity = read("consent")
        shown = activity.describe([play(activity, 6, positions(agree=4, object_=1), given=PROPOSAL)])
        assert shown == (
            Say(
                "“Share the rota until spring”: A worry has been raised. It is now for all of us to solve. "
                "Please don't ask or guess whose it is. What would make this safe enough to try?"
            ),
        )

    def test_rounds_are_told_one_after_the_other_with_what_was_kept(self) -> None:
        activity = read("consent")
        first = play(activity, 12, positions(agree=9, object_=1), given=PROPOSAL)
        second = play(activity, 12, positions(agree=6, aside=4), given=PROPOSAL, before=[first])
        shown = activity.describe([first, replace(second, kept=("Ask nights first",))])
        assert says(shown) == (
            "Round 1: “Share the rota until spring”: A worry was raised.\n"
            "Round 2: “Share the rota until spring”: Carried, but thin: set an early review."
        )
        assert not numbers(shown)
        assert quoted(shown) == {"Worries and reasons kept": ("Ask nights first",)}

    def test_a_worry_that_stands_says_nothing_of_who_left(self) -> None:
        # In a team's next session nobody can tell whether anybody did.
        activity = read("consent")
        stands = replace(play(activity, 6, positions(agree=4, object_=1), given=PROPOSAL), unsaid=Unsaid.WORRY)
        assert says(activity.describe([stands])) == (
            "“Share the rota until spring”: The worry that was raised stands, as we may not be the same people now. "
            "Once somebody writes down how it was met, we can ask again."
        )

    def test_a_question_of_its_own_is_quoted_where_nothing_was_taken(self) -> None:
        activity = read("consent", title="Can we try it?")
        assert says(activity.describe([play(activity, 6, positions(agree=6))])) == "“Can we try it?”: Carried."

    def test_quotes_within_a_proposal_become_single_ones(self) -> None:
        given = Given((Option("a", "Who reads “the rota”, and „grafik”?"),))
        (field, *_others) = read("consent").form(given, Size(6)).fields
        assert field.title == "“Who reads ‘the rota’, and ‚grafik’?”"

    def test_a_reason_goes_to_the_facilitator_among_all_ballots(self) -> None:
        answers: list[Answer] = [*positions(agree=5), {"position": ("worry",), "reason": ("Nights",)}]
        count = read("consent").count(answers, Present(6, 6), PROPOSAL)
        assert (count.words, count.among) == (("Nights",), 6)

    def test_four_ballots_show_nothing(self) -> None:
        activity = read("consent")
        assert says(activity.describe([play(activity, 6, positions(agree=4))])).startswith(withheld_sentence())


class TestAgree:
    ANSWERS: ClassVar[list[Answer]] = [
        *({"a": ("fine",), "b": ("fine",), "more": ("Phones away",)} for _each in range(5)),
        {"a": ("not-sure",), "b": ("change",)},
    ]

    @pytest.mark.parametrize("people", [6, 9])
    def test_a_small_room_sees_which_lines_to_talk_over(self, people: int) -> None:
        activity = read("agree")
        shown = activity.describe([play(activity, people, self.ANSWERS)])
        (table,) = tables(shown)
        assert table.rows == (("We listen.", "Kept as it is"), ("We stop on time.", "To talk over"))
        assert not numbers(shown)

    def test_a_line_to_talk_over_stands_out_by_a_sign_and_only_beside_kept_ones(self) -> None:
        def signs(answers: list[Answer]) -> list[tuple[str, bool]]:
            activity = read("agree")
            picture = activity.picture(Given(), [play(activity, 9, answers)])
            assert picture is not None
            assert isinstance(picture.figure, Items)
            return [(item.key, item.first) for item in picture.figure.items]

        assert signs(self.ANSWERS) == [("✓", False), ("?", True)]
        assert signs([{"a": ("change",), "b": ("change",)}] * 6) == [("?", False), ("?", False)]

    def test_nobody_sees_how_many_would_change_a_line(self) -> None:
        activity = read("agree")
        answers: list[Answer] = [*self.ANSWERS, *self.ANSWERS]
        shown = activity.describe([replace(play(activity, 12, answers), kept=("Phones away",))])
        assert not numbers(shown)
        assert quoted(shown) == {"Lines to add": ("Phones away",)}

    def test_a_line_with_too_few_answers_is_withheld(self) -> None:
        activity = read("agree")
        answers: list[Answer] = [{**each, "b": None} for each in self.ANSWERS]
        (table,) = tables(activity.describe([play(activity, 6, answers)]))
        assert table.rows[1] == ("We stop on time.", WITHHELD)

    def test_three_people_go_through_it_aloud(self) -> None:
        activity = read("agree")
        assert activity.form(Given(), Size(3)).by is By.SCRIBE
        shown = activity.describe([play(activity, 3, entries={"a": ("fine",), "more": ("Phones away",)})])
        assert tables(shown)[0].rows == (("We listen.", "Fine as it is"), ("We stop on time.", "–"))
        assert quoted(shown) == {"Lines to add": ("Phones away",)}

    def test_added_lines_are_among_all_who_answered(self) -> None:
        count = read("agree").count(self.ANSWERS, Present(9, 9), Given())
        assert (count.words, count.among) == (("Phones away",) * 5, 6)


@pytest.mark.parametrize(
    ("answers", "next_step"),
    [
        ("aaaaaaabbbbccc", "ab"),  # as many as one could choose
        ("aaaaaaabbbbbbb", "ab"),
        ("aaaaaaabbbbaaa", "ab"),
        ("aaaaaaaaabbccd", "a"),  # b and c are level, and both would be too many
        ("aaaabbbbccccdd", "abcd"),  # nothing is settled
        ("aaaaabbcc", "a"),  # no numbers are told of nine
    ],
)
def test_what_goes_through_several_takes_as_many_as_one_could_choose(answers: str, next_step: str) -> None:
    options = tuple(Option(name, name, str(n)) for n, name in enumerate("abcd", 1))
    activity, given, people = Choose(options, 2), Given(options), len(answers)
    count = activity.count([{"choice": (answer,)} for answer in answers], Present(people, people), given)
    released, _words = release(count, activity.tier, Size(people), activity.finds)
    told = replace(released, options=options)
    assert "".join(option.id for option in activity.leading(told)) == next_step
    # A vote on one proposal takes one, or all to choose from.
    assert len(activity.offers(told)) in {1, len(options)}
