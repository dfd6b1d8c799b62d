"""How a door asks its room, until there is an answer; what people ask is done once, also by a room that was away."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from itertools import count

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import language
from tisu_tui.doors.codec import packed, unpacked
from tisu_tui.doors.door_views import DoorViews
from tisu_tui.doors.link import DoorLink, LinkDown, Tasks, end
from tisu_tui.doors.messages import Answered, Came, Do, Message, News, Unknown
from tisu_tui.session.commands import (
    Bring,
    Command,
    Doubt,
    Join,
    Keep,
    Leave,
    Lend,
    Quietly,
    Reply,
    Sent,
    Take,
    Withdraw,
)
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale

ANSWERED = 20.0
"""Seconds after which a request is sent again; a try at three words may have to wait for others."""
AGAIN = 0.2
"""Seconds between two tries."""
_TWICE = Join | Leave | Keep | Reply | Withdraw | Doubt | Quietly | Take | Bring
"""What can be done twice and is the same: of anything else nobody knows whether a room that was killed had done it."""


class Requester:
    """A link with a room behind it that may be away; `numbers` are never used twice."""

    def __init__(self, link: DoorLink) -> None:
        self.link = link
        self.numbers = count(1)
        self.ready = asyncio.Event()
        """Set while the room knows this door."""
        self.lost = asyncio.Event()
        """Set when it doesn't any more, although the link is up."""
        self.stopped = asyncio.Event()
        """Set once nothing more will be heard of the room."""
        self.tasks = Tasks()
        """What goes on beside, for as long as this door is open."""

    async def once(self, message: Message, within: float = ANSWERED) -> Answered:
        """Ask once; raises `LinkDown`."""
        answer = unpacked(await self.link.request(packed(message), within))
        if isinstance(answer, Unknown):
            self.ready.clear()
            self.lost.set()
            raise LinkDown("the room doesn't know this door any more")
        assert not isinstance(answer, News)
        return answer  # type: ignore[return-value]  # what rooms answer

    async def ask(self, message: Message, within: float = ANSWERED) -> Answered | None:
        """Ask until there is an answer; `None` where there never will be."""
        while True:
            await self.ready.wait()
            if self.stopped.is_set():
                return None
            with contextlib.suppress(LinkDown):
                return await self.once(message, within)
            await asyncio.sleep(AGAIN)

    async def close(self) -> None:
        """Let go of the room."""
        await self.link.close()
        await end(self.tasks)


class DoorCommands:
    """Sends commands, each under a number, and knows which seats have to be taken again after a fault."""

    def __init__(self, requester: Requester, views: DoorViews) -> None:
        self._requester = requester
        self._views = views
        self.life = ""
        """Which run of the host's process is on the other side."""
        self._seats: Counter[str] = Counter()
        self._laptops: set[str] = set()
        self._standing: dict[int, str] = {}
        """Seats that are yet to be taken again, by the numbers of the commands for that."""
        self._unanswered: set[int] = set()

    async def submit(self, command: Command) -> Outcome:
        """Have a command done, and answer once it is stored; waits while the room is away."""
        # An outcome and what changes with it are seen in one turn, as in one process: drawn one after the other, they
        # would be of a size that hangs on chance. So what has come is shown here, where whoever asked goes on at once.
        seat = getattr(command, "seat", "")
        self._views.hold(seat)
        task = self._requester.tasks.begin(self._submit(command))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            # Whoever hung up while they waited for a seat sits nowhere.
            if isinstance(command, Join | Bring | Lend):
                task.add_done_callback(self._give_back)
            raise
        finally:
            self._views.release(seat)

    async def sit_down_again(self, *, kept: bool) -> list[str]:
        """Take seats again by their words, unless they were kept; gives those that can't be, as of shared laptops."""
        lost: list[str] = []
        if not kept:
            self._standing = {next(self._requester.numbers): seat for seat in self._seats.elements()}
        for number, seat in list(self._standing.items()):
            outcome = Refused("") if seat in self._laptops else await self._once(number, Join(seat))
            del self._standing[number]
            if not isinstance(outcome, Done):
                lost.append(seat)
                del self._seats[seat]
        return lost

    async def _submit(self, command: Command) -> Outcome:
        number, sent_to = next(self._requester.numbers), ""
        if isinstance(command, Leave):
            self._seats[command.seat] -= 1
            self._seats += Counter()
        self._unanswered.add(number)
        try:
            while True:
                await self._requester.ready.wait()
                if self._requester.stopped.is_set():
                    return Done() if isinstance(command, Leave) else Refused(_("The host has stopped."))
                if sent_to not in {"", self.life} and not _is_safe_twice(command):
                    again = _("The host was started again. Look whether this was done, and do it again if it was not.")
                    return Refused(again)
                sent_to = self.life
                with contextlib.suppress(LinkDown):
                    return self._took(command, await self._once(number, command))
                await asyncio.sleep(AGAIN)
        finally:
            self._unanswered.discard(number)

    async def _once(self, number: int, command: Command) -> Outcome:
        settled = min((*self._unanswered, *self._standing, number))
        answer = await self._requester.once(Do(number, settled, language(), command))
        if not isinstance(answer, Came):
            return Stale()
        await self._views.until_taken(answer.told)
        return answer.outcome

    def _took(self, command: Command, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Done) and isinstance(command, Join | Bring | Lend):
            self._seats[outcome.seat] += 1
            if not isinstance(command, Join):
                self._laptops.add(outcome.seat)
        return outcome

    def _give_back(self, joining: asyncio.Task[Outcome]) -> None:
        if not joining.cancelled() and isinstance(outcome := joining.result(), Done):
            self._requester.tasks.begin(self._submit(Leave(outcome.seat)))


def _is_safe_twice(command: Command) -> bool:
    return isinstance(command.command if isinstance(command, Sent) else command, _TWICE)
