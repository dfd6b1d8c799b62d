"""Numbers read aloud."""

from __future__ import annotations

import pytest

from tisu_tui.core.enumerating import enumerated, numbers_in
from tisu_tui.core.translation import speaking


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


@pytest.mark.parametrize("language", ["en", "gd", "pl"])
@pytest.mark.parametrize("numbers", [(), (4,), (2, 3), (2, 4, 7), (2, 3, 4), (1, 2, 3, 4, 6, 8, 9, 10)])
def test_numbers_are_read_as_they_are_said(numbers: tuple[int, ...], language: str) -> None:
    with speaking(language):
        assert numbers_in(enumerated(numbers)) == numbers


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1 4", (1, 4)),
        ("1,4,", (1, 4)),
        ("1 & 4 + 6", (1, 4, 6)),
        ("2-4, and 9", (2, 3, 4, 9)),
        ("2–4", (2, 3, 4)),
        ("0", (0,)),
        ("4 to 2", ()),
        ("2 to", ()),
        ("to 2", ()),
        ("-3", ()),
        ("1.5", ()),
        ("12345", ()),
        ("1 or 4", ()),
        ("٣", ()),
        ("1 x", ()),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, numbers: tuple[int, ...]) -> None:
    assert numbers_in(typed) == numbers
