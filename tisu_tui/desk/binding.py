"""One thing the facilitator can do: its word in plain mode, its key on the console, and how its line is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tisu_tui.core.translation import gettext as _
from tisu_tui.session.commands import Command
from tisu_tui.view.facilitator import Desk
from tisu_tui.view.view import View

Parse = Callable[[str, View], "tuple[Command, ...] | None"]
"""Reads what follows a word; `None` if it isn't written like that. Raises ValueError if it can't be done now."""


def desk_of(view: View) -> Desk:
    """Give the facilitator's own part of a View, where nobody else's comes."""
    assert view.desk is not None
    return view.desk


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the console asks before it has a line for `parse`: a title, and how to write the line."""

    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """A row of the table.

    Several rows may share a key: the first of them is what the key does, and leads to the others. A row without a
    word is done by its key alone, a row without a key by its word alone.
    """

    word: str
    key: str
    parse: Parse | None = None
    """Nothing for what is only read or opened: each surface has its own way of that."""
    preview: Callable[[View], str] | None = None
    """What the console asks before a letter changes the room; only Enter then does it."""
    takes: str = ""
    """What is written after the word, like `WHAT @OWNER DUE`."""
    stays: bool = False
    """Whether its box stays open for the next line."""
    on_wall: bool = False
    """Whether the host's own terminal, which everybody sees, has this key too."""
    help: str = ""
    prompt: Prompt | None = None
    footer: str = ""
    """What the foot of the console says, if the key always belongs there."""

    @property
    def written(self) -> str:
        """How the word is written in plain mode."""
        return f"{self.word} {self.takes}".strip()

    @property
    def usage(self) -> str:
        """How the word is written, and what it does."""
        return f"{self.written}: {self.help}"

    def read(self, view: View, text: str = "") -> Command | str:
        """Read what was typed on the console into a command, or say why not."""
        try:
            made = self.parse(text.strip(), view) if self.parse else None
        except ValueError as problem:
            return str(problem)
        return made[0] if made else _("Write it like: {like}").format(like=self.takes)
