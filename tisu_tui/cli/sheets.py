"""`tisu sheets`: what to print and send before a session."""

from __future__ import annotations

from pathlib import Path

import click

from tisu_tui.cli._options import DATA, HTML, WORD, read_begin, workshops, write_documents
from tisu_tui.cli._saying import naming, refuse, say
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking

_MOST_PAGES = 3
_CROWD = click.IntRange(0, 1000)


@click.command
@click.argument("workshop", shell_complete=workshops)
@click.option("--date", "day", default="", help="The day, like 2026-12-01, or in words with the time.")
@click.option("--at", default="", metavar="TIME", help="When it begins, like 10:00, for the run sheet.")
@click.option("--place", default="", help="Where it is held.")
@click.option("--address", default="", help="The host's address, if it is known; it is on the big screen in any case.")
@click.option(
    "--port", default=2222, metavar="PORT", show_default=True, type=click.IntRange(1, 65535), help="The host's port."
)
@click.option("--people", default=0, type=_CROWD, metavar="N", help="How many are expected, if that is known.")
@click.option("--ballots", "on_paper", default=0, type=_CROWD, metavar="N", help="Paper ballots for so many people.")
@click.option("--slips", default=0, type=_CROWD, metavar="N", help="Slips to write on, for so many people.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder, instead of sheets/NAME."
)
@HTML
@WORD
@DATA
def sheets(
    workshop: str,
    *,
    day: str,
    at: str,
    place: str,
    address: str,
    port: int,
    people: int,
    on_paper: int,
    slips: int,
    folder: Path | None,
    html: bool,
    word: bool,
    data: Path | None,
) -> None:
    """Write what a session of WORKSHOP needs on paper: invitation, how to join, run sheet, checklists, ballots, slips.

    They are Markdown, to be read as they are or pasted into a mail; --html and --word add pages for a browser and
    files for Word. What is not known yet is a line to fill in with a pen. What you changed by hand is left alone.
    """
    from tisu_tui.cli._opening import open_workshop, team_support
    from tisu_tui.notes.pages import pages_of
    from tisu_tui.sheets.blocks import Occasion
    from tisu_tui.sheets.cutting import ballot_sheets, ballots_index, slips_index, slips_sheet
    from tisu_tui.sheets.handouts import invitation, joining
    from tisu_tui.sheets.run_sheet import checklists, run_sheet
    from tisu_tui.store.folder import DataFolder

    read = open_workshop(workshop)
    begins = read_begin(at)
    support = team_support(DataFolder(data))
    occasion = Occasion(clean(day), clean(place), clean(address), port, people, support, begins)
    with speaking(read.language):
        files = {
            "invitation.md": invitation(read, occasion),
            "how-to-join.md": joining(read, occasion),
            "run-sheet.md": run_sheet(read, occasion),
            **checklists(read),
        }
        if on_paper:
            files |= {"ballots.md": ballots_index(read, on_paper), **ballot_sheets(read)}
        if slips:
            files |= {"slips.md": slips_index(slips), "slips.svg": slips_sheet()}
    where = folder or Path("sheets") / Path(read.name).stem
    with naming(where, 1):
        changed = [name for name, content in files.items() if _differs(where / name, content)]
        if changed:
            problem_ = _("{path} is there already, and is not the same. Move it away, or say --to another folder.")
            refuse("\n".join(problem_.format(path=where / name) for name in changed), 1)
        where.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (where / name).write_bytes(content)
            click.echo(where / name)
            if name.endswith(".md") and (pages := pages_of(content)) > _MOST_PAGES:
                long = _("{name} is about {n} pages. Few people read more than two: shorter texts would help.")
                say(long.format(name=name, n=pages), err=True)
        for name in files:
            if name.endswith(".md"):
                write_documents(where / name, html=html, word=word)


def _differs(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() != content
