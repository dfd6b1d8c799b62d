"""Numbers read aloud."""

from __future__ import annotations

import pytest

from tisu_tui.core.enumerating import enumerated


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((), ""),
        ((4,), "4"),
        ((2, 3), "2 and 3"),
        ((2, 4, 7), "2, 4 and 7"),
        ((2, 3, 4), "2 to 4"),
        ((1, 2, 3, 4, 6, 8, 9, 10), "1 to 4, 6 and 8 to 10"),
    ],
)
def test_numbers_are_said_as_people_read_them(numbers: tuple[int, ...], said: str) -> None:
    assert enumerated(numbers) == said
