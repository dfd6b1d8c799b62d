"""The few words that never leave the console: who is here, how far they are, what comes next, what to see to."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import State
from tisu_tui.view.view import View


def strip_words(view: View) -> str:
    """Say how many are here, how far answers are, and what the next press does."""
    desk = view.desk
    if desk is None or view.is_ended:
        return ""
    counted = _("in the room {n}").format(n=desk.people) if desk.people is not None else _("in the room: not counted")
    parts = (
        _("Joined {n}").format(n=desk.seats),
        counted,
        view.progress.rstrip("."),
        _("locked") if desk.locked else "",
        _("next: {words}").format(words=desk.next_words),
    )
    return " · ".join(filter(None, parts))


def warnings(view: View) -> tuple[str, ...]:
    """List what should be seen to before going on."""
    desk = view.desk
    if desk is None or view.is_ended:
        return ()
    waits = view.place.state is State.WAITING and desk.takes_options and not desk.options
    nothing = _("There is nothing to choose from yet. Press o to type the choices.")
    return (*([nothing] if waits else []), *desk.concerns)
