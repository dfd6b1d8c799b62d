"""Notes read back: the same that the session left, and what the team has changed in them since."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tisu_tui.core.later import NOTES, Turn
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.text import line_ends
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import Entry
from tisu_tui.notes.document import Heading, Item, Mark, NotReadable, PageLine, Part, Trouble, one_line, read_document
from tisu_tui.notes.embedded import FORMAT, Embedded, looks_in, our_words, read_data
from tisu_tui.notes.escaping import front_matter
from tisu_tui.notes.format_1 import with_sentences
from tisu_tui.notes.lines import (
    Understood,
    derived_id,
    is_without_box,
    no_box,
    read_record_line,
    read_reply_line,
    record_name,
)
from tisu_tui.session.decisions import UNDER_ITS_DECISION
from tisu_tui.session.readback import heading

_ID = re.compile(r"[a-z0-9-]{1,62}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Note:
    """Notes as they are now; `entries` are what the team has written in them since."""

    past: Past
    sealed: bool
    entries: tuple[Entry, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    understood: tuple[Understood, ...] = field(default=(), compare=False)
    gone: tuple[str, ...] = ()
    """The ids of records whose lines were deleted."""


@dataclass(slots=True)
class _Reading:
    """What has been found so far, going down the page."""

    today: dt.date
    """The day of the session, from which a day like Friday counts."""
    data: Embedded
    known: Mapping[str, Kept]
    """The records that the data has."""
    lines: dict[str, tuple[Kept, Item]] = field(default_factory=dict)
    """The records on the page with their lines, by their ids; those of earlier sessions have whole ids."""
    under: dict[str, str] = field(default_factory=dict)
    """The decision in one sentence that a record stands under, by the record's id."""
    troubles: list[Trouble] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """The ids of records whose lines can't be read."""
    gone: list[str] = field(default_factory=list)
    in_step: bool = False
    title: str = ""
    ours: Mapping[str, str] = field(default_factory=our_words)

    @property
    def records(self) -> dict[str, Kept]:
        """The records of the session itself."""
        return {name: record for name, (record, _item) in self.lines.items() if "." not in name}

    def trouble(self, line: PageLine, text: str) -> None:
        self.troubles.append(Trouble(line.number, text))

    def as_written(self, item: Item) -> bool:
        return self.data.is_as_written(item)

    def in_our_words(self, item: Item) -> Item:
        return self.data.in_our_words(item, self.ours)

    def answered(self, item: Item) -> tuple[Turn | None, str]:
        return read_reply_line(self.in_our_words(each) for each in item.inside if not self.as_written(each))


def read_note(text: str, *, explain: bool = False) -> Note:
    """Read the notes of a session; raises `NotReadable` for a page that is something else.

    What later sessions need is in the data at their end. What people changed on the page wins, line by line.
    """
    front = front_matter(text)
    session, date, version = (front.get(key, "") for key in ("tisu-session", "date", "tisu-note"))
    if not version or not _ID.fullmatch(session):
        raise NotReadable(_("it is not the notes of a session"))
    if not version.isdecimal() or int(version) > FORMAT:
        raise NotReadable(_("it was written by a newer tisu"))
    data, is_as_written = read_data(text)
    if data and data.past.id != session:
        data = None
    today = _day(date, data)
    is_sealed = front.get("status") == "sealed"
    told = looks_in(text) or ()
    if data and is_as_written and not explain:
        return Note(replace(data.past, told=told), is_sealed)
    page = read_document(text)
    without = Past(
        id=session,
        date=today.isoformat(),
        workshop=one_line(front.get("tisu-workshop", "")),
        title="",
        people=one_line(front.get("people", "")),
        rehearsal=front.get("rehearsal") == "true",
    )
    known = data or Embedded(without)
    found = _Reading(today, known, known.records)
    _read(found, page)
    past = replace(_past(front, found), told=told)
    if data is None and version == "1":
        past = with_sentences(past, page, found.trouble)
    elif data is None:
        missing = _("the data at its end is missing: only its promises and requests are read")
        found.troubles.append(Trouble(1 + line_ends(text).count("\n"), missing))
    own = (line for name, line in found.lines.items() if "." not in name)
    understood = tuple(Understood(item.number, record, item.box) for record, item in own)
    return Note(past, is_sealed, tuple(_entries(past, found)), tuple(found.troubles), understood, tuple(found.gone))


def _day(date: str, data: Embedded | None) -> dt.date:
    """Read the day of a session, to which an editor may have added a time; the data knows it too."""
    for written in (date, data.past.date if data else ""):
        with contextlib.suppress(ValueError):
            if _DAY.match(written):
                return dt.date.fromisoformat(written[:10])
    raise NotReadable(_("it has no date like 2026-12-01 in its front matter"))


def _past(front: Mapping[str, str], found: _Reading) -> Past:
    past = found.data.past
    added = [record for name, record in found.records.items() if name not in found.known]
    # Without data, all stand in the order they were made in; with it, what people added stays in that of the page.
    records = (*_kept(past, found), *(added if found.data.page else sorted(added, key=_made)))
    under = {**found.under, **dict(past.beside)}
    return replace(
        past,
        title=one_line(front.get("title", "")) or past.title,
        records=records,
        beside=tuple((record.id, under[record.id]) for record in records if record.id in under),
    )


def _kept(past: Past, found: _Reading) -> Iterator[Kept]:
    """Return the data's records as the page now has them; a record whose line is gone is dropped, one whose line can't
    be read stays as it was.

    A request stays: it is withdrawn in words, not lost with a line.
    """
    for record in past.records:
        if record.id in found.lines:
            yield found.lines[record.id][0]
        elif record.id in found.unread:
            yield record
        elif record.kind is RecordKind.ASK:
            gone = _("{id}: its line is gone; the request stays, until it is withdrawn")
            found.troubles.append(Trouble(1, gone.format(id=record.id)))
            yield record
        else:
            found.gone.append(record.id)
            found.troubles.append(Trouble(1, _("{id}: its line is gone, so it is left out").format(id=record.id)))


def _entries(past: Past, found: _Reading) -> Iterator[Entry]:
    for name, (record, item) in found.lines.items():
        whole = name if "." in name else f"{past.id}.{name}"
        reply, did = found.answered(item)
        box = item.begun_or_dropped
        if item.ticked or box or reply or did or record != found.known.get(name):
            yield Entry(whole, record, item.ticked, (), reply, did, box, door=NOTES, session=past.id)


def _made(record: Kept) -> int:
    """Put records in the order in which they were made; those added by hand come last."""
    letter, number = record.id[:1], record.id[1:]
    return int(number) if number.isdecimal() and letter != "x" else 10**9


def _read(found: _Reading, page: Iterable[Part]) -> None:
    for part in page:
        match part:
            case Mark(names=("step", *_rest)):
                found.in_step, found.title = True, ""
            case Heading(level=level, text=text):
                found.title = found.data.heading_in_our_words(text, found.ours)
                found.in_step = found.in_step and not level
            case Item():
                _read_item(found, part)
            case _:
                pass


def _read_item(found: _Reading, item: Item, under: str | None = None) -> None:
    # What people said, and the titles of steps, may begin with a box, too.
    in_words = item.loose and not item.names and (found.in_step or found.title != heading(RecordKind.ACTION))
    if not in_words and (named := record_name(found.in_our_words(item), found.title)):
        try:
            _read_record(found, item, *named, under=under)
        except ValueError as problem:
            found.trouble(item, str(problem))
            found.unread.add(named[1])
    elif under is None and not found.in_step and not found.as_written(item) and is_without_box(item, found.title):
        found.trouble(item, no_box())
    for each in item.inside:
        _read_item(found, each, one_line(item.text) if item.names[:1] == ("step",) else "")


def _read_record(found: _Reading, item: Item, kind: RecordKind, name: str, about: str, *, under: str | None) -> None:
    name = name or _derived(item, found)
    if name in found.lines:
        raise ValueError(_("{id} stands here twice").format(id=name))
    record = found.known.get(name)
    if record is None or not found.as_written(item):
        ours, own = found.in_our_words(item), name.rpartition(".")[2]
        read = read_record_line(ours, kind, own, about, found.today, inside=under is not None)
        is_visible = read.visible or any(each.names[:1] == ("visible",) for each in item.inside)
        was = record or read
        record = replace(was, text=read.text, owner=read.owner, due=read.due, visible=was.visible or is_visible)
    found.lines[name] = record, item
    if under and kind in UNDER_ITS_DECISION:
        found.under[name] = under


def _derived(item: Item, found: _Reading) -> str:
    """Make an id of the words of something added by hand, the same as long as its words are."""
    words = read_record_line(item, RecordKind.ACTION, "", "", found.today).text.casefold()
    return derived_id(words, found.lines)
