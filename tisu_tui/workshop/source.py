"""The text of a workshop file: what may stand in it, and how long and deep it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tisu_tui.core.text import FLAGS, TAGGED, category_of
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import ngettext
from tisu_tui.workshop.problems import Report

MOST_BYTES = 64 * 1024
MOST_LINES = 4000
# Joiners and soft hyphens are part of words in some scripts; every other format character hides or reorders.
_SPELLING = frozenset("\u200c\u200d\u00ad")
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_PLAIN = re.compile(r"[\t\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff]*")


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
            before = _line_ends(error.object[: error.start].decode("utf-8"))
            place = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
            report.add(place, "T000", _("not UTF-8"), _("a file saved as UTF-8"))
            return None
    whole = _line_ends(text.removeprefix("\ufeff"))
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
    return _line_ends(text.removeprefix("\ufeff")).split("\n")


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _readable(number: int, line: str, report: Report) -> str:
    """Drop what may not stand in a file, and say so once for the line."""
    if line.isascii() and line.isprintable():
        return line
    flags = {index for tagged in TAGGED.finditer(line) if tagged[0] in FLAGS for index in range(*tagged.span())}
    bad = [index for index, character in enumerate(line) if _is_harmful(character) and index not in flags]
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


def _is_harmful(character: str) -> bool:
    return character != "\t" and character not in _SPELLING and category_of(character) in _HARMFUL
