"""What a terminal sends, as Textual's keys.

Textual 8.2.8 does not offer its parser publicly. The version is pinned, and `tests/test_pinned_textual.py` fails when
an upgrade moves a name of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

_COMPLETE_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*[@-Z\\-~]|O[ -~])")
_MOUSE_START = "\x1b[M"
_STRING_STARTS = "]PX^_"
_STRING_ENDS = "\x07\x9c"
_NEVER_IN_A_STRING = "\r\x03\x18"
_ALT_AND_A_LETTER = "\x1bp"


class SeatKeys(XTermParser):
    """Turns what a terminal sends into Textual's keys, without typing stray reports."""

    _string = ""
    """What came last of a string that has not ended."""

    @property
    def is_undecided(self) -> bool:
        """Whether an escape waits for the time to pass, so that `tick` is due."""
        return self._timeout_time is not None

    def feed(self, data: str) -> Iterable[Message]:
        typed = self._without_strings(data)
        return super().feed(typed) if typed or not data else ()

    def _without_strings(self, data: str) -> str:
        """Leave out what a terminal reports in strings (OSC, DCS, SOS, PM, APC); Enter and leaving never are in one."""
        kept: list[str] = []
        for character in data:
            if self._string:
                ended = character in _STRING_ENDS or (self._string == "\x1b" and character == "\\")
                self._string = "" if ended or character in _NEVER_IN_A_STRING else character
                kept += character if character in _NEVER_IN_A_STRING else ""
            elif kept[-1:] == ["\x1b"] and character in _STRING_STARTS:
                kept.pop()
                # Alt and a letter come alone, and mean nothing here.
                self._string = character if len(data) > len(_ALT_AND_A_LETTER) else ""
            else:
                kept.append(character)
        return "".join(kept)

    def end(self) -> None:
        """Let go of what was read last."""
        if not self.is_eof:
            for _ in self.feed(""):
                pass

    def _parse_extended_key(self, sequence: str) -> None:  # type: ignore[override]  # it may return None
        # The kitty protocol is never asked for, so nothing is lost. The original is an `lru_cache` on `self`, which
        # keeps the parsers of people who left, and raises for code points that don't exist.
        del sequence

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:  # noqa: FBT001, FBT002  # Textual's signature
        keys = list(super()._sequence_to_key_events(sequence, alt))
        if not keys and self._is_unknown(sequence):
            # Textual would go on reading and then type the sequence: a report that ends in "p" would be a pass.
            return [events.Key(Keys.Ignore, sequence)]
        return keys

    def _is_unknown(self, sequence: str) -> bool:
        return sequence != _MOUSE_START and _COMPLETE_SEQUENCE.fullmatch(sequence) is not None
