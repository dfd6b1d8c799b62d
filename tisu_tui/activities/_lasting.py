"""Lasting: what was said on a scale, put into rows that later sessions are compared with."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.activities import _telling
from tisu_tui.core.form import Option
from tisu_tui.core.later import Row
from tisu_tui.core.released import Finding, Released, ReleasedTally

_UNKNOWN = "dont-know"


def rows(released: Released, lines: Sequence[Option], points: Sequence[Option]) -> tuple[Row, ...]:
    """Give a row for each line that something may be said of; the kind does not know its step's id."""
    make = _measured if _telling.is_secret(released) else _agreed
    return tuple(row for line in lines if (row := make(released, line, points)))


def _agreed(released: Released, line: Option, points: Sequence[Option]) -> Row | None:
    labels = tuple(each.label for each in points)
    said = tuple(each.label for each in _telling.picked(released, line.id, points))
    return Row("", line.id, line.label, labels, said, aloud=True) if said else None


def _measured(released: Released, line: Option, points: Sequence[Option]) -> Row | None:
    tally = released.tally(line.id)
    if tally is None:
        return None
    labels = {each.id: each.label for each in points}

    def said(name: Finding) -> tuple[str, ...]:
        return tuple(labels[each] for group in tally.finding(name) or () for each in group)

    middle, quartiles = said(Finding.MEDIAN), said(Finding.QUARTILES)
    spread, unknown, counts = _telling.spread_word(released, line.id), _unknown(tally), _counts(tally, points)
    if not (middle or quartiles or spread or unknown or counts):
        return None
    return Row("", line.id, line.label, tuple(labels.values()), middle, quartiles, spread, unknown, counts)


def _unknown(tally: ReleasedTally) -> tuple[int, int] | None:
    if _UNKNOWN not in {each.id for each in tally.options}:
        return None
    number, answered = tally.count(_UNKNOWN), tally.answered
    return (number, answered) if isinstance(number, int) and isinstance(answered, int) else None


def _counts(tally: ReleasedTally, points: Sequence[Option]) -> tuple[int, ...]:
    numbers = [tally.count(each.id) for each in points]
    known = tuple(number for number in numbers if isinstance(number, int))
    return known if len(known) == len(numbers) else ()
