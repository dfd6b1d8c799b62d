"""What each command does to a transaction: the one match over all of them."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.room import answering, joining, pacing, planning, reading_notes, writing
from tisu_tui.room.transaction import Transaction
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.session.events import Jotted, Locked
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale


def handle(tx: Transaction, command: Command) -> Outcome:
    """Let a command change the transaction, or say why it can't; what it left is then to be dropped."""
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
        case commands.Keep(seat=seat):
            return Done() if seat in tx.seats else _not_yours()
        case commands.Ask(seat=seat) if seat not in tx.seats and not tx.laptops.has(seat):
            return _not_yours()
        case commands.Reply(seat=seat) | commands.Withdraw(seat=seat):
            if seat not in tx.seats and not tx.laptops.is_turn(seat):
                return _not_yours()
            return _on_the_session(tx, replace(command, seat=tx.laptops.answers_as(seat)))
        case commands.Doubt(seat) if seat not in tx.seats and not tx.laptops.is_turn(seat):
            return _not_yours()
        case _:
            return _on_the_session(tx, command)


def _on_the_session(tx: Transaction, command: Command) -> Outcome:
    if tx.session.is_ended:
        return Stale()
    at = getattr(command, "at", None)
    if at is not None and at != tx.session.place:
        return Stale()
    tx.screens = tx.screens.with_seats(tx.seats)
    match command:
        case commands.Reply():
            return answering.reply(tx, command)
        case commands.Withdraw(_, seat):
            return answering.withdraw(tx, seat)
        case commands.CountPapers(_, counts):
            return answering.count_papers(tx, counts)
        case commands.Go(_, where):
            return pacing.go(tx, where)
        case commands.Enter(_, field, texts):
            return writing.enter(tx, field, texts)
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
            return tx.happen(Jotted(clean(text)))
        case commands.CountHeads(people):
            return planning.count_people(tx, people, tx.session.hands)
        case commands.CountHands(hands):
            return planning.count_people(tx, tx.session.people, hands)
        case commands.SetPaused(paused):
            return pacing.pause(tx, paused=paused)
        case commands.CloseSoon():
            return pacing.close_soon(tx)
        case commands.Accept():
            return pacing.accept(tx)
        case commands.CountLeaders(leaders):
            return planning.count_leaders(tx, leaders)
        case commands.Careful(careful):
            return planning.take_care(tx, careful=careful)
        case commands.Lock(locked):
            return tx.happen(Locked(locked))
        case commands.Add(_, kind, words):
            return planning.add(tx, kind, words)
        case commands.Reorder(_, number, to):
            return planning.reorder(tx, number, to)
    raise AssertionError(f"nothing handles {type(command).__name__}")


def _not_yours() -> Refused:
    return Refused(_("This seat is not yours any more."))
