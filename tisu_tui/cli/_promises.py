"""Promises as lines, data and a calendar; what was read to find them, and what each line was understood as."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tisu_tui.cli._earlier import read_kept
from tisu_tui.cli._opening import read_stored
from tisu_tui.cli._options import Where
from tisu_tui.cli._saying import naming
from tisu_tui.core.days import in_words
from tisu_tui.core.later import Turn
from tisu_tui.core.records import RecordKind, no_owner_or_date
from tisu_tui.core.text import wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.memory.due import is_asked, promise_words, reply_words, status_words, turn_words
from tisu_tui.memory.promises import Promise
from tisu_tui.notes.calendar import calendar
from tisu_tui.notes.kept import KeptNotes, PageRead, read_notes
from tisu_tui.notes.lines import Understood
from tisu_tui.notes.saving import replace_file
from tisu_tui.session.readback import record_words
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import SessionStage, listings

_WIDTH = 80
_WITH_OWNER = frozenset({RecordKind.ACTION, RecordKind.ASK})


def explained(where: Where) -> Iterator[str]:
    """Say of each page in a folder which lines were read, and as what; what can't be read goes to stderr."""
    kept = read_kept(where.folder, rehearsal=where.rehearsals, explain=True)
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
        yield _none_read(where.folder)


def _line(each: Understood) -> str:
    record = each.record
    said = record_words(record)
    if each.box is not None:
        said = _("{words} ({status})").format(words=said, status=status_words(each.box))
    if record.kind in _WITH_OWNER and not (record.owner and record.due):
        said = f"{said} {no_owner_or_date(record)}"
    return f"{each.number:>6}  {record.kind.value} {record.id}: {said}"


def looked_through(where: Where) -> Iterator[str]:
    """Say what was read where nothing was found, and what was passed over."""
    if where.notes is None:
        yield from _of_sessions(where.data, rehearsal=where.rehearsals)
    try:
        yield from _of_notes(read_notes(where.folder, rehearsal=where.rehearsals), where.folder)
    except OSError:
        yield _("There is no folder {path} with notes.").format(path=where.folder)


def _of_notes(kept: KeptNotes, folder: Path) -> Iterator[str]:
    yield _read(kept.pages, folder) if kept.pages else _none_read(folder)
    yield from kept.passed
    if kept.problems:
        told = ngettext("{n} problem is named above.", "{n} problems are named above.", len(kept.problems))
        yield told.format(n=len(kept.problems))


def _read(pages: Sequence[PageRead], folder: Path) -> str:
    told = ngettext("Read: {n} page in {path}.", "Read: {n} pages in {path}.", len(pages))
    return told.format(n=len(pages), path=folder)


def _none_read(folder: Path) -> str:
    return _("No page of notes, no reply form and no page of actions was read in {path}.").format(path=folder)


def _of_sessions(data: Path | None, *, rehearsal: bool) -> Iterator[str]:
    folder = DataFolder(data, create=data is None)
    damaged: list[str] = []
    found = listings(folder, read_stored, damaged.append)
    kinds = Counter(
        "other"
        if listing.rehearsal is not rehearsal
        else "read"
        if listing.standing is SessionStage.SEALED
        else "begun"
        for listing in found
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


def listed(found: Sequence[Promise], today: dt.date) -> Iterator[str]:
    """Say each promise in a few lines: its id and its words, then where it stands and since when."""
    wide = max(len(promise.id) for promise in found) + 2
    for at, promise in enumerate(found):
        if at:
            yield ""
        for n, line in enumerate(wrap(promise_words(promise, today), _WIDTH - wide)):
            yield f"{'' if n else promise.id:<{wide}}{line}"
        yield from (f"{'':<{wide}}{line}" for line in wrap(_standing(promise), _WIDTH - wide))


def _standing(promise: Promise) -> str:
    last = promise.history[-1] if promise.history else None
    said = "" if is_asked(promise) and (not last or promise.is_request) else status_words(promise.status)
    if last and not promise.is_request:
        said = turn_words(last)
    if promise.again:
        said = _("made again as {id}").format(id=promise.again)
    source = _("from session {id} of {date}") if promise.title else _("added {date}") if promise.made else ""
    return ", ".join(filter(None, (said, source.format(id=promise.id.partition(".")[0], date=in_words(promise.made)))))


def as_rows(found: Sequence[Promise]) -> list[dict[str, object]]:
    """Put promises into plain data."""
    return [
        {
            "id": promise.id,
            "kind": promise.record.kind.value,
            "text": promise.record.text,
            "owner": promise.record.owner,
            "due": promise.record.due,
            "made": promise.made,
            "visible": promise.record.visible,
            "status": promise.status.value,
            "open": promise.is_open,
            "again": promise.again,
            "asked again": [*promise.request.again] if promise.is_request else [],
            "reply": reply_words(promise.reply) if promise.reply else "",
            "history": [_turn(turn) for turn in promise.history],
        }
        for promise in found
    ]


def _turn(turn: Turn) -> dict[str, str]:
    known = {"because": turn.because, "by": turn.by, "role": turn.role, "door": turn.door, "seen": turn.seen}
    told = {"date": turn.date, "status": turn.status.value, "words": turn.words}
    return told | {name: value for name, value in known.items() if value}


def write_calendar(found: Sequence[Promise], file: Path, today: dt.date) -> None:
    """Write the days of promises to a file, or to standard output for `-`."""
    if str(file) == "-":
        click.echo(calendar(found).decode(), nl=False)
        return
    with naming(file, 1):
        before = file.read_bytes() if file.exists() else b""
        replace_file(file, calendar(found, before, today.isoformat()))
    click.echo(file)
