"""Saves notes and pages in a folder, never over what somebody else wrote there; finds and compares them later."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path

from tisu_tui.core import system
from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _
from tisu_tui.notes.escaping import front_matter

Files = Mapping[str, bytes]
"""Notes before they are saved: bytes by path, with one `.md` at the top and all else in a folder of its name."""

_HEAD = 8192
"""Bytes from the beginning of a note in which its front matter stands: far more than it takes."""


class NotesProblem(OneLineProblem):
    """Notes can't be saved, for a reason that is said in plain words."""


class EditedSince(NotesProblem):
    """Sealed notes stand at `path` with what the team has written into them since."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("{path} has been edited since. Move it away, or choose another folder.").format(path=path))
        self.path = path


def save(files: Files, folder: Path) -> Path:
    """Save notes in a folder, in place of an earlier state of the same session's; returns the path of the `.md`.

    Raises NotesProblem where another session's notes, edited ones, or what are no notes, stand in the way.
    """
    (name,) = (file for file in files if "/" not in file)
    note = folder / name
    others = {each: content for each, content in files.items() if each != name}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_others(note, files[name])
        if others:
            _make_room(note.with_suffix(""), others)
        for each, content in others.items():
            replace_file(folder / each, content)
        # Last, so that whoever finds notes finds their pictures too.
        replace_file(note, files[name])
    except OSError as error:
        problem = _("The notes can't be saved as {path}: {reason}.")
        raise NotesProblem(problem.format(path=note, reason=error.strerror or error)) from error
    return note


def _make_room(beside: Path, files: Files) -> None:
    beside.mkdir(exist_ok=True)
    if beside.is_symlink():
        raise NotesProblem(_("{path} is a link to somewhere else. Move it away first.").format(path=beside))
    for name, content in files.items():
        if name.endswith(".md"):
            _refuse_others(beside.parent / name, content)
    # What a picture or a page of an earlier state shows may have been struck since.
    for old in sorted(beside.iterdir()):
        if f"{beside.name}/{old.name}" not in files and (old.suffix == ".svg" or _is_our_page(old)):
            old.unlink()


def _is_our_page(path: Path) -> bool:
    if path.suffix != ".md" or path.is_symlink():
        return False
    front = _front(path.read_bytes())
    return "tisu-page" in front and front.get("status") != "sealed"


def _refuse_others(note: Path, content: bytes) -> None:
    try:
        handle = os.open(note, system.READ)
    except FileNotFoundError:
        return
    with os.fdopen(handle, "rb") as file:
        there = file.read()
    before, now = _front(there), _front(content)
    if not now.get("tisu-session") and before.get("tisu-page") != now.get("tisu-page"):
        raise NotesProblem(_("{path} is another page. Move it away first.").format(path=note))
    if before.get("tisu-session") != now.get("tisu-session"):
        raise NotesProblem(_("{path} is not from this session. Move it away first.").format(path=note))
    # Sealed notes never change by themselves: what differs is what the team has written since, like boxes ticked.
    if there != content and before.get("status") == "sealed":
        raise EditedSince(note)


def _front(content: bytes) -> dict[str, str]:
    return front_matter(content[:_HEAD].decode("utf-8-sig", "replace"))


def _front_of(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return _front(file.read(_HEAD))


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place of another, whole or not at all; raises OSError."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, system.CREATE, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def exported(folder: Path) -> dict[str, list[Path]]:
    """List the notes in a folder by the id of their session; what can't be read is nobody's."""
    notes: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.md")):
        try:
            session = _front_of(path).get("tisu-session", "")
        except OSError:
            continue
        if session:
            notes.setdefault(session, []).append(path)
    return notes


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
    (name,) = (file for file in files if "/" not in file)
    note = folder / name
    if not note.exists():
        # A paper or a form for a reply is from the same session, and no notes of it.
        named = (each for each in exported(folder).get(session, ()) if "tisu-note" in _front_of(each))
        note = next(named, note)
    paths = {file: note if file == name else folder / file for file in files}
    if not any(path.exists() for path in paths.values()):
        return ()
    return tuple(_compared(paths[file], content) for file, content in sorted(files.items()))


def _compared(path: Path, content: bytes) -> Compared:
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return Compared(path, FileState.MISSING)
    except OSError as error:
        return Compared(path, FileState.UNREADABLE, error.strerror or str(error))
    if there == content:
        return Compared(path, FileState.SAME)
    was, now = (_front(each).get("status") for each in (there, content))
    if was == "draft" and now != was:
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
