"""While somebody answers, passes, changes their mind or takes it back, no other screen and no plain line moves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering, Someone, a_gathering
from terminal_double import PyteTerminal
from textual.screen import UPDATE_PERIOD

from tisu_tui.plain.facilitator import facilitate
from tisu_tui.plain.laptop import lend
from tisu_tui.plain.participant import participate
from tisu_tui.screens.laptop import LaptopApp
from tisu_tui.session.commands import Bring, CountHands
from tisu_tui.session.outcomes import Done

NEVER = 3600.0
"""A tick that does not come while a test runs."""
TURNS = 60
"""Turns of the loop that a view needs to get to a screen, and many more."""


class Everybody:
    """All the places from which a room can be looked at, but for that of whoever answers."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.terminals: dict[str, PyteTerminal] = {}
        self._plain: list[asyncio.Task[None]] = []

    async def sit_down(self) -> None:
        room = self.gathering.room
        brought = await room.submit(Bring())
        assert isinstance(brought, Done)
        await room.submit(CountHands(2))
        lent = Someone(LaptopApp(room, brought.seat, INVITATION))
        self.gathering.people.append(lent)
        screens = {
            "shared screen": self.gathering.shared(),
            "wall": self.gathering.shared(can_drive=False, columns=120, rows=40),
            "console": self.gathering.console(),
            "second console": self.gathering.console(40),
            "participant": await self.gathering.participant(),
            "phone": await self.gathering.participant(40),
            "laptop": lent,
        }
        self.terminals = {name: each.terminal for name, each in screens.items()}
        self._speak("plain participant", lambda terminal: participate(room, terminal, "", INVITATION))
        self._speak("plain facilitator", lambda terminal: facilitate(room, terminal, INVITATION, _nowhere))
        self._speak("plain laptop", lambda terminal: lend(room, terminal, INVITATION))
        for each in self.terminals.values():
            await each.until(partial(_has_begun, each))

    def _speak(self, name: str, talk: Callable[[PyteTerminal], Awaitable[None]]) -> None:
        terminal = self.terminals[name] = PyteTerminal(term="dumb", pty=False)

        async def run() -> None:
            await talk(terminal)

        self._plain.append(asyncio.create_task(run()))

    async def leave(self) -> None:
        for task in self._plain:
            task.cancel()
        await asyncio.gather(*self._plain, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until nothing more is drawn, however slow the machine is.

        A screen with something to draw does so at its next sixtieth of a second, and the loop keeps its timers in
        order: whoever waits for longer than that hears of it afterwards.
        """
        before = -1
        while (now := sum(terminal.writes for terminal in self.terminals.values())) != before:
            before = now
            for _turn in range(TURNS):
                await asyncio.sleep(0)
            await asyncio.sleep(4 * UPDATE_PERIOD)

    def drawn(self) -> dict[str, bytes]:
        return {name: bytes(each.written) for name, each in self.terminals.items()}

    @contextmanager
    def still(self) -> Iterator[None]:
        before = self.drawn()
        yield
        after = self.drawn()
        assert [name for name in before if after[name] != before[name]] == []


def _has_begun(terminal: PyteTerminal) -> bool:
    """Tell whether more was written than it takes to clear a screen."""
    return len(terminal.written) > 300


async def _nowhere() -> str:
    return ""


@pytest.mark.parametrize(
    ("step", "questions", "answer", "says"),
    [
        ("arrive", 1, ("2", "enter"), "Kept until this closes"),
        ("rows", 2, ("3", "enter", "1", "enter"), "Recorded"),
        ("share", 1, ("1", " ", "enter"), "Recorded"),
    ],
)
async def test_nothing_moves_because_one_person_presses_a_key(
    step: str, questions: int, answer: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    async with a_gathering(tmp_path, 6, tick=NEVER) as gathering:
        everybody = Everybody(gathering)
        await everybody.sit_down()
        someone = await gathering.participant()
        await gathering.go_to(step)
        await someone.sees("p pass")
        await everybody.settle()
        with everybody.still():
            await someone.press(*answer)
            await someone.sees(says)
            await everybody.settle()
        with everybody.still():
            await someone.press("w", "enter")
            await someone.sees("p pass")
            await everybody.settle()
            await someone.press(*("p", "enter") * questions)
            await someone.sees(says)
            await everybody.settle()
        with everybody.still():
            # Grounding, help, and a return that leaves nothing.
            await someone.press("ctrl+g", "escape", "f1", "escape", "c", "escape")
            await everybody.settle()
        before = everybody.drawn()
        await gathering.go_to(step, "closed")
        await everybody.settle()
        after = everybody.drawn()
        # All of them were looking.
        assert [name for name in before if after[name] == before[name]] == []
        await everybody.leave()


async def test_no_terminal_is_given_a_title_a_bell_or_anything_for_its_clipboard(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 6) as gathering:
        everybody = Everybody(gathering)
        await everybody.sit_down()
        someone = await gathering.participant()
        for step, keys in (
            ("arrive", ("2", "enter")),
            ("rows", ("p", "enter", "p", "enter")),
            ("share", ("p", "enter")),
        ):
            await gathering.go_to(step)
            await someone.sees("p pass")
            await someone.press(*keys)
            await gathering.go_to(step, "shown")
        await everybody.settle()
        await someone.press("ctrl+x")
        await someone.has_left()
        for name, drawn in {**everybody.drawn(), "someone": bytes(someone.terminal.written)}.items():
            # OSC names windows and fills clipboards; DCS, SOS, PM and APC carry what is not drawn.
            assert not re.findall(r"\x1b[]PX^_]|[\x07\x80-\x9f]", drawn.decode()), name
        await everybody.leave()
