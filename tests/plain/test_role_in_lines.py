"""The question which role somebody speaks from, in plain lines: one of its own, before the step's."""

from __future__ import annotations

import json
from pathlib import Path

from line_terminal import House, LineTerminal, house

from tisu_tui.privacy.roles import FIELD

SOURCE = """---
tisu: 1
title: The rota
voices: [leader, staff]
---

# The rota

## How far are we?

`rate` `id rows` `by voice` `sureness`

> This asks about our service.

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: Partly in place
"""
ROLE = "Which of these do you mostly speak from today?"


async def seated(here: House) -> LineTerminal:
    person = here.participant()
    await here.crowd(20)
    await person.until("Waiting")
    await here.go_to("rows")
    return person


def kept(folder: Path) -> list[dict[str, list[str] | None]]:
    """Read the answers to the open step as they lie on the disk."""
    return list(json.loads((folder / "7k3m.json").read_text(encoding="utf-8"))["box"]["1"]["answers"].values())


async def test_the_role_is_asked_before_the_first_statement(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        person = await seated(here)
        asked = await person.asked(ROLE)
        assert asked[:5] == [
            f"Question: {ROLE}",
            "This comes before “How far are we?”.",
            "1. Leader",
            "2. Staff",
            "p. Pass is a real answer. Nobody sees who passed.",
        ]
        assert "The result may also be shown by role" in asked[-2]
        # Numbers for what was not asked yet would be a guess.
        person.enter("1 2")
        await person.until("Not taken: ")
        person.enter("labels")
        assert "1. Leader" in await person.until("If ten or more answer")
        person.enter("1")
        await person.until("Recorded")
        first = await person.asked("How far are we? (1 of 2)")
        assert "all: hear all 2." in first
        person.enter("2 3")
        assert "Recorded: 2, 3." in await person.until("Waiting")
        (answer,) = kept(tmp_path)
        assert answer == {FIELD: ["leader"], "R1": ["2"], "R2": ["3"], "R1.sureness": None, "R2.sureness": None}


async def test_a_role_can_be_passed_and_changed(tmp_path: Path) -> None:
    async with house(tmp_path, SOURCE) as here:
        person = await seated(here)
        await person.asked(ROLE)
        person.enter("p")
        await person.until("Recorded")
        await person.asked("How far are we? (1 of 2)")
        person.enter("p")
        await person.until("Last one: R2 ")
        person.enter("p")
        await person.until("Waiting")
        person.enter("change")
        assert "You answered this before. Press Enter to leave it as it is." in await person.asked(ROLE)
        person.enter("2")
        await person.until("Recorded")
        await person.asked("How far are we? (1 of 2)")
        person.enter("")
        await person.until("You answered this before.")
        person.enter("")
        await person.until("Waiting")
        (answer,) = kept(tmp_path)
        assert answer == {FIELD: ["staff"], "R1": None, "R2": None}
