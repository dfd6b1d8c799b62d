"""What each key of the console opens; help and the list of everything are here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import Binding, keyed
from tisu_tui.desk.previews import no_words
from tisu_tui.screens.desk_pages import help_lines
from tisu_tui.screens.layout import Key, Lines, Page, listed, paragraph
from tisu_tui.screens.panels import OneLine, Panel, Picking, asked
from tisu_tui.screens.people_panels import People, Signalled, Slips
from tisu_tui.screens.scribing import Scribing
from tisu_tui.screens.sorting import Options, Proposing, Striking, Themes, Words
from tisu_tui.session.commands import Command
from tisu_tui.session.session import State
from tisu_tui.view import phrases
from tisu_tui.view.view import View


class HelpPanel(Panel):
    """The distress card, and how people join."""

    def __init__(self, invitation: Invitation) -> None:
        self._invitation = invitation

    def takes(self, view: View, text: str) -> bool:
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
        self.chosen = keyed()[self.here.at] if key == "enter" else None
        self.is_done = self.chosen is not None
        return None

    def is_key_of_console(self, character: str) -> bool:
        return not character.isdecimal()

    def page(self, view: View, width: int) -> Page:
        def item(n: int, row: Binding) -> Lines:
            here = n == self.here.at
            return paragraph(row.help, width, "title" if here else "text", f"{'›' if here else ' '} {row.key:<6}")

        items = (item(n, row) for n, row in enumerate(keyed()))
        return listed(items, self.here.at).under(paragraph(_("Everything you can do"), width, "title"))

    def keys(self, view: View) -> tuple[Key, ...]:
        return ((_("arrows"), _("choose")), ("enter", _("do it")), ("esc", _("go back")))


def opened(row: Binding, view: View) -> Command | Panel | str:
    """Open a key's panel, run its command at once, or return why not."""
    if row.word == "undo":
        return phrases.nothing_to_take_back()
    if view.is_lobby and row.word in {"back", "again", "twice"}:
        return _("This is for a step, once the session has begun.")
    if row.word == "accept":
        return _("No result waits to be accepted.")
    if row.word == "take" and view.own_desk.leads:
        return _("This screen is leading already.")
    if row.word == "signals":
        return Signalled()
    if row.key in _PANELS:
        return _PANELS[row.key](view)
    if row.word == "send-back" and not view.own_desk.may_send_back:
        return _("There is no decision here that leaders may send back now.")
    if row.prompt is not None:
        return OneLine(*asked(row.word), stays=row.stays)
    return row.read(view)


def _scribe(view: View) -> Panel | str:
    return Scribing(view) if view.is_scribed else _("There is nothing to write down in this step just now.")


def _moderate(view: View) -> Panel | str:
    if view.reading:
        return Striking()
    return Words() if view.own_desk.held else no_words(view)


def _themes(view: View) -> Panel | str:
    return Themes() if view.own_desk.held else no_words(view)


def _options(view: View) -> Panel | str:
    if view.is_lobby or view.place.state is not State.WAITING:
        return _("Choices are set before a question opens.")
    if not view.own_desk.sets_choices:
        was_set = view.proposal or view.own_desk.options
        return phrases.was_seen() if was_set else _("This step has no choices to set.")
    return Proposing(view) if view.own_desk.proposes else Options()


_PANELS: Mapping[str, Callable[[View], Panel | str]] = {
    "i": _scribe,
    "m": _moderate,
    "t": _themes,
    "o": _options,
    "h": lambda _view: People(),
    "j": lambda _view: Slips(),
}
