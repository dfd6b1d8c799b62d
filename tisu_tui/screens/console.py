"""The facilitator's private console."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import keyed
from tisu_tui.room.protocol import PrivateScreen, Room
from tisu_tui.screens.console_keys import ConsoleKeys
from tisu_tui.screens.desk_pages import MOST_WARNED, WIDEST, desk_lines, warnings
from tisu_tui.screens.layout import Key, Lines, Page, keys_line, paragraph
from tisu_tui.screens.opening import HelpPanel
from tisu_tui.screens.panels import OneLine
from tisu_tui.screens.sorting import Filing
from tisu_tui.screens.watching import WatchingApp
from tisu_tui.session.commands import Command
from tisu_tui.session.flow import Move
from tisu_tui.session.outcomes import Outcome
from tisu_tui.session.session import Place, State
from tisu_tui.view.phrases import farewell
from tisu_tui.view.view import Role, View

_REDRAWN = 20.0
"""Seconds after which the minutes of a step are looked at again."""


class ConsoleApp(WatchingApp):
    """Paces the session, shows the facilitator's notes, and takes down what is said; closing it ends nothing."""

    widest = WIDEST

    PACKETS_ARE_TEXT = True

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
        self.languages = invitation.languages
        self._notes_path = notes_path
        self._clock = clock
        self._desk = ConsoleKeys(invitation, clock)
        self._view: View | None = None
        self._opened: tuple[Place, float] | None = None
        self._path = ""
        self._finding: asyncio.Task[None] | None = None
        self._ticking: asyncio.Task[None] | None = None

    def opened(self) -> None:
        super().opened()
        self._ticking = self.begin(self._tick())

    async def closed(self) -> None:
        await super().closed()
        for task in (self._finding, self._ticking):
            if task is not None:
                task.cancel()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(_REDRAWN)
            self.redraw()

    def scrolls(self, key: str) -> bool:
        panel = self._desk.panels[-1] if self._desk.panels else None
        return panel is None or (isinstance(panel, HelpPanel | OneLine) and not isinstance(panel, Filing))

    def see(self, view: View) -> None:
        before, self._view = self._view, view
        if before is None or before.place != view.place:
            self._moved(before or view, view)
        if view.is_ended and self._finding is None and self._notes_path is not None:
            self._finding = self.begin(self._find(self._notes_path))

    def _moved(self, before: View, view: View) -> None:
        left, now = before.place, view.place
        self._desk.moved()
        for panel in self._desk.panels:
            panel.is_late |= (left.step, left.round) != (now.step, now.round)
        if view.place.state is State.OPEN:
            self._opened = (view.place, self._clock())
        elif self._opened is not None and self._opened[0].step != view.place.step:
            self._opened = None

    async def _find(self, notes_path: Callable[[], Awaitable[str]]) -> None:
        self._path = await notes_path()
        self.redraw()

    def over(self) -> None:
        view = self._view
        if view is not None and not view.is_ended:
            back = [_("Come back with: {line}").format(line=self._invitation.facilitator_line)]
            self.goodbye = farewell(view.stopped, back if view.can_return else [])
        self.exit()

    def told(self, command: Command, outcome: Outcome) -> None:
        self._desk.told(command, outcome)

    # Keys

    def key(self, key: str, character: str) -> None:
        if key in {"ctrl+q", "ctrl+x"}:  # which never wait for the room
            self.exit()
        else:
            super().key(key, character)

    def press(self, key: str, character: str) -> Command | None:
        return self._desk.press(self._view, key, character) if self._view else None

    def pasted(self, text: str) -> Command | None:
        return self._desk.paste(self._view, text) if self._view else None

    # The page

    def page(self, width: int, height: int) -> Page:
        view = self._view
        if view is None:
            return Page(paragraph(_("One moment."), width, "quiet"))
        if self._desk.panels:
            panel = self._desk.panels[-1]
            page = panel.page(view, min(width, 96))
            foot = self._under(view, panel.said, panel.keys(view), width)
            # On a low screen a box may stand below what there is to choose from.
            return replace(page, foot=foot, about=(view.place, panel), is_begun=panel.takes_text)
        lines = desk_lines(view, self._invitation, self._minutes(view), self._path, width)
        return Page(lines, self._foot(view, width), about=view.place)

    def _minutes(self, view: View) -> int | None:
        if self._opened is None or self._opened[0].step != view.place.step:
            return None
        return int(self._clock() - self._opened[1]) // 60

    def _foot(self, view: View, width: int) -> Lines:
        return self._under(view, self._desk.said, (), width) + (() if self._desk.asking else self._keys(view, width))

    def _under(self, view: View, said: str, keys: tuple[Key, ...], width: int) -> Lines:
        """Draw what never scrolls: the strip, what to see to, what was said or is asked, and keys."""
        if asking := self._desk.asking:
            said, keys = asking.words, (("enter", _("yes")), (_("any other key"), _("no")))
        elif self._desk.reminds and not self._desk.panels:
            kept = _("Not filed: “{text}”.").format(text=self._desk.unfiled)
            said = " · ".join(filter(None, (said, f"{kept} {_('Key tab brings it back.')}")))
        strip = paragraph(_strip_words(view), width, "dim")
        return (*strip, *_warned(view, width), *paragraph(said, width, "warning"), *keys_line(keys, width))

    def _keys(self, view: View, width: int) -> Lines:
        always: tuple[Key, ...] = (("f1", _("help")), ("ctrl+p", _("everything")), ("ctrl+q", _("close")))
        if view.is_ended:
            return keys_line(always, width)
        desk = view.own_desk
        first: tuple[Key, ...] = (("space", desk.next_words),) if desk.leads else (("f", _("take the lead")),)
        if view.paused:
            return keys_line((*first, *always), width)
        state = view.place.state
        waits, tells = state is State.WAITING and not view.is_lobby, bool(view.rule) and state is State.SHOWN
        now = (
            ("c", _("closing soon"), state is State.OPEN and view.asks_everyone and not view.closes_soon),
            ("i", _("write down"), view.is_scribed),
            ("o", _("change the words") if view.proposal else _("choices"), waits and desk.sets_choices),
            ("s", _("skip"), waits),
            ("y", _("accept the result"), view.next is Move.ACCEPT),
            ("s", _("go on without it"), view.next is Move.AGAIN),
            ("h", _("people"), view.is_lobby),
            ("w", _("concern"), tells),
            ("g", _("who is told"), tells),
            ("z", _("leaders send it back"), desk.may_send_back),
            ("o", _("leave it open, to think it over"), view.is_reading and not view.left_open),
        )
        first += tuple((key, words) for key, words, can in now if can)
        hidden = {"t"} if view.reading else set() if desk.held else {"m", "t"}
        hidden |= set() if desk.undo else {"u"}
        rest = tuple((row.key, row.footer) for row in keyed() if row.footer and row.key not in hidden)
        return (*keys_line(first, width), *keys_line((*rest, *always), width))


def _warned(view: View, width: int) -> Lines:
    """Draw what to see to; if there is no room for all of it, it is in the page above as well."""
    text = " ".join(warnings(view))
    whole = paragraph(text, width, "warning")
    if len(whole) <= MOST_WARNED:
        return whole
    *first, last = paragraph(text, width - 2, "warning")[:MOST_WARNED]
    return (*first, (*last, (" …", "warning")))


def _strip_words(view: View) -> str:
    """Say how many are here, how far answers are, and what the next press does."""
    desk = view.own_desk
    if view.is_ended:
        return ""
    counted = _("in the room {n}").format(n=desk.people) if desk.people is not None else _("in the room: not counted")
    parts = (
        _("Joined {n}").format(n=desk.seats),
        counted,
        view.progress.rstrip("."),
        _("locked") if desk.locked else "",
        _("next: {words}").format(words=desk.next_words),
    )
    return " · ".join(filter(None, parts))
