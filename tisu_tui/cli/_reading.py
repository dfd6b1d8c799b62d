"""Notes read on the terminal: as they stand in the folder, or as they would be written."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tisu_tui.core.text import clean
from tisu_tui.notes.document import NotReadable, front_matter
from tisu_tui.notes.exported import exported
from tisu_tui.notes.kept import read_text
from tisu_tui.notes.write import render
from tisu_tui.session.session import Session

_COMMENT = re.compile(r" ?<!--.*?-->", re.DOTALL)
_MOST = 1 << 20


def read_here(session: Session, exports: Path) -> None:
    """Show a session's notes page by page, without what only programs read."""
    text = _as_they_stand(session, exports) or _as_written(session)
    head, _mark, body = text.replace("\r\n", "\n").partition("\n---\n")
    lines = (clean(line, _MOST) for line in _COMMENT.sub("", body or head).splitlines())
    click.echo_via_pager(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n")


def _as_they_stand(session: Session, exports: Path) -> str:
    for path in exported(exports).get(session.id, ()):
        try:
            text = read_text(path)
        except (OSError, NotReadable):
            continue
        if "tisu-note" in front_matter(text):
            return text
    return ""


def _as_written(session: Session) -> str:
    return next(content.decode() for name, content in render(session).items() if "/" not in name)
