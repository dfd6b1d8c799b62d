"""What people read last: a quick exit, leaving with a way back, or a host that stops."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import Session
from tisu_tui.view.live import Live


def goodbye() -> str:
    """Say goodbye and nothing else: somebody may be looking, who could come back in this person's place."""
    return _("Goodbye. Please close this window.")


def cut_words() -> str:
    """Say what becomes of what was not sent."""
    return _("If your line drops, what you were writing is there when you come back. If you leave, it goes.")


def stopped_words(session: Session, live: Live) -> str:
    """Announce that the host stops, and the consequence for answers; empty while it runs."""
    if not live.stopped:
        return ""
    if session.is_ended:
        return _("The session has ended.")
    if session.rehearsal:
        return _("The rehearsal has stopped.")
    return _("We have stopped for now. What was recorded is safe.")


def return_lines(invitation: Invitation, words: str, *, plain: bool) -> list[str]:
    """Say how to come back to a seat: as it was used, and the other way."""
    other = _("With a full screen: {line}") if plain else _("As plain lines: {line}")
    return [
        _("Your three words: {words}").format(words=words.replace("-", " ")),
        _("Come back with: {line}").format(line=invitation.return_line(words, plain=plain)),
        other.format(line=invitation.return_line(words, plain=not plain)),
        *(_("If that door is gone: {line}").format(line=way) for way in invitation.other_ways_back(words, plain=plain)),
    ]


def farewell(said: str, way_back: Sequence[str]) -> list[str]:
    """Explain why this window ends, or say goodbye, and how to come back if possible."""
    return [*([said] if said else [_("Goodbye.")]), *way_back, _("Please close this window.")]
