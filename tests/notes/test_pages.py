"""Pages of their own: what a team hangs up or hands on, from what was written down and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from build import Play, source, step, workshop
from hypothesis import given, settings
from hypothesis import strategies as st

from tisu_tui.activities.actions import Actions
from tisu_tui.activities.agree import Agree
from tisu_tui.activities.capture import Capture
from tisu_tui.activities.consent import Consent
from tisu_tui.activities.draft import Draft
from tisu_tui.core.records import RecordKind
from tisu_tui.notes.escaping import plain
from tisu_tui.notes.saving import NotesProblem, save
from tisu_tui.notes.write import render
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Sheet, Step
from tisu_tui.workshop.reader import read

WORDS = Sheet("What you can expect")


def session(*steps: Step, people: int = 12) -> Play:
    return Play(Session("x1", "2026-11-18", replace(workshop(), steps=steps)), people)


def beside(play: Play, name: str) -> str:
    play.end()
    return next((each.decode() for path, each in render(play.session).items() if path.endswith(name)), "")


def drafted(*, sheet: Sheet = WORDS) -> Step:
    lines = source("draft", numbered=("We will…", "Who checks"))
    return replace(step("words", "Our words", "draft", Draft.read(lines)), sheet=sheet)


def test_a_line_is_joined_with_what_begins_it() -> None:
    play = session(drafted())
    play.aloud(
        "words", R1=("Tell people early", "we will say sorry", "Will ask first", "I say so"), R2=("the team lead",)
    )
    text = beside(play, "page-what-you-can-expect.md")
    assert text.split("---\n")[2] == (
        "\n# What you can expect\n\n*Written together on 18 November 2026.*\n\n- We will tell people early\n"
        "- we will say sorry\n- We will ask first\n- We will I say so\n- Who checks: the team lead\n\n"
        "We look at this again on: ..............................\n"
    )
    assert yaml.safe_load(text.split("---\n")[1])["tisu-page"] == 1


def test_steps_with_one_page_share_it_and_a_heading_without_words_stays() -> None:
    plan = Capture.read(source("capture", numbered=("Staffing", "Money")))
    first = replace(step("plan", "What do we plan?", "capture", plan), sheet=WORDS)
    then = replace(step("do", "Who does it?", "actions", Actions.read(source("actions"))), sheet=WORDS)
    play = session(first, then)
    play.aloud("plan", R1=("Two posts",))
    play.record(RecordKind.ACTION, "Write it down @ward-lead 2026-12-01")
    text = beside(play, "page-what-you-can-expect.md")
    assert (
        "## What do we plan?\n\n### Staffing\n\n- Two posts\n\n### Money\n\n*Nothing yet.*\n\n"
        "## Who does it?\n\n- Write it down (ward lead, by 1 December 2026)\n"
    ) in text


@pytest.mark.parametrize(
    ("stand", "told"),
    [("agree", "*Agreed by the group on 18 November 2026.*"), ("object", "It is not agreed yet.")],
)
def test_a_page_says_whether_it_was_agreed(stand: str, told: str) -> None:
    vote = replace(step("vote", "Shall it be so?", "consent", Consent("Shall it be so?")), sheet=WORDS)
    play = session(drafted(), vote)
    play.aloud("words", R1=("Tell people early",))
    play.answered("vote", [{"position": (stand,)}] * 12)
    text = beside(play, "page-what-you-can-expect.md")
    assert told in text
    assert "Shall it be so" not in text


def test_an_agreement_is_a_page_of_its_lines_without_who_would_change_them() -> None:
    lines = Agree.read(source("agree", numbered=("Anyone may pass", "One at a time")))
    play = session(replace(step("together", "How we work", "agree", lines), sheet=WORDS))
    play.answered("together", [{"R1": ("change",), "R2": ("fine",)}] * 12)
    text = beside(play, "page-what-you-can-expect.md")
    assert "- Anyone may pass\n- One at a time\n" in text
    assert "talk over" not in text


def test_a_checklist_has_boxes() -> None:
    play = session(drafted(sheet=Sheet("What you can expect", boxes=True)))
    play.aloud("words", R1=("Tell people early",))
    assert "- [ ] We will tell people early\n" in beside(play, "page-what-you-can-expect.md")


def test_nothing_is_hung_up_before_the_group_has_read_it_or_where_there_is_nothing() -> None:
    play = session(drafted())
    assert not any("page-" in path for path in render(play.session))
    assert not beside(play, "page-what-you-can-expect.md")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(min_size=1, max_size=400), min_size=1, max_size=30))
def test_a_sheet_holds_every_word_and_nothing_reaches_its_edge(texts: list[str]) -> None:
    play = session(drafted())
    play.aloud("words", R1=tuple(texts))
    sheet = beside(play, "page-what-you-can-expect.svg")
    said = [plain(text) for text in texts if plain(text)]
    if not sheet:
        assert sum(map(len, said)) > 3000
        return
    tree = ET.fromstring(sheet)
    drawn = [each for each in tree.iter() if each.tag.endswith("}text")]
    assert all(float(picture.attrib["y"]) < 1123 - 40 for picture in drawn)
    shown = re.sub(r"\s", "", "".join(picture.text or "" for picture in drawn)).casefold()
    assert all(re.sub(r"\s", "", text).casefold() in shown for text in said)


def test_a_page_that_somebody_wrote_on_is_left_alone(tmp_path: Path) -> None:
    play = session(drafted())
    play.aloud("words", R1=("Tell people early",))
    beside(play, "")
    note = save(render(play.session), tmp_path)
    page = note.with_suffix("") / "page-what-you-can-expect.md"
    page.write_text(page.read_text(encoding="utf-8").replace("early", "the same day"), encoding="utf-8")
    with pytest.raises(NotesProblem, match="edited since"):
        save(render(play.session), tmp_path)
    assert "the same day" in page.read_text(encoding="utf-8")


FILE = """---
tisu: 1
title: A
---

# A

## One

{settings}

1. a line
2. another

## End

`close`
"""


@pytest.mark.parametrize(
    ("settings_line", "problem"),
    [
        ("`capture` `page On the wall`", None),
        ("`review` `checklist On the wall`", None),
        ("`agree` `page On the wall`", None),
        ("`capture` `kept in the room` `page On the wall`", "T314"),
        ("`reflect` `page On the wall`", "T314"),
        ("`capture` `page One` `checklist Two`", "T305"),
        ("`capture` `page`", "T302"),
    ],
)
def test_what_can_be_a_page_is_checked(settings_line: str, problem: str | None) -> None:
    reading = read(FILE.format(settings=settings_line), "a.md")
    assert [each.code for each in reading.problems if not each.warning][:1] == ([problem] if problem else [])
