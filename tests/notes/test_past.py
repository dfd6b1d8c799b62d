"""A session leaves what its notes say, and nothing of what stayed in the room."""

from __future__ import annotations

from dataclasses import replace

from build import STAGES, STATEMENTS, aloud_room, full_room, small_room

from tisu_tui.core.activity import Tier
from tisu_tui.memory.past import past, pasts

SCALE = tuple(f"{n} {label}" for n, label in enumerate(STAGES, 1))


def test_a_full_room_leaves_its_records_and_all_that_was_released_of_each_statement() -> None:
    left = past(full_room())
    assert (left.id, left.date, left.people) == ("7k3m", "2026-11-18", "12–19")
    assert [record.id for record in left.records] == ["d1", "a2", "a3", "q4", "p5"]
    assert [row.label.removeprefix(f"R{n} ") for n, row in enumerate(left.rows, 1)] == list(STATEMENTS)
    first = left.rows[0]
    assert (first.step, first.id, first.scale) == ("recommendations", "R1", SCALE)
    assert (first.middle, first.quartiles) == ((SCALE[2],), (SCALE[1], SCALE[2]))
    assert (first.unknown, first.counts) == ((0, 12), (0, 4, 6, 2, 0))


def test_a_small_room_leaves_the_middle_and_a_word_and_no_number() -> None:
    rows = past(small_room()).rows
    assert rows
    assert all(row.middle and not (row.counts or row.unknown) for row in rows)


def test_what_was_agreed_aloud_is_known_as_that_and_an_open_question_is_no_stage() -> None:
    (row,) = past(aloud_room()).rows
    assert (row.id, row.middle, row.aloud) == ("R1", (SCALE[2],), True)


def test_nothing_is_left_of_a_step_that_stays_in_the_room() -> None:
    session = full_room()
    steps = tuple(replace(step, tier=Tier.ROOM) for step in session.workshop.steps)
    assert past(replace(session, workshop=replace(session.workshop, steps=steps))).rows == ()


def test_only_sealed_sessions_leave_something_the_earliest_first() -> None:
    assert [each.id for each in pasts([aloud_room(), small_room(), full_room()])] == ["7k3m", "a1b2"]
