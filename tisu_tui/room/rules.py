"""What each command makes of a session and its open Box: a candidate, not yet stored, or why not."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from gettext import gettext as _

from tisu_tui.core import commands
from tisu_tui.core.activity import Given, Present, Tier
from tisu_tui.core.box import Box
from tisu_tui.core.commands import Command, Done, Outcome, Refused, Stale
from tisu_tui.core.disclosure import release
from tisu_tui.core.events import (
    Added,
    Again,
    Closed,
    Counted,
    Decided,
    Ended,
    Entered,
    Event,
    Jotted,
    Locked,
    Moved,
    Opened,
    Prepared,
    Recorded,
    Reordered,
    Showed,
    Themed,
    apply,
)
from tisu_tui.core.flow import Move, next_move
from tisu_tui.core.form import By, Form, Pick, Write
from tisu_tui.core.reading import reading
from tisu_tui.core.records import RecordKind, read_record
from tisu_tui.core.released import Released, Theme
from tisu_tui.core.session import Fate, Session, State
from tisu_tui.core.size import Way, band
from tisu_tui.core.text import clean
from tisu_tui.core.view import right_words
from tisu_tui.core.workshop import Workshop, numbered
from tisu_tui.workshop.adding import move_step

_MOST_PEOPLE = 2000
_MOST_RECORDS = 500
_MOST_ENTRIES = 60
_LONGEST_STEP = 8000
"""Cells of a step added on the fly, with all its lines."""

AddStep = Callable[[Workshop, int, str, str], Workshop]
"""Makes a workshop with one more step: after which step, of which kind, with which words; raises ValueError."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a session would be after a command, and what to tell whoever sent it."""

    session: Session
    box: Box | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Rules:
    """Decides what commands do; `chance` makes the keys of boxes, `add_step` writes into the workshop."""

    chance: random.Random
    add_step: AddStep
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    """What marks the answers counted on paper as such, in memory only."""

    def decide(self, session: Session, box: Box | None, seats: int, command: Command) -> Candidate:
        """Work a command out, changing nothing; `seats` is how many people are connected."""
        desk = _Desk(session, box, seats, self)
        outcome = desk.do(command)
        return Candidate(desk.session, desk.box, outcome)


def _single_choice(form: Form) -> Pick | None:
    """Find what each person chooses once, where a form asks nothing else that can be chosen."""
    first = form.fields[0] if form.fields else None
    rest = all(isinstance(each, Write) for each in form.fields[1:])
    return first if isinstance(first, Pick) and first.most == 1 and rest else None


@dataclass(slots=True)
class _Desk:
    """One command being worked out on copies."""

    session: Session
    box: Box | None
    seats: int
    rules: Rules

    def do(self, command: Command) -> Outcome:
        if self.session.is_ended:
            return Stale()
        at = getattr(command, "at", None)
        if at is not None and at != self.session.place:
            return Stale()
        match command:
            case commands.Reply():
                return self._reply(command)
            case commands.Withdraw(_, seat):
                return self._withdraw(seat)
            case commands.Go(_, where):
                return self._go(where)
            case commands.Enter(_, field, texts):
                return self._enter(field, texts)
            case commands.Write(kind, text):
                return self._record(kind, text)
            case commands.Strike(number):
                return self._strike(number)
            case commands.Prepare(_, texts):
                return self._prepare(texts)
            case commands.Judge():
                return self._judge(command)
            case commands.Group(_, name, numbers):
                return self._group(name, numbers)
            case commands.CountHeads(people):
                return self._count(people, self.session.hands)
            case commands.CountHands(hands):
                return self._count(self.session.people, hands)
            case commands.CountPapers(_, counts):
                return self._count_papers(counts)
            case commands.Lock(locked):
                return self._happen(Locked(locked))
            case commands.Jot(text):
                return self._happen(Jotted(clean(text)))
            case commands.Add(_, kind, words):
                return self._add(kind, words)
            case commands.Reorder(_, number, to):
                return self._reorder(number, to)
            case commands.Join() | commands.Leave() | commands.Take() | commands.Sent():
                raise AssertionError("seats and private screens are the room's own")

    def _happen(self, *events: Event) -> Outcome:
        for event in events:
            self.session = apply(self.session, event)
        return Done()

    # Participants

    def _reply(self, command: commands.Reply) -> Outcome:
        if self.box is None or self.session.place.state is not State.OPEN:
            return Stale()
        form = self.session.form(self.seats)
        asked = {each.id for each in form.asked(self.box.answer(command.seat))}
        field = form.field(command.field)
        if form.by is not By.EVERYONE or field is None or field.id not in asked:
            return Stale()
        value = command.value
        if value is not None:
            value = tuple(clean(text) for text in value)
            if problem := field.problem(value):
                return Refused(problem)
        box = self.box.put(command.seat, field.id, value)
        # A changed mind can make a follow-up question moot; its answer goes with the question.
        asked = {each.id for each in form.asked(box.answer(command.seat))}
        for name in [name for name in box.answer(command.seat) if name not in asked]:
            box = box.drop(command.seat, name)
        self.box = box
        return Done(durable=not self._is_private())

    def _withdraw(self, seat: str) -> Outcome:
        if self.box is None:
            return Stale()
        self.box = self.box.take_back(seat)
        return Done(durable=not self._is_private())

    def _is_private(self) -> bool:
        return self.session.step is not None and self.session.step.tier is Tier.ROOM

    # The facilitator's way through the session

    def _go(self, where: commands.Step) -> Outcome:
        place = self.session.place
        match where:
            case commands.Step.NEXT:
                return self._next()
            case commands.Step.BACK:
                if place.step < 0:
                    return Refused(_("This is the beginning."))
                if self.box is not None or place.state is State.CLOSED:
                    return Refused(_("Close this question and show it first."))
                return self._move(place.step - 1)
            case commands.Step.SKIP:
                if place.step >= len(self.session.workshop.steps):
                    return Refused(_("There is nothing left to skip."))
                self._close_if_open()
                return self._move(place.step + 1)
            case commands.Step.AGAIN:
                if self.session.round is None or place.state not in {State.CLOSED, State.SHOWN}:
                    return Refused(_("Only a step that has been shown can be run again."))
                return self._happen(Again())
            case commands.Step.END:
                self._close_if_open()
                return self._happen(Ended())

    def _next(self) -> Outcome:
        match next_move(self.session, self.seats):
            case Move.OPEN:
                return self._open()
            case Move.CLOSE:
                return self._close()
            case Move.SHOW:
                if self.session.place.state is State.OPEN:
                    self._close()
                return self._happen(Showed())
            case Move.STEP | Move.READ:
                return self._move(self.session.place.step + 1)
            case Move.END:
                return self._happen(Ended())
            case Move.NONE:
                return Stale()

    def _move(self, to: int) -> Outcome:
        self.box = None
        self._happen(Moved(to))
        step = self.session.step
        if step is None or self.session.place.state is not State.WAITING:
            return Done()
        asks = bool(step.activity.form(Given(), self.session.size(self.seats, step)).fields)
        # A step that asks nothing has nothing to wait for.
        return Done() if asks else self._open()

    def _open(self) -> Outcome:
        session, step = self.session, self.session.step
        assert step is not None
        options = session.options(step)
        if step.activity.takes_one:
            options = options[session.place.round - 1 :][:1] or options[-1:]
        people = session.size(self.seats, step).people
        planned = [] if session.rounds_of(step) else [self._read(RecordKind.ACTION, text) for text in step.planned]
        self._happen(Opened(people, options))
        for record in planned:
            self._happen(record)
        if self.session.form(self.seats).by is By.EVERYONE:
            self.box = Box(self.rules.chance.randbytes(32).hex())
        return Done()

    def _close(self) -> Outcome:
        session, step, at = self.session, self.session.step, self.session.round
        assert step is not None
        assert at is not None
        form = session.form(self.seats)
        before = session.rounds_of(step)
        if form.by is not By.EVERYONE:
            released = Released(len(before) + 1, session.size(at.people, step).way, band(at.people))
            return self._happen(Closed(released))
        assert self.box is not None
        # People who left can only make the room smaller, never larger.
        now = session.size(self.seats, step)
        size = replace(now, people=min(now.people, at.people))
        count = step.activity.count(self.box.counted(), Present(at.people, size.people), session.given(step))
        released, words = release(count, step.tier, size, step.activity.finds, before)
        released = replace(released, on_paper=self.box.papers is not None)
        self.box = None
        return self._happen(Closed(released, words))

    def _close_if_open(self) -> None:
        # What was acknowledged is counted, even where the step is left in the middle.
        if self.session.place.state is State.OPEN and self.session.form(self.seats).by is not By.NOBODY:
            self._close()

    # What the facilitator writes

    def _enter(self, name: str, texts: tuple[str, ...]) -> Outcome:
        form = self.session.form(self.seats)
        field = form.field(name)
        if self.session.place.state is not State.OPEN or form.by is not By.SCRIBE or field is None:
            return Stale()
        texts = tuple(clean(text) for text in texts)
        if texts and (problem := field.problem(texts)):
            return Refused(problem)
        if len(texts) > _MOST_ENTRIES:
            return Refused(_("{n} lines at most").format(n=_MOST_ENTRIES))
        return self._happen(Entered(name, texts))

    def _read(self, kind: RecordKind, text: str) -> Recorded:
        return Recorded(read_record(kind, self.session.made + 1, clean(text)))

    def _record(self, kind: RecordKind, text: str) -> Outcome:
        if self.session.step is not None and self.session.size(self.seats, self.session.step).way is Way.ALONE:
            return Refused(_("You are alone here, so nothing is written down."))
        if len(self.session.records) >= _MOST_RECORDS:
            return Refused(_("{n} records at most").format(n=_MOST_RECORDS))
        try:
            event = self._read(kind, text)
        except ValueError as error:
            return Refused(str(error))
        self._happen(event)
        missing = kind in {RecordKind.ACTION, RecordKind.ASK} and not (event.record.owner and event.record.due)
        return Done(said=_("It has no owner or no date yet.") if missing else "")

    def _strike(self, number: int) -> Outcome:
        if not self.session.is_reading:
            return Refused(_("Lines are struck while the group reads the notes."))
        line = next((each for each in reading(self.session) if number and each.number == number), None)
        if line is None or line.strikes is None:
            return Refused(_("There is no line {n}.").format(n=number))
        return self._happen(line.strikes)

    def _prepare(self, texts: tuple[str, ...]) -> Outcome:
        step = self.session.step
        if step is None or self.session.place.state is not State.WAITING:
            return Refused(_("Options are set before a question opens."))
        options = numbered(tuple(filter(None, (clean(text) for text in texts))))
        if len(options) > _MOST_ENTRIES:
            return Refused(_("{n} options at most").format(n=_MOST_ENTRIES))
        kept = {each.label: each for each in self.session.options(step)}
        # An option that was there before keeps its id, by which rounds are compared.
        taken = {each.id for each in kept.values()}
        fresh = (f"n{n}" for n in range(1, _MOST_ENTRIES * 2) if f"n{n}" not in taken)
        named = tuple(kept.get(each.label) or replace(each, id=next(fresh)) for each in options)
        return self._happen(Prepared(step.id, named))

    def _judge(self, command: commands.Judge) -> Outcome:
        if problem := self._no_such_words(command.numbers):
            return Refused(problem)
        text = clean(command.text)
        return self._happen(Decided(command.numbers, command.fate, text))

    def _group(self, name: str, numbers: tuple[int, ...]) -> Outcome:
        name = clean(name)
        if problem := self._no_such_words(numbers):
            return Refused(problem)
        if not name:
            return Refused(_("give the theme a name, like: theme Time together: 1 4 7"))
        return self._happen(Themed(Theme(name, tuple(sorted(set(numbers))))))

    def _no_such_words(self, numbers: tuple[int, ...]) -> str:
        at = self.session.round
        if at is None or self.session.place.state not in {State.CLOSED, State.SHOWN} or not at.held:
            return _("There are no words to sort here.")
        wrong = [n for n in numbers if not 1 <= n <= len(at.held) or at.held[n - 1].fate is Fate.STRUCK]
        if wrong:
            return _("There is no line {n}.").format(n=wrong[0])
        return ""

    def _count(self, people: int | None, hands: int) -> Outcome:
        if not 0 <= hands <= _MOST_PEOPLE or not 0 <= (people or 0) <= _MOST_PEOPLE:
            return Refused(_("a number from 0 to {n}").format(n=_MOST_PEOPLE))
        if self.box is not None and hands < (self.box.papers or 0):
            return Refused(_("{n} answers are counted on paper already.").format(n=self.box.papers))
        return self._happen(Counted(people, hands))

    def _count_papers(self, counts: tuple[tuple[int, int], ...]) -> Outcome:
        if self.box is None:
            return Refused(_("Paper is counted while a question is open to everyone."))
        field = _single_choice(self.session.form(self.seats))
        if field is None or self._is_private():
            return Refused(
                _("Only one choice for each person can be counted on paper, and nothing about the person themselves.")
            )
        if wrong := [n for n, _people in counts if not 1 <= n <= len(field.options)]:
            return Refused(_("There is no choice {n}.").format(n=wrong[0]))
        people, hands = sum(each for _n, each in counts), self.session.hands
        if people <= hands:
            choices = [field.options[n - 1].id for n, each in counts for _person in range(each)]
            box = self.box.count_papers(self.rules.secret, field.id, choices)
            if (box.papers or 0) <= hands:
                self.box = box
                return Done(said=_("Counted on paper: {n} of {hands}.").format(n=box.papers, hands=hands))
        return Refused(_("That is more than the {n} people without a device. Count them first.").format(n=hands))

    def _add(self, kind: str, words: str) -> Outcome:
        place = self.session.place
        if place.step >= len(self.session.workshop.steps):
            return Refused(_("The last step is over. Go back to add one."))
        try:
            workshop = self.rules.add_step(self.session.workshop, place.step, kind, clean(words, _LONGEST_STEP))
        except ValueError as error:
            return Refused(str(error))
        added = workshop.steps[place.step + 1]
        giver = next((each.title for each in workshop.steps if each.id == added.from_id), "")
        taken = _("Its choices come from “{title}”.").format(title=giver) if giver else ""
        self._happen(Added(workshop))
        return Done(said=" ".join(filter(None, (taken, right_words(added)))))

    def _reorder(self, number: int, to: int) -> Outcome:
        steps, ahead = self.session.workshop.steps, max(self.session.place.step, self.session.furthest) + 1
        if not (ahead < number <= len(steps) and ahead < to <= len(steps)):
            return Refused(_("Only steps that are still to come can be moved, and only among themselves."))
        try:
            workshop = move_step(self.session.workshop, number - 1, to - 1)
        except ValueError as error:
            return Refused(str(error))
        return self._happen(Reordered(workshop))
