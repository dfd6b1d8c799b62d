"""What a facilitator can read at one key when somebody is in distress."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _


def distress_card() -> tuple[str, ...]:
    """Say what to do, step by step (literature on distress protocols: stop, offer support, follow up by consent)."""
    return (
        _("Stop. Pause the session for everyone: “Let's take a break.”"),
        _("Offer space: a quiet room, some air, water, somebody to be with. They choose."),
        _("Do not ask what happened, and do not ask who else feels so."),
        _("Go on only if they want to, and the group can. Ending early is fine."),
        _("Follow up later, only if they say yes to it."),
    )
