"""Emoji and flags arrive whole, whether a terminal sends them at once or piece by piece."""

from __future__ import annotations

import pytest
from line_terminal import House
from rooms_on_screen import Gathering

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
WHOLE = (SCOTLAND, "\U0001f469\u200d\U0001f467", "\U0001f1ec\U0001f1e7", "\U0001f44d\U0001f3fd", "e\u0301")
AS_KEPT = (*WHOLE[:-1], "é")


@pytest.mark.parametrize(("typed", "kept"), [*zip(WHOLE, AS_KEPT, strict=True)])
@pytest.mark.parametrize("at_once", [True, False])
async def test_in_full_screen(gathering: Gathering, typed: str, kept: str, at_once: bool) -> None:
    someone = await gathering.participant()
    await gathering.go_to("ideas")
    await someone.sees("ctrl+k")
    await someone.press(*([typed] if at_once else typed), " ", "x", "enter")

    def answers() -> list[object]:
        box = gathering.room._kept.box
        return [*box.answers.values()] if box else []

    # The terminal of these tests draws nothing behind a tag, so what was stored is looked at.
    await someone.terminal.until(lambda: bool(answers()))
    assert answers() == [{"ideas": (f"{kept} x",)}]


@pytest.mark.parametrize("at_once", [True, False])
async def test_in_lines(here: House, at_once: bool) -> None:
    await here.crowd(8)
    terminal = here.participant(pty=True)
    await terminal.until("Waiting")
    await here.go_to("ideas")
    await terminal.asked("What would you change?")
    for typed, kept in zip(WHOLE[:3], AS_KEPT[:3], strict=True):
        for piece in [typed] if at_once else typed:
            terminal.type(piece)
        terminal.enter(" x")
        assert (await terminal.until("Recorded: "))[-1] == f"Recorded: {kept} x."
