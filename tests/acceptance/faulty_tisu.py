"""The real `tisu`, on a machine whose disk fails as a file says: `python faulty_tisu.py FAULT host …`.

The file holds a call and an error, like `write ENOSPC`; without the file all is well. Only files that tisu is about to
put in the place of another fail.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

from tisu_tui.cli import main

FAULT = Path(sys.argv.pop(1))
_new: set[int] = set()
_open, _write, _fsync, _close = os.open, os.write, os.fsync, os.close


def _fail(call: str) -> None:
    try:
        failing, reason = FAULT.read_text().split()
    except FileNotFoundError:
        return
    if failing == call:
        number = getattr(errno, reason)
        raise OSError(number, os.strerror(number))


def _faulty_open(path: Any, flags: int, *rest: Any, **named: Any) -> int:
    if not str(path).endswith(".tmp"):
        return _open(path, flags, *rest, **named)
    _fail("open")
    handle = _open(path, flags, *rest, **named)
    _new.add(handle)
    return handle


def _faulty_write(handle: int, data: Any) -> int:
    if handle in _new:
        _fail("write")
    return _write(handle, data)


def _faulty_fsync(fd: Any) -> None:
    if fd in _new:
        _fail("fsync")
    _fsync(fd)


def _faulty_close(fd: int) -> None:
    _new.discard(fd)
    _close(fd)


os.open, os.write, os.fsync, os.close = _faulty_open, _faulty_write, _faulty_fsync, _faulty_close
main()
