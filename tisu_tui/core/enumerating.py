"""Numbers of lines in words, as they are read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _


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
    if len(told) < 2:
        return "".join(told)
    return _("{most} and {last}").format(most=", ".join(told[:-1]), last=told[-1])
