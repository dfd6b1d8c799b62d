"""No request is lost, doubled or called unanswered, whatever a team does with its notes, laptops and pages.

The tests with names are the smallest chains that once broke a law.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from chains import Team, play

from tisu_tui.core.later import Status
from tisu_tui.core.records import RecordKind
from tisu_tui.notes.paper import paper, reply

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
    asked = [each.request for each in team.now() if each.is_request]
    (text,) = (each.decode() for each in paper(team.sessions[-1], asked).values())
    return text


def statuses(team: Team) -> dict[str, Status]:
    return {each.id: each.status for each in team.now() if each.is_request}


def test_an_answer_in_the_room_reaches_the_paper_and_nobody_is_asked_again_in_writing(team: Team) -> None:
    team.types((ASK, COVER))
    team.types((ANSWER, "q1 not agreed, because there is no money"))
    assert statuses(team) == {"s1.q1": Status.NOT_AGREED}
    assert "not agreed, because there is no money" in on_paper(team)
    assert reply(team.sessions[-1], [each.request for each in team.now()]) == {}


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
    (found,) = (each for each in team.now() if each.is_request)
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
    team.types()
    shutil.rmtree(team.folder / "one")
    (second,) = team.exports.glob("*-s2.md")
    second.unlink()
    assert statuses(team) == {"s1.q1": Status.ASKED}
