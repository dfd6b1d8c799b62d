"""Each person reads the choices in an order of their own, and their answer means the same everywhere."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from line_terminal import INVITATION, LineTerminal
from rooms import a_room, go_to, join, new_session, reply, seen, stored
from terminal_double import PyteTerminal

from tisu_tui.core.form import Form, Option, Pick
from tisu_tui.plain.participant import participate
from tisu_tui.room.pacing import resumed
from tisu_tui.screens.driver import run_app
from tisu_tui.screens.participant import ParticipantApp
from tisu_tui.session.commands import Join
from tisu_tui.session.outcomes import Done
from tisu_tui.view.view import Role

SOURCE = """---
tisu: 1
title: In any order
---

# In any order

## Which one?

`choose 1` `id which` `random order` `we decide`

- [ ] `rota` The rota
- [ ] `room` The room
- [ ] `tea` The tea
- [ ] `time` The time

## How far along?

`rate` `id rows` `random order` `sureness`

1. `R1` One.
2. `R2` Two.
3. `R3` Three.
4. `R4` Four.

- 1: Not started
- 2: Begun
- 3: In place
"""


@pytest.mark.parametrize("step", ["which", "rows"])
async def test_people_read_it_in_different_orders_which_they_keep(step: str, tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 12)
        await go_to(room, step)
        before = {seat: _order((await seen(room, Role.PARTICIPANT, seat)).form) for seat in seats}
        assert len(set(before.values())) > 1
        assert len({tuple(sorted(order)) for order in before.values()}) == 1
        wall = (await seen(room, Role.SCREEN)).form
        assert wall == room.session.form(12)
        name, value = ("which", "tea") if step == "which" else ("R2", "3")
        assert await reply(room, seats[0], _name(room.session.form(12), name), (value,)) == Done()
    opened, box = resumed(*stored(tmp_path), random.Random(1))
    async with a_room(tmp_path, opened, box) as room:
        for seat in seats:
            assert await room.submit(Join(seat)) == Done(seat)
            assert _order((await seen(room, Role.PARTICIPANT, seat)).form) == before[seat]


async def test_what_is_typed_is_the_choice_that_stands_there_for_that_person(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room, asyncio.TaskGroup() as group:
        seats = await join(room, 6)
        await go_to(room, "which")
        chosen = set()
        for words in seats[:3]:
            terminal = LineTerminal()
            visit = group.create_task(participate(room, terminal, words, INVITATION))
            [shown] = [line for line in await terminal.asked("Which one?") if line.startswith("1. ")]
            terminal.enter("1")
            assert (await terminal.until("Recorded: "))[-1] == f"Recorded: {shown.removeprefix('1. ')}."
            terminal.hang_up()
            await visit
        for words in seats[3:]:
            full = PyteTerminal(80, 30)
            visit = group.create_task(run_app(ParticipantApp(room, words, INVITATION), full))
            await full.until("The rota")
            full.type(b"1\r")
            await full.until("Recorded")
            full.hang_up()
            await visit
        for words in seats:
            view = await seen(room, Role.PARTICIPANT, words)
            assert [*view.answer.values()] == [_order(view.form)[:1]]
            chosen.add(_order(view.form)[0])
        assert len(chosen) > 1


async def test_the_points_of_a_scale_and_what_follows_on_a_statement_stay_with_it(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 12)
        await go_to(room, "rows")
        asked = room.session.form(12)
        for seat in seats:
            form = (await seen(room, Role.PARTICIPANT, seat)).form
            assert form is not None
            assert set(form.fields) == set(asked.fields)
            for head, sure in zip(form.fields[::2], form.fields[1::2], strict=True):
                assert sure.after == head.id


def test_options_with_a_letter_stay_where_they_are() -> None:
    form = Form((Pick("scale", (Option("1", "1 Low"), Option("2", "2 High"), Option("dont-know", "Don't know", "d"))),))
    assert all(form.in_own_order(str(n)) == form for n in range(20))


def _order(form: Form | None) -> tuple[str, ...]:
    assert form is not None
    (first, *more) = form.fields
    assert isinstance(first, Pick)
    return tuple(question.id for question in form.fields) if more else tuple(option.id for option in first.options)


def _name(form: Form, name: str) -> str:
    return name if form.field(name) else form.fields[0].id
