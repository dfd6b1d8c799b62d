"""What the texts of the library promise, each sentence with what keeps it; it fails once the program does not.

A sentence that promises and isn't listed here fails as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from shipped import PACKAGE, workshops

from tisu_tui.activities.choose import Choose
from tisu_tui.activities.dots import Dots
from tisu_tui.activities.rate import Rate
from tisu_tui.core.activity import Given, Present, Tier
from tisu_tui.core.form import Answer, By, Option, Pick, Write
from tisu_tui.core.shown import WITHHELD, Shown
from tisu_tui.core.size import Size
from tisu_tui.privacy.gate import release
from tisu_tui.privacy.table import asks_voice
from tisu_tui.session.session import Place, Session, State
from tisu_tui.session.workshop import Right, Step, Workshop
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, view
from tisu_tui.workshop.reader import read

SIZES = (1, 3, 6, 9, 14)

LIBRARY = dict(workshops())
if blank := read((PACKAGE / "workshop/blank.md").read_bytes(), "blank.md").workshop:
    LIBRARY["blank"] = blank

Check = Callable[[Workshop, Step], None]


def stays_on_the_own_screen(workshop: Workshop, step: Step) -> None:
    del workshop
    for people in SIZES:
        form = step.activity.form(Given(), Size(people))
        assert form.by is By.NOBODY, "nobody can send anything"
    assert step.tier is Tier.ROOM
    assert not step.activity.count([], Present(9, 9), Given()).tallies


def is_about_a_person_and_never_kept(workshop: Workshop, step: Step) -> None:
    """What is about a person is of the room's tier: in no file, and never told in numbers."""
    del workshop
    assert step.tier is Tier.ROOM
    fields = [question for question in step.activity.form(Given(), Size(9)).fields if isinstance(question, Pick)]
    for answers in ([{question.id: (question.options[0].id,) for question in fields}] * n for n in (9, 14)):
        count = step.activity.count(answers, Present(len(answers), len(answers)), Given())
        released, _words = release(count, step.tier, Size(len(answers)), step.activity.finds)
        assert all(number is WITHHELD for tally in released.tallies for number in tally.counts)


def puts_forward_what_is_chosen_most(workshop: Workshop, step: Step) -> None:
    del workshop
    assert isinstance(step.activity, Choose | Dots)
    options = tuple(Option(name, name, str(n)) for n, name in enumerate("abc", 1))
    activity = step.activity if step.activity.own_options == () else replace(step.activity, options=options)
    given = Given(options)
    (field,) = (question for question in activity.form(given, Size(9)).fields if isinstance(question, Pick))
    answers: list[Answer] = [{field.id: (each,)} for each in "aaaabbbcc"]
    for people in (9, 14):
        more: list[Answer] = [*answers, *([{field.id: ("a",)}] * (people - 9))]
        released, _words = release(
            activity.count(more, Present(people, people), given), step.tier, Size(people), activity.finds
        )
        assert [option.id for option in activity.offers(replace(released, options=options))] == ["a"]


def never_counts_objections(workshop: Workshop, step: Step) -> None:
    del workshop
    assert step.kind == "consent"
    given = Given(_options()[:1])
    form = step.activity.form(given, Size(14))
    (field,) = (question for question in form.fields if isinstance(question, Pick))
    objects = next(option.id for option in field.options if option.label.startswith("Object"))
    agrees = next(option.id for option in field.options if option.label.startswith("Agree"))
    for people in (5, 9, 14, 30):
        told = []
        for objectors in (1, 2, people):
            answers: list[Answer] = [{field.id: (objects if n < objectors else agrees,)} for n in range(people)]
            count = step.activity.count(answers, Present(people, people), given)
            released, _words = release(count, step.tier, Size(people), step.activity.finds)
            assert all(number is WITHHELD for tally in released.tallies for number in tally.counts)
            told.append(released.tallies)
        assert told[0] == told[1] == told[2], "one objection reads like many"


def can_be_sent_back_once(workshop: Workshop, step: Step) -> None:
    steps = [step] if step.right else [each for each in workshop.steps if each.right is Right.SEND_BACK]
    assert steps
    assert all(each.right is Right.SEND_BACK for each in steps)


def lets_choose_as_many_as_it_says(workshop: Workshop, step: Step) -> None:
    del workshop
    said = " ".join(block.text for block in step.body).casefold()
    words = {"choose one or two": 2, "choose up to four": 4, "choose up to six": 6, "three dots": 3}
    (most,) = {number for text, number in words.items() if text in said}
    (field,) = (
        question for question in step.activity.form(Given(_options()), Size(9)).fields if isinstance(question, Pick)
    )
    assert field.most == most


def asks_three_questions_and_a_line(workshop: Workshop, step: Step) -> None:
    del workshop
    fields = step.activity.form(Given(), Size(9)).fields
    assert [type(question) for question in fields] == [Pick, Pick, Pick, Write]
    assert step.tier is Tier.ROOM


def decides_nothing(workshop: Workshop, step: Step) -> None:
    del workshop
    assert step.right is Right.INFORMATION


def is_asked_once_more(workshop: Workshop, step: Step) -> None:
    assert step.twice
    assert any(each.again_id == step.id for each in workshop.steps)


def stands_beside_last_time(workshop: Workshop, step: Step) -> None:
    del workshop
    first = next(each for each in LIBRARY["recommendations"].steps if each.kind == "rate")
    assert isinstance(first.activity, Rate)
    assert isinstance(step.activity, Rate)
    assert (first.activity.lines, first.activity.points) == (step.activity.lines, step.activity.points)
    assert first.id == step.id


def holds_no_person(workshop: Workshop, step: Step) -> None:
    """Nothing about a person is a record or a result that the notes could hold."""
    del step
    for each in workshop.steps:
        if each.kind in {"check-in", "needs", "reflect", "close"}:
            assert each.tier is Tier.ROOM, each.id
        shown: tuple[Shown, ...] = tuple(each.activity.describe(())) if each.tier is Tier.ROOM else ()
        assert not shown, each.id


def is_in_the_notes(workshop: Workshop, step: Step) -> None:
    del step
    assert any(each.tier is not Tier.ROOM for each in workshop.steps)


def is_kept_by_people(workshop: Workshop, step: Step) -> None:
    """Whoever leads keeps this, and no program can: it says what a person does, not what tisu does."""
    del workshop, step


KEPT: dict[str, Check] = {
    r"[Oo]nly you (can )?(see|hear)|(goes|gone) when we move on"
    r"|[Nn]obody will ask what (you|it)|seen by nobody else": (
        lambda workshop, step: (
            stays_on_the_own_screen(workshop, step)
            if step.kind == "reflect"
            else all_reflections(workshop, stays_on_the_own_screen)
        )
    ),
    r"You can pass, and nobody sees that you did|It is not counted": is_about_a_person_and_never_kept,
    r"(is|was) chosen most|gets a dot from the most people": puts_forward_what_is_chosen_most,
    r"nobody asks whose it is": never_counts_objections,
    r"send it back once": can_be_sent_back_once,
    r"[Cc]hoose (up to|one or two (that|where))\b|You have three dots": lets_choose_as_many_as_it_says,
    r"Three short questions, and (one|a) line": asks_three_questions_and_a_line,
    r"[Dd]ecides nothing|Nothing is decided by it": decides_nothing,
    r"Nothing is settled yet: after we talk, you choose once more": is_asked_once_more,
    r"The result is put beside that of last time": stands_beside_last_time,
    r"They do not (say|tell|hold)|They say nothing about|They say nothing of what": holds_no_person,
    r"The notes (say|hold|tell|have)|the notes have a place": is_in_the_notes,
    r"nobody (asks why|sees it|will ask you anything)|[Nn]o(body| one) (will ask|asks) (why|for a reason)"
    r"|Nobody else gets it|Nobody is asked what they saw": is_kept_by_people,
}

PROMISES = re.compile(
    r"nobody (sees|will ask|asks|learns)|chosen most|dot from the most|contacts?\b|by role"
    r"|one key away|send it back once|(?<!that )not (be )?(sent|saved|noticed|counted)"
    r"|Nothing is (sent|decided|settled)|only you (can )?(see|hear)|when we move on|by nobody else"
    r"|The notes (say|hold|tell)|They (do not (say|tell|hold)|say nothing)|[Ii]t stays with you\b|up to (two|four|six)"
    r"|three dots|more than half|secret(?!s)|short questions|beside that of",
    re.IGNORECASE,
)


def all_reflections(workshop: Workshop, check: Check) -> None:
    """Check every quiet step of a workshop whose opening speaks of them."""
    quiet = [each for each in workshop.steps if each.kind == "reflect"]
    assert quiet
    for each in quiet:
        check(workshop, each)


def _options() -> tuple[Option, ...]:
    return tuple(Option(f"o{n}", f"option {n}", str(n)) for n in range(1, 9))


def sentences() -> Iterator[tuple[str, str, str]]:
    for name, workshop in LIBRARY.items():
        for step in workshop.steps:
            for block in (*step.content_note, *step.body):
                for sentence in re.split(r"(?<=[.?!]) ", block.text):
                    yield name, step.id, sentence


FOUND = [
    (pattern, name, step)
    for pattern in KEPT
    for name, step in dict.fromkeys((name, step) for name, step, said in sentences() if re.search(pattern, said))
]


@pytest.mark.parametrize(("pattern", "name", "step_id"), FOUND)
def test_what_a_workshop_promises_is_kept(pattern: str, name: str, step_id: str) -> None:
    workshop = LIBRARY[name]
    step = next(each for each in workshop.steps if each.id == step_id)
    KEPT[pattern](workshop, step)


def test_every_promise_is_listed_and_each_of_the_list_is_made() -> None:
    unlisted = [
        f"{name} {step}: {said}"
        for name, step, said in sentences()
        if PROMISES.search(said) and not any(re.search(pattern, said) for pattern in KEPT)
    ]
    assert unlisted == []
    assert {pattern for pattern, _name, _step in FOUND} == set(KEPT)


# Contacts


@pytest.mark.parametrize("name", LIBRARY)
def test_no_screen_says_that_there_are_contacts_where_there_are_none(name: str) -> None:
    workshop = LIBRARY[name]
    for support in ((), ("NHS 24, 111 (checked 2026-11-01)", "Samaritans, 116 123")):
        for n in range(-1, len(workshop.steps)):
            session = Session("7k3m", "2026-11-18", workshop, place=Place(n, 1, State.WAITING), support=support)
            for role in (Role.PARTICIPANT, Role.SCREEN):
                seen = view(session, role, Live(9))
                told = " ".join(block.text for block in (*seen.content_note, *seen.body))
                assert "contacts" not in told.casefold(), (n, role)
                is_last = n == len(workshop.steps) - 1
                named = "NHS 24, 111" in told and "Samaritans, 116 123" in told
                assert named == (is_last and bool(support))
                assert ("turn to the person who leads" in told) == (is_last and not support)


# Roles


@pytest.mark.parametrize("name", [name for name, each in LIBRARY.items() if each.voices])
def test_a_role_is_asked_only_in_a_room_in_which_it_can_be_shown(name: str) -> None:
    workshop = LIBRARY[name]
    assert any(each.by_voice for each in workshop.steps)
    for step in workshop.steps:
        for people in range(1, 20):
            assert not asks_voice(step.tier, Size(people), step.activity.finds, len(workshop.voices), careful=False)


def test_roles_are_named_where_a_workshop_compares_them_and_nowhere_else() -> None:
    for workshop in LIBRARY.values():
        assert bool(workshop.voices) == any(step.by_voice for step in workshop.steps)
