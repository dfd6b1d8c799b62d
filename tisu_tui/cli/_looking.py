"""`tisu` alone: the home screen on a terminal, and the same as plain lines anywhere else."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shlex
import sys
import threading
from pathlib import Path

import click

from tisu_tui.cli._home import Kept, lines, shelves, with_promises
from tisu_tui.cli._opening import open_folder, refuse
from tisu_tui.core.home import Shelf
from tisu_tui.store.files import StorageProblem

_EXPORTS = Path("exports")


def look(*, plain: bool) -> tuple[str, ...]:
    """Show what there is; gives the command that was chosen, as it is typed after `tisu`, or nothing."""
    today = dt.date.today()
    try:
        kept = Kept.of(open_folder(None))
    except StorageProblem as problem:
        refuse(str(problem), 1)
    found = shelves(kept, _EXPORTS, today)
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    if plain or not on_terminal:
        for line in lines((*found[:-1], with_promises(found[-1], kept, _EXPORTS, today))):
            click.echo(line)
        return ()

    is_over = threading.Event()

    async def more() -> Shelf:
        return await asyncio.to_thread(with_promises, found[-1], kept, _EXPORTS, today, is_over.is_set)

    from tisu_tui.screens.driver import run_local
    from tisu_tui.screens.home import HomeApp

    app = HomeApp(found, more)

    async def show() -> None:
        try:
            await run_local(app)
        finally:
            is_over.set()

    asyncio.run(show())
    if app.chosen:
        click.echo(shlex.join(("tisu", *app.chosen)), err=True)
    return app.chosen
