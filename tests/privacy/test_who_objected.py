"""Whoever objects to a proposal, and whatever role they speak from, nothing that is left or shown differs by it."""

from __future__ import annotations

import logging
import random
from pathlib import Path

import pytest
from attacked_room import House, house
from rooms import workshop_of

from tisu_tui.core.form import Answer
from tisu_tui.privacy.roles import FIELD
from tisu_tui.session.commands import Direction, Prepare
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import State
from tisu_tui.session.workshop import Workshop
from tisu_tui.view.view import Role
from tisu_tui.workshop.library import find

VOICES = ("leader", "staff", "lived experience")
ASKED = ("support", "second", "try-it")


def sharing_power() -> Workshop:
    path = find("sharing-power")
    assert path is not None
    return workshop_of(path.read_text(encoding="utf-8"), path.name)


def everybody(people: int, objects: int) -> list[dict[str, Answer]]:
    """Say what each person answers in each step; one of them objects, with reasons."""
    chosen = [("n1",), ("n1", "n2"), ("n1", "n3")]
    return [
        {
            "support": {FIELD: (VOICES[n % 3],), "choice": chosen[n % 3]},
            "second": {FIELD: (VOICES[n % 3],), "choice": ("n1",)},
            "try-it": {"position": ("object",), "reason": ("Nobody is there at night",)}
            if n == objects
            else {"position": ("agree",), "reason": None},
        }
        for n in range(people)
    ]


async def look(here: House) -> list[str]:
    return [repr(await here.seen(role, "nobody")) for role in Role]


async def session(here: House, answers: list[dict[str, Answer]]) -> list[str]:
    """Play the votes and the consent to the sealed notes; gives all that anybody else saw."""
    await here.go_to("support", "waiting")
    texts = ("Share the rota", "Meet before the shift", "A quiet room")
    assert isinstance(await here.room.submit(Prepare(here.room.session.place, texts)), Done)
    shown = []
    for step in ASKED:
        await here.go_to(step)
        form = here.room.session.form(len(here.seats))
        for seat, given in zip(here.seats, answers, strict=True):
            for field in form.fields:
                assert isinstance(await here.say(seat, field.id, given[step].get(field.id)), Done)
        shown += await look(here)
        for state in (State.CLOSED, State.SHOWN):
            await here.go_to(step, state.value)
            shown += await look(here)
    await here.press(Direction.AGAIN)
    await here.seal()
    return shown


@pytest.mark.parametrize("people", [9, 30])
async def test_no_byte_and_no_screen_tells_who_objected(
    people: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = []
    with caplog.at_level(logging.DEBUG):
        for objects in (0, people - 2, people // 2):
            folder, answers = tmp_path / str(objects), everybody(people, objects)
            # Where people sit is chance, and so is who of them objects.
            random.Random(objects).shuffle(answers)
            caplog.clear()

            async def main(folder: Path = folder, answers: list[dict[str, Answer]] = answers) -> None:
                async with house(folder, people, played=sharing_power()) as here:
                    shown = await session(here, answers)
                    logged = [record.getMessage() for record in caplog.records if record.name.startswith("tisu")]
                    found.append((here.left_behind(), shown, logged))

            await main()
    assert len(found[0][0]) > 3
    assert ("By role" in str(found[0][1])) == (people == 30)
    for other in found[1:]:
        assert other == found[0]
