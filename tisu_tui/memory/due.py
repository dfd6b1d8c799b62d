"""Promises in words: what, who, by when and since when, without blame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from gettext import gettext as _

from tisu_tui.core.days import in_words, say_ago
from tisu_tui.core.form import Option
from tisu_tui.core.later import Status
from tisu_tui.core.promise_lines import owners
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.promises import Promise
from tisu_tui.memory.replies import reply_words

_ANSWERED = frozenset({RecordKind.ASK, RecordKind.CONCERN, RecordKind.SEND_BACK})


def is_asked(promise: Promise) -> bool:
    """Tell whether it waits for somebody's answer."""
    return promise.record.kind in _ANSWERED


def due_options(promised: Iterable[Promise], today: dt.date) -> tuple[Option, ...]:
    """Make options of promises, in words of today; their ids are those by which later sessions know them again."""
    return tuple(Option(each.id, promise_words(each, today)) for each in promised)


def promise_words(promise: Promise, today: dt.date) -> str:
    """Say a promise in one line: what, who and by when, and for a request whether there is an answer."""
    record = promise.record
    owner = f" — {owners(record.owner)}" if record.owner else ""
    due = f", {due_words(record, today)}" if record.due else ""
    answer = answer_words(promise, today) if is_asked(promise) else ""
    return f"{_asked(record, promise.of)}{owner}{due}" + (f". {answer}" if answer else "")


def _asked(record: Kept, of: str) -> str:
    about = " ".join(filter(None, (of, record.text)))
    match record.kind:
        case RecordKind.ASK:
            return _("We asked: {words}").format(words=record.text)
        case RecordKind.DECISION:
            return _("Was it honoured? We decided: {words}").format(words=about)
        case RecordKind.SEND_BACK:
            return _("Was it answered? Leaders sent it back: {words}").format(words=about)
        case RecordKind.CONCERN:
            return _("Was it answered? A concern: {words}").format(words=record.text)
        case RecordKind.TELL:
            whom = _("{whom}, about {decision}").format(whom=record.text, decision=of) if of else record.text
            return _("Were they told? {words}").format(words=whom)
        case _:
            return record.text


def due_words(record: Kept, today: dt.date) -> str:
    """Say by when, and how long ago that was: `due 1 December, 2 weeks ago`; empty without a date."""
    if not record.due:
        return ""
    day = dt.date.fromisoformat(record.due)
    sentence = {
        RecordKind.ASK: _("reply by {date}"),
        RecordKind.CONCERN: _("reply by {date}"),
        RecordKind.SEND_BACK: _("to be answered by {date}"),
        RecordKind.DECISION: _("to look at again on {date}"),
        RecordKind.TELL: _("by {date}"),
    }.get(record.kind, _("due {date}"))
    ago = say_ago(day, today)
    said = sentence.format(date=in_words(record.due))
    return f"{said}, {ago}" if ago else said


def answer_words(promise: Promise, today: dt.date) -> str:
    """State the answer to a request, or since when it has been waiting."""
    if promise.reply:
        return _("You said: {words}").format(words=reply_words(promise.reply))
    if not promise.made:
        return _("No answer yet")
    since = say_ago(dt.date.fromisoformat(promise.made), today)
    return _("No answer yet, asked {ago}").format(ago=since) if since else _("No answer yet")


def status_words(status: Status) -> str:
    """State a promise's status in the words of the commands."""
    match status:
        case Status.NOT_STARTED:
            return _("not started")
        case Status.UNDER_WAY:
            return _("under way")
        case Status.DONE:
            return _("done")
        case Status.NORMAL:
            return _("now normal")
        case Status.STUCK:
            return _("stuck")
        case Status.DROPPED:
            return _("dropped")


def read_status(text: str) -> Status:
    """Read where a promise stands, as it is said or as it is stored; raises ValueError, in plain words."""
    wanted = " ".join(text.casefold().replace("-", " ").split()).rstrip(",.")
    for status in Status:
        if wanted in {status_words(status), status.value.replace("-", " ")}:
            return status
    known = ", ".join(status_words(each) for each in Status)
    raise ValueError(_("{text} is no status; it is one of: {known}").format(text=text, known=known))
