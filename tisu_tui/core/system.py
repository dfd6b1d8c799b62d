"""What differs between systems: open flags, folders' syncs, limits of a process and signals to stop."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

try:
    import fcntl
    import resource
except ImportError:  # Windows has neither
    HAS_LIMITS = False
else:
    HAS_LIMITS = True

NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""Open flag that refuses a link where the system can; Windows lets only administrators make one."""
_BINARY = getattr(os, "O_BINARY", 0)
READ = os.O_RDONLY | NO_LINK | _BINARY
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | _BINARY
"""Flags to open a file that is there, and to make one that must not be."""

HAS_MODES = os.name == "posix"
"""Whether files have modes that say who may read them; elsewhere a user's own folder is private already."""


DIVIDES_A_PORT = sys.platform == "linux"
"""Whether people who come to a port are divided among all sockets that listen there, each with a queue of its own."""


def others_can_read(mode: int) -> bool:
    """Whether a file or folder of this mode is open to other people."""
    return HAS_MODES and bool(mode & 0o077)


def give_to_owner(path: Path) -> None:
    """Let a file that root has made belong to whom its folder belongs to, such as the user of a server's unit."""
    folder = path.parent.stat()
    if folder.st_uid and not path.lstat().st_uid:
        os.chown(path, folder.st_uid, folder.st_gid, follow_symlinks=False)


def sync(handle: int) -> None:
    """Return when what was written to a file survives a power loss."""
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


def sync_folder(path: Path) -> None:
    """Return when the names in a folder survive a power loss; Windows writes them through by itself."""
    directory = getattr(os, "O_DIRECTORY", None)
    if directory is None:
        return
    handle = os.open(path, os.O_RDONLY | directory)
    try:
        sync(handle)
    finally:
        os.close(handle)


def most_open_files() -> int:
    """How many files and connections this process may have open."""
    # Windows counts no connections among the files of a process.
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] if HAS_LIMITS else 1 << 20


def allow_most_open_files() -> None:
    """Raise that number as far as the system lets us."""
    if HAS_LIMITS:
        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(ValueError, OSError):  # some systems say there is no limit and then refuse it
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def leave_no_core() -> None:
    """Disable core dumps, because memory holds answers that must not reach the disk."""
    if HAS_LIMITS:
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        # Linux hands a crash to a program that collects them even where nothing may be written, but not where the
        # limit is one byte, which is less than any file of this sort has (fs/coredump.c).
        most = 1 if sys.platform == "linux" and hard else 0
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def calm_garbage() -> None:
    """Make full collections of garbage rare, and leave what exists now out of them; called once a host has started.

    Among 500 seats a full collection stops everybody for 0.2 s or more. None is made before the objects are left out:
    it would take a tenth of the time that a start takes, and find about fifty objects.
    """
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


@contextlib.contextmanager
def stopped_by_signals(stop: Callable[[], object]) -> Iterator[None]:
    """Have `stop` called in the running loop when this process is asked to end."""
    import asyncio

    loop = asyncio.get_running_loop()
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    signals = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {}
    for each in signals:
        try:
            loop.add_signal_handler(each, stop)
        except NotImplementedError:  # Windows' loop takes none
            before[each] = signal.signal(each, lambda *_ignored: loop.call_soon_threadsafe(stop))
    try:
        yield
    finally:
        for each in signals:
            if each in before:
                signal.signal(each, before[each])
            else:
                loop.remove_signal_handler(each)
