"""Reports failures by location only, because error messages may quote an answer."""

from __future__ import annotations

import logging
import sys
import traceback


class OneLineProblem(Exception):
    """Something can't be done, and the message says why in one line for people.

    Whatever a command lets through is said on stderr, and the command ends with `status`.
    """

    status = 1


LOG = logging.getLogger("tisu")
"""What a host logs, if it was asked to; it holds no answer, no name, no address and no code."""
LOG.addHandler(logging.NullHandler())
LOG.propagate = False

_MOST = 200
"""Lines of one report."""


def _where(failure: BaseException | None) -> str:
    """Give the kinds of an error and of its causes, and the lines of code they went through, without a message."""
    lines: list[str] = []
    cause = failure
    while cause is not None and len(lines) < _MOST:
        lines += [f"{type(cause).__name__}\n", *reversed(traceback.format_tb(cause.__traceback__))]
        cause = cause.__cause__ or cause.__context__
    return "".join(lines[:_MOST])


def report(said: str, failure: BaseException | None) -> None:
    """Report a failure to stderr, and to the log, in a fixed sentence with its location."""
    where = _where(failure)
    LOG.error("%s\n%s", said, where)
    sys.stderr.write(f"{said}\n{where}")
    sys.stderr.flush()
