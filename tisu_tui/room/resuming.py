"""A stored session, taken up again."""

from __future__ import annotations

import random

from tisu_tui.core.box import Box
from tisu_tui.core.form import By
from tisu_tui.session.apply import apply
from tisu_tui.session.events import Resumed
from tisu_tui.session.session import Session, State


def resumed(session: Session, box: Box | None, chance: random.Random) -> tuple[Session, Box | None]:
    """Take a stored session up again: an open step whose answers were in memory only is open again, and empty."""
    session = apply(session, Resumed())
    if box is None and session.place.state is State.OPEN and session.form(0).by is By.EVERYONE:
        box = Box(chance.randbytes(32).hex())
    return session, box
