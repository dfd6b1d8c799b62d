"""Commands of private screens: the one that leads moves the session, and what they changed can be taken back."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import said
from tisu_tui.room.board import Board
from tisu_tui.room.handlers import handle
from tisu_tui.room.reading_notes import still_asked
from tisu_tui.room.transaction import Transaction
from tisu_tui.room.undoing import Change, noted, refusal, still_there, what_changed, without
from tisu_tui.session.commands import Command, Direction, Enter, Go, Jot, Sent, Take, TakeBack, WriteRecord
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.session import Session
from tisu_tui.view.facilitator import another_leads

_NEEDS_NO_LEAD = (WriteRecord, Enter, Jot)
"""What a second facilitator takes down while the first one leads: nothing moves by it."""


def work_out(tx: Transaction, command: Command, board: Board) -> Outcome:
    """Let any command change the transaction; `board` knows which screen leads and what people have been told."""
    before = tx.session
    match command:
        case Sent(screen, Take()):
            board.lead.take(screen)
            return Done(said=_("This screen is leading now."))
        case Sent(screen, TakeBack(what)):
            return _take_back(tx, what, screen, board)
        case Sent(screen, inner):
            if board.lead.is_elsewhere(screen) and not isinstance(inner, _NEEDS_NO_LEAD):
                return Refused(another_leads())
            if _seals_unheard(before, inner, board):
                return Refused(_("Somebody has just asked for a line to be softened or left out. Look at it first."))
            outcome = handle(tx, inner)
            tx.session = still_asked(before, tx.session, board.live.asked)
            return _noted(tx, before, outcome, inner, screen)
        case _:
            return _noted(tx, before, handle(tx, command), command)


def _take_back(tx: Transaction, what: str, screen: str, board: Board) -> Outcome:
    tx.changes = still_there(tx.changes, tx.session)
    if refused := refusal(tx.changes, what, asks_now=tx.box is not None):
        return refused
    *others, change = tx.changes
    # Whoever doesn't lead takes back what they did themselves.
    if board.lead.is_elsewhere(screen) and change.screen != screen:
        return Refused(another_leads())
    tx.session, tx.changes = without(tx.session, change), tuple(others)
    return Done(said=_("Taken back: {what}").format(what=what))


def _seals_unheard(session: Session, command: Command, board: Board) -> bool:
    """Tell whether the notes would be sealed over what somebody asked since the last tick; it is told now."""
    seals = session.is_reading and isinstance(command, Go) and command.where in {Direction.NEXT, Direction.END}
    if not seals or session.asked <= board.live.asked:
        return False
    board.tell(replace(board.live, asked=session.asked))
    return True


def _noted(tx: Transaction, before: Session, outcome: Outcome, command: Command, screen: str = "") -> Outcome:
    """Remember a change that can be taken back, and say so."""
    if not isinstance(outcome, Done) or tx.session == before:
        return outcome
    change = Change(what_changed(command, before, tx.session), before, tx.session, screen)
    tx.changes = noted(still_there(tx.changes, before), change)
    is_new = bool(tx.changes) and tx.changes[-1] is change
    return replace(outcome, changed=said(change.what)) if is_new else outcome
