"""What each key of the console opens: a box for a line, or a panel of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.binding import Binding
from tisu_tui.screens.options import Options, Proposing
from tisu_tui.screens.panels import OneLine, Panel, asked
from tisu_tui.screens.people import People
from tisu_tui.screens.scribing import Scribing
from tisu_tui.screens.slips import Slips
from tisu_tui.screens.sorting import Striking, Themes, Words
from tisu_tui.session.commands import Command
from tisu_tui.session.session import State
from tisu_tui.view import phrases
from tisu_tui.view.view import View


def opened(row: Binding, view: View) -> Command | Panel | str:
    """Open a key's panel, run its command at once, or return why not."""
    if row.word == "undo":
        return phrases.nothing_to_take_back()
    if row.word == "accept":
        return _("No result waits to be accepted.")
    if row.word == "take" and view.desk and view.desk.leads:
        return _("This screen is leading already.")
    if row.key in _PANELS:
        return _PANELS[row.key](view)
    if row.word == "send-back" and not (view.desk and view.desk.may_send_back):
        return _("There is no decision here that leaders may send back now.")
    if row.prompt is not None:
        return OneLine(*asked(row.word), stays=row.prompt.stays)
    return row.read(view)


def _scribe(view: View) -> Panel | str:
    return Scribing(view) if Scribing.is_for(view) else _("There is nothing to write down in this step just now.")


def _moderate(view: View) -> Panel | str:
    if view.reading:
        return Striking()
    return Words() if view.desk and view.desk.held else view.no_words


def _themes(view: View) -> Panel | str:
    return Themes() if view.desk and view.desk.held else view.no_words


def _options(view: View) -> Panel | str:
    if view.is_lobby or view.place.state is not State.WAITING:
        return _("Choices are set before a question opens.")
    if view.desk is None or not view.desk.sets_choices:
        return _("This step has no choices to set.")
    return Proposing(view) if view.desk.proposes else Options()


_PANELS: Mapping[str, Callable[[View], Panel | str]] = {
    "i": _scribe,
    "m": _moderate,
    "t": _themes,
    "o": _options,
    "h": lambda _view: People(),
    "j": lambda _view: Slips(),
}
