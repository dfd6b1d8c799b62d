"""How files are written, whole or not at all, with calls that tests replace by another file system."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
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


class NothingChangedError(OSError):
    """A new file could not be opened or filled, and is gone again: nothing that counts was written."""


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Why a write fails where there is no room; the disk itself is as good as before."""


def temporary(path: Path) -> Path:
    """Name the file that is to take the place of another."""
    return path.with_name(f"{path.name}.tmp")


class Files:
    """The file calls of this machine that storing takes; each raises `OSError` when it fails. Tests have others."""

    write: Callable[[int, memoryview], int] = staticmethod(os.write)
    """Write the beginning of some data to an open file; returns how many bytes that was."""
    sync = staticmethod(system.sync)
    close = staticmethod(os.close)
    """Close a file; the handle is gone even when this fails."""
    rename: Callable[[Path, Path], None] = staticmethod(os.replace)
    """Rename a file, atomically replacing any file of that name."""
    sync_folder = staticmethod(system.sync_folder)

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
        handle = os.open(path, system.CREATE, 0o600)
        system.give_to_owner(path)
        return handle

    def set_times(self, target: int | Path, seconds: float) -> None:
        """Set both times of an open file, or of a folder."""
        os.utime(target, (seconds, seconds))

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""
        path.unlink(missing_ok=True)

    def replace(self, path: Path, data: bytes, seconds: float | None = None) -> None:
        """Put a whole private file in a file's place, durably, with these times of it and its folder if any are given.

        After an error the name still holds the old bytes, or already the new ones.
        """
        new = temporary(path)
        try:
            handle = self.create(new)
        except FileExistsError:  # it is another writer's, who should not be there
            raise
        except OSError as error:
            with contextlib.suppress(OSError):
                self.remove(new)
            raise NothingChangedError(error.errno, error.strerror) from error
        is_filled = False
        try:
            try:
                rest = memoryview(data)
                while rest:
                    written = self.write(handle, rest)
                    if written == 0:
                        raise OSError(errno.EIO, os.strerror(errno.EIO))
                    rest = rest[written:]
                is_filled = True
                if seconds is not None:
                    self.set_times(handle, seconds)
                self.sync(handle)
            finally:
                self.close(handle)
            self.rename(new, path)
        except OSError as error:
            # Frees the room on a full disk; what can't be removed now goes when the file is next opened.
            try:
                self.remove(new)
            except OSError:
                raise error from None
            if error.errno in FULL and not is_filled:
                raise NothingChangedError(error.errno, error.strerror) from error
            raise
        if seconds is not None:
            # The folder changes with every rename: its time would be that of the last answer.
            self.set_times(path.parent, seconds)
        self.sync_folder(path.parent)


FILES = Files()
