"""The file operations used for storing, replaceable by another file system in tests."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import sys
from gettext import gettext as _
from pathlib import Path
from typing import Protocol


class StorageProblem(Exception):
    """What is kept can't be read, written or locked; its text is one line for people."""


class LooseMode(StorageProblem):
    """Other people on this computer could read a file or folder."""


class Files(Protocol):
    """The file calls that storing takes; each raises `OSError` when it fails."""

    def read(self, path: Path) -> bytes | None:
        """Read a whole file, or None where there is none."""

    def create(self, path: Path) -> int:
        """Open a new private file for writing; an existing one, or a link, is an error."""

    def write(self, handle: int, data: memoryview) -> int:
        """Write the beginning of `data` and return how many bytes that was."""

    def set_times(self, target: int | Path, seconds: float) -> None:
        """Set both times of an open file, or of a folder."""

    def sync(self, handle: int) -> None:
        """Return when the file's bytes survive a power loss."""

    def close(self, handle: int) -> None:
        """Close a file; the handle is gone even when this fails."""

    def rename(self, old: Path, new: Path) -> None:
        """Rename a file, atomically replacing any file of that name."""

    def sync_folder(self, path: Path) -> None:
        """Return when the names in a folder survive a power loss."""

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""


class RealFiles:
    """The file calls of this machine."""

    def read(self, path: Path) -> bytes | None:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return None
        with os.fdopen(handle, "rb") as file:
            if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
                problem = _("Other people can read {path}. To close it: chmod 600 {path}")
                raise LooseMode(problem.format(path=path))
            return file.read()

    def create(self, path: Path) -> int:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)

    def write(self, handle: int, data: memoryview) -> int:
        return os.write(handle, data)

    def set_times(self, target: int | Path, seconds: float) -> None:
        os.utime(target, (seconds, seconds))

    def sync(self, handle: int) -> None:
        if sys.platform == "darwin":
            # There, fsync leaves the bytes in the drive's own cache.
            try:
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            except OSError as error:
                # Network and foreign file systems don't know the call; it has synced nothing and failed nothing.
                if error.errno not in {errno.ENOTSUP, errno.EINVAL}:
                    raise
            else:
                return
        os.fsync(handle)

    def close(self, handle: int) -> None:
        os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        old.replace(new)

    def sync_folder(self, path: Path) -> None:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.sync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
