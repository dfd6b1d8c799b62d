"""A pause of one's own: exercises a line at a time, at one's own pace, and nothing is noted."""

from __future__ import annotations

from tisu_tui.activities.pause import pauses
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Key, Page, enumerated, paragraph, spaced
from tisu_tui.screens.seat_overlays import Overlay
from tisu_tui.session.commands import Command
from tisu_tui.view.view import View


class Grounding(Overlay):
    """Where somebody is among the exercises; -1 is the list of them."""

    is_alone = True
    is_quiet = True
    has_arrows = True

    def __init__(self) -> None:
        self.line = 0

    def press(self, view: View, key: str, character: str) -> Command | None:
        exercises = pauses()
        if key == "escape":
            self.is_done = self.at < 0
            self.at = -1
        elif self.at < 0:
            if character.isdecimal() and 1 <= int(character) <= len(exercises):
                self.at, self.line = int(character) - 1, 0
        elif key in {"enter", "space", "down", "right"}:
            self.line = min(self.line + 1, len(exercises[self.at].lines) - 1)
        elif key in {"up", "left"}:
            self.line = max(self.line - 1, 0)
        return None

    def page(self, view: View, width: int) -> Page:
        exercises = pauses()
        if self.at < 0:
            lines = spaced(
                paragraph(_("A pause"), width, "title"),
                paragraph(_("Take your time. Nobody sees that you are here, and nothing is noted."), width),
                enumerated([each.title for each in exercises], width, "choice"),
                paragraph(_("Choose what suits you, or just rest."), width, "dim"),
            )
            return Page(lines)
        exercise = exercises[self.at]
        last = self.line == len(exercise.lines) - 1
        lines = spaced(
            paragraph(exercise.title, width, "title"),
            *(
                paragraph(text, width, "text" if n == self.line else "quiet")
                for n, text in enumerate(exercise.lines[: self.line + 1])
            ),
            paragraph(_("That is all. Stay as long as you like."), width, "promise") if last else (),
        )
        return Page(lines)

    def keys(self, view: View) -> tuple[Key, ...]:
        if self.at < 0:
            return ((f"1–{len(pauses())}", _("choose")), ("esc", _("go back")), ("ctrl+x", _("leave")))
        return (("space", _("next line")), ("esc", _("other pauses")), ("ctrl+x", _("leave")))
