"""Changes to lines of the notes while the group reads them, and private requests about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.transaction import Transaction
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.readback import Line, Noted, noted
from tisu_tui.session.session import Session


def strike(tx: Transaction, line: Line) -> Outcome:
    """Strike a line."""
    found = _found(tx, line)
    return tx.become(found.change("")) if isinstance(found, Noted) else found


def reword(tx: Transaction, line: Line, text: str) -> Outcome:
    """Put a line in other words."""
    found, text = _found(tx, line), clean(text)
    if not isinstance(found, Noted):
        return found
    if not text:
        return Refused(_("Write a few words."))
    try:
        return tx.become(found.change(text))
    except ValueError as error:
        return Refused(str(error))


def stand(tx: Transaction, line: Line) -> Outcome:
    """Let a line stand as it is, which answers whoever asked about it."""
    found = _found(tx, line)
    if not isinstance(found, Noted):
        return found
    return tx.become(replace(tx.session, asked=tx.session.asked - {found.key}))


def still_asked(before: Session, after: Session, heard: Collection[str]) -> Session:
    """Keep a private request open if it was answered unheard.

    To refuse would tell whoever leads when somebody asked; so it is heard on the next tick, of the line as it is then.
    """
    unheard = before.asked - frozenset(heard) - after.asked
    if not (unheard and after.is_reading):
        return after
    known = {line.key for line in noted(before)}
    again = {line.key for line in noted(after) if line.key in unheard or line.key not in known}
    return replace(after, asked=after.asked | again)


def ask(tx: Transaction, line: Line) -> Outcome:
    """Note that somebody asks for a line to be softened or left out: once, whoever and however many ask."""
    found = _found(tx, line)
    if not isinstance(found, Noted):
        return found
    tx.become(replace(tx.session, asked=tx.session.asked | {found.key}))
    return Done(said=_("Asked. Only the facilitator is told, and not who asked."))


def leave_open(tx: Transaction) -> Outcome:
    """Leave the notes unsealed, to be thought over."""
    if not tx.session.is_reading:
        return Refused(_("Notes can be left open while the group reads them."))
    return tx.become(replace(tx.session, left_open=True))


def _found(tx: Transaction, line: Line) -> Noted | Refused:
    if not tx.session.is_reading:
        return Refused(_("Lines are changed while the group reads the notes."))
    lines = noted(tx.session)
    # Lines before it may have been struck since it was read, and another one have its number now.
    if not 1 <= line.number <= len(lines) or lines[line.number - 1].text != line.text:
        return Refused(_("The lines have changed. Look again."))
    return lines[line.number - 1]
