"""A pause of one's own: exercises a line at a time, at one's own pace, and nothing is noted."""

from __future__ import annotations

from dataclasses import dataclass

from tisu_tui.activities.pause import pauses
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Key, Lines, keys_line, paragraph, spaced


@dataclass(slots=True)
class Grounding:
    """Where somebody is among the exercises; -1 is the list of them."""

    at: int = -1
    line: int = 0

    def press(self, key: str, character: str) -> bool:
        """Go on or back; false when the pause is over."""
        exercises = pauses()
        if key == "escape":
            if self.at < 0:
                return False
            self.at = -1
        elif self.at < 0:
            if character.isdecimal() and 1 <= int(character) <= len(exercises):
                self.at, self.line = int(character) - 1, 0
        elif key in {"enter", "space", "down", "right"}:
            self.line = min(self.line + 1, len(exercises[self.at].lines) - 1)
        elif key in {"up", "left"}:
            self.line = max(self.line - 1, 0)
        return True

    def lines(self, width: int) -> Lines:
        """Draw the list, or the exercise so far."""
        exercises = pauses()
        if self.at < 0:
            titles: Lines = ()
            for n, each in enumerate(exercises, 1):
                titles += paragraph(each.title, width, "choice", f" {n}  ")
            return spaced(
                paragraph(_("A pause"), width, "title"),
                paragraph(_("Take your time. Nobody sees that you are here, and nothing is noted."), width),
                titles,
                paragraph(_("Choose what suits you, or just rest."), width, "dim"),
            )
        exercise = exercises[self.at]
        last = self.line == len(exercise.lines) - 1
        return spaced(
            paragraph(exercise.title, width, "title"),
            *(
                paragraph(text, width, "text" if n == self.line else "quiet")
                for n, text in enumerate(exercise.lines[: self.line + 1])
            ),
            paragraph(_("That is all. Stay as long as you like."), width, "promise") if last else (),
        )

    def keys(self, width: int) -> Lines:
        """Draw what keys do here."""
        keys: tuple[Key, ...]
        if self.at < 0:
            keys = ((f"1–{len(pauses())}", _("choose")), ("esc", _("go back")), ("ctrl+x", _("leave")))
        else:
            keys = (("space", _("next line")), ("esc", _("other pauses")), ("ctrl+x", _("leave")))
        return keys_line(keys, width)
