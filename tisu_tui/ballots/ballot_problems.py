"""Problems of a file of ballots: place, fault and what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _

_MOST_SHOWN = 20


class BallotProblem(Exception):
    """One thing that is wrong, with its line and column from 1."""

    def __init__(self, line: int, column: int, message: str, expected: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.expected = line, column, message, expected

    def __str__(self) -> str:
        said = _("{message}, expected {expected}").format(message=self.message, expected=self.expected)
        return f"{self.line}:{self.column}: {said}"


class BadBallots(Exception):
    """A file that can't be counted; the first problems of it."""

    def __init__(self, problems: tuple[BallotProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Problems:
    """Collects problems while a file is read, and gives the file up when there are too many to be worth reading."""

    def __init__(self) -> None:
        self._found: list[BallotProblem] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep the problem that is raised inside, and go on."""
        try:
            yield
        except BallotProblem as problem:
            self._found.append(problem)
            if len(self._found) >= _MOST_SHOWN:
                self.stop()

    def stop(self) -> None:
        """Give the file up if anything was wrong so far."""
        if self._found:
            raise BadBallots(tuple(sorted(self._found, key=lambda each: (each.line, each.column)))) from None


def quoted(text: str) -> str:
    """Put words from the file between quotes, short enough for a message."""
    return f"'{clean(text, 40)}'"
