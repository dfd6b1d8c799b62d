"""Whole sessions with simulated people over real SSH, from `tisu rehearse` to the notes."""

from __future__ import annotations

import datetime as dt
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from in_one_process import rehearsed

from tisu_tui.cli import main
from tisu_tui.cli._opening import open_workshop
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.notes.read import read_note
from tisu_tui.rehearsal.line import call
from tisu_tui.rehearsal.opinion import OpinionGroup
from tisu_tui.rehearsal.people import Pace, RehearsalPlan
from tisu_tui.rehearsal.play import RehearsalProblem, new_key, play
from tisu_tui.ssh.door import open_door
from tisu_tui.ssh.sign_in import Guest, SignIn

SEED = 7


def rehearse(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["rehearse", "--headless", "--to", str(folder), *arguments])


@dataclass(frozen=True)
class Played:
    """What the command printed of a rehearsal, and the files that it left."""

    result: Result
    folder: Path

    @property
    def note(self) -> str:
        """The notes."""
        (path,) = self.folder.glob("*.md")
        return path.read_text("utf-8")

    @property
    def files(self) -> dict[str, bytes]:
        """All that was left, by its path."""
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in paths}

    @property
    def steps(self) -> list[str]:
        """The steps that the results for programs are of."""
        (path,) = self.folder.rglob("results.json")
        return [each["id"] for each in json.loads(path.read_bytes())["steps"]]


@pytest.fixture(scope="module")
def over_ssh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Played]:
    """Give the rehearsal of one workshop with so many people, who came in over SSH; it is played once."""

    @cache
    def played(people: int) -> Played:
        folder = tmp_path_factory.mktemp("played")
        result = rehearse(folder, "window-of-tolerance", "--people", str(people), "--seed", str(SEED))
        assert result.exit_code == 0, result.output
        return Played(result, folder)

    return played


OWN_TIME = Pace((0.0, 0.02))
"""Each person takes their own time to answer, so that the answers arrive in another order."""


@pytest.mark.parametrize("people", [12, 6, 3])
def test_a_rehearsal_ends_with_notes_that_follow_from_the_seed_whatever_the_order_of_answers(
    people: int, over_ssh: Callable[[int], Played], tmp_path: Path
) -> None:
    read, played = open_workshop("window-of-tolerance"), over_ssh(people)
    (note,) = played.folder.glob("*.md")
    assert played.result.stdout == f"Notes: {note}\n"
    text = played.note
    assert "rehearsal: true" in text
    assert "**This was a rehearsal.**" in text
    assert "\nstatus: sealed\n" in text
    assert all(f". {step.title} – " in text for step in read.steps)
    # One line for each step, beside the lobby, the reading of the notes, and that so few are not who it is for.
    assert read.people
    assert len(played.result.stderr.splitlines()) == len(read.steps) + 2 + (people not in read.people)
    rehearsed(read, people, SEED, tmp_path, OWN_TIME)
    assert Played(played.result, tmp_path).files == played.files


def test_another_seed_gives_other_notes(over_ssh: Callable[[int], Played], tmp_path: Path) -> None:
    one, two = over_ssh(12).note, rehearsed(open_workshop("window-of-tolerance"), 12, SEED + 1, tmp_path)
    assert one[one.index("## 5.") :] != two[two.index("## 5.") :]


@pytest.mark.parametrize("people", [12, 6, 3])
def test_a_large_room_sees_numbers_a_small_one_the_order_and_a_tiny_one_what_was_agreed_aloud(
    people: int, over_ssh: Callable[[int], Played]
) -> None:
    text = over_ssh(people).note
    vote = text[text.index("## 7.") : text.index("## 8.")]
    assert ("| How many people chose each" in vote) == (people == 12)
    assert ("Agreed aloud: “" in vote) == (people == 3)


def test_the_day_and_the_data_folder_can_be_chosen(tmp_path: Path) -> None:
    data = tmp_path / "data"
    arguments = ("window-of-tolerance", "--people", "3", "--seed", "3", "--on", "2026-11-18", "--data", str(data))
    assert rehearse(tmp_path / "exports", *arguments).exit_code == 0
    (note,) = (tmp_path / "exports").glob("2026-11-18-*.md")
    assert "due 2 December 2026" in note.read_text()
    listed = CliRunner().invoke(main, ["sessions", "--data", str(data)])
    assert "(rehearsal)" in listed.stdout
    assert "sealed" in listed.stdout


def test_a_workshop_is_rehearsed_with_as_many_as_it_is_for_or_says_so(tmp_path: Path) -> None:
    result = rehearse(tmp_path / "two", "coaching-one-to-one", "--seed", "1")
    assert "written for" not in result.stderr
    (note,) = (tmp_path / "two").glob("*.md")
    assert 'people: "2–4"' in note.read_text()
    result = rehearse(tmp_path / "nine", "coaching-one-to-one", "--seed", "1", "--people", "9")
    assert result.stderr.startswith("Note: this workshop is written for 1 or 2 people, and is rehearsed with 9.\n")


def test_what_cannot_be_rehearsed_is_refused_in_a_line(tmp_path: Path) -> None:
    result = rehearse(tmp_path, "no-such-workshop")
    assert result.exit_code == 2
    assert "no-such-workshop" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_notes_that_cannot_be_saved_are_a_failure_and_not_a_path(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = rehearse(tmp_path / "file" / "exports", "window-of-tolerance", "--people", "3")
    assert result.exit_code == 1
    assert not result.stdout
    assert "can't be saved" in result.stderr


async def test_people_who_find_no_host_or_another_host_do_not_come_in(tmp_path: Path) -> None:
    nobody = Invitation("k7mn4p", ("127.0.0.1",), 0, "SHA256:none")
    plan = RehearsalPlan(people=3, group=OpinionGroup(1), date=dt.date(2026, 11, 18))

    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        gone = replace(nobody, port=unheard.getsockname()[1])
        with pytest.raises(RehearsalProblem):
            await play(gone.code, partial(call, gone, new_key()), plan, print)
    sign_in = SignIn(nobody.code, passphrase="four grey geese")
    async with open_door(sign_in, tmp_path / "key", "127.0.0.1", 0, _nobody_comes) as door:
        with pytest.raises(RehearsalProblem, match="not trusted"):
            await play(nobody.code, partial(call, replace(nobody, port=door.port), new_key()), plan, print)


async def _nobody_comes(guest: Guest, terminal: Terminal) -> None:
    raise AssertionError(guest, terminal)


@pytest.mark.parametrize("tag", ["pl", "gd"])
def test_a_workshop_in_another_language_is_rehearsed_to_notes_in_that(
    tag: str, over_ssh: Callable[[int], Played], tmp_path: Path
) -> None:
    read, english = open_workshop(f"window-of-tolerance.{tag}"), over_ssh(12)
    text = rehearsed(read, 12, SEED, tmp_path)
    assert Played(english.result, tmp_path).steps == english.steps
    assert read.title in text
    assert open_workshop("window-of-tolerance").title not in text
    assert len(read_note(english.note).past.rows) == len(read_note(text).past.rows) > 0
