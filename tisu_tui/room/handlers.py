"""What each command does to a transaction; of private screens one leads, and what they changed can be taken back."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import said
from tisu_tui.room import joining, pacing, planning, reading_notes, replies, writing
from tisu_tui.room.board import Board
from tisu_tui.room.transaction import Transaction
from tisu_tui.room.undoing import MOST, Change, refusal, still_there, what_changed, without
from tisu_tui.session import commands
from tisu_tui.session.commands import Command, Direction, Enter, Go, Jot, Sent, Take, TakeBack, WriteRecord
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.session import Session
from tisu_tui.view import phrases
from tisu_tui.view.facilitator import another_leads

_NEEDS_NO_LEAD = (WriteRecord, Enter, Jot)
"""What a second facilitator takes down while the first one leads: nothing moves by it."""


def work_out(tx: Transaction, command: Command, board: Board) -> Outcome:
    """Let a command change the transaction, or say why it can't; what it left is then to be dropped.

    `board` knows which private screen leads and what people have been told.
    """
    before = tx.session
    match command:
        case Sent(screen, Take()):
            board.lead.take(screen)
            return Done(said=phrases.leads_now())
        case Sent(screen, TakeBack(what)):
            return _take_back(tx, what, screen, board)
        case Sent(screen, inner):
            if board.lead.is_elsewhere(screen) and not isinstance(inner, _NEEDS_NO_LEAD):
                return Refused(another_leads())
            if _seals_unheard(before, inner, board):
                return Refused(_("Somebody has just asked for a line to be softened or left out. Look at it first."))
            outcome = handle(tx, inner)
            tx.session = reading_notes.still_asked(before, tx.session, board.live.asked)
        case inner:
            screen, outcome = "", handle(tx, inner)
    if not isinstance(outcome, Done) or tx.session == before:
        return outcome
    change = Change(what_changed(inner, before, tx.session), before, tx.session, screen)
    # People were asked, or told, by all that stood before: what a question was opened with stays.
    if change.opened or (isinstance(inner, Go) and not change.what and "place" in change.fields):
        tx.changes = ()
    if not (change.what and change.fields):
        return outcome
    tx.changes = (*still_there(tx.changes, before), change)[-MOST:]
    return replace(outcome, changed=said(change.what))


def _take_back(tx: Transaction, what: str, screen: str, board: Board) -> Outcome:
    tx.changes = still_there(tx.changes, tx.session)
    if refused := refusal(tx.changes, what):
        return refused
    *others, change = tx.changes
    # Whoever doesn't lead takes back what they did themselves.
    if board.lead.is_elsewhere(screen) and change.screen != screen:
        return Refused(another_leads())
    tx.become(without(tx.session, change))
    tx.changes = tuple(others)
    return Done(said=_("Taken back: {what}").format(what=what))


def _seals_unheard(session: Session, command: Command, board: Board) -> bool:
    """Tell whether the notes would be sealed over what somebody asked since the last tick; it is told now."""
    seals = session.is_reading and isinstance(command, Go) and command.where in {Direction.NEXT, Direction.END}
    if not seals or session.asked <= board.live.asked:
        return False
    board.tell(replace(board.live, asked=session.asked))
    return True


def handle(tx: Transaction, command: Command) -> Outcome:
    """Let a command change the transaction, whoever leads and whether it can be taken back."""
    match command:
        case commands.Join():
            return joining.join(tx, command)
        case commands.Lend():
            return joining.lend(tx, command)
        case commands.GiveSlips(number):
            return joining.give_slips(tx, number)
        case commands.Bring():
            return Done(tx.laptops.bring())
        case commands.Leave(seat):
            return joining.leave(tx, seat)
        case commands.Keep(seat) | commands.TakePen(seat) if seat not in tx.seats:
            return _not_yours()
        case commands.Ask(_, seat) if seat not in tx.seats and not tx.laptops.has(seat):
            return _not_yours()
        case commands.Reply(_, seat) | commands.Withdraw(_, seat) | commands.Doubt(seat) if (
            seat not in tx.seats and not tx.laptops.is_turn(seat)
        ):
            return _not_yours()
        case commands.Keep():
            return replies.keep(tx, command)
        case _ if tx.session.is_ended or getattr(command, "at", None) not in {None, tx.session.place}:
            return Stale()
        case commands.Reply(_, seat):
            tx.unsent.pop(seat, None)
            reply, pen = replace(command, seat=tx.laptops.answers_as(seat)), tx.pen
            if pen is not None and pen.seat == reply.seat:
                return writing.write_with_pen(tx, pen, reply)
            return replies.reply(tx, reply)
        case commands.Withdraw(_, seat):
            tx.unsent.pop(seat, None)
            seat, pen = tx.laptops.answers_as(seat), tx.pen
            if pen is not None and pen.seat == seat:
                return writing.withdraw_with_pen(tx, pen)
            return replies.withdraw(tx, seat)
        case commands.GivePen():
            return writing.give_pen(tx)
        case commands.TakePen(seat, words):
            return writing.take_pen(tx, seat, words)
        case commands.CountPapers(_, counts):
            return replies.count_papers(tx, counts)
        case commands.Go(_, where):
            return pacing.go(tx, where)
        case commands.Enter(_, field, texts, adds):
            return writing.enter(tx, field, texts, adds=adds)
        case commands.WriteRecord(kind, text):
            return writing.record(tx, kind, text)
        case commands.Strike(line):
            return reading_notes.strike(tx, line)
        case commands.Reword(line, text):
            return reading_notes.reword(tx, line, text)
        case commands.Stand(line):
            return reading_notes.stand(tx, line)
        case commands.Ask(_, _, line):
            return reading_notes.ask(tx, line)
        case commands.LookTwice():
            return planning.look_twice(tx)
        case commands.Doubt():
            return planning.doubt(tx)
        case commands.LeaveOpen():
            return reading_notes.leave_open(tx)
        case commands.Prepare(_, texts):
            return writing.prepare(tx, texts)
        case commands.Judge():
            return writing.judge(tx, command)
        case commands.Group(_, name, numbers):
            return writing.group(tx, name, numbers)
        case commands.PutToRoom():
            return Done()  # it stands in no session: the room says it, and keeps nothing of it
        case commands.Jot(text):
            return tx.become(replace(tx.session, jottings=(*tx.session.jottings, clean(text))))
        case commands.CountHeads(people):
            return planning.count_people(tx, people, tx.session.hands)
        case commands.CountHands(hands):
            return planning.count_people(tx, tx.session.people, hands)
        case commands.SetPaused(paused):
            return tx.become(replace(tx.session, paused=paused))
        case commands.CloseSoon():
            return pacing.close_soon(tx)
        case commands.Accept():
            return pacing.accept(tx)
        case commands.CountLeaders(leaders):
            return planning.count_leaders(tx, leaders)
        case commands.Careful(careful):
            return planning.take_care(tx, careful=careful)
        case commands.Lock(locked):
            return tx.become(replace(tx.session, locked=locked))
        case commands.Add(_, kind, words):
            return planning.add(tx, kind, words)
        case commands.Reorder(_, number, to):
            return planning.reorder(tx, number, to)
    # Types hold that a command which comes to be is handled above, or before.
    raise AssertionError(_handled_before(command))


def _handled_before(command: commands.Quietly | Sent | Take | TakeBack) -> str:
    return type(command).__name__


def _not_yours() -> Refused:
    return Refused(_("This seat is not yours any more."))
