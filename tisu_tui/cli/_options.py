"""What commands have in common: options of the same name, days that are typed, and names that a shell completes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from click.shell_completion import CompletionItem

from tisu_tui.core.translation import gettext as _

P = ParamSpec("P")
T = TypeVar("T")

PATH = click.Path(path_type=Path)
DATA = click.option("--data", type=PATH, help="Data folder, instead of $TISU_DATA or your own.")


def exports(told: str, name: str = "--exports") -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make an option for the folder of notes; `told` says what is done there."""
    return click.option(name, "exports", type=PATH, default=Path("exports"), show_default=True, help=told)


class Day(click.DateTime):
    """A day like 2026-12-01; anything else is refused in the words that other commands use for it."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read a day, at midnight; raises click.BadParameter."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(_("{due} is no date; write it like 2026-12-01").format(due=value), param, ctx)


def workshops(_context: click.Context, _argument: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the name of a workshop of the library; a path is completed as a file."""
    from tisu_tui.workshop.library import library

    names = [path.stem for path in library() if path.stem.startswith(begun)]
    return [CompletionItem(name) for name in names] or [CompletionItem(begun, type="file")]


def sessions(context: click.Context, _argument: click.Parameter, begun: str) -> list[str]:
    """Complete the id of a session that this computer keeps."""
    from tisu_tui.store.files import StorageProblem
    from tisu_tui.store.folder import DataFolder

    try:
        return [
            each for each in DataFolder(context.params.get("data"), create=False).sessions() if each.startswith(begun)
        ]
    except StorageProblem:
        return []
