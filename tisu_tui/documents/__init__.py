"""Pages of ours as documents that offices use: a web page, or a file for Word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _

SUFFIXES = (".html", ".docx")
"""What documents end in, beside the page that they are made of."""


class NoWord(OneLineProblem):
    """The packages for files of Word are not installed; the message says how they are."""


def documents_of(page: Path, *, html: bool, word: bool) -> Iterator[tuple[Path, bytes]]:
    """Make documents of a page as it stands on the disk, each with its path beside it; raises `NoWord`."""
    for_word = _for_word("--word") if word else None
    if not (html or word):
        return
    text, pictures = page.read_text(encoding="utf-8"), _pictures_beside(page)
    if html:
        from tisu_tui.documents.web import web_page

        yield page.with_suffix(".html"), web_page(text, pictures)
    if for_word:
        yield page.with_suffix(".docx"), for_word.word_file(text, pictures)


def words_in(content: bytes) -> str:
    """Read the words of a .docx; raises ValueError for what is none, or `NoWord`."""
    read: str = _for_word(".docx").words_in(content)
    return read


def _for_word(what: str) -> ModuleType:
    try:
        from tisu_tui.documents import word
    except ImportError:
        said = _("{what} needs two more packages: pip install python-docx resvg-py")
        raise NoWord(said.format(what=what)) from None
    return word


def _pictures_beside(page: Path) -> dict[str, bytes]:
    """Read the pictures in a page's folder and in the one of its name, by the path that the page names."""
    folders = (page.parent, page.with_suffix(""))
    found = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.svg")))
    return {path.relative_to(page.parent).as_posix(): path.read_bytes() for path in found if not path.is_symlink()}
