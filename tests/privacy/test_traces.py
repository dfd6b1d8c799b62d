"""What a session leaves behind ties nobody to an answer: files, logs, exports, their order, sizes and times."""

from __future__ import annotations

import datetime as dt
import gc
import json
import logging
import math
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from attacked_room import DATE, SOURCE, House, house
from rooms import workshop_of

from tisu_tui.core.activity import Tier
from tisu_tui.core.box import Box
from tisu_tui.core.form import Value
from tisu_tui.session.commands import Direction, Jot, Judge, Withdraw
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Fate
from tisu_tui.view.view import Role

NOON = dt.datetime.combine(DATE, dt.time(12), dt.UTC).timestamp()
STAGES = ("1", "2", "3", "4", "5")


async def whole_session(here: House, answers: Sequence[dict[str, Value | None]], seen: list[str]) -> None:
    """Play every step with each person's answers, noting what everybody else sees on the way."""
    fields = {"arrive": "state", "rows": "R1", "ideas": "ideas", "which": "choice", "try": "position", "leave": "state"}
    for step, field in fields.items():
        await here.go_to(step)
        for seat, answer in zip(here.seats, answers, strict=True):
            assert isinstance(await here.say(seat, field, answer[step]), Done)
        for state in ("closed", "shown"):
            await here.go_to(step, state)
            # A seat of no one: its view holds no answer of its own.
            seen += [repr(await here.seen(role, "nobody")) for role in Role]
    await here.seal()


def some_answers(chance: random.Random, people: int) -> list[dict[str, Value | None]]:
    return [
        {
            "arrive": chance.choice([("-1 to 1",), ("2 to 3",), ("mixed",), None]),
            "rows": chance.choice([("2",), ("3",), ("dont-know",), None]),
            "ideas": (f"idea {n}",),
            "which": chance.choice([("rota",), ("budget",), None]),
            "try": chance.choice([("agree",), ("aside",), ("object",), None]),
            "leave": chance.choice([("-1 to 1",), ("2 to 3",), None]),
        }
        for n in range(people)
    ]


@pytest.mark.parametrize("people", [6, 9, 12])
async def test_who_gave_which_answer_changes_no_byte_that_is_left(people: int, tmp_path: Path) -> None:
    chance = random.Random(people)
    answers = some_answers(chance, people)
    left, seen = [], []
    for n in range(2):
        views: list[str] = []
        async with house(tmp_path / str(n), people) as here:
            await whole_session(here, answers, views)
            left.append(here.left_behind())
        seen.append(views)
        chance.shuffle(answers)
    # Files that are the same whoever answered what are worth nothing to whoever wants to know.
    assert left[0] == left[1]
    assert seen[0] == seen[1]
    assert len(left[0]) > 3


@pytest.mark.parametrize(
    ("step", "one", "other"),
    [
        ("arrive", ("-1 to 1",), None),
        ("leave", ("2 to 3",), None),
        ("rows", ("dont-know",), None),
        ("rows", None, ("2",)),
        ("which", ("rota",), None),
        ("try", ("object",), None),
    ],
)
async def test_a_pass_looks_like_an_answer_where_nothing_is_told(
    step: str, one: Value | None, other: Value | None, tmp_path: Path
) -> None:
    rest = {"arrive": ("-1 to 1",), "rows": None, "ideas": ("a",), "which": None, "try": None, "leave": ("-1 to 1",)}
    answers: list[dict[str, Value | None]] = [dict(rest) for _n in range(6)]
    for answer in answers[:3]:
        answer.update(rows=("2",), which=("rota",), **{"try": ("agree",)})
    left, seen = [], []
    for n, value in enumerate((one, other)):
        answers[5][step] = value
        views: list[str] = []
        async with house(tmp_path / str(n), 6) as here:
            await whole_session(here, answers, views)
            left.append(here.left_behind())
        seen.append(views)
    assert left[0] == left[1]
    assert seen[0] == seen[1]


def hits(rows: Sequence[Value | None], people: Sequence[Value | None]) -> int:
    """Guess that the first row is the first person's, and so on."""
    return sum(row == person for row, person in zip(rows, people, strict=True))


async def guess_while_open(folder: Path, people: int = 12, rounds: int = 15) -> tuple[int, float, float]:
    """Steal the folder in the middle of many rounds and guess by order: hits, and their mean and spread by chance."""
    found, mean, variance = 0, 0.0, 0.0
    async with house(folder, people) as here:
        chance = random.Random(5)
        for _round in range(rounds):
            await here.go_to("rows")
            values: list[Value] = [(chance.choice(STAGES),) for _seat in here.seats]
            await here.all_say("R1", values)
            box = json.loads((folder / "data" / "7k3m.json").read_text())["box"]["1"]
            rows = [tuple(answer["R1"]) for answer in box["answers"].values()]
            found += hits(rows, values)
            share = sum(values.count(value) ** 2 for value in set(values)) / people**2
            mean += share * people
            variance += share * (1 - share) * people
            await here.go_to("rows", "shown")
            await here.press(Direction.AGAIN)
    return found, mean, math.sqrt(variance)


async def test_a_folder_stolen_while_a_question_is_open_ties_no_answer_to_the_order_of_people(tmp_path: Path) -> None:
    found, mean, spread = await guess_while_open(tmp_path / "here")
    assert found <= mean + 3 * spread


async def test_the_same_thief_finds_answers_kept_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: dict[str, str] = {}
    monkeypatch.setattr(Box, "token", lambda _box, words: order.setdefault(words, f"{len(order):04}"))
    found, mean, spread = await guess_while_open(tmp_path / "here")
    assert found > mean + 3 * spread


async def test_a_folder_stolen_in_two_rounds_joins_nobodys_answers(tmp_path: Path) -> None:
    async with house(tmp_path / "here", 6) as here:
        stolen: list[set[str]] = []
        for _round in range(2):
            await here.go_to("rows")
            await here.all_say("R1", [("3",)] * 6)
            document = json.loads(here.left_behind()["data/7k3m.json"])
            stolen += [{document["box"]["1"]["key"], *document["box"]["1"]["answers"]}]
            assert not stolen[-1] & set(document["session"]["1"]["register"])
            await here.go_to("rows", "shown")
            await here.press(Direction.AGAIN)
        assert [len(each) for each in stolen] == [7, 7]
        assert not stolen[0] & stolen[1]


def test_answers_are_counted_in_an_order_that_is_not_that_in_which_they_came() -> None:
    people = [(f"{name}-moon-tea", (name,)) for name in ("oak", "rain", "salt", "fox", "reed")]
    counted = []
    for order in (people, people[::-1], people[2:] + people[:2]):
        box = Box("ab" * 32)
        for words, value in order:
            box = box.put(words, {"R1": value})
        counted.append(box.counted())
    assert counted[0] == counted[1] == counted[2] != tuple({"R1": value} for _words, value in people)


async def test_a_pass_is_acknowledged_and_written_as_an_answer_is(tmp_path: Path) -> None:
    async with house(tmp_path / "here", 6) as here:
        await here.go_to("rows")
        told, stored = [], []
        for seat, value in zip(here.seats, [("2",), None, ("dont-know",), None, ("4",), None], strict=True):
            told.append(await here.say(seat, "R1", value))
            stored.append(here.left_behind()["data/7k3m.json"])
        assert told == [Done()] * 6
        assert len({*stored}) == 6
        answers = json.loads(stored[-1])["box"]["1"]["answers"]
        assert len(answers) == 6
        assert {tuple(answer) for answer in answers.values()} == {("R1",)}


GROWING = """---
tisu: 1
title: Growing
---

## How far are we?

`rate` `id rows` `sureness`

1. `R1` People can see that leaders care.

- 0: no
- 5: begun
- 10: kept up

## Which?

`choose up to 2` `id which`

- [ ] Rota
- [ ] The handover in the early morning
- [ ] Tea

## In which order?

`rank` `id order`

- [ ] Rota
- [ ] The handover in the early morning
- [ ] Tea

## What else?

`gather` `id ideas`

## Aftercare

`talk` `id aftercare`
"""


@pytest.mark.parametrize(
    ("step", "field", "values"),
    [
        ("rows", "R1", [("0",), ("10",), ("dont-know",), ("not-here",), None]),
        ("rows", "R1.sureness", [("guess",), ("fairly-sure",), ("evidence",), None]),
        ("which", "choice", [("rota",), ("tea", "rota"), ("the-handover-in-the-early-morning", "tea"), None]),
        ("order", "choice", [("tea",), ("rota", "tea", "the-handover-in-the-early-morning"), None]),
        ("ideas", "ideas", [("a",), ("Tea at “four”", "and a longer break"), ("é" * 100,), None]),
    ],
)
async def test_the_file_grows_by_as_much_for_every_answer_and_a_pass(
    step: str, field: str, values: list[Value | None], tmp_path: Path
) -> None:
    async with house(tmp_path / "here", 6, played=workshop_of(GROWING)) as here:
        await here.go_to(step)
        form = here.room.session.form(6)
        asked = form.field(field)
        assert asked is not None
        if asked.after:
            for seat in here.seats:
                await here.say(seat, asked.after, ("0",))
        file, sizes = here.folder / "data" / "7k3m.json", []
        for seat, value in zip(here.seats, values, strict=False):
            before = file.stat().st_size
            assert isinstance(await here.say(seat, field, value), Done)
            sizes.append(file.stat().st_size - before)
        assert len({*sizes[1:]}) == 1, sizes
        # Taking one back takes as much away.
        full = file.stat().st_size
        await here.say(here.seats[1], field, values[0])
        assert file.stat().st_size == full


async def test_an_answer_about_a_person_touches_no_file(tmp_path: Path) -> None:
    async with house(tmp_path / "here", 9) as here:
        await here.go_to("arrive")
        before = here.left_behind(), _marks(here)
        for seat, value in zip(here.seats, [("2 to 3",), None, ("mixed",)] * 3, strict=True):
            assert await here.say(seat, "state", value) == Done()
        await here.submit(Withdraw(here.room.session.place, here.seats[0]))
        assert (here.left_behind(), _marks(here)) == before


def _marks(here: House) -> list[tuple[str, int, int]]:
    files = sorted((here.folder / "data").iterdir())
    return [(path.name, path.stat().st_ino, path.stat().st_mtime_ns) for path in files]


async def test_the_times_of_files_are_those_of_the_day(tmp_path: Path) -> None:
    async with house(tmp_path / "here", 6) as here:
        await here.go_to("rows")
        for seat in here.seats:
            await here.say(seat, "R1", ("3",))
            paths = [here.folder / "data", *(here.folder / "data").iterdir()]
            assert {path.stat().st_mtime for path in paths} == {NOON}
        await here.seal()
        assert {path.stat().st_mtime for path in (here.folder / "data").iterdir()} == {NOON}


async def test_answers_keys_and_return_words_are_gone_when_they_should_be(tmp_path: Path) -> None:
    async with house(tmp_path / "here", 9) as here:
        await here.go_to("rows")
        await here.all_say("R1", [("3",)] * 9)
        box = here.room._kept.box
        assert box is not None
        secrets = [box.key, *box.answers]
        assert all(secret.encode() in here.left_behind()["data/7k3m.json"] for secret in secrets)
        await here.go_to("rows", "closed")
        everything = b"".join(here.left_behind().values())
        assert not [secret for secret in secrets if secret.encode() in everything]
        register = here.room.session.register
        await here.seal()
        everything = b"".join(here.left_behind().values())
        assert not [each for each in (*register, *here.seats, "rain42") if each.encode() in everything]


def alive(*backwards: str) -> list[str]:
    """Name what still holds texts in this process; they are given backwards, so that the test is none of it."""
    gc.collect()
    wanted = [each[::-1] for each in backwards]
    coded = [each.encode() for each in wanted]
    found = []
    for thing in gc.get_objects():
        if thing is wanted or thing is coded:
            continue
        # A dict does not name its keys as what it refers to.
        inside = [*gc.get_referents(thing), *(thing if isinstance(thing, dict) else ())]
        while inside:
            held = inside.pop()
            is_text = isinstance(held, str) and any(map(held.__contains__, wanted))
            if is_text or (isinstance(held, bytes | bytearray) and any(map(held.__contains__, coded))):
                found.append(f"{type(thing).__name__}: {held[:80]!r}")
            elif isinstance(held, dict | tuple) and not gc.is_tracked(held):
                inside += [*gc.get_referents(held), *(held if isinstance(held, dict) else ())]
    return found


def all_alive(*backwards: str) -> bool:
    """Tell whether each of these texts is held; what was found is gone with this call."""
    found = alive(*backwards)
    return all(any(each[::-1] in thing for thing in found) for each in backwards)


@pytest.mark.usefixtures("all_objects")
async def test_the_process_holds_no_answer_that_was_taken_back_and_nothing_of_a_box_that_was_closed(
    tmp_path: Path,
) -> None:
    async with house(tmp_path / "here", 9) as here:
        await here.go_to("ideas")
        for n, seat in enumerate(here.seats):
            await here.say(seat, "ideas", (f"zebra number {n} at the window",))
        assert here.room._kept.box is not None
        backwards = [each[::-1] for each in (here.room._kept.box.key, *here.room._kept.box.answers)]
        assert all_alive("wodniw eht ta 3 rebmun arbez", *backwards)
        await here.submit(Withdraw(here.room.session.place, here.seats[3]))
        assert alive("wodniw eht ta 3 rebmun arbez") == []
        await here.go_to("ideas", "closed")
        assert alive(*backwards) == []


async def test_words_that_nobody_kept_and_what_the_facilitator_jotted_are_gone_at_the_end(tmp_path: Path) -> None:
    async with house(tmp_path / "here", 6) as here:
        await here.go_to("ideas")
        await here.all_say("ideas", [(f"zebra {n}",) for n in range(6)])
        await here.go_to("ideas", "shown")
        await here.submit(Jot("the moon is loud"))
        gone = (b"zebra", b"the moon is loud")
        assert all(each in here.left_behind()["data/7k3m.json"] for each in gone)
        await here.seal()
        assert not any(each in content for content in here.left_behind().values() for each in gone)


async def test_words_that_stay_in_the_room_reach_the_file_once_the_group_keeps_them(tmp_path: Path) -> None:
    steps = tuple(replace(step, tier=Tier.ROOM) if step.id == "ideas" else step for step in workshop_of(SOURCE).steps)
    async with house(tmp_path / "here", 6, played=replace(workshop_of(SOURCE), steps=steps)) as here:
        await here.go_to("ideas")
        await here.all_say("ideas", [(f"zebra {n}",) for n in range(6)])
        await here.go_to("ideas", "shown")
        assert b"zebra" not in here.left_behind()["data/7k3m.json"]
        await here.submit(Judge(here.room.session.place, (2,), Fate.KEPT))
        assert re.findall(rb"zebra \d", here.left_behind()["data/7k3m.json"]) == [b"zebra 1"]


async def test_a_whole_session_writes_nothing_to_logs_or_the_terminal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)

    async with house(tmp_path / "here", 9) as here:
        await whole_session(here, some_answers(random.Random(1), 9), [])
    # Steps as the facilitator moves them, which everybody sees.
    told = r"session 7k3m: (step \d of 6, round \d, [a-z]+|step 7 of 6, round 1, shown|sealed)"
    logged = [record.message for record in caplog.records if record.name != "asyncio"]
    assert [each for each in logged if not re.fullmatch(told, each)] == []
    assert capfd.readouterr() == ("", "")


async def test_what_was_kept_in_the_room_is_not_in_the_sealed_file(tmp_path: Path) -> None:
    async with house(tmp_path / "here", 12) as here:
        await here.go_to("arrive")
        await here.all_say("state", [("-1 to 1",)] * 7 + [("2 to 3",)] * 5)
        await here.go_to("arrive", "shown")
        assert "In the window" in repr((await here.seen(Role.SCREEN)).shown)
        await here.go_to("rows")
        await here.all_say("R1", [("3",)] * 12)
        await here.seal()
        rounds = json.loads(here.left_behind()["data/7k3m.json"])["rounds"].values()
        assert {round_["step"] for round_ in rounds} == {"rows", "ideas", "which", "try"}
