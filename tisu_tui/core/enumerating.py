"""Names, numbers and answers in a row, and words between quotes, as sentences have them."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _


def in_a_row(names: Sequence[str]) -> str:
    """Put names in a row, with "and" before the last."""
    if len(names) < 2:
        return "".join(names)
    return _("{most} and {last}").format(most=", ".join(names[:-1]), last=names[-1])


def enumerated(numbers: Sequence[int]) -> str:
    """Put numbers, the smallest first, in a row: `2 and 3`, or `2 to 5 and 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told: list[str] = []
    for run in runs:
        if len(run) > 2:
            told.append(_("{first} to {last}").format(first=run[0], last=run[-1]))
        else:
            told += map(str, run)
    return in_a_row(told)


def between(ends: Sequence[str]) -> str:
    """Say one answer, or the two that something lies between."""
    low, high = ends[0], ends[-1]
    return low if low == high else _("between {low} and {high}").format(low=low, high=high)


def span_words(ends: Sequence[str]) -> str:
    """Say one answer, or the first and the last of several."""
    low, high = ends[0], ends[-1]
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def quoted(text: str) -> str:
    """Put words that somebody typed, or that a file has, between quotes, short enough for a message."""
    return f"'{clean(text, 40)}'"
