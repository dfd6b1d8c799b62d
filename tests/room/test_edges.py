"""The edges: nobody there, nothing said, far too much of everything; the session goes on and tells nothing untrue."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from holding import Answering, Held, first_of_all, hold, passing, words_of
from rooms import a_room, go_to, join, new_session, press, reply, seen, stored

from tisu_tui.activities import kinds
from tisu_tui.core.form import By, Field, Value
from tisu_tui.core.form import Write as Words
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.core.shown import withheld_sentence
from tisu_tui.room.joining import MOST_SEATS
from tisu_tui.session.commands import Direction, Enter, Join, Judge, Keep, Leave, Prepare, WriteRecord
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import Fate, Session, Unsent
from tisu_tui.view.view import Role

FRONT = "---\ntisu: 1\ntitle: The edges\n---\n\n"
GATHER = "## Ideas\n\n`gather` `id ideas`\n\n"
END = "## Goodbye\n\n`talk`\n"
LISTS = {
    "choices": "- [ ] The rota\n- [ ] The door\n- [ ] The kettle\n",
    "numbered": "1. We listen.\n2. We stop on time.\n",
    "scale": "- 1: Not yet\n- 2: Partly\n- 3: Yes\n",
}
SAID = {"choose": "choose any", "dots": "dots 3", "rate": "rate` `sureness"}
"""How a kind is written, where it takes more than its name."""
TAKES = [name for name, kind in kinds().items() if "from" in kind.settings]


def settings_of(kind: str) -> str:
    return f"`{SAID.get(kind, kind)}`" + (" `we decide`" if kinds()[kind].is_vote else "")


def only(kind: str) -> Session:
    made = kinds()[kind]
    lists = "\n".join(text for name, text in LISTS.items() if name in made.lists and not made.plans_actions)
    return new_session(f"{FRONT}## The question\n\n{settings_of(kind)}\n\n{lists}\n{END}")


def after_ideas(kind: str) -> Session:
    return new_session(f"{FRONT}{GATHER}## The question\n\n{settings_of(kind)} `from ideas`\n\n{END}")


async def held(folder: Path, session: Session, people: int, answering: Answering | None) -> Held:
    """Hold a session, and give the run of its question."""
    folder.mkdir(exist_ok=True)
    async with a_room(folder, session) as room:
        runs = await hold(room, await join(room, people), answering)
    return next(run for run in runs if run.step.title == "The question")


@pytest.mark.parametrize("people", [3, 6, 12])
@pytest.mark.parametrize("kind", kinds())
async def test_nobody_answering_looks_like_everybody_passing(tmp_path: Path, kind: str, people: int) -> None:
    silent = await held(tmp_path / "silent", only(kind), people, None)
    passed = await held(tmp_path / "passed", only(kind), people, passing)
    assert silent.shown == passed.shown
    if silent.by is By.EVERYONE:
        assert withheld_sentence() in words_of(silent.shown) or kind == "needs"


@pytest.mark.parametrize("people", [6, 12])
@pytest.mark.parametrize("kind", kinds())
async def test_one_answer_among_passes_looks_like_none(tmp_path: Path, kind: str, people: int) -> None:
    spoke = False

    def once(asked: Field) -> Value | None:
        nonlocal spoke
        first, spoke = not spoke, True
        return first_of_all(asked) if first else None

    one = await held(tmp_path / "one", only(kind), people, once)
    if one.by is By.EVERYONE:
        none = await held(tmp_path / "none", only(kind), people, None)
        assert one.shown == none.shown


@pytest.mark.parametrize("kind", kinds())
async def test_of_one_person_alone_nothing_is_kept(tmp_path: Path, kind: str) -> None:
    async with a_room(tmp_path, only(kind)) as room:
        (seat,) = await join(room, 1)
        await press(room)
        await go_to(room, room.session.workshop.steps[0].id)
        form = room.session.form(1)
        assert form.by is By.NOBODY
        assert form.talk
        for asked in form.fields:
            assert not isinstance(await reply(room, seat, asked.id, first_of_all(asked)), Done)
            assert not isinstance(await room.submit(Enter(room.session.place, asked.id, ("a word",))), Done)
        assert isinstance(await room.submit(WriteRecord(RecordKind.ACTION, "do it @me 2026-12-01")), Refused)
        runs = await hold(room, [seat], first_of_all)
        assert not any(run.shown for run in runs)
    sealed, box = stored(tmp_path)
    assert box is None
    assert not sealed.records
    assert all(round_.closed is None or not (round_.closed.tallies or round_.entries) for round_ in sealed.rounds)


@pytest.mark.parametrize("kind", TAKES)
async def test_with_nothing_to_take_from_a_skipped_step_it_is_typed(tmp_path: Path, kind: str) -> None:
    async with a_room(tmp_path, after_ideas(kind)) as room:
        seats = await join(room, 12)
        await press(room)
        assert isinstance(await press(room, Direction.SKIP), Done)
        view = await seen(room, Role.FACILITATOR)
        assert view.desk is not None
        assert view.desk.takes_options
        runs = await hold(room, seats, first_of_all)
        assert runs[0].step.kind == kind
        if kind == "draft":
            # Words can be found without anything to begin from.
            assert runs[0].by is By.SCRIBE
            assert "a word" in words_of(runs[0].shown)
        else:
            assert runs[0].options == ("Typed here",)
        assert room.session.is_ended


@pytest.mark.parametrize("people", [3, 6, 12])
@pytest.mark.parametrize("kind", TAKES)
@pytest.mark.parametrize("number", [1, 60])
async def test_one_option_and_sixty_are_asked_and_told(tmp_path: Path, kind: str, people: int, number: int) -> None:
    texts = tuple(f"Idea number {n}" for n in range(1, number + 1))
    too_many = tuple(f"One of many: {n}" for n in range(61))

    async with a_room(tmp_path, after_ideas(kind)) as room:
        seats = await join(room, people)
        await press(room)
        await press(room, Direction.SKIP)
        assert isinstance(await room.submit(Prepare(room.session.place, too_many)), Refused)
        asked = texts
        if kinds()[kind].takes_one and number > 1:
            assert isinstance(await room.submit(Prepare(room.session.place, texts)), Refused)
            asked = texts[:1]
        assert isinstance(await room.submit(Prepare(room.session.place, asked)), Done)
        runs = await hold(room, seats, first_of_all)
        assert runs[0].by is (By.SCRIBE if people == 3 or kind in {"draft", "review"} else By.EVERYONE)
        told = words_of(runs[0].shown)
        if withheld_sentence() in told:
            # All six chose the same, so that telling what most chose would tell what each one chose.
            assert people == 6
        else:
            assert "Idea number 1" in told
            assert kind not in {"draft", "review", "sense"} or f"Idea number {number}" in told


async def test_of_five_hundred_texts_every_one_can_be_kept_and_taken_on(tmp_path: Path) -> None:
    def ten(asked: Field) -> Value:
        assert isinstance(asked, Words)
        return tuple(f"Words of somebody {chance.randrange(10**12)}" for _n in range(asked.many))

    chance = random.Random(5)

    async with a_room(tmp_path, after_ideas("choose")) as room:
        seats = await join(room, 50)
        await go_to(room, "ideas")
        form = room.session.form(50)
        said = [ten(form.fields[0]) for _seat in seats]
        for seat, value in zip(seats, said, strict=True):
            assert isinstance(await reply(room, seat, form.fields[0].id, value), Done)
        await press(room)
        at = room.session.round
        assert at is not None
        assert [line.text for line in at.held] == sorted((text for value in said for text in value), key=str.casefold)
        assert len(at.held) == 500
        everything = Judge(room.session.place, tuple(range(1, 501)), Fate.KEPT)
        assert isinstance(await room.submit(everything), Done)
        await go_to(room, "the-question")
        assert len(room.session.form(50).fields) == 1
        runs = await hold(room, seats, first_of_all)
        assert "Words of somebody" in words_of(runs[0].shown)


@pytest.mark.parametrize("people", [3, 12])
@pytest.mark.parametrize("kind", kinds())
async def test_ten_thousand_characters_are_cut_and_say_so(tmp_path: Path, kind: str, people: int) -> None:
    long = "long " * 2000

    def at_length(asked: Field) -> Value:
        return (long,) if isinstance(asked, Words) else first_of_all(asked)

    run = await held(tmp_path, only(kind), people, at_length)
    told = words_of(run.shown).splitlines()
    assert max(map(len, told), default=0) <= 320
    if run.typed and any("long" in text for text in run.typed):
        assert any(line.startswith("long long") and line.endswith("…") for line in told)
    assert (tmp_path / "7k3m.json").stat().st_size < 32_000
    json.loads((tmp_path / "7k3m.json").read_text("utf-8"))


@pytest.mark.parametrize("kind", kinds())
async def test_everybody_leaving_in_the_middle_hurts_nothing_and_tells_nothing(tmp_path: Path, kind: str) -> None:
    async with a_room(tmp_path, only(kind)) as room:
        seats = await join(room, 12)
        await go_to(room, room.session.workshop.steps[0].id)
        form = room.session.form(12)
        if form.by is By.EVERYONE:
            for seat in seats:
                assert isinstance(await reply(room, seat, form.fields[0].id, first_of_all(form.fields[0])), Done)
        for seat in seats:
            await room.submit(Leave(seat))
        assert isinstance(await press(room), Done)
        if form.by is By.EVERYONE:
            (last,) = room.session.rounds_of(room.session.workshop.steps[0])
            assert last.nothing
        await hold(room, seats, None)
        assert room.session.is_ended


async def test_somebody_who_joins_without_end_fills_no_disk_and_keeps_nobody_from_coming_back(tmp_path: Path) -> None:
    taken = frozenset(f"{n:064}" for n in range(MOST_SEATS - 2))
    async with a_room(tmp_path, replace(new_session(), register=taken)) as room:
        seats = await join(room, 3)
        assert len(seats) == 2
        assert isinstance(await room.submit(Join(is_new=True)), Refused)
        assert await room.submit(Join(seats[0])) == Done(seats[0])


async def test_what_is_written_down_has_an_end_and_says_so(tmp_path: Path) -> None:
    lines = tuple(Kept(f"a{n}", RecordKind.ACTION, f"Do thing {n}") for n in range(499))
    async with a_room(tmp_path, replace(new_session(), records=lines, made=499)) as room:
        await join(room, 6)
        await go_to(room, "ways")
        field = room.session.form(6).fields[0].id
        many = tuple(f"line {n}" for n in range(21))
        assert await room.submit(Enter(room.session.place, field, many)) == Refused("20 lines at most")
        assert isinstance(await room.submit(Enter(room.session.place, field, many[1:])), Done)
        assert isinstance(await room.submit(WriteRecord(RecordKind.DECISION, "We buy tea")), Done)
        assert await room.submit(WriteRecord(RecordKind.DECISION, "And milk")) == Refused("500 records at most")


async def test_what_was_not_sent_comes_back_without_what_a_terminal_acts_on(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        (seat, *_others) = await join(room, 6)
        await go_to(room, "ideas")
        await room.submit(Keep(seat, Unsent(room.session.place, "ideas", "half \x1b[31ma\u202e thou")))
        unsent = (await seen(room, Role.PARTICIPANT, seat)).unsent
        assert unsent is not None
        assert unsent.text == "half a thou"
