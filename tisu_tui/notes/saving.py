"""Saves notes and pages in a folder, and never over what somebody else wrote there; finds them again."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from tisu_tui.core import system
from tisu_tui.core.translation import gettext as _

Files = Mapping[str, bytes]
"""Notes before they are saved: bytes by path, with one `.md` at the top and all else in a folder of its name."""

HEAD = 8192
"""Bytes from the beginning of a note in which its front matter stands: far more than it takes."""
_SEALED = re.compile(rb"^status:\s*sealed\s*$", re.MULTILINE)


class NotesProblem(Exception):
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
    (name,) = (each for each in files if "/" not in each)
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
    head = path.read_bytes()[:HEAD]
    return b"tisu-page:" in head and not _SEALED.search(head)


def _refuse_others(note: Path, content: bytes) -> None:
    try:
        handle = os.open(note, system.READ)
    except FileNotFoundError:
        return
    with os.fdopen(handle, "rb") as file:
        there = file.read()
    if not session_of(content[:HEAD]) and _page_of(there[:HEAD]) != _page_of(content[:HEAD]):
        raise NotesProblem(_("{path} is another page. Move it away first.").format(path=note))
    if session_of(there[:HEAD]) != session_of(content[:HEAD]):
        raise NotesProblem(_("{path} is not from this session. Move it away first.").format(path=note))
    # Sealed notes never change by themselves: what differs is what the team has written since, like boxes ticked.
    if there != content and _SEALED.search(there[:HEAD]):
        raise EditedSince(note)


def session_of(head: bytes) -> str:
    """Read the session id from notes, or nothing if the file is not notes."""
    # Editors may have changed the quotes and the line ends.
    found = re.search(r"^tisu-session:\s*[\"']?([a-z0-9-]+)", head.decode("utf-8", "replace"), re.MULTILINE)
    return found[1] if found else ""


def _page_of(head: bytes) -> str:
    found = re.search(r"^tisu-page:\s*([a-z-]+)", head.decode("utf-8", "replace"), re.MULTILINE)
    return found[1] if found else ""


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
            with path.open("rb") as file:
                session = session_of(file.read(HEAD))
        except OSError:
            continue
        if session:
            notes.setdefault(session, []).append(path)
    return notes
