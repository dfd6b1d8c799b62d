"""Stories: one page a kind, which shows what people read and what the notes say, in rooms of three sizes.

A story is Markdown. Its `workshop` block is the file; `answers` has a line for each person, with what they type one
question after the other between slashes (more people begin again at the first line); `facilitator` has what the
facilitator types while a step is open or closed. The `room N` blocks are golden: `WRITE_GOLDEN=1` writes them again.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from itertools import cycle, islice
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "plain"))

from line_terminal import House, LineTerminal, house

from tisu_tui.core.session import State
from tisu_tui.notes.write import render

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(FOLDER.glob("*.md"))
SIZES = (3, 6, 12)


def blocks(text: str) -> dict[str, str]:
    return dict(re.findall(r"^```(\S[^\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("people", SIZES)
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_goes_as_it_is_told(path: Path, people: int, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    told = asyncio.run(play(blocks(text), people, tmp_path))
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(with_golden(text, people, told), encoding="utf-8")
        return
    assert blocks(text)[f"room {people}"] == told


def with_golden(text: str, people: int, told: str) -> str:
    golden = f"```room {people}\n{told}```\n"
    pattern = re.compile(rf"^```room {people}\n.*?^```\n", re.DOTALL | re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _found: golden, text)
    return f"{text.rstrip()}\n\n{golden}"


async def play(parts: dict[str, str], people: int, folder: Path) -> str:
    answers = parts.get("answers", "").splitlines()
    typed = dict(line.split(": ", 1) for line in parts.get("facilitator", "").splitlines())
    async with house(folder, parts["workshop"]) as here:
        crowd = [here.participant() for _n in range(people)]
        for each in crowd:
            await each.until("Waiting")
        first = len(crowd[0].lines)
        desk = here.facilitator()
        await desk.until("Next: ")
        while not here.room.session.is_reading:
            desk.enter("next")
            await desk.until("Next: ")
            await step(here, desk, crowd, list(islice(cycle(answers), people)), typed)
        desk.enter("next")
        await desk.until("Notes: ")
        await crowd[0].until("The end")
        lines = crowd[0].lines[first:]
        notes = next(content for name, content in render(here.room.session).items() if name.endswith(".md")).decode()
    begins = next(n for n, line in enumerate(lines) if line.startswith(("Question: ", "Please note: ")))
    ends = lines.index("Result: Reading the notes together")
    told = "\n".join(line for line in lines[begins:ends] if line != "Waiting")
    return f"{told}\n\nIn the notes:\n{section(notes)}\n"


async def step(
    here: House, desk: LineTerminal, crowd: list[LineTerminal], answers: list[str], typed: dict[str, str]
) -> None:
    session = here.room.session
    form = session.form(len(crowd))
    if session.place.state is State.OPEN and form.fields and session.step is not None:
        if form.by.value == "everyone":
            await asyncio.gather(*(answer(each, line) for each, line in zip(crowd, answers, strict=True)))
        elif form.by.value == "scribe":
            await desk.until("Answer:")
            desk.enter(*typed["open"].split(" / "))
    elif session.place.state is State.CLOSED and session.round and session.round.held:
        for line in typed.get("closed", "").split(" / "):
            desk.enter(line)
            await desk.until("Next: ")


async def answer(terminal: LineTerminal, line: str) -> None:
    await terminal.until("Answer:")
    terminal.enter(*line.split(" / "))
    await terminal.until("Waiting")


def section(notes: str) -> str:
    """Give what the notes say of the steps, and of what was agreed."""
    start = min(notes.find(mark) for mark in ("## What we agreed", "## Actions", "\n## 1. ") if mark in notes)
    end = notes.index("## How the session went")
    return re.sub(r"(?m)^(?=```)", " ", notes[start:end].strip())


def test_every_story_is_of_a_kind_and_every_kind_has_one() -> None:
    from tisu_tui.activities import kinds

    assert [path.stem for path in STORIES] == sorted(kinds())
