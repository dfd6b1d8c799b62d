"""`tisu seal`: seal a session whose notes were left open to think them over."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tisu_tui.cli._completing import sessions
from tisu_tui.core.translation import gettext as _


@click.command(short_help="Seal notes that were left open to think them over.")
@click.argument("session", shell_complete=sessions)
@click.option(
    "--strike", "struck", type=int, multiple=True, metavar="N", help="Leave this line out; as often as needed."
)
@click.option(
    "--keep", "kept", type=int, multiple=True, metavar="N", help="Let this line stand, though somebody asked."
)
@click.option("--yes", is_flag=True, help="Seal without asking.")
@click.option(
    "--exports",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Folder for the notes.",
)
@click.option("--data", type=click.Path(path_type=Path), help="Data folder, instead of $TISU_DATA or your own.")
def seal(
    session: str, struck: tuple[int, ...], kept: tuple[int, ...], *, yes: bool, exports: Path, data: Path | None
) -> None:
    """Seal SESSION, whose notes the group has read and left open, and write its notes.

    It lists the lines of the notes, and which of them somebody asked in private to have softened or left out. People's
    own words that somebody asked about are left out unless --keep says otherwise. Then it asks.
    """
    from tisu_tui.cli import _sealing
    from tisu_tui.cli._opening import open_folder, refuse
    from tisu_tui.cli._saying import say
    from tisu_tui.notes.saving import NotesProblem
    from tisu_tui.store.files import StorageProblem

    folder = open_folder(data)
    try:
        with _sealing.unsealed(folder, session) as read:
            left = _sealing.changed(read, struck, kept)
            _sealing.tell(left)
            if not yes:
                if not sys.stdin.isatty():
                    refuse(_("Nothing was sealed. To seal without being asked: --yes"))
                left = _sealing.changed(left, _sealing.numbers_left_out(), ())
                if not _sealing.agreed():
                    click.echo(_("Nothing was sealed."), err=True)
                    return
            path = _sealing.seal(folder, left, exports)
    except StorageProblem as problem:
        refuse(str(problem), 1)
    except NotesProblem as problem:
        refuse(f"{problem} {_('To try again: tisu notes {id}').format(id=session)}", 1)
    say(_("The join code and everybody's three words are gone with this."), err=True)
    click.echo(_("Notes: {path}").format(path=path))
