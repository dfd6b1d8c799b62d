"""Slips on the facilitator's console: made, read once, and gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rooms_on_screen import a_gathering

from tisu_tui.session.commands import Join
from tisu_tui.session.outcomes import Done


@pytest.mark.parametrize("columns", [40, 80, 120])
async def test_slips_are_made_and_shown_once(columns: int, tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 0) as gathering:
        desk, wall = gathering.console(columns=columns), gathering.shared()
        await desk.sees("Next:")
        await desk.press("j")
        await desk.sees("How many slips?")
        await desk.press(*"x", "enter")
        await desk.sees("Write it like: 12")
        await desk.press("backspace", *"6", "enter")
        await desk.sees("shown once", "6  ")
        made = re.findall(r"\b([1-6])  ([a-z]+ [a-z]+ [a-z]+)", desk.terminal.text())
        assert [n for n, _words in sorted(made)] == list("123456")
        # Any key but one leaves them where they are, and text can be filed before one is back at them.
        await desk.press("enter", "x")
        await desk.sees("> x")
        await desk.press("escape")
        await desk.sees(made[0][1])
        await wall.sees("your-three-words@", "This session is by slip")
        assert not any(words in wall.terminal.text() for _n, words in made)
        await desk.press("escape")
        await desk.sees_no(made[0][1])
        await desk.press("j")
        await desk.sees("How many slips?")
        await desk.sees_no(made[0][1])
        await desk.press("escape")
        await desk.sees_no("How many slips?")
        await desk.press("h")
        await desk.sees("Slips given out: 6.")
        assert isinstance(await gathering.room.submit(Join(made[0][1])), Done)
