"""The help, and the list of everything that can be done, over the facilitator's console."""

from __future__ import annotations

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import keyed
from tisu_tui.screens.desk_pages import help_lines
from tisu_tui.screens.layout import Key, Lines, Page, paragraph
from tisu_tui.screens.panels import Panel, Picking
from tisu_tui.session.commands import Command
from tisu_tui.view.view import View


class HelpPanel(Panel):
    """The distress card, and how people join."""

    def __init__(self, invitation: Invitation) -> None:
        self._invitation = invitation

    def takes(self, text: str) -> bool:
        return len(text) == 1

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.is_done = True
        return None

    def page(self, view: View, width: int) -> Page:
        return Page(help_lines(view, self._invitation, width))

    def keys(self, view: View) -> tuple[Key, ...]:
        return ((_("any key"), _("go back")),)


class CommandList(Picking):
    """Everything that can be done, with its key."""

    def count(self, view: View) -> int:
        return len(keyed())

    def act(self, view: View, key: str, character: str) -> Command | None:
        self.chosen = keyed()[self.at] if key == "enter" else None
        self.is_done = self.chosen is not None
        return None

    def is_key_of_console(self, character: str) -> bool:
        return not character.isdecimal()

    def page(self, view: View, width: int) -> Page:
        lines: Lines = (*paragraph(_("Everything you can do"), width, "title"), ())
        for n, row in enumerate(keyed()):
            here = n == self.at
            lines += paragraph(row.help, width, "title" if here else "text", f"{'›' if here else ' '} {row.key:<6}")
        return Page(lines, keep=(self.at + 2, self.at + 2), cursor=(self.at + 2, 0))

    def keys(self, view: View) -> tuple[Key, ...]:
        return ((_("arrows"), _("choose")), ("enter", _("do it")), ("esc", _("go back")))
