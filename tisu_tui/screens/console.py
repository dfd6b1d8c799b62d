"""The facilitator's private console."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from gettext import gettext as _

from tisu_tui.core.invitation import Invitation
from tisu_tui.desk.table import by_key, keyed
from tisu_tui.room.private_screen import PrivateScreen
from tisu_tui.room.seam import Room
from tisu_tui.screens.desk_pages import WIDEST, desk_lines
from tisu_tui.screens.driving import Guard, is_last
from tisu_tui.screens.everything import HelpPanel, Listing
from tisu_tui.screens.layout import Key, Lines, Page, keys_line, paragraph, spaced
from tisu_tui.screens.opening import opened
from tisu_tui.screens.panels import OneLine, Panel, Picking
from tisu_tui.screens.scribing import Scribing
from tisu_tui.screens.watching import WatchingApp
from tisu_tui.session.commands import Command, Done, Go, Outcome, Refused, Stale, Step
from tisu_tui.session.session import Place, State
from tisu_tui.view.view import Role, View

_REDRAWN = 20.0
"""Seconds after which the minutes of a step are looked at again."""


class ConsoleApp(WatchingApp):
    """Paces the session, shows the facilitator's notes, and takes down what is said; closing it ends nothing."""

    def __init__(
        self,
        room: Room,
        invitation: Invitation,
        notes_path: Callable[[], Awaitable[str]] | None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(PrivateScreen(room), Role.FACILITATOR)
        self._invitation = invitation
        self._notes_path = notes_path
        self._clock = clock
        self._guard = Guard(clock)
        self._view: View | None = None
        self._panels: list[Panel] = []
        self._asks_end = False
        self._is_over = False
        self._said = ""
        self._opened: tuple[Place, float] | None = None
        self._path = ""
        self._finding: asyncio.Task[None] | None = None

    @property
    def widest(self) -> int:
        return WIDEST

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(_REDRAWN, self.redraw)

    async def on_unmount(self) -> None:
        await super().on_unmount()
        if self._finding is not None:
            self._finding.cancel()

    @property
    def arrows_scroll(self) -> bool:
        return not self._panels or isinstance(self._panels[-1], HelpPanel | OneLine)

    def see(self, view: View) -> None:
        before, self._view = self._view, view
        if before is None or before.place != view.place:
            self._moved(view)
        if view.is_ended and self._finding is None and self._notes_path is not None:
            self._finding = self.begin(self._find(self._notes_path))

    def _moved(self, view: View) -> None:
        self.to_top()
        self._said = ""
        self._asks_end = False
        # What somebody is in the middle of typing stays; what was about the step before goes.
        self._panels = [panel for panel in self._panels if not isinstance(panel, Picking | Scribing)]
        if view.place.state is State.OPEN:
            self._opened = (view.place, self._clock())
        elif self._opened is not None and self._opened[0].step != view.place.step:
            self._opened = None

    async def _find(self, notes_path: Callable[[], Awaitable[str]]) -> None:
        self._path = await notes_path()
        self.redraw()

    def over(self) -> None:
        self._is_over = True

    def told(self, command: Command, outcome: Outcome) -> None:
        if self._panels and not isinstance(command, Go):
            panel = self._panels[-1]
            panel.told(command, outcome)
            if panel.is_done:
                self._said = panel.said or _("Recorded")
            self._settle()
            if panel.is_done and self._panels:
                self._panels[-1].said = self._said
            return
        match outcome:
            case Stale():
                self._said = _("Already done.")
            case Refused(why):
                self._said = _("Not taken: {why}").format(why=why)
            case Done(said=said):
                self._said = said

    # Keys

    def urgent(self, key: str) -> bool:
        if key not in {"ctrl+q", "ctrl+x"}:
            return False
        self.exit()
        return True

    def press(self, key: str, character: str) -> Command | None:
        self._said = ""
        view = self._view
        if view is None or self._is_over:
            return None
        if self._asks_end:
            return self._confirm(view, key, character)
        if key == "ctrl+c":
            self._said = _("To close this screen, press ctrl+q. The session goes on.")
        elif key == "f1":
            self._toggle(HelpPanel(self._invitation))
        elif key == "ctrl+p":
            self._toggle(Listing())
        elif self._panels:
            return self._press_panel(view, key, character)
        elif character == "?":
            self._toggle(HelpPanel(self._invitation))
        else:
            return self._order(view, "i" if key == "enter" and Scribing.is_for(view) else character)
        return None

    def pasted(self, text: str) -> None:
        if self._panels:
            self._panels[-1].paste(text)

    def _toggle(self, panel: Panel) -> None:
        self.to_top()
        if self._panels and type(self._panels[-1]) is type(panel):
            self._panels.pop()
        else:
            self._panels.append(panel)

    def _press_panel(self, view: View, key: str, character: str) -> Command | None:
        panel = self._panels[-1]
        command = panel.press(view, key, character)
        chosen = panel.chosen.key if isinstance(panel, Listing) and panel.chosen else ""
        self._settle()
        return self._order(view, chosen) if chosen else command

    def _settle(self) -> None:
        """Close the panel that is done, and put what it opens over it."""
        panel = self._panels[-1]
        if panel.is_done:
            self._panels.pop()
            self.to_top()
        elif panel.opens is not None:
            self._panels.append(panel.opens)
            panel.opens = None
            self.to_top()

    def _order(self, view: View, character: str) -> Command | None:
        key = "space" if character == " " else character
        if key == "space" and view.unsettled:
            key = "o"  # nothing opens yet: what is asked is settled first
        row = by_key(key) if key else None
        if row is None or view.is_ended or (key == "space" and not self._guard.lets_through()):
            return None
        if key == "e" or (key == "space" and is_last(view)):
            self._asks_end = True
            return None
        made = opened(row, view)
        if isinstance(made, str):
            self._said = made
        elif isinstance(made, Panel):
            self._panels.append(made)
            self.to_top()
        else:
            return made
        return None

    def _confirm(self, view: View, key: str, character: str) -> Command | None:
        if character == " " and not self._guard.lets_through():
            return None
        self._asks_end = False
        return Go(view.place, Step.END) if key == "enter" or character in {"y", " "} else None

    # The page

    def page(self, width: int, height: int) -> Page:
        del height
        view = self._view
        if view is None:
            return Page(paragraph(_("One moment."), width, "quiet"))
        if self._panels:
            panel = self._panels[-1]
            narrow = min(width, 96)
            page = panel.page(view, narrow)
            foot = spaced(paragraph(panel.said, width, "warning"), keys_line(panel.keys(view), width))
            return Page(page.body, foot, page.keep, page.cursor)
        return Page(desk_lines(view, self._invitation, self._minutes(view), self._path, width), self._foot(view, width))

    def _minutes(self, view: View) -> int | None:
        if self._opened is None or self._opened[0].step != view.place.step:
            return None
        return int(self._clock() - self._opened[1]) // 60

    def _foot(self, view: View, width: int) -> Lines:
        if self._is_over:
            words = _("The host has stopped. What was recorded is safe.")
            return (*paragraph(words, width, "warning"), *keys_line((("ctrl+q", _("close")),), width))
        if self._asks_end:
            words = _("End the session? The notes are sealed, and nothing can be changed after that.")
            keys: tuple[Key, ...] = (("enter", _("end")), (_("any other key"), _("not yet")))
            return (*paragraph(words, width, "warning"), *keys_line(keys, width))
        return spaced(paragraph(self._said, width, "warning"), self._keys(view, width))

    def _keys(self, view: View, width: int) -> Lines:
        always: tuple[Key, ...] = (("f1", _("help")), ("ctrl+p", _("everything")), ("ctrl+q", _("close")))
        if view.is_ended or view.desk is None:
            return keys_line(always, width)
        first: tuple[Key, ...] = (("space", view.desk.next_words),) if view.desk.leads else (("f", _("take the lead")),)
        if view.paused:
            return keys_line((*first, *always), width)
        if view.place.state is State.OPEN and view.asks_everyone and not view.closes_soon:
            first += (("c", _("closing soon")),)
        if Scribing.is_for(view):
            first += (("i", _("write down")),)
        if view.place.state is State.WAITING and not view.is_lobby:
            settles = _("change the words") if view.proposal else _("choices")
            first += ((("o", settles),) if view.desk.sets_choices else ()) + (("s", _("skip")),)
        if view.held_up:
            first += (("s", _("go on without it")),)
        if view.is_lobby:
            first += (("h", _("people")),)
        if view.rule and view.place.state is State.SHOWN:
            first += (("w", _("concern")), ("g", _("who is told")))
        if view.desk.may_send_back:
            first += (("z", _("leaders send it back")),)
        if view.place.step >= view.total and not view.left_open:
            first += (("o", _("leave it open, to think it over")),)
        sorting = {"m"} if view.reading else {"m", "t"} if view.desk.held else set()
        rest = tuple((row.key, row.footer) for row in keyed() if row.footer and row.key not in {"m", "t"} - sorting)
        return (*keys_line(first, width), *keys_line((*rest, *always), width))
