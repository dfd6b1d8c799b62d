"""What one sealed session leaves for later ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.days import stored
from tisu_tui.core.later import Captured, Request, Row, Standing, Status
from tisu_tui.core.records import OF_REQUESTS, Kept
from tisu_tui.core.released import Released
from tisu_tui.core.size import Way, band
from tisu_tui.core.text import clean
from tisu_tui.core.translation import speaking
from tisu_tui.memory.earlier import told
from tisu_tui.privacy.record import Look
from tisu_tui.session.decisions import UNDER_ITS_DECISION, decisions
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step

_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Past:
    """What one sealed session leaves: what its notes say, and no more; `people` is a band.

    `standings` are where earlier promises stood at its end, each once; `rows` are of the last round of each step.
    """

    id: str
    date: str
    workshop: str
    title: str
    people: str
    rehearsal: bool = False
    records: tuple[Kept, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    """The decision that a record stands under, where it does: the record's id, and the decision in one sentence."""
    standings: tuple[Standing, ...] = ()
    requests: tuple[Request, ...] = ()
    """The requests of earlier sessions that were open when it began, as they stood then."""
    rows: tuple[Row, ...] = ()
    captured: tuple[Captured, ...] = ()
    told: tuple[Look, ...] = ()
    """What was told of its questions, known by digests of their words: a later session may tell less because of it."""


def past(session: Session) -> Past:
    """Take out of a session what it leaves; nothing of what stays in the room."""
    steps = _steps(session)
    under = {
        record.id: _line(decision.told_of(record))
        for decision in decisions(session)
        for record in decision.records
        if record.kind in UNDER_ITS_DECISION
    }
    return Past(
        id=session.id,
        date=session.date,
        workshop=_line(session.workshop.name),
        title=_line(session.workshop.title),
        people=band(session.largest),
        rehearsal=session.rehearsal,
        records=tuple(replace(each, text=_line(each.text)) for each in session.records if each.kind not in OF_REQUESTS),
        beside=tuple((each.id, under[each.id]) for each in session.records if each.id in under),
        standings=tuple(_standings(session, steps)),
        requests=session.requests,
        rows=tuple(row for step, rounds in steps for row in rows(step, rounds[-1])),
        captured=tuple(
            Captured(_line(each.heading), _line(each.text))
            for step, rounds in steps
            for released in rounds
            if _is_kept(released)
            for each in step.activity.captured(released)
        ),
        told=told((session,)),
    )


def _standings(session: Session, steps: list[tuple[Step, list[Released]]]) -> Iterator[Standing]:
    """Return what was said of earlier promises and of requests, in the order of the agenda; each once a step."""
    records = [record for record in session.records if record.kind in OF_REQUESTS]
    said = {step.id: [record for record in records if record.step == step.id] for step in session.workshop.steps}
    told = {step.id: _of_step(session, step, rounds) for step, rounds in steps}
    asked = {request.id for request in session.requests}
    latest: dict[str, Standing] = {}
    for step in session.workshop.steps:
        for standing in told.get(step.id, ()):
            latest[standing.promise] = standing
    for step in session.workshop.steps:
        for standing in told.get(step.id, ()):
            # Of a promise only where it stood last is kept; of a request each answer is.
            if standing.promise in asked or latest[standing.promise] is standing:
                yield standing
        yield from (_said(record) for record in said[step.id])
    yield from (_said(record) for record in records if record.step not in said)


def _of_step(session: Session, step: Step, rounds: list[Released]) -> tuple[Standing, ...]:
    found: dict[str, Standing] = {}
    for released in rounds:
        if _is_kept(released):
            for standing in step.activity.standings(released):
                by, words = _day(standing.by, session.date)
                said = " ".join(filter(None, (_line(standing.words), words)))
                found[standing.promise] = replace(standing, label=_line(standing.label), words=said, by=by)
    return tuple(found.values())


def _said(record: Kept) -> Standing:
    status = Status(record.status) if record.status else Status.ASKED
    return Standing(record.request, _line(record.asked), status, _line(record.text), record.due, record.owner)


def _day(text: str, today: str) -> tuple[str, str]:
    """Read a day that the scribe typed; what is none stays words."""
    if not text:
        return "", ""
    try:
        return stored(text, dt.date.fromisoformat(today)), ""
    except ValueError:
        return "", _line(text)


def pasts(sessions: Iterable[Session]) -> tuple[Past, ...]:
    """Take what sealed sessions leave, each in its own language, the earliest first; those that go on leave nothing."""
    found: list[Past] = []
    for session in sorted(sessions, key=lambda session: (session.date, session.id)):
        with speaking(session.workshop.language):
            found += [past(session)] if session.is_ended else []
    return tuple(found)


def _steps(session: Session) -> list[tuple[Step, list[Released]]]:
    """Give the steps that notes tell of, in the agenda's order, each with its own rounds."""
    found = []
    for step in session.workshop.steps:
        rounds = [round_.released for round_ in session.rounds if round_.step == step.id and round_.released]
        if rounds and step.tier is not Tier.ROOM:
            found.append((step, rounds))
    return found


def _is_kept(released: Released) -> bool:
    """Tell whether anything left the screen of somebody who was alone."""
    return released.way is not Way.ALONE or bool(released.tallies)


def rows(step: Step, last: Released) -> tuple[Row, ...]:
    """Return a step's last results on a scale, worded as in the notes."""
    if not _is_kept(last):
        return ()
    return tuple(
        replace(
            row,
            step=step.id,
            asked=_line(step.title),
            label=_line(row.label or step.title),
            scale=tuple(map(_line, row.scale)),
            middle=tuple(map(_line, row.middle)),
            quartiles=tuple(map(_line, row.quartiles)),
        )
        for row in step.activity.rows(last)
    )


def _line(text: str) -> str:
    """Make a text the one line of words that notes have of it."""
    return " ".join(clean(text, _LONGEST).split())
