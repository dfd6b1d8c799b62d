"""The help, and the list of everything that can be done, over the facilitator's console."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.core.invitation import Invitation
from tisu_tui.screens.desk_pages import help_lines
from tisu_tui.screens.layout import Key, Lines, Page, paragraph
from tisu_tui.screens.orders import Order, orders
from tisu_tui.screens.panels import Panel, Picking
from tisu_tui.session.commands import Command
from tisu_tui.view.view import View


class HelpPanel(Panel):
    """The distress card, and how people join."""

    def __init__(self, invitation: Invitation) -> None:
        self._invitation = invitation

    def press(self, view: View, key: str, character: str) -> Command | None:
        del view, key, character
        self.is_done = True
        return None

    def page(self, view: View, width: int) -> Page:
        return Page(help_lines(view, self._invitation, width))

    def keys(self, view: View) -> tuple[Key, ...]:
        del view
        return ((_("any key"), _("go back")),)


class Listing(Picking):
    """Everything that can be done, with its key."""

    chosen = ""

    def count(self, view: View) -> int:
        del view
        return len(orders())

    def act(self, view: View, key: str, character: str) -> Command | None:
        del view
        if key == "enter":
            self._choose(orders()[self.at])
        elif order := next(
            (each for each in orders() if each.key == ("space" if character == " " else character)), None
        ):
            self._choose(order)
        return None

    def _choose(self, order: Order) -> None:
        self.chosen = " " if order.key == "space" else order.key
        self.is_done = True

    def page(self, view: View, width: int) -> Page:
        del view
        rows: Lines = (*paragraph(_("Everything you can do"), width, "title"), ())
        for n, order in enumerate(orders()):
            here = n == self.at
            rows += paragraph(order.words, width, "title" if here else "text", f"{'›' if here else ' '} {order.key:<6}")
        return Page(rows, keep=(self.at + 2, self.at + 2))

    def keys(self, view: View) -> tuple[Key, ...]:
        del view
        return ((_("arrows"), _("choose")), ("enter", _("do it")), ("esc", _("go back")))
