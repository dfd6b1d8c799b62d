"""What becomes of the lines of the notes while the group reads them, and of what people ask about them in private."""

from __future__ import annotations

from gettext import gettext as _

from tisu_tui.core.commands import Done, Outcome, Refused, Stale
from tisu_tui.core.events import Answered, Asked, LeftOpen
from tisu_tui.core.reading import Noted, noted
from tisu_tui.core.text import clean
from tisu_tui.room.desk import Desk


def strike(desk: Desk, number: int) -> Outcome:
    """Strike a line."""
    line = _line(desk, number)
    return desk.happen(line.change("")) if isinstance(line, Noted) else line


def reword(desk: Desk, number: int, text: str) -> Outcome:
    """Put a line in other words."""
    line, text = _line(desk, number), clean(text)
    if not isinstance(line, Noted):
        return line
    if not text:
        return Refused(_("Write a few words."))
    try:
        return desk.happen(line.change(text))
    except ValueError as error:
        return Refused(str(error))


def stand(desk: Desk, number: int) -> Outcome:
    """Let a line stand as it is, which answers whoever asked about it."""
    line = _line(desk, number)
    return desk.happen(Answered(line.key)) if isinstance(line, Noted) else line


def ask(desk: Desk, number: int, text: str) -> Outcome:
    """Note that somebody asks for a line to be softened or left out: once, whoever and however many ask."""
    if not desk.session.is_reading:
        return Stale()
    line = _line(desk, number)
    if not isinstance(line, Noted):
        return line
    if line.text != text:
        # Lines before it were struck meanwhile, and another one has its number.
        return Stale()
    desk.happen(Asked(line.key))
    return Done(said=_("Asked. Only the facilitator is told, and not who asked."))


def leave_open(desk: Desk) -> Outcome:
    """Leave the notes unsealed, to be thought over."""
    if not desk.session.is_reading:
        return Refused(_("Notes can be left open while the group reads them."))
    return desk.happen(LeftOpen())


def _line(desk: Desk, number: int) -> Noted | Refused:
    if not desk.session.is_reading:
        return Refused(_("Lines are struck while the group reads the notes."))
    lines = noted(desk.session)
    if not 1 <= number <= len(lines):
        return Refused(_("There is no line {n}.").format(n=number))
    return lines[number - 1]
