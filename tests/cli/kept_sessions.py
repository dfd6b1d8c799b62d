"""Sessions in a data folder, as earlier days left them there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import reduce

from rooms import workshop_of

from tisu_tui.core.form import Option
from tisu_tui.core.record_lines import read_record
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.released import Released
from tisu_tui.session import changes
from tisu_tui.session.session import Session, delete_by
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile


def promised(number: int, words: str, kind: RecordKind = RecordKind.ACTION) -> Kept:
    return read_record(kind, number, words)


def workshop(title: str = "Looking back", *, name: str = "back.md", more: str = "", body: str = "") -> Workshop:
    front = f"---\ntisu: 1\ntitle: {json.dumps(title)}\n{more}---\n\n"
    return workshop_of(f"{front}{body}## What is new?\n\n`gather`\n\n## The end\n\n`close`\n", name)


def new_session(name: str, date: str, of: Workshop, *, rehearsal: bool = False) -> Session:
    return Session(name, date, of, rehearsal=rehearsal, delete_by=delete_by(date, of))


def told(
    session: Session,
    released: Released,
    words: tuple[str, ...] = (),
    *,
    people: int,
    at: int = 0,
    options: tuple[Option, ...] = (),
    entries: Mapping[str, tuple[str, ...]] | None = None,
) -> Session:
    """Run a step of the agenda, as far as what it told."""
    session = changes.opened(changes.moved(session, at), people, options)
    for field, texts in (entries or {}).items():
        session = changes.entered(session, field, texts)
    return changes.showed(changes.closed(session, released, words))


def put(folder: DataFolder, session: Session) -> None:
    """Leave a session in the data folder as it is."""
    with folder.lock(session.id):
        file = SessionFile(folder.session_file(session.id), dt.date.fromisoformat(session.date))
        file.save(session)
        file.close()


def keep(
    folder: DataFolder, name: str, date: str, of: Workshop, records: Sequence[Kept] = (), *, rehearsal: bool = False
) -> None:
    """Leave a sealed session in which these records were made."""
    session = reduce(changes.recorded, records, new_session(name, date, of, rehearsal=rehearsal))
    put(folder, changes.sealed(session))
