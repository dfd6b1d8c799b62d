"""`tisu notes`: write a session's notes."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("session")
@click.option("--to", "exports", type=click.Path(path_type=Path), default=Path("exports"), show_default=True)
@click.option("--data", type=click.Path(path_type=Path), help="Data folder, instead of $TISU_DATA or your own.")
def notes(session: str, exports: Path, data: Path | None) -> None:
    """Write the notes of SESSION as Markdown, with its pictures and data.

    The same session gives the same bytes. One that has not ended gives a draft, which says so.
    """
    from tisu_tui.cli._opening import load, open_folder, refuse
    from tisu_tui.notes.saving import NotesProblem, save
    from tisu_tui.notes.write import render
    from tisu_tui.store.files import StorageProblem

    try:
        stored = load(open_folder(data), session)
    except StorageProblem as problem:
        refuse(str(problem))
    try:
        path = save(render(stored.session), exports)
    except NotesProblem as problem:
        refuse(str(problem), 1)
    click.echo(path)
