"""Messages and Views as JSON and back: tagged unions, with a fingerprint of all that is in them.

Messages are filled up, as frames whose size doesn't tell what was answered.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from tisu_tui.core.figure import Figure
from tisu_tui.core.form import Field
from tisu_tui.core.shown import WITHHELD, Number, Shown, Withheld, read_number
from tisu_tui.doors.messages import Coded, Do, Message
from tisu_tui.session.commands import Command, Sent
from tisu_tui.session.outcomes import Outcome
from tisu_tui.view.view import View

LEAST = 1024
"""Bytes of the smallest frame; others are twice as long, and again."""
_OWN = 512
_VALUE = 128
"""Bytes to whose multiples an answer to one field is filled up: what is chosen is nowhere longer."""
_TAG = "is"
_Word = str | Withheld
_Unsent: Any = Union[tuple(each for each in get_args(Command) if each is not Sent)]  # noqa: UP007 - made at run time
_FIELDS = get_type_hints(View)


def _word(value: object, _type: object) -> _Word:
    # A list of its own, so that a text with this very word stays a text.
    if value == [WITHHELD.value]:
        return WITHHELD
    if not isinstance(value, str):
        raise TypeError("this is no text")
    return value


def _unstructured_word(value: _Word) -> object:
    return [value.value] if isinstance(value, Withheld) else value


def _command(data: Coded, _type: object) -> Command:
    if "screen" in data:
        inner = {name: each for name, each in data.items() if name != "screen"}
        return Sent(str(data["screen"]), _converter.structure(inner, _Unsent))
    return _converter.structure(data, _Unsent)  # type: ignore[no-any-return]  # as wide as its union


def _unstructured_command(command: Command) -> Coded:
    """Write a command; where one comes from a private screen, the screen stands beside it."""
    if isinstance(command, Sent):
        return {"screen": command.screen, **_unstructured_command(command.command)}
    found: Coded = _converter.unstructure(command, _Unsent)
    return found


_converter = make_converter(forbid_extra_keys=True)
_converter.register_structure_hook(Number, read_number)
_converter.register_unstructure_hook(Withheld, lambda withheld: withheld.value)
# By functions, which come before what the converter has for unions.
_converter.register_structure_hook_func(lambda kind: kind == _Word, _word)
_converter.register_unstructure_hook(_Word, _unstructured_word)
_converter.register_structure_hook_func(lambda kind: kind == Command, _command)
_converter.register_unstructure_hook_func(lambda kind: kind == Command, _unstructured_command)
for _union in (Outcome, Field, Shown, Figure, _Unsent, Message):
    configure_tagged_union(_union, _converter, tag_name=_TAG)


def packed(message: Message) -> bytes:
    """Write a message, filled up to one of few sizes."""
    data = _converter.unstructure(message, Message)
    text = _json(data).encode()
    length = len(text)
    if isinstance(message, Do) and "value" in data["command"]:
        length += _missing([data["command"]["value"]])
    size = LEAST
    while size < length:
        # Beyond 64 KiB, where Views of the whole room are, twice as much would be a waste.
        size = size * 2 if size < 64 * LEAST else size + 64 * LEAST
    return text.ljust(size)


def unpacked(frame: bytes) -> Message:
    """Read a message; raises ValueError."""
    try:
        data = json.loads(frame)
    except ValueError:
        data = None
    return _read(data, Message)  # type: ignore[no-any-return]  # as wide as its union


def own_text(own: Coded) -> str:
    """Write what is one screen's own, of one length for whatever it chose; nothing where it has nothing."""
    if not own:
        return ""
    text = _json(own)
    return text.ljust(-(-(len(text) + _missing(own.get("answer", {}).values())) // _OWN) * _OWN)


def _missing(values: Iterable[Any]) -> int:
    """Count the bytes that bring each answer to a multiple of `_VALUE`."""
    return sum(-len(_json(value)) % _VALUE for value in values)


def _json(data: object) -> str:
    return json.dumps(data, separators=(",", ":"))


def view_to_data(view: View) -> Coded:
    """Write a View, field by field."""
    return {name: field_to_data(view, name) for name in _FIELDS}


def field_to_data(view: View, name: str) -> object:
    """Write one field of a View."""
    return _converter.unstructure(getattr(view, name), _FIELDS[name])


def own_part(view: View, shared: View) -> Coded:
    """Write what a View has instead of the shared one that it was made of."""
    names = (name for name in _FIELDS if getattr(view, name) is not getattr(shared, name))
    return {name: field_to_data(view, name) for name in names}


def changed(view: View | None, change: Coded) -> View:
    """Put changes into a View, or make one of all its fields; raises ValueError."""
    read = {name: _read(each, _FIELDS[name]) for name, each in change.items()}
    return View(**read) if view is None else replace(view, **read)


def _read(data: object, kind: object) -> Any:
    try:
        return _converter.structure(data, kind)  # type: ignore[arg-type]  # a union, which cattrs takes
    except Exception as error:  # cattrs raises groups of whatever its hooks raise
        raise ValueError("this is of another version, or damaged") from error


@cache
def fingerprint() -> str:
    """Give a digest of every class, field and word that a frame can have: two of one fingerprint read each other."""
    known: dict[str, str] = {}
    for each in (View, Message):
        _describe(each, known)
    lines = "\n".join(f"{name}: {known[name]}" for name in sorted(known))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _describe(kind: Any, known: dict[str, str]) -> None:
    if get_origin(kind) is not None or isinstance(kind, types.UnionType):
        for each in get_args(kind):
            _describe(each, known)
    elif not isinstance(kind, type) or kind.__name__ in known:
        return
    elif issubclass(kind, Enum):
        known[kind.__name__] = " ".join(str(each.value) for each in kind)
    elif is_dataclass(kind):
        hints = get_type_hints(kind)
        known[kind.__name__] = " ".join(f"{field_.name}={hints[field_.name]!r}" for field_ in fields(kind))
        for hint in hints.values():
            _describe(hint, known)
