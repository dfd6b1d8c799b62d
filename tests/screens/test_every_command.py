"""The one table of what the facilitator can do: every surface and the guide have all of it, and nothing else."""

from __future__ import annotations

import os
import string
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering

from tisu_tui.desk.bindings import Binding, by_key, keyed, table
from tisu_tui.screens.opening import CommandList
from tisu_tui.screens.panels import OneLine
from tisu_tui.screens.people_panels import People
from tisu_tui.view.view import Role

GUIDE = Path(__file__).parents[2] / "docs" / "facilitating.md"
PRINTABLE = (*string.ascii_letters, *string.digits, *string.punctuation)
WALL = {"space", "b", "r", "e"}


def row_of_the_guide(row: Binding) -> str:
    key, word = (f"`{text}`".replace("|", "\\|") if text else "" for text in (row.key, row.written if row.word else ""))
    return f"| {key} | {word} | {row.help} |".replace("|  |", "| |")


def test_the_guide_has_the_table() -> None:
    head, rule, rest = GUIDE.read_text(encoding="utf-8").partition("| key | word | what it does |\n|---|---|---|\n")
    assert rule
    after = rest[rest.index("\n\n") :]
    guide = head + rule + "\n".join(map(row_of_the_guide, table())) + after
    if os.environ.get("WRITE_GOLDEN"):
        GUIDE.write_text(guide, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == guide, "WRITE_GOLDEN=1 writes the table again"


def test_each_word_stands_once_and_each_key_leads_to_its_first_row() -> None:
    words = [row.word for row in table() if row.word]
    assert len(words) == len(set(words))
    keys = [row.key for row in keyed()]
    assert len(keys) == len(set(keys))
    assert {row.key for row in table()} - {""} == set(keys)
    assert {row.key for row in table() if row.on_wall} == WALL


async def test_the_listing_of_the_console_has_every_key(gathering: Gathering) -> None:
    view = await gathering.view(Role.FACILITATOR)
    lines = CommandList().page(view, 200).body
    text = "\n".join("".join(span[0] for span in line) for line in lines)
    for row in keyed():
        assert f"{row.key:<6}{row.help}" in text


async def test_the_wall_hints_at_keys_of_the_console_and_at_no_others(gathering: Gathering) -> None:
    hint = "Open your private screen first"
    for key in PRINTABLE:
        wall = gathering.shared()
        await wall.sees("space begin")
        await wall.press(key)
        if by_key(key) is not None and key not in WALL:
            await wall.sees(hint, INVITATION.facilitator_line)
        else:
            await wall.sees_no(hint)
        await wall.hang_up()


@pytest.mark.parametrize("row", keyed(), ids=lambda row: row.key)
async def test_every_key_of_the_console_does_something(gathering: Gathering, row: Binding) -> None:
    console = gathering.console(160, 40)
    await gathering.go_to("share", "shown")
    await console.sees("Now: shown")
    before = console.terminal.text()
    await console.press(" " if row.key == "space" else row.key)
    await console.terminal.until(lambda: console.terminal.text() != before)


async def test_all_that_the_key_for_people_counts_can_be_counted_on_the_console(gathering: Gathering) -> None:
    view = await gathering.view(Role.FACILITATOR)
    boxes = [row.does._title for row in People().letters(view).values() if isinstance(row.does, OneLine)]
    assert sorted(boxes) == sorted(row.prompt.title for row in table() if row.key == "h" and row.prompt)
