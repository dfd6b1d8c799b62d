"""A record, and what was said and done about it, as lines to be ticked and changed by hand, and back again."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from tisu_tui.core.days import day_named, in_words, stored
from tisu_tui.core.later import Status, Turn
from tisu_tui.core.promise_lines import read_promise
from tisu_tui.core.records import Kept, RecordKind, due_words, tagged
from tisu_tui.core.translation import cache_by_language, later
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import promised_for, read_answer, read_status, reply_words, turn_words
from tisu_tui.notes.document import Item, PageLine, one_line
from tisu_tui.notes.escaping import comment, words
from tisu_tui.session.readback import heading

_NOTHING = frozenset({"", "–", "-", "—"})


@dataclass(frozen=True, slots=True)
class Understood(PageLine):
    """What a line of a page was understood as."""

    record: Kept
    box: Status | None = None


ASKED, ANSWERED, DONE = later("We asked:"), later("You said:"), later("We did:")
"""What stands before a request, its answer and what came of it."""
REPLIED = later("Reply:")
"""What stands before the reply to a concern."""
NO_ANSWER = later("no answer yet")
_BEFORE = {
    RecordKind.DECISION: later("In our words:"),
    RecordKind.TELL: later("Who will be told:"),
    RecordKind.SEND_BACK: later("Sent back once by leaders:"),
}


def before(kind: RecordKind) -> str:
    """Return the label of a record listed under its decision."""
    return _BEFORE[kind].said() if kind in _BEFORE else ""


def record_line(record: Kept) -> str:
    """Write a record as an item of a list, to be ticked and changed by hand; its id is in a comment."""
    match record.kind:
        case RecordKind.ACTION:
            return f"- [ ] {_told(record)}"
        case RecordKind.ASK:
            return f"- {ASKED.said()} {_told(record)}"
        case _:
            return f"- {_told(record)}"


def record_inside(record: Kept) -> str:
    """Write a record as a line under the decision that it belongs to, without the mark of an item."""
    return f"{before(record.kind)} {_told(record)}"


def _told(record: Kept) -> str:
    name = comment(record.kind.value, record.id, *filter(None, [record.about]))
    return f"{words(record.text)}{record_ending(record)} {name}"


def record_ending(record: Kept) -> str:
    """Write who does it and by when."""
    owner = f" — {', '.join(f'@{words(each)}' for each in record.owner.split(', '))}" if record.owner else ""
    return f"{owner}, {due_words(record.kind).format(date=in_words(record.due))}" if record.due else owner


def read_record_line(
    item: Item, kind: RecordKind, name: str, about: str = "", today: dt.date | None = None, *, inside: bool = False
) -> Kept:
    """Read a record from its item; raises ValueError, in plain words, for a date that is none, or no words."""
    start = ASKED.said() if kind is RecordKind.ASK else before(kind) if inside else ""
    is_visible, told = tagged(item.text.removeprefix(start))
    found = read_promise(told, today)
    if not (said := one_line(found.text)):
        raise ValueError(_("there are no words in it"))
    return Kept(name, kind, said, one_line(found.owner), found.due, about, visible=is_visible)


@cache_by_language()
def _day() -> str:
    # Older notes, and people, say it as it is typed.
    return rf"(?P<date>\d{{4}}-\d\d-\d\d|{day_named()})"


def turn_line(turn: Turn) -> str:
    """Write where a promise stood on a day, without the mark of an item."""
    return f"{in_words(turn.date)}: {turn_words(replace(turn, words=words(turn.words)))}"


def asked_line(day: str) -> str:
    """Write on which day a request was first made, without the mark of an item."""
    return f"{in_words(day)}: {_first()}"


def _first() -> str:
    return _("asked")


def read_turn(item: Item) -> Turn | None:
    """Read where a promise stood on a day; None for a line that says something else. Raises ValueError."""
    match = re.fullmatch(rf"{_day()}\s*[:,–-]?\s*(?P<said>.+)", item.text)
    if match is None:
        return None
    # A reason stands behind its word, and other words behind a colon; people write a comma.
    because = re.escape(_(", because {words}").format(words=""))
    status, said = (*re.split(rf"{because}|[:,]\s+", match["said"], maxsplit=1), "")[:2]
    stands = Status.ASKED if status.strip(" .") == _first() else read_status(status, tuple(Status))
    return Turn(stored(match["date"]), stands, one_line(said))


def reply_line(reply: Turn) -> str:
    """Write what was answered, without the mark of an item."""
    day = f" ({in_words(reply.date)})" if reply.date else ""
    return f"{ANSWERED.said()} {words(reply_words(reply))}{day}"


def read_reply_line(items: Iterable[Item]) -> tuple[Turn | None, str]:
    """Read the last answer to a request and its outcome."""
    reply, did = None, ""
    for item in items:
        text = item.text
        label = next((each for each in (ANSWERED.said(), REPLIED.said()) if text.startswith(each)), "")
        if label:
            reply = _reply(one_line(text.removeprefix(label))) or reply
        elif text.startswith(DONE.said()):
            told = one_line(text.removeprefix(DONE.said()))
            did = "" if told in _NOTHING else told
    return reply, did


def _reply(told: str) -> Turn | None:
    if told in _NOTHING or told.casefold().rstrip(".") == NO_ANSWER.said():
        return None
    told, date = _split(told, rf"\s*\({_day()}\)$")
    openings = "|".join(re.escape(each.partition("{")[0]) for each in promised_for())
    told, by = _split(told, rf"(?:{openings}){_day()}$")
    answer = read_answer(told)
    status, said = (answer[0], answer[1].lstrip(" :,")) if answer else (Status.SAID, told)
    return Turn(date, status, said, by=by)


def _split(told: str, ending: str) -> tuple[str, str]:
    """Take a day off the end of what was said; what is no day of any month stays there, and no day is given."""
    found = re.search(ending, told)
    if found is None:
        return told, ""
    try:
        return told[: found.start()], stored(found["date"])
    except ValueError:
        return told, ""


def record_name(item: Item, title: str) -> tuple[RecordKind, str, str] | None:
    """Return an item's kind of record, id and subject; the id is empty for items added by hand."""
    match item.names:
        case (kind, name, *about) if kind in set(RecordKind):
            return RecordKind(kind), name, " ".join(about)
        case () if item.box is not None:
            return RecordKind.ACTION, "", ""
        case () if item.text.startswith(ASKED.said()) and title == heading(RecordKind.ASK):
            return RecordKind.ASK, "", ""
        case _:
            return None


def is_without_box(item: Item, title: str) -> bool:
    """Tell whether an item looks like a promise that is none, because nothing of ours stands before or behind it."""
    if item.names or title not in {heading(RecordKind.ACTION), heading(RecordKind.ASK)}:
        return False
    try:
        found = read_promise(item.text)
    except ValueError:
        return True
    return bool(found.due or found.owner)


def no_box() -> str:
    """Say how a line becomes a promise."""
    return _("no box stands before it, so it is no promise; write it like “- [ ] what — @who, due 2026-12-01”")


def derived_id(words: str, taken: Container[str]) -> str:
    """Make an id of words that no record made in a session has; raises ValueError where the same words are too many."""
    digest = hashlib.sha256(words.encode()).hexdigest()
    found = next((name for n in range(6, 64) if (name := f"x{digest[:n]}") not in taken), "")
    if not found:
        raise ValueError(_("the same words stand on this page too often"))
    return found
