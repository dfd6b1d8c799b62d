"""A folder of notes as a team keeps it: what is in it is read, and what can't be is named and left alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tisu_tui.core.days import in_words
from tisu_tui.core.later import FORM, Turn
from tisu_tui.core.records import Kept
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.memory.earlier import LooksOf
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import Entry
from tisu_tui.notes.document import MOST_BYTES, NotReadable, Trouble, decoded
from tisu_tui.notes.embedded import looks_in
from tisu_tui.notes.escaping import front_matter
from tisu_tui.notes.lines import Understood
from tisu_tui.notes.page import read_page
from tisu_tui.notes.pages_in import is_copy, pages_in
from tisu_tui.notes.read import read_note
from tisu_tui.notes.reply import read_reply


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read: what it is, in words, and what its lines were understood as."""

    path: Path
    told: str
    understood: tuple[Understood, ...] = ()
    is_form: bool = False


@dataclass(slots=True)
class KeptNotes:
    """What a folder of notes leaves: sessions, what was written since, and lines about what could not be read.

    `pages` are those that were read; `passed` says what else lies there.
    """

    pasts: list[Past] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    pages: list[PageRead] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    """The ids of promises whose lines were deleted from their notes."""


@dataclass(slots=True)
class _FolderReader:
    """Reads page by page; with `explain`, each tells what its lines were understood as."""

    rehearsal: bool
    explain: bool
    found: KeptNotes = field(default_factory=KeptNotes)
    page: list[Entry] = field(default_factory=list)
    replies: list[tuple[str, Turn]] = field(default_factory=list)
    others: int = 0
    """How many pages are of rehearsals where sessions are wanted, or the other way round."""

    def add(self, path: Path, *, is_expected: bool) -> None:
        """Read a page; raises `NotReadable` for what is none of ours where one is expected, or OSError."""
        text = read_text(path)
        front = front_matter(text)
        if "tisu-note" in front:
            self._add_note(path, text)
        elif "tisu-actions" in front:
            self._add_page(path, text, rehearsal=front.get("rehearsal") == "true")
        elif "tisu-reply" in front:
            self._add_replies(path, text)
        elif is_expected and not any(key.startswith("tisu-") for key in front):
            raise NotReadable(_("it is not the notes of a session"))

    def _add_note(self, path: Path, text: str) -> None:
        note = read_note(text, explain=self.explain)
        name = note.past.id
        if note.past.rehearsal is not self.rehearsal:
            self.others += 1
            return
        if not note.sealed:
            raise NotReadable(_("it is a draft, and its session may go on"))
        if any(past.id == name for past in self.found.pasts):
            there = _("there are other notes of session {id}").format(id=name)
            raise NotReadable(_("it looks like a copy: {reason}").format(reason=there) if is_copy(path) else there)
        told = _("notes of session {id} of {date}").format(id=name, date=in_words(note.past.date))
        self._keep(PageRead(path, told, note.understood), note.troubles)
        self.found.pasts.append(note.past)
        self.found.entries += note.entries
        self.found.gone.update(f"{name}.{each}" for each in note.gone)

    def _add_page(self, path: Path, text: str, *, rehearsal: bool) -> None:
        if rehearsal is not self.rehearsal:
            self.others += 1
            return
        page = read_page(text)
        told = _("the page of actions")
        if is_copy(path) and (first := next((each for each in self.found.pages if each.told == told), None)):
            raise NotReadable(_("it looks like a copy of {path}").format(path=first.path.name))
        self._keep(PageRead(path, told, page.understood), page.troubles)
        # Of two pages, the one that lies higher up stands.
        self.page[:0] = page.entries

    def _add_replies(self, path: Path, text: str) -> None:
        read = read_reply(text)
        answered = {promise for promise, _reply in self.replies}
        if is_copy(path) and any(promise in answered for promise, _reply in read.replies):
            raise NotReadable(_("it looks like a copy of another reply form"))
        told = _("a reply form of session {id}").format(id=read.session)
        self._keep(PageRead(path, told, is_form=True), read.troubles)
        self.replies += read.replies

    def _keep(self, page: PageRead, troubles: Sequence[Trouble]) -> None:
        self.found.pages.append(page)
        self.found.problems += (f"{page.path}:{trouble.number}: {trouble.text}" for trouble in troubles)

    def other_rehearsals(self) -> Iterator[str]:
        """Say how many pages were passed over because they are of rehearsals, or are not."""
        if self.others and self.rehearsal:
            told = ngettext("Passed over: {n} page of a session.", "Passed over: {n} pages of sessions.", self.others)
            yield told.format(n=self.others)
        elif self.others:
            told = ngettext(
                "Passed over: {n} page of a rehearsal. With --rehearsals it is read.",
                "Passed over: {n} pages of rehearsals. With --rehearsals they are read.",
                self.others,
            )
            yield told.format(n=self.others)


def read_text(path: Path) -> str:
    """Read a page; raises `NotReadable`, or OSError."""
    # Opening a pipe would wait for somebody to write into it.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotReadable(_("it is not a file"))
        return decoded(file.read(MOST_BYTES + 1))


def read_notes(
    folder: Path, *, rehearsal: bool = False, explain: bool = False, known: Mapping[str, Kept] | None = None
) -> KeptNotes:
    """Read all notes, reply forms and the page of promises in a folder; raises OSError where there is no folder.

    Rehearsals are read when they are asked for, and then nothing else is. Pages may lie in folders, as in one for each
    year. What is named like a copy of another page never counts before that page. With `explain`, each page tells what
    its lines were understood as. `known` are promises from elsewhere, by their ids: beside them, pages that are none of
    ours are not named.
    """
    reader = _FolderReader(rehearsal, explain)
    found = reader.found
    files, passed = pages_in(folder)
    for path in files:
        # Below the folder, and in what says what a folder is for, there are pages for people only.
        is_expected = not known and path.parent == folder and path.stem.casefold() != "readme"
        try:
            reader.add(path, is_expected=is_expected)
        except (OSError, NotReadable) as problem:
            found.problems.append(_skipped(path, problem))
    known = dict(known or {})
    known |= {f"{past.id}.{record.id}": record for past in found.pasts for record in past.records}
    for request in (each for past in found.pasts for each in past.requests):
        known.setdefault(request.id, request.record)
    for promise, reply in reader.replies:
        if promise in known:
            found.entries.append(Entry(promise, known[promise], reply=reply, door=FORM))
        else:
            found.problems.append(_("{id}: a reply to it was found, but no notes that ask it").format(id=promise))
    # The page comes last: what is changed on it by hand stands.
    found.entries += reader.page
    found.passed += [*passed, *reader.other_rehearsals()]
    return found


def read_told(
    folder: Path, known: Container[str], *, rehearsal: bool = False
) -> tuple[tuple[LooksOf, ...], tuple[str, ...]]:
    """Read what was told in the sessions of a folder of notes, with problems in words.

    It is no problem where notes of a session that is `known` otherwise have lost it. Only the comment for it is read of
    each page, so that a session begins at once beside many years of notes.
    """
    found: list[LooksOf] = []
    problems: list[str] = []
    for path in pages_in(folder)[0]:
        try:
            text = read_text(path)
        except (OSError, NotReadable) as problem:
            problems.append(_skipped(path, problem))
            continue
        front = front_matter(text)
        if "tisu-note" not in front or (front.get("rehearsal") == "true") is not rehearsal:
            continue
        name, looks = front.get("tisu-session", ""), looks_in(text)
        if looks is None and name not in known:
            missing = _("{path}: what was told in it can't be found, so its questions are asked as new ones")
            problems.append(missing.format(path=path))
        found.append(LooksOf(front.get("date", ""), name, looks or (), front.get("tisu-workshop", "")))
    return tuple(found), tuple(problems)


def _skipped(path: Path, problem: Exception) -> str:
    reason = problem.strerror if isinstance(problem, OSError) else str(problem)
    return _("{path}: left out, {reason}").format(path=path, reason=reason)
