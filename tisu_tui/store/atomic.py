"""One JSON file, always whole: what was stored before a crash, a full disk or a failing one is still there."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
from pathlib import Path

from tinydb.storages import Storage

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import later
from tisu_tui.store.files import FILES, FULL, Files, NothingChangedError, StorageProblem, temporary

Tables = dict[str, dict[str, object]]


class StorageFailed(StorageProblem):
    """Nothing more is saved, and what was stored before still is."""

    def __init__(self, words: str, *, is_full: bool = False) -> None:
        super().__init__(words)
        self.is_full = is_full
        """Whether room on the disk would help."""


class NotSavedYet(StorageFailed):
    """Nothing was written this time, so the next write may be tried."""


class StorageDamaged(StorageProblem):
    """A file is not what was stored."""


def _noon(date: dt.date | None) -> float | None:
    """Give the time of noon in UTC, which is the same date nearly everywhere."""
    return dt.datetime.combine(date, dt.time(12), dt.UTC).timestamp() if date else None


class AtomicStorage(Storage):
    """A TinyDB storage whose `write` returns once the whole file is durable, and otherwise changes nothing.

    The caller holds the session's lock, unless `read_only`. With a `date`, the times of the file and its folder are
    set to it. After a failed write every further one raises `StorageFailed` while `read` goes on giving what was
    stored: a second fsync after a failed one reports success for bytes that the kernel has thrown away. Where no file
    could be opened, or the disk had no room for it, it is `NotSavedYet`, and the next write is tried.
    One thread writes at a time; any may read. Rows come back sorted by their number as text.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        date: dt.date | None = None,
        read_only: bool = False,
        files: Files = FILES,
    ) -> None:
        self._path = Path(path)
        self._noon = _noon(date)
        self._files = files
        self._refusal = later("It was opened for reading only.") if read_only else None
        self._is_behind = False  # whether a write was refused, so that even the same bytes are written next
        # Everybody who uses the session reads these, in languages of their own.
        self._failed = later("Saving failed: {reason}. Nothing more is saved. What was recorded before is safe.")
        self._not_yet = later("Saving does not work just now: {reason}. What was recorded before is safe.")
        self._interrupted = later("Saving was cut off. Nothing more is saved. What was recorded before is safe.")
        try:
            if not read_only:
                self._files.remove(temporary(self._path))
                # A host that was killed may have renamed without syncing: what is read here must last.
                self._files.sync_folder(self._path.parent)
            self._stored = self._files.read(self._path)
        except OSError as error:
            problem = _("{path} can't be opened: {reason}.")
            raise StorageFailed(problem.format(path=self._path, reason=error.strerror or error)) from error
        if self._stored is not None:
            _check_tables(self._path, self._stored)

    @property
    def refusal(self) -> str | None:
        """Why nothing more is saved, in words for people, or None while all is well."""
        return self._refusal

    def read(self) -> Tables | None:
        """Return a copy of what is stored, or None before the first write."""
        # Parsed anew each time: TinyDB changes what it is given before it writes, and the write may fail.
        return None if self._stored is None else json.loads(self._stored)

    def write(self, data: Tables) -> None:
        """Store everything durably, or raise `StorageFailed`."""
        if self._refusal is not None:
            raise StorageFailed(self._refusal)
        new = json.dumps(data, ensure_ascii=False, sort_keys=True, allow_nan=False).encode() + b"\n"
        if new == self._stored and not self._is_behind:  # as in the first half of an `upsert`
            return
        try:
            self._files.replace(self._path, new, self._noon)
        except NothingChangedError as error:
            self._is_behind = True
            words = self._not_yet.format(reason=error.strerror or error)
            raise NotSavedYet(words, is_full=error.errno in FULL) from error
        except OSError as error:
            self._refusal = self._failed.format(reason=error.strerror or error)
            raise StorageFailed(self._refusal, is_full=error.errno in FULL) from error
        except BaseException:
            self._refusal = self._interrupted
            raise
        self._stored, self._is_behind = new, False

    def close(self) -> None:
        """Refuse further writes, since the lock may go next."""
        self._refusal = self._refusal or later("It is closed.")


def _check_tables(path: Path, data: bytes) -> None:
    try:
        tables = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise StorageDamaged(_("{path} is damaged: it is not JSON.").format(path=path)) from error
    if not isinstance(tables, dict) or not all(isinstance(rows, dict) for rows in tables.values()):
        raise StorageDamaged(_("{path} is damaged: it does not hold tables.").format(path=path))


def _digest_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _digest_line(path: Path, data: bytes) -> bytes:
    return f"{hashlib.sha256(data).hexdigest()}  {path.name}\n".encode()


def write_digest(path: Path, *, date: dt.date | None = None, files: Files = FILES) -> None:
    """Write a file's SHA-256 beside it, in the form that `sha256sum --check` reads.

    Raises `StorageFailed`.
    """
    try:
        data = files.read(path)
        if data is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        files.remove(temporary(_digest_path(path)))
        files.replace(_digest_path(path), _digest_line(path, data), _noon(date))
    except OSError as error:
        problem = later("The digest of {path} can't be written: {reason}.").format(
            path=path, reason=error.strerror or error
        )
        kind = NotSavedYet if isinstance(error, NothingChangedError) else StorageFailed
        raise kind(problem, is_full=error.errno in FULL) from error


def check_digest(path: Path) -> None:
    """Raise `StorageDamaged` unless a file and its digest are byte for byte what `write_digest` left."""
    try:
        data, digest = FILES.read(path), FILES.read(_digest_path(path))
    except OSError as error:
        problem = _("{path} can't be opened: {reason}.")
        raise StorageFailed(problem.format(path=path, reason=error.strerror or error)) from error
    if data is None:
        raise StorageDamaged(_("{path} is missing.").format(path=path))
    if digest is None:
        raise StorageDamaged(_("{path} has no digest beside it.").format(path=path))
    if digest != _digest_line(path, data):
        raise StorageDamaged(_("{path} was changed after it was sealed.").format(path=path))
