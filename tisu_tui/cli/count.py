"""`tisu count`: the result of a file of ballots, so that anyone can recount a vote."""

from __future__ import annotations

from pathlib import Path

import click

from tisu_tui.cli._options import PATH
from tisu_tui.core.translation import gettext as _


@click.command
@click.argument("method", type=click.Choice(["approval", "dots", "schulze", "borda", "irv"]))
@click.argument("file", type=PATH)
@click.option("--options", "chosen", default="", metavar="A,B,…", help=_("The columns that are options."))
@click.option("--separator", default="", metavar="CHARACTER", help=_("What stands between cells, instead of a guess."))
@click.option("--json", "as_json", is_flag=True, help=_("One JSON object, for scripts."))
@click.pass_context
def count(context: click.Context, method: str, file: Path, chosen: str, separator: str, *, as_json: bool) -> None:
    """Count a file of ballots.

    FILE is a table with a column for each option, or with rankings in one column (.csv), or comes from PrefLib
    (.soc .soi .toc .toi, and .cat for approval) or from OpenSTV (.blt).
    """
    import csv

    from tisu_tui.ballots import MOST_BYTES, BadBallots, Method, as_data, as_lines, read
    from tisu_tui.ballots import count as counted
    from tisu_tui.cli._saying import say_json
    from tisu_tui.core.text import clean

    shown = clean(click.format_filename(file), 500)
    by = Method(method)
    try:
        with file.open("rb") as source:
            names = next(csv.reader([chosen]), []) if chosen else []
            content = source.read(MOST_BYTES + 1)
            profile = read(content, file.suffix, by, [name.strip() for name in names], separator[:1])
    except OSError as error:
        reason = error.strerror or _("it can't be read")
        click.echo(f"tisu count: {shown}: {reason}", err=True)
        context.exit(2)
    except BadBallots as bad:
        for problem in bad.problems:
            click.echo(f"{shown}:{problem}", err=True)
        context.exit(2)
    for line in profile.doubts:
        click.echo(line, err=True)
    outcome = counted(by, profile)
    if as_json:
        say_json(as_data(outcome))
    else:
        click.echo("\n".join((*profile.understood, *as_lines(outcome))))
