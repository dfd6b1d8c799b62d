"""One room in several languages: each reads their own, and what is kept knows none of them but the workshop's."""

from __future__ import annotations

import asyncio
import dataclasses
import gettext
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rooms import SOURCE, a_room, any_answer, join, new_session, press, seen, workshop_of

from tisu_tui.core.form import By
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import add_language, speaking
from tisu_tui.notes.write import render
from tisu_tui.session.commands import (
    Ask,
    CountHeads,
    Direction,
    Enter,
    Go,
    Group,
    Join,
    Judge,
    Reply,
    Sent,
    Strike,
    TakeBack,
    WriteRecord,
)
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.sessions import tables
from tisu_tui.view.view import Role, View

OURS = {"en": "", "xa": "⟦A⟧", "xb": "⟦B⟧"}
"""What every sentence of ours begins with in a language."""


class Marked(gettext.NullTranslations):
    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark

    def gettext(self, message: str) -> str:
        return self._mark + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._mark + (msgid1 if n == 1 else msgid2)


@pytest.fixture(autouse=True, scope="module")
def _languages() -> None:
    for tag, mark in OURS.items():
        if mark:
            add_language(tag, Marked(mark))


def texts(value: object) -> Iterator[str]:
    """List every text in a view, but for those that say what something is."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in {"id", "key", "kind", "style", "answer", "after", "when"}:
                yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, Sequence | frozenset):
        for each in value:
            yield from texts(each)


def translated(tag: str) -> Workshop:
    """Give the workshop in words that all begin with the language."""
    steps = (
        SOURCE.replace("## ", f"## {tag}: ")
        .replace("Not started", f"{tag}: not started")
        .replace(": In the", f": {tag} in the")
    )
    words = steps.replace("title: A day", f"title: {tag} day").replace("\nNever", "\n")
    return replace(workshop_of(words), language=tag)


def session() -> Session:
    made = new_session()
    both = tuple(translated(tag) for tag in ("xa", "xb"))
    return replace(made, workshop=replace(made.workshop, translations=both))


async def play(folder: Path, tags: Sequence[str], seed: int, heard: list[tuple[str, View | str]]) -> Session:
    """Play a whole session in which each command comes from somebody who speaks the next of these languages."""
    chance, turn = random.Random(seed), iter(range(10**9))

    def tag() -> str:
        return tags[next(turn) % len(tags)]

    async with a_room(folder, session(), tick=30) as room:
        with speaking(tag()):
            seats = await join(room, 9)
        while not room.session.is_ended:
            for each in tags:
                with speaking(each):
                    heard += [(each, await seen(room, role, seats[0])) for role in Role]
            place, step = room.session.place, room.session.step
            form = room.session.form(len(seats))
            if place.state is State.OPEN and form.by is By.EVERYONE:
                for seat in seats:
                    for name, value in any_answer(form, chance).items():
                        with speaking(tag()):
                            assert isinstance(await room.submit(Reply(place, seat, name, value)), Done)
            elif place.state is State.OPEN and form.by is By.SCRIBE and step and step.id == "ways":
                with speaking(tag()):
                    assert isinstance(await room.submit(Enter(place, form.fields[0].id, ("we talk",))), Done)
            elif place.state is State.CLOSED and step and step.id == "ideas":
                with speaking(tag()):
                    await room.submit(Judge(place, (1, 2, 3, 4), Fate.KEPT))
                    await room.submit(Group(place, "Time", (1, 2)))
                    await room.submit(Group(place, "Rest", (3, 4)))
            elif room.session.is_reading:
                with speaking(tag()):
                    line = next(each for each in (await seen(room, Role.PARTICIPANT, seats[0])).reading if each.number)
                    assert isinstance(await room.submit(Ask(place, seats[0], line)), Done)
                    line = (await seen(room, Role.PARTICIPANT, seats[0])).reading[-1]
                    assert isinstance(await room.submit(Strike(line)), Done)
            if step and step.id == "actions" and place.state is State.OPEN:
                with speaking(tag()):
                    await room.submit(WriteRecord(RecordKind.ACTION, "Mend the door @ann 2026-12-01"))
            for each in tags:
                with speaking(each):
                    heard += [
                        (each, outcome.why)
                        for outcome in [await room.submit(CountHeads(-1))]
                        if isinstance(outcome, Refused)
                    ]
            with speaking(tag()):
                if isinstance(await press(room), Refused):
                    await press(room, Direction.SKIP)
        return room.session


async def test_what_is_kept_is_the_same_whoever_speaks_which_language(tmp_path: Path) -> None:
    heard: list[tuple[str, View | str]] = []
    (tmp_path / "one").mkdir()
    (tmp_path / "three").mkdir()
    english = await play(tmp_path / "one", ["en"], 1, [])
    mixed = await play(tmp_path / "three", ["xa", "en", "xb"], 1, heard)
    assert json.dumps(tables(mixed, None)) == json.dumps(tables(english, None))
    with speaking("xb"):
        assert render(mixed) == render(english)
    # Each heard their own language and no other.
    for tag, what in heard:
        for text in texts(what):
            others = [mark for other, mark in OURS.items() if mark and other != tag]
            assert not any(mark in text for mark in others), (tag, text)
            assert not any(f"{other}: " in text for other in OURS if other != tag), (tag, text)
    for tag, mark in OURS.items():
        said = {text for spoken, what in heard if spoken == tag for text in texts(what)}
        if mark:
            assert f"{tag}: Can we try it?" in said
            assert any(text.startswith(f"{mark}Welcome.") for text in said)
            assert any(f"{tag} in the window" in text for text in said)
        else:
            assert "Can we try it?" in said


@given(st.permutations(["en", "xa", "xb"]), st.integers(0, 10**6))
@settings(max_examples=2, deadline=None, suppress_health_check=[*HealthCheck])
def test_whose_turn_it_is_makes_no_difference(tags: list[str], seed: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        mixed = asyncio.run(play(Path(one), tags, seed, []))
        english = asyncio.run(play(Path(other), ["en"], seed, []))
    assert tables(mixed, None) == tables(english, None)


async def test_the_last_change_is_taken_back_in_the_language_in_which_it_is_read(tmp_path: Path) -> None:
    async with a_room(tmp_path, session()) as room:
        with speaking("xa"):
            await room.submit(Sent("one", Go(room.session.place, Direction.NEXT)))
        with speaking("xb"):
            view = await seen(room, Role.FACILITATOR, "one")
            assert view.desk is not None
            assert view.desk.undo.startswith("⟦B⟧")
            assert isinstance(await room.submit(Sent("one", TakeBack(view.desk.undo))), Done)


async def test_a_seat_that_comes_back_in_another_language_has_its_answer(tmp_path: Path) -> None:
    async with a_room(tmp_path, session()) as room:
        seats = await join(room, 9)
        while not (room.session.step and room.session.step.id == "rows"):
            await press(room)
        if room.session.place.state is State.WAITING:
            await press(room)
        with speaking("xa"):
            await room.submit(Reply(room.session.place, seats[0], "R1", ("1",)))
        with speaking("xb"):
            outcome = await room.submit(Join(seats[0]))
            assert isinstance(outcome, Done)
            view = await seen(room, Role.PARTICIPANT, seats[0])
        assert view.answer["R1"] == ("1",)
        field = view.form.field("R1") if view.form else None
        assert field is not None
        assert any("xb: not started" in text for text in texts(field))
