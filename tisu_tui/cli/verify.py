"""`tisu verify`: whether a sealed session, its verdicts, its notes and its data still agree."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, exports, sessions
from tisu_tui.cli._saying import say, say_json
from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.notes.saving import Compared, FileState, compare
from tisu_tui.recount.recounted import Recount, RecountResult, recount
from tisu_tui.session.session import Session
from tisu_tui.store.atomic import check_digest
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder


@click.command
@click.argument("session", shell_complete=sessions)
@exports("Folder of the notes.")
@DATA
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
def verify(session: str, exports: Path, data: Path | None, *, as_json: bool) -> None:
    """Count SESSION again from what it kept, and compare it with its digest, notes and data.

    Gives 0 where everything agrees, and 1 where a byte was changed or a verdict does not follow from its counts.
    """
    checked = [*checks(DataFolder(data, create=data is None), session, exports)]
    wrong = sum(not each.agrees for each in checked)
    if as_json:
        report = {"session": session, "agrees": not wrong, "checked": [asdict(each) for each in checked]}
        say_json(report)
    else:
        for each in checked:
            say(clean(f"{each.about}: {each.words}", 2000), hang=2)
        told = ngettext("{n} of these does not agree.", "{n} of these do not agree.", wrong).format(n=wrong)
        say(told if wrong else _("Everything agrees."))
        if wrong and all(each.agrees or each.state == "edited" for each in checked):
            say(_("Notes are yours to edit. What another version of tisu wrote differs as well."), err=True)
    sys.exit(1 if wrong else 0)


class NotSealed(OneLineProblem):
    """There is nothing to hold the session to yet."""

    status = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked: `about` is a file or a step, `state` a word for scripts, `words` for people."""

    about: str
    state: str
    words: str
    agrees: bool = True


def checks(folder: DataFolder, session_id: str, exports: Path) -> Iterator[Checked]:
    """Check a session, giving each result as it comes; raises `NotSealed`."""
    from tisu_tui.cli._opening import load, session_file

    path = session_file(folder, session_id)
    digest = _digest(path)
    try:
        session = load(folder, session_id)
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
    from tisu_tui.notes.write import render

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
