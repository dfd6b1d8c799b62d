"""`tisu sessions`: list what the data folder keeps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, Day, with_folders
from tisu_tui.cli._saying import hint, say, say_json
from tisu_tui.core.days import in_words
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import Listing

_STATES = ("sealed", "interrupted", "open")


@click.command
@click.option("--workshop", default="", metavar="NAME", help="Only sessions of this workshop, named like its file.")
@click.option("--since", type=Day(), metavar="DATE", help="Only from this day on.")
@click.option("--until", type=Day(), metavar="DATE", help="Only up to this day.")
@click.option("--state", type=click.Choice(_STATES), help="Only sessions that have come so far.")
@click.option("--rehearsals/--no-rehearsals", default=None, help="Only rehearsals, or none of them.")
@click.option(
    "--search",
    default="",
    metavar="WORDS",
    help="Only where these words are in the title, a decision, a promise or a vote.",
)
@DATA
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for scripts.")
def sessions(
    workshop: str,
    since: dt.datetime | None,
    until: dt.datetime | None,
    state: str | None,
    *,
    rehearsals: bool | None,
    search: str,
    data: Path | None,
    as_json: bool,
) -> None:
    """List past sessions, interrupted ones, and those whose notes are still open, the latest first."""
    from tisu_tui.cli._opening import list_all

    kept = list_all(DataFolder(data, create=data is None))
    found = [
        listing
        for listing in kept
        if (not workshop or listing.is_of(workshop))
        and (since is None or listing.date >= since.date().isoformat())
        and (until is None or listing.date <= until.date().isoformat())
        and (state is None or listing.standing == state)
        and (rehearsals is None or listing.rehearsal is rehearsals)
        and listing.has(search)
    ]
    if as_json:
        rows = [
            {
                "id": listing.id,
                "date": listing.date,
                "state": listing.standing.value,
                "workshop": listing.workshop,
                "title": listing.title,
                "rehearsal": listing.rehearsal,
                "delete_by": listing.delete_by or None,
            }
            for listing in found
        ]
        say_json(rows)
        return
    if not kept:
        hint(_("No sessions yet. To watch one with made-up people:"), "tisu rehearse window-of-tolerance", err=True)
    elif not found:
        hint(_("No session is like that. To see them all:"), with_folders("tisu sessions", ""), err=True)

    today = dt.date.today()
    for listing in found:
        say(listed(listing, today), hang=6)


def listed(session: Listing, today: dt.date) -> str:
    """Say which session it is, how far it has come, and when it is to be deleted."""
    rehearsal = _(" (rehearsal)") if session.rehearsal else ""
    line = f"{session.id}  {session.date}  {session.standing:<11}  {clean(session.title)}{rehearsal}"
    seal = with_folders(f"tisu seal {session.id}")
    due = _("to be sealed: {command}").format(command=seal) if session.is_due_for_sealing(today) else ""
    return "  ".join(filter(None, (line, due, deletion(session, today))))


def deletion(session: Listing, today: dt.date) -> str:
    """Say when a session is to be deleted; nothing where no day was set."""
    if session.is_overdue(today):
        return _("to be deleted since {date}").format(date=in_words(session.delete_by))
    return _("delete by {date}").format(date=in_words(session.delete_by)) if session.delete_by else ""
