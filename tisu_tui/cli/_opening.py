"""Turns what was typed on the command line into workshops, sessions and plain refusals."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tisu_tui.cli._options import with_folders
from tisu_tui.cli._saying import naming, refuse, say
from tisu_tui.core.box import Box
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import Listing, listings
from tisu_tui.store.sessions import SessionFile
from tisu_tui.store.support import load_support
from tisu_tui.workshop.library import find, translations
from tisu_tui.workshop.pictures import in_folder
from tisu_tui.workshop.reader import read
from tisu_tui.workshop.source import display, render


def open_workshop(name: str) -> Workshop:
    """Read a workshop by its path or its name in the library, or print everything that is wrong with it."""
    with naming(name):
        path = find(name)
        data = path.read_bytes()
    reading = read(data, path.name, today=dt.date.today(), find=in_folder(path.parent))
    if reading.workshop is None:
        lines = display(data)
        errors = [problem for problem in reading.problems if not problem.warning]
        refuse("\n".join(render(problem, name, lines) for problem in errors))
    return replace(reading.workshop, translations=_translations(path, reading.workshop))


def _translations(path: Path, workshop: Workshop) -> tuple[Workshop, ...]:
    """Read the same workshop in other languages; one that can't be read is named on stderr and left."""
    found: dict[str, Workshop] = {}
    with naming(path.name):
        for translation in translations(path, dt.date.today()):
            own = translation.reading.workshop
            if own is None:
                unread = _("{name} has problems and is left out. To see them: tisu check {path}")
                say(unread.format(name=translation.path.name, path=translation.path), err=True)
            elif own.language != workshop.language:
                found.setdefault(own.language, own)
    return tuple(found.values())


@lru_cache(maxsize=64)
def read_stored(source: str, name: str) -> Workshop:
    """Read a session's own copy of its workshop again; raises ValueError when this tisu can't."""
    workshop = read(source, name, today=dt.date.today()).workshop
    if workshop is None:
        raise ValueError(name)
    return workshop


def session_file(folder: DataFolder, session_id: str) -> Path:
    """Find the file of a session that somebody named; refuses a name of none."""
    path = folder.session_file(session_id)
    if not path.exists():
        there = _("There is no session {id} in {path}. To see them: {command}")
        refuse(there.format(id=session_id, path=folder.path, command=with_folders("tisu sessions", "")))
    return path


def load(folder: DataFolder, session_id: str) -> Session:
    """Load a session; raises `StorageProblem`."""
    return load_with_box(folder, session_id)[0]


def load_with_box(folder: DataFolder, session_id: str) -> tuple[Session, Box | None]:
    """Load a session with its box, if it has one still; raises `StorageProblem`."""
    with contextlib.closing(SessionFile(folder.session_file(session_id), read_only=True)) as file:
        return file.load(read_stored)


def load_all(folder: DataFolder) -> list[Session]:
    """Load every session of a folder, the latest first; one that can't be read is named on stderr and left."""
    found = []
    for name in folder.sessions():
        try:
            found.append(load(folder, name))
        except StorageProblem as problem:
            say(str(problem), err=True)
    return sorted(found, key=lambda session: (session.date, session.id), reverse=True)


def list_all(folder: DataFolder, damaged: Callable[[str], None] = lambda _problem: None) -> list[Listing]:
    """List every session of a folder, the latest first; one that can't be read is named on stderr and to `damaged`."""

    def skipped(problem: str) -> None:
        say(problem, err=True)
        damaged(problem)

    return listings(folder, read_stored, skipped)


def team_support(folder: DataFolder) -> tuple[str, ...]:
    """Give the team's support contacts for a new session to keep; raises `StorageProblem`."""
    return tuple(map(str, load_support(folder)))


_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


_LAST_IDS = "zz"
"""Once the latest of a day is one of these, which takes about ten sessions, any will do: few are left behind it."""


def new_id(folder: DataFolder, date: dt.date, chance: random.Random | None = None) -> str:
    """Draw an id that no session in the folder has, and that sorts behind those of that day: days have no time."""
    draw = chance or secrets.SystemRandom()
    taken = set(folder.sessions())
    of_the_day = (each.id for each in listings(folder, read_stored, lambda _unread: None) if each.date == f"{date}")
    latest = max(of_the_day, default="")
    while (name := "".join(draw.choice(_ID_LETTERS) for _ in range(4))) in taken or name < latest < _LAST_IDS:
        pass
    return name
