"""What was read to find promises, what was passed over, and what each line was understood as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tisu_tui.cli._earlier import read_kept
from tisu_tui.cli._opening import open_folder, read_stored
from tisu_tui.core.promise_lines import no_owner_or_date
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.memory.due import status_words
from tisu_tui.notes.kept import KeptNotes, PageRead, read_notes
from tisu_tui.notes.read import Understood
from tisu_tui.session.readback import record_words
from tisu_tui.store.listing import SessionStage, listings

_WITH_OWNER = frozenset({RecordKind.ACTION, RecordKind.ASK})


def explained(folder: Path, *, rehearsal: bool) -> Iterator[str]:
    """Say of each page in a folder which lines were read, and as what; what can't be read goes to stderr."""
    kept = read_kept(folder, rehearsal=rehearsal, explain=True)
    for n, page in enumerate(kept.pages):
        if n:
            yield ""
        yield _("{path}: {what}").format(path=page.path, what=page.told)
        yield from map(_line, page.understood)
        if not page.understood and not page.is_form:
            yield "  " + _("Nothing is promised here.")
    if kept.pages and kept.passed:
        yield ""
    yield from kept.passed
    if not kept.pages:
        yield _none_read(folder)


def _line(each: Understood) -> str:
    record = each.record
    said = record_words(record)
    if each.box is not None:
        said = _("{words} ({status})").format(words=said, status=status_words(each.box))
    if record.kind in _WITH_OWNER and not (record.owner and record.due):
        said = f"{said} {no_owner_or_date()}"
    return f"{each.number:>6}  {record.kind.value} {record.id}: {said}"


def looked_through(notes: Path | None, exports: Path, data: Path | None, *, rehearsal: bool) -> Iterator[str]:
    """Say what was read where nothing was found, and what was passed over."""
    if notes is not None:
        yield from _of_notes(read_notes(notes, rehearsal=rehearsal), notes)
        return
    yield from _of_sessions(data, rehearsal=rehearsal)
    try:
        yield from _of_notes(read_notes(exports, rehearsal=rehearsal), exports)
    except OSError:
        yield _("There is no folder {path} with notes.").format(path=exports)


def _of_notes(kept: KeptNotes, folder: Path) -> Iterator[str]:
    yield _read(kept.pages, folder) if kept.pages else _none_read(folder)
    yield from kept.passed
    if kept.problems:
        told = ngettext("{n} problem is named above.", "{n} problems are named above.", len(kept.problems))
        yield told.format(n=len(kept.problems))


def _read(pages: tuple[PageRead, ...], folder: Path) -> str:
    told = ngettext("Read: {n} page in {path}.", "Read: {n} pages in {path}.", len(pages))
    return told.format(n=len(pages), path=folder)


def _none_read(folder: Path) -> str:
    return _("No page of notes, no reply form and no page of actions was read in {path}.").format(path=folder)


def _of_sessions(data: Path | None, *, rehearsal: bool) -> Iterator[str]:
    folder = open_folder(data)
    damaged: list[str] = []
    found = listings(folder, read_stored, damaged.append)
    kinds = Counter(
        "other" if each.rehearsal is not rehearsal else "read" if each.standing is SessionStage.SEALED else "begun"
        for each in found
    )
    sealed = ngettext("Read: {n} sealed session in {path}.", "Read: {n} sealed sessions in {path}.", kinds["read"])
    yield sealed.format(n=kinds["read"], path=folder.path)
    if kinds["begun"]:
        told = ngettext("Passed over: {n} session not sealed.", "Passed over: {n} sessions not sealed.", kinds["begun"])
        yield told.format(n=kinds["begun"])
    if kinds["other"]:
        told = (
            ngettext("Passed over: {n} session of people.", "Passed over: {n} sessions of people.", kinds["other"])
            if rehearsal
            else ngettext(
                "Passed over: {n} rehearsal. With --rehearsals it is read.",
                "Passed over: {n} rehearsals. With --rehearsals they are read.",
                kinds["other"],
            )
        )
        yield told.format(n=kinds["other"])
    if damaged:
        told = ngettext(
            "Passed over: {n} session that can't be read, named above.",
            "Passed over: {n} sessions that can't be read, named above.",
            len(damaged),
        )
        yield told.format(n=len(damaged))
