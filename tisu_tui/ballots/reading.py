"""What readers of ballot files share: problems with their place, whole numbers, and names of options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from tisu_tui.core.enumerating import quoted
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _

MOST_OPTIONS = 200
"""More could not be compared with each other in good time."""

_MOST_SHOWN = 20
_WHOLE = re.compile("[0-9]{1,15}")


class BallotProblem(Exception):
    """One thing that is wrong, with its line and column from 1; it ends the reading unless `Problems` keeps it."""

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
    """Collects problems while a part of a file is read, at the end of which the file is given up if there are any.

    It is given up sooner when there are too many to be worth reading on.
    """

    def __init__(self) -> None:
        self._found: list[BallotProblem] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        if kind is None:
            self.stop()

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
            raise BadBallots(tuple(sorted(self._found, key=lambda problem: (problem.line, problem.column)))) from None


def twice(option: str, line: int, column: int) -> BallotProblem:
    """Say that an option stands on one ballot a second time."""
    return BallotProblem(line, column, _("option {text} a second time").format(text=option), _("each option once"))


def whole(text: str) -> int | None:
    """Read a whole number of at most 15 digits; None where there is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


def voters(text: str, line: int, column: int) -> int:
    """Read how many people cast a ballot."""
    if number := whole(text.strip()):
        return number
    raise BallotProblem(line, column, _("bad count {text}").format(text=quoted(text)), _("a whole number from 1"))


class Names:
    """The names of a file's options, each clean and different from the others, in the order they came."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def add(self, text: str, line: int, column: int) -> str:
        """Take one more name."""
        name = clean(text)
        if not name:
            raise BallotProblem(line, column, _("an option without a name"), _("a name"))
        if name in self._taken:
            message = _("two options have the name {name}").format(name=quoted(name))
            raise BallotProblem(line, column, message, _("a name of its own for each option"))
        if len(self._taken) == MOST_OPTIONS:
            raise BallotProblem(line, column, _("too many options"), _("at most {n}").format(n=MOST_OPTIONS))
        self._taken.add(name)
        return name
