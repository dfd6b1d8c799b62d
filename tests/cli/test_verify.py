"""`tisu verify`: what was sealed agrees with itself, and every byte that was changed since is found and named."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from build import Play, answers
from click.testing import CliRunner, Result
from rooms import workshop_of

from tisu_tui.cli import main
from tisu_tui.cli.verify import Checked, checks
from tisu_tui.core.records import RecordKind
from tisu_tui.notes.saving import FileState, compare, save
from tisu_tui.notes.write import render
from tisu_tui.session.changes import moved, sealed
from tisu_tui.session.session import Session
from tisu_tui.store.atomic import write_digest
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile

SOURCE = """---
tisu: 1
title: The rota
---

# The rota

## Which first?

`choose 1` `id first` `we decide`

- [ ] Rota
- [ ] Budget

## Can we try it?

`consent` `id try` `leaders may send back once`
"""
DATE = dt.date(2026, 11, 18)
NOTE = "2026-11-18-the-rota-7k3m"


def played(people: int) -> Session:
    """A session in which people chose and consented; aloud with fewer than five."""
    play = Play(Session("7k3m", DATE.isoformat(), workshop_of(SOURCE, "rota.md")), people)
    if people < 5:
        play.aloud("first", choice=("rota",))
        play.aloud("try", outcome=("carried",))
    else:
        play.answered("first", answers("choice", *["rota"] * (people - 3), *["budget"] * 3))
        play.answered("try", answers("position", *["agree"] * people))
    play.record(RecordKind.ACTION, "Buy tea @sam 2026-12-01")
    return moved(play.session, 2)


class Place:
    """A data folder and an exports folder on the disk."""

    def __init__(self, path: Path) -> None:
        self.folder = DataFolder(path / "data")
        self.exports = path / "exports"
        self.file = self.folder.session_file("7k3m")
        self.digest = self.file.with_name("7k3m.json.sha256")
        self.note = self.exports / f"{NOTE}.md"
        self.beside = self.exports / NOTE

    def keep(self, session: Session) -> None:
        file = SessionFile(self.file, DATE)
        file.save(session)
        file.close()

    def seal(self, people: int = 12) -> Session:
        session = sealed(played(people))
        self.keep(session)
        save(render(session), self.exports)
        return session

    def verify(self) -> list[Checked]:
        return [*checks(self.folder, "7k3m", self.exports)]

    def wrong(self) -> dict[str, str]:
        return {checked.about: checked.words for checked in self.verify() if not checked.agrees}

    def run(self, *extra: str) -> Result:
        line = ["verify", "7k3m", "--data", str(self.folder.path), "--exports", str(self.exports), *extra]
        return CliRunner().invoke(main, line)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


BESIDE = ("first.svg", "records.csv", "results.csv", "results.json")


def test_what_was_sealed_agrees_with_its_counts_notes_and_data(place: Place) -> None:
    place.seal()
    done = place.run()
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "7k3m.json: as it was sealed",
        "1. Which first?: recounted from 12 answers, the same",
        "2. Can we try it?: told in words, so there are no counts to recount",
        f"{place.note}: as it was written",
        *(f"{place.beside / name}: as it was written" for name in BESIDE),
        "Everything agrees.",
    ]


@pytest.mark.parametrize(
    ("people", "said"),
    [(3, "spoken aloud, so nothing was counted"), (7, "told in words, so there are no counts to recount")],
)
def test_a_small_room_is_held_to_its_digest_notes_and_data_only(place: Place, people: int, said: str) -> None:
    place.seal(people)
    done = place.run()
    assert done.exit_code == 0
    assert f"1. Which first?: {said}\n2. Can we try it?: {said}\n" in done.stdout
    place.note.write_text(place.note.read_text(encoding="utf-8").replace("Buy tea", "Buy milk"), encoding="utf-8")
    assert place.run().exit_code == 1
    (path,) = place.wrong()
    assert path == str(place.note)


def test_a_changed_byte_of_notes_data_and_pictures_is_found_in_its_file_and_line(place: Place) -> None:
    session = place.seal()
    files = render(session)
    for name, content in files.items():
        path = place.exports / name
        for at in (*range(0, len(content), 13), len(content) - 1):
            changed = bytearray(content)
            changed[at] ^= 1
            path.write_bytes(changed)
            few = {f"{NOTE}.md": files[f"{NOTE}.md"], name: content}
            (found,) = (each for each in compare(few, place.exports, "7k3m") if each.state is not FileState.SAME)
            assert found.path == path
            line = content[:at].count(b"\n") + 1
            assert str(line) in found.where or found.state is FileState.DRAFT or str(line + 1) in found.where
        path.write_bytes(content)
    assert not place.wrong()


def test_a_changed_byte_of_the_digest_and_of_the_session_is_found(place: Place) -> None:
    place.seal()
    for path, step in ((place.digest, 1), (place.file, 61)):
        sealed = path.read_bytes()
        for at in (*range(0, len(sealed), step), len(sealed) - 1):
            changed = bytearray(sealed)
            changed[at] ^= 1
            path.write_bytes(changed)
            assert place.wrong()["7k3m.json"] in {
                "changed since it was sealed, it or its digest 7k3m.json.sha256",
                f"{place.file} is damaged: it is no session.",
                f"{place.file} is damaged: it is not JSON.",
            }
        path.write_bytes(sealed)
    assert not place.wrong()


def test_a_forged_verdict_is_found_though_digest_notes_and_data_were_forged_with_it(place: Place) -> None:
    place.seal()
    place.file.write_text(place.file.read_text(encoding="utf-8").replace('[["rota"]]', '[["budget"]]'))
    write_digest(place.file)
    place.note.unlink()
    assert (
        CliRunner()
        .invoke(main, ["notes", "7k3m", "--data", str(place.folder.path), "--to", str(place.exports)])
        .exit_code
        == 0
    )
    said = "the counts say “Rota”, the session says “Budget”"
    assert place.wrong() == {"1. Which first?": said}


def test_edited_notes_are_named_as_edited_with_their_lines(place: Place) -> None:
    place.seal()
    lines = place.note.read_text(encoding="utf-8").splitlines(keepends=True)
    ticked = next(n for n, line in enumerate(lines) if "- [ ]" in line)
    lines[ticked] = lines[ticked].replace("[ ]", "[x]")
    place.note.write_text("".join([*lines[:-1], "We met again.\n", *lines[-1:]]), encoding="utf-8")
    assert place.wrong() == {str(place.note): f"edited since it was written: line {ticked + 1}, line {len(lines)}"}
    place.note.write_text("".join(lines[1:]).replace("[x]", "[ ]"), encoding="utf-8")
    assert place.wrong() == {str(place.note): "edited since it was written: something is gone after line 0"}
    edited = place.run()
    assert edited.exit_code == 1
    assert "What another version of tisu wrote differs as well." in edited.stderr
    file = place.folder.session_file("7k3m")
    file.write_bytes(file.read_bytes().replace(b" ", b"", 1))
    assert "another version" not in place.run().stderr


def test_notes_whose_lines_end_otherwise_and_notes_with_another_name_are_known(place: Place) -> None:
    place.seal()
    place.note.write_bytes(place.note.read_bytes().replace(b"\n", b"\r\n"))
    assert place.wrong() == {str(place.note): "edited since it was written: only in how its lines end"}
    place.note.write_bytes(place.note.read_bytes().replace(b"\r\n", b"\n"))
    place.note.rename(place.exports / "what we decided.md")
    (place.exports / "a paper.md").write_text('---\ntisu-session: "7k3m"\n---\n', encoding="utf-8")
    assert not place.wrong()
    (place.exports / "what we decided.md").unlink()
    (place.beside / "first.svg").unlink()
    (place.beside / "results.csv").unlink()
    (place.beside / "results.csv").mkdir()
    assert place.wrong() == {
        str(place.note): "missing",
        str(place.beside / "first.svg"): "missing",
        str(place.beside / "results.csv"): "can't be read: Is a directory",
    }


def test_where_no_notes_are_it_says_so(place: Place, tmp_path: Path) -> None:
    place.seal()
    place.exports = tmp_path / "elsewhere"
    done = place.run()
    assert done.exit_code == 0
    assert f"{place.exports}: no notes of this session are here, so none are compared\n" in done.stdout


def test_a_draft_that_was_never_written_anew_is_named(place: Place) -> None:
    session = played(12)
    save(render(session), place.exports)
    place.keep(sealed(session))
    assert place.wrong()[str(place.note)] == "a draft from before the session was sealed"


def test_a_session_that_goes_on_and_one_that_is_not_there_are_refused_in_one_line(place: Place) -> None:
    assert (place.run().exit_code, place.run().stderr.count("\n")) == (2, 1)
    assert "There is no session 7k3m" in place.run().stderr
    place.keep(played(12))
    assert place.run().exit_code == 2
    assert place.run().stderr == "Session 7k3m is not sealed yet, so there is nothing to compare it with.\n"


def test_a_sealed_session_without_its_digest_is_named(place: Place) -> None:
    place.seal()
    place.digest.unlink()
    assert place.wrong() == {"7k3m.json": "has no digest beside it"}


def test_a_file_that_no_longer_fits_together_is_no_traceback(place: Place) -> None:
    place.seal()
    whole = json.loads(place.file.read_text(encoding="utf-8"))
    whole["rounds"]["1"]["closed"]["tallies"][0]["counts"] = [1]
    place.file.write_text(json.dumps(whole), encoding="utf-8")
    done = place.run()
    assert done.exit_code == 1
    assert "7k3m: no longer fits together, so nothing more can be compared\n" in done.stdout


def test_scripts_read_the_same_as_json(place: Place) -> None:
    place.seal()
    (place.beside / "results.csv").unlink()
    done = place.run("--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert (told["session"], told["agrees"], len(told["checked"])) == ("7k3m", False, 8)
    assert {each["state"] for each in told["checked"]} == {"same", "missing", "no counts"}
    (wrong,) = (each for each in told["checked"] if not each["agrees"])
    assert wrong["about"] == str(place.beside / "results.csv")
