"""Sessions are listed, found and deleted; never silently, and never the team's notes."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from command_line import tisu
from kept_sessions import keep, new_session, promised, put, told, workshop

from tisu_tui.cli.sessions import listed
from tisu_tui.core.form import Option
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Released
from tisu_tui.core.size import Way
from tisu_tui.session.changes import recorded, sealed
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import Listing, SessionStage, listings

VOTES = """## Which first?

`choose 1` `we decide`

- [ ] Open windows
- [ ] Longer breaks

## What would help?

`gather` `id help`

## Which then?

`choose any` `from help` `we decide`

"""
LONG_AGO = "delete-after: 30\n"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    found = DataFolder(tmp_path / "data")
    nights = workshop("Nights", name="nights.md", more=LONG_AGO, body=VOTES)
    ideas = (Option("i1", "A quiet room"), Option("i2", "Tea"))
    voted = new_session("aaaa", "2026-01-10", nights)
    put(found, sealed(told(voted, Released(1, Way.FULL, "8–11"), at=2, people=8, options=ideas)))
    days, swap = workshop("Days", name="days.md"), promised(1, "Swap shifts @sam")
    keep(found, "bbbb", "2026-03-10", days, (swap, promised(2, "Rota by consent", RecordKind.DECISION)))
    put(found, recorded(new_session("cccc", "2026-03-10", days), swap))
    keep(found, "dddd", "2026-05-01", days, rehearsal=True)
    return found


def _ids(tmp_path: Path, *arguments: str) -> list[str]:
    done = tisu(tmp_path, "sessions", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return [each["id"] for each in json.loads(done.stdout)]


@pytest.mark.usefixtures("folder")
def test_sessions_are_found_by_what_they_are_and_what_they_said(tmp_path: Path) -> None:
    assert _ids(tmp_path) == ["dddd", "cccc", "bbbb", "aaaa"]
    assert _ids(tmp_path, "--workshop", "days") == ["dddd", "cccc", "bbbb"]
    assert _ids(tmp_path, "--workshop", "nights.md") == ["aaaa"]
    assert _ids(tmp_path, "--since", "2026-03-10", "--until", "2026-03-10") == ["cccc", "bbbb"]
    assert _ids(tmp_path, "--state", "interrupted") == ["cccc"]
    assert _ids(tmp_path, "--rehearsals") == ["dddd"]
    assert _ids(tmp_path, "--no-rehearsals", "--state", "sealed") == ["bbbb", "aaaa"]
    # What a session that goes on has said is nobody's to find yet.
    assert _ids(tmp_path, "--search", "shifts SWAP") == ["bbbb"]
    assert _ids(tmp_path, "--search", "consent") == ["bbbb"]
    assert _ids(tmp_path, "--search", "@sam") == ["bbbb"]
    assert _ids(tmp_path, "--search", "open windows") == ["aaaa"]
    assert _ids(tmp_path, "--search", "quiet") == ["aaaa"]
    nothing = tisu(tmp_path, "sessions", "--search", "nobody said this")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "No session is like that" in nothing.stderr


@pytest.mark.usefixtures("folder")
def test_the_day_of_deletion_shows_and_nothing_is_deleted_by_itself(tmp_path: Path) -> None:
    lines = tisu(tmp_path, "sessions").stdout.splitlines()
    assert lines[-1] == "aaaa  2026-01-10  sealed       Nights  to be deleted since 9 February 2026"
    assert "delete" not in lines[0]
    assert len(_ids(tmp_path)) == 4


def test_what_was_deleted_leaves_no_file_and_its_notes_stay(tmp_path: Path, folder: DataFolder) -> None:
    notes = tisu(tmp_path, "notes", "bbbb").stdout.strip()
    done = tisu(tmp_path, "forget", "bbbb", "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["Deleted: bbbb", f"Stays: {notes}", f"Stays: {notes.removesuffix('.md')}"]
    assert "Deleted is not destroyed" in done.stderr
    assert [path.name for path in folder.path.iterdir() if "bbbb" in path.name] == []
    assert (tmp_path / notes).is_file()
    assert _ids(tmp_path) == ["dddd", "cccc", "aaaa"]


@pytest.mark.parametrize("command", [("forget", "--before"), ("sessions", "--since"), ("sessions", "--until")])
def test_what_is_no_day_is_refused_with_how_to_write_one(tmp_path: Path, command: tuple[str, str]) -> None:
    done = tisu(tmp_path, *command, "1.9.2026")
    assert done.returncode == 2
    assert f"'{command[1]}': 1.9.2026 is no date; write it like 2026-12-01" in done.stderr


@pytest.mark.parametrize(
    ("stage", "day", "said"),
    [
        (SessionStage.OPEN, "2026-11-19", "delete by 18 December 2026"),
        (SessionStage.OPEN, "2026-11-20", "to be sealed: tisu seal aaaa  delete by 18 December 2026"),
        (SessionStage.INTERRUPTED, "2026-11-20", "delete by 18 December 2026"),
        (SessionStage.SEALED, "2026-12-17", "delete by 18 December 2026"),
        (SessionStage.SEALED, "2026-12-18", "to be deleted since 18 December 2026"),
    ],
)
def test_the_list_says_from_the_day_on_what_is_to_be_done(stage: SessionStage, day: str, said: str) -> None:
    session = Listing("aaaa", "2026-11-18", stage, "days.md", "Days", delete_by="2026-12-18")
    assert listed(session, dt.date.fromisoformat(day)).partition("  Days  ")[2] == said


@pytest.mark.parametrize(
    ("command", "next_one"),
    [
        ("notes zzzz --to out", "tisu sessions --data 'our data'"),
        ("seal aaaa --exports out", "tisu notes aaaa --data 'our data' --to out"),
        ("seal cccc", "tisu host days.md --resume cccc --data 'our data'"),
        ("forget aaaa", "tisu notes aaaa --data 'our data'"),
    ],
)
def test_what_to_type_next_has_the_folders_that_were_typed(
    folder: DataFolder, tmp_path: Path, command: str, next_one: str
) -> None:
    folder.path.rename(tmp_path / "our data")
    done = tisu(tmp_path, *command.split(), "--data", "our data")
    assert f": {next_one}\n" in done.stderr


@pytest.mark.usefixtures("folder")
def test_before_a_day_and_what_is_due(tmp_path: Path) -> None:
    due = tisu(tmp_path, "forget", "--due", "--yes")
    assert due.stdout == "Deleted: aaaa\n"
    assert "There are no notes of it in exports. To write them first: tisu notes aaaa" in due.stderr
    assert "nothing to delete" in tisu(tmp_path, "forget", "--due", "--yes").stderr
    assert tisu(tmp_path, "forget", "--before", "2026-05-01", "--yes").returncode == 0
    assert _ids(tmp_path) == ["dddd"]


@pytest.mark.usefixtures("folder")
def test_nothing_is_deleted_unless_somebody_says_so(tmp_path: Path) -> None:
    asked = tisu(tmp_path, "forget", "aaaa", "bbbb", typed="y\n")
    assert asked.returncode == 2
    assert "--yes" in asked.stderr
    assert tisu(tmp_path, "forget").returncode == 2
    unknown = tisu(tmp_path, "forget", "aaaa", "zzzz", "--yes")
    assert unknown.returncode == 2
    assert "There is no session zzzz" in unknown.stderr
    assert tisu(tmp_path, "forget", "../aaaa", "--yes").returncode == 2
    assert len(_ids(tmp_path)) == 4


def test_a_damaged_session_is_named_and_can_be_deleted(tmp_path: Path, folder: DataFolder) -> None:
    for damage in (b"{", b'{"session": {"1": []}}', b'{"session": {"1": {"id": "bbbb"}}}'):
        folder.session_file("bbbb").write_bytes(damage)
        done = tisu(tmp_path, "sessions", "--json")
        assert [each["id"] for each in json.loads(done.stdout)] == ["dddd", "cccc", "aaaa"]
        assert "bbbb.json is damaged" in done.stderr
    assert tisu(tmp_path, "forget", "--before", "2026-12-01", "--yes").returncode == 0
    assert folder.sessions() == ["bbbb"]
    assert tisu(tmp_path, "forget", "bbbb", "--yes").stdout == "Deleted: bbbb\n"


def test_a_session_that_is_open_elsewhere_is_not_deleted(tmp_path: Path, folder: DataFolder) -> None:
    with folder.lock("cccc"):
        done = tisu(tmp_path, "forget", "aaaa", "cccc", "--yes")
    assert (done.returncode, done.stdout) == (1, "Deleted: aaaa\n")
    assert "Session cccc is open in another tisu" in done.stderr
    assert folder.session_file("cccc").exists()


def test_a_thousand_sessions_are_listed_in_under_a_second(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    of = workshop(body=f"Before we begin, {'let us read ' * 6}.\n\n" * 200)
    keep(folder, "s0", "2026-01-10", of, [promised(n, f"Do thing {n} @sam") for n in range(60)])
    data = folder.session_file("s0").read_text()
    for n in range(1, 1000):
        path = folder.session_file(f"s{n}")
        path.touch(0o600)
        path.write_text(data.replace('"id": "s0"', f'"id": "s{n}"'))
    skipped: list[str] = []

    def refused(source: str, name: str) -> Workshop:
        raise AssertionError("a list reads no workshop")

    # Of this process alone: other tests run beside it.
    start = time.process_time()
    found = listings(folder, refused, skipped.append)
    assert time.process_time() - start < 1
    assert (len(found), skipped) == (1000, [])
    assert found[0].has("thing 59")


def test_a_file_of_before_titles_were_kept_beside_the_text_is_listed_too(tmp_path: Path, folder: DataFolder) -> None:
    path = folder.session_file("aaaa")
    document = json.loads(path.read_text())
    del document["session"]["1"]["workshop"]["title"], document["session"]["1"]["delete_by"]
    path.write_text(json.dumps(document))
    assert "Nights  to be deleted since 9 February 2026" in tisu(tmp_path, "sessions").stdout


@pytest.mark.parametrize(
    "command", ["sessions", "verify aaaa", "notes aaaa", "seal aaaa", "forget aaaa", "trend nights", "actions"]
)
def test_a_copy_that_is_not_there_is_named_and_not_made(folder: DataFolder, tmp_path: Path, command: str) -> None:
    done = tisu(tmp_path, *command.split(), "--data", "copy of data")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"The data folder {tmp_path / 'copy of data'} can't be used: No such file or directory.\n"
    assert [each.name for each in tmp_path.iterdir()] == [folder.path.name]
