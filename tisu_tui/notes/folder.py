"""A folder of notes, which is all that a team needs to keep: read back, and whatever else lies there named and left."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path

from tisu_tui.notes.document import MOST_BYTES, NotReadable, decoded, front_matter
from tisu_tui.notes.read import Note, NotNotes, read_note
from tisu_tui.notes.saving import NotesProblem

Skipped = Callable[[str], None]
"""Hears in one line of a page that is left out, and why."""


def read_folder(folder: Path, skipped: Skipped) -> tuple[Note, ...]:
    """Read the sealed notes of a folder, the earliest first; of one session, the page whose name comes first.

    Pages that tisu wrote of notes are passed by in silence. Raises `NotesProblem` for a folder that can't be read.
    """
    try:
        pages = sorted(path for path in folder.iterdir() if path.suffix == ".md")
    except OSError as error:
        problem = _("{path} can't be read: {reason}.")
        raise NotesProblem(problem.format(path=folder, reason=error.strerror or error)) from error
    found: dict[str, Note] = {}
    for page in pages:
        try:
            note = _read(page)
        except (NotNotes, NotReadable) as problem:
            skipped(_("{path} is left out: {reason}.").format(path=page, reason=problem))
            continue
        if note is None or not note.sealed:
            continue
        if note.past.id in found:
            skipped(_("{path} is left out: session {id} was read already.").format(path=page, id=note.past.id))
            continue
        for trouble in note.troubles:
            skipped(f"{page}:{trouble.number}: {trouble.text}")
        found[note.past.id] = note
    return tuple(sorted(found.values(), key=lambda each: (each.past.date, each.past.id)))


def _read(page: Path) -> Note | None:
    try:
        with page.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotReadable(error.strerror or str(error)) from error
    text = decoded(data)
    front = front_matter(text)
    is_other_page = {"tisu-page", "tisu-reply"} & set(front)
    return None if is_other_page else read_note(text)
