"""Doing something again whenever a file changes."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence

import click

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.workshop.library import NoSuchWorkshopError, find

LOOKS = 0.2
"""Seconds between two looks at a file."""

_State = tuple[int, ...]


def until_stopped(names: Sequence[str], show: Callable[[str], object]) -> None:
    """Show each file, and again under a line of its own whenever it changes, until ctrl+c."""
    try:
        # Looked at before it is shown, so that no change falls between the two.
        shown = {name: _state(name) for name in names}
        for name in names:
            show(name)
        click.echo(_("Watching. Save the file to see this again; ctrl+c ends."), err=True)
        last = dict(shown)
        while True:
            time.sleep(LOOKS)
            for name in names:
                now = _state(name)
                # The same twice: an editor may be in the middle of writing a file, or of putting another in its place.
                if now == last[name] != shown[name]:
                    shown[name] = now
                    click.echo("\n" + _line(name))
                    show(name)
                last[name] = now
    except KeyboardInterrupt:
        click.echo()


def _line(name: str) -> str:
    at = dt.datetime.now().astimezone().strftime("%H:%M:%S")
    return _("---- {name}, changed at {time} ----").format(name=clean(click.format_filename(name), 200), time=at)


def _state(name: str) -> _State:
    """Tell one state of a file from another; empty where there is none."""
    try:
        found = find(name).stat()
    except (NoSuchWorkshopError, OSError):
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
