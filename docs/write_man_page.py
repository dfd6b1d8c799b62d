"""Writes docs/tisu.1 from the help texts of the commands: `python docs/write_man_page.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from tisu_tui.cli import main

PAGE = Path(__file__).with_name("tisu.1")


def man_page() -> str:
    """Return the page as troff, one section a command."""
    context = click.Context(main, info_name="tisu")
    lines = [
        '.TH TISU 1 "" "tisu" "User commands"',
        ".SH NAME",
        r"tisu \- facilitated team workshops in the terminal",
        ".SH SYNOPSIS",
        r".B tisu",
        r"[COMMAND] [OPTIONS]",
        ".SH DESCRIPTION",
        *_paragraphs(main.help or ""),
        *_options(main, context),
        *_commands(main, context),
    ]
    lines += [
        ".SH FILES",
        r"The data folder is $TISU_DATA, or your own, which tisu doctor names; notes go to exports/ where tisu is run.",
        ".SH SEE ALSO",
        "tisu docs lists the guides and reads them.",
    ]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    """Describe each command of a group, and then those of its own."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join(command.collect_usage_pieces(inner))
        path = inner.command_path
        yield from (f'.SH "{path}"', f".B {_escaped(path)}", _escaped(usage), ".PP", *_paragraphs(command.help or ""))
        yield from _options(command, inner)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        if record := parameter.get_help_record(context):
            yield from (".TP", f".B {_escaped(record[0])}", _escaped(" ".join(record[1].split())))


def _paragraphs(text: str) -> list[str]:
    parts = re.split(r"\n\s*\n", text.replace("\b\n", "").strip())
    return [line for part in parts for line in (_escaped(" ".join(part.split())), ".PP")]


def _escaped(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    PAGE.write_text(man_page(), encoding="utf-8")
