"""Reports failures by location only, because error messages may quote an answer."""

from __future__ import annotations

import sys
import traceback

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
    """Report a failure to stderr in a fixed sentence with its location."""
    sys.stderr.write(f"{said}\n{_where(failure)}")
    sys.stderr.flush()
