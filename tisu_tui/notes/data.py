"""The same results for programs: one JSON document, and one table with a row for each option."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from tisu_tui.core.later import Request, Status, reason
from tisu_tui.core.released import Released, ReleasedTally
from tisu_tui.core.shown import WITHHELD, Counts, Quotes, Say, Shown, Withheld, WordTable
from tisu_tui.core.size import band
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import promises
from tisu_tui.notes.markdown import plain
from tisu_tui.notes.told import Ran, Told
from tisu_tui.session.decisions import Decision, decisions
from tisu_tui.session.session import Session

FORMAT = 1
"""The version of both formats, in the JSON document under `tisu-results`."""

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

# Spreadsheets take a cell that begins so for a formula; the wide forms count in some languages.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_COLUMNS = (
    "session",
    "date",
    "step",
    "kind",
    "round",
    "way",
    "statement",
    "question",
    "option",
    "label",
    "people",
    "dots",
    "withheld",
    "voice",
)


def results_json(session: Session, steps: tuple[Told, ...], left: Past) -> bytes:
    """Write what was released as JSON; a number that is withheld is null, beside `"withheld": true`."""
    document: Json = {
        "tisu-results": FORMAT,
        "session": session.id,
        "date": session.date,
        "title": session.workshop.title,
        "workshop": session.workshop.name,
        "people": band(session.largest),
        "counted by hand": session.hands > 0,
        "status": "sealed" if session.is_ended else "draft",
        "rehearsal": session.rehearsal,
        "steps": [_step(each) for each in steps],
        "records": [
            {
                "id": each.id,
                "kind": each.kind.value,
                "text": each.text,
                "owner": each.owner,
                "due": each.due,
                "about": each.about,
                "step": each.step,
                "request": each.request,
                "status": each.status,
                "visible": each.visible,
            }
            for each in session.records
        ],
        "requests": [_request(each.request) for each in promises([left]) if each.is_request],
        "standings": [
            {
                "id": each.promise,
                "status": each.status.value,
                "words": each.words,
                "because": reason(each.status, each.words),
                "by": each.by,
                "seen": each.seen,
            }
            for each in left.standings
        ],
        "decisions": [_decision(each) for each in decisions(session)],
        "struck": session.struck,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _request(request: Request) -> Json:
    history: list[Json] = [
        {
            "date": each.date,
            "status": each.status.value,
            "words": each.words,
            "because": each.because,
            "by": each.by,
            "role": each.role,
            "door": each.door,
            "session": each.session,
        }
        for each in request.history
    ]
    again: list[Json] = [*request.again]
    return {
        "id": request.id,
        "text": request.text,
        "owner": request.owner,
        "asked": request.asked,
        "asked again": again,
        "reply by": request.due,
        "status": request.status.value,
        "history": history,
    }


_OF_RECORDS = "session date id kind text owner due step about request status words because".split()  # noqa: SIM905 - a row of names is read in a row


def records_csv(session: Session, left: Past) -> bytes:
    """Write a row for each record, and for each thing said of an earlier promise or request."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(_OF_RECORDS)
    for each in session.records:
        cells = (each.id, each.kind.value, each.text or each.asked, each.owner, each.due, each.step, each.about)
        said = each.text if each.asked else ""
        stood = (each.request, each.status, said, reason(Status(each.status), said) if each.status else "")
        lines.writerow([_safe(cell) for cell in (session.id, session.date, *cells, *stood)])
    typed = {(each.request, each.status or Status.ASKED, each.due) for each in session.records if each.request}
    for standing in left.standings:
        if (standing.promise, standing.status, standing.by) not in typed:
            cells = ("", "standing", standing.label, standing.role, standing.by, "", "")
            why = reason(standing.status, standing.words)
            stood = (standing.promise, standing.status.value, standing.words, why)
            lines.writerow([_safe(cell) for cell in (session.id, session.date, *cells, *stood)])
    return text.getvalue().encode("utf-8-sig")


def _decision(decision: Decision) -> Json:
    back = decision.sent_back
    concerns: list[Json] = [*decision.verdict.concerns]
    return {
        "step": decision.step.id,
        "round": decision.round,
        "asked": decision.asked,
        "right": decision.right.value if decision.right else None,
        "method": decision.rule.method if decision.rule else None,
        "rule": decision.rule.carries if decision.rule else None,
        "quorum": (decision.rule.quorum or None) if decision.rule else None,
        "way": decision.way.value,
        "result": decision.verdict.result,
        "agreed": decision.verdict.is_agreed,
        "stands": decision.stands,
        "concerns": concerns,
        "records": [each.id for each in decision.records],
        "sent back": back.id if back else None,
    }


def _step(told: Told) -> Json:
    step: dict[str, Json] = {
        "id": told.step.id,
        "title": told.step.title,
        "kind": told.step.kind,
        "tier": told.step.tier.value,
        "ran": told.ran.value,
    }
    if told.ran is Ran.RESULT:
        step["right"] = told.step.right.value if told.step.right else None
        step["rounds"] = [_round(each) for each in told.rounds]
        step["shown"] = [_shown(each) for each in told.shown]
    return step


def _round(released: Released) -> Json:
    return {
        "round": released.round,
        "way": released.way.value,
        "people": released.people,
        "withheld": released.nothing,
        "questions": [_tally(each) for each in released.tallies],
        "voices": [
            {"voice": each.voice, "questions": [_tally(tally) for tally in each.tallies]} for each in released.voices
        ],
        "themes": [each.name for each in released.themes],
        "kept": list(released.kept),
        **_by_theme(released),
    }


def _by_theme(released: Released) -> dict[str, Json]:
    """Put kept lines under their themes; nothing where there are none, so that older sessions give the same bytes."""
    if not any(released.kept_themes):
        return {}
    return {
        "kept by theme": [
            {"theme": each.name, "kept": list(released.kept_under(each.name))} for each in released.themes
        ]
    }


def _tally(tally: ReleasedTally) -> Json:
    options: list[Json] = []
    for n, option in enumerate(tally.options):
        line: dict[str, Json] = {"id": option.id, "label": option.label, "people": _value(tally.counts[n])}
        if tally.weights:
            line["dots"] = _value(tally.weights[n])
        options.append(line)
    return {
        "id": tally.field,
        "title": tally.title,
        "answered": _value(tally.answered),
        "withheld": WITHHELD in (tally.answered, *tally.counts, *tally.weights),
        "options": options,
        "findings": {each.finding.value: [list(group) for group in each.groups] for each in tally.found},
    }


def _value(value: str | int | Withheld) -> Json:
    return None if isinstance(value, Withheld) else value


def _shown(shown: Shown) -> Json:
    match shown:
        case Say(text):
            return {"say": text}
        case Quotes(title, texts, under):
            lines: list[Json] = [list(each) for each in under]
            return {"title": title, "quotes": list(texts), **({"under": lines} if lines else {})}
        case WordTable(title, columns, rows):
            cells: list[Json] = [[_value(each) for each in row] for row in rows]
            withheld = any(WITHHELD in row for row in rows)
            return {"title": title, "columns": list(columns), "rows": cells, "withheld": withheld}
        case Counts(title, names, columns, numbers):
            counts: list[Json] = [[_value(each) for each in row] for row in numbers]
            withheld = any(WITHHELD in row for row in numbers)
            heads: Json = list(columns)
            return {"title": title, "columns": heads, "names": list(names), "counts": counts, "withheld": withheld}


def results_csv(session: Session, steps: tuple[Told, ...]) -> bytes:
    """Write a row for each option of each round; UTF-8 with a mark at its start, so that spreadsheets know it."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(_COLUMNS)
    for told in steps:
        for released in told.rounds:
            for voice, tally in _tallies(released):
                rows = _rows(session, told, released, tally)
                lines.writerows([_safe(cell) for cell in (*row, voice)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _tallies(released: Released) -> Iterator[tuple[str, ReleasedTally]]:
    """List what was released of the whole, and then of each role by its name."""
    yield from (("", tally) for tally in released.tallies)
    yield from ((each.voice, tally) for each in released.voices for tally in each.tallies)


def _rows(session: Session, told: Told, released: Released, tally: ReleasedTally) -> Iterator[tuple[object, ...]]:
    step = told.step
    for n, option in enumerate(tally.options):
        people, dots = tally.counts[n], tally.weights[n] if tally.weights else ""
        yield (
            session.id,
            session.date,
            step.id,
            step.kind,
            released.round,
            released.way.value,
            tally.field,
            tally.title or step.title,
            option.id,
            option.label,
            "" if people is WITHHELD else people,
            "" if dots is WITHHELD else dots,
            "yes" if WITHHELD in (people, dots) else "no",
        )


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = plain(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
