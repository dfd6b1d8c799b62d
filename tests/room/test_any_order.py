"""In whatever order things are done and taken back: nothing fails, what was told stays, and it can be sealed."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import DATE, a_room, any_answer, join, press, seen, stored
from shipped import workshops
from test_laws import LONG

from tisu_tui.core.box import Box
from tisu_tui.core.form import By
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import ReleasedTally
from tisu_tui.memory.past import past
from tisu_tui.notes.read import read_note
from tisu_tui.notes.write import render
from tisu_tui.room.pacing import resumed
from tisu_tui.room.room import LiveRoom
from tisu_tui.session import commands
from tisu_tui.session.commands import Command, Direction, Go, Sent
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.readback import Line, noted
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.view.view import Role

MINE = "mine"
KINDS = ("scale", "talk", "gather", "choose", "consent", "check-in", "actions", "nothing")


def by_facilitator(session: Session, chance: random.Random) -> Command:
    """Make up a command of a facilitator, right or wrong."""
    at, n = session.place, chance.randrange(1, 9)
    lines = [Line(line.text, number) for number, line in enumerate(noted(session), 1)] or [Line("nothing", 1)]
    form = session.form(8)
    field = chance.choice(form.fields).id if form.fields else "answer"
    made: Sequence[Command] = (
        commands.Enter(at, field, ("spoken",)),
        commands.WriteRecord(chance.choice([*RecordKind]), f"Ring Jo {n} @ann 2026-12-0{n}"),
        commands.Strike(chance.choice(lines)),
        commands.Reword(chance.choice(lines), f"In other words {n}"),
        commands.Stand(chance.choice(lines)),
        commands.Prepare(at, ("tea", "coffee", "water")[: n % 4]),
        commands.Judge(at, (n,), chance.choice([*Fate]), "kinder" * (n % 2)),
        commands.Group(at, f"theme {n % 3}", (n, 1)),
        commands.CountHeads(chance.choice([None, 5, 9])),
        commands.CountHands(n % 4),
        commands.CountPapers(at, (("1", n % 3),)),
        commands.Lock(n > 6),
        commands.Careful(n > 4),
        commands.CountLeaders(n),
        commands.SetPaused(n > 6),
        commands.CloseSoon(at),
        commands.Accept(at),
        commands.LookTwice(at),
        commands.Jot("note"),
        commands.Add(at, chance.choice(KINDS), f"How is it {n}?"),
        commands.Reorder(at, n, chance.randrange(1, 9)),
        commands.GivePen(at),
    )
    return chance.choice(made)


async def do_anything(room: LiveRoom, seats: list[str], gone: list[str], chance: random.Random) -> None:
    """Let somebody do something; a fault of ours is none of what may come of it."""
    session = room.session
    form = session.form(len(seats))
    match chance.randrange(11):
        case 0 if len(seats) < 14:
            seats += await join(room, 1)
            return
        case 1 if len(seats) > 1:
            gone.append(seats.pop(chance.randrange(len(seats))))
            await room.submit(commands.Leave(gone[-1]))
            return
        case 2 if gone and isinstance(await room.submit(commands.Join(gone[-1])), Done):
            seats.append(gone.pop())
            return
        case 3 | 4 if form.by is By.EVERYONE and form.fields:
            for seat in seats:
                for name, value in any_answer(form, chance).items():
                    await room.submit(commands.Reply(session.place, seat, name, value))
            return
        case 5:
            for _n in range(chance.randrange(1, 9)):
                desk = (await seen(room, Role.FACILITATOR, MINE)).desk
                assert desk is not None
                await facilitate(room, commands.TakeBack(desk.undo))
            return
        case 6 | 7 | 8:
            others = [Direction.BACK, Direction.AGAIN, Direction.SKIP]
            way = chance.choice([*[Direction.NEXT] * 12, *others, *others, Direction.END])
            await facilitate(room, Go(session.place, way))
        case _:
            await facilitate(room, by_facilitator(session, chance))


async def facilitate(room: LiveRoom, command: Command) -> None:
    """Let a facilitator do something, which may be refused and may not fail."""
    outcome = await room.submit(Sent(MINE, command))
    assert not (isinstance(outcome, Refused) and outcome.why.startswith("This did not work")), command


def opened_with(session: Session) -> object:
    """Give what people were told of an open question before they answered it."""
    assert session.step is not None
    return session.is_careful, session.looks_twice(session.step), [field.id for field in session.form(0).fields]


def results(session: Session) -> dict[tuple[str, int], tuple[ReleasedTally, ...]]:
    """Give what was told of each round, by its step and number, without words that may be softened."""
    return {
        (round_.counts_as, round_.number): tuple(
            ReleasedTally(each.field, "", (), each.counts, each.answered, each.found) for each in round_.closed.tallies
        )
        for round_ in session.rounds
        if round_.closed is not None
    }


@settings(max_examples=round(20_000 * LONG), deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
async def test_whatever_facilitators_do_and_take_back(seed: int) -> None:
    chance = random.Random(seed)
    played = chance.choice([*workshops().values()])
    session, box = Session("7k3m", DATE, played, code="rain42"), None
    with tempfile.TemporaryDirectory() as folder:
        seats: list[str] = []
        for _life in range(2):
            async with a_room(Path(folder), session, box, tick=3600) as room:
                await play(room, seats, chance)
            session, box = resumed(*stored(Path(folder)), chance)
        async with a_room(Path(folder), session, box, tick=3600) as room:
            await seal(room)


async def play(room: LiveRoom, seats: list[str], chance: random.Random) -> None:
    for seat in seats:
        assert room.session.is_ended or isinstance(await room.submit(commands.Join(seat)), Done)
    if not seats:
        seats += await join(room, chance.randrange(2, 13))
    gone: list[str] = []
    asked: tuple[str, object] | None = None
    shown: dict[tuple[str, int], tuple[ReleasedTally, ...]] = {}
    for _n in range(100):
        await do_anything(room, seats, gone, chance)
        if room.session.is_ended:
            break
        now: Box | None = room._kept.box
        if now is not None:
            asked = asked if asked and asked[0] == now.key else (now.key, opened_with(room.session))
            assert opened_with(room.session) == asked[1]
        found = results(room.session)
        assert {name: found.get(name) for name in shown} == shown
        at = room.session.round
        # A result that was set aside, as more answered than were here, is none that people were told.
        if at is not None and room.session.place.state is State.SHOWN and found[at.counts_as, at.number]:
            shown[at.counts_as, at.number] = found[at.counts_as, at.number]
        for role in Role:
            await seen(room, role, MINE)
    seats += gone


async def seal(room: LiveRoom) -> None:
    """End the session from wherever it stands; its notes say what it leaves."""
    if room.session.paused:
        await press(room)
    for _n in range(2):
        assert room.session.is_ended or isinstance(await press(room, Direction.END), Done)
    files = render(room.session)
    (name,) = (file for file in files if "/" not in file)
    assert read_note(files[name].decode()).past == past(room.session)
