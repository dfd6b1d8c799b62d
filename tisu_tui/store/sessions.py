"""What a session looks like in its file: one document a step round, and the Box of an open step beside them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.preconf.json import JsonConverter, make_converter
from tinydb import TinyDB

from tisu_tui.core.activity import Tier
from tisu_tui.core.box import Box
from tisu_tui.core.form import Field, Option, Order, Value, Write
from tisu_tui.core.shown import Number, Withheld, read_number
from tisu_tui.core.translation import gettext as _
from tisu_tui.privacy.roles import FIELD, question
from tisu_tui.session.session import Fate, Session
from tisu_tui.session.workshop import ReadWorkshop, Workshop
from tisu_tui.store.atomic import AtomicStorage, StorageDamaged, Tables, write_digest
from tisu_tui.store.files import FILES, Files

FORMAT = 1
"""The version of the file's format; a file with a higher one is refused."""
_LINES = 512
"""Bytes to whose next multiple words are filled up."""


def _stored_workshop(workshop: Workshop) -> dict[str, object]:
    """Store the text: its kinds are code, not data. Lists want its title at once."""
    stored: dict[str, object] = {"name": workshop.name, "title": workshop.title, "source": workshop.source}
    if workshop.translations:
        stored["translations"] = [
            {"name": translation.name, "source": translation.source} for translation in workshop.translations
        ]
    return stored


def _read_workshop(stored: dict[str, Any], read: ReadWorkshop) -> Workshop:
    """Read a workshop and its translations again."""
    workshop = read(stored["source"], stored["name"])
    own = tuple(read(each["source"], each["name"]) for each in stored.get("translations", ()))
    return replace(workshop, translations=own) if own else workshop


# Making one takes longer than reading a file with it, and a whole folder may be read.
@lru_cache(maxsize=4)
def _converter(read: ReadWorkshop | None = None) -> JsonConverter:
    converter = make_converter()
    converter.register_structure_hook(Number, read_number)
    converter.register_unstructure_hook(Withheld, lambda withheld: withheld.value)
    converter.register_unstructure_hook(Workshop, _stored_workshop)
    # What people type for an option is the kind's to say, and the same as long as the step is asked.
    of_option = make_dict_unstructure_fn(
        Option, converter, key=override(omit=True), name=override(omit_if_default=True)
    )
    converter.register_unstructure_hook(Option, of_option)
    if read is not None:
        converter.register_structure_hook(Workshop, lambda stored, _type: _read_workshop(stored, read))
    return converter


_WRITING = _converter()


def tables(session: Session, box: Box | None, asked: Iterable[Field] = ()) -> Tables:
    """Put a session, and the Box of its open step with what is asked there, into tables.

    Answers about a person, and words they wrote that the group has not said yes to, are never among them.
    """
    document = _WRITING.unstructure(session)
    rounds = document["rounds"]
    private = {step.id for step in session.workshop.steps if step.tier is Tier.ROOM}
    for round_ in rounds:
        if round_["step"] in private:
            round_["held"] = [line for line in round_["held"] if line["fate"] == Fate.KEPT]
    document["rounds"] = len(rounds)
    document["register"] = sorted(session.register)
    document["slips"] = sorted(session.slips)
    document["asked"] = sorted(session.asked)
    document["shown"] = sorted(session.shown)
    numbered = {str(n): round_ for n, round_ in enumerate(rounds, 1)}
    result: Tables = {"session": {"1": {**document, "format": FORMAT}}, "rounds": numbered}
    if box is not None and session.step is not None and session.step.id not in private:
        result["box"] = {"1": {**_WRITING.unstructure(box), "padding": _padding(box, asked, session.workshop.voices)}}
    return result


def _padding(box: Box, fields: Iterable[Field], voices: Sequence[str]) -> str:
    """Give the spaces that bring every answer in the box, and a pass, to the size of the longest there can be.

    Whoever sees the size of the file alone learns nothing from how it grows.
    """
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
    longest = sorted((option.id for option in field.options), key=len, reverse=True)
    if isinstance(field, Order) or not longest:
        return _size(longest)
    chosen = [each for each in longest for _each in range(field.each)][: field.most]
    return max(_size(chosen), _size(None))


def _size(value: Iterable[str] | None) -> int:
    """Count the bytes that a value takes in the file."""
    return len(json.dumps(None if value is None else [*value], ensure_ascii=False).encode())


class SessionFile:
    """One session's TinyDB file; the caller holds the session's lock."""

    def __init__(
        self, path: Path, date: dt.date | None = None, *, read_only: bool = False, files: Files = FILES
    ) -> None:
        self.path = path
        self._date = date
        self._files = files
        self._database = TinyDB(path, storage=AtomicStorage, date=date, read_only=read_only, files=files)

    def save(self, session: Session, box: Box | None = None, asked: Iterable[Field] = ()) -> None:
        """Store a session, and the Box of its open step with what is asked there, whole and durably.

        A session that has ended is sealed: beside it goes the digest that lets anybody see whether it was changed
        since. Raises `StorageFailed`, after which nothing more is saved.
        """
        # All tables in one write: a crash between two of them would leave neither before nor after.
        self._database.storage.write(tables(session, box, asked))
        if session.is_ended:
            write_digest(self.path, date=self._date, files=self._files)

    def load(self, read: ReadWorkshop) -> tuple[Session, Box | None]:
        """Load what was stored last; raises `StorageDamaged` for what can't be read or is of a newer tisu."""
        try:
            return self._load(_converter(read))
        except (BaseValidationError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise StorageDamaged(_("{path} is damaged: it is no session.").format(path=self.path)) from error

    def _load(self, converter: JsonConverter) -> tuple[Session, Box | None]:
        # All tables in one read: through TinyDB's tables the file would be parsed for each.
        stored = self._database.storage.read() or {}
        (document,) = stored["session"].values()
        version = document["format"]
        if not isinstance(version, int) or version > FORMAT:
            newer = _("{path} was made by a newer tisu (format {version}); this one reads up to {known}.")
            raise StorageDamaged(newer.format(path=self.path, version=version, known=FORMAT))
        rounds = [row for _n, row in sorted(stored["rounds"].items(), key=lambda each: int(each[0]))]
        if len(rounds) != document["rounds"]:
            raise ValueError("rounds are missing")
        boxes = [*stored.get("box", {}).values()]
        session = converter.structure({**document, "rounds": rounds}, Session)
        return session, converter.structure(boxes[0], Box) if boxes else None

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
