"""The people of a rehearsal together: they come, they are waited for, and a few of them come and go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tisu_tui.core.invitation import Invitation
from tisu_tui.rehearsal.opinion import OpinionGroup
from tisu_tui.rehearsal.pace import Pace
from tisu_tui.rehearsal.people import Habit, Person, Stage, answering, habits


class Company:
    """Simulated participants, each on an SSH connection of their own."""

    def __init__(self, people: int, stage: Stage, group: asyncio.TaskGroup) -> None:
        self._people = [Person(n, habit, stage) for n, habit in enumerate(habits(people))]
        self._late = [each for each in self._people if each.habit is Habit.COMES_LATE]
        self._absent_minded = [each for each in self._people if each.habit is Habit.COMES_BACK]
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
        for each in self._visits:
            await each.settled.wait()

    def stir(self) -> None:
        """Signal a new moment that nobody has dealt with yet."""
        for each in self._visits:
            each.settled.clear()

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
        for each in self._visits:
            each.leave()

    def _join(self, person: Person) -> None:
        self._visits[person] = self._group.create_task(person.attend())


@asynccontextmanager
async def company(people: int, invitation: Invitation, mood: OpinionGroup, pace: Pace) -> AsyncIterator[Company]:
    """Keep a company for as long as the context lasts; everybody has left at its end."""
    async with asyncio.TaskGroup() as group:
        company = Company(people, Stage(invitation, mood, answering(people), pace), group)
        yield company
        company.leave()
