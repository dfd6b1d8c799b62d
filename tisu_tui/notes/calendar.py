"""Days of promises as an iCalendar file (RFC 5545) of all-day events, with nothing in it but what notes say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from gettext import gettext as _

from tisu_tui.core.promise_lines import owners
from tisu_tui.core.records import RecordKind
from tisu_tui.memory.promises import Promise
from tisu_tui.notes.markdown import plain

_MOST = 75
"""Octets on a line, without its end."""


def calendar(promised: Iterable[Promise]) -> bytes:
    """Write the days of promises that have one; the same promises give the same bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tisu//actions//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for each in promised:
        if each.record.due:
            lines += _event(each)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(promise: Promise) -> Iterator[str]:
    day = dt.date.fromisoformat(promise.record.due)
    made = promise.made or promise.record.due
    yield "BEGIN:VEVENT"
    yield f"UID:{promise.id}@tisu"
    # The day it was made, and no time: who exported it when is nobody's business.
    yield f"DTSTAMP:{made.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(_summary(promise))}"
    owner = owners(promise.record.owner)
    said = ". ".join(filter(None, (owner, plain(promise.title))))
    if said:
        yield f"DESCRIPTION:{_escaped(said)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(promise: Promise) -> str:
    record = promise.record
    what = {
        RecordKind.ASK: _("Reply due: {words}"),
        RecordKind.CONCERN: _("Reply due: {words}"),
        RecordKind.SEND_BACK: _("Answer due: {words}"),
        RecordKind.DECISION: _("Review: {words}"),
    }.get(record.kind, "{words}")
    return what.format(words=" ".join(filter(None, (promise.of, record.text))))


def _escaped(text: str) -> str:
    return plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Fold a line at 75 octets, never inside a character."""
    now = ""
    for character in line:
        if len((now + character).encode()) > _MOST:
            yield now
            now = " "
        now += character
    yield now
