"""Records that the group makes out loud: actions, decisions and what becomes of them, requests, parked items."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from gettext import gettext as _


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
_TAIL = re.compile(
    r"^(?P<text>.*?)(?:\s+(?:—\s*)?@(?P<owner>[^\s,]+))?(?:,?\s+(?:due\s+|by\s+)?(?P<due>\d{4}-\d\d-\d\d))?$"
)
_DATED = re.compile(r"\d{4}-\d\d-\d\d\s*$")


def read_record(kind: RecordKind, number: int, text: str, about: str = "") -> Kept:
    """Read `WHAT @OWNER DUE` as it was typed; raises ValueError, in plain words, for no words or no such date.

    A send-back without a date is none: whoever asked for it waits for an answer.
    """
    # What ends a sentence would hide the date before it.
    match = _TAIL.match(" ".join(text.split()).strip(" ,—"))
    words = match["text"].strip(" ,—") if match else ""
    if not match or not words:
        raise ValueError(_("say what, then @who and a date, like: Book the room @sam 2026-12-01"))
    due = match["due"] or ""
    if due:
        try:
            date.fromisoformat(due)
        except ValueError:
            raise ValueError(_("{due} is no date; write it like 2026-12-01").format(due=due)) from None
    elif kind is RecordKind.SEND_BACK:
        raise ValueError(_("say why, and by when we answer, like: No cover at night yet 2026-12-01"))
    return Kept(f"{_LETTER[kind]}{number}", kind, words, match["owner"] or "", due, about)


def reworded(record: Kept, text: str) -> Kept:
    """Put a record in other words; owner and date stay unless others are typed. Raises ValueError in plain words."""
    if record.due and not _DATED.search(text):
        text = f"{text} {record.due}"
    new = read_record(record.kind, 0, text)
    return replace(record, text=new.text, owner=new.owner or record.owner, due=new.due)
