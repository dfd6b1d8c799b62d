"""The team's list of who there is to talk to: one line each, in a file that can be read and edited without us."""

from __future__ import annotations

from pathlib import Path

from tisu_tui.core.contacts import Contact, read_contact
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.store.files import FILES, StorageProblem, temporary
from tisu_tui.store.folder import DataFolder

LONGEST = 160
"""Cells of one contact."""


def support_file(folder: DataFolder) -> Path:
    """Name the file of the list, whether it exists or not."""
    return folder.path / "support.md"


def load_support(folder: DataFolder) -> tuple[Contact, ...]:
    """Read the list; raises `StorageProblem` with the line that is no contact."""
    path = support_file(folder)
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, _("it is not UTF-8")) from error
    contacts = []
    for n, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        mark, _space, words = line.strip().partition(" ")
        if mark not in {"-", "*"} or not clean(words):
            expected = _("{path}:{n}: expected a line like: - NHS 24, 111 (checked 2026-11-01)")
            raise StorageProblem(expected.format(path=path, n=n))
        contacts.append(read_contact(clean(words, LONGEST)))
    return tuple(contacts)


def save_support(folder: DataFolder, contacts: tuple[Contact, ...]) -> None:
    """Write the list, whole or not at all; raises `StorageProblem`."""
    path = support_file(folder)
    try:
        FILES.remove(temporary(path))
        FILES.replace(path, "".join(f"- {contact}\n" for contact in contacts).encode())
    except OSError as error:
        problem = _("{path} can't be written: {reason}.")
        raise StorageProblem(problem.format(path=path, reason=error.strerror or error)) from error


def _unreadable(path: Path, reason: str) -> StorageProblem:
    return StorageProblem(_("{path} can't be read: {reason}.").format(path=path, reason=reason))
