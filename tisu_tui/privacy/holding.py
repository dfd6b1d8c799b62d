"""Which computers hold an answer while a question is open."""

from __future__ import annotations

from tisu_tui.core.translation import gettext as _


def held_until_closed(*, far: bool) -> str:
    """Say it before a question; `far` is whether people may come in by doors on other computers."""
    if far:
        return _("The host computer holds your answer until this closes, and so does the door you came in by.")
    return _("The host computer holds your answer until this closes.")


def held_while_open(*, far: bool) -> str:
    """Say it in the lobby."""
    if far:
        return _(
            "The host computer holds your answer while a question is open, and so does the door you came in by. "
            "This is not a voting machine."
        )
    return _("The host computer holds your answer while a question is open. This is not a voting machine.")


def held_words(*, far: bool) -> str:
    """Say it where people write for themselves alone."""
    if far:
        return _("If you type here, only you see it. Your door and the host hold it until we move on; then it is gone.")
    return _("If you type here, only you see it. The host computer holds it until we move on; then it is gone.")
