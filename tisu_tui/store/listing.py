"""What a list of sessions says of each: read from the file as it lies there, so that a thousand take no time."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tisu_tui.core.promise_lines import owners
from tisu_tui.core.scripts import has_words
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import State, delete_by
from tisu_tui.session.workshop import ReadWorkshop
from tisu_tui.store.atomic import StorageDamaged
from tisu_tui.store.files import FILES, StorageProblem
from tisu_tui.store.folder import DataFolder


class SessionStage(StrEnum):
    """How far a session has come; the value is the word for it on the command line."""

    SEALED = "sealed"
    INTERRUPTED = "interrupted"
    OPEN = "open"
    """Its notes were left unsealed, to be thought over."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One session in a list; dates are like 2026-11-18, and `delete_by` is empty where none was set."""

    id: str
    date: str
    standing: SessionStage
    workshop: str
    title: str
    rehearsal: bool = False
    delete_by: str = ""
    said: tuple[str, ...] = ()
    """What it decided, promised, asked and parked, and what could be chosen, once it is sealed."""

    def is_overdue(self, today: dt.date) -> bool:
        """Tell whether it was to be deleted by now."""
        return bool(self.delete_by) and self.delete_by <= today.isoformat()

    def is_due_for_sealing(self, today: dt.date) -> bool:
        """Tell whether its notes have been thought over for more than a day."""
        return self.standing is SessionStage.OPEN and self.date < (today - dt.timedelta(days=1)).isoformat()

    def has(self, words: str) -> bool:
        """Tell whether each of some words is in its title, its workshop's name, or in what it said."""
        text = "\n".join((self.id, self.title, self.workshop, *self.said))
        return has_words(text, words)

    def is_of(self, workshop: str) -> bool:
        """Tell whether it is of a workshop, named by its file with or without the ending."""
        return self.workshop in {workshop, f"{workshop}.md"}


def listings(folder: DataFolder, read: ReadWorkshop, skipped: Callable[[str], None]) -> list[Listing]:
    """List every session of a folder, the latest first; `skipped` hears in one line of each that can't be read."""
    found = []
    for name in folder.sessions():
        try:
            found.append(listing(folder.session_file(name), read))
        except StorageProblem as problem:
            skipped(str(problem))
    return sorted(found, key=lambda each: (each.date, each.id), reverse=True)


def listing(path: Path, read: ReadWorkshop) -> Listing:
    """Read what a list says of one session; raises `StorageProblem`."""
    try:
        data = FILES.read(path)
    except OSError as error:
        problem = _("{path} can't be opened: {reason}.")
        raise StorageProblem(problem.format(path=path, reason=error.strerror or error)) from error
    try:
        return _listing(json.loads(data or b""), read)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StorageDamaged(_("{path} is damaged: it is no session.").format(path=path)) from error


_CHOICE = re.compile(r"^\s*[-*+] \[ \] +(.+)$", re.MULTILINE)
"""A choice as a workshop's text has it. To read each workshop whole would take a list of many sessions seconds."""


def _listing(tables: dict[str, dict[str, Any]], read: ReadWorkshop) -> Listing:
    (document,) = tables["session"].values()
    workshop, state = document["workshop"], State(document["place"]["state"])
    title, due = workshop.get("title"), document.get("delete_by")
    if title is None or due is None:
        # Older files have neither beside the workshop's text.
        whole = read(workshop["source"], workshop["name"])
        title, due = whole.title, delete_by(document["date"], whole)
    said: tuple[str, ...] = ()
    if state is State.ENDED:
        records = (f"{each['text']} {owners(each.get('owner', ''))}" for each in document["records"])
        # The choices of the file, and those that came from what people said.
        options = (each for round_ in tables.get("rounds", {}).values() for each in round_.get("options", ()))
        choices = [*_CHOICE.findall(workshop["source"]), *(str(option["label"]) for option in options)]
        said = (*records, *dict.fromkeys(choices))
    standing = SessionStage.OPEN if document.get("left_open") else SessionStage.INTERRUPTED
    return Listing(
        id=str(document["id"]),
        date=str(document["date"]),
        standing=SessionStage.SEALED if state is State.ENDED else standing,
        workshop=str(workshop["name"]),
        title=str(title),
        rehearsal=bool(document["rehearsal"]),
        delete_by=str(due),
        said=said,
    )
