"""Documents beside pages that were written, for offices that use browsers and Word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from tisu_tui.cli._saying import refuse, say
from tisu_tui.core.translation import gettext as _

HTML = click.option("--html", is_flag=True, help="Also as one web page, with its pictures in it.")
WORD = click.option("--word", is_flag=True, help="Also as a file for Word (.docx); needs the extra `word`.")

SUFFIXES = (".html", ".docx")
"""What documents end in, beside the page that they are made of."""


def write_documents(page: Path, *, html: bool, word: bool) -> None:
    """Write what was asked for beside a page, from the page as it stands on the disk.

    A document that is there already may have been edited, so it is left alone and named.
    """
    wanted: dict[str, Callable[[str, dict[str, bytes]], bytes]] = {}
    if html:
        from tisu_tui.documents.web import web_page

        wanted[".html"] = web_page
    if word:
        wanted[".docx"] = _word_writer()
    if not wanted:
        return
    text, pictures = page.read_text(encoding="utf-8"), _pictures_beside(page)
    for suffix, make in wanted.items():
        made, path = make(text, pictures), page.with_suffix(suffix)
        if path.exists() and path.read_bytes() != made:
            say(_("{path} is there already, and is left as it is.").format(path=path), err=True)
        else:
            path.write_bytes(made)
            click.echo(path)


def _word_writer() -> Callable[[str, dict[str, bytes]], bytes]:
    try:
        from tisu_tui.documents.word import word_file
    except ImportError:
        _no_word("--word")
    return word_file


def word_reader() -> Callable[[bytes], str]:
    """Return what reads the words of a .docx; it raises ValueError for what is none."""
    try:
        from tisu_tui.documents.word import words_in
    except ImportError:
        _no_word(".docx")
    return words_in


def _no_word(what: str) -> NoReturn:
    refuse(_("{what} needs two more packages: pip install 'tisu-tui[word]'").format(what=what), 1)


def _pictures_beside(page: Path) -> dict[str, bytes]:
    """Read the pictures in a page's folder and in the one of its name, by the path that the page names."""
    folders = (page.parent, page.with_suffix(""))
    found = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.svg")))
    return {path.relative_to(page.parent).as_posix(): path.read_bytes() for path in found if not path.is_symlink()}
