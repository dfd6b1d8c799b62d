"""The same results for programs: one JSON document, and one table with a row for each option."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tisu_tui.core.later import Request, Status, reason
from tisu_tui.core.released import Released, ReleasedTally
from tisu_tui.core.shown import WITHHELD, Counts, Quotes, Say, Shown, Withheld, WordTable, withholds
from tisu_tui.core.size import band
from tisu_tui.memory.past import Past
from tisu_tui.memory.promises import promises
from tisu_tui.notes.escaping import plain
from tisu_tui.notes.told import Ran, Told
from tisu_tui.session.decisions import Decision, decisions
from tisu_tui.session.session import Session

FORMAT = 1
"""The version of both formats, in the JSON document under `tisu-results`."""

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

# Spreadsheets take a cell that begins so for a formula; the wide forms count in some languages.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def document(content: Json) -> bytes:
    """Write a JSON document."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def results_json(session: Session, steps: tuple[Told, ...], left: Past) -> bytes:
    """Write what was released as JSON; a number that is withheld is null, beside `"withheld": true`."""
    return document(
        {
            "tisu-results": FORMAT,
            "session": session.id,
            "date": session.date,
            "title": session.workshop.title,
            "workshop": session.workshop.name,
            "people": band(session.largest),
            "counted by hand": session.hands > 0,
            "status": "sealed" if session.is_ended else "draft",
            "rehearsal": session.rehearsal,
            "steps": [_step(told) for told in steps],
            "records": [
                fields(record, "id", "kind", "text", "owner", "due", "about", "step", "request", "status", "visible")
                for record in session.records
            ],
            "requests": [_request(promise.request) for promise in promises([left]) if promise.is_request],
            "standings": [
                {
                    "id": standing.promise,
                    **fields(standing, "status", "words"),
                    "because": reason(standing.status, standing.words),
                    **fields(standing, "by", "seen"),
                }
                for standing in left.standings
            ],
            "decisions": [_decision(decision) for decision in decisions(session)],
            "struck": session.struck,
        }
    )


def fields(of: object, *names: str) -> dict[str, Json]:
    """Give attributes by their own names."""
    return {name: getattr(of, name) for name in names}


def _request(request: Request) -> Json:
    return {
        **fields(request, "id", "text", "owner", "asked"),
        "asked again": request.again,
        "reply by": request.due,
        "status": request.status,
        "history": [
            fields(entry, "date", "status", "words", "because", "by", "role", "door", "session")
            for entry in request.history
        ],
    }


def _decision(decision: Decision) -> Json:
    back = decision.sent_back
    return {
        "step": decision.step.id,
        "round": decision.round,
        "asked": decision.asked,
        "right": decision.right,
        "method": decision.rule.method if decision.rule else None,
        "rule": decision.rule.carries if decision.rule else None,
        "quorum": (decision.rule.quorum or None) if decision.rule else None,
        "way": decision.way.value,
        "result": decision.verdict.result,
        "agreed": decision.verdict.is_agreed,
        "stands": decision.stands,
        "concerns": decision.verdict.concerns,
        "records": [record.id for record in decision.records],
        "sent back": back.id if back else None,
    }


def _step(told: Told) -> Json:
    step: dict[str, Json] = {**fields(told.step, "id", "title", "kind", "tier"), "ran": told.ran.value}
    if told.ran is Ran.RESULT:
        step["right"] = told.step.right
        step["rounds"] = [_round(released) for released in told.rounds]
        step["shown"] = [_shown(part) for part in told.shown]
    return step


def _round(released: Released) -> Json:
    return {
        "round": released.round,
        "way": released.way.value,
        "people": released.people,
        "withheld": released.nothing,
        "questions": [_tally(each) for each in released.tallies],
        "voices": [
            {"voice": voice.voice, "questions": [_tally(tally) for tally in voice.tallies]} for voice in released.voices
        ],
        "themes": [theme.name for theme in released.themes],
        "kept": released.kept,
        **_by_theme(released),
    }


def _by_theme(released: Released) -> dict[str, Json]:
    """Put kept lines under their themes; nothing where there are none, so that older sessions give the same bytes."""
    if not any(released.kept_themes):
        return {}
    return {
        "kept by theme": [{"theme": theme.name, "kept": released.kept_under(theme.name)} for theme in released.themes]
    }


def _tally(tally: ReleasedTally) -> Json:
    options: list[Json] = []
    for n, option in enumerate(tally.options):
        dots = {"dots": _value(tally.weights[n])} if tally.weights else {}
        options.append({"id": option.id, "label": option.label, "people": _value(tally.counts[n]), **dots})
    return {
        "id": tally.field,
        "title": tally.title,
        "answered": _value(tally.answered),
        "withheld": WITHHELD in (tally.answered, *tally.counts, *tally.weights),
        "options": options,
        "findings": {found.finding.value: found.groups for found in tally.found},
    }


def _value(value: str | int | Withheld) -> str | int | None:
    return None if isinstance(value, Withheld) else value


def _shown(shown: Shown) -> Json:
    match shown:
        case Say(text):
            return {"say": text}
        case Quotes(title, texts, under):
            return {"title": title, "quotes": texts, **({"under": under} if under else {})}
        case WordTable(title, columns, rows):
            return {"title": title, "columns": columns, "rows": _cells(rows), "withheld": withholds(shown)}
        case Counts(title, names, columns, numbers):
            return {
                "title": title,
                "columns": columns,
                "names": names,
                "counts": _cells(numbers),
                "withheld": withholds(shown),
            }


def _cells(rows: Sequence[Sequence[str | int | Withheld]]) -> Json:
    return [[_value(cell) for cell in row] for row in rows]


def records_csv(session: Session, left: Past) -> bytes:
    """Write a row for each record, and for each thing said of an earlier promise or request."""
    columns = "session date id kind text owner due step about request status words because"
    return _csv(columns, ((session.id, session.date, *row) for row in _records(session, left)))


def _records(session: Session, left: Past) -> Iterator[tuple[str, ...]]:
    for record in session.records:
        said = record.text if record.asked else ""
        stood = (record.request, record.status, said, reason(Status(record.status), said) if record.status else "")
        about = (record.text or record.asked, record.owner, record.due, record.step, record.about)
        yield record.id, record.kind.value, *about, *stood
    asked = [record for record in session.records if record.request]
    typed = {(record.request, record.status or Status.ASKED, record.due) for record in asked}
    for standing in left.standings:
        if (standing.promise, standing.status, standing.by) not in typed:
            stood = (standing.promise, standing.status.value, standing.words, reason(standing.status, standing.words))
            yield "", "standing", standing.label, standing.role, standing.by, "", "", *stood


def results_csv(session: Session, steps: tuple[Told, ...]) -> bytes:
    """Write a row for each option of each round."""
    columns = "session date step kind round way statement question option label people dots withheld voice"
    return _csv(columns, ((session.id, session.date, *row) for told in steps for row in _results(told)))


def _results(told: Told) -> Iterator[tuple[object, ...]]:
    step = told.step
    for released in told.rounds:
        # What was released of the whole, and then of each role by its name.
        tallies = [("", tally) for tally in released.tallies]
        tallies += [(each.voice, tally) for each in released.voices for tally in each.tallies]
        for voice, tally in tallies:
            for n, option in enumerate(tally.options):
                numbers = tally.counts[n], tally.weights[n] if tally.weights else ""
                yield (
                    *(step.id, step.kind, released.round, released.way.value),
                    *(tally.field, tally.title or step.title, option.id, option.label),
                    *("" if number is WITHHELD else number for number in numbers),
                    *("yes" if WITHHELD in numbers else "no", voice),
                )


def _csv(columns: str, rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table; UTF-8 with a mark at its start, so that spreadsheets know it."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(columns.split())
    lines.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = plain(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
