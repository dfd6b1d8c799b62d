"""Whatever way an option is typed, in full screen and in lines: the same answer is stored, and the receipt names it."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from line_terminal import LineTerminal
from rooms_on_screen import INVITATION, Someone, a_gathering

from tisu_tui.core.activity import Tier
from tisu_tui.core.form import Order, Pick, bare, keys
from tisu_tui.core.typed import fitting, receipt, with_pass
from tisu_tui.plain.participant import participate
from tisu_tui.screens.answering import Answering
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.screens.typed_text import Writing
from tisu_tui.session.commands import Join
from tisu_tui.session.outcomes import Done

STEPS = {
    "check-in": "- -3 to -2: Below\n- -1 to 1: In the window\n- 2 to 3: Above",
    "rate": "1. `R1` People can see that leaders care.\n\n- 0: Not at all\n- 5: Half way there\n- 10: All of it",
    "scale": "- 0: Not at all\n- 1: A little\n- 2: Half\n- 3: Most\n- 4: Nearly all\n- 5: All of it",
    "choose": "- [ ] 2 nurses\n- [ ] One nurse and a porter\n- [ ] Nobody new",
    "dots 3": "- [ ] The rota\n- [ ] The room\n- [ ] The tea",
    "rank": "- [ ] Nights\n- [ ] Mornings\n- [ ] Weekends",
    "consent": "",
    "sense": "1. `S1` We are ready for this.",
    "agree": "1. We begin on time.\n2. Anyone can pass.",
    "close": "",
}
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def source(kind: str) -> str:
    return f"---\ntisu: 1\ntitle: All\n---\n\n# All\n\n## What is it?\n\n`{kind}` `id asked`\n\n{STEPS[kind]}\n"


def ways(field: Pick | Order, at: int) -> list[str]:
    """List how one option can be typed: as it is numbered or lettered, by its label, and by a beginning of it."""
    options = with_pass(field.options)
    option, key = options[at], keys(options)[at]
    name = option.name or option.label
    beginning = next(
        name[:size] for size in range(1, len(name) + 1) if fitting(options, name[:size].strip()) == (at,)
    ).strip()
    number = key.isdecimal()
    spoken = [WORDS[int(key)], key.translate(FULL_WIDTH)] if number and int(key) < len(WORDS) else []
    return [key, f"{key}.", f"{key})", f"option {key}", *spoken, bare(option), option.label.upper(), beginning]


async def answered_on_screen(someone: Someone, text: str, said: str) -> None:
    """Type on a screen, and press Enter until it is sent; where several can be chosen, the first one chooses."""
    await someone.press(*text, "enter")
    await someone.terminal.until(
        lambda: said in someone.terminal.text() or "Enter sends it." in someone.terminal.text()
    )
    if said not in someone.terminal.text():
        await someone.press("enter")
    await someone.sees(said)


def is_past(answering: Answering, asked: Writing) -> bool:
    return answering.asking is not asked


async def taken_back_on_screen(someone: Someone) -> None:
    app = someone.app
    assert isinstance(app, ParticipantApp)
    answering = app._seat._answering
    while isinstance(before := answering.asking, Writing):
        await someone.press("ctrl+k")
        await someone.terminal.until(partial(is_past, answering, before))
    await someone.press("w", "enter")
    await someone.sees("Taken back.")


async def answered_in_lines(terminal: LineTerminal, text: str, said: str) -> None:
    terminal.enter(text)
    # Whoever types the number of a scale that was heard with another question is told the number.
    short = f"{said.partition(': ')[0]}: {text}."
    assert (await terminal.until(("Recorded: ", "Kept until this closes: ", "Not taken: ")))[-1] in {said, short}


async def taken_back_in_lines(terminal: LineTerminal) -> None:
    following = await terminal.until(("Answer:", "Waiting"))
    # In a question for words it is asked whether that is meant as words.
    terminal.enter(*["withdraw"] * (1 + ("Write on one line." in following)))
    await terminal.until("Your answer is taken back.")
    await terminal.until("Answer:")


@pytest.mark.parametrize("kind", STEPS)
async def test_each_option_is_the_same_answer_on_every_surface(tmp_path: Path, kind: str) -> None:
    async with a_gathering(tmp_path, 8, source(kind)) as gathering:
        someone = await gathering.participant(200, 50)
        joined = await gathering.room.submit(Join(is_new=True))
        assert isinstance(joined, Done)
        terminal = LineTerminal()
        talking = asyncio.create_task(participate(gathering.room, terminal, joined.seat, INVITATION))
        await terminal.until("Waiting")
        await gathering.go_to("asked")
        await terminal.until("Answer:")
        field = gathering.room.session.form(10).fields[0]
        assert isinstance(field, Pick | Order)
        private = gathering.room.session.step is not None and gathering.room.session.step.tier is Tier.ROOM
        app = someone.app
        assert isinstance(app, ParticipantApp)
        turn = count()
        for at, option in enumerate(with_pass(field.options)):
            value = (option.id,) if option.id else None
            said = receipt({field: value}, durable=not private)
            typed = ways(field, at)
            for _way in range(2):
                text = typed[next(turn) % len(typed)]
                await answered_on_screen(someone, text, said)
                await answered_in_lines(terminal, text, said)
                box = gathering.room._kept.box
                assert box is not None
                for seat in (app._seat.words, joined.seat):
                    assert box.answer(seat)[field.id] == value, text
                await taken_back_on_screen(someone)
                await taken_back_in_lines(terminal)
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)


@pytest.mark.parametrize(
    ("kind", "signs", "keys", "label"),
    [
        ("rate", (" 0  Not at all", "10  All of it", " d  ", " p  Leave this one open"), "0, 5 and 10, d", "Half way"),
        ("scale", ("0  Not at all", "5  All of it", "d  ", "p  Leave this one open"), "0 to 5, d", "All of it"),
    ],
)
async def test_the_scribe_types_what_stands_before_an_option(
    tmp_path: Path, kind: str, signs: tuple[str, ...], keys: str, label: str
) -> None:
    async with a_gathering(tmp_path, 3, source(kind)) as gathering:
        console, wall = gathering.console(), gathering.shared()
        await gathering.go_to("asked")
        await console.press("i")
        await console.sees(*signs, keys)
        await console.press("5", "enter")
        await console.sees(f"5  {label}", "(entered)")
        await gathering.go_to("asked", "shown")
        await wall.sees(label, "agreed aloud")
        await wall.sees_no("the middle")


PAUSE = """---
tisu: 1
title: T
---

# T

## A pause that suits you

`pause` `id asked`

1. Look around.
2. Get some water.
"""


async def test_what_can_be_done_in_a_pause_stands_line_by_line(tmp_path: Path) -> None:
    async with a_gathering(tmp_path, 3, PAUSE) as gathering:
        screens = (await gathering.participant(45, 20), gathering.console(), gathering.shared())
        await gathering.go_to("asked")
        for screen in screens:
            await screen.sees("• Look around.\n", "• Get some water.\n")
