"""The shared screen: large, calm, and never private; on the host's own terminal it can also be driven."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import by_key, by_word
from tisu_tui.desk.previews import next_words
from tisu_tui.room.protocol import DRIVER, Room
from tisu_tui.screens import step_words
from tisu_tui.screens.layout import Key, Lines, Page, key_table, keys_line, paragraph, spaced, width_of
from tisu_tui.screens.wall_layout import Space
from tisu_tui.screens.wall_lobby import lobby
from tisu_tui.screens.wall_pages import wall
from tisu_tui.screens.watching import PATIENCE, WatchingApp
from tisu_tui.session.commands import Command, Direction, Go
from tisu_tui.session.flow import Move
from tisu_tui.session.outcomes import Outcome
from tisu_tui.session.session import State
from tisu_tui.view import phrases
from tisu_tui.view.view import Role, View

_WIDEST, _TALLEST = 190, 80
"""The most of a wall that is used; figures grow with it."""
_BREAK = 5
"""Minutes from which on a pause is a break, and the time when it ends is said."""


def back_at(now: dt.datetime, minutes: int) -> str:
    """Give the clock time at which a break of so many minutes ends, to the next whole minute."""
    end = now + dt.timedelta(minutes=minutes, seconds=59)
    return f"{end:%H:%M}"


class SharedScreenApp(WatchingApp):
    """What the whole room looks at; `can_drive` on the host's own terminal, where a few keys pace the session.

    `is_rehearsal` is a session of made-up people, of which nothing is left when it stops before its end.
    """

    widest, tallest = _WIDEST, _TALLEST

    def __init__(
        self,
        room: Room,
        invitation: Invitation,
        *,
        can_drive: bool,
        is_rehearsal: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        super().__init__(room, Role.SCREEN, DRIVER if can_drive else "")
        self._invitation = invitation
        self._can_drive = can_drive
        self._is_rehearsal = is_rehearsal
        self._clock = clock
        self._pressed = float("-inf")
        self._now = now
        self._until = ""
        """The clock time at which the break ends that people have now."""
        self._view: View | None = None
        self._is_over = False
        self._is_blank = False
        self._helps = False
        self._asks = ""
        """The word of what it asks about, or `quit`: only Enter then does it."""
        self._said = ""

    def see(self, view: View) -> None:
        if self._view is None or self._view.place != view.place:
            self._said = ""
            if self._asks != "quit":
                self._asks = ""
            is_break = view.rest >= _BREAK and view.place.state is State.OPEN
            self._until = back_at(self._now(), view.rest) if is_break else ""
        self._view = view

    def over(self) -> None:
        self._is_over = True
        if not self._can_drive:
            self.goodbye = phrases.farewell(self._view.stopped if self._view else "", [])
            self.exit()

    def told(self, command: Command, outcome: Outcome) -> None:
        self._said = phrases.said(outcome, phrases.came_late(command))

    # Keys

    def press(self, key: str, character: str) -> Command | None:
        self._said = ""
        now, before = self._clock(), self._pressed
        if character:
            self._pressed = now
        if self._is_blank or self._helps:
            self._is_blank = self._helps = False
            return None
        if self._asks:
            return self._confirm(key)
        if character == ".":
            self._is_blank = True
        elif key == "f1" or character == "?":
            self._helps = True
        elif key in {"ctrl+q", "ctrl+x"} or (character == "q" and not self._can_drive):
            self._quit()
        elif key == "ctrl+c":
            self._said = _("To close, press ctrl+q.")
        elif self._can_drive:
            return self._drive(character, now - before)
        return None

    def _quit(self) -> None:
        if self._can_drive and not self._is_over and self._view is not None and not self._view.is_ended:
            self._asks = "quit"
        else:
            self.exit()

    def _drive(self, character: str, since: float) -> Command | None:
        view = self._view
        row = by_key("space" if character == " " else character)
        if view is None or view.is_ended or row is None:
            return None
        if not row.on_wall:
            self._said = _("Open your private screen first: {line}").format(line=self._invitation.facilitator_line)
        elif row.word != "next":
            made = row.read(view)
            if isinstance(made, str):
                self._said = phrases.not_taken(made)
            else:
                self._asks = row.word
        elif since >= PATIENCE:
            if view.next is not Move.END:
                return Go(view.place, Direction.NEXT)
            self._asks = "end"
        return None

    def _confirm(self, key: str) -> Command | None:
        asked, self._asks = self._asks, ""
        if key != "enter":
            return None
        if asked == "quit":
            self.exit()
            return None
        return Go(self._view.place, Direction(asked)) if self._view else None

    # The page

    def page(self, width: int, height: int) -> Page:
        if self._is_blank:
            return Page(())
        foot = self._foot(width)
        if self._helps:
            return Page(self._help(width), foot)
        if self._view is None:
            return Page((), foot)
        view, space = self._view, Space(width, height - len(foot) - 2, self._until)
        if view.is_lobby and not view.paused:
            return Page(lobby(view, self._invitation, space), foot, about=view.place)
        return Page(wall(view, space), foot, about=view.place)

    def _foot(self, width: int) -> Lines:
        if self._asks:
            return self._question(width)
        said = paragraph(self._said, width, "warning")
        if self._is_over:
            said = paragraph(_("The session has stopped here. What was recorded is safe."), width, "warning")
        return spaced(said, self._join(keys_line(self._keys(), width), width))

    def _join(self, keys: Lines, width: int) -> Lines:
        """Put the line to join with in the corner, for whoever comes late."""
        view = self._view
        if view is None or view.is_ended or view.is_lobby or self._is_over:
            return keys
        words = _("join: {line}").format(line=self._invitation.slip_line if view.by_slip else self._invitation.line)
        left = width - width_of(keys[-1]) - len(words)
        if left >= 3:
            return (*keys[:-1], (*keys[-1], (" " * left, "text"), (words, "quiet")))
        return (*paragraph(words, width, "quiet"), *keys)

    def _question(self, width: int) -> Lines:
        if self._asks == "quit":
            words = (
                _("Stop the rehearsal? Notes are written only when it has come to its end.")
                if self._is_rehearsal
                else _("Stop hosting? Everybody is disconnected. The session can be resumed later.")
            )
            keys: tuple[Key, ...] = (("enter", _("stop")), (_("any other key"), _("go on")))
        else:
            row = by_word(self._asks)
            words = row.preview(self._view) if row and row.preview and self._view else ""
            keys = (("enter", _("yes")), (_("any other key"), _("no")))
        return (*paragraph(words, width, "warning"), *keys_line(keys, width))

    def _keys(self) -> tuple[Key, ...]:
        quiet: tuple[Key, ...] = ((".", _("blank")), ("f1", _("help")))
        view = self._view
        if not self._can_drive:
            return (*quiet, ("ctrl+x", _("leave")))
        if view is None or view.is_ended or self._is_over:
            return (("ctrl+q", _("close")),)
        close: tuple[Key, ...] = (("ctrl+q", _("close")),) if view.left_open else ()
        # Where the next thing is to ask again, one key is enough to say so.
        again: tuple[Key, ...] = () if view.next is Move.AGAIN else (("r", _("again")),)
        return (("space", next_words(view)), ("b", _("back")), *again, ("e", _("end")), *close, *quiet)

    def _help(self, width: int) -> Lines:
        lines = spaced(
            paragraph(_("Help"), width, "title"),
            paragraph(_("This screen is for everybody. Nothing private is ever shown here."), width),
            step_words.support(self._view, width, _("If you want to talk to someone")) if self._view else (),
        )
        if self._can_drive:
            keys: tuple[Key, ...] = (
                ("space", _("the next thing; the line below says what")),
                ("b", _("back; it asks first")),
                ("r", _("again, as a new round; it asks first")),
                ("e", _("end: read the notes, and seal them the second time; it asks first")),
                (".", _("blank this screen; any key brings it back")),
                ("f3", _("the next of four themes: dark, light, high contrast, no colour")),
                ("pgup pgdn", _("scroll")),
                ("ctrl+q", _("stop hosting; it asks first")),
            )
            private = _("Your notes, people's words and the writing down are on your private screen: {line}")
            private = private.format(line=self._invitation.facilitator_line)
        else:
            theme = _("the next of four themes: dark, light, high contrast, no colour")
            keys = (
                (".", _("blank this screen; any key brings it back")),
                ("f3", theme),
                ("pgup pgdn", _("scroll")),
                ("ctrl+x", _("leave")),
            )
            private = ""
        return spaced(lines, key_table(keys, width), paragraph(private, width, "result"))
