"""What the facilitator reads of a key before it does something: what comes next, and what only Enter then does."""

from __future__ import annotations

from tisu_tui.core.form import Write
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.flow import Move
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import State
from tisu_tui.view.view import View


def next_words(view: View) -> str:
    """State what the next press does, from public facts only."""
    return {
        Move.STEP: _("begin") if view.is_lobby else _("next step"),
        Move.SETTLE: _("settle what is asked"),
        Move.OPEN: _("open"),
        Move.CLOSE: _("close the question"),
        Move.SHOW: _("show the result") if view.place.state is State.CLOSED else _("finish this step"),
        Move.AGAIN: _("ask again"),
        Move.GO_ON: _("go on"),
        Move.READ: _("read the notes"),
        Move.END: _("seal the notes and end"),
    }.get(view.next, "")


def no_words(view: View) -> str:
    """Say why there are no words of people's to read here, as far as it may be said."""
    if view.asks_everyone and view.form and any(isinstance(question, Write) for question in view.form.fields):
        return _("People are writing. You read their words once you have closed the question.")
    return _("There are no words to read here.")


def back(view: View) -> str:
    """Name where going back leads."""
    if view.is_lobby:
        return ""
    if view.is_reading:
        return _("Go back from the notes to where we were?")
    at = view.place.step - 1
    if at < 0:
        return _("Go back to the lobby?")
    if view.desk is None:
        return _("Go back to the step before?")
    return _("Go back to “{title}”?").format(title=view.desk.agenda[at].title)


def again(view: View) -> str:
    """Name the step that would run again."""
    if not view.heading:
        return ""
    return _("Run “{title}” again, as a new round?").format(title=view.heading)


def skip(view: View) -> str:
    """Name the step to be skipped and the consequence for its answers."""
    asked = _("Skip “{title}”?").format(title=view.heading or _("the lobby"))
    if view.place.state is State.OPEN and view.asks_everyone:
        return f"{asked} {_('That closes the question; what was answered is counted.')}"
    return asked


def end(view: View) -> str:
    """Say where ending leads: to the notes first, and only from there to the seal."""
    if view.is_reading:
        return _("Seal the notes and end the session? Nothing can be changed after that.")
    asked = _("End the session here, and read the notes together? You can still go back.")
    if view.place.state is State.OPEN and view.asks_everyone:
        return f"{asked} {_('That closes the question; what was answered is counted.')}"
    return asked


def lock(view: View) -> str:
    """Ask to lock the room, or to open it."""
    return _("Let newcomers in again?") if view.own_desk.locked else _("Lock the room?")


def pause(view: View) -> str:
    """Ask whether everybody should pause, or go on."""
    return _("Go on after the pause?") if view.paused else _("Pause for everybody? Answers and drafts stay.")


def closing(view: View) -> str:
    """Ask whether people should read that it closes soon."""
    del view
    return _("Tell everybody: “Closing soon. Send what you have.”? Only you close the question.")


def accept(view: View) -> str:
    """Ask whether a result may be shown that more people answered than were here."""
    if view.next is not Move.ACCEPT:
        return ""
    return _("Show the result, although more people answered than are here?")


def look_twice(view: View) -> str:
    """Ask whether a second look is announced."""
    if not view.heading:
        return ""
    return _("Say before “{title}” that we look at it twice, or not any more?").format(title=view.heading)


def pen(view: View) -> str:
    """Ask to give the pen, or to take it back."""
    if view.pen is PenState.WITH_SCRIBE:
        return _("Give a guest the pen, by a word that you say to them?")
    return _("Take the pen back? What the guest sent stays.")


def take(view: View) -> str:
    """Ask to take the lead."""
    return _("Lead the session from this screen?") if not view.own_desk.leads else ""


def undo(view: View) -> str:
    """Say what would be taken back."""
    what = view.own_desk.undo
    return _("Take this back: {what}").format(what=what) if what else ""


def leave_open(view: View) -> str:
    """Ask to leave the notes unsealed."""
    del view
    return _("Leave the notes open, to think them over?")
