"""What a team promised and asked for, session after session, and what of it is still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from tisu_tui.core.form import Option
from tisu_tui.core.reading import record_words
from tisu_tui.core.records import Kept, RecordKind, read_record
from tisu_tui.core.workshop import Workshop
from tisu_tui.memory.past import Past

_LAST = "9999"
"""Stands after every date, for what has none."""


@dataclass(frozen=True, slots=True)
class _Promise:
    option: Option
    due: str


def open_promises(pasts: Iterable[Past]) -> tuple[Option, ...]:
    """List what was promised and nobody has called finished since, what is due first first, the same words once.

    Promised are actions, asks, replies to concerns and to a send-back, whom to tell, and decisions to look at again.
    An option's id is `SESSION.RECORD`, by which later sessions know it again.
    """
    found: dict[str, _Promise] = {}
    for past in sorted(pasts, key=lambda each: (each.date, each.id)):
        for standing in past.standings:
            if not standing.status.is_open:
                words = _words(standing.label)
                found = {
                    key: each for key, each in found.items() if key != words and each.option.id != standing.promise
                }
        for record in past.records:
            if _is_promise(record):
                option = Option(f"{past.id}.{record.id}", _label(record))
                # The same promise made again has a new date, and its old one is not asked about.
                found[_words(option.label)] = _Promise(option, record.due)
    return tuple(each.option for each in sorted(found.values(), key=lambda each: each.due or _LAST))


def remembered(workshop: Workshop, pasts: Iterable[Past]) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Give the options that a new session's `follow` steps begin with, by step; none where nothing is open."""
    follow = [step.id for step in workshop.steps if type(step.activity).follows_up and not step.again_id]
    options = open_promises(pasts) if follow else ()
    return tuple((step, options) for step in follow) if options else ()


def _is_promise(record: Kept) -> bool:
    # A decision without a day to look at it again promises none, and what is parked promises nothing.
    return bool(record.due) if record.kind is RecordKind.DECISION else record.kind is not RecordKind.PARK


def _label(record: Kept) -> str:
    words = record_words(record)
    match record.kind:
        case RecordKind.ASK:
            return _("We asked: {words}").format(words=words)
        case RecordKind.DECISION:
            return _("Was it honoured? We decided: {words}").format(words=words)
        case RecordKind.SEND_BACK:
            return _("Was it answered? Leaders sent it back: {words}").format(words=words)
        case RecordKind.CONCERN:
            return _("Was it answered? A concern: {words}").format(words=words)
        case RecordKind.TELL:
            return _("Were they told? {words}").format(words=words)
        case _:
            return words


def _words(label: str) -> str:
    """Give what is promised, without who does it and by when, so that the same promise is known by it."""
    try:
        text = read_record(RecordKind.ACTION, 0, label).text
    except ValueError:
        text = label
    return text.casefold()
