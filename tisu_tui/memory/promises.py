"""A team's promises and requests over all sessions, and their present status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tisu_tui.core.form import Option
from tisu_tui.core.later import Status
from tisu_tui.core.promise_lines import read_promise
from tisu_tui.core.records import Kept, RecordKind
from tisu_tui.memory.past import Past
from tisu_tui.memory.replies import Reply
from tisu_tui.session.workshop import Workshop

BETWEEN = "actions"
"""Stands in ids where a session's id does, for what was promised between sessions."""

_LAST = "9999"
"""Stands after every date, for what has none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said of a promise on a day: in a session, or between sessions where `session` is empty."""

    date: str
    status: Status
    words: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a team wrote about a promise outside sessions; `id` is `SESSION.RECORD`, `record` as it stands there now.

    `ticked` is None where there is no box: it counts as done since the last day that is named beside it. `box` is what
    a box says besides, that it was begun or dropped.
    """

    id: str
    record: Kept
    ticked: bool | None = None
    turns: tuple[Turn, ...] = ()
    reply: Reply | None = None
    did: str = ""
    box: Status | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing promised or asked for, with everything that was said of it since, the earliest first.

    `made` is the day of its session, empty where nobody knows; `again` is the id of the same promise made later.
    """

    id: str
    record: Kept
    made: str
    title: str = ""
    of: str = ""
    """The decision that it is about, in one sentence; empty where it is about none."""
    history: tuple[Turn, ...] = ()
    reply: Reply | None = None
    did: str = ""
    again: str = ""

    @property
    def status(self) -> Status:
        """Where it stands."""
        return self.history[-1].status if self.history else Status.NOT_STARTED

    @property
    def is_open(self) -> bool:
        """Whether it should be asked about again."""
        return self.status.is_open and not self.again


@dataclass(slots=True)
class _Found:
    promise: Promise
    turns: list[Turn] = field(default_factory=list)


def promises(pasts: Iterable[Past], entries: Iterable[Entry] = ()) -> tuple[Promise, ...]:
    """List all promises, open or not, the earliest due first.

    Promised are actions, asks, replies to concerns and to a send-back, whom to tell, and decisions to look at again.
    `entries` are what was written between sessions.
    """
    found: dict[str, _Found] = {}
    now: dict[str, str] = {}
    for past in sorted(pasts, key=lambda each: (each.date, each.id)):
        for standing in past.standings:
            name = standing.promise if standing.promise in found else now.get(_known_by(standing.label), "")
            if name:
                found[name].turns.append(Turn(past.date, standing.status, standing.words, past.id))
        for record in past.records:
            if _is_promise(record):
                of = dict(past.beside).get(record.id, "")
                promise = Promise(f"{past.id}.{record.id}", record, past.date, past.title, of)
                _renew(found, now, promise)
                found[promise.id] = _Found(promise)
    for entry in entries:
        _write(found, entry)
    told = (replace(each.promise, history=_history(each.turns)) for each in found.values())
    return tuple(sorted(told, key=lambda each: (each.record.due or _LAST, each.made, each.id)))


def open_promises(promised: Iterable[Promise]) -> tuple[Promise, ...]:
    """Keep what nobody has called finished."""
    return tuple(each for each in promised if each.is_open)


def _is_promise(record: Kept) -> bool:
    # A decision without a day to look at it again promises none, and what is parked promises nothing.
    return bool(record.due) if record.kind is RecordKind.DECISION else record.kind is not RecordKind.PARK


def _known_by(text: str) -> str:
    """Matching key: the text without owner and date."""
    try:
        return (read_promise(text).text or text).casefold()
    except ValueError:
        return text.casefold()


def _renew(found: dict[str, _Found], now: dict[str, str], promise: Promise) -> None:
    """Let a promise that is made again, with a new date, stand for the earlier one."""
    words = promise.record.text.casefold()
    earlier = found.get(now.get(words, ""))
    if earlier and all(turn.status.is_open for turn in earlier.turns[-1:]):
        earlier.promise = replace(earlier.promise, again=promise.id)
    now[words] = promise.id


def _write(found: dict[str, _Found], entry: Entry) -> None:
    """Merge entries written between sessions into the promises of sessions."""
    at = found.get(entry.id)
    if at is None:
        made = entry.turns[0].date if entry.turns else ""
        at = found[entry.id] = _Found(Promise(entry.id, entry.record, made))
    promise, record = at.promise, entry.record
    # What was asked for is the session's to say; who and by when may change.
    at.promise = replace(
        promise,
        record=replace(promise.record, text=record.text, owner=record.owner, due=record.due),
        reply=_later(promise.reply, entry.reply),
        did=entry.did or promise.did,
    )
    at.turns += entry.turns
    last = entry.turns[-1] if entry.turns else Turn(promise.made, Status.NOT_STARTED)
    if entry.ticked and last.status.is_open:
        # Nobody knows when it was ticked. A session that spoke of it later has the last word.
        at.turns.append(Turn(last.date, Status.DONE))
    elif entry.ticked is False and entry.turns and not last.status.is_open:
        at.turns.append(Turn(last.date, Status.UNDER_WAY))
    if entry.box and entry.box is not last.status:
        at.turns.append(Turn(last.date, entry.box))


def _later(one: Reply | None, other: Reply | None) -> Reply | None:
    if one is None or other is None:
        return other or one
    return other if other.date >= one.date else one


def _history(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    return tuple(dict.fromkeys(sorted(turns, key=lambda each: (each.date, not each.session))))


def remembered(workshop: Workshop, options: Iterable[Option]) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Give the options that a new session's `follow` steps begin with, by step; none where nothing is open.

    Nothing is asked for in a workshop that follows nothing up.
    """
    follow = [step.id for step in workshop.steps if type(step.activity).follows_up and not step.again_id]
    due = tuple(options) if follow else ()
    return tuple((step, due) for step in follow) if due else ()
