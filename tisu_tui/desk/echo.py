"""How a line with a person and a day was read, said before it is kept."""

from __future__ import annotations

import datetime as dt

from tisu_tui.core.days import in_words, weekday
from tisu_tui.core.promise_lines import read_record
from tisu_tui.core.records import OF_REQUESTS, RecordKind
from tisu_tui.core.translation import gettext as _

_WITHOUT_OWNER = frozenset({RecordKind.DECISION, RecordKind.SEND_BACK})


def echo(kind: RecordKind, text: str, date: str) -> str:
    """Say who and by when; empty if the line has neither and needs neither. Raises ValueError in plain words."""
    if kind in OF_REQUESTS:
        return ""
    kept = read_record(kind, 0, text, "", dt.date.fromisoformat(date) if date else None)
    when = f"{weekday(dt.date.fromisoformat(kept.due))} {in_words(kept.due)}" if kept.due else ""
    if kind is RecordKind.PARK or (kind is RecordKind.DECISION and not when):
        return ""
    if kind in _WITHOUT_OWNER:
        return when
    return _("{who}, {when}").format(who=kept.owner or _("nobody yet"), when=when or _("no day yet"))
