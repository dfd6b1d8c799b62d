"""Steps that take from each other, in a real room: what comes, what never came, and how much of it there can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, press, reply, seen

from tisu_tui.core.form import By
from tisu_tui.core.shown import Say
from tisu_tui.session.commands import Direction, Enter, Prepare
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import State
from tisu_tui.view.view import Role

SOURCE = """---
tisu: 1
title: One after the other
---

## Our words

`draft` `id words`

1. We will
2. You can expect

## Could you stand behind it?

`sense` `id behind` `from words`

## Which comes first?

`rank` `id first` `from words` `we decide`

## Is it there?

`review` `id there` `from first`

## Can we try it?

`consent` `id try` `from first` `we decide`

## The end

`close`
"""


async def test_lines_go_from_the_scribe_to_everybody_and_on_to_a_decision(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 12)
        await go_to(room, "words")
        for field, text in (("we-will", "We answer in a week."), ("you-can-expect", "A name to call.")):
            assert isinstance(await room.submit(Enter(room.session.place, field, (text,))), Done)
        await go_to(room, "behind")
        assert [field.title for field in room.session.form(12).fields] == [
            "We answer in a week.",
            "A name to call.",
        ]
        for seat in seats:
            for asked in room.session.form(12).fields:
                assert isinstance(await reply(room, seat, asked.id, ("4",)), Done)
        await go_to(room, "first")
        for seat in seats:
            order = ("a-name-to-call", "we-answer-in-a-week")
            assert isinstance(await reply(room, seat, "choice", order), Done)
        await go_to(room, "first", "shown")
        first = room.session.step
        assert first is not None
        said = first.activity.describe(room.session.rounds_of(first))
        assert Say("“A name to call” was chosen most.") in said
        await go_to(room, "try")
        assert room.session.form(12).fields[0].title == "“A name to call.”"


@pytest.mark.parametrize("people", [3, 6, 12])
async def test_a_step_whose_source_was_skipped_opens_only_once_something_is_typed(people: int, tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await join(room, people)
        await go_to(room, "words", "open")
        assert isinstance(await press(room, Direction.SKIP), Done)
        for name in ("behind", "first"):
            await go_to(room, name, "waiting")
            refused = await press(room)
            assert isinstance(refused, Refused)
            assert refused.why.startswith("Nothing opens yet. First type what")
            assert room.session.place.state is State.WAITING
            assert (await seen(room, Role.SCREEN)).unsettled
            assert isinstance(await room.submit(Prepare(room.session.place, ("We answer in a week.",))), Done)
            await go_to(room, name)
            assert not room.session.form(people).is_empty
            assert isinstance(await press(room, Direction.SKIP), Done)
        # What a vote was about is there to be asked about, also if the vote came to nothing.
        await go_to(room, "try")
        assert [option.label for option in room.session.given(room.session.workshop.steps[4]).options] == [
            "We answer in a week."
        ]


async def test_whoever_is_alone_goes_past_what_has_no_choices(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        await join(room, 1)
        await go_to(room, "try")
        form = room.session.form(1)
        assert (form.by, form.fields) == (By.NOBODY, ())
        assert form.talk.startswith("There is nothing to choose from yet.")


async def test_the_facilitator_types_what_never_came_up_to_sixty_lines(tmp_path: Path) -> None:
    async with a_room(tmp_path, new_session(SOURCE)) as room:
        seats = await join(room, 10)
        await go_to(room, "first", "waiting")
        texts = tuple(f"Line {n}" for n in range(1, 61))
        assert isinstance(await room.submit(Prepare(room.session.place, texts)), Done)
        await go_to(room, "first")
        (field,) = room.session.form(10).fields
        order = tuple(f"n{n}" for n in range(60, 0, -1))
        for seat in seats:
            assert isinstance(await reply(room, seat, field.id, order), Done)
        await go_to(room, "first", "shown")
        assert room.session.place.state is State.SHOWN
        step = room.session.step
        assert step is not None
        (released,) = room.session.rounds_of(step)
        assert [option.label for option in step.activity.offers(released)] == ["Line 60"]
