"""Stories: one page a kind, which shows what people read and what the notes say, in rooms of three sizes.

A story is Markdown. Its `workshop` block is the file. `answers` has a line for each person, with what they type one
question after the other between slashes; more people begin again at the first line. `facilitator` has what is typed
while a step is waiting, open or closed. All from the first `## In …` on is golden: `WRITE_GOLDEN=1` writes it again.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import pytest
from line_terminal import House, LineTerminal, house

from tisu_tui.activities import kinds
from tisu_tui.core.form import By
from tisu_tui.notes.write import render
from tisu_tui.plain.shown import shown_lines
from tisu_tui.session.session import State
from tisu_tui.view.view import Role

FOLDER = Path(__file__).parent / "stories"
STORIES = sorted(FOLDER.glob("*.md"))
SIZES = (3, 6, 12)

GOLDEN = re.compile(r"^## In (?:a room|rooms) of ", re.MULTILINE)
HEARD = {
    State.WAITING: "Next is: ",
    State.OPEN: "Question: ",
    State.CLOSED: "This question has closed.",
    State.SHOWN: "Result: ",
}
"""What a participant reads when a step comes to a state."""
ASKED = {"Answer:", "You can send another line. Press Enter when you have no more."}
ALONE = ("Last one: ", "Sure?")
GOES_ON = {"p", "done"}


def test_every_kind_has_a_story_and_every_story_is_of_a_kind() -> None:
    assert [path.stem for path in STORIES] == sorted(kinds())


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_a_story_goes_as_it_is_told(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    begins = GOLDEN.search(text)
    tale = text[: begins.start()] if begins else f"{text.rstrip()}\n\n"
    told = tale + "\n".join([text async for text in rooms(Tale.read(tale), tmp_path)])
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(told, encoding="utf-8")
    else:
        assert text == told


@dataclass(frozen=True)
class Tale:
    """What stands in a story before the golden part."""

    workshop: str
    answers: tuple[str, ...]
    facilitator: dict[str, list[str]]

    @classmethod
    def read(cls, text: str) -> Tale:
        blocks = dict(re.findall(r"^```(\S+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
        typed = (line.split(": ", 1) for line in blocks.get("facilitator", "").splitlines())
        return cls(
            blocks["workshop"],
            tuple(blocks.get("answers", "").splitlines()),
            {state: lines.split(" / ") for state, lines in typed},
        )


async def rooms(tale: Tale, folder: Path) -> AsyncIterator[str]:
    """Tell of each size of room, and of those together where it goes the same."""
    sizes: dict[str, list[int]] = {}
    for people in SIZES:
        (folder / str(people)).mkdir()
        sizes.setdefault(await play(tale, people, folder / str(people)), []).append(people)
    for told, alike in sizes.items():
        *most, last = map(str, alike)
        yield f"## In rooms of {', '.join(most)} and {last}\n\n{told}" if most else f"## In a room of {last}\n\n{told}"


async def play(tale: Tale, people: int, folder: Path) -> str:
    answers = list(islice(cycle(tale.answers), people))
    shown: list[str] = []
    async with house(folder, tale.workshop) as here:
        crowd = [here.participant() for _each in range(people)]
        for each in crowd:
            await each.until("Waiting")
        desk = here.facilitator()
        await desk.until("Next: ")
        while not await is_over(here, desk, crowd):
            await fill_in(here, desk, crowd, answers, tale)
            if here.room.session.place.state is State.SHOWN:
                shown = await on_screen(here)
        await crowd[0].until("Result: Reading")
        lines = crowd[0].lines
        notes = next(text for name, text in render(here.room.session).items() if name.endswith(".md"))
    begins = next(n for n, line in enumerate(lines) if line.startswith(("Next is: ", "Question: ")))
    *ends, reading = (n for n, line in enumerate(lines) if line.startswith("Result: "))
    # Everybody hears the result as the shared screen has it, so that it stands here once; what is long, when asked for.
    heard = lines[(ends or [reading])[-1] + 1 : reading]
    assert heard == shown or "type more, or more " in heard[-1]
    read = as_typed(lines[begins : (ends or [reading])[-1]], answers[:1])
    parts = {"Somebody reads, and types:": read, "The shared screen shows:": shown}
    parts["The notes say:"] = section(notes.decode())
    blocks = ("\n".join((title, "", "```text", *words, "```", "")) for title, words in parts.items() if words)
    return "\n".join(blocks)


async def is_over(here: House, desk: LineTerminal, crowd: Sequence[LineTerminal]) -> bool:
    """Go on, and wait until it was heard; tells whether all steps are done."""
    desk.enter("next")
    await desk.until("Next: ")
    if here.room.session.is_reading:
        return True
    await crowd[0].until(HEARD[here.room.session.place.state])
    return False


async def fill_in(
    here: House, desk: LineTerminal, crowd: Sequence[LineTerminal], answers: Sequence[str], tale: Tale
) -> None:
    session = here.room.session
    state, form = session.place.state, session.form(len(crowd))
    if state is State.OPEN and form.by is By.EVERYONE:
        await asyncio.gather(*(answer(each, line) for each, line in zip(crowd, answers, strict=True)))
    elif state is State.OPEN and form.by is By.SCRIBE:
        await desk.until("Answer:")
        assert "open" in tale.facilitator, "the scribe fills this in: a `facilitator` block needs a line `open: …`"
        for line in tale.facilitator["open"]:
            desk.enter(line)
            if line not in GOES_ON:
                await desk.until("Recorded")
                await crowd[0].until("Written down: ")
    elif state is State.WAITING or (session.round and session.round.held and state is State.CLOSED):
        for line in tale.facilitator.get(state.value, ()):
            desk.enter(line)
            await desk.until("Done")
            await desk.until("Next: ")


async def answer(terminal: LineTerminal, line: str) -> None:
    await terminal.until("Answer:")
    for each in line.split(" / "):
        terminal.enter(each)
        if each != "done":  # what comes next is said in the same moment
            await terminal.until(("Recorded: ", "Kept until this closes: ", "Sure?"))
    await terminal.until("Waiting")


async def on_screen(here: House) -> list[str]:
    async for view in here.room.watch(Role.SCREEN):
        return shown_lines(view.shown)
    raise AssertionError("the room showed nothing")


def as_typed(lines: Sequence[str], answers: Sequence[str]) -> list[str]:
    """Put what somebody typed where they were asked."""
    typed = iter(answers[0].split(" / ") if answers else ())
    return [
        f"{line} {next(typed, '')}".rstrip() if line in ASKED or line.startswith(ALONE) else line
        for line in lines
        if line != "Waiting"
    ]


def section(notes: str) -> list[str]:
    """Give what the notes say of the steps and of what was agreed, else their line in the agenda."""
    head, agenda = notes.split("\n## How the session went\n")
    found = [part for part in head.split("\n## ")[1:] if "No decision was written down." not in part]
    if not found:
        return agenda.split("\n## ")[0].strip().splitlines()
    return "\n".join(f"## {part}" for part in found).strip().splitlines()
