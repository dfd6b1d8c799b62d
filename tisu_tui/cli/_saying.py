"""Sentences for a person at a terminal, broken between words there, and whole lines for whatever else reads them."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NoReturn, TextIO

import click

from tisu_tui.core.text import printable

BAD_INPUT = 2
_OF_A_FILE = re.compile(r" +(?:\d+ )?\| ")
_BEGINS = re.compile(r"\s*(?:\||>|([-*+] |\d+\. ))")
"""How a row of a table, a quotation and, in its group, an item of a list begins."""
_WIDEST = 100
"""Cells of the longest line; longer ones are hard to follow."""


def say(text: str, *, err: bool = False, hang: int = 0) -> None:
    """Say lines on stdout or, with `err`, on stderr; a line that goes on does so `hang` cells further in.

    A path or a word that is longer than a line stays in one piece, to be copied.
    """
    room = _room(err=err)
    lines = text.split("\n")
    if room:
        lines = [part for line in lines for part in _broken(line, room, hang)]
    click.echo("\n".join(lines), err=err)


def refuse(text: str, status: int = BAD_INPUT) -> NoReturn:
    """Say in one line what is wrong, and stop."""
    say(text, err=True)
    sys.exit(status)


@contextlib.contextmanager
def naming(path: Path | str | None, status: int = BAD_INPUT) -> Iterator[None]:
    """Refuse what goes wrong with a file or a folder meanwhile, in one line that names it."""
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{path}: {getattr(error, 'strerror', None) or error}", status)


def hint(words: str, command: str, *, err: bool = False) -> None:
    """Say what to type next; a command that has no room behind the words stands on a line of its own, in one piece."""
    room = _room(err=err)
    if room and len(f"{words} {command}") > room:
        say(words, err=err)
        click.echo(f"  {command}", err=err)
    else:
        click.echo(f"{words} {command}", err=err)


def show(page: str) -> None:
    """Show Markdown a window at a time; whoever reads it on a terminal finds its lines broken between words."""
    if room := _room(err=False):
        lines = ([line] if stands else _broken(_tight(line, room), room, _hang(line)) for line, stands in _joined(page))
        page = "\n".join(chain.from_iterable(lines))
    click.echo_via_pager(page)


def say_json(data: object) -> None:
    """Say data on stdout; where a character in it would not be let through, all but ASCII is written as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(text if printable(text) == text else json.dumps(data, indent=2))


class _Printed(io.TextIOBase):
    """An output stream that removes everything a terminal would act on.

    It has no `buffer`, so that nobody writes around it.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str | bytes) -> int:  # click writes what a shell completes as bytes
        self._stream.write(printable(text if isinstance(text, str) else text.decode(errors="replace")))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def writable(self) -> bool:
        return True


@contextlib.contextmanager
def printing_safely() -> Iterator[None]:
    """Let all that is printed meanwhile, by whatever part of the program, pass through `printable`."""
    out, err = _Printed(sys.stdout), _Printed(sys.stderr)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        yield


def _room(*, err: bool) -> int:
    """Give the cells of a line, or 0 where nobody is reading it on a terminal."""
    stream = sys.stderr if err else sys.stdout
    return min(shutil.get_terminal_size().columns, _WIDEST) if stream.isatty() else 0


def _joined(page: str) -> list[tuple[str, bool]]:
    """Put each paragraph, list item and row of a page on one line, and say of each line whether it stands as it is."""
    made: list[tuple[str, bool]] = []
    is_code = False
    for line in page.split("\n"):
        goes_on = made and not made[-1][1]
        is_fence = line.startswith("```")
        stands = is_code or is_fence or not line.strip() or line.startswith("#" if goes_on else ("#", "    "))
        if goes_on and not stands and not _BEGINS.match(line):
            made[-1] = f"{made[-1][0]} {line.strip()}", False
        else:
            made.append((line, stands))
        is_code ^= is_fence
    return made


def _tight(line: str, room: int) -> str:
    """Take out of the row of a table that has no room what only lines up its columns."""
    if len(line) <= room or not line.startswith("|"):
        return line
    return " ".join("---" if len(word) > 3 and set(word) == {"-"} else word for word in line.split())


def _hang(line: str) -> int:
    """Give the cells by which the lines of a list item stand further in than its mark."""
    begins = _BEGINS.match(line)
    return len(begins[1] or "") if begins else 0


def _broken(line: str, room: int, hang: int) -> list[str]:
    if _OF_A_FILE.match(line):
        return [line]  # a caret points at a place in it
    edge = " " * (len(line) - len(line.lstrip()) + hang)
    return textwrap.wrap(
        line,
        max(20, room),
        subsequent_indent=edge,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    ) or [""]
