"""Records as they are typed in the room, and in other words later."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tisu_tui.core.promise_lines import read_promise
from tisu_tui.core.records import LETTER, OF_REQUESTS, Kept, RecordKind, tagged
from tisu_tui.core.text import category_of
from tisu_tui.core.translation import gettext as _

_PASTED = re.compile(r"^\s*(?:[-*•]\s+(?:\[\s?\]\s+)?|(?:\[\s?\]|☐)\s+)(?=\S)")
"""The marks of an item of a list, as somebody pastes it with its words."""


def read_record(kind: RecordKind, number: int, text: str, about: str = "", today: dt.date | None = None) -> Kept:
    """Read `WHAT @OWNER DUE` as it was typed; raises ValueError, in plain words, for no words or no such date.

    A send-back without a date is none: whoever asked for it waits for an answer.
    """
    text = _PASTED.sub("", text)
    is_visible, text = tagged(text) if kind is RecordKind.ACTION else (False, text)
    found = read_promise(text, today)
    if kind is RecordKind.SEND_BACK and not (found.text and found.due):
        raise ValueError(_("say why, and by when we answer, like: No cover at night yet 2026-12-01"))
    if all(category_of(character).startswith(("P", "Z")) for character in found.text):
        raise ValueError(_("say what, then @who and a date, like: Book the room @sam 2026-12-01"))
    return Kept(f"{LETTER[kind]}{number}", kind, found.text, found.owner, found.due, about, visible=is_visible)


def reworded(record: Kept, text: str, today: dt.date | None = None) -> Kept:
    """Put a record in other words; owner and date stay unless others are typed. Raises ValueError in plain words."""
    if record.kind in OF_REQUESTS:
        return replace(record, text=text)
    has_day = read_promise(text, today).due or not record.due
    new = read_record(record.kind, 0, text if has_day else f"{text} {record.due}", "", today)
    return replace(record, text=new.text, owner=new.owner or record.owner, due=new.due)
