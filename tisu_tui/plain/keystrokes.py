"""What a person's keys say: letters, and the few keys that a line of text can do with; and the line that they make."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from tisu_tui.core.text import REPLACEMENT, category_of, cells, clean, is_continued, is_hidden, not_read

LONGEST_LINE = 280
"""Cells of a line; letters for which it has no room are left out."""
_MOST_MARKS = 2


class Key(Enum):
    """A key that does something."""

    ENTER = auto()
    ERASE = auto()
    ERASE_WORD = auto()
    ERASE_LINE = auto()
    PAUSE = auto()
    LEAVE = auto()
    INTERRUPT = auto()
    END = auto()


ERASES = frozenset({Key.ERASE, Key.ERASE_WORD, Key.ERASE_LINE})
_KEYS = {
    "\r": Key.ENTER,
    "\n": Key.ENTER,
    "\x08": Key.ERASE,
    "\x7f": Key.ERASE,
    "\x17": Key.ERASE_WORD,
    "\x15": Key.ERASE_LINE,
    "\x07": Key.PAUSE,
    "\x18": Key.LEAVE,
    "\x03": Key.INTERRUPT,
    "\x04": Key.END,
}
# Strings inside escape sequences (OSC, DCS, SOS, PM, APC) end with BEL or with ESC and a backslash.
_STRINGS = "]PX^_"


class Keystrokes:
    """Turns bytes, however they were cut on the way, into letters and keys; escape sequences are swallowed."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._inside = ""  # how an unfinished escape sequence began: "", ESC, "[", "O" or one of _STRINGS
        self._after_return = False

    def feed(self, data: bytes) -> Iterator[str | Key]:
        """Give what was typed; a character that can't be drawn is still in it, for the editor to judge."""
        for index, character in enumerate(self._decoder.decode(data)):
            after_return, self._after_return = self._after_return, character == "\r"
            if character == "\n" and after_return:
                continue
            if self._inside and self._swallow(character, first=index == 0):
                continue
            if character == "\x1b":
                self._inside = character
            else:
                yield _KEYS.get(character, character)

    def _swallow(self, character: str, *, first: bool) -> bool:
        """Tell whether a character belongs to the sequence before it; a line's end and leaving never do."""
        inside, self._inside = self._inside, ""
        if character in "\r\n\x03\x18":
            return False
        if inside == "\x1b":
            if character in "[O" or character in _STRINGS:
                self._inside = character
                return True
            # What comes on its own after the escape key was pressed on its own; alt and a letter come together.
            return character == "\x1b" or not first
        if inside == "[":
            self._inside = "" if "@" <= character <= "~" else inside
        elif inside in _STRINGS:
            self._inside = {"\x07": "", "\x1b": "\x1b"}.get(character, inside)
        return True


@dataclass(slots=True)
class TypedLine:
    """A line as it is typed, and where it stands on a screen; what changes it gives what is written there for that."""

    text: str = ""
    is_cut: bool = False
    """Whether letters were left out."""
    _unread: str = ""
    """What came in that no line can hold."""
    _rows: list[int] = field(default_factory=lambda: [0])
    """Where each row on the screen begins in the text."""
    _width: int = 0
    """Cells that the text takes."""
    _row_width: int = 0
    """Cells that are taken in the last of those rows."""

    @property
    def sent(self) -> str:
        """What is sent with the next Enter."""
        return clean(self.text, LONGEST_LINE)

    @property
    def problem(self) -> str:
        """Why nothing is; empty where there is no reason."""
        unread = self._unread + ("" if self.sent else self.text.strip())
        return not_read(unread) if REPLACEMENT in unread or (unread and not self.sent) else ""

    def type(self, character: str, columns: int) -> str:
        """Add a letter, on a screen of so many columns."""
        text = "" if character == REPLACEMENT else self._drawable(character)
        if not text:
            if (character == REPLACEMENT or is_hidden(character)) and character not in self._unread:
                self._unread += character
            return ""
        width, row_end = cells(text), ""
        if self._width + width > LONGEST_LINE:
            self.is_cut = True
            return ""
        if self._row_width + width >= columns:
            self._rows.append(len(self.text))
            self._row_width, row_end = 0, "\r\n"
        self.text += text
        self._width += width
        self._row_width += width
        return row_end + text

    def _drawable(self, character: str) -> str:
        if character in " \t\xa0\u202f":
            return " "
        if text := clean(character):
            return text
        # Joiners and the tags of a flag come one by one; what they don't make whole goes when the line is taken.
        if is_continued(self.text, character):
            return character
        marks = next((n for n, each in enumerate(reversed(self.text)) if not _is_mark(each)), len(self.text))
        based = marks < len(self.text) and self.text[-1] != " "
        is_seen = _is_mark(character) and clean("a" + character) != "a"
        return character if is_seen and based and marks < _MOST_MARKS else ""

    def erase(self, key: Key) -> str:
        """Take away what a key erases."""
        left, on_row = self._left_by(key), self._row
        gone, self.text = self.text[left:], self.text[:left]
        if left >= self._rows[-1]:
            back = cells(gone)
            written = "\b" * back + " " * back + "\b" * back
        else:
            # The row above can't be reached without moving about the screen, so what is left of it is typed anew.
            while len(self._rows) > 1 and self._rows[-1] > left:
                self._rows.pop()
            written = "\b" * cells(on_row) + " " * cells(on_row) + "\r\n" + self._row
        self._width, self._row_width = cells(self.text), cells(self._row)
        return written

    def _left_by(self, key: Key) -> int:
        """Find how much of what was typed stays."""
        if key is Key.ERASE_LINE:
            return 0
        if key is Key.ERASE_WORD:
            return len(self.text.rstrip().rpartition(" ")[0]) + (" " in self.text.rstrip())
        left = len(self.text) - 1
        while left and _is_mark(self.text[left]):
            left -= 1
        return left

    @property
    def _row(self) -> str:
        """What was typed on the screen's present row."""
        return self.text[self._rows[-1] :]


def _is_mark(character: str) -> bool:
    """Tell what stands on the letter before it: accents, and the vowels of old Hangul."""
    category = category_of(character)
    return category in {"Mn", "Mc"} or (category == "Lo" and cells(character) == 0)
