"""What each command makes of a session and its open Box: a candidate, not yet stored, or why not."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field

from tisu_tui.core.box import Box
from tisu_tui.core.text import clean
from tisu_tui.room import answering, pacing, planning, reading, writing
from tisu_tui.room.desk import UNKNOWN, Desk, Screens
from tisu_tui.session import commands
from tisu_tui.session.commands import Command, Outcome, Stale
from tisu_tui.session.events import Jotted, Locked
from tisu_tui.session.session import Session


@dataclass(frozen=True, slots=True)
class Candidate:
    """The session after a command, and the sender's reply."""

    session: Session
    box: Box | None
    screens: Screens
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Rules:
    """Decides what commands do; `chance` makes the keys of boxes."""

    chance: random.Random
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    """What marks the answers counted on paper as such, in memory only."""

    def decide(
        self, session: Session, box: Box | None, seats: int, command: Command, screens: Screens = UNKNOWN
    ) -> Candidate:
        """Work a command out, changing nothing; `seats` is how many people are connected."""
        desk = Desk(session, box, seats, self.chance, self.secret, screens)
        outcome = _do(desk, command)
        return Candidate(desk.session, desk.box, desk.screens, outcome)


def _do(desk: Desk, command: Command) -> Outcome:
    if desk.session.is_ended:
        return Stale()
    at = getattr(command, "at", None)
    if at is not None and at != desk.session.place:
        return Stale()
    match command:
        case commands.Reply():
            return answering.reply(desk, command)
        case commands.Withdraw(_, seat):
            return answering.withdraw(desk, seat)
        case commands.CountPapers(_, counts):
            return answering.count_papers(desk, counts)
        case commands.Go(_, where):
            return pacing.go(desk, where)
        case commands.Enter(_, field, texts):
            return writing.enter(desk, field, texts)
        case commands.Write(kind, text):
            return writing.record(desk, kind, text)
        case commands.Strike(line):
            return reading.strike(desk, line)
        case commands.Reword(line, text):
            return reading.reword(desk, line, text)
        case commands.Stand(line):
            return reading.stand(desk, line)
        case commands.Ask(_, _, line):
            return reading.ask(desk, line)
        case commands.LeaveOpen():
            return reading.leave_open(desk)
        case commands.Prepare(_, texts):
            return writing.prepare(desk, texts)
        case commands.Judge():
            return writing.judge(desk, command)
        case commands.Group(_, name, numbers):
            return writing.group(desk, name, numbers)
        case commands.Jot(text):
            return desk.happen(Jotted(clean(text)))
        case commands.CountHeads(people):
            return planning.count_people(desk, people, desk.session.hands)
        case commands.CountHands(hands):
            return planning.count_people(desk, desk.session.people, hands)
        case commands.Pause(paused):
            return pacing.pause(desk, paused=paused)
        case commands.CloseSoon():
            return pacing.close_soon(desk)
        case commands.Accept():
            return pacing.accept(desk)
        case commands.Careful(careful):
            return planning.take_care(desk, careful=careful)
        case commands.Lock(locked):
            return desk.happen(Locked(locked))
        case commands.Add(_, kind, words):
            return planning.add(desk, kind, words)
        case commands.Reorder(_, number, to):
            return planning.reorder(desk, number, to)
        case commands.Join() | commands.Leave() | commands.GiveSlips() | commands.Bring() | commands.Lend():
            raise AssertionError("seats and laptops are the room's own")
        case commands.Keep():
            raise AssertionError("what was not sent is the room's own")
        case commands.Take() | commands.TakeBack() | commands.Sent():
            raise AssertionError("private screens are the room's own")
