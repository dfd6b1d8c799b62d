"""Hearing a question in plain lines, from `Question: ` to `Answer:`, as somebody listening would."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tisu_tui.core.figure import code

_OPTION = re.compile(r"(−?\d+|[a-z])\. (.+)")
_MOST = re.compile(r"Choose up to (\d+)")
_EACH = re.compile(r"You can put up to (\d+)")
_MANY = re.compile(r"You can send (\d+) lines")
_WHICH = re.compile(r" \((\d+) of (\d+)\)$")
_NEXT_ONE = re.compile(r"(\d+ of \d+)\. (.+)")
"""How a statement is asked after the first of them."""
_LAST_ONE, _SURE, _HOW_SURE = "Last one: ", "Sure?", "How sure"
_SETTLED = ("Waiting", "This question has closed.")
_NOTE = "Please note: "
_LAST = ("p. ", "Both at once: ")
"""What stands behind the options."""
_IN_ORDER = "Give the numbers in your order"


@dataclass(frozen=True, slots=True)
class HeardQuestion:
    """What was asked: `options` without the pass at their end, or none of them where words are asked for.

    `keys` are what is typed for each of them.
    """

    title: str
    lines: tuple[str, ...]
    options: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    most: int = 1
    each: int = 1
    many: int = 1
    in_order: bool = False

    @property
    def text(self) -> str:
        """All that was said, in small letters."""
        return "\n".join((self.title, *self.lines)).casefold()


class Ear:
    """Puts the lines of a question together; a scale that is read once is remembered by its question."""

    def __init__(self) -> None:
        self._title = ""
        self._series = ""
        self._at = (0, 0)
        """The number of the statement asked last in the series, and how many those are."""
        self._before: list[str] | None = None
        """What was read of the step before its question opened."""
        self._lines: list[str] | None = None
        self._scales: dict[str, dict[str, str]] = {}

    def hear(self, line: str) -> HeardQuestion | None:
        """Take a line in; gives the question once it has been asked in full."""
        if line.startswith("Next is: "):
            self._before, self._lines = [], None
        elif line.startswith(_SETTLED):
            self._at = (0, 0)
        elif line.startswith("Question: "):
            self._title, self._lines = line.removeprefix("Question: "), self._before or []
            self._before = None
            if match := _NEXT_ONE.fullmatch(self._title):
                self._title, self._lines = f"{self._series} ({match[1]})", [match[2]]
            if match := _WHICH.search(self._title):
                self._series, self._at = _WHICH.sub("", self._title), (int(match[1]), int(match[2]))
        elif line == "Answer:":
            lines, self._lines = tuple(self._lines or ()), None
            return self._understood(lines)
        elif self._lines is not None:
            self._lines.append(line)
        elif title := self._asked_alone(line):
            self._title = title
            return self._understood(())
        elif self._before is not None and not line.startswith(_NOTE):
            self._before.append(line)
        return None

    def _asked_alone(self, line: str) -> str:
        """Give the title of what a line asks alone, its choices being known: a statement, or how sure one is of it."""
        if line == _SURE:
            return next((scale for scale in self._scales if scale.startswith(_HOW_SURE)), "")
        is_statement = line.startswith(_LAST_ONE) or code(line) != line
        return line.removeprefix(_LAST_ONE) if is_statement and self._at[0] < self._at[1] else ""

    def _understood(self, lines: tuple[str, ...]) -> HeardQuestion:
        # From the second time on a scale is not spoken of: it is that of the statement before.
        series = _WHICH.sub("", self._title)
        told = any(line.startswith(_LAST) for line in lines)
        if not (told or series in self._scales) and self._series in self._scales:
            # A statement with a code of its own is asked without its number.
            self._at, series = (self._at[0] + 1, self._at[1]), self._series
            self._title, lines = f"{series} ({self._at[0]} of {self._at[1]})", (self._title, *lines)
        options = _options(lines) if told else self._scales.get(series, {})
        if not options:
            return HeardQuestion(self._title, lines, many=_number(_MANY, lines))
        self._scales[series] = options
        return HeardQuestion(
            self._title,
            lines,
            tuple(options.values()),
            tuple(options),
            most=_number(_MOST, lines),
            each=_number(_EACH, lines),
            in_order=any(line.startswith(_IN_ORDER) for line in lines),
        )


def _options(lines: tuple[str, ...]) -> dict[str, str]:
    """Find the options, ahead of the pass and apart from numbered text of the step."""
    options: list[tuple[str, str]] = []
    for line in reversed(lines[: lines.index(next(each for each in lines if each.startswith(_LAST)))]):
        match = _OPTION.fullmatch(line)
        after = options[0][0] if options else "p"
        if match is None or (after[-1].isdigit() and not _value(match[1]) < _value(after)):
            break
        options.insert(0, (match[1], match[2]))
    return dict(options)


def _value(key: str) -> int:
    return int(key.replace("−", "-")) if key[-1].isdigit() else 1000


def _number(pattern: re.Pattern[str], lines: tuple[str, ...]) -> int:
    return next((int(match[1]) for line in lines if (match := pattern.match(line))), 1)
