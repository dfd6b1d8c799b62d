"""Whatever is said between a room and a door comes out on the other side as it went in."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import a_room, any_answer, go_to, join, press, reply, seen
from shipped import workshops
from test_no_dead_ends import Player, scatter, tie

from tisu_tui.core.form import Form, Option, Pick
from tisu_tui.core.shown import WITHHELD, Counts, WordTable
from tisu_tui.doors import codec
from tisu_tui.doors.codec import (
    changed,
    fingerprint,
    own_part,
    own_text,
    packed,
    unpacked,
    view_to_data,
)
from tisu_tui.doors.messages import Came, Do, News
from tisu_tui.session.commands import Command, Keep, Reply, Sent
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.session import Place, Session, Unsent
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, View, view

PLAIN = [each for each in get_args(Command) if each is not Sent]


def _across(data: Any) -> Any:
    return json.loads(json.dumps(data))


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.__name__)
def test_every_command_comes_through(kind: type[Any]) -> None:
    @given(st.from_type(kind), st.text())
    def check(command: Any, screen: str) -> None:
        for each in (command, Sent(screen, command)):
            do = Do(1, 1, "en", each)
            assert unpacked(packed(do)) == do

    check()


@pytest.mark.parametrize("kind", get_args(Outcome), ids=lambda kind: kind.__name__)
def test_every_outcome_comes_through(kind: type[Any]) -> None:
    @given(st.from_type(kind))
    def check(outcome: Any) -> None:
        # What is not compared comes through too.
        assert repr(unpacked(packed(Came(outcome)))) == repr(Came(outcome))

    check()


class Onlooker(Player):
    """Has every View that anybody could have had written down and read, as a session goes on."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.states: set[str] = set()
        self.before: dict[Role, View] = {}

    def do(self, command: Command) -> Any:
        session = self.session
        outcome = super().do(command)
        if self.session != session:
            self.look()
        return outcome

    def look(self) -> None:
        self.states.add(self.session.place.state.value)
        for role in Role:
            shown = view(self.session, role, Live(seats=self.people, undo="something"))
            data = view_to_data(shown)
            assert repr(changed(None, _across(data))) == repr(shown)
            if before := self.before.get(role):
                old = view_to_data(before)
                change = {name: value for name, value in data.items() if old[name] != value}
                assert repr(changed(before, _across(change))) == repr(shown)
            self.before[role] = shown


EVERY = 1 if os.environ.get("TISU_SOAK") else 6
"""Of how many workshops one is played each day."""
TODAY = [*workshops()][dt.date.today().toordinal() % EVERY :: EVERY]


@pytest.mark.parametrize("name", TODAY)
def test_every_view_of_the_library_comes_through(name: str) -> None:
    workshop = workshops()[name]
    for people, answering in ((6, tie), (12, scatter)):
        player = Onlooker(Session("7k3m", "2026-11-18", workshop), people, answering)
        player.look()
        player.play()
        assert {"waiting", "open", "shown", "ended"} <= player.states


async def test_a_seats_own_part_comes_through(tmp_path: Path) -> None:
    async with a_room(tmp_path) as room:
        seats = await join(room, 6)
        await go_to(room, "arrive")
        field, value = next(iter(any_answer(room.session.form(6), random.Random(2)).items()))
        assert isinstance(await reply(room, seats[0], field, value), Done)
        assert isinstance(await room.submit(Keep(seats[1], Unsent(room.session.place, field, marked=("1",)))), Done)
        shared = view(room.session, Role.PARTICIPANT, Live())
        for seat in seats:
            own = await seen(room, Role.PARTICIPANT, seat)
            assert changed(shared, _across(own_part(own, shared))) == own
        await press(room)


def test_a_word_that_is_written_like_a_withheld_one_stays_a_word() -> None:
    table = WordTable("", ("a",), (("withheld",), (WITHHELD,)))
    counts = Counts("", ("a",), ("b",), ((WITHHELD,), (3,)))
    shown = replace(_a_view(), shown=(table, counts))
    assert changed(None, _across(view_to_data(shown))).shown == (table, counts)


def _a_view() -> View:
    session = Session("7k3m", "2026-11-18", next(iter(workshops().values())))
    return view(session, Role.PARTICIPANT, Live())


def test_what_is_compared_by_nobody_comes_through() -> None:
    form = Form((Pick("far", (Option("a", "1: Far", key="1", name="Far", group="x"),)),))
    shown = replace(_a_view(), form=form)
    assert repr(changed(None, _across(view_to_data(shown)))) == repr(shown)


@pytest.mark.parametrize(
    "data", [{}, {"is": "Nothing"}, {"is": "Reply"}, {"is": "Join", "words": "", "more": 1}, {"is": "Sent"}]
)
def test_what_is_no_command_is_refused(data: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match="of another version, or damaged"):
        unpacked(json.dumps({"is": "Do", "number": 1, "settled": 1, "language": "en", "command": data}).encode())


@given(st.binary())
def test_what_is_no_message_is_refused(frame: bytes) -> None:
    with pytest.raises(ValueError, match="of another version, or damaged"):
        unpacked(frame)


def _answers() -> st.SearchStrategy[tuple[str, ...] | None]:
    ids = st.from_regex(r"[a-z-]{1,30}", fullmatch=True)
    return st.none() | st.lists(ids, min_size=1, max_size=3).map(tuple)


def _asked(field: str, value: tuple[str, ...] | None, number: int = 1) -> int:
    reply = Reply(Place(3, 1), "one-two-three", field, value)
    return len(packed(Do(number, number, "en", reply)))


def _told(field: str, value: tuple[str, ...] | None, number: int = 1) -> int:
    own = own_text({"answer": {field: value if value is None else list(value)}})
    return len(packed(News(number, {}, [(1, "participant en", own)])))


@given(_answers(), _answers(), st.text(max_size=200), st.integers(1, 2**31))
def test_an_answer_and_a_pass_have_one_size(
    one: tuple[str, ...] | None, other: tuple[str, ...] | None, field: str, number: int
) -> None:
    assert _asked(field, one, number) == _asked(field, other, number)
    assert _told(field, one, number) == _told(field, other, number)


def test_they_have_one_size_also_where_a_frame_is_nearly_full() -> None:
    sizes = set()
    for length in range(1200):
        field = "x" * length
        for size in (_asked, _told):
            one, other = size(field, None), size(field, ("strongly-agree",))
            assert one == other
            sizes.add(one)
    assert len(sizes) > 1, "some frames are fuller than others"


@given(st.text())
def test_what_was_said_of_a_short_answer_has_one_size(label: str) -> None:
    said = len(packed(Came(Done(said=f"Recorded: {label[:40]}"))))
    assert said == len(packed(Came(Done())))


def test_another_field_gives_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = fingerprint()
    fingerprint.cache_clear()
    monkeypatch.setattr(codec, "Message", Place)
    try:
        assert fingerprint() != ours
    finally:
        fingerprint.cache_clear()
