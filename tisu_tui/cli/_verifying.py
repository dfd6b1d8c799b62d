"""Checks a sealed session against its digest, its own counts, and the notes and data that were written from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tisu_tui.cli._opening import load, session_file
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.notes.compared import Compared, FileState, compare
from tisu_tui.notes.write import render
from tisu_tui.recount.recounted import Recount, RecountResult, recount
from tisu_tui.session.session import Session
from tisu_tui.store.atomic import check_digest
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder


class NotSealed(Exception):
    """There is nothing to hold the session to yet."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked: `about` is a file or a step, `state` a word for scripts, `words` for people."""

    about: str
    state: str
    words: str
    agrees: bool = True


def verify(folder: DataFolder, session_id: str, exports: Path) -> Iterator[Checked]:
    """Check a session, giving each result as it comes; raises `NotSealed`."""
    path = session_file(folder, session_id)
    digest = _digest(path)
    try:
        session = load(folder, session_id).session
    except StorageProblem as problem:
        yield digest
        yield Checked(path.name, "damaged", str(problem), agrees=False)
        return
    if not session.is_ended and digest.state == "no digest":
        raise NotSealed(
            _("Session {id} is not sealed yet, so there is nothing to compare it with.").format(id=session_id)
        )
    yield digest
    yield from _contents(session, exports, is_whole=digest.agrees)


def _digest(path: Path) -> Checked:
    beside = path.with_name(f"{path.name}.sha256")
    try:
        check_digest(path)
    except StorageProblem:
        if not beside.exists():
            return Checked(path.name, "no digest", _("has no digest beside it"), agrees=False)
        words = _("changed since it was sealed, it or its digest {digest}").format(digest=beside.name)
        return Checked(path.name, "changed", words, agrees=False)
    return Checked(path.name, "same", _("as it was sealed"))


def _contents(session: Session, exports: Path, *, is_whole: bool) -> Iterator[Checked]:
    try:
        counted, files = recount(session), render(session)
    except Exception:
        if is_whole:
            raise
        # Whoever changes a file by hand can make of it whatever they like, also what nothing can be told of.
        words = _("no longer fits together, so nothing more can be compared")
        yield Checked(session.id, "damaged", words, agrees=False)
        return
    yield from map(_recounted, counted)
    found = compare(files, exports, session.id)
    if not found:
        words = _("no notes of this session are here, so none are compared")
        yield Checked(str(exports), "not written", words)
    yield from map(_compared, found)


def _recounted(counted: Recount) -> Checked:
    about = f"{counted.number}. {counted.step.title}"
    if counted.round > 1:
        about = _("{step} (round {n})").format(step=about, n=counted.round)
    match counted.outcome:
        case RecountResult.SAME:
            told = ngettext(
                "recounted from {n} answer, the same", "recounted from {n} answers, the same", counted.answers
            )
            words = told.format(n=counted.answers)
        case RecountResult.DIFFERENT:
            words = "; ".join(counted.differences)
        case RecountResult.NO_COUNTS:
            words = _("told in words, so there are no counts to recount")
        case RecountResult.SPOKEN:
            words = _("spoken aloud, so nothing was counted")
        case RecountResult.WITHHELD:
            words = _("nothing of it was kept")
    return Checked(
        about, counted.outcome.name.lower().replace("_", " "), words, counted.outcome is not RecountResult.DIFFERENT
    )


def _compared(found: Compared) -> Checked:
    match found.state:
        case FileState.SAME:
            words = _("as it was written")
        case FileState.EDITED if found.path.suffix == ".md":
            words = _("edited since it was written: {where}").format(where=found.where)
        case FileState.EDITED:
            words = _("changed since it was written: {where}").format(where=found.where)
        case FileState.DRAFT:
            words = _("a draft from before the session was sealed")
        case FileState.MISSING:
            words = _("missing")
        case FileState.UNREADABLE:
            words = _("can't be read: {reason}").format(reason=found.where)
    return Checked(str(found.path), found.state.name.lower(), words, found.state is FileState.SAME)
