from __future__ import annotations

import inspect
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st
from playing import play, read

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Given, Present, Tier
from tisu_tui.core.form import Answer, By, Form, Option, Order, Pick, Value, Write
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Counts, Quotes, Say, Shown, Withheld, WordTable, withheld_sentence
from tisu_tui.core.size import Size, Way

SIZES = (1, 3, 6, 9, 12)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def texts(shown: Shown) -> list[str]:
    match shown:
        case Say(text):
            return [text]
        case Counts(title, rows, columns):
            return [title, *rows, *columns]
        case Quotes(title, quotes):
            return [title, *quotes]
        case WordTable(title, columns, cells):
            return [title, *columns, *(cell for row in cells for cell in row if not isinstance(cell, Withheld))]


def asked_of(form: Form) -> list[str]:
    found = [form.talk] if form.talk else []
    for field in form.fields:
        found += [field.title] if field.title else []
        found += [option.label for option in ([] if isinstance(field, Write) else field.options)]
    return found


@st.composite
def answer_to(draw: st.DrawFn, form: Form) -> Answer:
    """One person's answers, some passed, some not met, all of them allowed."""
    answer: dict[str, Value | None] = {}
    while field := form.pending(answer):
        value: Value | None
        match field:
            case Pick(options=options):
                some = draw(st.lists(st.sampled_from(options), max_size=field.most, unique=field.each == 1))
                value = tuple(option.id for option in some)
            case Order(options=options):
                order = draw(st.permutations([option.id for option in options]))
                value = tuple(order[: draw(st.integers(0, len(order)))])
            case Write(many=many):
                value = tuple(draw(st.lists(st.sampled_from(["Tea", "tea", "Air", "Ärger"]), max_size=min(many, 3))))
        if value and field.problem(value):
            value = None
        answer[field.id] = value or None
    return answer


def rounds_of(form: Form, people: int) -> st.SearchStrategy[list[list[Answer]]]:
    return st.lists(st.lists(answer_to(form), max_size=people), min_size=1, max_size=3)


@pytest.mark.parametrize("kind", kinds())
class TestEveryKind:
    def test_says_in_one_sentence_what_it_is_for(self, kind: str) -> None:
        sentence = inspect.getdoc(kinds()[kind]) or ""
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0
        assert sentence[0].isupper()

    @pytest.mark.parametrize("people", SIZES)
    def test_asks_as_the_size_of_the_room_says(self, kind: str, people: int) -> None:
        size, activity = Size(people), read(kind)
        form, in_full = activity.form(Given(), size), activity.form(Given(), Size(12))
        if size.way is Way.ALONE:
            assert form.by is By.NOBODY
        elif size.is_secret or in_full.by is not By.EVERYONE:
            assert form.by is in_full.by
        else:
            assert form.by is (By.NOBODY if activity.tier is Tier.ROOM else By.SCRIBE)
        assert bool(form.talk) is (form.by is not By.EVERYONE)
        assert bool(form.fields) is bool(in_full.fields)

    @pytest.mark.parametrize("people", SIZES)
    def test_has_fields_and_options_with_ids_of_their_own(self, kind: str, people: int) -> None:
        form = read(kind, settings=frozenset({"sureness"})).form(Given(), Size(people))
        ids = [field.id for field in form.fields]
        assert len(set(ids)) == len(ids)
        for field in form.fields:
            names = [] if isinstance(field, Write) else [option.id for option in field.options]
            assert len(set(names)) == len(names)

    @pytest.mark.parametrize("people", SIZES)
    def test_asks_in_words_without_loose_ends(self, kind: str, people: int) -> None:
        for text in asked_of(read(kind).form(Given(), Size(people))):
            assert text == text.strip()
            assert text
            assert "!" not in text

    def test_says_nothing_of_no_round(self, kind: str) -> None:
        assert tuple(read(kind).describe([])) == ()

    def test_says_nothing_of_a_person_who_was_alone(self, kind: str) -> None:
        activity = read(kind)
        shown = tuple(activity.describe([play(activity, 1)]))
        assert shown == (() if kind != "needs" else shown)

    def test_says_nothing_more_of_too_few_answers_than_of_none(self, kind: str) -> None:
        activity = read(kind)
        form = activity.form(Given(), Size(6))
        few: list[Answer] = [first_answers(form)] * 4
        assert activity.describe([play(activity, 6, few)]) == activity.describe([play(activity, 6)])
        if form.by is By.EVERYONE and kind != "needs":
            assert withheld_sentence() in str(activity.describe([play(activity, 6)]))

    @pytest.mark.parametrize("people", [6, 9, 12])
    def test_counts_only_what_its_kind_says_it_may_find(self, kind: str, people: int) -> None:
        activity = read(kind)
        form = activity.form(Given(), Size(people))
        count = activity.count([first_answers(form)] * people, Present(people, people), Given())
        assert {found.finding for tally in count.tallies for found in tally.found} <= activity.finds

    def test_passes_and_the_order_of_answers_change_nothing(self, kind: str) -> None:
        people = 7
        activity = read(kind, settings=frozenset({"sureness"}))
        form = activity.form(Given(), Size(people))

        @QUICK
        @over(st.lists(answer_to(form), max_size=people).flatmap(lambda a: st.tuples(st.just(a), st.permutations(a))))
        def law(drawn: tuple[list[Answer], list[Answer]]) -> None:
            answers, shuffled = drawn
            everything_passed: Answer = {field.id: None for field in form.fields}
            present = Present(people, people)
            plain = activity.count(answers, present, Given())
            assert plain == activity.count(shuffled, present, Given())
            assert plain == activity.count([*answers, everything_passed, {}], present, Given())

        law()

    def test_tells_every_round_without_loose_ends(self, kind: str) -> None:
        activity = read(kind, settings=frozenset({"sureness"}))
        forms = {people: activity.form(Given(), Size(people)) for people in SIZES}

        @settings(QUICK, max_examples=50)
        @over(
            st.sampled_from(SIZES).flatmap(lambda people: st.tuples(st.just(people), rounds_of(forms[people], people)))
        )
        def law(drawn: tuple[int, list[list[Answer]]]) -> None:
            people, rounds = drawn
            released: list[Released] = []
            for answers in rounds:
                typed = written(answers[0]) if answers and forms[people].by is By.SCRIBE else {}
                released.append(play(activity, people, answers, before=released, entries=typed))
            for shown in activity.describe(released):
                for text in texts(shown):
                    assert text
                    assert text == text.strip()
                if isinstance(shown, Counts):
                    assert [len(row) for row in shown.numbers] == [len(shown.columns)] * len(shown.rows)
                    assert any(isinstance(number, int) for row in shown.numbers for number in row)
                if isinstance(shown, WordTable):
                    assert {len(row) for row in shown.rows} == {len(shown.columns)}

        law()


def first_answers(form: Form) -> Answer:
    """Answer every question with its first option, or a word."""
    answer: dict[str, Value | None] = {}
    while field := form.pending(answer):
        answer[field.id] = ("Tea",) if isinstance(field, Write) else (field.options[0].id,)
    return answer


def written(answer: Answer) -> Mapping[str, tuple[str, ...]]:
    return {name: value for name, value in answer.items() if value}


def test_what_is_about_a_person_stays_in_the_room() -> None:
    room = {kind for kind in kinds() if kinds()[kind].tier is Tier.ROOM}
    assert room == {"check-in", "needs", "reflect", "close"}
    assert {kind for kind in kinds() if kinds()[kind].asks_about_people} == {"check-in", "needs", "reflect"}
    assert {kind for kind in kinds() if kinds()[kind].is_vote} == {"choose", "dots", "rank", "consent"}


def test_options_from_an_earlier_step_take_the_place_of_those_in_the_file() -> None:
    given = Given((Option("tea", "More tea"), Option("air", "More air")))
    for kind in ("choose", "dots", "rank"):
        (field,) = read(kind).form(given, Size(12)).fields
        assert isinstance(field, Pick | Order)
        assert field.options == given.options
