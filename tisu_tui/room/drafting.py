"""What commands make of a session, its open Box and the seats, one after the other, before anything is stored."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from gettext import gettext as _

from tisu_tui.core.box import Box
from tisu_tui.room.desk import Screens
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.rules import Rules
from tisu_tui.room.seating import Seating
from tisu_tui.room.undoing import Change
from tisu_tui.session.commands import (
    Ask,
    Bring,
    Command,
    Done,
    GiveSlips,
    Join,
    Keep,
    Leave,
    Lend,
    Outcome,
    Refused,
    Reply,
    Withdraw,
)
from tisu_tui.session.session import Session


@dataclass(slots=True)
class Draft:
    """How things would be; by return words, `seats` has how many screens each seat is on."""

    session: Session
    box: Box | None
    seats: dict[str, int]
    screens: Screens
    changes: tuple[Change, ...] = ()
    """What the facilitators changed that can still be taken back, the latest last."""


class Drafting:
    """Works commands out on a draft: who has a seat or a laptop, and what they may do from there."""

    def __init__(self, laptops: Laptops, chance: random.Random) -> None:
        self._laptops = laptops
        self._chance = chance
        self._rules = Rules(chance)

    def work_out(self, draft: Draft, command: Command) -> Outcome:
        """Let the draft be as it is after a command, or as it was where the command is refused."""
        match command:
            case Join() | Lend() | GiveSlips():
                return self._let_in(draft, command)
            case Bring():
                return Done(self._laptops.bring())
            case Leave(seat):
                if not self._laptops.leave(seat):
                    _give_up(draft.seats, seat)
                return Done()
            case Keep(seat=seat):
                return Done() if seat in draft.seats else _not_yours()
            case Ask(seat=seat) if seat not in draft.seats and not self._laptops.has(seat):
                return _not_yours()
            case Reply(seat=seat) | Withdraw(seat=seat) if seat not in draft.seats and not self._laptops.is_turn(seat):
                return _not_yours()
            case Reply(seat=seat) | Withdraw(seat=seat):
                return self._decide(draft, replace(command, seat=self._laptops.answers_as(seat)))
            case _:
                return self._decide(draft, command)

    def _let_in(self, draft: Draft, command: Join | Lend | GiveSlips) -> Outcome:
        seating, box = Seating(draft.session, draft.seats, self._chance), draft.box
        match command:
            case Join(words, is_new):
                outcome = seating.join(words, is_new=is_new)
                if isinstance(outcome, Done):
                    self._laptops.end_turn_by(outcome.seat)
            case Lend():
                box, outcome = seating.lend(box, self._laptops, command)
            case GiveSlips(number):
                outcome = seating.give_slips(number)
        draft.session, draft.box = seating.session, box
        return outcome

    def _decide(self, draft: Draft, command: Command) -> Outcome:
        screens = draft.screens.with_seats(draft.seats)
        candidate = self._rules.decide(draft.session, draft.box, len(draft.seats), command, screens)
        draft.session, draft.box, draft.screens = candidate.session, candidate.box, candidate.screens
        return candidate.outcome


def _give_up(seats: dict[str, int], seat: str) -> None:
    """Take one screen from a seat; with the last one goes the seat."""
    if seats.get(seat, 0) > 1:
        seats[seat] -= 1
    else:
        seats.pop(seat, None)


def _not_yours() -> Refused:
    return Refused(_("This seat is not yours any more."))
