"""What a person's keys say: letters, and the few keys that a line of text can do with."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from enum import Enum, auto


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
_ENDS_A_STRING = {"\x07", "\x1b"}


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
