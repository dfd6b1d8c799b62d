"""Holds a whole workshop in a room without screens: people answer, the scribe types, words are kept, it is sealed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rooms import press, seen

from tisu_tui.core.form import Answer, By, Field, Order, Pick, Value
from tisu_tui.core.form import Write as Words
from tisu_tui.core.records import RecordKind
from tisu_tui.core.shown import Counts, Quotes, Say, Shown, WordTable
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import Direction as Way
from tisu_tui.session.commands import Enter, Group, Judge, Prepare, Reply, WriteRecord
from tisu_tui.session.flow import Move, next_move
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Fate, State
from tisu_tui.session.workshop import Step
from tisu_tui.view.view import Role, View

Answering = Callable[[Field], Value | None]
"""Makes an answer to a field; `None` passes it."""


def made_up(chance: random.Random) -> Answering:
    def answer(asked: Field) -> Value | None:
        if chance.random() < 0.15:
            return None
        if isinstance(asked, Words):
            return tuple(f"words {chance.randrange(10**9)}" for _n in range(chance.randint(1, min(asked.many, 3))))
        names = [option.id for option in asked.options]
        if isinstance(asked, Pick):
            return tuple(chance.sample(names * asked.each, chance.randint(1, min(asked.most, len(names)))))
        return tuple(chance.sample(names, chance.randint(1, len(names))))

    return answer


def passing(asked: Field) -> None:
    del asked


def first_of_all(asked: Field) -> Value:
    """Choose what stands first, or write a word."""
    if isinstance(asked, Words):
        return ("a word",)
    names = tuple(option.id for option in asked.options)
    return names if isinstance(asked, Order) else names[:1]


@dataclass
class Held:
    """One run of a step: what was answered or typed, and what everybody was shown of it."""

    step: Step
    by: By
    options: tuple[str, ...]
    answers: list[Answer]
    typed: list[str] = field(default_factory=list)
    shown: tuple[Shown, ...] = ()


async def hold(room: LiveRoom, seats: Sequence[str], answering: Answering | None) -> list[Held]:
    """Take a session from where it is to its sealed notes; without `answering` nobody answers and nobody types."""
    runs: list[Held] = []
    while not room.session.is_ended:
        views = [await seen(room, role, seats[0] if role is Role.PARTICIPANT else "") for role in Role]
        step, state = room.session.step, room.session.place.state
        if step is not None and state is State.OPEN:
            form = room.session.form(len(seats))
            given = tuple(option.label for option in room.session.given(step).options)
            run = Held(step, form.by, given, [])
            runs.append(run)
            if answering and form.by is By.EVERYONE:
                run.answers = list(await asyncio.gather(*(_answer(room, seat, answering) for seat in seats)))
            elif answering and form.by is By.SCRIBE:
                run.typed = await _type(room, answering)
        elif step is not None and state is State.CLOSED:
            await _keep_words(room)
        elif step is not None and state is State.SHOWN and runs:
            runs[-1].shown = _shown_to_all(views)
        await go_on(room, len(seats))
    return runs


async def go_on(room: LiveRoom, seats: int) -> None:
    """Go on as a group does: it says what it is asked about, and leaves alone what is held up a second time."""
    session = room.session
    move, step = next_move(session, seats), session.step
    if step is not None and move is Move.SETTLE:
        texts = tuple(option.label for option in session.options(step)[:1]) or ("Typed here",)
        assert isinstance(await room.submit(Prepare(session.place, texts)), Done)
    gives_up = move is Move.AGAIN and session.place.round > 1
    assert isinstance(await press(room, Way.SKIP if gives_up else Way.NEXT), Done)


async def _answer(room: LiveRoom, seat: str, answering: Answering) -> Answer:
    form, given = room.session.form(0), dict[str, Value | None]()
    while asked := form.pending(given):
        given[asked.id] = answering(asked)
        outcome = await room.submit(Reply(room.session.place, seat, asked.id, given[asked.id]))
        assert isinstance(outcome, Done), outcome
    return given


async def _type(room: LiveRoom, answering: Answering) -> list[str]:
    """Type as the scribe what somebody would answer; gives the words that should be found again."""
    form, given, typed = room.session.form(0), dict[str, Value | None](), list[str]()
    while asked := form.pending(given):
        value = given[asked.id] = answering(asked)
        if value is None:
            continue
        if isinstance(asked, Words) and asked.record:
            for text in value:
                assert isinstance(
                    await room.submit(WriteRecord(RecordKind(asked.record), f"{text} @sam 2026-12-01")), Done
                )
            continue
        assert isinstance(await room.submit(Enter(room.session.place, asked.id, value)), Done)
        if isinstance(asked, Words):
            typed += value
        else:
            typed += [option.label for option in asked.options if option.id in value]
    return typed


async def _keep_words(room: LiveRoom) -> None:
    at = room.session.round
    if at is not None and at.held:
        numbers = tuple(range(1, len(at.held) + 1))
        assert isinstance(await room.submit(Judge(room.session.place, numbers, Fate.KEPT)), Done)
        if at.held[1:]:
            assert isinstance(await room.submit(Group(room.session.place, "The first two", (1, 2))), Done)


def _shown_to_all(views: Sequence[View]) -> tuple[Shown, ...]:
    (shown,) = {view.shown for view in views}
    return shown


def words_of(shown: Sequence[Shown]) -> str:
    """Put all that is shown into one text, a cell on each line."""
    said: list[str] = []
    for part in shown:
        match part:
            case Say(text):
                said.append(text)
            case Quotes(title, texts):
                said += [title, *texts]
            case WordTable(title, columns, rows):
                said += [title, *columns, *(str(cell) for row in rows for cell in row)]
            case Counts(title, rows_of, columns, _numbers):
                said += [title, *rows_of, *columns]
    return "\n".join(said)
