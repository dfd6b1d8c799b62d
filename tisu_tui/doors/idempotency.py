"""What one door has done: each command once, however often it is asked, and only for seats of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.doors.messages import Came, Do
from tisu_tui.room.protocol import Room
from tisu_tui.session.commands import Bring, Command, Join, Leave, Lend, Sent
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale


@dataclass(slots=True)
class _Asked:
    """A command of a door, and what came of it; a seat that was given up since is taken again."""

    command: Command
    outcome: asyncio.Task[Outcome] | None = None


@dataclass(eq=False, slots=True)
class CommandsOnce:
    """The commands of one door that it may ask for again, and the seats at which its people sit."""

    room: Room
    warn: Callable[[str], None]
    seats: Counter[str] = field(default_factory=Counter)
    is_there: bool = False
    """Whether the door is one that people sit at."""
    _asked: dict[int, _Asked] = field(default_factory=dict)
    _settled: int = 0
    _has_lied: bool = False

    async def do(self, asked: Do) -> Came:
        """Do a command, or give what came of it the first time."""
        if asked.number < self._settled:
            return Came(Stale())
        if asked.settled > self._settled:
            self._settled = asked.settled
            self._asked = {number: each for number, each in self._asked.items() if number >= asked.settled}
        known = self._asked.get(asked.number)
        if known is None:
            known = self._asked[asked.number] = _Asked(asked.command)
        if known.outcome is None:
            with speaking(asked.language):
                known.outcome = asyncio.create_task(self._submit(known))
        return Came(await asyncio.shield(known.outcome))

    def has(self, seat: str) -> bool:
        """Tell whether somebody sits there who came in by this door; the host hears of a door that lies."""
        if seat in self.seats:
            return True
        if not self._has_lied:
            self._has_lied = True
            self.warn(_("A door named a seat at which none of its people sits. That was refused."))
        return False

    def give_up(self) -> list[str]:
        """Have nobody sit here any more, and list the seats that are to be left."""
        self.is_there = False
        for each in self._asked.values():
            if each.outcome is not None and each.outcome.done():
                _take_again(each, each.outcome.result())
        seats, self.seats = list(self.seats.elements()), Counter()
        return seats

    async def _submit(self, asked: _Asked) -> Outcome:
        command = asked.command
        if isinstance(command, Leave):
            if command.seat not in self.seats:
                return Done()  # given up already
            self.seats[command.seat] -= 1
            self.seats += Counter()
        elif not self._is_own(command):
            return Refused(_("This is not your seat. Please join again."))
        outcome = await self.room.submit(command)
        if isinstance(outcome, Done) and isinstance(command, Join | Bring | Lend):
            if self.is_there:
                self.seats[outcome.seat] += 1
            else:
                # The door was given up meanwhile, and nobody sits here.
                await self.room.submit(Leave(outcome.seat))
                _take_again(asked, outcome)
        return outcome

    def _is_own(self, command: Command) -> bool:
        inner = command.command if isinstance(command, Sent) else command
        seat = getattr(inner, "laptop", "") or getattr(inner, "seat", "")
        return not seat or self.has(seat)


def _take_again(asked: _Asked, outcome: Outcome) -> None:
    """Have the same seat taken once more when a door asks again for what it has not heard of."""
    if isinstance(outcome, Done) and isinstance(asked.command, Join):
        asked.command, asked.outcome = Join(outcome.seat), None
