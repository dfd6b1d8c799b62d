"""Who decides on a vote, in words."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Right, Step


def right_words(step: Step, right: Right | None = None) -> str:
    """Say who decides, before a vote; `right` where that is said in another step."""
    match right or step.right:
        case Right.WE_DECIDE:
            return _("We decide this here.")
        case Right.SEND_BACK:
            return _("We decide this here. Leaders may send it back once, with reasons and a date.")
        case Right.WE_ADVISE:
            who = step.advises or _("senior management")
            return _("We advise. {who} decides, and writes back with reasons.").format(who=who[:1].upper() + who[1:])
        case Right.INFORMATION:
            return _("This is for information. Nothing is decided by it.")
        case None:
            return ""
