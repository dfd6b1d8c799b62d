"""`tisu trend`: what a team said of the same statements, session after session."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tisu_tui.cli._completing import workshops
from tisu_tui.core.translation import gettext as _


@click.command(short_help="See how answers changed over time.")
@click.argument("workshop", shell_complete=workshops)
@click.option("--step", default="", metavar="ID", help="Only this step, named by its id.")
@click.option("--rehearsals", is_flag=True, help="Look at rehearsals instead of sessions.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for scripts.")
@click.option("--screen", is_flag=True, help="Look at it on this screen, and at what stands behind each statement.")
@click.option("--to", "pages", type=click.Path(path_type=Path), help="Write a page with pictures to this folder.")
@click.option(
    "--exports",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    metavar="DIR",
    help="Folder of actions.md.",
)
@click.option("--from", "notes", type=click.Path(path_type=Path), metavar="DIR", help="Read the notes in this folder.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder, instead of $TISU_DATA or your own.")
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
    from tisu_tui.cli._earlier import read_actions_page, read_kept, read_pasts
    from tisu_tui.cli._opening import open_folder, refuse
    from tisu_tui.memory.ledger import ledger, rated_steps
    from tisu_tui.memory.promises import promises
    from tisu_tui.workshop.problems import quoted

    if notes:
        kept = read_kept(notes, rehearsal=rehearsals)
        pasts, entries = kept.pasts, kept.entries
    else:
        pasts = read_pasts(open_folder(data), rehearsal=rehearsals)
        entries = read_actions_page(exports, rehearsal=rehearsals)
    promised = promises(pasts, entries)
    known = rated_steps(pasts, workshop)
    if not known:
        refuse(_("No sealed session of {workshop} has rated anything yet.").format(workshop=quoted(workshop)))
    if step and step not in known:
        refuse(_("No step {step} was rated there. There is: {known}").format(step=step, known=", ".join(known)))
    ledgers = [ledger(pasts, each, promised) for each in ([step] if step else known)]
    if pages:
        from tisu_tui.notes.saving import NotesProblem, save
        from tisu_tui.notes.trend import trend_page

        try:
            click.echo(save(trend_page(workshop, ledgers, rehearsal=rehearsals), pages))
        except NotesProblem as problem:
            refuse(str(problem), 1)
    elif as_json:
        from tisu_tui.cli._saying import say_json
        from tisu_tui.notes.trend import as_json as document

        say_json(document(workshop, ledgers))
    elif screen:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            refuse(_("--screen needs a terminal. Without it: tisu trend {workshop}").format(workshop=workshop))
        import asyncio

        from tisu_tui.screens.driver import run_local
        from tisu_tui.screens.trend import TrendApp

        asyncio.run(run_local(TrendApp(ledgers)))
    else:
        from tisu_tui.cli._trend import trend_lines

        for line in trend_lines(ledgers):
            click.echo(line)
