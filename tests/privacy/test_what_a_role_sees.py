"""What each role sees of each kind, in every tier, state and size of room, is the same whoever answers what.

Two rooms go side by side. They differ in what people answer and in nothing else, so what a role sees alike in both
tells it nothing of any answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from attacked_room import DATE
from rooms import a_room

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Tier
from tisu_tui.core.form import By, Form, Order, Pick, Value
from tisu_tui.memory.earlier import earlier
from tisu_tui.memory.past import past
from tisu_tui.notes.write import render
from tisu_tui.recount.recounted import recount
from tisu_tui.room.return_words import hashed
from tisu_tui.room.room import LiveRoom
from tisu_tui.session.commands import (
    Bring,
    Command,
    CountHands,
    Direction,
    Enter,
    Go,
    Join,
    Jot,
    Judge,
    Lend,
    Reply,
    Withdraw,
)
from tisu_tui.session.flow import is_held_up
from tisu_tui.session.outcomes import Done
from tisu_tui.session.session import Fate, Session, State
from tisu_tui.session.workshop import Workshop
from tisu_tui.view.view import Role, View
from tisu_tui.workshop.reader import read

STORIES = Path(__file__).parent.parent / "stories"
NEVER = 3600.0
"""A tick that does not come while a test runs."""
SIZES = (1, 3, 5, 6, 8, 9, 12, 13)
JOTTED = "jotted for myself"


def workshops() -> Iterator[tuple[str, Workshop]]:
    """Give the workshop of each kind's story, with its steps in each tier that they may have."""
    for kind in sorted(kinds()):
        story = (STORIES / f"{kind}.md").read_text(encoding="utf-8")
        (source,) = re.findall(r"^```workshop\n(.*?)^```$", story, re.DOTALL | re.MULTILINE)
        for tier in Tier:
            tiered = re.sub(r"^(`[a-z].*)$", rf"\1 `{tier.value}`", source, flags=re.MULTILINE)
            # Whoever comes late is told what was before, so something was.
            late = tiered.replace("\n## ", "\n## Hello\n\n`talk`\n\n## ", 1)
            if found := read(late, f"{kind}.md", today=DATE).workshop:
                yield f"{kind} {tier.value}", found


WORKSHOPS = dict(workshops())


class Playing:
    """A room with everybody who looks at it; `mark` is in all the words that are written there."""

    def __init__(self, room: LiveRoom, mark: str, chance: random.Random) -> None:
        self.room = room
        self.mark = mark
        self.seats: list[str] = []
        self.laptop = self.turn = ""
        self.scribe = random.Random(3)
        """What is said aloud, and so seen; the same in both rooms unless a test makes it another."""
        self._chance = chance

    async def begin(self, people: int) -> None:
        self.seats = [await self.do(Join(is_new=True)) for _n in range(people)]
        self.laptop = await self.do(Bring())
        if people > 4:
            await self.do(CountHands(2))
        await self.do(Jot(JOTTED))

    async def do(self, command: Command) -> str:
        outcome = await self.room.submit(command)
        return outcome.seat if isinstance(outcome, Done) else ""

    async def next(self) -> None:
        """Go on, also where a worry was raised: what is asked again would be another session."""
        session = self.room.session
        await self.do(Go(session.place, Direction.SKIP if is_held_up(session) else Direction.NEXT))

    async def answer(self) -> None:
        """Have everybody but the first answer, some on the laptop, some of them twice or not after all."""
        session = self.room.session
        form = session.form(len(self.seats))
        if form.by is By.SCRIBE:
            for question in form.fields:
                await self.do(Enter(session.place, question.id, value(question, self.mark, self.scribe) or ()))
        elif form.by is By.EVERYONE:
            for _person in range(2):
                # Whoever had it before has gone on.
                self.turn = await self.do(Lend(self.laptop))
                await self._answer(form, self.turn)
            self.turn = await self.do(Lend(self.laptop))
            for seat in self.seats[1:]:
                await self._answer(form, seat)
                if self._chance.random() < 0.2:
                    await self.do(Withdraw(session.place, seat))
                    if self._chance.random() < 0.5:
                        await self._answer(form, seat)

    async def _answer(self, form: Form, seat: str) -> None:
        given: dict[str, Value | None] = {}
        while seat and (each := form.pending(given)):
            given[each.id] = value(each, self.mark, self._chance)
            await self.do(Reply(self.room.session.place, seat, each.id, given[each.id]))

    async def looks(self) -> dict[str, View]:
        """Look from every place there is: also from a second private screen, the wall, and the laptop."""
        places = [
            ("facilitator", Role.FACILITATOR, "first desk"),
            ("second facilitator", Role.FACILITATOR, "second desk"),
            ("shared screen", Role.SCREEN, ""),
            ("a wall", Role.SCREEN, self.seats[-1]),
            ("whoever has answered nothing", Role.PARTICIPANT, self.seats[0]),
            ("somebody else's words", Role.PARTICIPANT, "amber-amber-amber"),
            ("laptop", Role.PARTICIPANT, self.laptop),
            ("next on the laptop", Role.PARTICIPANT, self.turn or "nobody's turn"),
        ]
        return {name: await self._look(role, seat) for name, role, seat in places}

    async def _look(self, role: Role, seat: str) -> View:
        async with aclosing(self.room.watch(role, seat)) as views:
            return await anext(views)

    def secrets(self) -> Iterator[str]:
        """Give what nobody may see, whatever their role."""
        box = self.room._kept.box
        names = [*self.seats, self.laptop, *([self.turn] if self.turn else ())]
        yield from names
        yield from map(hashed, names)
        yield from self.room.session.register
        if box is not None:
            yield box.key
            yield from box.answers


def value(asked: object, mark: str, chance: random.Random) -> Value | None:
    """Make up an answer to a field, or pass it."""
    if chance.random() < 0.2:
        return None
    match asked:
        case Pick(options=options):
            most = min(asked.most, len(options))
            return tuple(option.id for option in chance.sample(list(options), chance.randint(1, most)))
        case Order(options=options):
            return tuple(option.id for option in chance.sample(list(options), len(options)))
        case _:
            return (f"{mark} {chance.randrange(10**6)}",)


@asynccontextmanager
async def playing(folder: Path, workshop: Workshop, people: int, mark: str) -> AsyncIterator[Playing]:
    folder.mkdir(mode=0o700)
    # The room's own chance is the same in both, so that everything but the answers is.
    async with a_room(folder, Session("7k3m", DATE.isoformat(), workshop, code="rain42"), tick=NEVER) as room:
        here = Playing(room, mark, random.Random(mark))
        await here.begin(people)
        # Whoever is there first leads, and stays.
        async with aclosing(room.watch(Role.FACILITATOR, "first desk")) as first:
            await anext(first)
            yield here


@pytest.mark.parametrize("name", WORKSHOPS)
async def test_for_every_kind_tier_state_and_role_what_is_seen_tells_nothing_of_an_open_answer(
    name: str, tmp_path: Path
) -> None:
    people = SIZES[list(WORKSHOPS).index(name) * 5 % len(SIZES)]

    async with (
        playing(tmp_path / "one", WORKSHOPS[name], people, "zebra") as one,
        playing(tmp_path / "two", WORKSHOPS[name], people, "apple") as two,
    ):
        states = set()
        leads = [view.desk.leads for view in (await one.looks()).values() if view.desk]
        assert leads == [True, False]
        for _press in range(40):
            place = one.room.session.place
            assert two.room.session.place == place
            states.add(place.state)
            if place.state is State.OPEN:
                unanswered = await one.looks()
                for here in (one, two):
                    await here.answer()
            seen = [await here.looks() for here in (one, two)]
            asks_everyone = one.room.session.form(people).by is By.EVERYONE
            if place.state is State.OPEN and asks_everyone:
                # Nothing has moved since the question was opened, wherever anybody looks.
                assert seen[0] == seen[1] == unanswered
            if place.state is State.CLOSED and asks_everyone:
                assert [*map(_open_to_all, seen)] == [_open_to_all(seen[0])] * 2
            for here, views in zip((one, two), seen, strict=True):
                _check(here, views)
            if one.room.session.is_ended:
                break
            for here in (one, two):
                await here.next()
        assert State.ENDED in states
        assert {State.OPEN, State.SHOWN} & states


@pytest.mark.parametrize("people", [3, 12])
@pytest.mark.parametrize("name", [each for each in WORKSHOPS if each.endswith(Tier.ROOM)])
async def test_what_is_kept_in_the_room_leaves_nothing_whatever_was_answered(
    name: str, people: int, tmp_path: Path
) -> None:
    left: list[tuple[object, ...]] = []

    async def main(folder: Path, mark: str) -> None:
        async with playing(folder, WORKSHOPS[name], people, mark) as here:
            here.scribe = random.Random(mark)
            while not here.room.session.is_reading:
                await here.answer()
                if here.room.session.place.state is State.CLOSED:
                    await here.do(Judge(here.room.session.place, tuple(range(1, 20)), Fate.KEPT))
                await here.next()
            read = here.room.session
            # As it lies in files that were sealed when such rounds still were in them.
            older = replace(read, place=replace(read.place, state=State.ENDED))
            draft = render(read), past(older), recount(older), earlier(older.workshop, [older])
            await here.next()
            sealed = here.room.session
            assert sealed.is_ended
            files = {path.name: path.read_bytes() for path in folder.iterdir()}
            left.append((*draft, render(sealed), past(sealed), files))
            assert mark not in repr(left[-1])

    for mark in ("zebra", "apple"):
        await main(tmp_path / mark, mark)
    assert left[0] == left[1]


def _open_to_all(views: dict[str, View]) -> dict[str, View]:
    """Leave out the facilitator, who reads words and a preview before anything is shown."""
    return {who: view for who, view in views.items() if view.role is not Role.FACILITATOR}


def _check(here: Playing, views: dict[str, View]) -> None:
    session = here.room.session
    secrets = [*here.secrets()]
    held = [line.text for round_ in session.rounds for line in round_.held if line.fate is Fate.HELD]
    for who, view in views.items():
        text = repr(view)
        assert not [secret for secret in secrets if secret in text], who
        assert view.answer == {}, who
        if view.role is not Role.FACILITATOR:
            assert view.desk is None, who
            assert not [each for each in (*held, JOTTED, "rain42", *session.workshop.notes) if each in text], who
        if view.role is Role.PARTICIPANT and session.place.state is State.OPEN:
            assert view.progress == "", who
        if session.place.state in {State.WAITING, State.OPEN, State.CLOSED}:
            assert view.shown == (), who


def test_every_kind_is_seen_in_every_tier_it_may_have() -> None:
    tiers = {kind: {each.split(" ", 1)[1] for each in WORKSHOPS if each.split(" ", 1)[0] == kind} for kind in kinds()}
    assert all(tiers.values())
    assert {kind for kind, found in tiers.items() if len(found) < 3} == {"check-in", "close", "needs", "reflect"}
