"""Makes a file grow by as much for every choice, and for a pass: whoever sees its size alone learns nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tisu_tui.core.box import Box
from tisu_tui.core.form import Field, Order, Value, Write
from tisu_tui.privacy.roles import FIELD, question

_LINES = 512
"""Bytes to whose next multiple words are filled up."""


def padding(box: Box, fields: Iterable[Field], voices: Sequence[str]) -> str:
    """Give the spaces that bring every answer in the box to the size of the longest there can be."""
    asked = {each.id: each for each in fields}
    if voices:  # an answer stays in the box when roles are asked no more
        asked[FIELD] = question(voices)
    known: dict[tuple[str, Value | None], int] = {}
    missing = 0
    for answer in box.answers.values():
        for name, value in answer.items():
            if (name, value) not in known:
                known[name, value] = _most(asked[name], value) - _size(value) if name in asked else 0
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
