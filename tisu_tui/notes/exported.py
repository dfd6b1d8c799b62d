"""Finds saved notes by the session id in their front matter."""

from __future__ import annotations

from pathlib import Path

from tisu_tui.notes.saving import HEAD, session_of


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
