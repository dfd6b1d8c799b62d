"""The one mutable thing: commands are queued, worked out on a candidate, stored, and only then said to anyone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Literal, Self

from tisu_tui.core.activity import Tier
from tisu_tui.core.box import Box
from tisu_tui.core.failure import report
from tisu_tui.room.board import Board
from tisu_tui.room.desk import Screens
from tisu_tui.room.drafting import Draft, Drafting
from tisu_tui.room.guesses import Guesses
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.lead import GRACE
from tisu_tui.room.progress import progress_words
from tisu_tui.room.reading import still_asked
from tisu_tui.room.return_words import hashed, normal_words
from tisu_tui.room.seating import slips_used
from tisu_tui.room.undoing import Change, noted, refusal, still_there, what_changed, without
from tisu_tui.room.unsent import KeptUnsent
from tisu_tui.session.commands import (
    Command,
    Done,
    Enter,
    Go,
    Join,
    Jot,
    Keep,
    Leave,
    Lend,
    Outcome,
    Refused,
    Reply,
    Sent,
    Step,
    Take,
    TakeBack,
    Unsure,
    Withdraw,
    Write,
)
from tisu_tui.session.session import Session, State
from tisu_tui.store.atomic import NotSavedYet, StorageFailed
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.sessions import SessionFile, tables
from tisu_tui.view.facilitator import another_leads
from tisu_tui.view.view import Role, View

TICK = 20.0
"""Seconds between changes of the progress words, which never follow somebody's key."""

_NEEDS_NO_LEAD = (Write, Enter, Jot)
"""What a second facilitator takes down while the first one leads: nothing moves by it."""


@dataclass(slots=True)
class _Queued:
    command: Command
    outcome: asyncio.Future[Outcome]


class LiveRoom:
    """A room on this machine: the only holder of a session and its open Box, and the only caller of `count`.

    Use it as an async context manager. `chance` is the system's randomness, or seeded in a rehearsal; `grace` is
    how many seconds everybody who paces the session may be gone before people are told.
    """

    def __init__(
        self,
        session: Session,
        box: Box | None,
        file: SessionFile,
        *,
        chance: random.Random | None = None,
        tick: float = TICK,
        grace: float = GRACE,
    ) -> None:
        self._session = session
        self._box = box
        self._file = file
        self._tick = tick
        self._seats: dict[str, int] = {}
        self._unsent = KeptUnsent()
        self._screens = Screens()
        self._guesses = Guesses()
        self._knocks = {"code": 0, "passphrase": 0}
        self._board = Board(session, self._own, grace)
        self._laptops = Laptops(self._board.end_seat)
        self._changes: tuple[Change, ...] = ()
        self._drafting = Drafting(self._laptops, chance or random.SystemRandom())
        self._queue: asyncio.Queue[_Queued] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._ended = asyncio.Event()
        self._left_open = asyncio.Event()
        self._closed = False

    @property
    def session(self) -> Session:
        """The session as it was last stored."""
        return self._session

    async def __aenter__(self) -> Self:
        await self._store(self._session, self._box)
        self._tasks = [asyncio.create_task(self._serve()), asyncio.create_task(self._tell_progress())]
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish the queue, accept nothing more, and tell all watchers of the end."""
        if self._closed:
            return
        self._closed = True
        await self._queue.join()
        self._board.lead.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._board.close()

    async def until_left_open(self) -> None:
        """Wait until the facilitator leaves the notes open, in this host's time."""
        await self._left_open.wait()

    async def until_ended(self) -> None:
        """Wait until the session is sealed."""
        ended = asyncio.create_task(self._ended.wait())
        await asyncio.wait([ended, self._tasks[0]], return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not self._ended.is_set():
            await self._tasks[0]

    def was_wrong(self, what: Literal["code", "passphrase"]) -> None:
        """Hear that somebody tried a wrong code or passphrase at the door; the facilitator is told at the next tick."""
        self._knocks[what] += 1

    # The two methods of the seam

    async def submit(self, command: Command) -> Outcome:
        """Do what a command asks, and answer once it is stored."""
        if self._closed:
            return Refused(_("The host has stopped."))
        if isinstance(command, Join | Lend) and command.words:
            await self._guesses.turn()
            outcome = await self._submit(command)
            if isinstance(outcome, Refused) and hashed(normal_words(command.words)) not in self._session.register:
                self._guesses.was_wrong()
            return outcome
        return await self._submit(command)

    async def _submit(self, command: Command) -> Outcome:
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Queued(command, outcome))
        # A connection that is cut while it waits must not undo what others were told.
        return await asyncio.shield(outcome)

    def watch(self, role: Role, seat: str = "") -> AsyncGenerator[View, None]:
        """Give the view of a role now and at every change, until the host stops or the seat is taken over."""
        return self._board.watch(role, seat)

    # One task works commands out; what arrived together is written together

    async def _serve(self) -> None:
        while True:
            batch = [await self._queue.get()]
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                await self._work(batch)
            except BaseException as error:
                for each in batch:
                    each.outcome.set_exception(error)
                raise
            finally:
                for _each in batch:
                    self._queue.task_done()

    async def _work(self, batch: list[_Queued]) -> None:
        draft = Draft(self._session, self._box, dict(self._seats), self._screens, self._changes)
        outcomes: list[Outcome] = []
        for each in batch:
            try:
                outcome = self._work_out(draft, each.command)
            except Exception as failure:  # noqa: BLE001 - a fault in one kind of activity must not end the session for everybody
                report("A command failed; nothing was changed by it.", failure)
                outcome = Refused(_("This did not work, and nothing was changed."))
            outcomes.append(outcome)
        needs_storing = _needs_storing(self._session, self._box, draft.session, draft.box)
        # After a save that may be tried again, whatever is asked next tries it.
        if (needs_storing or self._is_behind) and not await self._store(draft.session, draft.box) and needs_storing:
            # The draft is dropped; leaving is never refused.
            outcomes = [Done() if isinstance(each.command, Leave) else self._unsaved(each.command) for each in batch]
            seats = {words: n for words, n in draft.seats.items() if hashed(words) in self._session.register}
            draft = Draft(self._session, self._box, seats, self._screens, self._changes)
        elif self._board.live.failing:
            # Nobody is asked for words where there is no seat to give.
            unsure = (isinstance(outcome, Unsure) for outcome in outcomes)
            pairs = zip(batch, outcomes, unsure, strict=True)
            outcomes = [self._unsaved(each.command) if is_unsure else outcome for each, outcome, is_unsure in pairs]
        self._settle(draft, batch, outcomes)

    @property
    def _is_behind(self) -> bool:
        """Whether the last save was refused and may be tried again."""
        return bool(self._board.live.failing) and not self._board.live.failed

    def _unsaved(self, command: Command) -> Refused:
        """Refuse what could not be saved; whoever comes in just then is not kept at the door."""
        live = self._board.live
        return Refused(live.failing, for_good=live.failed or isinstance(command, Join))

    def _work_out(self, draft: Draft, command: Command) -> Outcome:
        match command:
            case Sent(screen, Take()):
                self._board.lead.take(screen)
                return Done(said=_("This screen is leading now."))
            case Sent(screen, TakeBack(what)):
                return self._take_back(draft, what, screen)
            case Sent(screen, inner):
                if self._board.lead.is_elsewhere(screen) and not isinstance(inner, _NEEDS_NO_LEAD):
                    return Refused(another_leads())
                if self._seals_unheard(draft.session, inner):
                    return Refused(
                        _("Somebody has just asked for a line to be softened or left out. Look at it first.")
                    )
                before = draft.session
                outcome = self._drafting.work_out(draft, inner)
                draft.session = still_asked(before, draft.session, self._board.live.asked)
                return _changed(draft, before, outcome, inner, screen)
            case _:
                before = draft.session
                return _changed(draft, before, self._drafting.work_out(draft, command), command)

    def _take_back(self, draft: Draft, what: str, screen: str) -> Outcome:
        draft.changes = still_there(draft.changes, draft.session)
        if refused := refusal(draft.changes, what, asks_now=draft.box is not None):
            return refused
        *others, change = draft.changes
        # Whoever doesn't lead takes back what they did themselves.
        if self._board.lead.is_elsewhere(screen) and change.screen != screen:
            return Refused(another_leads())
        draft.session, draft.changes = without(draft.session, change), tuple(others)
        return Done(said=_("Taken back: {what}").format(what=what))

    def _seals_unheard(self, session: Session, command: Command) -> bool:
        """Tell whether the notes would be sealed over what somebody asked since the last tick; it is told now."""
        seals = session.is_reading and isinstance(command, Go) and command.where in {Step.NEXT, Step.END}
        if not seals or session.asked <= self._board.live.asked:
            return False
        self._board.tell(replace(self._board.live, asked=session.asked))
        return True

    async def _store(self, session: Session, box: Box | None) -> bool:
        snapshot = tables(session, box)
        try:
            await asyncio.to_thread(self._file.save, snapshot)
            if session.is_ended:
                await asyncio.to_thread(self._file.seal)
        except StorageProblem as problem:
            failed = not isinstance(problem, NotSavedYet)
            full = isinstance(problem, StorageFailed) and problem.is_full
            # A file that refuses says why, but what made it do so was said when it happened.
            full = full or (failed and self._board.live.full)
            self._board.tell(replace(self._board.live, failing=str(problem), failed=failed, full=full))
            return False
        if self._board.live.failing:
            self._board.tell(replace(self._board.live, failing="", failed=False, full=False))
        return True

    def _settle(self, draft: Draft, batch: list[_Queued], outcomes: list[Outcome]) -> None:
        session = draft.session
        answered = {each.command.seat for each in batch if isinstance(each.command, Reply | Withdraw | Keep)}
        done = (each.command for each, outcome in zip(batch, outcomes, strict=True) if isinstance(outcome, Done))
        self._unsent.take_in(session, done)
        moved = session.place != self._session.place
        opened = moved and session.place.state is State.OPEN
        if moved:
            self._laptops.end_turns()
        self._session, self._box, self._seats = session, draft.box, draft.seats
        self._changes = still_there(draft.changes, session)
        self._screens = draft.screens.with_seats(draft.seats)
        # What was answered and is asked again is news, and waits for its tick like all news of that sort.
        asked = self._board.live.asked & session.asked
        live = replace(self._board.live, seats=len(draft.seats), laptops=len(self._laptops), asked=asked)
        live = replace(live, undo=self._changes[-1].what if self._changes else "")
        if opened:
            live = replace(live, progress=_("Waiting for answers."))
        for each, outcome in zip(batch, outcomes, strict=True):
            if not each.outcome.done():
                each.outcome.set_result(outcome)
        self._board.show(session, live, answered)
        if session.is_ended:
            self._ended.set()
        if session.left_open:
            self._left_open.set()

    def _own(self, seat: str, seen: View) -> View:
        seen = self._unsent.put_into(seen, seat)
        if self._box is None:
            return seen
        words, step = self._laptops.answers_as(seat), self._session.step
        if step and step.random_order and seen.form and seen.asks_everyone:
            seen = replace(seen, form=seen.form.in_own_order(self._box.token(words)))
        answer = self._box.answer(words)
        return replace(seen, answer=answer) if answer else seen

    # What never follows somebody's key: how far the room is, and what was asked about the notes

    async def _tell_progress(self) -> None:
        while True:
            await asyncio.sleep(self._tick)
            if self._is_behind:
                await self._submit(Leave(""))  # nobody's: it changes nothing, and tries to save
            fresh = replace(
                self._board.live,
                progress=progress_words(self._session, self._box, self._seats),
                asked=self._session.asked,
                slips=slips_used(self._session),
                guessed=self._guesses.are_many,
                wrong_codes=self._knocks["code"],
                wrong_passphrases=self._knocks["passphrase"],
            )
            self._board.tell(fresh)


def _changed(draft: Draft, before: Session, outcome: Outcome, command: Command, screen: str = "") -> Outcome:
    """Remember a change that can be taken back, and say so."""
    if not isinstance(outcome, Done) or draft.session == before:
        return outcome
    change = Change(what_changed(command, before, draft.session), before, draft.session, screen)
    draft.changes = noted(still_there(draft.changes, before), change)
    is_new = bool(draft.changes) and draft.changes[-1] is change
    return replace(outcome, changed=change.what) if is_new else outcome


def _needs_storing(old: Session, old_box: Box | None, new: Session, new_box: Box | None) -> bool:
    if new != old:
        return True
    return new_box is not old_box and new.step is not None and new.step.tier is not Tier.ROOM
