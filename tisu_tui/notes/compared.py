"""Compares a session's files with saved ones byte for byte and lists differing lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path

from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.saving import HEAD, Files, exported

_DRAFT = re.compile(rb"^status:\s*draft\s*$", re.MULTILINE)


class FileState(Enum):
    """How a file stands to what the session writes."""

    SAME = "as it was written"
    EDITED = "edited"
    DRAFT = "a draft"
    MISSING = "missing"
    UNREADABLE = "can't be read"


@dataclass(frozen=True, slots=True)
class Compared:
    """One file; `where` says which lines of it differ, or why it can't be read."""

    path: Path
    state: FileState
    where: str = ""


def compare(files: Files, folder: Path, session: str) -> tuple[Compared, ...]:
    """Compare everything a session writes with what is in a folder; nothing where no notes of it are there.

    Notes that were given another name are known by the session that stands in them.
    """
    (name,) = (each for each in files if "/" not in each)
    note = folder / name
    if not note.exists():
        note = next(filter(_is_note, exported(folder).get(session, ())), note)
    paths = {each: note if each == name else folder / each for each in files}
    if not any(path.exists() for path in paths.values()):
        return ()
    return tuple(_compared(paths[each], content) for each, content in sorted(files.items()))


def _is_note(path: Path) -> bool:
    # A paper or a form for a reply is from the same session, and no notes of it.
    with path.open("rb") as file:
        return b"\ntisu-note:" in file.read(HEAD)


def _compared(path: Path, content: bytes) -> Compared:
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return Compared(path, FileState.MISSING)
    except OSError as error:
        return Compared(path, FileState.UNREADABLE, error.strerror or str(error))
    if there == content:
        return Compared(path, FileState.SAME)
    if _DRAFT.search(there[:HEAD]) and not _DRAFT.search(content[:HEAD]):
        return Compared(path, FileState.DRAFT)
    return Compared(path, FileState.EDITED, _where(content, there))


def _where(written: bytes, there: bytes) -> str:
    before, after = written.splitlines(), there.splitlines()
    if before == after:
        return _("only in how its lines end")
    return ", ".join(_places(before, after))


def _places(before: list[bytes], after: list[bytes]) -> Iterator[str]:
    """Name the lines that differ, as they are numbered now; what is gone by the line that it stood after."""
    for what, _start, _end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "delete":
            yield _("something is gone after line {n}").format(n=first)
        elif what != "equal":
            lines = _("line {n}") if last - first == 1 else _("lines {n} to {last}")
            yield lines.format(n=first + 1, last=last)
