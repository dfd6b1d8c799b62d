"""`tisu forget`: delete sessions from the data folder."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from tisu_tui.cli._completing import sessions
from tisu_tui.cli._day import Day
from tisu_tui.core.translation import gettext as _


@click.command(short_help="Delete sessions; it asks first.")
@click.argument("names", metavar="[SESSION]…", nargs=-1, shell_complete=sessions)
@click.option("--before", type=Day(), metavar="DATE", help="All that were held before this day.")
@click.option("--due", is_flag=True, help="All whose day of deletion has come.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.option(
    "--exports",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Folder of the notes to name; they stay.",
)
@click.option("--data", type=click.Path(path_type=Path), help="Data folder, instead of $TISU_DATA or your own.")
def forget(
    names: tuple[str, ...], before: dt.datetime | None, *, due: bool, yes: bool, exports: Path, data: Path | None
) -> None:
    """Delete sessions: by their ids, --before a day, or all that are --due.

    It says what goes and asks first. Notes that were written stay, since they are the team's; their paths are named.
    """
    from tisu_tui.cli._forgetting import agreed, chosen, deleted, notes_that_stay, tell
    from tisu_tui.cli._opening import open_folder, refuse
    from tisu_tui.cli._saying import say
    from tisu_tui.notes.exported import exported

    if not names and before is None and not due:
        refuse(_("Say which: tisu forget SESSION, --before DATE, or --due."))
    folder = open_folder(data)
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
