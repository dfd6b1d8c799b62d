"""What commands make of a session, its open Box and the seats, one after the other, before anything is stored."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from gettext import gettext as _

from tisu_tui.core.box import Box
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
    Go,
    Join,
    Leave,
    Lend,
    Outcome,
    Refused,
    Reply,
    Withdraw,
)
from tisu_tui.session.session import Session

SETTLING = 1.0
"""Seconds that closing a question takes at least, where what can be said is weighed: it seldom takes longer itself."""
_WEIGHED = 15
"""From so many people on nothing is weighed that takes time; see `more` in `privacy/table.py`."""

Settle = Callable[[], Awaitable[object]]


async def settle() -> None:
    """Let as much time pass as closing a question takes at least."""
    await asyncio.sleep(SETTLING)


async def at_once() -> None:
    """Let no time pass: made-up people have nothing to hide."""


@dataclass(slots=True)
class Draft:
    """How things would be; by return words, `seats` has how many screens each seat is on."""

    session: Session
    box: Box | None
    seats: dict[str, int]
    changes: tuple[Change, ...] = ()
    """What the facilitators changed that can still be taken back, the latest last."""


class Drafting:
    """Works commands out on a draft: who has a seat or a laptop, and what they may do from there."""

    def __init__(self, laptops: Laptops, chance: random.Random, settle: Settle) -> None:
        self._laptops = laptops
        self._chance = chance
        self._settle = settle
        self._rules = Rules(chance)

    async def work_out(self, draft: Draft, command: Command) -> Outcome:
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
            case Ask(seat=seat) if seat not in draft.seats and not self._laptops.has(seat):
                return _not_yours()
            case Reply(seat=seat) | Withdraw(seat=seat) if seat not in draft.seats and not self._laptops.is_turn(seat):
                return _not_yours()
            case Reply(seat=seat) | Withdraw(seat=seat):
                return self._decide(draft, replace(command, seat=self._laptops.answers_as(seat)))
            case Go():
                # To see what numbers would give away can take most of a second, and nobody's screen may stand still.
                # Nothing else touches the draft: what others send meanwhile waits in the queue.
                decided = asyncio.to_thread(self._decide, draft, command)
                if not _is_weighed(draft):
                    return await decided
                # Where nothing is shown, how soon that is known would tell why: too few answers are counted in no time.
                outcome, _settled = await asyncio.gather(decided, self._settle())
                return outcome
            case _:
                return self._decide(draft, command)

    def _let_in(self, draft: Draft, command: Join | Lend | GiveSlips) -> Outcome:
        seating, box = Seating(draft.session, draft.seats, self._chance), draft.box
        match command:
            case Join(words):
                outcome = seating.join(words)
                if isinstance(outcome, Done):
                    self._laptops.end_turn_by(outcome.seat)
            case Lend():
                box, outcome = seating.lend(box, self._laptops, command)
            case GiveSlips(number):
                outcome = seating.give_slips(number)
        draft.session, draft.box = seating.session, box
        return outcome

    def _decide(self, draft: Draft, command: Command) -> Outcome:
        candidate = self._rules.decide(draft.session, draft.box, len(draft.seats), command)
        draft.session, draft.box = candidate.session, candidate.box
        return candidate.outcome


def _is_weighed(draft: Draft) -> bool:
    """Tell whether an open question is about to be closed in a room in which little may be said."""
    at = draft.session.round
    if draft.box is None or at is None:
        return False
    return min(at.people, draft.session.size(len(draft.seats)).people) < _WEIGHED


def _give_up(seats: dict[str, int], seat: str) -> None:
    """Take one screen from a seat; with the last one goes the seat."""
    if seats.get(seat, 0) > 1:
        seats[seat] -= 1
    else:
        seats.pop(seat, None)


def _not_yours() -> Refused:
    return Refused(_("This seat is not yours any more."))
