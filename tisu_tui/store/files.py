"""The file operations used for storing, replaceable by another file system in tests."""

from __future__ import annotations

import os
from pathlib import Path

from tisu_tui.core import system
from tisu_tui.core.failure import OneLineProblem
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import said


class StorageProblem(OneLineProblem):
    """What is kept can't be read, written or locked; its text is one line for people."""

    def __str__(self) -> str:
        return said(self.words)

    @property
    def words(self) -> str:
        """The line, which may be a sentence to say to several people."""
        (words,) = self.args
        assert isinstance(words, str)
        return words


class LooseMode(StorageProblem):
    """Other people on this computer could read a file or folder."""


class Files:
    """The file calls of this machine that storing takes; each raises `OSError` when it fails. Tests have others."""

    sync = staticmethod(system.sync)
    sync_folder = staticmethod(system.sync_folder)
    close = staticmethod(os.close)
    """Close a file; the handle is gone even when this fails."""

    def read(self, path: Path) -> bytes | None:
        """Read a whole file, or None where there is none."""
        try:
            handle = os.open(path, system.READ)
        except FileNotFoundError:
            return None
        with os.fdopen(handle, "rb") as file:
            if system.others_can_read(os.fstat(handle).st_mode):
                problem = _("Other people can read {path}. To close it: chmod 600 {path}")
                raise LooseMode(problem.format(path=path))
            return file.read()

    def create(self, path: Path) -> int:
        """Open a new private file for writing; an existing one, or a link, is an error."""
        return os.open(path, system.CREATE, 0o600)

    def write(self, handle: int, data: memoryview) -> int:
        """Write the beginning of `data` and return how many bytes that was."""
        return os.write(handle, data)

    def set_times(self, target: int | Path, seconds: float) -> None:
        """Set both times of an open file, or of a folder."""
        os.utime(target, (seconds, seconds))

    def rename(self, old: Path, new: Path) -> None:
        """Rename a file, atomically replacing any file of that name."""
        old.replace(new)

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""
        path.unlink(missing_ok=True)


FILES = Files()
