"""The data folder of one team: private, and each session in it held by one host at a time."""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from tisu_tui.core import system
from tisu_tui.core.translation import gettext as _
from tisu_tui.store.files import FILES, LooseMode, StorageProblem

_SAFE = re.compile(r"[a-z0-9-]{1,62}")


class BadName(StorageProblem):
    """A session's id has characters that a file name here can't have."""

    status = 2


class FolderProblem(StorageProblem):
    """The data folder can't be made, read or written."""


class SessionInUse(StorageProblem):
    """Another process holds the session."""


def safe_name(text: str) -> str:
    """Return a name that may become a file name, `[a-z0-9-]{1,62}`, or raise `BadName`."""
    if not _SAFE.fullmatch(text):
        problem = _("{text} is not a session: use only a-z, 0-9 and -, at most 62 of them.")
        raise BadName(problem.format(text=ascii(text[:80])))
    return text


def _problem(path: Path, error: OSError) -> FolderProblem:
    problem = _("The data folder {path} can't be used: {reason}.")
    return FolderProblem(problem.format(path=path, reason=error.strerror or error))


class DataFolder:
    """The folder that holds a team's sessions, made private when it is new and refused when it is not private.

    Without a path it is `$TISU_DATA`, else the platform's folder for a user's data. Raises `LooseMode` or
    `FolderProblem`, the latter also where `create` is false and there is none.
    """

    def __init__(self, path: Path | None = None, *, create: bool = True) -> None:
        if path is None:
            named = os.environ.get("TISU_DATA")
            path = Path(named) if named else platformdirs.user_data_path("tisu", appauthor=False)
        self.path = path.expanduser().absolute()
        try:
            if create:
                self._create()
            mode = stat.S_IMODE(self.path.stat().st_mode)
        except OSError as error:
            raise _problem(self.path, error) from error
        if system.others_can_read(mode):
            problem = _("Other people can read the data folder. To close it: chmod 700 {path}")
            raise LooseMode(problem.format(path=shlex.quote(str(self.path))))

    def _create(self) -> None:
        missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in missing:
            FILES.sync_folder(folder.parent)

    def sessions(self) -> list[str]:
        """List the ids of all sessions, sorted."""
        try:
            files = [file for file in self.path.iterdir() if file.suffix == ".json" and file.is_file()]
        except OSError as error:
            raise _problem(self.path, error) from error
        return sorted(file.stem for file in files if _SAFE.fullmatch(file.stem))

    def session_file(self, session_id: str) -> Path:
        """Name the file of a session, whether it exists or not; raises `BadName`."""
        return self.path / f"{safe_name(session_id)}.json"

    @contextmanager
    def lock(self, session_id: str) -> Iterator[None]:
        """Hold a session for this process alone, or raise `SessionInUse`; a killed process lets go of it.

        The lock is a file of its own: a lock on the session's file would be lost with each rename over it.
        """
        # What only reads sessions need not wait for it to load.
        from filelock import FileLock, Timeout

        held = FileLock(self.path / f"{safe_name(session_id)}.lock", timeout=0, mode=0o600, is_singleton=False)
        try:
            held.acquire()
            system.give_to_owner(Path(held.lock_file))
        except Timeout as error:
            problem = _("Session {id} is open in another tisu. Close that one first.")
            raise SessionInUse(problem.format(id=session_id)) from error
        except OSError as error:
            raise _problem(self.path, error) from error
        try:
            yield
        finally:
            held.release()

    def forget(self, session_id: str) -> None:
        """Delete every file of a session; raises `SessionInUse`, or `FolderProblem` with some perhaps left."""
        name = self.session_file(session_id).name
        with self.lock(session_id):
            try:
                for ending in (".tmp", ".sha256.tmp", ".sha256", ""):
                    FILES.remove(self.path / f"{name}{ending}")
                # Where its doors found it; it stays where a host was killed.
                FILES.remove(self.path / f"{session_id}.doors")
                FILES.sync_folder(self.path)
            except OSError as error:
                raise _problem(self.path, error) from error
        # Some systems remove no file that is held; whoever takes this one up meanwhile finds no session.
        with suppress(OSError):
            FILES.remove(self.path / f"{session_id}.lock")
