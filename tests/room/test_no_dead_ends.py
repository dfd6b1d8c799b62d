"""The library played by people who tie, scatter, pass, stay away or object: no vote opens empty, no tie is settled."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from rooms import DATE
from shipped import workshops

from tisu_tui.core.form import Field, Form, Pick, Value
from tisu_tui.core.form import Write as Words
from tisu_tui.core.records import RecordKind
from tisu_tui.notes.write import render
from tisu_tui.room.handlers import handle
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.transaction import Transaction
from tisu_tui.session.commands import Command, Direction, Enter, Go, Judge, Prepare, Reply, WriteRecord
from tisu_tui.session.flow import Move, next_move, next_words
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, view

Answering = Callable[[Field, int], Value | None]
"""What the person of a number, from 0, answers to a field; `None` passes it."""


def tie(asked: Field, person: int) -> Value:
    """Half of the people choose what stands first, and half what stands second."""
    if isinstance(asked, Words):
        return (f"line {person % 4}",)
    names = [option.id for option in asked.options]
    first = names[person % min(2, len(names))]
    return (first,) if isinstance(asked, Pick) else (first, *(name for name in names if name != first))


def scatter(asked: Field, person: int) -> Value:
    """Everybody chooses something else, as far as there is something else."""
    if isinstance(asked, Words):
        return (f"line {person}",)
    return (asked.options[person % len(asked.options)].id,)


def lean(asked: Field, person: int) -> Value:
    """One choice has the most support, and not more than half of it."""
    if isinstance(asked, Words):
        return (f"line {person % 4}",)
    names = [option.id for option in asked.options]
    return (names[0 if person % 5 < 2 else 1 + person % max(1, len(names) - 1)] if names[1:] else names[0],)


def object_to_all(asked: Field, person: int) -> Value:
    """Everybody sees harm in everything, and agrees on the rest."""
    if isinstance(asked, Words):
        return (f"line {person % 4}",)
    names = [option.id for option in asked.options]
    return (
        next((name for name in names if name in {"object", "worry"} and "carried" in names), "")
        or ("object" if "object" in names else names[0]),
    )


def pass_all(asked: Field, person: int) -> None:
    """Everybody is here, and passes."""
    del asked, person


def stay_away(asked: Field, person: int) -> None:
    """Nobody presses a key."""
    raise AssertionError((asked, person))


WAYS = (tie, scatter, lean, object_to_all, pass_all, stay_away)
# Where one of three types for all, leaning is scattering, and staying away is passing.
CASES = [(each, people) for each in WAYS for people in (3, 6, 12) if people > 3 or each not in {lean, stay_away}]


_CHANCE = random.Random(7)
_NO_LAPTOPS = Laptops(lambda _seat: None)


@dataclass
class Player:
    """A group of people who all answer in one way, without doors or disks."""

    session: Session
    people: int
    answering: Answering
    tx: Transaction | None = None
    settled: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    first: dict[str, list[str]] = field(default_factory=dict)
    """What was chosen most in each vote, by the answers themselves."""

    def do(self, command: Command) -> Outcome:
        if self.tx is None:
            seats = {f"seat {person}": 1 for person in range(self.people)}
            self.tx = Transaction(self.session, None, _NO_LAPTOPS, _CHANCE, seats)
        self.tx = self.tx.copy()
        outcome = handle(self.tx, command)
        self.session = self.tx.session
        return outcome

    def go(self, where: Direction = Direction.NEXT) -> None:
        outcome = self.do(Go(self.session.place, where))
        assert isinstance(outcome, Done), outcome

    @property
    def _next_words(self) -> str:
        return next_words(self.session, next_move(self.session, self.people))

    def play(self) -> Session:
        while not self.session.is_ended:
            assert len(self.said) < 200, self.said[-5:]
            self.said.append(self._next_words)
            self._turn()
        return self.session

    def _turn(self) -> None:
        session, step = self.session, self.session.step
        match next_move(session, self.people):
            case Move.SETTLE:
                self._settle()
            case Move.AGAIN:
                assert self.said[-1] == "change the words, and ask again"
                if session.place.round > 2:
                    return self.go(Direction.SKIP)
                self.go()
                words = f"In other words, {session.place.round}"
                assert isinstance(self.do(Prepare(self.session.place, (words,))), Done)
                assert self._sees("proposal") == words
                self.said.append(self._next_words)
                assert self.said[-1] == "ask again"
            case Move.OPEN:
                assert step is not None
                self._came_by_itself()
            case Move.CLOSE if self.answering is not stay_away:
                self._answer(session.form(self.people))
            case Move.SHOW if session.place.state is State.OPEN and self.answering is not stay_away:
                self._type(session.form(self.people))
            case Move.SHOW if session.round and session.round.held:
                numbers = tuple(range(1, len(session.round.held) + 1))
                assert isinstance(self.do(Judge(session.place, numbers, Fate.KEPT)), Done)
        self.go()
        at = self.session
        if at.step is not None and at.place.state is State.OPEN and at.step.kind not in {"draft", "talk"}:
            assert not at.step.activity.form(at.given(at.step), at.size(self.people)).is_empty
            assert not at.step.activity.takes_one or len(at.given(at.step).options) <= 1
        return None

    def _sees(self, name: str) -> object:
        """Give a part of what everybody sees, which is the same for all."""
        live = Live(seats=self.people)
        (seen,) = {getattr(view(self.session, role, live), name) for role in Role}
        return seen

    def _settle(self) -> None:
        """Press on although nothing is settled, see what is offered, and choose or type it."""
        step, before = self.session.step, self.session
        assert step is not None
        refused = self.do(Go(before.place, Direction.NEXT))
        assert isinstance(refused, Refused)
        assert self.session == before
        assert self._sees("unsettled")
        offered = before.options(step)
        if step.activity.takes_one and offered:
            assert len(offered) > 1
            assert self._sees("offered") == offered
        words = offered[-1].label if offered else "Typed here"
        assert isinstance(self.do(Prepare(self.session.place, (words,))), Done)
        assert not self._sees("unsettled")
        assert self._next_words in {"open the question", "ask again"}
        self.settled.append(step.id)

    def _came_by_itself(self) -> None:
        """What is asked without anybody having said so is what a vote was for, alone and by name."""
        session, step = self.session, self.session.step
        assert step is not None
        if not step.activity.takes_one or step.id in self.settled or session.place.round > 1:
            return
        options = session.options(step)
        if not options:
            return
        first = self.first.get(step.from_id)
        if first is not None:
            assert [option.id for option in options] == first
        assert options[0].label in str(self._sees("proposal"))
        assert any(f"with “{options[0].label}”" in each for each in self.said)

    def _answer(self, form: Form) -> None:
        counted: Counter[str] = Counter()
        for person in range(self.people):
            given: dict[str, Value | None] = {}
            while asked := form.pending(given):
                value = given[asked.id] = self.answering(asked, person)
                outcome = self.do(Reply(self.session.place, f"seat {person}", asked.id, value))
                assert isinstance(outcome, Done), outcome
                counted.update((value or ())[:1] if asked.id == "choice" else ())
        step = self.session.step
        assert step is not None
        if counted:
            self.first[step.counts_as] = [name for name, n in counted.items() if n == max(counted.values())]
            self.first[step.id] = self.first[step.counts_as]

    def _type(self, form: Form) -> None:
        for asked in form.fields:
            value = self.answering(asked, 0)
            if value is None:
                continue
            if isinstance(asked, Words) and asked.record:
                assert isinstance(self.do(WriteRecord(RecordKind(asked.record), f"{value[0]} @sam 2026-12-01")), Done)
                continue
            if isinstance(asked, Pick) and asked.most > 1 and self.answering is tie:
                value = tuple(option.id for option in asked.options[:2])
            assert isinstance(self.do(Enter(self.session.place, asked.id, value)), Done)


@pytest.mark.parametrize(("answering", "people"), CASES)
def test_every_workshop_goes_to_its_notes_whatever_people_answer(answering: Answering, people: int) -> None:
    held_up = settled = 0
    for workshop in workshops().values():
        player = Player(Session(id="7k3m", date=DATE, workshop=workshop), people, answering)
        sealed = player.play()
        held_up += "change the words, and ask again" in player.said
        settled += bool(player.settled)
        assert render(sealed)
    if answering is object_to_all:
        assert held_up
    if answering is tie:
        assert settled
