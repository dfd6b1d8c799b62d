"""One session as a line of a list."""

from __future__ import annotations

import datetime as dt

from tisu_tui.core.days import in_words
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.store.listing import Listing


def listed(session: Listing, today: dt.date) -> str:
    """Say which session it is, how far it has come, and when it is to be deleted."""
    rehearsal = _(" (rehearsal)") if session.rehearsal else ""
    line = f"{session.id}  {session.date}  {session.standing:<11}  {clean(session.title)}{rehearsal}"
    due = _("to be sealed: tisu seal {id}").format(id=session.id) if session.is_due_for_sealing(today) else ""
    return "  ".join(filter(None, (line, due, deletion(session, today))))


def deletion(session: Listing, today: dt.date) -> str:
    """Say when a session is to be deleted; nothing where no day was set."""
    if session.is_overdue(today):
        return _("to be deleted since {date}").format(date=in_words(session.delete_by))
    return _("delete by {date}").format(date=in_words(session.delete_by)) if session.delete_by else ""
