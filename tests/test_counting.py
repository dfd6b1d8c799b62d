from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu_tui.activities._counting import agreement, median, quantile, spread

COUNTS = st.lists(st.integers(0, 40), min_size=3, max_size=9).filter(any)


@pytest.mark.parametrize(
    ("counts", "a", "middle", "quartiles"),
    [
        # The first is the worked example of van der Eijk's paper as published with the R package agrmt.
        ((30, 40, 210, 130, 530, 50, 10), 0.611333, (5, 5), (3, 5)),
        ((0, 0, 8, 0, 0), 1, (3, 3), (3, 3)),
        ((4, 0, 0, 0, 4), -1, (1, 5), (1, 5)),
        ((2, 2, 2, 2, 2), 0, (3, 3), (2, 4)),
        ((1, 2, 4, 2, 1), 0.35, (3, 3), (2, 4)),
        ((0, 1, 6, 1, 0), 0.8125, (3, 3), (3, 3)),
        ((0, 4, 4, 0, 0), 0.75, (2, 3), (2, 3)),
        ((3, 0, 0, 5, 0), -0.0625, (4, 4), (1, 4)),
        ((1, 1, 3, 3, 0), 0.5, (3, 3), (2, 4)),
        ((5, 0, 0, 0, 3), -0.5, (1, 1), (1, 5)),
        ((0, 0, 2, 5, 1), 0.75, (4, 4), (3, 4)),
    ],
)
def test_known_counts(counts: tuple[int, ...], a: float, middle: tuple[int, int], quartiles: tuple[int, int]) -> None:
    assert agreement(counts) == pytest.approx(a, abs=1e-6)
    assert tuple(category + 1 for category in median(counts)) == middle
    assert (quantile(counts, 0.25) + 1, quantile(counts, 0.75) + 1) == quartiles


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((0, 0, 8, 0, 0), "agree"),
        ((30, 40, 210, 130, 530, 50, 10), "some"),
        ((1, 2, 4, 2, 1), "spread"),
        ((2, 2, 2, 2, 2), "spread"),
        ((5, 0, 0, 0, 3), "split"),
    ],
)
def test_spread_has_a_word(counts: tuple[int, ...], word: str) -> None:
    assert spread(counts) == word


@pytest.mark.parametrize("counts", [(3, 4), (0, 0, 0)])
def test_agreement_needs_three_points_and_an_answer(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="three categories and an answer"):
        agreement(counts)


def test_the_median_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        median((0, 0, 0))


@given(COUNTS)
def test_the_median_lies_between_the_quartiles(counts: list[int]) -> None:
    low, high = median(counts)
    assert quantile(counts, 0.25) <= low <= high <= quantile(counts, 0.75)
    assert low == quantile(counts, 0.5)


@given(COUNTS)
def test_the_middle_is_what_sorting_everybody_finds(counts: list[int]) -> None:
    people = [category for category, n in enumerate(counts) for _each in range(n)]
    assert median(counts) == (people[(len(people) - 1) // 2], people[len(people) // 2])


@given(COUNTS)
def test_agreement_lies_between_minus_one_and_one(counts: list[int]) -> None:
    assert -1 - 1e-9 <= agreement(counts) <= 1 + 1e-9


@given(COUNTS)
def test_a_scale_read_backwards_agrees_as_much(counts: list[int]) -> None:
    assert agreement(counts[::-1]) == pytest.approx(agreement(counts))
    assert median(counts[::-1]) == tuple(len(counts) - 1 - category for category in reversed(median(counts)))


@given(COUNTS, st.integers(2, 5))
def test_twice_the_people_agree_as_much(counts: list[int], times: int) -> None:
    assert agreement([times * n for n in counts]) == pytest.approx(agreement(counts))
