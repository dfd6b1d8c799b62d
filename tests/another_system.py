"""Makes this machine look like one without POSIX modules, for tisu's own code: `import another_system` first."""

from __future__ import annotations

import asyncio
import builtins
import os
import signal
from collections.abc import Mapping, Sequence
from types import ModuleType

MISSING = {"fcntl", "termios", "tty", "resource", "pwd", "grp", "pty"}
GONE = ("O_NOFOLLOW", "O_DIRECTORY", "geteuid")
"""What our own code may not lean on; `os.fchmod` stays, for the library that locks files the way of this machine."""

_real_import = builtins.__import__


def _import(
    name: str,
    globals_: Mapping[str, object] | None = None,
    locals_: Mapping[str, object] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    # Libraries know by themselves what system they are on.
    if name in MISSING and str((globals_ or {}).get("__name__", "")).startswith("tisu_tui"):
        raise ImportError(f"there is no module {name} here")
    return _real_import(name, globals_, locals_, fromlist, level)


# Libraries take what they need of it before it goes.
import asyncssh  # noqa: E402, F401 - loaded early on purpose
import filelock  # noqa: E402, F401 - loaded early on purpose
import platformdirs  # noqa: E402, F401 - loaded early on purpose

builtins.__import__ = _import  # type: ignore[assignment] # modules of Python are of a class that has no public name
for each in GONE:
    if hasattr(os, each):
        delattr(os, each)
del signal.SIGHUP
asyncio.SelectorEventLoop.add_signal_handler = asyncio.AbstractEventLoop.add_signal_handler  # type: ignore[method-assign] # as on another system
asyncio.SelectorEventLoop.remove_signal_handler = asyncio.AbstractEventLoop.remove_signal_handler  # type: ignore[method-assign] # as on another system
