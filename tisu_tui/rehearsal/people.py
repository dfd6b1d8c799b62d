"""Simulated participants: each signs in, listens in plain lines, and answers in their own way or leaves."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum, auto

from tisu_tui.rehearsal.line import Call, OpenLine
from tisu_tui.rehearsal.opinion import OpinionGroup, OpinionTurn, chance, choice, is_awake, written
from tisu_tui.rehearsal.question import Ear, HeardQuestion

_SETTLED = ("Waiting", "Talk: ", "Result: ", "The end")
_TAKEN = ("Recorded: ", "Kept until this closes: ")
_RETURN_WORDS = "Your three words: "
_ASKED_FOR_WORDS = "Type your three words."


class Habit(Enum):
    """What sets one person apart."""

    ANSWERS = auto()
    PASSES = auto()
    COMES_BACK = auto()
    COMES_LATE = auto()


def habits(people: int) -> list[Habit]:
    """Hand out habits; nobody only passes in a room so small that it would hide most results."""
    special = [Habit.COMES_BACK, Habit.COMES_LATE, Habit.PASSES][: 3 if people >= 8 else 2 if people >= 3 else 0]
    return [Habit.ANSWERS] * (people - len(special)) + special


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for people to answer, and for the facilitator between steps."""

    answer: tuple[float, float] = (0.0, 0.0)
    between: float = 0.0

    def thinking(self, own: random.Random, before: int) -> float:
        """Draw the seconds of thought before an answer; later ones in a row are quicker."""
        return own.uniform(*self.answer) / (1 + before)

    def staying(self, state: str) -> float:
        """Give the seconds that the facilitator stays in a state; there is less to read where a step is to begin."""
        return self.between if state in {"open", "shown", "reading"} else self.between / 2


AT_ONCE = Pace()
HUMAN = Pace((0.5, 4.0), 4.0)


@dataclass(frozen=True, slots=True)
class RehearsalPlan:
    """What is to be rehearsed: how many people, of which seed and mood, on which date, how fast.

    Without `leads` somebody else paces the session, and the simulated facilitator is the scribe only.
    """

    people: int
    group: OpinionGroup
    date: dt.date
    pace: Pace = AT_ONCE
    leads: bool = True

    @property
    def leaders(self) -> int:
        """How many of the people lead others."""
        return max(1, self.people // 2)

    @property
    def answering(self) -> int:
        """How many do not pass on everything."""
        return self.people - habits(self.people).count(Habit.PASSES)


class Person:
    """One participant; what they answer follows from the seed, their number and the question, never from time."""

    def __init__(self, number: int, habit: Habit, code: str, call: Call, plan: RehearsalPlan) -> None:
        self.habit = habit
        self.settled = asyncio.Event()
        """Set once they have done all that the present moment asks of them."""
        self._number = number
        self._code = code
        self._call = call
        self._plan = plan
        self._own = random.Random()  # noqa: S311 - replaced before each answer
        self._ear = Ear()
        self._line: OpenLine | None = None
        self._words = ""
        self._asked: dict[str, int] = {}
        self._in_a_row = -1
        self._question: HeardQuestion | None = None
        self._to_say: list[str] = []
        self._thinking: asyncio.TimerHandle | None = None

    async def attend(self) -> None:
        """Join, or come back by one's three words, and stay until somebody hangs up."""
        name = f"{self._code}+script"
        if self._words:
            name += f"+{self._words}"
        async with self._call(name, self._hear) as line:
            self._line = line
            await line.closed.wait()
        self._line = None

    def leave(self) -> None:
        """Say that one leaves; the session can be joined again."""
        self._rest()
        if self._line is not None:
            self._line.say("leave")

    def _hear(self, line: str) -> None:
        question = self._ear.hear(line)
        if question is not None:
            self._meet(question)
        elif line.startswith(_TAKEN) and self._to_say:
            self._say_soon()
        elif line.startswith("Not taken: ") and self._question is not None:
            # Whoever is not understood passes, so that nobody waits for them.
            self._question, self._to_say = None, ["p"]
            self._say_soon()
        elif line.startswith(_SETTLED):
            self._rest()
            self._in_a_row = -1
            self.settled.set()
        elif line.startswith(_ASKED_FOR_WORDS) and self._line is not None:
            self._line.say("")
        elif line.startswith(_RETURN_WORDS):
            self._words = "-".join(line.removeprefix(_RETURN_WORDS).split())

    def _meet(self, question: HeardQuestion) -> None:
        self._rest()
        self._in_a_row += 1
        times = self._asked[question.title] = self._asked.get(question.title, 0) + 1
        self._own = chance(self._plan.group.seed, self._number, question.title, times)
        self._question, self._to_say = question, self._answer(question, times)
        self._say_soon()

    def _answer(self, question: HeardQuestion, times: int) -> list[str]:
        group, turn = self._plan.group, OpinionTurn(self._number, self._plan.answering, times)
        if self.habit is Habit.PASSES or not is_awake(question, group, turn):
            return ["p"]
        if question.options:
            return [choice(question, group, turn, self._own)]
        # An empty line says that there is no more.
        lines = written(question, group, turn, self._own)
        return [*(f">{line}" for line in lines), ""] if lines else ["p"]

    def _say_soon(self) -> None:
        seconds = self._plan.pace.thinking(self._own, self._in_a_row)
        self._thinking = asyncio.get_running_loop().call_later(seconds, self._say)

    def _say(self) -> None:
        if self._line is not None and self._to_say:
            self._line.say(self._to_say.pop(0))

    def _rest(self) -> None:
        if self._thinking is not None:
            self._thinking.cancel()
        self._thinking, self._question, self._to_say = None, None, []


class Company:
    """Simulated participants, each on a line of their own."""

    def __init__(self, code: str, call: Call, plan: RehearsalPlan, group: asyncio.TaskGroup) -> None:
        self._people = [Person(n, habit, code, call, plan) for n, habit in enumerate(habits(plan.people))]
        self._late = [person for person in self._people if person.habit is Habit.COMES_LATE]
        self._absent_minded = [person for person in self._people if person.habit is Habit.COMES_BACK]
        self._group = group
        self._visits: dict[Person, asyncio.Task[None]] = {}
        self._has_lost_one = False

    async def arrive(self) -> None:
        """Have everybody join but for those who come late, and wait until they have found their seats.

        They come one after the other, so that who gets which return words, and with them an order of choices, follows
        from the seed.
        """
        for person in self._people:
            if person not in self._late:
                self._join(person)
                await person.settled.wait()

    async def lose_one(self) -> None:
        """Have somebody leave for good, once in a rehearsal; the last one stays."""
        if self._has_lost_one or len(self._visits) < 2:
            return
        self._has_lost_one = True
        person = next(iter(self._visits))
        person.leave()
        await self._visits.pop(person)

    async def settle(self) -> None:
        """Wait until everybody here has done what the present moment asks of them."""
        for person in self._visits:
            await person.settled.wait()

    def stir(self) -> None:
        """Signal a new moment that nobody has dealt with yet."""
        for person in self._visits:
            person.settled.clear()

    def come_late(self) -> None:
        """Have those who come late join now."""
        while self._late:
            self._join(self._late.pop())

    async def come_back(self) -> None:
        """Have somebody drop out and join again with their three words, once in a rehearsal."""
        while self._absent_minded:
            person = self._absent_minded.pop()
            person.leave()
            await self._visits[person]
            person.settled.clear()
            self._join(person)

    def leave(self) -> None:
        """Have everybody leave."""
        for person in self._visits:
            person.leave()

    def _join(self, person: Person) -> None:
        self._visits[person] = self._group.create_task(person.attend())


@asynccontextmanager
async def company(code: str, call: Call, plan: RehearsalPlan) -> AsyncIterator[Company]:
    """Keep a company for as long as the context lasts; everybody has left at its end."""
    async with asyncio.TaskGroup() as group:
        company = Company(code, call, plan, group)
        yield company
        company.leave()
