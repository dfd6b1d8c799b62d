"""Notes read back: the same that the session left, and what the team has changed in them since."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from gettext import gettext as _

from tisu_tui.core.later import Captured, Row, Standing, Status, status_label
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import Entry
from tisu_tui.notes.asks import read_reply_line
from tisu_tui.notes.document import Cells, Document, Heading, Item, Line, Mark, Table, one_line, read_document
from tisu_tui.notes.lines import asked, read_record_line
from tisu_tui.notes.looks import read_looks
from tisu_tui.notes.rows import is_scale, read_rows
from tisu_tui.privacy.record import Look
from tisu_tui.session.decisions import UNDER_ITS_DECISION
from tisu_tui.session.readback import heading

FORMAT = 1
"""The newest format of notes that can be read: that which is written."""

_ID = re.compile(r"[a-z0-9-]{1,62}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_IN_AGENDA = re.compile(r"^\d+\. ")
_LAST = 10**9


class NotNotes(ValueError):
    """A page is not the notes of a session, for a reason that is said in plain words."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An unreadable line of an otherwise readable page."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line of a page was understood as."""

    number: int
    record: Kept
    box: Status | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Notes as they are now; `entries` are what the team has written in them since."""

    past: Past
    sealed: bool
    entries: tuple[Entry, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    understood: tuple[Understood, ...] = field(default=(), compare=False)


@dataclass(slots=True)
class _Reading:
    """What has been found so far, going down the page."""

    today: dt.date
    """The day of the session, from which a day like Friday counts."""
    records: dict[str, Kept] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    under: dict[str, str] = field(default_factory=dict)
    """The decision in one sentence that a record stands under, by the record's id."""
    captured: list[Captured] = field(default_factory=list)
    told: list[Look] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    step: str = ""
    asked: str = ""
    """The title of the step."""
    section: str = ""
    title: str = ""
    scale: tuple[str, ...] = ()

    def trouble(self, line: Line, text: str) -> None:
        self.troubles.append(Trouble(line.number, text))


def read_note(text: str) -> Note:
    """Read the notes of a session; raises `NotNotes` for a page that is something else."""
    page = read_document(text)
    front = page.front
    session, date, version = (front.get(key, "") for key in ("tisu-session", "date", "tisu-note"))
    if not version or not _ID.fullmatch(session):
        raise NotNotes(_("it is not the notes of a session"))
    if not version.isdecimal() or int(version) > FORMAT:
        raise NotNotes(_("it was written by a newer tisu"))
    if not _DAY.fullmatch(date):
        raise NotNotes(_("it has no date like 2026-12-01 in its front matter"))
    found = _found(page, dt.date.fromisoformat(date))
    records = tuple(sorted(found.records.values(), key=_made))
    past = Past(
        id=session,
        date=date,
        workshop=one_line(front.get("tisu-workshop", "")),
        title=one_line(front.get("title", "")),
        people=one_line(front.get("people", "")),
        rehearsal=front.get("rehearsal") == "true",
        records=records,
        beside=tuple((each.id, found.under[each.id]) for each in records if each.id in found.under),
        standings=tuple(found.standings.values()),
        rows=tuple(found.rows),
        captured=tuple(found.captured),
        told=tuple(found.told),
    )
    understood = tuple(Understood(each.number, found.records[name], each.box) for name, each in found.items.items())
    entries = tuple(_entries(past, found))
    return Note(past, front.get("status") == "sealed", entries, tuple(found.troubles), understood)


def _entries(past: Past, found: _Reading) -> Iterator[Entry]:
    for record in past.records:
        item, name = found.items[record.id], f"{past.id}.{record.id}"
        reply, did = read_reply_line(item.inside, name)
        if item.ticked or item.begun_or_dropped or reply or did:
            yield Entry(name, record, item.ticked, (), reply, did, item.begun_or_dropped)


def _made(record: Kept) -> int:
    """Put records in the order in which they were made; those added by hand come last."""
    number = record.id[1:]
    return int(number) if number.isdecimal() else _LAST


def _found(page: Document, today: dt.date) -> _Reading:
    found = _Reading(today)
    for part in page.parts:
        match part:
            case Mark(names=("step", step, *_rest)):
                found.step, found.title, found.scale = step, "", ()
                found.asked = _IN_AGENDA.sub("", found.section)
            case Heading(level=level, text=text):
                found.title = text
                if level:
                    found.step, found.section = "", text
            case Item():
                _read_item(found, part)
            case Table():
                _read_table(found, part)
            case Mark(names=("told", *looks)):
                found.told += read_looks(looks)
            case Mark():
                pass
    return found


def _read_item(found: _Reading, item: Item, under: str | None = None) -> None:
    if found.step and not item.names and is_scale(found.title):
        found.scale = (*found.scale, one_line(item.text))
        return
    if found.step and item.names == ("captured",):
        found.captured.append(Captured(found.title, one_line(item.text)))
        return
    in_words = item.loose and not item.names and found.step  # what people said may begin with a box, too
    if not in_words and (named := record_name(item, found.title)):
        try:
            _read_record(found, item, *named, under=under)
        except ValueError as problem:
            found.trouble(item, str(problem))
    for each in item.inside:
        _read_item(found, each, one_line(item.text) if item.names[:1] == ("step",) else "")


def _read_record(found: _Reading, item: Item, kind: RecordKind, name: str, about: str, *, under: str | None) -> None:
    name = name or _derived(item, found)
    if name in found.records:
        raise ValueError(_("{id} stands here twice").format(id=name))
    found.records[name] = read_record_line(item, kind, name, about, found.today, inside=under is not None)
    found.items[name] = item
    if under and kind in UNDER_ITS_DECISION:
        found.under[name] = under


def record_name(item: Item, title: str) -> tuple[RecordKind, str, str] | None:
    """Return an item's kind of record, id and subject; the id is empty for items added by hand."""
    match item.names:
        case (kind, name, *about) if kind in set(RecordKind):
            return RecordKind(kind), name, " ".join(about)
        case () if item.box is not None:
            return RecordKind.ACTION, "", ""
        case () if item.text.startswith(asked()) and title == heading(RecordKind.ASK):
            return RecordKind.ASK, "", ""
        case _:
            return None


def _derived(item: Item, found: _Reading) -> str:
    """Make an id of the words of something added by hand, the same as long as its words are."""
    words = read_record_line(item, RecordKind.ACTION, "", "", found.today).text.casefold()
    return derived_id(words, found.records)


def derived_id(words: str, taken: Container[str]) -> str:
    """Make an id of words that no record made in a session has; raises ValueError where the same words are too many."""
    digest = hashlib.sha256(words.encode()).hexdigest()
    found = next((name for n in range(6, 64) if (name := f"x{digest[:n]}") not in taken), "")
    if not found:
        raise ValueError(_("the same words stand on this page too often"))
    return found


def _read_table(found: _Reading, table: Table) -> None:
    if any(row.names[:1] == ("row",) for row in table.rows):
        found.rows += (
            replace(row, asked=found.asked) for row in read_rows(found.step, found.scale, table, found.trouble)
        )
        found.scale = ()
    for row in table.rows:
        if row.names[:1] == ("promise",) and len(row.names) == 2:
            _read_standing(found, row)


def _read_standing(found: _Reading, row: Cells) -> None:
    label, told, said = (*row.cells, "", "", "")[:3]
    if told in {"", "–"}:
        return
    known = {**{status_label(each).casefold(): each for each in Status}, **{each.value: each for each in Status}}
    short = {each.partition(":")[0]: status for each, status in known.items()}
    status = known.get(told.casefold()) or short.get(told.casefold().partition(":")[0])
    if status is None:
        found.trouble(row, _("“{text}” does not say where it stands").format(text=told))
        return
    found.standings[row.names[1]] = Standing(row.names[1], label, status, "" if said == "–" else said)
