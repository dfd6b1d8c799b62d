"""What is hard can be practised: every workshop, at its smallest, middle and largest, with a group of each mood.

A few of these are played each day, another few the next day; `TISU_SOAK=1` plays them all.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from importlib import resources
from itertools import product
from pathlib import Path

import pytest
from in_one_process import in_one_process
from shipped import workshops

from tisu_tui.cli._opening import load_all, open_workshop
from tisu_tui.cli._simulated_session import RehearsalOptions, run
from tisu_tui.core.activity import Given
from tisu_tui.core.size import FEWEST_LEADERS, Size
from tisu_tui.rehearsal.ideas import read_said
from tisu_tui.rehearsal.opinion import Mood
from tisu_tui.rehearsal.people import AT_ONCE
from tisu_tui.session.session import Session
from tisu_tui.store.folder import DataFolder

DATE = dt.date(2026, 11, 18)
EVERY = 1 if os.environ.get("TISU_SOAK") else 85
"""One in so many is played."""


def sizes(name: str) -> list[int]:
    """Give the smallest, middle and largest size that a workshop is for."""
    fits = workshops()[name].people
    assert fits
    return sorted({fits.least, (fits.least + fits.most) // 2, fits.most})


CASES = [(name, people, mood) for name in workshops() for people, mood in product(sizes(name), Mood)]


def played(folder: Path, name: str, people: int, mood: Mood) -> tuple[Session, str]:
    """Rehearse, and give the session with its notes."""
    out = folder / "exports"
    wish = RehearsalOptions(people, 5, DATE, True, False, out, AT_ONCE, mood)
    run(open_workshop(name), folder / "data", wish, in_one_process)
    ((session,), (note,)) = load_all(DataFolder(folder / "data")), out.glob("*.md")
    return session, note.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "people", "mood"), CASES[dt.date.today().toordinal() % EVERY :: EVERY])
def test_a_workshop_is_played_to_its_end_in_a_mood(name: str, people: int, mood: Mood, tmp_path: Path) -> None:
    session, notes = played(tmp_path, name, people, mood)
    assert session.is_ended
    steps = {each.id: each for each in session.workshop.steps}
    for round_ in session.rounds:
        step = steps[round_.step]
        # No vote opens empty, no role is asked for that is not used, and no line is about one or two leaders.
        if step.activity.is_vote and step.from_id and round_.closed:
            assert round_.options, step.id
        assert people >= 20 or not (round_.closed and round_.closed.voices), step.id
        if people // 2 < FEWEST_LEADERS and round_.closed:
            said = {*(tally.field for tally in round_.closed.tallies), *(name for name, _texts in round_.entries)}
            assert not said & {line.id for line in step.activity.about_leaders}
    assert "contacts" not in notes


@pytest.mark.parametrize(
    ("people", "mood", "heard"),
    [
        (12, Mood.SPLIT, r"are tied in first place"),
        (6, Mood.SPLIT, r"no single choice came first"),
        (9, Mood.OBJECTING, r"A worry was raised"),
        (9, Mood.TIRED, r"We are not showing this one"),
    ],
)
def test_what_is_hard_comes_up(people: int, mood: Mood, heard: str, tmp_path: Path) -> None:
    session, notes = played(tmp_path, "sharing-power", people, mood)
    assert re.search(heard, notes, re.IGNORECASE)
    # Of a tired group one leaves for good.
    assert session.rounds[-1].people == people - (mood is Mood.TIRED)


def test_after_an_objection_it_is_carried_in_other_words(tmp_path: Path) -> None:
    _session, notes = played(tmp_path, "empowerment-pulse", 7, Mood.OBJECTING)
    assert "and then we look again”: Carried" in notes


# What made-up people say


SAID = {
    Path(each.name).stem: read_said(each.read_text("utf-8"))
    for each in (resources.files("tisu_tui.rehearsal") / "said").iterdir()
}
SPOKEN = {"gather", "capture", "draft", "actions", "escalate", "park"}


@pytest.mark.parametrize("name", workshops())
def test_what_is_said_fits_each_step_and_its_headings(name: str) -> None:
    said = SAID.get(name, {})
    steps = {each.id: each for each in open_workshop(name).steps}
    assert {each.id for each in steps.values() if each.kind in SPOKEN} <= set(said)
    assert set(said) <= set(steps)
    for step_id, lines in said.items():
        step = steps[step_id]
        labels = [question.title.casefold() for question in step.activity.form(Given(), Size(9)).fields]
        if step.kind in {"capture", "draft"}:
            assert all(any(label.startswith(heading.casefold()) for heading in lines) for label in labels), step_id
        if step.kind == "gather":
            assert len(lines) >= 3
            assert "" not in lines
        elif step.kind == "answers":
            assert set(lines) <= {"Agreed", "Agreed in part", "Not agreed, because", "I need to know more"}
        else:
            assert all(any(label.startswith(heading.casefold()) for label in labels) for heading in lines), step_id
        assert all(line for texts in lines.values() for line in texts)


def test_no_two_workshops_have_the_same_first_action() -> None:
    firsts = [lines["actions"][""][0] for lines in SAID.values() if "actions" in lines]
    assert len(set(firsts)) == len(firsts)
    assert set(SAID) <= set(workshops())
