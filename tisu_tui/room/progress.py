"""How far the room is with a question, in a few words that name nobody and no number."""

from __future__ import annotations

from collections.abc import Collection

from tisu_tui.core.box import Box
from tisu_tui.core.translation import Sentence
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import Session


def progress_words(session: Session, box: Box | None, seats: Collection[str]) -> str:
    """Say how many of those at `seats` have answered; who has no device is in sight, and stands for nobody else."""
    if box is None:
        return ""
    form = session.form(len(seats))
    finished = sum(form.pending(box.answer(words)) is None for words in seats)
    share = finished / max(1, len(seats))
    stage = 0 if not finished else 1 if share < 0.5 else 2 if share < 0.8 else 3
    return Sentence(lambda: stages()[stage])


def stages() -> tuple[str, str, str, str]:
    """List what may be said of it, from nobody to nearly all."""
    return (
        _("Waiting for answers."),
        _("Some of the room has answered."),
        _("Most of the room has answered."),
        _("Nearly all of the room has answered."),
    )
