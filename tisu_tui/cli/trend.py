"""`tisu trend`: what a team said of the same statements, session after session."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, PATH, exports, only_one, workshops
from tisu_tui.cli._saying import refuse
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.text import cells, clean, wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.memory.trend import (
    Trend,
    TrendLine,
    change,
    columns,
    empty_sentence,
    evidence_words,
    promised_words,
    rated_steps,
    reworded_sentence,
    same_people_sentence,
    told,
    trend_of,
)
from tisu_tui.store.folder import DataFolder


@click.command
@click.argument("workshop", shell_complete=workshops)
@click.option("--step", default="", metavar="ID", help="Only this step, named by its id.")
@click.option("--rehearsals", is_flag=True, help="Look at rehearsals instead of sessions.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for scripts.")
@click.option("--screen", is_flag=True, help="Look at it on this screen, and at what stands behind each statement.")
@click.option("--to", "pages", type=PATH, help="Write a page with pictures to this folder.")
@exports("Folder of the notes and of actions.md.")
@click.option("--from", "notes", type=PATH, metavar="DIR", help="Read the notes in this folder.")
@DATA
def trend(
    workshop: str,
    step: str,
    pages: Path | None,
    exports: Path,
    notes: Path | None,
    data: Path | None,
    *,
    rehearsals: bool,
    as_json: bool,
    screen: bool,
) -> None:
    """Show the results of WORKSHOP's scales over time, from this and other workshops.

    A step is known by its id, whichever workshop it stands in. The people may not be the same each time. Middle answers
    are put beside each other, never numbers of people, and only where both sessions may say theirs.
    """
    only_one(to=pages, json=as_json, screen=screen)
    only_one(**{"from": notes, "data": data})
    only_one(**{"from": notes, "exports": exports != Path("exports")})
    from tisu_tui.cli._earlier import read_kept, read_pasts, team_promises
    from tisu_tui.memory.promises import promises

    if notes:
        kept = read_kept(notes, rehearsal=rehearsals)
        pasts, promised = tuple(kept.pasts), promises(kept.pasts, kept.entries)
    else:
        pasts = read_pasts(DataFolder(data, create=data is None), rehearsal=rehearsals)
        promised = team_promises(pasts, exports, rehearsal=rehearsals)
    known = rated_steps(pasts, workshop)
    if not known:
        none = _("No sealed session of {workshop} has rated anything yet.").format(workshop=quoted(workshop))
        hint = _("To read the notes in {path}: --from {path}").format(path=exports)
        refuse(none if notes or not exports.is_dir() else f"{none} {hint}")
    if step and step not in known:
        refuse(_("No step {step} was rated there. There is: {known}").format(step=step, known=", ".join(known)))
    trends = [trend_of(pasts, each, promised) for each in ([step] if step else known)]
    if pages:
        from tisu_tui.notes.saving import save
        from tisu_tui.notes.trend import trend_page

        click.echo(save(trend_page(workshop, trends, rehearsal=rehearsals), pages))
    elif as_json:
        from tisu_tui.cli._saying import say_json
        from tisu_tui.notes.trend import as_json as document

        say_json(document(workshop, trends))
    elif screen:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            refuse(_("--screen needs a terminal. Without it: tisu trend {workshop}").format(workshop=workshop))
        import asyncio

        from tisu_tui.screens.own_terminal import run_local
        from tisu_tui.screens.trend import TrendApp

        asyncio.run(run_local(TrendApp(trends)))
    else:
        for line in trend_lines(trends):
            click.echo(line)


WIDTH = 80
_WIDTHS = (10, 6, 18, 16, 10, 8)
_LONGEST = 2000


def trend_lines(trends: Sequence[Trend]) -> Iterator[str]:
    """Tell steps over time, statement by statement, a table of sessions under each."""
    for each in trends:
        yield from _wrapped(_("{title} (step {step})").format(title=clean(each.title), step=clean(each.step)))
        for line in each.lines:
            yield ""
            yield from _statement(line, each)
        yield ""
    yield from wrap(f"{same_people_sentence()} {empty_sentence()}", WIDTH)


def _statement(line: TrendLine, trend: Trend) -> Iterator[str]:
    if line.label != trend.title:
        yield from _wrapped(line.label)
    yield from _row((_("Date"), _("People"), *columns()))
    for held, row in zip(trend.sessions, line.cells, strict=True):
        yield from _row((held.date, held.people, *told(row)))
    for sentence in (change(line, trend.sessions), reworded_sentence(line)):
        if sentence:
            yield from _wrapped(sentence)
    for words in (*map(evidence_words, line.evidence), *map(promised_words, line.promises)):
        yield from _wrapped(words, "- ")


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    for n, part in enumerate(wrap(clean(text, _LONGEST), WIDTH - len(mark))):
        yield (" " * len(mark) if n else mark) + part


def _row(texts: Sequence[str]) -> Iterator[str]:
    broken = [wrap(clean(text), width) for text, width in zip(texts, _WIDTHS, strict=True)]
    for parts in zip_longest(*broken, fillvalue=""):
        padded = (part + " " * (width - cells(part)) for part, width in zip(parts, _WIDTHS, strict=True))
        yield f"  {'  '.join(padded)}".rstrip()
