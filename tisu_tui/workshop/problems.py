"""Everything wrong with a workshop file, collected in one go and put into words with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from tisu_tui.core.activity import Problem
from tisu_tui.core.text import category_of, cells, clean
from tisu_tui.core.translation import gettext as _

_WIDEST = 100
_BEFORE = 60


class Report:
    """Collects problems while a file is read."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._unreadable: set[int] = set()

    def add(self, place: tuple[int, int], code: str, message: str, expected: str = "") -> None:
        """Add an error at a line and column, both from 1."""
        self._problems.append(Problem(place[0], max(place[1], 1), code, message, expected))

    def warn(self, place: tuple[int, int], code: str, message: str, expected: str = "") -> None:
        """Add a warning at a line and column, both from 1."""
        self._problems.append(Problem(place[0], max(place[1], 1), code, message, expected, warning=True))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems that a kind found."""
        self._problems.extend(problems)

    def spoiled(self, line: int) -> None:
        """Report characters on a line that may cause all its other problems."""
        self._unreadable.add(line)

    @property
    def count(self) -> int:
        """How many problems were found so far."""
        return len(self._problems)

    @property
    def has_errors(self) -> bool:
        """Whether anything but a warning was found."""
        return any(not problem.warning for problem in self._problems)

    def found(self, code: str) -> bool:
        """Whether a problem with this code was found."""
        return any(problem.code == code for problem in self._problems)

    def problems(self) -> tuple[Problem, ...]:
        """Give every problem in the order of the file, without those that another one caused."""
        kept = {problem for problem in self._problems if problem.code == "T001" or problem.line not in self._unreadable}
        return tuple(sorted(kept, key=lambda problem: (problem.line, problem.column, problem.code, problem.message)))


def quoted(text: str) -> str:
    """Put words from the file between quotes, short enough for a message."""
    return f"'{clean(text, 40)}'"


def nearest(word: str, known: Iterable[str]) -> str:
    """Find the known word that was probably meant; empty when none is near."""
    return next(iter(difflib.get_close_matches(word[:60], list(known), 1)), "")


def guess(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, to stand behind a message; empty when none is near."""
    near = nearest(word, known)
    return _("; did you mean {word}?").format(word=quoted(near)) if near else ""


def render(problem: Problem, name: str, lines: Sequence[str]) -> str:
    """Put a problem into words: its place, what was expected, the line of the file and a caret under it."""
    text = [f"{clean(name, 500)}:{problem.line}:{problem.column}: {problem.code} {problem.message}"]
    if problem.expected:
        text.append("  " + _("expected: {expected}").format(expected=problem.expected))
    if problem.line <= len(lines):
        before, line = _window(lines[problem.line - 1], problem.column - 1)
        number = str(problem.line).rjust(5)
        text.append(f"{number} | {line}".rstrip())
        text.append(f"{' ' * len(number)} | {' ' * cells(before)}^")
    return "\n".join(text)


def _window(line: str, index: int) -> tuple[str, str]:
    """Cut a long line around a place; returns what stands before the place, and the line."""
    start = max(0, index - _BEFORE) if len(line) > _WIDEST else 0
    shown = "".join(_visible(character) for character in line[start : start + _WIDEST])
    ellipsis = "…" if start else ""
    # A tool that is told of the end of a file points one past its last character.
    before = shown[: index - start].ljust(min(index - start, _WIDEST))
    return ellipsis + before, ellipsis + shown


def _visible(character: str) -> str:
    """Draw one character of a file that is not to be trusted, each in a place of its own."""
    if character == "\t":
        return " "
    category = category_of(character)
    return "\N{REPLACEMENT CHARACTER}" if category in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else character
