"""The log of a host: for whoever looks after the computer, who must not learn from it what people did."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tisu_tui.core.failure import LOG, OneLineProblem
from tisu_tui.core.system import NO_LINK
from tisu_tui.core.translation import gettext as _

_LARGEST, _OLDER = 1 << 20, 4
# Minutes are enough to find a trouble by, and too coarse to tell whose key it followed.
_FORMAT, _MINUTE = "%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M"


class LogProblem(OneLineProblem):
    """A log can't be written where it was asked for; the text is one line for people."""


class _PrivateFile(RotatingFileHandler):
    """A file that nobody else reads, and older ones beside it."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_LINK, 0o600)
        try:
            Path(self.baseFilename).chmod(0o600)  # also where it was there before
            return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")
        except BaseException:
            os.close(handle)
            raise

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """Go on: a log that can't be written is no reason to say what it would have held."""
        del record


@contextlib.contextmanager
def logging_to(path: Path | None, level: str) -> Iterator[None]:
    """Log to a file for as long as the context lasts; without one nothing is logged. Raises `LogProblem`."""
    if path is None:
        yield
        return
    try:
        handler = _PrivateFile(path, maxBytes=_LARGEST, backupCount=_OLDER)
    except OSError as error:
        problem = _("The log {path} can't be written: {reason}.")
        raise LogProblem(problem.format(path=path, reason=error.strerror or error)) from error
    handler.setFormatter(logging.Formatter(_FORMAT, _MINUTE))
    LOG.addHandler(handler)
    LOG.setLevel(level.upper())
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        handler.close()
