"""Slips on the facilitator's private screen: how many to make, and then their words, this once."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Key, Lines, Page, paragraph, spaced
from tisu_tui.screens.line_buffer import LineBuffer
from tisu_tui.screens.panels import OneLine, Panel, asked
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.view.view import View

_COLUMN = 34
"""Cells of a slip with its number."""


class Slips(OneLine):
    """Asks how many, and shows the words until it is closed; they are in this object and nowhere else."""

    def __init__(self) -> None:
        super().__init__(*asked("slips"))
        self._words: tuple[str, ...] = ()

    @property
    def takes_text(self) -> bool:
        return not self._words

    def told(self, command: Command, outcome: Outcome) -> None:
        Panel.told(self, command, outcome)
        if isinstance(outcome, Done):
            self._words, self._draft = outcome.slips, LineBuffer()
            self.is_done = not self._words

    def press(self, view: View, key: str, character: str) -> Command | None:
        if not self._words:
            return super().press(view, key, character)
        self.is_done = key == "escape"
        return None

    def keys(self, view: View) -> tuple[Key, ...]:
        if not self._words:
            return (("enter", _("make them")), ("esc", _("go back")))
        return (("pgup pgdn", _("scroll")), ("esc", _("close; they are not shown again")))

    def page(self, view: View, width: int) -> Page:
        if not self._words:
            return super().page(view, width)
        return Page(
            spaced(
                paragraph(_("Slips"), width, "title"),
                paragraph(
                    _("Write them on paper now, one for each person. They are shown once, and kept nowhere."),
                    width,
                    "warning",
                ),
                self._rows(width),
                paragraph(_("They come in as CODE+the-three-words@, or type the words when they are asked."), width),
            )
        )

    def _rows(self, width: int) -> Lines:
        # Made here: what helps elsewhere to wrap texts also remembers them.
        across = max(1, width // _COLUMN)
        size = len(str(len(self._words)))
        cells = [f"{n:>{size}}  {words.replace('-', ' ')}" for n, words in enumerate(self._words, 1)]
        down = -(-len(cells) // across)
        rows = ("".join(f"{cell:<{_COLUMN}}" for cell in cells[row::down]).rstrip() for row in range(down))
        return tuple(((row, "own"),) for row in rows)
