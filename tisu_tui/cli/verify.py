"""`tisu verify`: whether a sealed session, its verdicts, its notes and its data still agree."""

from __future__ import annotations

from pathlib import Path

import click

from tisu_tui.cli._completing import sessions


@click.command(short_help="Count a session again, and see that nothing was changed.")
@click.argument("session", shell_complete=sessions)
@click.option(
    "--exports",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Folder of the notes.",
)
@click.option("--data", type=click.Path(path_type=Path), help="Data folder, instead of $TISU_DATA or your own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
def verify(session: str, exports: Path, data: Path | None, *, as_json: bool) -> None:
    """Count SESSION again from what it kept, and compare it with its digest, notes and data.

    Gives 0 where everything agrees, and 1 where a byte was changed or a verdict does not follow from its counts.
    """
    import sys
    from dataclasses import asdict

    from tisu_tui.cli._opening import open_folder, refuse
    from tisu_tui.cli._saying import say, say_json
    from tisu_tui.cli._verifying import NotSealed, verify
    from tisu_tui.core.text import clean
    from tisu_tui.core.translation import gettext as _
    from tisu_tui.core.translation import ngettext
    from tisu_tui.store.files import StorageProblem

    try:
        checked = [*verify(open_folder(data), session, exports)]
    except (NotSealed, StorageProblem) as problem:
        refuse(str(problem))
    wrong = sum(not each.agrees for each in checked)
    if as_json:
        report = {"session": session, "agrees": not wrong, "checked": [asdict(each) for each in checked]}
        say_json(report)
    else:
        for each in checked:
            say(clean(f"{each.about}: {each.words}", 2000), hang=2)
        told = ngettext("{n} of these does not agree.", "{n} of these do not agree.", wrong).format(n=wrong)
        say(told if wrong else _("Everything agrees."))
        if wrong and all(each.agrees or each.state == "edited" for each in checked):
            say(_("Notes are yours to edit. What another version of tisu wrote differs as well."), err=True)
    sys.exit(1 if wrong else 0)
