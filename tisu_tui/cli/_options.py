"""What commands have in common: options of the same name and what is done by them, and names that a shell completes."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from tisu_tui.cli._saying import refuse, say
from tisu_tui.core.days import read_clock
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _

P = ParamSpec("P")
T = TypeVar("T")

PORT = 2222
"""Where people join, unless something else is asked for."""
PATH = click.Path(path_type=Path)
DATA = click.option("--data", type=PATH, help="Data folder, instead of $TISU_DATA or your own.")
BIND = click.option("--bind", default="", metavar="ADDR", help="Listen on this address only.")
HTML = click.option("--html", is_flag=True, help="Also as one web page, with its pictures in it.")
WORD = click.option("--word", is_flag=True, help="Also as a file for Word (.docx); needs the extra `word`.")
LOG = click.option("--log", type=PATH, metavar="FILE", help="Log steps and troubles, never what people do.")


@dataclass(frozen=True, slots=True)
class Where:
    """Where promises are read and written, as the options say: all on the pages of one folder, or from sessions too."""

    notes: Path | None
    exports: Path | None
    data: Path | None
    rehearsals: bool = False

    def __post_init__(self) -> None:
        """Refuse notes alone together with sessions, or with another folder of notes."""
        only_one(**{"from": self.notes, "exports": self.exports})
        only_one(**{"from": self.notes, "data": self.data})

    @property
    def folder(self) -> Path:
        """The folder of the pages."""
        return self.notes or self.exports or Path("exports")


def exports(told: str, name: str = "--exports") -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make an option for the folder of notes; `told` says what is done there."""
    return click.option(name, "exports", type=PATH, default=Path("exports"), show_default=True, help=told)


def port(told: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make an option for the port of the front door."""
    kind = click.IntRange(0, 65535)
    return click.option("--port", type=kind, default=PORT, metavar="PORT", show_default=True, help=told)


def nats_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where NATS is and how to be let in there."""
    for option in (
        click.option("--ca", type=PATH, metavar="FILE", help="Certificates that NATS is trusted by."),
        click.option("--login", type=PATH, metavar="FILE", help="File with NAME:PASSWORD for NATS."),
        click.option("--secret", type=PATH, metavar="FILE", help="The secret that sessions and doors share."),
        click.option("--nats", metavar="URL", default="", help="NATS, by which sessions and doors find each other."),
    ):
        command = option(command)
    return command


def write_documents(page: Path, *, html: bool, word: bool) -> None:
    """Write what was asked for beside a page.

    A document that is there already may have been edited, so it is left alone and named.
    """
    from tisu_tui.documents import documents_of

    for path, made in documents_of(page, html=html, word=word):
        if path.exists() and path.read_bytes() != made:
            say(_("{path} is there already, and is left as it is.").format(path=path), err=True)
        else:
            path.write_bytes(made)
            click.echo(path)


def typed_again(context: click.Context, but: Container[str]) -> tuple[str, ...]:
    """Give the options to run a command with again, in the order in which they were typed, `but` for some."""
    words: list[str] = []
    options = {option.name: option.opts[0] for option in context.command.params}
    for name, value in context.params.items():
        if name in but or context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        for each in value if isinstance(value, tuple) else (value,):
            words += [options[name]] if value is True else [options[name], str(each)]
    return tuple(words)


def with_folders(command: str, option: str = "--exports") -> str:
    """Add the folders that were typed to a command to type next; `option` names the one of notes there, if any does."""
    context = click.get_current_context(silent=True)
    typed = context.params if context else {}
    folders = (("--data", typed.get("data"), None), (option, typed.get("exports"), Path("exports")))
    words = [word for name, path, usual in folders if name and path not in {None, usual} for word in (name, str(path))]
    return " ".join([command, *map(shlex.quote, words)])


def only_one(**asked: object) -> None:
    """Refuse where several options each ask for something else to be printed or written."""
    names = [f"--{name}" for name, value in asked.items() if value]
    if len(names) > 1:
        refuse(_("Choose only one of {options}.").format(options=", ".join(names)))


def read_begin(typed: str) -> int | None:
    """Read the minute of the day at which a session begins, or refuse in one line; `None` where nothing was typed."""
    try:
        return read_clock(typed) if typed else None
    except ValueError:
        return refuse(_("--at {time} is no time of day. Write it like 10:00.").format(time=clean(typed, 20)))


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
            session
            for session in DataFolder(context.params.get("data"), create=False).sessions()
            if session.startswith(begun)
        ]
    except StorageProblem:
        return []
