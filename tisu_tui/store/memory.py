"""What a team remembers from one session to the next: the promises that its sealed sessions left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _

from tisu_tui.core.form import Option
from tisu_tui.core.reading import record_words
from tisu_tui.core.records import Kept, RecordKind, read_record
from tisu_tui.core.session import Session
from tisu_tui.core.workshop import Workshop

_FOLLOW = "follow"
_LAST = "9999"
"""Stands after every date, for what has none."""


@dataclass(frozen=True, slots=True)
class _Promise:
    option: Option
    due: str


def open_promises(sessions: Iterable[Session]) -> tuple[Option, ...]:
    """List actions and asks that nobody has called finished since, what is due first first, the same words once.

    Only sealed sessions count. An option's id is `SESSION.RECORD`, by which later sessions know it again.
    """
    found: dict[str, _Promise] = {}
    for session in sorted((each for each in sessions if each.is_ended), key=lambda each: (each.date, each.id)):
        for option in _finished(session):
            words = _words(option.label)
            found = {key: each for key, each in found.items() if key != words and each.option.id != option.id}
        for record in session.records:
            if record.kind in {RecordKind.ACTION, RecordKind.ASK}:
                option = Option(f"{session.id}.{record.id}", _label(record))
                # The same promise made again has a new date, and its old one is not asked about.
                found[_words(option.label)] = _Promise(option, record.due)
    return tuple(each.option for each in sorted(found.values(), key=lambda each: each.due or _LAST))


def remembered(workshop: Workshop, sessions: Iterable[Session]) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Give the options that a new session's `follow` steps begin with, by step; none where nothing is open."""
    follow = [step.id for step in workshop.steps if step.kind == _FOLLOW and not step.again_id]
    options = open_promises(sessions) if follow else ()
    return tuple((step, options) for step in follow) if options else ()


def _label(record: Kept) -> str:
    words = record_words(record)
    return _("We asked: {words}").format(words=words) if record.kind is RecordKind.ASK else words


def _words(label: str) -> str:
    """Give what is promised, without who does it and by when, so that the same promise is known by it."""
    try:
        text = read_record(RecordKind.ACTION, 0, label).text
    except ValueError:
        text = label
    return text.casefold()


def _finished(session: Session) -> Iterator[Option]:
    """Find what was finished by the last round that spoke of it."""
    follow = {step.id: step.activity for step in session.workshop.steps if step.kind == _FOLLOW}
    is_open: dict[Option, bool] = {}
    for each in session.rounds:
        if each.step in follow and (released := each.released):
            # What the step would pass on is what is still open.
            left = follow[each.step].offers(released)
            is_open |= {option: option in left for option in each.options if released.entry(option.id)}
    return (option for option, is_left in is_open.items() if not is_left)
