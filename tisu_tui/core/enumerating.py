"""Names, numbers and answers in a row, words between quotes, and the ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _

_DIGITS = 4
"""The most digits of a number that is one of lines, choices or people."""


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


def numbers_in(text: str) -> tuple[int, ...]:
    """Read numbers from 0 on, as people type them and as `enumerated` says them; none if anything else is there."""
    before, to, _after = _("{first} to {last}").format(first="|", last="|").split("|")
    and_ = in_a_row(["|", "|"]).strip("|")
    joining = {before.strip(), and_.strip(), "and", "&", "+"}
    numbers: list[int] = []
    is_span = False
    for word in re.findall(r"[0-9]+|[^\s0-9,]+", text):
        if word[0] not in "0123456789":
            if word in {to.strip(), "to", "-", "–"} and numbers and not is_span:
                is_span = True
            elif word not in joining:
                return ()
            continue
        if len(word) > _DIGITS or (is_span and int(word) <= numbers[-1]):
            return ()
        number = int(word)
        numbers += range(numbers[-1] + 1, number + 1) if is_span else [number]
        is_span = False
    return () if is_span else tuple(numbers)


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


def ended(text: str) -> str:
    """End words as a sentence ends, where they do not do that themselves."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
