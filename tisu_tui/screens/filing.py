"""Text that was typed with no box open: nothing is done with it until somebody says what it is."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import by_word
from tisu_tui.screens.layout import Key, Lines, paragraph, spaced
from tisu_tui.screens.panels import OneLine, asked
from tisu_tui.session.commands import Command
from tisu_tui.view.view import View

KINDS = ("action", "decide", "park", "note", "concern", "ask", "tell")
"""What text can be filed as, by the words of the table."""


class Filing(OneLine):
    """Keeps the text, and files it as what the arrows choose."""

    def __init__(self, text: str) -> None:
        self._at = -1
        super().__init__(
            _("You typed this. What is it?"),
            _("Choose with the arrows, then press enter. Nothing was done with it yet."),
            self._read,
            text,
        )

    @property
    def can_be_filed(self) -> bool:
        return False

    @property
    def word(self) -> str:
        """The word of what it is filed as; empty until that is chosen."""
        return KINDS[self._at] if self._at >= 0 else ""

    def press(self, view: View, key: str, character: str) -> Command | None:
        if key in {"up", "down", "tab", "shift+tab"}:
            self.said = self._echoed = ""
            self._at = (self._at + (1 if key in {"down", "tab"} else -1 if self._at > 0 else len(KINDS))) % len(KINDS)
            return None
        if key == "enter" and not self.word and self.typed:
            self.said = _("Choose with the arrows what it is.")
            return None
        return super().press(view, key, character)

    def _read(self, view: View, text: str) -> Command | str:
        row = by_word(self.word)
        return row.read(view, text) if row else ""

    def _above(self, view: View, width: int) -> Lines:
        lines: Lines = ()
        for n, word in enumerate(KINDS):
            here = n == self._at
            lines += paragraph(asked(word)[0], width, "title" if here else "text", "› " if here else "  ")
        return spaced(lines)

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("↑ ↓", _("what it is")), ("enter", _("write it down")), ("esc", _("leave it; tab brings it back")))
