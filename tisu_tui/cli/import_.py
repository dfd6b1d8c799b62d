"""`tisu import`: a draft of a workshop out of an agenda in Markdown."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from tisu_tui.cli._options import PATH
from tisu_tui.cli._saying import hint, refuse, say
from tisu_tui.cli.new import TO, write_new
from tisu_tui.core.scripts import slug
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext


@click.command("import")
@click.argument("plan", metavar="PLAN.md", type=PATH)
@TO
def import_(plan: Path, folder: Path) -> None:
    """Make a draft of a workshop out of PLAN.md, an agenda as people write it.

    Its phases become steps, their times and materials are taken over, and kinds are guessed. Every guess is marked in
    the file, and tisu check --strict names it until you have taken the mark out. PLAN.md stays as it is.
    """
    from tisu_tui.workshop.importing import draft

    shown = click.format_filename(plan)
    try:
        made = draft(plan.read_bytes(), plan.stem)
    except OSError as error:
        refuse(f"{shown}: {error.strerror or error}")
    except ValueError as problem:
        refuse(f"{shown}: {problem}")
    path = folder / f"{slug(made.title)}.md"
    if path.exists() and path.samefile(plan):
        path = folder / f"{slug(made.title)}-draft.md"
    write_new(path, made.text, _("{path} is there already. Move it away, or choose another folder with --to."))
    steps = ngettext("{n} step", "{n} steps", made.steps).format(n=made.steps)
    minutes = ngettext("{n} minute", "{n} minutes", made.minutes).format(n=made.minutes)
    told = ngettext(
        "{steps}, {minutes}, and {n} note that begins with “guess:”.",
        "{steps}, {minutes}, and {n} notes that begin with “guess:”.",
        made.guesses,
    )
    say(told.format(steps=steps, minutes=minutes, n=made.guesses), err=True)
    again = _("Put each step right and take its note out; what is left is named by:")
    hint(again, f"tisu check --strict {shlex.quote(str(path))}", err=True)
