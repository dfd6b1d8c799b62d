"""Records that the group makes out loud: actions, decisions and what becomes of them, requests, parked items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import languages, speaking


class RecordKind(StrEnum):
    """What sort of record it is; the value is the word typed for it."""

    ACTION = "action"
    DECISION = "decision"
    SEND_BACK = "send-back"
    CONCERN = "concern"
    TELL = "tell"
    ASK = "ask"
    PARK = "park"
    ANSWER = "answer"
    REASK = "reask"


@dataclass(frozen=True, slots=True)
class Kept:
    """One record: `owner` is who does it, or whom it is asked of; `due` is a date, or empty where none was given.
    Several owners have commas between.

    `about` is the round of a vote that it belongs to, as `STEP.ROUND`, and empty for what belongs to none; `step` is
    where it was written down. An answer and an asking again name the `request`, as `SESSION.RECORD`, with what was
    `asked`, and an answer has a `status`.
    """

    id: str
    kind: RecordKind
    text: str
    owner: str = ""
    due: str = ""
    about: str = ""
    step: str = ""
    request: str = ""
    asked: str = ""
    status: str = ""
    visible: bool = False
    """Whether people were told that they would see it: the next session may ask whether they have."""


OF_REQUESTS = frozenset({RecordKind.ANSWER, RecordKind.REASK})
"""Records that say something of a request, which has an id of its own."""


LETTER = {
    RecordKind.ACTION: "a",
    RecordKind.DECISION: "d",
    RecordKind.SEND_BACK: "s",
    RecordKind.CONCERN: "c",
    RecordKind.TELL: "t",
    RecordKind.ASK: "q",
    RecordKind.PARK: "p",
    RecordKind.ANSWER: "n",
    RecordKind.REASK: "r",
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
        RecordKind.ANSWER: _("by {date}"),
        RecordKind.REASK: _("reply by {date}"),
    }[kind]


def to_do_words(kind: RecordKind) -> str:
    """Say what a record's date is for to whoever has to do something by then; it has `{date}` in it."""
    others = {
        RecordKind.SEND_BACK: _("to be answered by {date}"),
        RecordKind.DECISION: _("to look at again on {date}"),
        RecordKind.PARK: _("due {date}"),
    }
    return others.get(kind) or due_words(kind)


def no_owner_or_date(record: Kept) -> str:
    """Say what is missing of a promise, and how a name is written where an `@` names nobody."""
    said = _("It has no owner or no date yet.")
    if record.owner or not re.search(r"(?<!\w)@\w", record.text):
        return said
    name = _("a name of several words has dashes between them, like @night-team")
    return f"{said} {name[:1].upper()}{name[1:]}."


def tagged(text: str) -> tuple[bool, str]:
    """Take the tag off a line by which people will see what it promises, in whichever language it is."""
    tags: list[str] = []
    for each in languages() if "#" in text else ():
        with speaking(each):
            tags.append(re.escape(_("#visible")))
    said = re.sub(rf"(?i)(?:^|\s)(?:{'|'.join(tags)})(?=\s|$)", "", text) if tags else text
    return said != text, said
