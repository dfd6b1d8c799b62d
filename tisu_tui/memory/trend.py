"""A rated step over the sessions that ran it: what each said of every statement, with evidence and promises beside it.

The same group is never assumed. A change is only said where both ends may be compared, and never in numbers of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tisu_tui.core.days import in_words
from tisu_tui.core.enumerating import span_words
from tisu_tui.core.form import short
from tisu_tui.core.later import Captured, Row, spread_label
from tisu_tui.core.records import RecordKind
from tisu_tui.core.released import Finding
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import reply_words, status_words
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import Promise
from tisu_tui.session.last_time import comparable, middle_words
from tisu_tui.session.readback import record_words

EMPTY = "–"
"""What stands where nothing is shown, or nothing was asked."""


@dataclass(frozen=True, slots=True)
class TrendSession:
    """A session that ran the step; `people` is a band."""

    id: str
    date: str
    title: str
    people: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line that names the statement and was written down aloud on a day."""

    date: str
    captured: Captured


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One statement over time, in its latest words.

    `cells` go along the sessions; one is `None` where nothing is shown or nothing was asked. `reworded` are the dates
    of sessions that asked it with other words or another scale, which nothing is compared with.
    """

    id: str
    label: str
    scale: tuple[str, ...]
    cells: tuple[Row | None, ...]
    reworded: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """One step over time: its sessions, the earliest first, and its statements."""

    step: str
    title: str
    """What the latest session called the step."""
    sessions: tuple[TrendSession, ...]
    lines: tuple[TrendLine, ...]


def rated_steps(pasts: Iterable[Past], workshop: str) -> tuple[str, ...]:
    """List the steps that sessions of a workshop, named with or without `.md`, rated something in; the latest first."""
    names = {workshop, f"{workshop}.md"}
    own = sorted((each for each in pasts if each.workshop in names), key=_when, reverse=True)
    return tuple(dict.fromkeys(row.step for past in own for row in past.rows))


def trend_of(pasts: Iterable[Past], step: str, promised: Iterable[Promise] = ()) -> Trend:
    """Put all sessions beside each other that ran a step with this id, of whichever workshop.

    `promised` is everything that was promised, of which a statement gets what names it.
    """
    ran = [(each, _rows(each, step)) for each in sorted(pasts, key=_when)]
    told = [(past, rows) for past, rows in ran if rows]
    # Where a session shows nothing of a statement, its place is that of the session that shows most.
    fullest = sorted(told, key=lambda each: len(each[1]), reverse=True)
    ids = dict.fromkeys(name for _past, rows in fullest for name in rows)
    promised = sorted(promised, key=lambda promise: (promise.made, promise.id))
    captured = [Evidence(past.date, record) for past, _rows in ran for record in past.captured]
    lines = (_line(name, told) for name in ids)
    titles = [row.asked for _past, rows in told for row in rows.values() if row.asked]
    return Trend(
        step,
        titles[-1] if titles else step,
        tuple(TrendSession(past.id, past.date, past.title, past.people) for past, _rows in told),
        tuple(
            replace(
                line,
                evidence=tuple(evidence for evidence in captured if speaks_of(evidence.captured.text, line.id)),
                promises=tuple(promise for promise in promised if speaks_of(promise.record.text, line.id)),
            )
            for line in lines
        ),
    )


def _when(past: Past) -> tuple[str, str]:
    return past.date, past.id


def _rows(past: Past, step: str) -> dict[str, Row]:
    return {row.id: row for row in past.rows if row.step == step}


def _line(name: str, told: Sequence[tuple[Past, dict[str, Row]]]) -> TrendLine:
    asked = [(past.date, rows.get(name)) for past, rows in told]
    latest = next(row for _date, row in reversed(asked) if row)

    def is_same(row: Row) -> bool:
        return (row.label, row.scale) == (latest.label, latest.scale)

    cells = tuple(row if row and is_same(row) else None for _date, row in asked)
    reworded = tuple(date for date, row in asked if row and not is_same(row))
    return TrendLine(name, latest.label, latest.scale, cells, reworded)


_CODE = re.compile(r"([A-Za-z]+\d+)[a-z]?")


def speaks_of(text: str, statement: str) -> bool:
    """Tell whether words name a statement by its code: R4b is named by R4b, and by R4, which has it as a part."""
    code = _CODE.fullmatch(statement)
    if code is None:
        return False
    return re.search(rf"(?<!\w)(?:{code[0]}|{code[1]})(?!\w)", text, re.IGNORECASE) is not None


def change(line: TrendLine, sessions: Sequence[TrendSession]) -> str:
    """Compare the first and the latest session, if they are comparable; else nothing."""
    said = [(in_words(held.date), row) for held, row in zip(sessions, line.cells, strict=True) if row and row.middle]
    if len(said) < 2 or Finding.MEDIAN not in comparable(said[0][1], said[-1][1]):
        return ""
    (then, before), (now, after) = said[0], said[-1]
    if before.middle == after.middle:
        return _("On {then} and on {now}: {answer}.").format(then=then, now=now, answer=middle_words(after))
    return _("On {then}: {before}. On {now}: {after}.").format(
        then=then, before=middle_words(before), now=now, after=middle_words(after)
    )


def share(row: Row) -> str:
    """Say how many don't know, in words that no one person's coming or going changes; nothing where it may not be."""
    if row.unknown is None or not row.unknown[1]:
        return ""
    number, answered = row.unknown
    if not number:
        return _("nobody")
    if 4 * number < answered:
        return _("under a quarter")
    return _("half or more") if 2 * number >= answered else _("a quarter or more")


def columns() -> tuple[str, ...]:
    """Name what is told of a statement in each session."""
    return _("Middle answer"), _("Middle half"), _("How far apart"), _("Don't know")


def told(row: Row | None) -> tuple[str, ...]:
    """Tell a statement of one session in the order of `columns`; a dash for what is not shown, or was not asked."""
    if row is None:
        return (EMPTY,) * len(columns())
    return (
        middle_words(row) if row.middle else EMPTY,
        span_words([*map(short, row.quartiles)]) if row.quartiles else EMPTY,
        spread_label(row.spread) if row.spread else EMPTY,
        share(row) or EMPTY,
    )


def empty_sentence() -> str:
    """Say what a dash stands for; the same whatever the cause."""
    return _("–: not shown, or not asked.")


def same_people_sentence() -> str:
    """Say what nobody should take for granted when sessions stand beside each other."""
    return _("We may not be the same people each time.")


def reworded_sentence(line: TrendLine) -> str:
    """Say which sessions asked in other words; nothing where none did."""
    if not line.reworded:
        return ""
    return _("Asked in other words, or on another scale, and so not compared: {dates}.").format(
        dates=", ".join(map(in_words, line.reworded))
    )


def evidence_words(evidence: Evidence) -> str:
    """State a line of evidence and its date."""
    return _("{date}, {heading}: {text}").format(
        date=in_words(evidence.date), heading=evidence.captured.heading, text=evidence.captured.text
    )


def promised_words(promise: Promise) -> str:
    """State a promise or request with its date, status and answer."""
    kept = record_words(promise.record)
    if promise.record.kind is RecordKind.ASK:
        said = _("Asked on {date}: {words}").format(date=in_words(promise.made), words=kept)
        told = _("You said: {words}").format(words=reply_words(promise.reply)) if promise.reply else _("no answer yet")
        return f"{said} ({told})"
    said = _("Promised on {date}: {words}").format(date=in_words(promise.made), words=kept) if promise.made else kept
    last = promise.history[-1] if promise.history else None
    status = status_words(promise.status)
    return f"{said} ({status}: {last.words})" if last and last.words else f"{said} ({status})"
