"""`tisu` alone: the home screen on a terminal, and the same as plain lines anywhere else."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shlex
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from tisu_tui.cli._home import HomeContents
from tisu_tui.core.home import Deed, Shelf
from tisu_tui.core.translation import gettext as _
from tisu_tui.store.folder import DataFolder


def stay(run: Callable[[Sequence[str]], object], *, plain: bool) -> None:
    """Show the home screen and run chosen commands until it is closed."""
    place: tuple[int, Sequence[int]] = (0, ())
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    if plain or not on_terminal:
        contents = _look()
        *found, to_do = contents.shelves()
        for line in lines((*found, contents.with_promises(to_do))):
            click.echo(line)
        return
    while True:
        command, place = _on_screen(place)
        if not command:
            return
        click.echo(f"$ {shlex.join(('tisu', *command))}", err=True)
        status = _ran(run, command)
        if not _goes_back():
            sys.exit(status)


def _look() -> HomeContents:
    return HomeContents.of(DataFolder(), Path("exports"), dt.date.today())


def _on_screen(place: tuple[int, Sequence[int]]) -> tuple[Sequence[str], tuple[int, Sequence[int]]]:
    """Show the home screen; gives the command that was chosen, or none, and where on the screen that was."""
    from tisu_tui.screens.home import HomeApp
    from tisu_tui.screens.own_terminal import run_local

    contents = _look()
    found = contents.shelves()
    is_over = threading.Event()

    async def more() -> Shelf:
        return await asyncio.to_thread(contents.with_promises, found[-1], is_over.is_set)

    app = HomeApp(found, more, place)

    async def show() -> None:
        try:
            await run_local(app)
        finally:
            is_over.set()

    asyncio.run(show())
    return app.chosen, app.place


def _ran(run: Callable[[Sequence[str]], object], command: Sequence[str]) -> int:
    """Run a command, which ends as every command does: by leaving the program, were it not for this."""
    try:
        run(command)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(bool(left.code))
    return 0


def _goes_back() -> bool:
    """Wait until what the command said is read; tells whether to show the home screen again."""
    try:
        key = _key_after("\n" + _("Press any key to go back to the home screen, or q to close."))
    except (KeyboardInterrupt, EOFError):
        return False
    return key not in {"", "q", "Q", "\x18", "\x04"}


def _key_after(words: str) -> str:
    """Say something and give the next key: none from before counts, and none from then on is lost."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        click.echo(words, err=True)
        return click.getchar()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)  # lets go of what was typed until now; click does so only after the words
        click.echo(words, err=True)
        return os.read(terminal, 16).decode(errors="replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def lines(found: Iterable[Shelf]) -> Iterator[str]:
    """Format the shelves as plain lines, each with the command to type."""
    for shelf in found:
        yield shelf.name
        for item in shelf.items:
            detail = f" ({item.detail})" if item.detail else ""
            yield f"  {item.title}{detail}"
            if item.deeds:
                yield f"    {_typed(item.deeds[0])}"
        if not shelf.items:
            yield f"  {shelf.empty}"
        yield ""


def _typed(deed: Deed) -> str:
    """Give a deed as it is typed."""
    return shlex.join(("tisu", *deed.command))
