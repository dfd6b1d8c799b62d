"""`tisu actions`: what a team promised and asked for, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, PATH, Where, only_one
from tisu_tui.cli._saying import say, say_json
from tisu_tui.core.translation import gettext as _

Act = Callable[..., None]
_ON = click.option("--on", "day", default="", metavar="DATE", help="The day, instead of today.")


def _places(command: Act) -> Act:
    """Say where promises are read: the same options before and after the name of what is done with them."""
    told = "Read the notes in this folder, not the data folder."
    exports = click.option("--exports", type=PATH, metavar="DIR", help="Folder of actions.md, instead of exports.")
    return click.option("--from", "notes", type=PATH, metavar="DIR", help=told)(exports(DATA(command)))


def _placed(command: Act) -> Act:
    """Give a command the same options once more, and one place made of both; what is said after its name counts."""

    @click.pass_obj
    @wraps(command)
    def placed(
        before: Where, /, *, notes: Path | None, exports: Path | None, data: Path | None, **typed: object
    ) -> None:
        where = Where(notes or before.notes, exports or before.exports, data or before.data, before.rehearsals)
        command(where, **typed)

    return _places(placed)


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="What is finished too.")
@click.option("--due", is_flag=True, help="Only what is due today, or was before.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for scripts.")
@click.option("--ical", type=PATH, metavar="FILE", help="Write the days to a calendar file; - is standard output.")
@click.option("--tasks", type=click.Choice(["obsidian", "logseq"]), help="Lines for Obsidian Tasks, or for Logseq.")
@click.option("--explain", is_flag=True, help="Say what each line of the notes was understood as.")
@click.option("--rehearsals", is_flag=True, help="Look at rehearsals instead of sessions.")
@_ON
@_places
@click.pass_context
def actions(
    context: click.Context,
    day: str,
    notes: Path | None,
    exports: Path | None,
    data: Path | None,
    ical: Path | None,
    tasks: str | None,
    *,
    everything: bool,
    due: bool,
    as_json: bool,
    explain: bool,
    rehearsals: bool,
) -> None:
    """List open promises and requests, the earliest due first.

    It comes from sealed sessions, and from the notes and the page actions.md in exports, which are yours to edit; with
    --from, from notes alone. Nobody is named as late.
    """
    from tisu_tui.cli._promises import as_rows, explained, listed, looked_through, write_calendar
    from tisu_tui.cli._team_page import promised, read_day
    from tisu_tui.memory.promises import open_promises
    from tisu_tui.notes.task_fields import logseq_line, obsidian_line

    where = context.obj = Where(notes, exports, data, rehearsals=rehearsals)
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: {"day": day}}
        return
    only_one(explain=explain, ical=ical, json=as_json, tasks=tasks)
    if explain:
        for line in explained(where):
            click.echo(line)
        return
    today = dt.date.fromisoformat(read_day(day))
    found = promised(where)
    shown = found if everything else open_promises(found)
    shown = tuple(
        promise for promise in shown if not due or (promise.record.due and promise.record.due <= today.isoformat())
    )
    if not found:
        for line in looked_through(where):
            say(line, err=True)
    if ical:
        write_calendar(shown, ical, today)
    elif as_json:
        say_json(as_rows(shown))
    elif tasks:
        for promise in shown:
            click.echo(obsidian_line(promise) if tasks == "obsidian" else logseq_line(promise))
    elif shown:
        for line in listed(shown, today):
            click.echo(line)
    else:
        nothing = _("Nothing is due yet.") if due else _("Nothing is open.")
        click.echo(nothing if found else _("Nothing was promised yet."), err=True)


@actions.command(short_help="Say where a promise stands.")
@click.argument("promise", metavar="ID")
@click.argument("status", nargs=-1, required=True)
@click.option("--because", default="", metavar="WORDS", help="What got in the way, or why not.")
@click.option("--words", default="", metavar="WORDS", help="What was said: in what part, or what they need to know.")
@_ON
@_placed
def mark(where: Where, promise: str, status: tuple[str, ...], because: str, words: str, day: str) -> None:
    """Write where the promise ID stands: not started, under way, done, now normal, stuck or dropped.

    Where a request stands: agreed, agreed in part, not agreed or need to know more; after that under way, done, now
    normal or withdrawn. A no, and what is dropped or withdrawn, needs --because. It is written on the page actions.md.
    """
    from tisu_tui.cli._team_page import mark_promise

    mark_promise(where, promise, " ".join(status), (words, because), day)


@actions.command(short_help="Add what was promised between sessions.")
@click.argument("text", metavar="'WHAT @OWNER DUE'", nargs=-1, required=True)
@click.option("--ask", is_flag=True, help="It is asked of senior management.")
@_ON
@_placed
def add(where: Where, text: tuple[str, ...], day: str, *, ask: bool) -> None:
    """Add what was promised between sessions, like: tisu actions add "Book the room @sam 2026-12-01"."""
    from tisu_tui.cli._team_page import add_promise

    add_promise(where, " ".join(text), day, ask=ask)


@actions.command(short_help="Read a reply form that came back.")
@click.argument("file", type=PATH)
@_ON
@_placed
def reply(where: Where, file: Path, day: str) -> None:
    """Read the reply form FILE that came back, and write the answers on the page actions.md.

    It may be the Markdown file, a file for Word (.docx), or the text of a mail.
    """
    from tisu_tui.cli._team_page import read_form

    read_form(where, file, day)
