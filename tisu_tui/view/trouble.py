"""What everybody must know now: that nothing more can be saved, or that nobody paces the session."""

from __future__ import annotations

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
