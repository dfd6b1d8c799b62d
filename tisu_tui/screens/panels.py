"""What can lie over the facilitator's console: something that has the keys, a line to type, a list to choose from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NamedTuple

from tisu_tui.core.translation import gettext as _
from tisu_tui.desk.bindings import Binding, by_word
from tisu_tui.desk.parsing import echo
from tisu_tui.screens.choosing import Highlight
from tisu_tui.screens.layout import Key, Lines, Page, paragraph, spaced
from tisu_tui.screens.typed_text import LineBuffer, counter, draft_lines, edited
from tisu_tui.session.commands import Command, WriteRecord
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.view import phrases
from tisu_tui.view.view import View

MakeCommand = Callable[[View, str], "Command | str"]
"""Makes a command of what was typed, or says why it can't."""


def undo_words(outcome: Done) -> str:
    """Describe the last change and the key to undo it."""
    what = outcome.changed[:1].upper() + outcome.changed[1:]
    return _("{what} · u takes it back").format(what=what) if what else ""


class PanelKey(NamedTuple):
    """What a key does in a panel, and how the foot names it; where it asks, only Enter then does it."""

    words: str
    asks: str = ""
    does: Command | Panel | None = None


class Panel(ABC):
    """Something that has the keys until it is done; what it sends is told back to it."""

    is_done = False
    is_late = False
    """Whether the session has left the round of the step for which it was opened."""
    said = ""
    opens: Panel | None = None
    """What takes its place for a while."""
    chosen: Binding | None = None
    """What was chosen to be done once it is gone."""
    opened_by = ""
    """The letter that opened it, if typing went straight on: it may have been the first of a sentence."""
    _asked_about = ""

    @property
    def can_be_filed(self) -> bool:
        """Whether what is typed in it can be filed as something else."""
        return self.takes_text

    @property
    def sentence(self) -> str:
        """The whole of what was typed, if the letter that opened this seems to be the first of a sentence."""
        is_one = self.opened_by and " " in self.typed and not self.typed[:1].isupper()
        return self.opened_by + self.typed if is_one else ""

    def asks_once(self) -> bool:
        """Ask, once for each text, whether it is to be written down without the letter that opened this."""
        if not self.sentence or self._asked_about == self.typed:
            return False
        asked = _("tab keeps “{sentence}”; enter once more writes “{text}” down.")
        self.said, self._asked_about = asked.format(sentence=self.sentence, text=self.typed), self.typed
        return True

    @property
    def takes_text(self) -> bool:
        """Whether letters are text here."""
        return False

    def letters(self, view: View) -> dict[str, PanelKey]:
        """Say what letters and digits do here, in the order in which the foot names them."""
        return {}

    def takes(self, view: View, text: str) -> bool:
        """Whether letters, typed one after the other, only choose or open something here."""
        row = self.letters(view).get(text)
        return row is not None and row.does is not None and not row.asks

    def forget(self) -> None:  # noqa: B027  # most panels have nothing to forget
        """Forget letters that were the beginning of a text, and no choice."""

    def is_key_of_console(self, character: str) -> bool:
        """Whether a letter closes this, and does what it does without it."""
        return False

    def act(self, view: View, key: str, character: str) -> Command | None:
        """Do what a letter stands for."""
        row = self.letters(view).get(character)
        does = row.does if row else None
        if isinstance(does, Panel):
            self.opens = does
            return None
        return does

    @property
    def typed(self) -> str:
        """What is typed and was not sent."""
        return ""

    @abstractmethod
    def press(self, view: View, key: str, character: str) -> Command | None:
        """Do what a key means here."""

    @abstractmethod
    def page(self, view: View, width: int) -> Page:
        """Draw it."""

    def keys(self, view: View) -> tuple[Key, ...]:
        """Say what keys do here."""
        named = tuple((key, row.words) for key, row in self.letters(view).items() if row.words)
        return (*named, ("esc", _("go back")))

    def paste(self, text: str) -> None:  # noqa: B027  # most panels take no text
        """Put in what was pasted; nothing where nothing is typed."""

    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""
        self.said = phrases.said(outcome, phrases.came_late(command))


def asked(word: str) -> tuple[str, str, MakeCommand]:
    """Give what a box asks for a word of the table: its title, how to write it, and how it is read."""
    row = by_word(word)
    assert row is not None
    assert row.prompt is not None
    return row.prompt.title, row.prompt.hint, row.read


class OneLine(Panel):
    """One line of text; enter sends it. A box that `stays` takes one line after the other; an empty one leaves."""

    def __init__(self, title: str, hint: str, make: MakeCommand, text: str = "", *, stays: bool = False) -> None:
        self._title, self._hint, self._make = title, hint, make
        self._stays = stays
        self._draft = LineBuffer.of(text)
        self._echoed = ""

    @property
    def takes_text(self) -> bool:
        return True

    @property
    def typed(self) -> str:
        return self._draft.sent

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.said = ""
        if key == "escape":
            self.is_done = True
        elif key == "enter" and (problem := self._draft.problem):
            self.said = phrases.not_taken(problem)
            self._draft = self._draft.without_unread()
        elif key == "enter":
            return self._send(view)
        else:
            self._draft = edited(self._draft, key, character)
        return None

    def paste(self, text: str) -> None:
        self._draft = self._draft.typed(text)

    def told(self, command: Command, outcome: Outcome) -> None:
        super().told(command, outcome)
        if isinstance(outcome, Done):
            self.said = " ".join(filter(None, (_("Recorded."), outcome.said, undo_words(outcome))))
            self._draft, self._echoed, self.opened_by = LineBuffer(), "", ""
            self.is_done = not self._stays

    def page(self, view: View, width: int) -> Page:
        # How to write it stands above the field: below a long list it would be off the screen.
        asked = (*paragraph(self._title, width, "title"), *paragraph(self._hint, width, "dim"))
        before = spaced(self._above(view, width), asked)
        drawn, (row, column) = draft_lines(self._draft, width)
        at = (len(before) + 1 + row, column)
        sentence = _("Meant as a sentence? tab keeps it: {text}").format(text=self.sentence) if self.sentence else ""
        counted = paragraph(counter(self._draft) or sentence, width, "dim")
        return Page((*before, (), *drawn, (), *counted), keep=(len(before) - len(asked), at[0]), cursor=at)

    def keys(self, view: View) -> tuple[Key, ...]:
        more: tuple[Key, ...] = (("tab", _("put it elsewhere")),) if self.typed else ()
        return (("enter", _("write it down") if self.typed else _("leave")), *more, ("esc", _("go back")))

    def _above(self, view: View, width: int) -> Lines:
        return ()

    def _send(self, view: View) -> Command | None:
        if self._draft.is_empty:
            self.is_done = True
            return None
        made = self._make(view, self.typed)
        if isinstance(made, str):
            self.said = made
            return None
        if self.is_late and getattr(made, "at", None) is not None:
            self.said = phrases.came_late(made)  # it was typed for the step before, whatever stands there now
            return None
        if self.asks_once():
            return None
        if isinstance(made, WriteRecord) and self._echoed != self.typed and (words := self._echo(view, made)):
            self.said, self._echoed = words, self.typed
            return None
        return made

    @staticmethod
    def _echo(view: View, made: WriteRecord) -> str:
        """Say who and by when before it is kept; nothing if there is nothing to get wrong."""
        try:
            read = echo(made.kind, made.text, view.own_desk.date)
        except ValueError as problem:
            return phrases.not_taken(problem)
        return _("{read}. Enter, or mend it.").format(read=read) if read else ""


class Picking(Panel):
    """A list in which one line is highlighted, which letters do something to."""

    def __init__(self) -> None:
        self.here = Highlight()

    @abstractmethod
    def count(self, view: View) -> int:
        """Tell how many lines there are."""

    def takes(self, view: View, text: str) -> bool:
        return text.isdecimal() or super().takes(view, text)

    def press(self, view: View, key: str, character: str) -> Command | None:
        self.said = ""
        count = self.count(view)
        if self.here.moves(key, character, count):
            return None
        if key == "escape":
            self.is_done = True
            return None
        self.here.stay_in(count)
        return self.act(view, key, character)
