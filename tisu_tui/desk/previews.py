"""What the console asks before a single letter changes the room: only Enter then does it."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.session.session import State
from tisu_tui.view.view import View


def back(view: View) -> str:
    """Name where going back leads."""
    at = view.place.step - 1
    if view.desk is None or not 0 <= at < len(view.desk.agenda):
        return _("Go back to the lobby?")
    return _("Go back to “{title}”?").format(title=view.desk.agenda[at].title)


def again(view: View) -> str:
    """Name the step that would run again."""
    return _("Run “{title}” again, as a new round?").format(title=view.heading)


def skip(view: View) -> str:
    """Name the step that would be skipped, and what that does to its answers."""
    asked = _("Skip “{title}”?").format(title=view.heading or _("the lobby"))
    if view.place.state is State.OPEN and view.asks_everyone:
        return f"{asked} {_('That closes the question; what was answered is counted.')}"
    return asked


def end(view: View) -> str:
    """Say what sealing means."""
    del view
    return _("End the session? The notes are sealed, and nothing can be changed after that.")


def lock(view: View) -> str:
    """Ask to lock the room, or to open it."""
    return _("Let newcomers in again?") if view.desk and view.desk.locked else _("Lock the room?")


def pause(view: View) -> str:
    """Ask whether everybody should pause, or go on."""
    return _("Go on after the pause?") if view.paused else _("Pause for everybody? Answers and drafts stay.")


def closing(view: View) -> str:
    """Ask whether people should read that it closes soon."""
    del view
    return _("Tell everybody: “Closing soon. Send what you have.”? Only you close the question.")


def take(view: View) -> str:
    """Ask to take the lead."""
    del view
    return _("Lead the session from this screen?")
