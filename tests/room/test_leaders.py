"""Lines about leaders are asked only where three or more lead; else each person only thinks about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, press, reply, seen, stored

from tisu_tui.notes.write import render
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import CountLeaders, Sent, TakeBack
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.view.view import Role

SOURCE = """---
tisu: 1
title: A pulse
people: 8-12
---

# A pulse

## How free are people here?

`rate` `id pulse`

1. `E1` People here can suggest a change.
2. `E5 about leaders` Leaders here share decisions.

- 1: Not at all
- 2: A little
- 3: Partly
- 4: Mostly
- 5: Fully

## The end

`close`
"""


async def asked(room: LiveRoom) -> list[str]:
    form = (await seen(room, Role.PARTICIPANT)).form
    assert form is not None
    return [question.id for question in form.fields]


@pytest.mark.parametrize(("leaders", "fields"), [(None, ["E1"]), (0, ["E1"]), (2, ["E1"]), (3, ["E1", "E5"])])
async def test_a_line_about_leaders_is_asked_from_three_leaders_up(
    tmp_path: Path, leaders: int | None, fields: list[str]
) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 9)
        if leaders is not None:
            assert isinstance(await room.submit(CountLeaders(leaders)), Done)
        await go_to(room, "pulse")
        assert await asked(room) == fields
        told = " ".join(block.text for block in (await seen(room, Role.PARTICIPANT)).body)
        assert ("Leaders here share decisions" in told) == (fields == ["E1"])
        for seat in seats:
            for field in fields:
                assert isinstance(await reply(room, seat, field, ("3",)), Done)
        await press(room)
        await press(room)
        notes = "\n".join(part.decode() for part in render(stored(tmp_path)[0]).values())
        assert ("Only thought about, and not asked: “E5 Leaders here share decisions.”" in notes) == (fields == ["E1"])
        assert ("| E5 Leaders here share decisions." in notes) == (fields == ["E1", "E5"])


async def test_the_lobby_asks_once_how_many_lead_and_whether_so_many_fit(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 3)
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        assert any("how many here lead others" in concern for concern in desk.concerns)
        assert any("is written for 8 to 12 people" in concern for concern in desk.concerns)
        assert any("How many of us lead others?" in each for each in (await seen(room, Role.PARTICIPANT)).lobby)
        await room.submit(CountLeaders(3))
        seats += await join(room, 6)
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        assert not any("lead" in concern or "written for" in concern for concern in desk.concerns)
        assert not any("lead" in each for each in (await seen(room, Role.PARTICIPANT)).lobby)


async def test_who_leads_is_not_changed_under_an_open_question_and_can_be_taken_back(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await join(room, 9)
        assert isinstance(await room.submit(CountLeaders(2001)), Refused)
        done = await room.submit(Sent("mine", CountLeaders(4)))
        assert isinstance(done, Done)
        assert isinstance(await room.submit(Sent("mine", TakeBack(done.changed))), Done)
        assert room.session.leaders is None
        await go_to(room, "pulse")
        assert isinstance(await room.submit(CountLeaders(4)), Refused)
    (tmp_path / "moon").mkdir()
    async with a_room(tmp_path / "moon") as room:
        assert isinstance(await room.submit(CountLeaders(4)), Refused)


async def test_nobody_is_asked_anything_where_all_lines_are_about_two_leaders(tmp_path: Path) -> None:
    alone = new_session(SOURCE.replace("1. `E1` People here can suggest a change.\n", ""))
    async with a_room(tmp_path, alone) as room:
        await join(room, 9)
        await go_to(room, "pulse")
        view = await seen(room, Role.PARTICIPANT)
        assert view.form is not None
        assert not view.form.fields
        assert "thinks about this" in view.form.talk
