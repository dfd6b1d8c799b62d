"""`tisu sessions`: list what the data folder keeps."""

from __future__ import annotations

import json
from gettext import gettext as _
from pathlib import Path

import click


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="Data folder, instead of $TISU_DATA or your own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for scripts.")
def sessions(data: Path | None, *, as_json: bool) -> None:
    """List past and interrupted sessions, the latest first."""
    from tisu_tui.cli._opening import load_all, open_folder

    found = [each.session for each in load_all(open_folder(data))]
    rows = [
        {
            "id": each.id,
            "date": each.date,
            "state": "sealed" if each.is_ended else "interrupted",
            "workshop": each.workshop.name,
            "title": each.workshop.title,
            "rehearsal": each.rehearsal,
        }
        for each in found
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo(_("No sessions yet. To see one: tisu rehearse window-of-tolerance"), err=True)
    for row in rows:
        rehearsal = _(" (rehearsal)") if row["rehearsal"] else ""
        click.echo(f"{row['id']}  {row['date']}  {row['state']:<11}  {row['title']}{rehearsal}")
