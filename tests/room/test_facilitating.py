"""Facilitating freely: steps of any kind are added and moved, and what the facilitator has no hand in stays."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rooms import SOURCE, a_room, go_to, join, new_session, press, reply, seen, stored

from tisu_tui.activities import kinds
from tisu_tui.core.form import Pick
from tisu_tui.notes.write import render
from tisu_tui.room.pacing import resumed
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Add, CountHands, CountPapers, Direction, Go, Judge, Prepare, Reorder
from tisu_tui.session.outcomes import Done, Refused, Stale
from tisu_tui.session.session import Fate, Place
from tisu_tui.view.view import Role

SORTING = """---
tisu: 1
title: A day
---

# A day

## What helps?

`gather` `id helps`

## Which first?

`choose` `id first` `from helps`
"""


def _titles(room: LiveRoom) -> list[str]:
    return [step.title for step in room.session.workshop.steps]


def _ids(room: LiveRoom) -> list[str]:
    return [step.id for step in room.session.workshop.steps]


@pytest.mark.parametrize("kind", list(kinds()))
async def test_a_step_of_any_kind_is_added_opens_and_is_there_after_a_crash(tmp_path: Path, kind: str) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await go_to(room, "ideas", "shown")
        words = "One more?"
        if isinstance(await room.submit(Add(room.session.place, kind, words)), Refused):
            # It goes through lines of its own.
            words = "One more?: the door is open | the light is soft"
            assert isinstance(await room.submit(Add(room.session.place, kind, words)), Done)
        added = room.session.workshop.steps[4]
        assert (added.kind, added.title) == (kind, words.partition(":")[0])
        while room.session.step is not added or room.session.place.state.value == "waiting":
            if isinstance(await press(room), Refused):
                # It takes its choices from ideas of which there are none.
                assert isinstance(await room.submit(Prepare(room.session.place, ("tea", "rain"))), Done)
        assert stored(tmp_path)[0] == room.session


@pytest.mark.parametrize(
    ("kind", "words", "labels"),
    [
        ("choose", "Which first?: swap shifts | two rotas", ["swap shifts", "two rotas"]),
        ("choose 1", "Vote: which?: 1. a | - b | *c*", ["1. a", "- b", "*c*"]),
        ("dots 2", "Where to begin: the rota | the room", ["the rota", "the room"]),
        ("scale", "How was it?: 1 bad | 2: fine | 3 good", ["1 bad", "2 fine", "3 good", "Don't know"]),
        ("scale", "How was it", ["1 Not at all", "2 A little", "3 Partly", "4 Mostly", "5 Very much", "Don't know"]),
        ("check-in", "Now?: -1 low | 0 to 1 well", ["−1 low", "0 to 1 well", "Mixed", "Not sure"]),
        ("rate", "How far?: we meet", ["1 Not started", "2 Early steps", "3 Partly in place"]),
    ],
)
async def test_what_can_be_chosen_is_given_in_the_same_line_or_is_ours(
    tmp_path: Path, kind: str, words: str, labels: list[str]
) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await press(room)
        assert isinstance(await room.submit(Add(room.session.place, kind, words)), Done)
        await press(room)
        await press(room)
        field = room.session.form(8).fields[0]
        assert isinstance(field, Pick)
        assert [option.label for option in field.options][: len(labels)] == labels


async def test_choices_that_were_not_given_come_from_the_step_before_and_it_says_so(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 8)
        await go_to(room, "ideas", "waiting")
        outcome = await room.submit(Add(room.session.place, "dots 3", "Which first? (we decide)"))
        assert outcome == Done(said="Its choices come from “What would you change?”. We decide this here.")
        added = room.session.workshop.steps[4]
        assert (added.title, added.from_id) == ("Which first?", "ideas")
        outcome = await room.submit(Add(room.session.place, "choose", "Which?: a | b"))
        assert outcome == Done(said="This is for information. Nothing is decided by it.")
        assert seats


@pytest.mark.parametrize(
    ("kind", "words", "why"),
    [
        ("choose", "Which first?", "fewer than two choices. Write it like: add choose Which first?: "),
        ("choose", "Which first?: one |", "fewer than two choices. Write it like: "),
        ("choose", "Which a | b", "put a colon between the title and the lines. Write it like: "),
        ("rate", "How far?", "nothing to go through. Write it like: add rate "),
        ("scale", "How?: bad | good", "“bad” has no number, like: 1 bad. Write it like: add scale "),
        ("scale", "How?: 2 bad | 1 good", "out of order. Write it like: add scale "),
        ("sandwich", "For all", "no kind “sandwich”"),
    ],
)
async def test_what_cannot_be_added_is_refused_in_words(tmp_path: Path, kind: str, words: str, why: str) -> None:
    async with a_room(tmp_path) as room:
        before = room.session
        outcome = await room.submit(Add(room.session.place, kind, words))
        assert isinstance(outcome, Refused)
        assert why in outcome.why
        assert room.session == before


async def test_choices_that_were_begun_are_not_filled_up_from_elsewhere(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await go_to(room, "ideas", "shown")
        assert isinstance(await room.submit(Add(room.session.place, "choose", "Which?: one |")), Refused)


async def test_steps_whose_ids_are_their_numbers_stay_where_they_are(tmp_path: Path) -> None:
    source = SOURCE.replace("## What gets in the way?\n\n`capture` `id ways`", "## ⁇\n\n`capture`")
    source = source.replace("## Who does what?", "## ⁈")

    async with a_room(tmp_path, new_session(source)) as room:
        assert _ids(room)[6:8] == ["step-7", "step-8"]
        for command in (Reorder(Place(), 7, 8), Add(Place(), "talk", "A word")):
            outcome = await room.submit(command)
            assert isinstance(outcome, Refused)
            assert "need ids" in outcome.why
        assert await room.submit(Reorder(Place(), 2, 3)) == Done()


async def test_steps_to_come_are_moved_and_keep_their_ids_after_a_crash(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 8)
        await go_to(room, "rows")
        await reply(room, seats[0], "R1", ("2",))
        ids = _ids(room)
        assert await room.submit(Reorder(room.session.place, 7, 4)) == Done()
        assert _ids(room) == [*ids[:3], "ways", *ids[3:6], *ids[7:]]
        assert room.session.step is not None
        assert room.session.step.id == "rows"
        assert room._kept.box is not None
        assert room._kept.box.answer(seats[0]) == {"R1": ("2",)}
        session, box = stored(tmp_path)
        assert (session, box) == (room.session, room._kept.box)
        assert await room.submit(Reorder(room.session.place, 4, 7)) == Done()
        assert _ids(room) == ids


async def test_no_step_comes_before_what_it_builds_on_or_among_those_behind_us(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await go_to(room, "rows", "waiting")
        before = room.session
        for number, to, why in (
            (5, 4, "takes from"),  # which, before ideas that it takes from
            (4, 6, "takes from"),
            (3, 5, "still to come"),
            (5, 3, "still to come"),
            (5, 99, "still to come"),
        ):
            outcome = await room.submit(Reorder(room.session.place, number, to))
            assert isinstance(outcome, Refused)
            assert why in outcome.why
        assert room.session == before
        place = room.session.place
        await press(room)
        assert await room.submit(Reorder(place, 7, 4)) == Stale()


async def test_a_step_that_was_reached_is_not_moved_after_going_back(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await go_to(room, "ideas", "shown")
        await press(room, Direction.BACK)
        await press(room, Direction.BACK)
        assert isinstance(await room.submit(Reorder(room.session.place, 3, 4)), Refused)
        reached = room.session.workshop.steps[room.session.furthest].id
        assert isinstance(await room.submit(Add(room.session.place, "talk", "A word")), Done)
        assert room.session.workshop.steps[room.session.furthest].id == reached == "ideas"


CHOICE = ("choose", "Which?: tea | rain | sun")


async def _open_choice(room: LiveRoom, people: int, hands: int) -> list[str]:
    """Open a question with one choice each, in a room where some have no device."""
    seats = await join(room, people)
    await room.submit(CountHands(hands))
    await press(room)
    await room.submit(Add(room.session.place, *CHOICE))
    await press(room)
    await press(room)
    return seats


async def test_answers_on_paper_are_counted_with_the_others_and_labelled(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await _open_choice(room, 10, 4)
        for seat in seats:
            await reply(room, seat, "choice", ("tea",))
        place = room.session.place
        assert isinstance(await room.submit(CountPapers(place, (("1", 4),))), Done)
        outcome = await room.submit(CountPapers(place, (("2", 3), ("3", 0))))
        assert outcome == Done(said="Counted on paper: 3 of 4.")
        await press(room)
        assert await room.submit(CountPapers(place, (("2", 3),))) == Stale()
        released = room.session.rounds[-1].released
        assert released is not None
        tally = released.tally("choice")
        assert tally is not None
        assert tally.counts == (10, 3, 0)
        await press(room)
        sentence = "People without a device were asked by hand, on paper or on a shared laptop."
        for role in Role:
            assert sentence in repr((await seen(room, role)).shown)
        await room.submit(Go(room.session.place, Direction.END))
        await room.submit(Go(room.session.place, Direction.END))
        (text,) = (text for name, text in render(room.session).items() if name.endswith(".md"))
        assert sentence in text.decode()


async def test_no_more_are_counted_on_paper_than_have_no_device_even_after_a_crash(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        await _open_choice(room, 8, 2)
        place = room.session.place
        for counts, why in (
            ((("1", 3),), "more than the 2"),
            ((("4", 1),), "no choice 4"),
            ((("0", 1),), "no choice 0"),
        ):
            outcome = await room.submit(CountPapers(place, counts))
            assert isinstance(outcome, Refused)
            assert why in outcome.why
        assert isinstance(await room.submit(CountPapers(place, (("1", 1), ("2", 1)))), Done)
        assert isinstance(await room.submit(CountHands(1)), Refused)
    session, box = resumed(*stored(tmp_path), random.Random(1))
    async with a_room(tmp_path, session, box) as room:
        assert isinstance(await room.submit(CountPapers(room.session.place, (("1", 1),))), Refused)


async def test_the_file_does_not_tell_which_answers_were_on_paper(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await _open_choice(room, 8, 1)
        await room.submit(CountPapers(room.session.place, (("3", 1),)))
        await reply(room, seats[0], "choice", ("tea",))
        text = (tmp_path / "7k3m.json").read_text()
        assert room._kept.secret not in text
        _session, box = stored(tmp_path)
        assert box is not None
        assert {frozenset(answer) for answer in box.answers.values()} == {frozenset({"choice"})}
        assert {len(token) for token in box.answers} == {64}


@pytest.mark.parametrize(("step", "why"), [("arrive", "about the person"), ("rows", "one choice for each person")])
async def test_what_is_about_a_person_or_asks_several_things_is_not_counted_on_paper(
    tmp_path: Path, step: str, why: str
) -> None:
    async with a_room(tmp_path) as room:
        await join(room, 8)
        await room.submit(CountHands(2))
        await go_to(room, step, "waiting")
        assert isinstance(await room.submit(CountPapers(room.session.place, (("1", 1),))), Refused)
        await press(room)
        outcome = await room.submit(CountPapers(room.session.place, (("1", 1),)))
        assert isinstance(outcome, Refused)
        assert why in outcome.why.casefold()


async def test_paper_does_not_stand_for_people_who_have_a_screen_in_the_progress(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await _open_choice(room, 5, 5)
        screen = room.watch(Role.SCREEN)
        await room.submit(CountPapers(room.session.place, (("1", 5),)))
        await reply(room, seats[0], "choice", ("tea",))
        async for view in screen:
            if view.progress != "Waiting for answers.":
                assert view.progress == "Some of the room has answered."
                break


async def test_a_vote_without_choices_says_that_words_wait_to_be_sorted_until_they_are(tmp_path: Path) -> None:
    async def concerns() -> str:
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        return " ".join(desk.concerns)

    async with a_room(tmp_path, new_session(SORTING)) as room:
        seats = await join(room, 8)
        await go_to(room, "helps")
        for seat in seats:
            await reply(room, seat, "ideas", ("tea",))
        await go_to(room, "helps", "shown")
        await press(room)
        assert "What people wrote in “What helps?” is not sorted yet." in await concerns()
        await press(room, Direction.BACK)
        await room.submit(Judge(room.session.place, (1,), Fate.KEPT))
        await press(room)
        assert "not sorted" not in await concerns()
        assert [option.label for option in room.session.options(room.session.workshop.steps[1])] == ["tea"]
