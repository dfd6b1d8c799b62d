"""What people read when something ends: a host that can't save or stops, a quick exit, leaving with a way back."""

from __future__ import annotations

from collections.abc import Sequence

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import said
from tisu_tui.session.session import Session
from tisu_tui.view.live import Live


def failing_words(session: Session, live: Live, *, to_staff: bool) -> str:
    """Explain a failure to save: what happened, what is safe, what to do."""
    if not live.failing:
        return ""
    if not to_staff:
        if not live.failed:
            return f"{said(live.failing)} " + _("Please wait a moment. Send again what was not recorded.")
        back = _("Please wait. The facilitator starts this again, and your three words bring you back.")
        return f"{said(live.failing)} {back}"
    if not live.failed:
        room = _("Make room on the host's disk: saving then goes on by itself.")
        look = _("It goes on by itself as soon as the data folder can be written.")
        return f"{said(live.failing)} {room if live.full else look}"
    again = _("Close this host, and start it again: tisu host … --resume {id}").format(id=session.id)
    first = _("Make room on the disk.") if live.full else _("Look to the disk, or copy the data folder to another one.")
    return f"{said(live.failing)} {first} {again}"


def waiting_words(session: Session, live: Live) -> str:
    """Say that nobody is left who could pace the session."""
    if not live.frozen or session.is_ended:
        return ""
    return _("The facilitator has lost the connection. Your answers are safe. Please wait a moment.")


def stopped_words(session: Session, live: Live) -> str:
    """Announce that the host stops, and the consequence for answers; empty while it runs."""
    if not live.stopped:
        return ""
    if session.is_ended:
        return _("The session has ended.")
    if session.rehearsal:
        return _("The rehearsal has stopped.")
    return _("We have stopped for now. What was recorded is safe.")


def goodbye() -> str:
    """Say goodbye and nothing else: somebody may be looking, who could come back in this person's place."""
    return _("Goodbye. Please close this window.")


def cut_words() -> str:
    """Say what becomes of what was not sent."""
    return _("If your line drops, what you were writing is there when you come back. If you leave, it goes.")


def return_lines(invitation: Invitation, words: str, *, plain: bool) -> list[str]:
    """Say how to come back to a seat: as it was used, and the other way."""
    other = _("With a full screen: {line}") if plain else _("As plain lines: {line}")
    return [
        _("Your three words: {words}").format(words=words.replace("-", " ")),
        _("Come back with: {line}").format(line=invitation.return_line(words, plain=plain)),
        other.format(line=invitation.return_line(words, plain=not plain)),
        *(_("If that door is gone: {line}").format(line=way) for way in invitation.other_ways_back(words, plain=plain)),
    ]


def farewell(why: str, way_back: Sequence[str]) -> list[str]:
    """Explain why this window ends, or say goodbye, and how to come back if possible."""
    return [*([why] if why else [_("Goodbye.")]), *way_back, _("Please close this window.")]
