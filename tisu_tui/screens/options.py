"""The choices of a step that has not opened, over the facilitator's console: added, reworded, taken out."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.layout import Key, Lines, Page, flow, paragraph
from tisu_tui.screens.layout import Line as Row
from tisu_tui.screens.panels import OneLine, Picking, asked
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.view.view import View


class Proposing(OneLine):
    """What is put to the group: one of several things, or its words changed."""

    def __init__(self, view: View) -> None:
        options = view.desk.options if view.desk else ()
        super().__init__(*asked("propose"), options[0].label if len(options) == 1 else "")

    def _above(self, view: View, width: int) -> Lines:
        lines: Lines = ()
        for n, option in enumerate(view.offered, 1):
            lines += flow(((option.label, "text"),), width, f"{n:>2}  ")
        return lines


def _texts(view: View) -> list[str]:
    return [option.label for option in view.desk.options] if view.desk else []


class Options(Picking):
    """Options of a step before it opens."""

    def count(self, view: View) -> int:
        return len(view.desk.options) if view.desk else 0

    def takes(self, text: str) -> bool:
        return super().takes(text) or text in {"+", "a"}

    def asks(self, view: View, character: str) -> str:
        texts = _texts(view)
        asked = {"w": _("Put “{text}” in other words?"), "s": _("Take “{text}” out?")}.get(character, "")
        return asked.format(text=texts[min(self.at, len(texts) - 1)]) if texts else ""

    def act(self, view: View, key: str, character: str) -> Command | None:
        texts = _texts(view)
        if character in {"+", "a"}:
            self.opens = OneLine(
                _("One more choice"), "", lambda now, text: commands.Prepare(now.place, (*_texts(now), text))
            )
        elif character == "w" and texts:
            at = self.at

            def changed(now: View, text: str) -> Command | str:
                before = _texts(now)
                return commands.Prepare(now.place, (*before[:at], text, *before[at + 1 :]))

            self.opens = OneLine(_("In other words"), "", changed, texts[at])
        elif character == "s" and texts:
            return commands.Prepare(view.place, (*texts[: self.at], *texts[self.at + 1 :]))
        return None

    def page(self, view: View, width: int) -> Page:
        rows: list[Row] = [*paragraph(_("Choices, before this opens"), width, "title"), ()]
        options = view.desk.options if view.desk else ()
        size = len(str(len(options)))
        for n, option in enumerate(options):
            rows += flow(((option.label, "text"),), width, f"{'›' if n == self.at else ' '} {n + 1:>{size}}  ")
        if not options:
            rows += paragraph(_("There are no choices here yet. What the workshop file says stays as it is."), width)
        at = min(len(rows) - 1, self.at + 2)
        return Page(tuple(rows), keep=(at, at), cursor=(at, 0))

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("+", _("add")), ("w", _("reword")), ("s", _("take out")), ("esc", _("go back")))
