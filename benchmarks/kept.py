"""Data folders as years of sessions leave them, to measure what a long memory costs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tisu_tui.core.activity import Given, Present
from tisu_tui.core.form import Answer, Pick, Write
from tisu_tui.core.size import Size
from tisu_tui.privacy.gate import release
from tisu_tui.session import changes
from tisu_tui.session.session import Fate, Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile
from tisu_tui.workshop.library import find
from tisu_tui.workshop.reader import read

_FIRST_DAY = dt.date(2020, 1, 6)


def sealed(workshop: str, people: int) -> Session:
    """Play every step that everybody answers in a workshop of the library, with all words kept, and seal it."""
    session = Session("aaaa", _FIRST_DAY.isoformat(), _workshop(workshop))
    for n, step in enumerate(session.workshop.steps):
        fields = step.activity.form(Given(session.options(step)), Size(people)).fields
        answers: list[Answer] = [
            {
                question.id: (question.options[(person + at) % len(question.options)].id,)
                if isinstance(question, Pick)
                else (f"Something that person {person} would like to see changed here, and why",)
                for at, question in enumerate(fields)
                if (isinstance(question, Pick) and question.options) or isinstance(question, Write)
            }
            for person in range(people)
        ]
        count = step.activity.count(answers, Present(people, people), Given(session.options(step)))
        released, words = release(count, step.tier, Size(people), type(step.activity).finds, ())
        session = changes.opened(changes.moved(session, n), people, session.options(step))
        session = changes.closed(session, released, words)
        session = changes.showed(changes.decided(session, range(1, len(words) + 1), Fate.KEPT))
    return changes.sealed(changes.moved(session, len(session.workshop.steps)))


def _workshop(name: str) -> Workshop:
    path = find(name)
    found = read(path.read_bytes(), path.name, today=_FIRST_DAY).workshop
    assert found is not None
    return found


def keep(folder: Path, session: Session, times: int) -> None:
    """Keep a session so many times, a day apart, each as a session of its own."""
    data = DataFolder(folder)
    for n in range(times):
        date = _FIRST_DAY + dt.timedelta(days=n)
        one = replace(session, id=f"s{n:04d}", date=date.isoformat())
        file = SessionFile(data.session_file(one.id), date)
        file.save(one)
        file.close()
