"""`tisu check`: every problem of workshop files, before the day."""

from __future__ import annotations

import click

from tisu_tui.cli._completing import workshops
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext


@click.command(short_help="Find every problem in a workshop file.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, shell_complete=workshops)
@click.option("--strict", is_flag=True, help=_("Take warnings for errors."))
@click.option("--watch", is_flag=True, help=_("Show them again whenever a file changes, until ctrl+c."))
@click.pass_context
def check(context: click.Context, files: tuple[str, ...], *, strict: bool, watch: bool) -> None:
    """Show every problem of workshop files, each with its place; FILE may be a name from the library."""
    if watch:
        from tisu_tui.cli._watching import until_stopped

        until_stopped(files, lambda name: _is_fine(name, strict=strict))
        return
    results = [_is_fine(name, strict=strict) for name in files]
    context.exit(0 if all(results) else 2)


def _is_fine(name: str, *, strict: bool) -> bool:
    from datetime import datetime

    from tisu_tui.cli._lost_ids import lost_ids
    from tisu_tui.cli._saying import say
    from tisu_tui.cli._walls import long_steps
    from tisu_tui.core.text import clean
    from tisu_tui.workshop.library import NoSuchWorkshopError, find
    from tisu_tui.workshop.pictures import in_folder
    from tisu_tui.workshop.problems import render
    from tisu_tui.workshop.reader import read
    from tisu_tui.workshop.source import display
    from tisu_tui.workshop.translations import Translation, beside_original, is_translation, translations
    from tisu_tui.workshop.translations import problems as translation_problems

    try:
        path = find(name)
        content = path.read_bytes()
    except NoSuchWorkshopError as error:
        click.echo(f"tisu check: {error}", err=True)
        return False
    except OSError as error:
        reason = error.strerror or _("it can't be read")
        click.echo(f"tisu check: {click.format_filename(name)}: {reason}", err=True)
        return False
    today = datetime.now().astimezone().date()
    shown = clean(click.format_filename(path), 500)
    reading = read(content, path.name, today, in_folder(path.parent))
    lines = display(content)
    problems = (*reading.problems, *(lost_ids(reading.workshop) if reading.workshop else ()))
    if is_translation(path):
        problems += beside_original(Translation(path, content, reading), today)
    for problem in problems:
        say(render(problem, shown, lines))
    if reading.workshop is None:
        return False
    others = [] if is_translation(path) else translations(path, today)
    for other in others:
        name = clean(click.format_filename(other.path), 500)
        for problem in (*other.reading.problems, *translation_problems(reading.workshop, other)):
            problems += (problem,)
            say(render(problem, name, display(other.content)))
    if any(other.reading.workshop is None for other in others):
        return False
    if not problems:
        steps, minutes = reading.workshop.steps, sum(step.minutes for step in reading.workshop.steps)
        count = ngettext("{n} step", "{n} steps", len(steps)).format(n=len(steps))
        time = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
        title = reading.workshop.title
        fine = _("{path}: fine. {steps}, {minutes}. {title}")
        said = fine.format(path=shown, steps=count, minutes=time, title=title)
        if others:
            tags = sorted(each.reading.workshop.language for each in others if each.reading.workshop)
            said += " " + _("(also in: {languages})").format(languages=", ".join(tags))
        say(said)
    for sentence in long_steps(reading.workshop):
        say(f"{shown}: {sentence}")
    return not (strict and problems)
