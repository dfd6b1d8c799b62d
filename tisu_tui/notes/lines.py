"""A record as one line to be ticked and changed by hand, and back again."""

from __future__ import annotations

import datetime as dt

from tisu_tui.core.days import in_words
from tisu_tui.core.promise_lines import read_promise, tagged
from tisu_tui.core.records import Kept, RecordKind, due_words
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.document import Item, one_line
from tisu_tui.notes.markdown import comment, words


def asked() -> str:
    """Say what stands before a request."""
    return _("We asked:")


def answered() -> str:
    """Say what stands before the answer to a request."""
    return _("You said:")


def done() -> str:
    """Return the label of a request's outcome."""
    return _("We did:")


def no_answer() -> str:
    """Say that a request has no answer."""
    return _("no answer yet")


def replied() -> str:
    """Say what stands before the reply to a concern."""
    return _("Reply:")


def before(kind: RecordKind) -> str:
    """Return the label of a record listed under its decision."""
    return {
        RecordKind.DECISION: _("In our words:"),
        RecordKind.TELL: _("Who will be told:"),
        RecordKind.SEND_BACK: _("Sent back once by leaders:"),
    }.get(kind, "")


def record_line(record: Kept) -> str:
    """Write a record as an item of a list, to be ticked and changed by hand; its id is in a comment."""
    match record.kind:
        case RecordKind.ACTION:
            return f"- [ ] {_told(record)}"
        case RecordKind.ASK:
            return f"- {asked()} {_told(record)}"
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
    start = asked() if kind is RecordKind.ASK else before(kind) if inside else ""
    is_visible, told = tagged(item.text.removeprefix(start))
    found = read_promise(told, today)
    if not (said := one_line(found.text)):
        raise ValueError(_("there are no words in it"))
    return Kept(name, kind, said, one_line(found.owner), found.due, about, visible=is_visible)
