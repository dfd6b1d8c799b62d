"""Hearing a question in plain lines, from `Question: ` to `Answer:`, as somebody listening would."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPTION = re.compile(r"(\d+)\. (.+)")
_AS_BEFORE = re.compile(r"1 to (\d+) as before")
_MOST = re.compile(r"Choose up to (\d+)")
_EACH = re.compile(r"You can put up to (\d+)")
_MANY = re.compile(r"You can send (\d+) lines")
_WORDS = "p. "
_IN_ORDER = "Give the numbers in your order"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: numbered `options` without the pass at their end, or none of them where words are asked for."""

    title: str
    lines: tuple[str, ...]
    options: tuple[str, ...] = ()
    most: int = 1
    each: int = 1
    many: int = 1
    in_order: bool = False

    @property
    def text(self) -> str:
        """All that was said, in small letters."""
        return "\n".join((self.title, *self.lines)).casefold()


class Ear:
    """Puts the lines of a question together; a scale that is read once is remembered by its length."""

    def __init__(self) -> None:
        self._title = ""
        self._lines: list[str] | None = None
        self._scales: dict[int, tuple[str, ...]] = {}

    def hear(self, line: str) -> Question | None:
        """Take a line in; gives the question once it has been asked in full."""
        if line.startswith("Question: "):
            self._title, self._lines = line.removeprefix("Question: "), []
        elif line == "Answer:" and self._lines is not None:
            lines, self._lines = tuple(self._lines), None
            return self._understood(lines)
        elif self._lines is not None:
            self._lines.append(line)
        return None

    def _understood(self, lines: tuple[str, ...]) -> Question:
        if any(line.startswith(_WORDS) for line in lines):
            return Question(self._title, lines, many=_number(_MANY, lines))
        options: list[str] = []
        for line in lines:
            # A step's text may be numbered too; the options come last, and begin again from 1.
            if match := _OPTION.match(line):
                options = [*options[: int(match[1]) - 1], match[2]]
        if before := _number(_AS_BEFORE, lines, otherwise=0):
            options = list(self._scales.get(before, ("",) * before))
        else:
            options = options[:-1]
            self._scales[len(options)] = tuple(options)
        return Question(
            self._title,
            lines,
            tuple(options),
            most=_number(_MOST, lines),
            each=_number(_EACH, lines),
            in_order=any(line.startswith(_IN_ORDER) for line in lines),
        )


def _number(pattern: re.Pattern[str], lines: tuple[str, ...], *, otherwise: int = 1) -> int:
    return next((int(match[1]) for line in lines if (match := pattern.match(line))), otherwise)
