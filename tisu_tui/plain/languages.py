"""Being spoken to in another language, from a plain line."""

from __future__ import annotations

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import change_language, language, language_name
from tisu_tui.core.translation import gettext as _
from tisu_tui.plain.editor import LineEditor
from tisu_tui.plain.words import own_word
from tisu_tui.room.seam import Room
from tisu_tui.session.commands import Join
from tisu_tui.session.outcomes import Done


async def speak(room: Room, editor: LineEditor, invitation: Invitation, seat: str, line: str) -> str:
    """Change to the language that a line names, as if one came back by one's own words; returns the seat to go on in.

    It is empty where nothing was changed, as on a laptop of which nobody has a seat.
    """
    lines = choose(invitation, line) if seat else [_("Ask for it when you come in on a screen of your own.")]
    if lines:
        editor.say(*lines)
        return ""
    outcome = await room.submit(Join(seat))
    return outcome.seat if isinstance(outcome, Done) else ""


def choose(invitation: Invitation, line: str) -> list[str]:
    """Change to the language that `language pl` names; else say which there are. Nothing is said after a change."""
    known = {tag.casefold(): tag for tag in invitation.languages}
    tag = known.get(line.partition(" ")[2].strip().casefold())
    if tag and tag != language():
        change_language(tag)
        return []
    return languages_lines(invitation)


def languages_lines(invitation: Invitation) -> list[str]:
    """Say how to be spoken to in another language, in each of them."""
    others = [tag for tag in invitation.languages if tag != language()]
    if not others:
        return [_("There is no other language here.")]
    word = own_word("language")
    return [
        _("{language}: type {word} {tag}").format(language=language_name(tag), word=word, tag=tag) for tag in others
    ]
