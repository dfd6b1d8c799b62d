"""What is wrong with a step: every problem at once, each where it stands."""

from __future__ import annotations

import pytest
from playing import lines, read, scale

from tisu_tui.core.activity import ListLine, WorkshopProblem


def codes(kind: str, **changes: object) -> list[tuple[str, int]]:
    with pytest.raises(WorkshopProblem) as caught:
        read(kind, **changes)
    return [(problem.code, problem.line) for problem in caught.value.problems]


@pytest.mark.parametrize("kind", ["choose", "dots"])
def test_a_choice_needs_two_different_options(kind: str) -> None:
    assert codes(kind, choices=lines("Rota")) == [("T410", 5)]
    assert codes(kind, choices=lines("Rota", "Budget", " rota")) == [("T412", 12)]
    same_id = (ListLine("rota", "Rota", 10, 3), ListLine("rota", "Who writes the rota", 11, 3))
    assert codes(kind, choices=same_id) == [("T412", 11)]
    read(kind, choices=(), takes_options=True)


@pytest.mark.parametrize(
    ("kind", "argument"),
    [
        ("dots", "0"),
        ("dots", "7"),
        ("dots", "many"),
        ("dots", "99999"),
        ("choose", "0"),
        ("choose", "4"),
        ("choose", "up to 4"),
        ("choose", "up to ²"),
        ("choose", "all"),
    ],
)
def test_a_count_must_be_one_that_can_be_met(kind: str, argument: str) -> None:
    assert codes(kind, argument=argument) == [("T415", 5)]


def test_options_that_are_yet_to_come_are_not_counted() -> None:
    read("choose", choices=(), takes_options=True, argument="up to 9")
    assert codes("choose", choices=(), takes_options=True, argument="up to 0") == [("T415", 5)]


@pytest.mark.parametrize("kind", ["scale", "check-in", "rate"])
def test_a_scale_has_two_points_or_more_that_go_up(kind: str) -> None:
    assert codes(kind, scale=()) == [("T413", 5)]
    assert codes(kind, scale=scale([(1, 1, "Low")])) == [("T413", 5)]
    assert codes(kind, scale=scale([(1, 3, "Low"), (3, 5, "High")])) == [("T414", 21)]
    assert codes(kind, scale=scale([(2, 2, "High"), (1, 1, "Low")])) == [("T414", 21)]
    assert codes(kind, scale=scale([(3, 1, "Low"), (4, 4, "High")])) == [("T414", 20)]
    # One point out of place is one problem, not one for every point after it.
    assert codes(kind, scale=scale([(5, 5, "E"), (1, 1, "A"), (2, 2, "B")])) == [("T414", 21)]
    read(kind, scale=scale([(-2, 0, "Low"), (5, 9, "High")]))


def test_everything_is_said_at_once() -> None:
    assert codes("rate", numbered=(), scale=()) == [("T411", 5), ("T413", 5)]
    assert codes("rate", numbered=lines("It works.", "it works."), scale=scale([(2, 2, "b"), (1, 1, "a")])) == [
        ("T412", 11),
        ("T414", 21),
    ]


@pytest.mark.parametrize("kind", ["agree", "capture"])
def test_lines_to_go_through_are_needed(kind: str) -> None:
    assert codes(kind, numbered=()) == [("T416", 5)]
    assert codes(kind, numbered=lines("Same", "Other", "Same")) == [("T412", 12)]


def test_an_id_that_the_kind_needs_itself_is_taken() -> None:
    assert codes("agree", numbered=(ListLine("more", "More breaks", 10, 3),)) == [("T412", 10)]
    statements = (ListLine("R1", "It works.", 10, 3), ListLine("R1.sureness", "We are sure.", 11, 3))
    assert codes("rate", numbered=statements) == [("T412", 11)]


@pytest.mark.parametrize("quorum", ["0/3", "3/2", "half", "2", "²/3", "1/0"])
def test_a_quorum_is_a_share(quorum: str) -> None:
    assert codes("consent", quorum=quorum) == [("T417", 5)]
