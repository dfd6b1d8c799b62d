"""A whole rehearsal: people come, a facilitator leads or assists, and the session goes to its notes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncssh

from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _
from tisu_tui.rehearsal.facilitator import Moment, SimulatedFacilitator, facilitator
from tisu_tui.rehearsal.line import Call
from tisu_tui.rehearsal.opinion import Mood
from tisu_tui.rehearsal.people import Company, RehearsalPlan, company

_STAYS = 3
"""How many steps somebody stays who leaves a tired group."""
PATIENCE = 60.0
"""Seconds after which a rehearsal that leads itself takes it that something is broken."""


class RehearsalProblem(OneLineProblem):
    """A rehearsal can't be held or does not move on, for a reason that is said in plain words."""


def new_key() -> asyncssh.SSHKey:
    """Make the key that a simulated facilitator signs in with."""
    return asyncssh.generate_private_key("ssh-ed25519")


async def play(code: str, call: Call, plan: RehearsalPlan, told: Callable[[str], None]) -> str:
    """Rehearse a session to its end, and give the path of its notes; `told` hears each step by its name.

    Raises `RehearsalProblem` where somebody can't come in, or where it leads and nothing moves any more.
    """
    try:
        async with (
            company(code, call, plan) as people,
            facilitator(call, plan) as leader,
        ):
            await people.arrive()
            return await _Rehearsal(people, leader, plan, told).run()
    except* TimeoutError:
        problem = _("The rehearsal came to a stand, and was given up.")
    except* (OSError, asyncssh.Error) as failures:
        problem = _("The rehearsal could not be held: {reason}.").format(reason=failures.exceptions[0])
    raise RehearsalProblem(problem)


class _Rehearsal:
    def __init__(
        self, people: Company, leader: SimulatedFacilitator, plan: RehearsalPlan, told: Callable[[str], None]
    ) -> None:
        self._people = people
        self._leader = leader
        self._plan = plan
        self._leads = plan.leads
        self._opened = 0
        self._told = told

    async def run(self) -> str:
        last = Moment("", "")
        moment = await self._leader.moment_after(last)
        while moment.state != "ended":
            if moment.opening != last.opening:
                self._told(moment.opening)
            if moment.is_step:
                self._people.come_late()
            last, moment = moment, await self._through(moment)
        async with asyncio.timeout(PATIENCE):
            await self._people.settle()
            return await self._leader.notes()

    async def _through(self, moment: Moment) -> Moment:
        """Do what this moment asks, and give the next one, whoever moved the session on."""
        if not self._leads:
            await self._leader.attend()
            return await self._leader.moment_after(moment)
        async with asyncio.timeout(PATIENCE):
            await self._leader.attend()
            await self._people.settle()
            if moment.is_step and moment.state == "open":
                await self._people.come_back()
                if self._plan.group.mood is Mood.TIRED and self._opened >= _STAYS:
                    await self._people.lose_one()
                self._opened += 1
                await self._people.settle()
        return await self._move_on(moment)

    async def _move_on(self, moment: Moment) -> Moment:
        try:
            async with asyncio.timeout(self._plan.pace.staying(moment.state)):
                # Whoever moves the session in the meantime leads from now on.
                moved = await self._leader.moment_after(moment)
        except TimeoutError:
            self._people.stir()
            self._leader.go_on()
            async with asyncio.timeout(PATIENCE):
                return await self._leader.moment_after(moment)
        self._leads = False
        return moved
