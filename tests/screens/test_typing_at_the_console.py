"""Whatever is typed on the console with no box open, at any speed: nothing happens, and the text is there."""

from __future__ import annotations

import os
import random
import string
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest
from rooms_on_screen import INVITATION, Gathering, a_gathering

from tisu_tui.core.records import RecordKind
from tisu_tui.core.text import clean
from tisu_tui.desk.bindings import keyed
from tisu_tui.screens.console_keys import ConsoleKeys
from tisu_tui.session.commands import (
    Accept,
    CloseSoon,
    Command,
    Direction,
    Go,
    Jot,
    Leave,
    Prepare,
    SetPaused,
    WriteRecord,
)
from tisu_tui.session.flow import Move
from tisu_tui.session.session import State
from tisu_tui.view.view import Role, View

STATES = (
    ("arrive", "waiting"),
    ("arrive", "open"),
    ("arrive", "closed"),
    ("rows", "shown"),
    ("ideas", "closed"),
    ("share", "waiting"),
    ("ways", "open"),
    ("do", "open"),
)
SPEEDS = (0.0, 12.0, 5.0, 3.0)
"""Keys a second; none is one packet."""
SENTENCES = 2000
ANSWERED = """---
tisu: 1
title: A day on the moon
---

# A day on the moon

## Which answers are there?

`answers` `id heard`
"""


class Clock:
    """A clock that only a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def sentence(chance: random.Random) -> str:
    """Make up a sentence; it begins with any letter, so with every key."""
    words = [
        "".join(chance.choices(string.ascii_lowercase, k=chance.randint(1, 8))) for _n in range(chance.randint(1, 7))
    ]
    first: str = chance.choice([*(row.key for row in keyed() if row.key != "space"), *string.ascii_letters, *"?!.,(7"])
    text = first + " ".join(words) + chance.choice(["", ".", "?", " @sam 2026-12-01", " 3", " don't"])
    return text if len(text) > 1 else text + "x"


def types(keys: ConsoleKeys, clock: Clock, view: View, text: str, speed: float) -> list[Command]:
    """Type a text, and give what it asked of the room."""
    if not speed:
        made = keys.paste(view, text)
        return [made] if made else []
    asked: list[Command] = []
    for character in text:
        clock.now += 1 / speed
        key = "space" if character == " " else character
        made = keys.press(view, key, character)
        asked += [made] if made else []
    return asked


async def views(gathering: Gathering) -> AsyncIterator[View]:
    """Show the console every sort of moment, the lobby and the reading of the notes among them."""
    yield await gathering.view(Role.FACILITATOR)
    for step, state in STATES:
        await gathering.go_to(step, state)
        if step == "ideas":
            continue
        yield await gathering.view(Role.FACILITATOR)
    await gathering.room.submit(Go(gathering.room.session.place, Direction.END))
    yield await gathering.view(Role.FACILITATOR)


async def rarer_views(gathering: Gathering) -> AsyncIterator[View]:
    """Show it a question that closes soon, a pause, a result that waits, and at last words to be sorted."""
    await gathering.go_to("ideas")
    await gathering.all_answer("ideas", ("tea",))
    for command in (CloseSoon(gathering.room.session.place), SetPaused(True)):
        await gathering.room.submit(command)
        yield await gathering.view(Role.FACILITATOR)
    await gathering.room.submit(SetPaused(False))
    await gathering.room.submit(Leave(gathering.seats[0]))
    await gathering.join(1)
    await gathering.reply(gathering.seats[-1], "ideas", ("tea",))
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    yield await gathering.view(Role.FACILITATOR)
    await gathering.room.submit(Accept(gathering.room.session.place))
    yield await gathering.view(Role.FACILITATOR)


async def lists(gathering: Gathering) -> AsyncIterator[tuple[View, tuple[str, ...]]]:
    """Give each list, box and page that can lie over the console, as a moment and the keys that open it."""
    keys: tuple[str, ...]
    for keys in (("h",), ("j",), ("ctrl+p",), ("f1",), ("?",), ("a",), ("h", "1")):
        yield await gathering.view(Role.FACILITATOR), keys
    await gathering.go_to("ideas")
    await gathering.all_answer("ideas", ("tea",))
    await gathering.room.submit(Go(gathering.room.session.place, Direction.NEXT))
    for keys in (("m",), ("m", "2"), ("t",), ("m", "w", "enter"), ("h",), ("ctrl+p",)):
        yield await gathering.view(Role.FACILITATOR), keys
    await gathering.go_to("share", "waiting")
    for keys in (("o",), ("o", "w", "enter"), ("+",), ("ctrl+p",)):
        yield await gathering.view(Role.FACILITATOR), keys
    await gathering.go_to("ways")
    yield await gathering.view(Role.FACILITATOR), ("i",)
    await gathering.room.submit(WriteRecord(RecordKind.ACTION, "Tea"))
    await gathering.room.submit(Go(gathering.room.session.place, Direction.END))
    for keys in (("m",), ("m", "w", "enter"), ("ctrl+p",)):
        yield await gathering.view(Role.FACILITATOR), keys


async def asked_views(folder: Path) -> list[tuple[View, tuple[str, ...]]]:
    """Show it the answers of a senior manager, of which one is chosen from a list, and a proposal to be settled."""
    async with a_gathering(folder, 8, ANSWERED) as gathering:
        await gathering.go_to("heard", "waiting")
        await gathering.room.submit(Prepare(gathering.room.session.place, ("Paid cover at night",)))
        await gathering.go_to("heard")
        return [(await gathering.view(Role.FACILITATOR), keys) for keys in (("i", "down"), ("i", "down", "2"))]


def typed_before(keys: ConsoleKeys) -> str:
    """Give what stood in the box before anything was typed."""
    return keys.panels[-1].typed if keys.panels and keys.panels[-1].takes_text else ""


async def test_no_sentence_moves_anything_and_all_of_it_is_there_to_be_filed(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / name).mkdir()
    async with a_gathering(tmp_path / "a", 8) as gathering:
        seen = [view async for view in views(gathering)]
    async with a_gathering(tmp_path / "b", 8) as gathering:
        rarer = [view async for view in rarer_views(gathering)]
    assert {view.place.state for view in seen} == {State.WAITING, State.OPEN, State.CLOSED, State.SHOWN}
    assert any(view.reading for view in seen) or seen[-1].place.step == seen[-1].total
    assert [view.state for view in rarer] == ["closing", "paused", "closed", "closed"]
    assert [view.next is Move.ACCEPT for view in rarer] == [False, False, True, False]
    assert rarer[-1].desk
    assert rarer[-1].desk.held
    async with a_gathering(tmp_path / "c", 8) as gathering:
        listed = [each async for each in lists(gathering)]
    listed += await asked_views(tmp_path / "d")
    states = [(view, ()) for view in (*seen, *rarer)] + listed
    chance = random.Random(7)
    ways = [*product(states, SPEEDS)]
    for n in range(SENTENCES):
        text = sentence(chance)
        for (view, first), speed in ways if os.environ.get("TISU_SOAK") else [ways[n % len(ways)]]:
            clock = Clock()
            keys = ConsoleKeys(INVITATION, clock)
            for key in first:
                assert keys.press(view, key, key if len(key) == 1 else "") is None
                clock.now += 3
            before = typed_before(keys)
            where = f"{text!r} at {speed} keys a second in {view.place} after {first}"
            assert bool(keys.panels) == bool(first), where
            assert types(keys, clock, view, text, speed) == [], where
            assert keys.asking is None, where
            assert keys.panels, where
            panel = keys.panels[-1]
            assert panel.opened_by + panel.typed == clean(before + text), where
            assert len(keys.panels) == 1 or first, where
            if first:
                continue
            clock.now += 3
            made = keys.press(view, "enter", "")
            # Enter may write it down where a box was opened, and never does anything else; no letter is lost by it.
            if isinstance(made, WriteRecord | Jot) and " " in panel.typed:
                assert panel.typed[:1].isupper() or made.text == text, where
            assert made is None or isinstance(made, WriteRecord | Jot) or type(made).__name__ in {"Enter", "Add"}, where


@pytest.mark.parametrize("typed", [" ", "y", "\r", "ring Jo"])
@pytest.mark.parametrize("step", [None, *STATES])
async def test_nothing_but_enter_on_its_own_ends(
    gathering: Gathering, step: tuple[str, str] | None, typed: str
) -> None:
    if step:
        await gathering.go_to(*step)
    before = gathering.room.session.place
    console = gathering.console()
    await console.sees("e end")
    if typed == "\r":
        console.terminal.type(b"e\r")  # in one packet
    else:
        await console.press("e", *typed)
    await console.sees("You typed this. What is it?", f"> e{typed.strip()}")
    assert gathering.room.session.place == before


async def test_what_was_typed_is_filed_as_what_the_arrows_choose_and_left_it_comes_back(gathering: Gathering) -> None:
    console = gathering.console()
    await console.sees("e end")
    console.terminal.type(b"Please ring Jo\r")
    await console.sees("You typed this. What is it?", "> Please ring Jo")
    await console.press("enter")
    await console.sees("Choose with the arrows what it is.")
    await console.press("escape")
    await console.sees("Not filed: “Please ring Jo”. Key tab brings it back.")
    await console.press("\t", "down", "down", "down", "enter")
    await console.sees("Parked: Please ring Jo")
    (record,) = gathering.room.session.records
    assert (record.kind.value, record.text) == ("park", "Please ring Jo")
    await console.press("a", *"nd Bob brings tea", "\t")
    await console.sees("You typed this. What is it?")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (100, 30), (45, 20)])
async def test_the_strip_stays_where_it_is_whatever_is_scrolled_or_open(
    gathering: Gathering, columns: int, rows: int
) -> None:
    console = gathering.console(columns, rows)
    for key, opened in (("a", "An action"), ("h", "People"), ("f1", "If somebody is in distress")):
        await console.sees("Joined 8 · in the room: not", "e end")
        await console.press(key)
        await console.sees(opened, "Joined 8 · in the room: not")
        await console.press("escape")
    await console.sees("e end")
    await console.press(*"lo")
    await console.sees("> lo")  # not below what there is to choose from
    await console.press("escape")
    await console.sees("Not filed: “lo”")
    await gathering.go_to("arrive")
    await console.sees("Joined 8", "next: close")
    await console.sees_no("Not filed")
    await console.press("\t")
    await console.sees("> lo")
