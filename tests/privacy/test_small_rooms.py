"""No count from 1 to 4 of the others follows from what a room of five to nine is told: every room is looked at.

Each kind is counted and released the product's own way. Whoever looks knows how many answered and, perhaps, one answer.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Hashable, Iterator
from math import comb

import pytest
from lookalikes import (
    Counts,
    Rooms,
    ballots_seen,
    kind,
    let_out,
    of_one_answer,
    of_orders,
    of_several,
    options,
    orders,
    pins,
    question,
    spread_out,
)

from tisu_tui.core.activity import Activity, Given
from tisu_tui.core.form import Answer, Pick
from tisu_tui.core.released import Finding
from tisu_tui.core.size import Size
from tisu_tui.privacy import gate
from tisu_tui.privacy.record import Record
from tisu_tui.privacy.table import CAREFUL, TABLE, Subject, TableRow

SOAKED = bool(os.environ.get("TISU_SOAK"))
SIZES = range(5, 10)
ROOMS = 2000 if not SOAKED else 10**6
"""How many rooms a case may have, so that all of them together take seconds."""


def chosen_from(name: str, least: int = 2) -> Iterator[tuple[str, int, str]]:
    return ((name, n, "") for n in range(least, 8))


ONE_ANSWER = [
    *chosen_from("scale"),
    *chosen_from("rate"),
    *chosen_from("check-in"),
    *((name, n, argument) for name, argument in (("choose", "1"), ("dots", "1")) for n in range(2, 8)),
    ("consent", 2, ""),
    ("agree", 2, ""),
    ("sense", 2, ""),
    ("close", 2, ""),
]
SEVERAL = [
    *(
        ("choose", n, argument)
        for n in range(2, 6)
        for argument in ("up to 2", "up to 3", "any")
        if argument[-1] <= str(n) or argument == "any"
    ),
    *(("dots", n, argument) for n in range(2, 6) for argument in ("2", "3")),
]


def rooms_of(activity: Activity, people: int) -> int:
    field = question(activity)
    if isinstance(field, Pick) and field.most > 1:
        return int((people + 1) ** len(field.options))
    return comb(people + len(field.options) - 1, people)


def cases(of: list[tuple[str, int, str]]) -> list[tuple[str, int, str, int]]:
    """Cross kinds with sizes of room; where that makes too many rooms, only the long form has it."""
    return [(*each, people) for each in of for people in SIZES if rooms_of(made(each), people) <= ROOMS]


def made(case: tuple[str, int, str]) -> Activity:
    name, n, argument = case
    return kind(name, n, argument=argument)


def is_tie_of_two(alike: list[Counts]) -> bool:
    """The one exception: a tie between two options tells that each has half, and people are told so beforehand."""
    return len(alike[0]) == 2 and all(one == two for one, two in alike)


def unsafe(rooms: Rooms) -> list[Hashable]:
    return [message for message, alike in rooms.given_away().items() if not is_tie_of_two(alike)]


@pytest.mark.parametrize(("name", "n", "argument", "people"), cases(ONE_ANSWER))
def test_where_each_gives_one_answer(name: str, n: int, argument: str, people: int) -> None:
    assert unsafe(of_one_answer(kind(name, n, argument=argument), people)) == []


@pytest.mark.parametrize(("name", "n", "argument", "people"), cases(SEVERAL))
def test_where_each_may_choose_several(name: str, n: int, argument: str, people: int) -> None:
    assert unsafe(of_several(kind(name, n, argument=argument), people)) == []


@pytest.mark.parametrize("case", SEVERAL)
def test_only_how_many_people_chose_each_option_decides_what_is_told(case: tuple[str, int, str]) -> None:
    """So rooms may be laid out by totals: who chose what together, and where second dots lie, changes nothing."""
    activity, chance = made(case), random.Random(str(case))
    field = question(activity)
    assert isinstance(field, Pick)
    for _time in range(60):
        people = chance.choice(SIZES)
        counts = tuple(chance.randint(0, people) for _option in field.options)
        if people <= sum(counts) <= min(field.most, len(counts)) * people:
            plain, other = (spread_out(field, counts, people, chance=each) for each in (None, chance))
            assert let_out(activity, plain, people) == let_out(activity, other, people)


@pytest.mark.parametrize("people", SIZES)
def test_a_tie_between_two_is_told_and_is_the_only_exception(people: int) -> None:
    for argument in ("1", "any"):
        rooms = (
            of_one_answer(kind("choose", 2, argument="1"), people)
            if argument == "1"
            else of_several(kind("choose", 2, argument="any"), people)
        )
        assert all(is_tie_of_two(alike) for alike in rooms.given_away().values())
    tied = of_one_answer(kind("choose", 2, argument="1"), people).given_away()
    assert bool(tied) == (people in {6, 8})


@pytest.mark.parametrize("people", SIZES)
def test_three_put_in_order(people: int) -> None:
    partly = SOAKED or people < 7
    assert unsafe(of_orders(kind("rank", 3), people, partly=partly)) == []
    two = of_orders(kind("rank", 2), people, partly=False)
    assert all(each[0] == each[1] for alike in two.given_away().values() for each in alike)


@pytest.mark.parametrize("people", SIZES)
def test_four_put_in_order_by_witnesses(people: int) -> None:
    """For each thing that may be told and each count, two groups are found that are told the same and differ in it."""
    activity, chance = kind("rank", 4), random.Random(people)
    field = question(activity)
    possible = orders(field.options, partly=True)
    rows = ballots_seen(field.options, possible)
    # What holds for one ballot of one's own holds for each that calls the options otherwise.
    for mine in (None, possible[0], possible[-1]):
        left = defaultdict(list)
        for n in range(3000 if SOAKED else 300):
            # Groups that mostly agree are seldom made up otherwise.
            some = chance.sample(possible, chance.randint(1, 5)) if n % 3 else possible
            others = [chance.choice(some) for _each in range(people - (mine is not None))]
            answers: list[Answer] = [{field.id: each} for each in ([*others, mine] if mine else others)]
            message = let_out(activity, answers, people)
            left[message].append(tuple(map(sum, zip(*(rows[possible.index(other)] for other in others), strict=True))))
        assert len(left) == 5
        assert not [message for message, alike in left.items() if pins(alike)]


def test_what_somebody_needs_is_never_told() -> None:
    activity = kind("needs", 3)
    field = question(activity)
    told = {
        let_out(activity, [{field.id: (option.id,)}] * n + [{field.id: None}] * (people - n), people)
        for people in (5,)
        for n in range(people + 1)
        for option in options(activity)
    }
    assert len(told) == 1


@pytest.mark.parametrize("case", [("scale", 5, ""), ("choose", 3, "1"), ("check-in", 3, ""), ("consent", 2, "")])
def test_answers_choose_the_row_and_seats_can_only_lower_it(case: tuple[str, int, str]) -> None:
    activity = made(case)
    field = question(activity)
    chance = random.Random(3)
    for people in range(5, 25):
        for answered in range(people + 1):
            answers: list[Answer] = [{field.id: (chance.choice(field.options).id,)} for _each in range(answered)]
            passed: list[Answer] = [{field.id: None}] * (people - answered)
            with_seats, alone = (
                let_out(activity, each, n).tallies for each, n in ((answers + passed, people), (answers, answered))
            )
            assert with_seats == alone or answered < 5
            left = let_out(activity, answers, max(5, min(answered, 9))).tallies
            assert all(not isinstance(n, int) for tally in left for n in tally.counts)


@pytest.mark.parametrize("n", [2, 3, *((4, 5) if SOAKED else ())])
@pytest.mark.parametrize("people", [10, 11, 12, 13, 16, 17, 18])
def test_a_careful_room_of_ten_and_more_gives_no_small_count_away(n: int, people: int) -> None:
    careful = Record(careful=True)
    for activity in (kind("scale", n), kind("choose", n, argument="1")):
        assert unsafe(of_one_answer(activity, people, careful)) == []


@pytest.mark.parametrize("people", [10, 11, 12, 15, 20, 21, *((22, 23, 24, 25, 30) if SOAKED else ())])
def test_a_check_in_of_ten_and_more_gives_no_small_count_away(people: int) -> None:
    for n in (2, 3) if people < 15 or SOAKED else (2,):
        assert unsafe(of_one_answer(kind("check-in", n), people)) == []


def test_how_sure_people_are_of_a_rating_is_never_told_of_fewer_than_ten() -> None:
    activity = kind("rate", 5, settings=frozenset({"sureness"}))
    asked, sure = question(activity), activity.form(Given(), Size(9)).fields[1]
    assert isinstance(sure, Pick)
    told = set()
    for option in sure.options:
        answers: list[Answer] = [{asked.id: ("3",), sure.id: (option.id,)}] * 9
        told.add(let_out(activity, answers, 9))
    assert len(told) == 1


FIRST, MIDDLE = frozenset({Finding.WINNER}), frozenset({Finding.MEDIAN, Finding.UNRATED})
READY = frozenset({Finding.READY, Finding.MEDIAN})
LOOSENED: list[tuple[str, dict[Subject, tuple[TableRow, ...]], Subject, TableRow, tuple[str, int, str], int]] = [
    ("numbers about a person", TABLE, Subject.PERSON, TableRow(8, FIRST, numbers=True), ("check-in", 3, ""), 8),
    ("a share of fewer than 20", TABLE, Subject.PERSON, TableRow(9, FIRST | {Finding.SHARE}), ("check-in", 3, ""), 9),
    ("four words of spread", TABLE, Subject.US, TableRow(5, MIDDLE | {Finding.SPREAD}), ("scale", 5, ""), 5),
    ("the middle half", TABLE, Subject.US, TableRow(5, MIDDLE | {Finding.QUARTILES}), ("scale", 3, ""), 5),
    ("close or far of five answers", TABLE, Subject.US, TableRow(5, MIDDLE | {Finding.CLOSE}), ("scale", 5, ""), 5),
    ("numbers of nine ratings", TABLE, Subject.US, TableRow(9, MIDDLE, numbers=True), ("scale", 3, ""), 9),
    ("a choice of four people", TABLE, Subject.CHOICE, TableRow(4, FIRST), ("choose", 3, "1"), 4),
    ("the order", TABLE, Subject.CHOICE, TableRow(5, FIRST | {Finding.ORDER}), ("choose", 3, "1"), 5),
    ("most and more than half", TABLE, Subject.CHOICE, TableRow(5, FIRST | {Finding.MAJORITY}), ("choose", 4, "1"), 5),
    ("numbers of nine votes", TABLE, Subject.CHOICE, TableRow(9, FIRST, numbers=True), ("choose", 3, "1"), 9),
    (
        "objections",
        TABLE,
        Subject.CONSENT,
        TableRow(5, frozenset({Finding.CARRIED}), numbers=True),
        ("consent", 2, ""),
        9,
    ),
    ("the middle of six who sense", TABLE, Subject.SENSE, TableRow(5, READY), ("sense", 2, ""), 6),
    ("how far apart seven sense", TABLE, Subject.SENSE, TableRow(7, READY | {Finding.QUARTILES}), ("sense", 2, ""), 7),
    (
        "careful: over half of eleven",
        CAREFUL,
        Subject.CHOICE,
        TableRow(11, FIRST | {Finding.MAJORITY}),
        ("choose", 3, "1"),
        11,
    ),
    (
        "careful: a share of twelve",
        CAREFUL,
        Subject.CHOICE,
        TableRow(12, FIRST | {Finding.SHARE}),
        ("choose", 2, "1"),
        12,
    ),
    ("careful: numbers", CAREFUL, Subject.US, TableRow(12, MIDDLE, numbers=True), ("scale", 2, ""), 12),
]


@pytest.mark.parametrize(
    ("rows", "subject", "looser", "case", "people"), [each[1:] for each in LOOSENED], ids=[each[0] for each in LOOSENED]
)
def test_each_line_of_the_table_is_needed(
    rows: dict[Subject, tuple[TableRow, ...]],
    subject: Subject,
    looser: TableRow,
    case: tuple[str, int, str],
    people: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = Record(careful=rows is CAREFUL)
    if looser.least > 4:
        assert unsafe(of_one_answer(made(case), people, record)) == []
    monkeypatch.setitem(rows, subject, (*(row for row in rows[subject] if row.least < looser.least), looser))
    assert unsafe(of_one_answer(made(case), people, record)) != []


def test_every_line_is_loosened_once() -> None:
    loosened = {(id(rows), subject) for _name, rows, subject, *_more in LOOSENED}
    assert {(id(TABLE), subject) for subject in TABLE} <= loosened
    assert {(id(CAREFUL), each) for each in CAREFUL if CAREFUL[each] != TABLE[each]} <= loosened


def test_how_close_answers_are_is_not_told_on_a_shorter_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unsafe(of_one_answer(kind("scale", 4), 7)) == []
    monkeypatch.setattr(gate, "FEWEST_POINTS", 4)
    assert unsafe(of_one_answer(kind("scale", 4), 7)) != []
