"""The one mutable thing: commands are queued, worked out in a transaction, stored, and only then said to anyone."""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import random
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from tisu_tui.core.box import Box
from tisu_tui.core.days import Times
from tisu_tui.core.failure import report
from tisu_tui.core.form import By
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import later, said, speaking
from tisu_tui.room.board import GRACE, Board
from tisu_tui.room.handlers import work_out
from tisu_tui.room.joining import slips_used
from tisu_tui.room.journal import Journal
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.replies import progress_words
from tisu_tui.room.return_words import OF_ONE_WORD, Guesses, hashed, normal_words
from tisu_tui.room.signals import Signals, taken_up
from tisu_tui.room.transaction import Transaction
from tisu_tui.session.commands import Command, Join, Keep, Leave, Lend, Quietly, Reply, TakePen, Withdraw
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale, Unsure
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import Session, State
from tisu_tui.store.atomic import NotSavedYet, StorageFailed
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.sessions import SessionFile
from tisu_tui.view.live import Knocks, Live, SaveTrouble
from tisu_tui.view.phrases import no_word_of_the_pen, pen_is_not_given
from tisu_tui.view.view import Role, View

TICK = 20.0
"""Seconds between changes of the progress words, which never follow somebody's key."""


@dataclass(slots=True)
class _Queued:
    command: Command
    sender: contextvars.Context
    """That of whoever sent it, in whose language it is read and answered."""
    answered: asyncio.Future[Outcome]
    outcome: Outcome = field(default_factory=Stale)
    """What came of it, to be answered once it is stored."""


class LiveRoom:
    """A room on this machine: the only holder of a session and its open Box, and the only caller of `count`.

    Use it as an async context manager. `chance` is the system's randomness, or seeded in a rehearsal; `grace` is
    how many seconds everybody who paces the session may be gone before people are told; `planned` is the minute of the
    day at which the session is to begin, -1 where nobody said.
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
        planned: int = -1,
        far: bool = False,
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        self._file = file
        self._tick = tick
        self._now = now
        self._guesses = Guesses()
        self._pen_guesses = Guesses(free=OF_ONE_WORD[0], each=OF_ONE_WORD[1])
        self._signals = Signals()
        self._journal = Journal()
        self._knocks = Knocks()
        live = Live(asked=session.asked, doubted=session.doubted, times=Times(self._minute, planned), far=far)
        self._board = Board(session, live, self._own, grace)
        self._kept = Transaction(session, box, Laptops(self._board.end_seat), chance or random.SystemRandom())
        self._queue: asyncio.Queue[_Queued] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._ended = asyncio.Event()
        self._left_open = asyncio.Event()
        self._closed = False

    @property
    def board(self) -> Board:
        """Everybody's views, for who takes many at once."""
        return self._board

    @property
    def session(self) -> Session:
        """The session as it was last stored."""
        return self._kept.session

    async def __aenter__(self) -> Self:
        # What commands leave in the session, labels above all, is in the language of its workshop.
        with speaking(self.session.workshop.language):
            await self._store(self._kept)
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
        self._journal.look(replace(self._board.live, knocks=self._knocks))
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
        codes = self._knocks.codes + (what == "code")
        self._knocks = Knocks(codes, self._knocks.passphrases + (what == "passphrase"))

    # The methods of Room

    @property
    def is_ended(self) -> bool:
        """Whether the session is over."""
        return self.session.is_ended

    async def submit(self, command: Command) -> Outcome:
        """Do what a command asks, and answer once it is stored, in the language of the caller."""
        if self._closed:
            return Refused(_("The host has stopped."))
        if isinstance(command, Quietly):
            seats = () if self.session.is_ended else self._kept.seats
            return self._signals.take(command, seats, self._board.live.questions)
        words = command.words if isinstance(command, Join | Lend | TakePen) else ""
        pen = self._kept.pen
        is_for_pen = isinstance(command, TakePen | Lend) and pen is not None and not pen.seat
        if isinstance(command, TakePen) and not is_for_pen:
            # Nobody waits here with a guess until the pen is given.
            return Refused(no_word_of_the_pen() if pen else pen_is_not_given())
        if is_for_pen:
            await self._pen_guesses.turn()
            self._pen_guesses.was_wrong()  # until it is known to be right: many may be tried at once
        elif words:
            await self._guesses.turn()
        asked: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Queued(command, contextvars.copy_context(), asked))
        # A connection that is cut while it waits must not undo what others were told.
        outcome = await asyncio.shield(asked)
        if not isinstance(outcome, Refused):
            if is_for_pen:
                self._pen_guesses.was_right()
            return outcome
        if words and hashed(normal_words(words)) not in self.session.register:
            self._guesses.was_wrong()
        return replace(outcome, why=said(outcome.why))

    def pressed(self, seat: str) -> None:
        """Hear that somebody pressed a key, so that quiet signals are told among enough who did."""
        self._signals.pressed(seat)

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
                for queued in batch:
                    queued.answered.set_exception(error)
                raise
            finally:
                for _each in batch:
                    self._queue.task_done()

    async def _work(self, batch: list[_Queued]) -> None:
        tx = self._kept
        for queued in batch:
            attempt = tx.copy()
            try:
                queued.outcome = queued.sender.run(work_out, attempt, queued.command, self._board)
            except Exception as failure:  # noqa: BLE001 - a fault in one kind of activity must not end the session for everybody
                report("A command failed; nothing was changed by it.", failure)
                queued.outcome = Refused(later("This did not work, and nothing was changed."))
            if isinstance(queued.outcome, Done):
                tx = attempt
        needs_storing = tx.differs_on_disk(self._kept)
        # After a save that may be tried again, whatever is asked next tries it.
        if (needs_storing or self._is_behind) and not await self._store(tx) and needs_storing:
            # What was not stored is dropped; leaving is never refused.
            tx = self._kept.without_who_left(tx)
            for queued in batch:
                queued.outcome = Done() if isinstance(queued.command, Leave) else self._unsaved(queued.command)
        elif self._board.live.trouble:
            for queued in batch:
                # Nobody is asked for words where there is no seat to give.
                if isinstance(queued.outcome, Unsure):
                    queued.outcome = self._unsaved(queued.command)
        self._settle(tx, batch)

    @property
    def _is_behind(self) -> bool:
        """Whether the last save was refused and may be tried again."""
        trouble = self._board.live.trouble
        return trouble is not None and not trouble.is_final

    def _unsaved(self, command: Command) -> Refused:
        """Refuse what could not be saved; whoever comes in just then is not kept at the door."""
        trouble = self._board.live.trouble
        assert trouble is not None
        return Refused(trouble.words, for_good=trouble.is_final or isinstance(command, Join))

    async def _store(self, tx: Transaction) -> bool:
        asked = tx.form.fields if tx.box else ()
        try:
            await asyncio.to_thread(self._file.save, tx.session, tx.box, asked)
        except StorageProblem as problem:
            before, is_final = self._board.live.trouble, not isinstance(problem, NotSavedYet)
            is_full = isinstance(problem, StorageFailed) and problem.is_full
            # A file that refuses says why, but what made it do so was said when it happened.
            is_full = is_full or (is_final and before is not None and before.is_full)
            trouble = SaveTrouble(problem.words, is_final=is_final, is_full=is_full)
            self._board.tell(replace(self._board.live, trouble=trouble))
            return False
        if self._board.live.trouble:
            self._board.tell(replace(self._board.live, trouble=None))
        return True

    def _settle(self, tx: Transaction, batch: list[_Queued]) -> None:
        session = tx.session
        answered = {queued.command.seat for queued in batch if isinstance(queued.command, Reply | Withdraw | Keep)}
        answered |= {each.seat for each in (self._kept.pen, tx.pen) if each and each.seat}
        left = self.session.place
        moved = session.place != left
        tx.let_go(self._kept)
        self._kept = tx
        live = tx.told_in(self._board.live)
        if moved:
            live = replace(live, asks="", times=live.times.moved(left.step, session.place.step, self._minute))
        if moved and session.place.state is State.OPEN:
            live = replace(live, progress=later("Waiting for answers."))
        for queued in batch:
            if isinstance(queued.outcome, Done):
                live = taken_up(live, queued.command)
            if not queued.answered.done():
                queued.answered.set_result(queued.outcome)
        self._board.show(session, live, answered)
        if moved:
            self._journal.moved(session)
        if session.is_ended:
            self._ended.set()
        if session.left_open:
            self._left_open.set()

    @property
    def _minute(self) -> int:
        now = self._now()
        return 60 * now.hour + now.minute

    def _own(self, seat: str, seen: View) -> View:
        unsent, box, step = self._kept.unsent.get(seat), self._kept.box, self.session.step
        # Words can be sent to a later question; marks belong to the one that they were made for.
        if unsent and (unsent.text or unsent.at == seen.place):
            seen = replace(seen, unsent=unsent)
        pen = self._kept.pen
        if seat and pen is not None and pen.seat == seat:
            return replace(seen, pen=PenState.MINE, answer=pen.answer(self.session))
        if box is None:
            return seen
        words = self._kept.laptops.answers_as(seat)
        if step and step.random_order and seen.form and seen.asks_everyone:
            seen = replace(seen, form=seen.form.in_own_order(box.token(words)))
        answer = box.answer(words)
        return replace(seen, answer=answer) if answer else seen

    # What never follows somebody's key: how far the room is, and what was asked about the notes

    @property
    def _is_answering(self) -> bool:
        at = self.session.place.state
        return at is State.OPEN and self._kept.form.by is By.EVERYONE

    async def _tell_progress(self) -> None:
        while True:
            await asyncio.sleep(self._tick)
            if self._is_behind:
                await self.submit(Leave(""))  # nobody's: it changes nothing, and tries to save
            questions = (*self._board.live.questions, *self._signals.questions(is_open=self._is_answering))
            fresh = replace(
                self._board.live,
                progress=progress_words(self._kept),
                asked=self.session.asked,
                doubted=self.session.doubted,
                slips=slips_used(self.session),
                guessed=self._guesses.are_many,
                times=replace(self._board.live.times, now=self._minute),
                signals=self._board.live.signals | self._signals.tick(),
                questions=tuple(dict.fromkeys(questions)),
                knocks=self._knocks,
            )
            self._board.tell(fresh)
            self._journal.look(fresh)
