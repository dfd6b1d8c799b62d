"""Makes a file grow by as much for every choice, and for a pass: whoever sees its size alone learns nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from tisu_tui.core.box import Box
from tisu_tui.core.form import Field, Order, Value, Write
from tisu_tui.core.size import Size
from tisu_tui.privacy.roles import question
from tisu_tui.session.session import Session

_LINES = 512
"""Bytes to whose next multiple words are filled up."""


def padding(session: Session, box: Box) -> str:
    """Give the spaces that bring every answer in the box to the size of the longest there can be."""
    step, at = session.step, session.round
    if step is None or at is None:
        return ""
    form = step.activity.form(session.given(step), Size(at.people))
    fields: Mapping[str, Field] = {each.id: each for each in (*form.fields, question(session.workshop.voices))}
    known: dict[tuple[str, Value | None], int] = {}
    missing = 0
    for answer in box.answers.values():
        for name, value in answer.items():
            if (name, value) not in known:
                known[name, value] = _most(fields[name], value) - _size(value) if name in fields else 0
            missing += known[name, value]
    return " " * missing


def _most(field: Field, value: Value | None) -> int:
    if isinstance(field, Write):
        return _size(value) + -_size(value) % _LINES
    longest = sorted((each.id for each in field.options), key=len, reverse=True)
    if isinstance(field, Order) or not longest:
        return _size(longest)
    chosen = [each for each in longest for _each in range(field.each)][: field.most]
    return max(_size(chosen), _size(None))


def _size(value: Iterable[str] | None) -> int:
    """Count the bytes that a value takes in the file."""
    return len(json.dumps(None if value is None else [*value], ensure_ascii=False).encode())
