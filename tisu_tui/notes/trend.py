"""Steps over time as a page of Markdown with pictures, and the same for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tisu_tui.core.later import Row
from tisu_tui.core.scripts import slug
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.due import reply_words
from tisu_tui.memory.trend import (
    Trend,
    TrendLine,
    change,
    columns,
    empty_sentence,
    evidence_words,
    promised_words,
    reworded_sentence,
    same_people_sentence,
    share,
    told,
)
from tisu_tui.notes.data import Json, document, fields
from tisu_tui.notes.escaping import front, table, words, yaml
from tisu_tui.notes.saving import Files
from tisu_tui.notes.stages import stages

FORMAT = 1
"""The version of the JSON document, under `tisu-trend`."""

MOST = 6
"""How many sessions a picture has room for on a phone: the latest ones."""


def trend_page(workshop: str, trends: Sequence[Trend], *, rehearsal: bool = False) -> Files:
    """Write steps over time; the same sessions give the same bytes, whether they come from the store or from notes."""
    stem = f"trend-{slug(workshop.removesuffix('.md'))}"
    pictures = {f"{stem}/{slug(trend.step)}.svg": drawn for trend in trends if (drawn := _picture(trend))}
    text = "\n\n".join(_blocks(workshop, stem, trends, pictures, rehearsal=rehearsal)) + "\n"
    return {f"{stem}.md": text.encode(), **pictures, f"{stem}/trend.json": document(as_json(workshop, trends))}


def _picture(trend: Trend) -> bytes | None:
    lines = [replace(line, cells=line.cells[-MOST:]) for line in trend.lines]
    title = _("{title} – the middle answers").format(title=trend.title)
    return stages(title, [session.date for session in trend.sessions[-MOST:]], lines, slug(trend.step))


def _blocks(workshop: str, stem: str, trends: Sequence[Trend], pictures: Files, *, rehearsal: bool) -> Iterator[str]:
    title = _("Over time: {workshop}").format(workshop=workshop.removesuffix(".md"))
    yield front(f"title: {yaml(title)}", "tags: [tisu, trend]", "tisu-page: trend")
    yield f"# {words(title)}"
    if rehearsal:
        yield _("**These were rehearsals.** The people in them were made up by a computer.")
    yield words(f"{same_people_sentence()} {empty_sentence()}")
    yield _("`tisu trend` writes this page anew each time.")
    for trend in trends:
        yield f"## {words(trend.title)}"
        yield table(
            (_("Date"), _("People"), _("Session")),
            [
                (session.date, words(session.people), f"{words(session.title)} ({session.id})")
                for session in trend.sessions
            ],
        )
        if (path := f"{stem}/{slug(trend.step)}.svg") in pictures:
            yield f"![{_('The middle answers below, as a picture.')}]({path})"
        if len(trend.sessions) > MOST:
            yield _("The picture shows the latest {n} sessions of {all}.").format(n=MOST, all=len(trend.sessions))
        for line in trend.lines:
            yield from _line(line, trend)
    yield "---"
    yield _("This is not therapy, not an assessment and not an official programme tool.")


def _line(line: TrendLine, trend: Trend) -> Iterator[str]:
    sessions = trend.sessions
    if line.label != trend.title:
        yield f"### {words(line.label)}"
    yield table(
        (_("Date"), *columns()),
        [(held.date, *map(words, told(row))) for held, row in zip(sessions, line.cells, strict=True)],
    )
    said = [each for each in (change(line, sessions), reworded_sentence(line)) if each]
    if said:
        yield words(" ".join(said))
    if line.evidence:
        yield f"**{_('What was written down')}**"
        yield "\n".join(f"- {words(evidence_words(evidence))}" for evidence in line.evidence)
    if line.promises:
        yield f"**{_('Actions and requests')}**"
        yield "\n".join(f"- {words(promised_words(promise))}" for promise in line.promises)


def as_json(workshop: str, trends: Sequence[Trend]) -> Json:
    """Put steps over time into one document; what is not shown, or was not asked, is null."""
    return {"tisu-trend": FORMAT, "workshop": workshop, "steps": [_step(trend) for trend in trends]}


def _step(trend: Trend) -> Json:
    return {
        "id": trend.step,
        "title": trend.title,
        "sessions": [fields(session, "id", "date", "title", "people") for session in trend.sessions],
        "statements": [
            {
                **fields(line, "id", "label", "scale"),
                "sessions": [_cell(row) for row in line.cells],
                "change": change(line, trend.sessions) or None,
                "asked in other words": line.reworded,
                "evidence": [
                    {"date": evidence.date, **fields(evidence.captured, "heading", "text")}
                    for evidence in line.evidence
                ],
                "promises": [
                    {
                        "date": promise.made,
                        **fields(promise.record, "kind", "text", "owner", "due"),
                        "status": promise.status,
                        "reply": reply_words(promise.reply) if promise.reply else None,
                    }
                    for promise in line.promises
                ],
            }
            for line in trend.lines
        ],
    }


def _cell(row: Row | None) -> Json:
    if row is None:
        return None
    return {
        "middle": row.middle,
        "middle half": row.quartiles,
        "how far apart": row.spread or None,
        "don't know": share(row) or None,
        "aloud": row.aloud,
    }
