"""What keys do on the console: text is text, and a letter that changes the room asks first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import Binding, by_key, by_word
from tisu_tui.screens.opening import CommandList, HelpPanel, opened
from tisu_tui.screens.panels import Panel, Picking, undo_words
from tisu_tui.screens.scribing import Scribing
from tisu_tui.screens.sorting import Filing
from tisu_tui.screens.watching import PATIENCE
from tisu_tui.session.commands import Command, Go, TakeBack
from tisu_tui.session.flow import Move
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.view import phrases
from tisu_tui.view.view import View

FOLLOWS = 1.0
"""Seconds within which a letter after one that opened a panel makes both a text that somebody types."""

_INSTEAD = {Move.SETTLE: "options", Move.ACCEPT: "accept", Move.END: "end"}
"""The words of the table for what `space` does where going on is not enough."""


@dataclass(frozen=True, slots=True)
class PendingCommand:
    """A command awaiting Enter, and its letter."""

    letter: str
    words: str
    make: Callable[[View], Command | str | None]


class ConsoleKeys:
    """Turns keys into commands, panels and text to be filed; `clock` tells seconds."""

    def __init__(self, invitation: Invitation, clock: Callable[[], float]) -> None:
        self.panels: list[Panel] = []
        self.asking: PendingCommand | None = None
        self.said = ""
        self.unfiled = ""
        """Text that was typed and left, until it is filed or other text takes its place."""
        self.reminds = False
        """Whether to say that it is there: until the session moves on."""
        self.opened_by = ""
        """The letters that were pressed last as keys, if they may have been the first of a text."""
        self._opened: Panel | None = None
        """The panel that they opened."""
        self._invitation = invitation
        self._clock = clock
        self._pressed = float("-inf")

    def moved(self) -> None:
        """Drop what was about the step before; what somebody is in the middle of typing stays."""
        self.asking, self.reminds = None, False
        if half := "".join(panel.typed for panel in self.panels if isinstance(panel, Scribing)):
            self._leave(half)
        self.panels = [panel for panel in self.panels if not isinstance(panel, Picking | Scribing)]

    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""
        if self.panels and not isinstance(command, Go | TakeBack):
            panel = self.panels[-1]
            panel.told(command, outcome)
            if panel.is_done:
                self.said = panel.said or _("Recorded")
            self._settle()
            if panel.is_done and self.panels:
                self.panels[-1].said = self.said
            return
        undo = undo_words(outcome) if isinstance(outcome, Done) else ""
        self.said = " ".join(filter(None, (phrases.said(outcome, phrases.came_late(command)), undo)))

    def press(self, view: View, key: str, character: str) -> Command | None:
        """Do what a key means."""
        self.said = ""
        now, before = self._clock(), self._pressed
        if character:
            self._pressed = now
        since = now - before
        letter, self.opened_by = self.opened_by if since < FOLLOWS else "", ""
        self._opened = self._opened if letter else None
        if self.asking is not None:
            return self._confirm(view, self.asking, key, character)
        if key == "ctrl+c":
            self.said = _("To close this screen, press ctrl+q. The session goes on.")
        elif key == "f1":
            self._toggle(HelpPanel(self._invitation))
        elif key == "ctrl+p":
            self._toggle(CommandList())
        elif self.panels:
            panel = self.panels[-1]
            if character and not panel.takes_text:
                return self._press_list(view, panel, key, character, letter, since)
            if letter and character and panel is self._opened and panel.typed:
                self._gather(letter + character)  # it has words in it, which what is typed here does not go on with
                return None
            return self._press_panel(view, panel, key, character, letter)
        elif letter and character:
            self._gather(letter + character)
        elif character == " ":
            return self._space(view, since)
        elif character or (key == "enter" and view.is_scribed):
            return self._letter(view, character or "i")
        elif key == "tab" and self.unfiled:
            self._gather(self.unfiled)
        return None

    def paste(self, view: View, text: str) -> Command | None:
        """Take text that arrived at once: never as keys, except that lines go one by one into an open box."""
        self.said, self.opened_by, text = "", "", text.replace("\r", "\n")
        panel = self.panels[-1] if self.panels else None
        if self.asking is not None:
            text, self.asking = self.asking.letter + text, None
        elif panel is not None and (panel.takes_text or (text.isdecimal() and panel.takes(view, text))):
            if not panel.takes_text:
                for digit in text:
                    panel.press(view, digit, digit)
                self._settle()
                return None
            line, _end, rest = text.partition("\n")
            panel.paste(line)
            if rest.strip():
                # One line at a time: the others stay to be filed.
                self._leave(" ".join(rest.split()))
            return panel.press(view, "enter", "") if _end else None
        self._gather(" ".join(text.split()))
        return None

    def _gather(self, text: str) -> None:
        """Keep text that was typed with no box open, to be filed as something."""
        if self.panels and self.panels[-1] is self._opened:
            self.panels.pop()  # its key was a letter of the text
        self._opened = None
        self.panels.append(Filing(text))

    def _leave(self, text: str) -> None:
        self.unfiled, self.reminds = text, bool(text)

    def _toggle(self, panel: Panel) -> None:
        if self.panels and type(self.panels[-1]) is type(panel):
            self.panels.pop()
        else:
            self.panels.append(panel)

    def _press_list(
        self, view: View, panel: Panel, key: str, character: str, before: str, since: float
    ) -> Command | None:
        """Take a letter where none is typed: what changes something waits for Enter, what means nothing is text."""
        text = before + character
        is_alone = not before or before.isdecimal() or character.isdecimal()
        if not before and panel.is_key_of_console(character):
            self.panels.pop()
            return self._space(view, since) if character == " " else self._letter(view, character)
        if is_alone and (row := panel.letters(view).get(character)) and row.asks:
            self.asking = PendingCommand(text, row.asks, lambda now: self._press_panel(now, panel, key, character, ""))
        elif (not before and character == " ") or panel.takes(view, character if character.isdecimal() else text):
            self.opened_by = text
            return self._press_panel(view, panel, key, character, "")
        else:
            typed = f"{panel.typed}{character}"
            panel.forget()
            self._gather(typed if typed.endswith(text) else text)
        return None

    def _press_panel(self, view: View, panel: Panel, key: str, character: str, letter: str) -> Command | None:
        if panel.takes_text and letter and character:
            panel.opened_by = letter
        if key == "tab" and panel.can_be_filed:
            self.panels.pop()
            self._gather(panel.opened_by + panel.typed)
            return None
        command = panel.press(view, key, character)
        if panel.is_done and isinstance(panel, Filing):
            self._leave(panel.typed)
        row = panel.chosen
        self._settle()
        return self._do(view, row, "") if row else command

    def _settle(self) -> None:
        """Close the finished panel and open its successor, if any."""
        panel = self.panels[-1]
        if panel.is_done:
            self.panels.pop()
        elif panel.opens is not None:
            self.panels.append(panel.opens)
            panel.opens = None

    def _space(self, view: View, since: float) -> Command | None:
        if since < PATIENCE:
            self.said = _("Too soon after another key. Press space again in a moment.")
            return None
        return self._do(view, by_key("space"), "")

    def _letter(self, view: View, character: str) -> Command | None:
        if character == "?":
            self._toggle(HelpPanel(self._invitation))
            self.opened_by, self._opened = character, self.panels[-1]
        elif row := by_key(character):
            if row.key == "q" and view.own_desk.signals:
                row = by_word("signals") or row  # it waits for an answer, and the screen names this key
            return self._do(view, row, character)
        else:
            self._gather(character)
        return None

    def _do(self, view: View, row: Binding | None, letter: str) -> Command | None:
        """Do what a row of the table does; what changes the room waits for Enter, but for going on."""
        if row is None or view.is_ended:
            return None
        if row.key == "space":
            row = by_word(_INSTEAD.get(view.next, "")) or row
        if row.key == "o" and view.is_reading:
            row = by_word("leave") or row
        words = row.preview(view) if row.preview else ""
        if words:
            text = row.takes if row.word == "leave" else ""
            if isinstance(refused := row.read(view, text), str):
                self.said, self.opened_by, self._opened = phrases.not_taken(refused), letter, None
                return None
            self.asking = PendingCommand(letter, words, lambda now: row.read(now, text))
            return None
        made = opened(row, view)
        if not isinstance(made, str | Panel):
            return made
        self.opened_by, self._opened = letter, None
        if isinstance(made, Panel):
            self.panels.append(made)
            self._opened = made
        else:
            self.said = made
        return None

    def _confirm(self, view: View, asking: PendingCommand, key: str, character: str) -> Command | None:
        if character == " " and not asking.letter:
            self.said = _("Only Enter does this.")
            return None
        self.asking = None
        if character:
            self._gather(asking.letter + character)
        elif key == "enter":
            made = asking.make(view)
            if not isinstance(made, str):
                return made
            self.said = made
        return None
