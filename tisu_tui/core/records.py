"""Records that the group makes out loud: actions, decisions and what becomes of them, requests, parked items."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from gettext import gettext as _

from tisu_tui.core.days import day_named, stored


class RecordKind(StrEnum):
    """What sort of record it is; the value is the word typed for it."""

    ACTION = "action"
    DECISION = "decision"
    SEND_BACK = "send-back"
    CONCERN = "concern"
    TELL = "tell"
    ASK = "ask"
    PARK = "park"


@dataclass(frozen=True, slots=True)
class Kept:
    """One record: `owner` is who does it, or whom it is asked of; `due` is a date, or empty where none was given.

    `about` is the round of a vote that it belongs to, as `STEP.ROUND`, and empty for what belongs to none.
    """

    id: str
    kind: RecordKind
    text: str
    owner: str = ""
    due: str = ""
    about: str = ""


_LETTER = {
    RecordKind.ACTION: "a",
    RecordKind.DECISION: "d",
    RecordKind.SEND_BACK: "s",
    RecordKind.CONCERN: "c",
    RecordKind.TELL: "t",
    RecordKind.ASK: "q",
    RecordKind.PARK: "p",
}


def due_words(kind: RecordKind) -> str:
    """Say what a record's date is for; it has `{date}` in it."""
    return {
        RecordKind.ACTION: _("due {date}"),
        RecordKind.ASK: _("reply by {date}"),
        RecordKind.CONCERN: _("reply by {date}"),
        RecordKind.SEND_BACK: _("answer by {date}"),
        RecordKind.DECISION: _("review on {date}"),
        RecordKind.TELL: _("by {date}"),
        RecordKind.PARK: _("back on {date}"),
    }[kind]


@cache
def _tail() -> re.Pattern[str]:
    before = {kind: re.escape(due_words(kind).partition("{")[0].strip()) for kind in RecordKind}
    dues, plain = "|".join(dict.fromkeys(before.values())), f"{before[RecordKind.ACTION]}|{before[RecordKind.TELL]}"
    typed, named = r"\d{4}-\d\d?-\d\d?", day_named()
    owner = rf"\s+(?:[—–-]+\s*)?@(?P<owner>[^\s,]+)(?:,?\s+(?:(?:{dues})\s+)?(?P<after>{typed}|{named}))?"
    # A day in words is one by which something is due only where that is said: people also speak of days gone by.
    due = rf",?\s+(?:(?:{dues})\s+)?(?P<typed>{typed})|(?:,\s+(?:{dues})|,?\s+(?:{plain}))\s+(?P<named>{named})"
    return re.compile(rf"^(?P<text>.*?)(?:{owner}|{due})?$")


def read_ending(line: str) -> tuple[str, str, str]:
    """Split `WHAT @OWNER DUE` into its words, its owner and its date, as typed or as written in notes.

    Raises ValueError, in plain words, for a date that is none.
    """
    match = _tail().match(line)
    assert match is not None, "it takes any line"
    due = match["after"] or match["typed"] or match["named"]
    return match["text"].strip(" ,—"), match["owner"] or "", stored(due) if due else ""


def read_record(kind: RecordKind, number: int, text: str, about: str = "") -> Kept:
    """Read `WHAT @OWNER DUE` as it was typed; raises ValueError, in plain words, for no words or no such date.

    A send-back without a date is none: whoever asked for it waits for an answer.
    """
    # What ends a sentence would hide the date before it.
    words, owner, due = read_ending(" ".join(text.split()).strip(" ,—"))
    if not words:
        raise ValueError(_("say what, then @who and a date, like: Book the room @sam 2026-12-01"))
    if kind is RecordKind.SEND_BACK and not due:
        raise ValueError(_("say why, and by when we answer, like: No cover at night yet 2026-12-01"))
    return Kept(f"{_LETTER[kind]}{number}", kind, words, owner, due, about)


def reworded(record: Kept, text: str) -> Kept:
    """Put a record in other words; owner and date stay unless others are typed. Raises ValueError in plain words."""
    _words, _owner, due = read_ending(text)
    new = read_record(record.kind, 0, text if due or not record.due else f"{text} {record.due}")
    return replace(record, text=new.text, owner=new.owner or record.owner, due=new.due)
