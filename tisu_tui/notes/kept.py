"""A folder of notes as a team keeps it: what is in it is read, and what can't be is named and left alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from tisu_tui.memory.earlier import once
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import Entry
from tisu_tui.memory.replies import Reply
from tisu_tui.notes.document import MOST_BYTES, NotReadable, decoded, front_matter
from tisu_tui.notes.looks import looks_in
from tisu_tui.notes.page import page_name, read_page
from tisu_tui.notes.read import NotNotes, Trouble, read_note
from tisu_tui.notes.reply import NotReply, Replies, read_reply
from tisu_tui.privacy.record import Look

_ENDINGS = frozenset({".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class KeptNotes:
    """What a folder of notes leaves: sessions, what was written since, and lines about what could not be read."""

    pasts: tuple[Past, ...]
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Folder:
    rehearsal: bool
    pasts: dict[str, Past] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    page: list[Entry] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_text(path: Path) -> str:
    """Read a page; raises `NotReadable`, or OSError."""
    # Opening a pipe would wait for somebody to write into it.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotReadable(_("it is not a file"))
        return decoded(file.read(MOST_BYTES + 1))


def read_notes(folder: Path, *, rehearsal: bool = False) -> KeptNotes:
    """Read all notes, reply forms and the page of promises in a folder; raises OSError where there is no folder.

    Rehearsals are read when they are asked for, and then nothing else is. Notes and reply forms may also lie one
    folder down, as in a folder for each year.
    """
    found = _Folder(rehearsal)
    inside = sorted(folder.iterdir())
    for path in inside:
        if path.suffix.casefold() in _ENDINGS:
            _try(found, path)
    for path in (each for beside in inside if beside.is_dir() for each in sorted(beside.iterdir())):
        if path.suffix.casefold() in _ENDINGS:
            _try_below(found, path)
    known = {f"{past.id}.{each.id}": each for past in found.pasts.values() for each in past.records}
    for reply in found.replies:
        if reply.promise in known:
            found.entries.append(Entry(reply.promise, known[reply.promise], reply=reply))
        else:
            found.problems.append(_("{id}: a reply to it was found, but no notes that ask it").format(id=reply.promise))
    # The page comes last: what is changed on it by hand stands.
    return KeptNotes(tuple(found.pasts.values()), (*found.entries, *found.page), tuple(found.problems))


def read_team_page(folder: Path, *, rehearsal: bool = False) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Read the page of promises alone, with lines about what could not be read; nothing where there is none."""
    path = folder / page_name(rehearsal=rehearsal)
    try:
        page = read_page(read_text(path))
    except FileNotFoundError:
        return (), ()
    except (OSError, NotReadable, NotNotes) as problem:
        return (), (_skipped(path, problem),)
    return page.entries, tuple(_lines(path, page.troubles))


def read_told(
    folder: Path, known: Container[str], *, rehearsal: bool = False
) -> tuple[tuple[Look, ...], tuple[str, ...]]:
    """Read what was told in the sessions of a folder of notes that are not known otherwise, with problems in words.

    Only the comment for it is read of each page, so that a session begins at once beside many years of notes.
    """
    dated: list[tuple[str, str, tuple[Look, ...]]] = []
    problems: list[str] = []
    inside = sorted(folder.iterdir())
    for path in (*inside, *(each for beside in inside if beside.is_dir() for each in sorted(beside.iterdir()))):
        if path.suffix.casefold() not in _ENDINGS:
            continue
        try:
            text = read_text(path)
        except (OSError, NotReadable) as problem:
            problems.append(_skipped(path, problem))
            continue
        front = front_matter(text)
        name = front.get("tisu-session", "")
        if "tisu-note" not in front or name in known or (front.get("rehearsal") == "true") is not rehearsal:
            continue
        looks = looks_in(text)
        if looks is None:
            missing = _("{path}: what was told in it can't be found, so its questions are asked as new ones")
            problems.append(missing.format(path=path))
        dated.append((front.get("date", ""), name, looks or ()))
    return once(look for _date, _name, looks in sorted(dated) for look in looks), tuple(problems)


def _skipped(path: Path, problem: Exception) -> str:
    reason = problem.strerror if isinstance(problem, OSError) else str(problem)
    return _("{path}: left out, {reason}").format(path=path, reason=reason)


def _lines(path: Path, troubles: Iterable[Trouble]) -> Iterator[str]:
    return (f"{path}:{each.number}: {each.text}" for each in troubles)


def _try(found: _Folder, path: Path) -> None:
    try:
        text = read_text(path)
        front = front_matter(text)
        if "tisu-note" in front:
            _add_note(found, path, text)
        elif "tisu-actions" in front:
            if (front.get("rehearsal") == "true") is found.rehearsal:
                page = read_page(text)
                found.page += page.entries
                found.problems += _lines(path, page.troubles)
        elif "tisu-reply" in front:
            _add_replies(found, path, read_reply(text))
        elif not any(key.startswith("tisu-") for key in front):
            raise NotNotes(_("it is not the notes of a session"))  # noqa: TRY301 - named like all that can't be read
    except (OSError, NotReadable, NotNotes, NotReply) as problem:
        found.problems.append(_skipped(path, problem))


def _try_below(found: _Folder, path: Path) -> None:
    """Read a page one folder down if it is notes or a reply form; there are others, which are for people only."""
    try:
        text = read_text(path)
        front = front_matter(text)
        if "tisu-reply" in front:
            _add_replies(found, path, read_reply(text))
        elif "tisu-note" in front:
            _add_note(found, path, text)
    except (OSError, NotReadable, NotReply) as problem:
        found.problems.append(_skipped(path, problem))


def _add_note(found: _Folder, path: Path, text: str) -> None:
    note = read_note(text)
    if note.past.rehearsal is not found.rehearsal:
        return
    if not note.sealed:
        raise NotNotes(_("it is a draft, and its session may go on"))
    if note.past.id in found.pasts:
        raise NotNotes(_("there are other notes of session {id}").format(id=note.past.id))
    found.pasts[note.past.id] = note.past
    found.entries += note.entries
    found.problems += _lines(path, note.troubles)


def _add_replies(found: _Folder, path: Path, read: Replies) -> None:
    found.replies += read.replies
    found.problems += [f"{path}:{number}: {text}" for number, text in read.troubles]
