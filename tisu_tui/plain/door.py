"""Taking a seat from a plain line: afresh, or back to an earlier one by three words."""

from __future__ import annotations

import re
from gettext import gettext as _

from tisu_tui.plain.editor import LineEditor
from tisu_tui.room.seam import Room
from tisu_tui.session.commands import Done, Join, Outcome, Refused

TRIES = 5
"""How often somebody may offer return words that nobody has, before the line is closed."""

_THREE_WORDS = re.compile(r"(?:back +)?([a-z]+(?:(?: +[a-z]+){2}|(?:-[a-z]+){2}))", re.IGNORECASE)
_THREE_DASHED = re.compile(r"back +([a-z]+(?:-[a-z]+){2})", re.IGNORECASE)


def return_words(line: str, *, among_words: bool = False) -> str:
    """Find return words that are a whole line, with dashes between; `among_words`, only after `back` and so written."""
    spoken = (_THREE_DASHED if among_words else _THREE_WORDS).fullmatch(line)
    return re.sub(r" +", "-", spoken[1].casefold()) if spoken else ""


class Door:
    """Takes seats, and counts the words that were no one's."""

    def __init__(self, room: Room, editor: LineEditor) -> None:
        self._room = room
        self._editor = editor
        self._wrong = 0

    async def join(self, words: str) -> Outcome:
        """Ask for a seat; too many wrong words end the visit."""
        outcome = await self._room.submit(Join(words))
        if words and isinstance(outcome, Refused):
            self._wrong += 1
            if self._wrong >= TRIES:
                self._editor.leaving.set()
        return outcome

    async def let_in(self, words: str) -> str:
        """Ask until there is a seat; an empty answer means that the person left."""
        return await self.ask_again(await self.join(words), words)

    async def ask_again(self, outcome: Outcome, words: str) -> str:
        """Go on from what came of somebody's first try, until there is a seat; empty where the person left."""
        is_shut = False
        while not self._editor.leaving.is_set():
            # Once nobody came in without words, that is offered no more.
            is_shut = is_shut or not words
            match outcome:
                case Done(seat=seat):
                    return seat
                case Refused(why=why, for_good=True):
                    self._editor.say(why, _("Please try to join again in a few minutes."))
                    return ""
                case Refused(why=why):
                    self._editor.say(_("Not taken: {why}").format(why=why))
            self._editor.say(
                _("Type your three words, or type leave.")
                if is_shut
                else _("Type your three words, or press Enter to join without, or type leave.")
            )
            line = await self._next_line()
            if line is None or line.casefold() == "leave":
                return ""
            words = return_words(line) or line
            outcome = await self.join(words)
        return ""

    async def _next_line(self) -> str | None:
        while not self._editor.leaving.is_set():
            self._editor.changed.clear()
            if (line := self._editor.take()) is not None:
                return line
            await self._editor.changed.wait()
        return None
