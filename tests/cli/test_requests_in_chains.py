"""No request is lost, doubled or called unanswered, whatever a team does with its notes, laptops and pages.

The tests with names are the smallest chains that once broke a law.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
from pathlib import Path

import pytest
from chains import Team, play, workshop

from tisu_tui.cli._earlier import begin
from tisu_tui.cli._options import Where
from tisu_tui.cli._promises import as_rows
from tisu_tui.cli._team_page import add_promise, mark_promise
from tisu_tui.core.activity import Given
from tisu_tui.core.later import Status
from tisu_tui.core.records import RecordKind
from tisu_tui.core.size import Size
from tisu_tui.memory.due import answer_words, reply_words
from tisu_tui.notes.calendar import calendar
from tisu_tui.notes.paper import paper, reply
from tisu_tui.notes.write import render
from tisu_tui.session.readback import reading
from tisu_tui.session.session import Session
from tisu_tui.store.folder import DataFolder

CHAINS = 500 if os.environ.get("TISU_SOAK") else 4
ASK, ANSWER, REASK = RecordKind.ASK, RecordKind.ANSWER, RecordKind.REASK
COVER = "Paid cover at night @board 2026-12-15"


@pytest.mark.parametrize("part", range(4))
def test_the_laws_of_requests_hold_in_chains_made_by_chance(part: int, tmp_path: Path) -> None:
    for seed in range(part, CHAINS, 4):
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            play(folder, seed)
        except AssertionError as broken:
            raise AssertionError(f"chain {seed}: {broken}") from broken


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path, random.Random(1))


def on_paper(team: Team) -> str:
    asked = [promise.request for promise in team.now() if promise.is_request]
    (text,) = (each.decode() for each in paper(team.sessions[-1], asked).values())
    return text


def statuses(team: Team) -> dict[str, Status]:
    return {promise.id: promise.status for promise in team.now() if promise.is_request}


def test_an_answer_in_the_room_reaches_the_paper_and_nobody_is_asked_again_in_writing(team: Team) -> None:
    team.types((ASK, COVER))
    team.types((ANSWER, "q1 not agreed, because there is no money"))
    assert statuses(team) == {"s1.q1": Status.NOT_AGREED}
    assert "not agreed, because there is no money" in on_paper(team)
    assert reply(team.sessions[-1], [promise.request for promise in team.now()]) == {}


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (ANSWER, "q1 agreed: from May", "Agreed: from May"),
        (ANSWER, "q1 agreed: from May 2027-05-03", "Agreed: from May, by 3 May 2027"),
        (REASK, "q1 2027-05-03", "asked again, reply by 3 May 2027"),
    ],
)
def test_what_is_written_of_a_request_is_read_out_with_its_day(
    kind: RecordKind, typed: str, said: str, team: Team
) -> None:
    team.types((ASK, COVER))
    team.types((kind, typed))
    assert f"Paid cover at night — {said}" in [line.text for line in reading(team.sessions[-1])]


def test_the_paper_of_a_later_session_names_what_an_earlier_one_asked(team: Team) -> None:
    team.types((ASK, COVER))
    team.types()
    text = on_paper(team)
    assert "## Still open" in text
    assert "Nothing is asked of you" not in text
    assert "Paid cover at night" in "".join(
        each.decode() for each in reply(team.sessions[-1], [found.request for found in team.now()]).values()
    )


def test_what_is_typed_again_is_asked_again_and_not_doubled(team: Team) -> None:
    team.types((ASK, COVER))
    team.types((ASK, "paid cover, at night! @board 2027-03-01"))
    (found,) = (promise for promise in team.now() if promise.is_request)
    assert (found.id, found.record.due) == ("s1.q1", "2027-03-01")
    assert found.request.again == (team.day.isoformat(),)


def test_what_is_agreed_stays_agreed_when_it_is_asked_again(team: Team) -> None:
    team.types((ASK, COVER), (ANSWER, "q1 agreed From January"))
    team.types((REASK, "s1.q1 2027-03-01"))
    assert statuses(team) == {"s1.q1": Status.AGREED}


def test_an_answer_by_hand_in_notes_counts_beside_the_data_folder(team: Team) -> None:
    team.types((ASK, COVER))
    (note,) = team.exports.glob("*.md")
    note.write_text(note.read_text("utf-8").replace("You said: no answer yet", "You said: agreed: From May"), "utf-8")
    assert statuses(team) == {"s1.q1": Status.AGREED}
    team.types()
    assert statuses(team) == {"s1.q1": Status.AGREED}


def test_an_answer_with_the_day_of_last_year_is_an_answer(team: Team) -> None:
    team.types((ASK, COVER))
    team.types((REASK, "s1.q1 2027-03-01"))
    (note,) = team.exports.glob("*-s2.md")
    note.write_text(note.read_text("utf-8").replace("said: no answer yet", "said: agreed (9 January 2025)"), "utf-8")
    assert statuses(team) == {"s1.q1": Status.AGREED}


def test_what_one_laptop_asked_the_other_knows_from_the_notes(team: Team) -> None:
    team.types((ASK, COVER))
    shutil.rmtree(team.folder / "one")
    team.types((ANSWER, "s1.q1 in part For three months"))
    team.types((ASK, "A quiet room @board 2026-12-15"))
    assert statuses(team) == {"s1.q1": Status.IN_PART, "s3.q1": Status.ASKED}


def test_a_request_whose_session_is_lost_is_carried_by_the_one_after_it(team: Team) -> None:
    team.types((ASK, COVER))
    team.types()
    (first,) = team.exports.glob("*-s1.md")
    first.unlink()
    shutil.rmtree(team.folder / "one")
    assert statuses(team) == {"s1.q1": Status.ASKED}


def test_what_is_asked_again_after_a_no_on_the_same_day_waits_again(team: Team) -> None:
    team.types((ASK, COVER))
    again = (REASK, "s1.q1 2027-03-01")
    team.types(again, (ANSWER, "s1.q1 not agreed, because there is no money"), again)
    assert statuses(team) == {"s1.q1": Status.ASKED}
    (found,) = team.now()
    # As on a laptop whose clock is behind.
    assert ". Before that: You said: not agreed" in answer_words(found, team.day - dt.timedelta(1))
    team.types()
    shutil.rmtree(team.folder / "one")
    (second,) = team.exports.glob("*-s2.md")
    second.unlink()
    assert statuses(team) == {"s1.q1": Status.ASKED}


def test_a_reason_is_one_on_every_page_and_words_that_are_none_are_not(team: Team) -> None:
    team.types((ASK, COVER), (ASK, "A quiet room @board 2026-12-15"))
    session = team.types((ANSWER, "q1 not agreed, because there is no money"), (ANSWER, "q2 agreed From January"))
    where = Where(None, team.exports, team.folder / "one")
    mark_promise(where, "s1.q1", "withdrawn", ("", "we found it ourselves"), team.day.isoformat())
    mark_promise(where, "s1.q2", "under way", ("one team began", ""), team.day.isoformat())
    found = {row["id"]: row["history"] for row in as_rows(team.now())}
    said = {(entry["words"], entry.get("because")) for history in found.values() for entry in history}  # type: ignore[attr-defined]  # it is a list, as JSON has it
    assert said == {
        ("there is no money", "there is no money"),
        ("From January", None),
        ("we found it ourselves", "we found it ourselves"),
        ("one team began", None),
    }
    page = (team.exports / "actions.md").read_text("utf-8")
    assert "withdrawn, because we found it ourselves" in page
    assert "under way: one team began" in page
    ical = calendar(team.now()).decode().replace("\r\n ", "")
    assert "Now: withdrawn\\, because we found it ourselves" in ical
    (data,) = (json.loads(each) for name, each in render(session).items() if name.endswith("results.json"))
    assert [(each["words"], each["because"]) for each in data["standings"]] == [
        ("there is no money", "there is no money"),
        ("From January", ""),
    ]


def test_what_is_under_way_says_how_it_began_and_not_that_it_was_asked_again(team: Team) -> None:
    team.types((ASK, COVER), (ANSWER, "q1 agreed From January"))
    team.types((ANSWER, "s1.q1 under way one team began"), (REASK, "s1.q1 2027-03-01"))
    assert "Under way: one team began." in on_paper(team)
    assert "Asked again" not in on_paper(team)


def test_what_people_will_see_is_asked_after_without_a_name_until_it_is_finished(team: Team) -> None:
    session = team.types((RecordKind.ACTION, "Come to one handover @head-of-service 2026-03-01 #visible"))
    (note,) = team.exports.glob("*-s1.md")
    assert "Come to one handover — @head-of-service, due 1 March 2026 <!-- action a1 -->" in note.read_text("utf-8")
    assert "People will see it." in note.read_text("utf-8")
    shutil.rmtree(team.folder / "one")
    fresh = Session("s2", team.day.isoformat(), workshop(("follow",)))
    later = begin(DataFolder(team.folder / "one"), fresh, team.exports)
    step = later.workshop.steps[0]
    (pick, way, where, seen) = step.activity.form(Given(later.options(step)), Size(6)).fields
    assert seen.title == "Have you seen it? Come to one handover"
    assert (pick.id, seen.after, seen.when) == (f"{session.id}.a1", pick.id, ("under-way", "done", "normal"))
    assert {way.after, where.after} == {pick.id}
    page = note.read_text("utf-8").replace("one handover —", "two handovers —")
    note.write_text(page.partition("<!-- tisu")[0], "utf-8")
    (found,) = team.now()
    assert (found.record.text, found.record.visible) == ("Come to two handovers", True), "the page says it, too"


def test_a_tag_on_the_page_is_read_back_and_is_no_part_of_the_words(team: Team) -> None:
    team.types((RecordKind.ACTION, "Tidy up @lea 2026-03-01"))
    where = Where(None, team.exports, team.folder / "one")
    add_promise(where, "Come to one handover @sam 2026-03-01 #visible", team.day.isoformat(), ask=False)
    mark_promise(where, "s1.a1", "under way", ("", ""), team.day.isoformat())
    page = team.exports / "actions.md"
    page.write_text(page.read_text("utf-8").replace("Tidy up —", "Tidy up #visible —"), "utf-8")
    assert {(promise.record.text, promise.record.visible) for promise in team.now()} == {
        ("Tidy up", True),
        ("Come to one handover", True),
    }


def test_a_no_without_a_reason_is_a_no(team: Team) -> None:
    team.types((ASK, COVER))
    (note,) = team.exports.glob("*.md")
    note.write_text(note.read_text("utf-8").replace("You said: no answer yet", "You said: not agreed"), "utf-8")
    (found,) = team.now()
    assert found.reply is not None
    assert reply_words(found.reply) == "not agreed"
