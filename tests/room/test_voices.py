"""Roles in a room: where people are asked for theirs, what is kept of it, and what is asked aloud instead."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rooms import a_room, go_to, join, new_session, reply, seen, stored

from tisu_tui.core.form import By, Option, Order, Pick, Value, Write
from tisu_tui.core.released import Finding, Found, ReleasedTally, ReleasedVoice
from tisu_tui.core.shown import Say, WordTable, withheld_sentence
from tisu_tui.memory.past import past
from tisu_tui.notes.read import read_note
from tisu_tui.notes.write import render
from tisu_tui.plain.shown import shown_lines
from tisu_tui.privacy.roles import FIELD
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import CountHands, CountPapers, Direction, Go, Judge, Leave, Strike
from tisu_tui.session.outcomes import Done
from tisu_tui.session.readback import reading
from tisu_tui.session.session import Fate, Session
from tisu_tui.view.remarks import has_gap
from tisu_tui.view.view import Role

SOURCE = """---
tisu: 1
title: The rota
voices: [leader, staff, lived experience]
---

# The rota

## Which one?

`choose 1` `id which` `by voice` `we decide`

- [ ] Rota
- [ ] Budget
- [ ] Handover

## How far are we?

`rate` `id rows` `by voice` `sureness`

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: Partly in place

## Which order?

`rank` `id order` `by voice` `we decide`

- [ ] Rota
- [ ] Budget

## Can we try it?

`consent` `id try` `we decide`
"""
VOICES = ("leader", "staff", "lived experience")
TOO_FEW = "There are too few of us to compare roles, so we won't ask yours."
ALOUD = "Let's check aloud: is each voice here, and was it heard? Leader, staff, lived experience."


@asynccontextmanager
async def voting(folder: Path, people: int) -> AsyncIterator[tuple[LiveRoom, list[str]]]:
    async with a_room(folder, new_session(SOURCE)) as room:
        yield room, await join(room, people)


async def answer(room: LiveRoom, seats: Sequence[str], field: str, values: Sequence[Value | None]) -> None:
    for seat, value in zip(seats, values, strict=True):
        assert isinstance(await reply(room, seat, field, value), Done)


def roles(people: int) -> list[Value | None]:
    return [(VOICES[n % 3],) for n in range(people)]


def in_turn(*letters: str) -> list[Value | None]:
    """Say what each person of each role chose, by its first letter, in the order in which they sit."""
    named = {"r": "rota", "b": "budget", "h": "handover"}
    return [(named[each],) for turn in zip(*letters, strict=True) for each in turn]


async def lines_shown(room: LiveRoom) -> str:
    return "\n".join(shown_lines((await seen(room, Role.SCREEN)).shown))


async def test_the_question_comes_first_and_lies_with_the_answer(tmp_path: Path) -> None:
    async with voting(tmp_path, 30) as (room, seats):
        await go_to(room, "which")
        view = await seen(room, Role.PARTICIPANT, seats[0])
        assert view.form is not None
        assert [field.id for field in view.form.fields] == [FIELD, "choice"]
        assert "may also be shown by role" in view.promise
        assert await reply(room, seats[0], FIELD, ("leader",)) == Done()
        assert await reply(room, seats[1], FIELD, None) == Done()
        box = stored(tmp_path)[1]
        assert box is not None
        # One token for both, so that nothing has to join them, and another in each step.
        assert await reply(room, seats[0], "choice", ("rota",)) == Done()
        kept = stored(tmp_path)[1]
        assert kept is not None
        assert {FIELD: ("leader",), "choice": ("rota",)} in kept.answers.values()
        # In the next step there is a Box of its own, and nothing in it yet.
        await go_to(room, "rows")
        fresh = stored(tmp_path)[1]
        assert fresh is not None
        assert (fresh.key == kept.key, dict(fresh.answers)) == (False, {})


@pytest.mark.parametrize(("people", "by"), [(1, By.NOBODY), (4, By.SCRIBE), (6, By.EVERYONE), (29, By.EVERYONE)])
async def test_with_too_few_nobody_is_asked_and_the_check_is_aloud(tmp_path: Path, people: int, by: By) -> None:
    async with voting(tmp_path, people) as (room, seats):
        await go_to(room, "which")
        view = await seen(room, Role.PARTICIPANT, seats[0])
        assert view.form is not None
        assert view.form.by is by
        assert view.form.field(FIELD) is None
        assert (TOO_FEW in view.promise) == (people > 1)
        desk = (await seen(room, Role.FACILITATOR)).desk
        assert desk is not None
        assert (ALOUD in desk.notes) == (people > 1)
        await go_to(room, "rows", "waiting")
        assert ALOUD not in str(render(room.session))


async def test_the_spoken_check_is_on_every_screen_once_the_result_is_shown(tmp_path: Path) -> None:
    async with voting(tmp_path, 9) as (room, seats):
        await go_to(room, "which", "shown")
        for role in Role:
            assert Say(ALOUD) in (await seen(room, role, seats[0])).shown
        # Where roles are never told, there is nothing to say about them.
        await go_to(room, "try")
        view = await seen(room, Role.PARTICIPANT, seats[0])
        assert TOO_FEW not in view.promise


async def test_roles_stand_side_by_side_on_screens_in_notes_and_in_data(tmp_path: Path) -> None:
    async with voting(tmp_path, 30) as (room, seats):
        await go_to(room, "which")
        await answer(room, seats, FIELD, roles(30))
        await answer(room, seats, "choice", in_turn("rrrrrrrbbh", "rrbbbbbbbh", "rrrbbbhhhh"))
        await go_to(room, "which", "shown")
        said = await lines_shown(room)
        assert "Rota. Leader: 70% (7 of 10). Staff: 20% (2 of 10). Lived experience: 30% (3 of 10)." in said
        assert "People in different roles see this differently." in said
        await go_to(room, "rows")
        await answer(room, seats, FIELD, roles(30))
        for field, middle in (("R1", 1), ("R2", 2)):
            await answer(room, seats, field, [(str(middle + (n % 5 == 0)),) for n in range(30)])
        await go_to(room, "rows", "shown")
        rated = await lines_shown(room)
        assert "R2 Leaders have been trained. Leader: 2 Early steps. Staff: 2 Early steps." in rated
        await go_to(room, "order")
        await answer(room, seats, FIELD, roles(30))
        await answer(room, seats, "choice", in_turn("rrrrrrrrbb", "rbbbbbbbbb", "rrrrbbbbbb"))
        await go_to(room, "order", "shown")
        (table,) = (
            part
            for part in (await seen(room, Role.SCREEN)).shown
            if isinstance(part, WordTable) and part.title == "By role"
        )
        assert table.columns == ("Put first by", "Leader", "Staff", "Lived experience")
        files = render(room.session)
        (notes, data, rows) = (
            next(content.decode("utf-8-sig") for name, content in files.items() if name.endswith(ending))
            for ending in (".md", ".json", ".csv")
        )
        assert "| Rota     | 70% (7 of 10) |" in notes
        (which,) = (each for each in json.loads(data)["steps"] if each["id"] == "which")
        told = {each["voice"]: each["questions"][0] for each in which["rounds"][0]["voices"]}
        assert told["staff"]["answered"] == 10
        assert "budget,Budget,7,,no,staff" in rows


async def test_a_second_time_roles_are_told_only_where_the_same_screens_take_part(tmp_path: Path) -> None:
    async with voting(tmp_path, 31) as (room, seats):

        async def told() -> bool:
            await go_to(room, "which")
            await answer(room, seats[:30], FIELD, roles(30))
            await answer(room, seats[:30], "choice", in_turn("rrrrrrrbbh", "rrbbbbbbbh", "rrrbbbhhhh"))
            await go_to(room, "which", "shown")
            closed = room.session.rounds[-1].closed
            assert closed is not None
            told = [isinstance(voice.tallies[0].answered, int) for voice in closed.voices]
            return bool(told) and all(told)

        assert await told()
        assert await room.submit(Go(room.session.place, Direction.AGAIN)) == Done()
        assert await told()
        assert await room.submit(Leave(seats[30])) == Done()
        assert await room.submit(Go(room.session.place, Direction.AGAIN)) == Done()
        assert not await told()


async def test_one_role_too_small_hides_all_of_them_and_gives_no_reason(tmp_path: Path) -> None:
    shown = []
    named: list[list[Value | None]] = [[*roles(30)[:29], None], [("leader",)] * 30]
    for n, each in enumerate(named):
        folder = tmp_path / str(n)
        folder.mkdir()
        async with voting(folder, 30) as (room, seats):
            await go_to(room, "which")
            await answer(room, seats, FIELD, each)
            await answer(room, seats, "choice", [("rota",)] * 16 + [("budget",)] * 14)
            await go_to(room, "which", "shown")
            shown.append(await lines_shown(room))
    assert shown[0] == shown[1]
    assert "Rota: 16\nBudget: 14" in shown[0]
    assert "By role.\nLeader. Answer: not shown." in shown[0]
    assert withheld_sentence() in shown[0]


async def test_roles_go_with_the_numbers_where_most_people_left(tmp_path: Path) -> None:
    async with voting(tmp_path, 30) as (room, seats):
        await go_to(room, "which")
        await answer(room, seats, FIELD, roles(30))
        await answer(room, seats, "choice", [("rota",)] * 30)
        for seat in seats[9:]:
            assert await room.submit(Leave(seat)) == Done()
        await go_to(room, "which", "shown")
        closed = room.session.rounds[-1].closed
        assert closed is not None
        assert closed.tallies[0].finding(Finding.WINNER) == (("rota",),)
        tallies = [*closed.tallies, *(tally for voice in closed.voices for tally in voice.tallies)]
        assert not any(isinstance(n, int) for tally in tallies for n in (*tally.counts, tally.answered))


async def test_answers_on_paper_have_no_role(tmp_path: Path) -> None:
    async with voting(tmp_path, 30) as (room, seats):
        assert await room.submit(CountHands(2)) == Done()
        await go_to(room, "which")
        await answer(room, seats, FIELD, roles(30))
        await answer(room, seats, "choice", [("rota",) if n % 2 else ("budget",) for n in range(30)])
        counted = await room.submit(CountPapers(room.session.place, (("1", 2),)))
        assert counted == Done(said="Counted on paper: 2 of 2.")
        await go_to(room, "which", "shown")
        (round_,) = room.session.rounds
        assert round_.closed is not None
        assert round_.closed.tallies[0].counts == (17, 15, 0)
        assert [voice.voice for voice in round_.closed.voices] == list(VOICES)


async def test_consent_is_never_told_by_role(tmp_path: Path) -> None:
    async with voting(tmp_path, 18) as (room, seats):
        await go_to(room, "try")
        view = await seen(room, Role.PARTICIPANT, seats[0])
        assert view.form is not None
        assert [field.id for field in view.form.fields] == ["position", "reason"]
        assert "role" not in view.promise


async def test_a_consent_that_falls_under_its_floor_keeps_nothing_and_offers_to_talk(tmp_path: Path) -> None:
    async with voting(tmp_path, 6) as (room, seats):
        await go_to(room, "try")
        await answer(room, seats[:4], "position", [("agree",)] * 3 + [("object",)])
        await answer(room, seats[3:4], "reason", [("Nights would have nobody",)])
        await go_to(room, "try", "shown")
        said = await lines_shown(room)
        assert withheld_sentence() in said
        assert "If you like, we can talk about it instead." in said
        kept = room.session.rounds[-1]
        assert kept.closed is not None
        assert not any(tally.found for tally in kept.closed.tallies)
        assert (kept.closed.voices, kept.held) == ((), ())
        assert b"Nights" not in (tmp_path / "7k3m.json").read_bytes()


def of_role(counts: tuple[int, ...] = (), middle: int = 0, points: int = 5) -> ReleasedVoice:
    """Make what is told of a role: how many chose what, or the middle of a rating on so many points."""
    found = (Found(Finding.MEDIAN, ((str(middle),),)),) if middle else ()
    options = tuple(Option(str(n), f"Point {n}") for n in range(1, (len(counts) or points) + 1))
    numbers = counts or (2,) * points
    return ReleasedVoice("staff", (ReleasedTally("it", "", options, numbers, sum(numbers), found),))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (of_role((7, 2, 1)), of_role((2, 7, 1)), True),
        (of_role((4, 4, 2)), of_role((5, 3, 2)), False),
        (of_role((4, 3, 3)), of_role((3, 4, 3)), True),
        (of_role((6, 4, 0)), of_role((6, 1, 3)), True),
        (of_role(middle=1), of_role(middle=2), True),
        (of_role(middle=2), of_role(middle=2), False),
        (of_role(middle=1, points=6), of_role(middle=2, points=6), False),
        (of_role(middle=1, points=6), of_role(middle=3, points=6), True),
    ],
)
def test_roles_are_far_apart_by_a_quarter_or_where_they_chose_otherwise(
    one: ReleasedVoice, other: ReleasedVoice, *, apart: bool
) -> None:
    assert has_gap([one, other]) == has_gap([other, one]) == apart


CHOICES = "- [ ] Rota\n- [ ] Budget\n- [ ] Handover"
POINTS = "- 1: Not started\n- 2: Early steps\n- 3: Partly in place"
EVERY_KIND = {
    "choose 1": CHOICES,
    "choose up to 2": CHOICES,
    "choose any": CHOICES,
    "dots 3": CHOICES,
    "rank": CHOICES,
    "scale": POINTS,
    "rate": f"1. `R1` People can see it.\n2. `R2` Leaders have been trained.\n\n{POINTS}",
}


def every_kind() -> Session:
    """Hold a step of each kind that can show roles, with two of them."""
    steps = (
        f"## Step {n}\n\n`{kind}` `id k{n}` `by voice`\n\n{lists}\n"
        for n, (kind, lists) in enumerate(EVERY_KIND.items())
    )
    return new_session("---\ntisu: 1\ntitle: The rota\nvoices: [leader, staff]\n---\n\n" + "\n".join(steps))


@pytest.mark.parametrize("habit", ["anything", "the last choice", "nothing"])
async def test_whatever_people_answer_a_step_with_roles_closes_and_is_told(tmp_path: Path, habit: str) -> None:
    """The last choice of a rating is that it does not apply, or that nobody knows: then there is no middle."""
    chance = random.Random(habit)

    def value(field: Pick | Order | Write) -> Value | None:
        if habit == "nothing" or isinstance(field, Write) or (habit == "anything" and chance.random() < 0.1):
            return None
        return (field.options[-1].id,) if habit != "anything" else (chance.choice(field.options).id,)

    async with a_room(tmp_path, every_kind()) as room:
        seats = await join(room, 21)
        for n in range(len(EVERY_KIND)):
            await go_to(room, f"k{n}")
            form = room.session.form(len(seats))
            assert form.fields[0].id == FIELD
            for at, seat in enumerate(seats):
                given: dict[str, Value | None] = {FIELD: (("leader", "staff")[at % 2],)}
                assert await reply(room, seat, FIELD, given[FIELD]) == Done()
                while field := form.pending(given):
                    given[field.id] = value(field)
                    assert await reply(room, seat, field.id, given[field.id]) == Done()
            await go_to(room, f"k{n}", "shown")
            assert ("By role" in await lines_shown(room)) == (habit != "nothing")
        (notes,) = (content for name, content in render(room.session).items() if name.endswith(".md"))
        assert read_note(notes.decode()).past == past(room.session)
        # What was stored is what is told, also after the host was stopped.
        assert stored(tmp_path)[0] == room.session


async def test_a_line_that_is_struck_goes_from_the_results_by_role_too(tmp_path: Path) -> None:
    source = SOURCE.replace("- [ ] Rota\n- [ ] Budget\n- [ ] Handover\n", "").replace(
        "`id which`", "`from ideas` `id which`"
    )
    source = source.replace("## Which one?", "## Ideas\n\n`gather` `id ideas`\n\n## Which one?")
    async with a_room(tmp_path, new_session(source)) as room:
        seats = await join(room, 30)
        await go_to(room, "ideas")
        await answer(room, seats, "ideas", [(f"what Kim said {n}",) for n in range(30)])
        await go_to(room, "ideas", "closed")
        await room.submit(Judge(room.session.place, (1, 2), Fate.KEPT))
        await go_to(room, "which")
        await answer(room, seats, FIELD, roles(30))
        field = room.session.form(30).fields[1]
        assert isinstance(field, Pick)
        await answer(room, seats, "choice", [(field.options[n % 2].id,) for n in range(30)])
        await go_to(room, "which", "shown")
        assert room.session.rounds[-1].closed
        assert room.session.rounds[-1].closed.voices
        await room.submit(Go(room.session.place, Direction.END))
        while line := next((each for each in reading(room.session) if "Kim" in each.text), None):
            assert isinstance(await room.submit(Strike(line)), Done)
        await room.submit(Go(room.session.place, Direction.END))
        assert "Kim" not in (tmp_path / "7k3m.json").read_text()
        assert b"Kim" not in b"".join(render(room.session).values())
