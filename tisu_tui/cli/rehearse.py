"""`tisu rehearse`: a session with simulated people, as a demo and as practice."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from tisu_tui.cli._options import PATH, Day, exports, workshops
from tisu_tui.core.translation import gettext as _

_PEOPLE = 12


@click.command
@click.argument("workshop", metavar="FILE", shell_complete=workshops)
@click.option(
    "--people",
    type=click.IntRange(1, 300),
    metavar="N",
    help="How many people take part: 12, or as near to it as the workshop is written for.",
)
@click.option("--seed", type=click.IntRange(0), metavar="N", help="The same number gives the same notes.")
@click.option(
    "--mood",
    type=click.Choice(["plain", "split", "tired", "hopeful", "objecting"]),
    default="plain",
    show_default=True,
    help="What the group is like, to practise what is hard: split ties, tired mostly passes and one leaves, "
    "hopeful carries everything, objecting raises a worry.",
)
@click.option(
    "--on",
    "date",
    type=Day(),
    metavar="DATE",
    help="The day of the session, instead of today, or of one fixed day with --seed.",
)
@click.option("--data", type=PATH, help="Keep the session in this data folder.")
@click.option("--headless", is_flag=True, help="No screen here: it goes to its end on its own.")
@click.option("--auto", is_flag=True, help="It goes on by itself every few seconds, until you move it on.")
@exports("Folder for the notes.", "--to")
def rehearse(
    workshop: str,
    people: int | None,
    seed: int | None,
    mood: str,
    date: dt.datetime | None,
    data: Path | None,
    *,
    headless: bool,
    auto: bool,
    exports: Path,
) -> None:
    """Run a session of the workshop FILE with simulated people, who come in over SSH as real ones do.

    With a terminal you see the shared screen, and space paces the session. Your private screen is at facilitator@,
    with the passphrase rehearsal. Without a terminal it goes to its end on its own, and prints where its notes are.
    The session is deleted afterwards, unless --data says where to keep it; the notes stay.
    """
    from tisu_tui.cli._opening import open_workshop
    from tisu_tui.cli._saying import refuse

    read = open_workshop(workshop)
    if people and read.people and people not in read.people:
        note = _("Note: this workshop is written for {people}, and is rehearsed with {n}.")
        click.echo(note.format(people=read.people.words, n=people), err=True)
    headless = headless or not (sys.stdin.isatty() and sys.stdout.isatty())

    from tisu_tui.cli._simulated_session import RehearsalOptions, run
    from tisu_tui.rehearsal.opinion import Mood
    from tisu_tui.rehearsal.people import AT_ONCE, HUMAN

    wish = RehearsalOptions(
        people=people or (read.people.nearest(_PEOPLE) if read.people else _PEOPLE),
        seed=seed,
        date=date.date() if date else None,
        leads=headless or auto,
        on_screen=not headless,
        exports=exports,
        pace=AT_ONCE if headless else HUMAN,
        mood=Mood(mood),
    )
    path = run(read, data, wish)
    if not path:
        click.echo(_("Stopped before the end, so there are no notes."), err=True)
    elif Path(path).is_file():
        click.echo(_("Notes: {path}").format(path=path))
    else:
        refuse(path, 1)
