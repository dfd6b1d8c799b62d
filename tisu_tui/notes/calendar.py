"""Days of promises as an iCalendar file (RFC 5545) of all-day events, with nothing in it but what notes say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tisu_tui.core.promise_lines import owners
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import turn_words
from tisu_tui.memory.promises import Promise
from tisu_tui.notes.escaping import plain

_MOST = 75
"""Octets on a line, without its end."""


def calendar(promised: Iterable[Promise], before: bytes = b"", today: str = "") -> bytes:
    """Write the days of promises that have one; the same promises give the same bytes.

    `before` is the file that is written anew: an event that has changed since gets the next number, and `today` as the
    day of its change, so that a calendar moves it and shows it once.
    """
    known = _known(before)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tisu//actions//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for promise in promised:
        if promise.record.due:
            lines += _event(promise, known.get(f"{promise.id}@tisu"), today)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


@dataclass(frozen=True, slots=True)
class _Known:
    """An event of a file: its number, when it was changed, and everything else that it says."""

    sequence: int
    changed: str
    said: tuple[str, ...]


def _known(before: bytes) -> dict[str, _Known]:
    """Read the events of a file that was written here; what is no such file has none."""
    found: dict[str, _Known] = {}
    text = before.decode("utf-8", "replace").replace("\r\n ", "")
    for event in text.split("BEGIN:VEVENT\r\n")[1:]:
        lines = event.partition("END:VEVENT")[0].splitlines()
        values = dict(line.partition(":")[::2] for line in reversed(lines))
        said = tuple(line for line in lines if not line.startswith(_STAMPS))
        if values.get("SEQUENCE", "").isdecimal():
            found[values.get("UID", "")] = _Known(int(values["SEQUENCE"]), values.get("LAST-MODIFIED", ""), said)
    return found


_STAMPS = ("DTSTAMP:", "LAST-MODIFIED:", "SEQUENCE:")


def _event(promise: Promise, known: _Known | None, today: str) -> Iterator[str]:
    said = tuple(_said(promise))
    last = promise.history[-1].date if promise.history else promise.made or promise.record.due
    sequence, changed = len(promise.history) + promise.moved, _stamp(last)
    if known and known.said == said:
        sequence, changed = known.sequence, known.changed
    elif known:
        sequence, changed = max(sequence, known.sequence + 1), max(changed, _stamp(today) if today else changed)
    yield "BEGIN:VEVENT"
    yield said[0]
    # A day and no time: who exported it when is nobody's business.
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{sequence}"
    yield from said[1:]
    yield "END:VEVENT"


def _stamp(day: str) -> str:
    return f"{day.replace('-', '')}T000000Z"


def _said(promise: Promise) -> Iterator[str]:
    day = dt.date.fromisoformat(promise.record.due)
    yield f"UID:{promise.id}@tisu"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}"
    summary = _escaped(_summary(promise))
    yield f"SUMMARY:{summary}"
    owner, last = owners(promise.record.owner), promise.stood
    stands = _("Now: {words}").format(words=turn_words(last)) if last else ""
    said = ". ".join(filter(None, (owner, stands, plain(promise.title))))
    if said:
        yield f"DESCRIPTION:{_escaped(said)}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D", f"DESCRIPTION:{summary}", "END:VALARM")


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
