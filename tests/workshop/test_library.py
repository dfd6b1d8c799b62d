from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from files import workshop
from shipped import workshops

from tisu_tui.activities import kinds
from tisu_tui.activities.rate import Rate
from tisu_tui.activities.scale import Scale
from tisu_tui.cli import main
from tisu_tui.session.workshop import Step
from tisu_tui.workshop.reader import read

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "writing-a-workshop.md").read_text("utf-8")


LIBRARY = workshops()


def examples() -> Iterator[str]:
    """Give each example of the guide as a whole file."""
    for text in re.findall(r"^```markdown\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL):
        end = "" if "`close`" in text else "\n## The end\n\n`close`\n"
        yield text if text.startswith("---") else workshop(text + end)


def step(name: str, step_id: str) -> Step:
    return next(each for each in LIBRARY[name].steps if each.id == step_id)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_workshop_of_the_library_says_for_how_many_it_is_and_what_it_is_about(name: str) -> None:
    assert LIBRARY[name].people
    assert LIBRARY[name].tags


def test_each_word_of_the_field_that_workshops_are_found_by_is_explained() -> None:
    told = (DOCS / "glossary.md").read_text("utf-8").partition("## Words of the field")[2]
    words = set(re.findall(r"^\| ([^|]+?) \|", told, re.MULTILINE))
    tags = {tag for each in LIBRARY.values() for tag in each.tags}
    field = {
        "TIPIG",
        "TPTIC",
        "Trauma Champion",
        "STILT",
        "Roadmap",
        "MAT standards",
        "lived and living experience",
        "TNA",
    }
    assert field <= tags
    assert field <= words
    # What is written in capitals or is a name of the field is explained.
    assert {tag for tag in tags if re.search(r"[A-Z]{3}", tag)} <= words | {"MAT standards"}


@pytest.mark.parametrize("name", LIBRARY)
def test_the_introduction_names_as_many_people_as_the_lobby_goes_by(name: str) -> None:
    fits, told = LIBRARY[name].people, " ".join(block.text for block in LIBRARY[name].intro)
    assert fits
    in_words = {2: "two", 3: "three", 5: "five"}
    numbers = {str(n) for n in (fits.most,)} | {word for n, word in in_words.items() if n == fits.most}
    assert any(re.search(rf"\b{number}\b", told) for number in numbers)
    minutes = LIBRARY[name].minutes
    hours = {105: "an hour and three quarters", 90: "an hour and a half", 120: "two hours"}
    assert f"{minutes} minutes" in told or hours.get(minutes, "-") in told.replace("\n", " "), (
        "it says how long it takes"
    )


def test_people_who_come_to_several_workshops_do_not_hear_one_opening_again_and_again() -> None:
    openings = [block.text for each in LIBRARY.values() for block in each.steps[0].body if "serious harm" in block.text]
    assert max(openings.count(text) for text in openings) <= 3


def test_what_is_compared_between_workshops_is_asked_in_the_same_words() -> None:
    then, now = (step(name, "recommendations") for name in ("recommendations", "did-we-do-it"))
    assert isinstance(then.activity, Rate)
    assert isinstance(now.activity, Rate)
    assert (now.activity.lines, now.activity.points) == (then.activity.lines, then.activity.points)
    lately = [step(name, "service-lately").activity for name in ("window-of-tolerance", "workload-and-wellbeing")]
    assert isinstance(lately[0], Scale)
    assert lately[0] == lately[1]


def test_what_is_chosen_in_one_workshop_was_not_asked_before_in_another() -> None:
    """What was told is remembered by a step's id through sessions, so no two workshops choose under the same."""
    chosen = [
        each.id
        for library in LIBRARY.values()
        for each in library.steps
        if each.kind in {"choose", "dots", "rank"} and not each.again_id
    ]
    assert len(chosen) == len(set(chosen))


def test_the_workshop_on_workload_sends_people_to_the_proper_tool() -> None:
    told = " ".join(block.text for block in LIBRARY["workload-and-wellbeing"].intro)
    assert "It is not the HSE Indicator Tool: for a formal stress risk assessment, use that tool, with HR." in told


@pytest.mark.parametrize("name", LIBRARY)
def test_no_workshop_promises_in_its_own_words_that_an_objection_is_secret(name: str) -> None:
    # Fewer than five people decide aloud: who objects is heard. The promise that fits the room is made by the program.
    notes = [block.text for step in LIBRARY[name].steps if step.right for block in (*step.content_note, *step.body)]
    assert not re.search(
        r"nobody (learns|sees|knows)|no one (learns|sees|knows)|secret", " ".join(notes), re.IGNORECASE
    )


def test_what_only_one_person_sees_is_all_there_is_in_coaching() -> None:
    assert {each.kind for each in LIBRARY["coaching-one-to-one"].steps} == {"talk", "pause", "reflect"}


def test_the_page_on_the_chapter_names_every_workshop_and_only_steps_that_are_there() -> None:
    named: set[str] = set()
    for line in (DOCS / "coverage.md").read_text("utf-8").splitlines():
        words = set(re.findall(r"`([a-z-]+)`", line))
        here = words & set(LIBRARY)
        named |= here
        assert words - here <= {each.id for name in here or LIBRARY for each in LIBRARY[name].steps}, line
    assert named == set(LIBRARY)


def test_each_sentence_of_the_chapter_has_a_command_that_is_there() -> None:
    rows = [line for line in (DOCS / "coverage.md").read_text("utf-8").splitlines() if re.match(r"\| \d", line)]
    assert len(rows) == 39
    for row in rows:
        *_rest, command = row.rstrip(" |").split(" | ")
        found = re.fullmatch(r"`tisu (\w+)(?: ([a-zA-Z-]+))?((?: --[a-z]+ \w+)*)`", command)
        assert found, row
        order = main.get_command(click.Context(main), found[1])
        assert order is not None, row
        assert not found[2] or found[2] in {*LIBRARY, "SESSION"}, row
        options = {name for each in order.params for name in each.opts}
        assert set(re.findall(r"--[a-z]+", found[3])) <= options, row


@pytest.mark.parametrize("text", tuple(examples()))
def test_an_example_of_the_guide_is_a_workshop_with_nothing_wrong(text: str) -> None:
    assert read(text, "x").problems == ()


def test_the_guide_shows_every_kind() -> None:
    shown = {each.kind for text in examples() if (found := read(text, "x").workshop) for each in found.steps}
    assert shown == set(kinds()), "an example of each kind stands in docs/writing-a-workshop.md, behind its **`name`**"
    assert set(re.findall(r"^\*\*`([a-z-]+)`\*\*", GUIDE, re.MULTILINE)) == set(kinds())
