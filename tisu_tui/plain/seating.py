"""Taking a seat from a plain line: afresh, back to an earlier one by three words, or in another language."""

from __future__ import annotations

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import change_language, language, language_name
from tisu_tui.core.translation import gettext as _
from tisu_tui.plain.editor import LineEditor
from tisu_tui.plain.words import in_english, own_word, return_words
from tisu_tui.room.protocol import Room
from tisu_tui.session.commands import Join
from tisu_tui.session.outcomes import Done, Outcome, Refused, Unsure
from tisu_tui.view import phrases


class Door:
    """Takes seats."""

    def __init__(self, room: Room, editor: LineEditor) -> None:
        self._room = room
        self._editor = editor
        self.was_known = False
        """Whether whoever was let in had words."""

    async def let_in(self, words: str) -> str:
        """Ask until there is a seat; an empty answer means that the person left."""
        return await self.ask_again(await self._room.submit(Join(words)), words)

    async def ask_again(self, outcome: Outcome, words: str) -> str:
        """Go on from what came of somebody's first try, until there is a seat; empty where the person left."""
        is_shut = has_typed = False
        while not self._editor.leaving.is_set():
            match outcome:
                case Done(seat=seat):
                    self.was_known = bool(words)
                    return seat
                case Refused(why=why, for_good=True):
                    self._editor.say(why, _("Please try to join again in a few minutes."))
                    return ""
                case Unsure():
                    self._editor.say(_("Have you been here before? Your three words bring you back to your seat."))
                case Refused(why=why):
                    # Once nobody came in without words, that is offered no more.
                    is_shut = is_shut or not words
                    # Whoever has only come has given nothing that could be taken.
                    self._editor.say(phrases.not_taken(why) if words or has_typed else why)
            self._editor.say(
                _("Type your three words, or type leave.")
                if is_shut
                else _("Type your three words. If you have none, press Enter. Or type leave.")
            )
            line = await self._next_line()
            if line is None or in_english(line).casefold() == "leave":
                return ""
            words, has_typed = return_words(in_english(line)) or line, True
            outcome = await self._room.submit(Join(words, is_new=not words))
        return ""

    async def _next_line(self) -> str | None:
        while not self._editor.leaving.is_set():
            self._editor.changed.clear()
            if (line := self._editor.take()) is not None:
                return line
            await self._editor.changed.wait()
        return None


async def speak(room: Room, editor: LineEditor, invitation: Invitation, seat: str, line: str) -> str:
    """Change to the language that `language pl` names, as if one came back by one's own words; returns the seat.

    It is empty where nothing was changed, as on a laptop of which nobody has a seat; then what there is, is said.
    """
    if not seat:
        editor.say(_("Ask for it when you come in on a screen of your own."))
        return ""
    others = {tag.casefold(): tag for tag in invitation.languages if tag != language()}
    tag = others.get(line.partition(" ")[2].strip().casefold())
    if tag is None:
        how, word = _("{language}: type {word} {tag}"), own_word("language")
        said = [how.format(language=language_name(other), word=word, tag=other) for other in others.values()]
        editor.say(*said or [_("There is no other language here.")])
        return ""
    change_language(tag)
    outcome = await room.submit(Join(seat))
    return outcome.seat if isinstance(outcome, Done) else ""
