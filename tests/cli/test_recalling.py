"""A new session begins with what earlier ones in the same data folder left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from tisu_tui.cli._opening import recall
from tisu_tui.core.events import Ended, Event, Recorded
from tisu_tui.core.folding import fold
from tisu_tui.core.form import Option
from tisu_tui.core.records import RecordKind, read_record
from tisu_tui.core.session import Session
from tisu_tui.core.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile, tables
from tisu_tui.workshop.reader import read

FRONT = "---\ntisu: 1\ntitle: Looking back\n---\n\n"
PROMISE = Recorded(read_record(RecordKind.ACTION, 1, "Book the room @sam 2026-12-01"))
OPEN = (("back", (Option("aaaa.a1", "Book the room — @sam, due 2026-12-01"),)),)


def workshop(body: str = "## What became of it?\n\n`follow` `id back`\n\n## The end\n\n`close`\n") -> Workshop:
    found = read(FRONT + body, "back.md", today=dt.date(2026, 11, 18)).workshop
    assert found is not None
    return found


def keep(folder: DataFolder, name: str, events: Sequence[Event], *, rehearsal: bool = False) -> None:
    session = Session(name, "2026-11-18", workshop(), rehearsal=rehearsal)
    file = SessionFile(folder.session_file(name), dt.date(2026, 11, 18))
    file.save(tables(fold(session, events), None))
    file.close()


def test_what_a_sealed_session_promised_is_there_when_the_next_one_begins(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert recall(folder, workshop()) == ()
    keep(folder, "aaaa", [PROMISE, Ended()])
    assert recall(folder, workshop()) == OPEN
    assert recall(folder, workshop("## The end\n\n`close`\n")) == ()


def test_a_session_that_goes_on_promises_nothing_yet(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep(folder, "aaaa", [PROMISE])
    assert recall(folder, workshop()) == ()


def test_rehearsals_recall_rehearsals_and_nothing_that_people_said(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep(folder, "aaaa", [PROMISE, Ended()], rehearsal=True)
    assert recall(folder, workshop()) == ()
    assert recall(folder, workshop(), rehearsal=True) == OPEN
