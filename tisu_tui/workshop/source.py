"""The text of a workshop file, and everything that is wrong with it, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tisu_tui.core.activity import Problem
from tisu_tui.core.text import FLAGS, TAGGED, category_of, cells, clean, line_ends
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext

MOST_BYTES = 64 * 1024
MOST_LINES = 4000
# Joiners and soft hyphens are part of words in some scripts; every other format character hides or reorders.
_ALLOWED = frozenset("\t\u200c\u200d\u00ad")
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_PLAIN = re.compile(r"[\t\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff]*")
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


class Text(NamedTuple):
    """Words of the file with their line and column."""

    text: str
    line: int
    column: int

    @property
    def place(self) -> tuple[int, int]:
        """Where they stand."""
        return self.line, self.column


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text with plain line ends, and its lines without the characters that were refused."""

    text: str
    lines: tuple[str, ...]

    def below(self, line: int) -> list[str]:
        """Give all lines, those before one empty: a fence there would make a heading of the line above it."""
        return [""] * (line - 1) + list(self.lines[line - 1 :])

    def place(self, line: int, words: str, after: int = 0) -> tuple[int, int]:
        """Find words on a line; gives the line and the column from 1, or column 1 where they are not."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return line, max(text.find(words, after), 0) + 1


def open_text(text: bytes | str, report: Report) -> Source | None:
    """Decode a file and look at its characters; `None` when no more can be said about it."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        report.add(
            (1, 1),
            "T002",
            _("the file is {size} KiB long").format(size=-(-size // 1024)),
            _("{most} KiB at most").format(most=MOST_BYTES // 1024),
        )
        return None
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            before = line_ends(error.object[: error.start].decode("utf-8"))
            place = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
            report.add(place, "T000", _("not UTF-8"), _("a file saved as UTF-8"))
            return None
    whole = line_ends(text.removeprefix("\ufeff"))
    if whole.count("\n") > MOST_LINES:
        message = _("more than {most} lines").format(most=MOST_LINES)
        report.add((MOST_LINES + 1, 1), "T006", message, _("a shorter file, or two"))
        return None
    if merge := _MERGE.search(whole):
        number = whole.count("\n", 0, merge.start()) + 1
        report.add((number, 1), "T007", _("a merge was not finished"), _("one side of it, without its marks"))
        return None
    if _PLAIN.fullmatch(whole):
        return Source(whole, tuple(whole.split("\n")))
    lines = tuple(_readable(number, line, report) for number, line in enumerate(whole.split("\n"), 1))
    return Source(whole, lines)


def display(text: bytes | str) -> list[str]:
    """Split a file into the lines that problems point at, whatever its bytes are."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return line_ends(text.removeprefix("\ufeff")).split("\n")


def _readable(number: int, line: str, report: Report) -> str:
    """Drop what may not stand in a file, and say so once for the line."""
    if line.isascii() and line.isprintable():
        return line
    flags = {index for tagged in TAGGED.finditer(line) if tagged[0] in FLAGS for index in range(*tagged.span())}
    bad = [
        index
        for index, character in enumerate(line)
        if category_of(character) in _HARMFUL and character not in _ALLOWED and index not in flags
    ]
    if not bad:
        return line
    first = line[bad[0]]
    name = f"U+{ord(first):04X}"
    message = (
        _("a character that can't be seen, {name}").format(name=name)
        if len(bad) == 1
        else ngettext(
            "a character that can't be seen, {name}, and {more} more on this line",
            "a character that can't be seen, {name}, and {more} more on this line",
            len(bad) - 1,
        ).format(name=name, more=len(bad) - 1)
    )
    report.add((number, bad[0] + 1), "T001", message, _("letters, numbers, punctuation and spaces"))
    report.spoiled(number)
    dropped = set(bad)
    return "".join(character for index, character in enumerate(line) if index not in dropped)


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
