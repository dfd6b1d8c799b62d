"""A workshop with one more step, written into its own text and read again."""

from __future__ import annotations

import datetime as dt

from tisu_tui.core.workshop import Workshop
from tisu_tui.workshop.edit import fragment, insert
from tisu_tui.workshop.reader import read


def add_step(workshop: Workshop, after: int, kind: str, words: str) -> Workshop:
    """Add a step of a kind after another (-1: before the first); raises ValueError in plain words."""
    step = fragment(kind, words, {each.id for each in workshop.steps})
    reading = read(insert(workshop.source, after, step), workshop.name, today=dt.date.max)
    if reading.workshop is None:
        first = next(each for each in reading.problems if not each.warning)
        raise ValueError(f"{first.message}: {first.expected}" if first.expected else first.message)
    return reading.workshop
