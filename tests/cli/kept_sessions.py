"""Sessions in a data folder, as earlier days left them there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from rooms import workshop_of

from tisu_tui.core.promise_lines import read_record
from tisu_tui.core.records import RecordKind
from tisu_tui.session.apply import fold
from tisu_tui.session.events import Ended, Event, Recorded
from tisu_tui.session.session import Session, delete_by
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile, tables


def promised(number: int, words: str, kind: RecordKind = RecordKind.ACTION) -> Event:
    return Recorded(read_record(kind, number, words))


def workshop(title: str = "Looking back", *, name: str = "back.md", more: str = "", body: str = "") -> Workshop:
    front = f"---\ntisu: 1\ntitle: {json.dumps(title)}\n{more}---\n\n"
    return workshop_of(f"{front}{body}## What is new?\n\n`gather`\n\n## The end\n\n`close`\n", name)


def keep(
    folder: DataFolder,
    name: str,
    date: str,
    of: Workshop,
    events: Sequence[Event] = (Ended(),),
    *,
    rehearsal: bool = False,
) -> None:
    session = Session(name, date, of, rehearsal=rehearsal, delete_by=delete_by(date, of))
    with folder.lock(name):
        file = SessionFile(folder.session_file(name), dt.date.fromisoformat(date))
        file.save(tables(fold(session, events), None))
        file.seal()
        file.close()
