"""One question asked session after session: what was told is known from the data, and from the notes alone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from attacked_room import DATE, House, house
from rooms import workshop_of

from tisu_tui.cli._earlier import begin
from tisu_tui.cli._hosting import Doorway
from tisu_tui.cli._session import HostOptions, _start
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Finding, Released
from tisu_tui.room.pacing import resumed
from tisu_tui.session.commands import Direction, Prepare, WriteRecord
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.workshop.library import find

RATED = """---
tisu: 1
title: Each month
---

## How is it here?

`rate` `id rows`

> You can pass.

1. `R1` We say early when it is too much.

- 1: never
- 2: seldom
- 3: at times
- 4: mostly
- 5: always

## Which do we take first?

`choose 1` `id which` `we decide`

- [ ] Rota
- [ ] Budget
- [ ] Handover

## Aftercare

`talk` `id aftercare`
"""
PROPOSAL = """---
tisu: 1
title: Each month
---

## Do we start at nine?

`consent` `id try` `we decide`

## Aftercare

`talk` `id aftercare`
"""
CHAIN = [*range(5, 15), 29]
NUMBERS = [29]
"""Ten more than the nineteen that can have been told in words."""


def kept_all(_folder: Path) -> None:
    """The data stays, as it does on one laptop."""


def lost_the_data(folder: Path) -> None:
    for path in (folder / "data").iterdir():
        path.unlink()


def edited_the_notes(folder: Path) -> None:
    lost_the_data(folder)
    for path in (folder / "exports").glob("*.md"):
        text = path.read_text("utf-8")
        text = text.replace("We say early when it is too much", "We speak up").replace("Rota", "The rota")
        text = text.replace("- [ ]", "* [x]")
        head, _told, rest = text.partition("<!-- told")
        names, _end, tail = rest.partition("-->")
        wrapped = "\n".join(names.split())
        path.write_bytes(f"{head}<!-- told\n{wrapped}\n-->{tail}".replace("\n", "\r\n").encode())


def added_to_the_notes(folder: Path) -> None:
    """Somebody writes below the data what looks like it."""
    lost_the_data(folder)
    for path in (folder / "exports").glob("*.md"):
        with path.open("a", encoding="utf-8") as page:
            page.write('\nNothing was "told": [] here.\n')


LEFT = (kept_all, lost_the_data, edited_the_notes, added_to_the_notes)


def numbered(number: int, played: Workshop) -> Session:
    date = dt.date.fromisoformat(DATE.isoformat()) + dt.timedelta(days=30 * number)
    return Session(f"s{number:02}", date.isoformat(), played, code="rain42")


def begun(folder: Path, session: Session) -> Session:
    data = folder / "data"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return begin(DataFolder(data, create=False), session, folder / "exports")


async def asked(here: House, step: str, values: Sequence[str]) -> Released:
    await here.go_to(step)
    for field in here.room.session.form(len(here.seats)).fields[:1]:
        await here.all_say(field.id, [(value,) for value in values])
    await here.go_to(step, "shown")
    released = here.room.session.rounds[-1].released
    assert released is not None
    return released


def has_numbers(released: Released) -> bool:
    return isinstance(released.tallies[0].answered, int)


def spread_over(people: int, values: Sequence[str]) -> list[str]:
    return [values[n % len(values)] for n in range(people)]


@pytest.mark.parametrize("left", LEFT)
async def test_numbers_come_again_only_ten_apart(left: Callable[[Path], None], tmp_path: Path) -> None:
    told: dict[int, list[Released]] = {}
    for n, people in enumerate(CHAIN):
        session = begun(tmp_path, numbered(n, workshop_of(RATED)))
        async with house(tmp_path, people, session=session) as here:
            rated = await asked(here, "rows", spread_over(people, "34325"))
            chosen = await asked(here, "which", ["rota", *spread_over(people - 1, ("rota", "budget", "handover"))])
            told[people] = [rated, chosen]
            await here.seal()
        left(tmp_path)
    for step in (0, 1):
        assert [people for people in CHAIN if has_numbers(told[people][step])] == NUMBERS
    # People change their minds between sessions: words are told each time.
    assert all(rated.tallies[0].finding(Finding.MEDIAN) == (("3",),) for rated, _chosen in told.values())
    assert all(chosen.tallies[0].finding(Finding.WINNER) == (("rota",),) for _rated, chosen in told.values())


async def test_a_first_session_of_ten_is_told_numbers(tmp_path: Path) -> None:
    async with house(tmp_path, 10, session=begun(tmp_path, numbered(0, workshop_of(RATED)))) as here:
        assert has_numbers(await asked(here, "rows", spread_over(10, "34325")))


@pytest.mark.parametrize("left", LEFT)
async def test_a_worry_stands_in_the_next_session_until_it_is_written_how_it_was_met(
    left: Callable[[Path], None], tmp_path: Path
) -> None:
    played = workshop_of(PROPOSAL)
    async with house(tmp_path, 6, session=begun(tmp_path, numbered(0, played))) as here:
        await asked(here, "try", ["object", *["agree"] * 5])
        await here.seal()
    left(tmp_path)
    async with house(tmp_path, 6, session=begun(tmp_path, numbered(1, played))) as here:
        released = await asked(here, "try", ["agree"] * 6)
        assert released.tallies[0].finding(Finding.CARRIED) == (("worry",),)
        written = await here.room.submit(WriteRecord(RecordKind.DECISION, "We try it until May, and look again"))
        assert isinstance(written, Done), written
        await here.press(Direction.AGAIN)
        released = await asked(here, "try", ["agree"] * 6)
        assert released.tallies[0].finding(Finding.CARRIED) == (("carried",),)
        await here.seal()
    left(tmp_path)
    async with house(tmp_path, 5, session=begun(tmp_path, numbered(2, played))) as here:
        released = await asked(here, "try", ["agree"] * 5)
        assert released.tallies[0].finding(Finding.CARRIED) == (("carried",),)


async def proposed(
    folder: Path, number: int, *, worries: bool, is_met: bool = False, day: int | None = None
) -> Released:
    """Hold a session about the same proposal; somebody may object, and it may be written how that was met."""
    session = numbered(number if day is None else day, workshop_of(PROPOSAL))
    session = begun(folder, replace(session, id=f"s{number:02}"))
    async with house(folder, 6, session=session) as here:
        told = await asked(here, "try", ["object" if worries else "agree", *["agree"] * 5])
        if is_met:
            written = await here.room.submit(WriteRecord(RecordKind.DECISION, "We try it until May, and look again"))
            assert isinstance(written, Done), written
        await here.seal()
    return told


async def test_a_worry_of_a_session_that_only_the_notes_have_is_not_met_by_an_earlier_one(tmp_path: Path) -> None:
    """Two laptops, one folder of notes: the data of the second session is on the other laptop."""
    await proposed(tmp_path, 0, worries=True, is_met=True)
    await proposed(tmp_path, 1, worries=True)
    (tmp_path / "data" / "s01.json").unlink()
    released = await proposed(tmp_path, 2, worries=False)
    assert released.tallies[0].finding(Finding.CARRIED) == (("worry",),)


async def test_of_two_sessions_on_one_day_the_worry_that_stands_is_the_later_one(tmp_path: Path) -> None:
    """Nobody knows which of the two was first."""
    await proposed(tmp_path, 1, worries=True, is_met=True, day=0)
    await proposed(tmp_path, 0, worries=True, day=0)
    released = await proposed(tmp_path, 2, worries=False)
    assert released.tallies[0].finding(Finding.CARRIED) == (("worry",),)


async def test_what_the_data_has_only_the_beginning_of_is_known_from_the_notes(tmp_path: Path) -> None:
    """A copy of the data folder that was made while the session went on is put back later."""
    played = workshop_of(RATED)
    async with house(tmp_path, 12, session=begun(tmp_path, numbered(0, played))) as here:
        copy = {path: path.read_bytes() for path in (tmp_path / "data").iterdir()}
        assert has_numbers(await asked(here, "rows", spread_over(12, "34325")))
        await here.seal()
    for path in (tmp_path / "data").iterdir():
        path.unlink()
    for path, content in copy.items():
        path.write_bytes(content)
        path.chmod(0o600)
    async with house(tmp_path, 11, session=begun(tmp_path, numbered(1, played))) as here:
        assert not has_numbers(await asked(here, "rows", spread_over(11, "34325")))


async def test_a_session_that_is_gone_on_with_knows_what_was_told_meanwhile(tmp_path: Path) -> None:
    played = workshop_of(RATED)
    interrupted = begun(tmp_path, numbered(0, played))
    async with house(tmp_path, 12, session=interrupted):
        pass
    async with house(tmp_path, 12, session=begun(tmp_path, numbered(1, played))) as here:
        assert has_numbers(await asked(here, "rows", spread_over(12, "34325")))
    folder = DataFolder(tmp_path / "data", create=False)
    wish = HostOptions("moon.md", Doorway("127.0.0.1", 0), "", tmp_path / "exports", ())
    session, _box = _start(folder, interrupted.id, interrupted.id, played, wish)
    async with house(tmp_path, 11, session=session) as here:
        assert not has_numbers(await asked(here, "rows", spread_over(11, "34325")))
        assert has_numbers(await asked(here, "which", spread_over(11, ("rota", "budget"))))


@pytest.mark.parametrize("step", ["rows", "which"])
async def test_after_a_killed_host_nobody_is_taken_for_the_same(step: str, tmp_path: Path) -> None:
    """Which screens were here is known to the running host alone: numbers are not told again to whoever is back."""
    played = workshop_of(RATED)
    values = spread_over(12, "34325") if step == "rows" else spread_over(12, ("rota", "rota", "budget"))
    async with house(tmp_path, 12, session=begun(tmp_path, numbered(0, played))) as here:
        assert has_numbers(await asked(here, step, values))
        before = here.room.session
    session, _box = resumed(before, None, random.Random(3))
    async with house(tmp_path, 12, session=session) as here:
        await here.press(Direction.AGAIN)
        assert not has_numbers(await asked(here, step, values))


async def test_a_worry_stands_after_a_killed_host(tmp_path: Path) -> None:
    async with house(tmp_path, 6, session=begun(tmp_path, numbered(0, workshop_of(PROPOSAL)))) as here:
        await asked(here, "try", ["object", *["agree"] * 5])
        before = here.room.session
    session, _box = resumed(before, None, random.Random(3))
    async with house(tmp_path, 6, session=session) as here:
        await here.press(Direction.AGAIN)
        released = await asked(here, "try", ["agree"] * 6)
        assert released.tallies[0].finding(Finding.CARRIED) == (("worry",),)


@pytest.mark.parametrize("left", LEFT[:2])
@pytest.mark.parametrize(("name", "step"), [("sharing-power", "support"), ("route-to-senior-management", "take-up")])
async def test_a_question_of_ours_is_known_by_the_id_it_had_before(
    name: str, step: str, left: Callable[[Path], None], tmp_path: Path
) -> None:
    text = find(name).read_text()
    ids = {"first": text.replace(f"`id {step}`", "`id first`").replace(f"`again {step}`", "`again first`"), step: text}
    told = []
    for n, (asked_as, source) in enumerate(ids.items()):
        session = begun(tmp_path, numbered(n, workshop_of(source, f"{name}.md")))
        async with house(tmp_path, 12, session=session) as here:
            await here.go_to(asked_as, "waiting")
            await here.room.submit(Prepare(here.room.session.place, ("A quiet room", f"Idea {n}")))
            await here.go_to(asked_as)
            await here.all_say("choice", [("n1",) if n < 7 else ("n2",) for n in range(12)])
            await here.go_to(asked_as, "shown")
            released = here.room.session.rounds[-1].released
            assert released is not None
            told.append(has_numbers(released))
            await here.seal()
        left(tmp_path)
    assert told == [True, False]
