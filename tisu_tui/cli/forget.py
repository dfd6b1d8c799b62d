"""`tisu forget`: delete sessions from the data folder."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from tisu_tui.cli._options import DATA, Day, exports, sessions, with_folders
from tisu_tui.cli._saying import refuse, say
from tisu_tui.cli.sessions import listed
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.documents import SUFFIXES
from tisu_tui.notes.saving import exported
from tisu_tui.store.files import StorageProblem
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.listing import Listing


@click.command
@click.argument("names", metavar="[SESSION]…", nargs=-1, shell_complete=sessions)
@click.option("--before", type=Day(), metavar="DATE", help="All that were held before this day.")
@click.option("--due", is_flag=True, help="All whose day of deletion has come.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@exports("Folder of the notes to name; they stay.")
@DATA
def forget(
    names: tuple[str, ...], before: dt.datetime | None, *, due: bool, yes: bool, exports: Path, data: Path | None
) -> None:
    """Delete sessions: by their ids, --before a day, or all that are --due.

    It says what goes and asks first. Notes that were written stay, since they are the team's; their paths are named.
    """
    if not names and before is None and not due:
        refuse(_("Say which: tisu forget SESSION, --before DATE, or --due."))
    folder = DataFolder(data, create=data is None)
    goes = chosen(folder, names, before.date() if before else None, dt.date.today() if due else None)
    if not goes:
        click.echo(_("There is nothing to delete."), err=True)
        return
    notes = exported(exports)
    tell(goes, notes, exports)
    if not yes and not agreed(len(goes)):
        click.echo(_("Nothing was deleted."), err=True)
        return
    gone = deleted(folder, goes)
    for path in notes_that_stay(notes, gone):
        click.echo(_("Stays: {path}").format(path=path))
    if gone:
        say(_("Notes are the team's, so they stay until you delete them yourself."), err=True)
        say(_("Deleted is not destroyed: a disk or a backup may still hold old pieces."), err=True)
    sys.exit(0 if len(gone) == len(goes) else 1)


Goes = Mapping[str, Listing | None]
"""Sessions to be deleted, by id; `None` for one whose file can't be read, and which can be deleted all the same."""

Notes = Mapping[str, Sequence[Path]]
"""Notes that were saved, by the id of their session."""


def chosen(folder: DataFolder, names: Iterable[str], before: dt.date | None, due: dt.date | None) -> Goes:
    """Choose sessions by id, those held before a day, and those to be deleted by another; refuses unknown ids."""
    from tisu_tui.cli._opening import list_all, session_file

    kept = {listing.id: listing for listing in list_all(folder)}
    for name in names:
        session_file(folder, name)
    old = {
        name: listing
        for name, listing in kept.items()
        if (before and listing.date < before.isoformat()) or (due and listing.is_overdue(due))
    }
    return {**{name: kept.get(name) for name in names}, **old}


def tell(goes: Goes, notes: Notes, exports: Path) -> None:
    """List the sessions to be deleted, and those without saved notes."""
    today = dt.date.today()
    for name, listing in goes.items():
        say(listed(listing, today) if listing else _("{id}  can't be read").format(id=name), err=True, hang=6)
        if listing and name not in notes:
            missing = _("      There are no notes of it in {folder}. To write them first: {command}")
            say(missing.format(folder=exports, command=with_folders(f"tisu notes {name}", "--to")), err=True)


def agreed(sessions: int) -> bool:
    """Ask whether so many sessions are to be deleted; refuses where nobody is there to ask."""
    if not sys.stdin.isatty():
        refuse(_("Nothing was deleted. To delete without being asked: --yes"))
    asked = ngettext("Delete this session?", "Delete these {n} sessions?", sessions)
    return click.confirm(asked.format(n=sessions), err=True)


def deleted(folder: DataFolder, goes: Goes) -> tuple[str, ...]:
    """Delete sessions, naming each that can't be; gives the ids of those that are gone."""
    gone = []
    for name in goes:
        try:
            folder.forget(name)
        except StorageProblem as problem:
            say(str(problem), err=True)
        else:
            gone.append(name)
            click.echo(_("Deleted: {id}").format(id=name))
    return tuple(gone)


def notes_that_stay(notes: Notes, sessions: Iterable[str]) -> Iterator[Path]:
    """Give the notes of some sessions, with the folders of their pictures and data, and documents made of them."""
    for path in (path for name in sessions for path in notes.get(name, ())):
        beside = (path.with_suffix(suffix) for suffix in ("", *SUFFIXES))
        yield from (each for each in (path, *beside) if each.exists())
