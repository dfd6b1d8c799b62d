"""What stands beside a result on every screen and in the notes: how it came about, and what it was last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tisu_tui.core.days import in_words
from tisu_tui.core.released import Released
from tisu_tui.core.shown import Say, Shown, on_paper_sentence
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.last_time import last_time
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Step
from tisu_tui.view.side_by_side import by_voice


def remarks(session: Session, step: Step, rounds: Sequence[Released]) -> Iterator[Shown]:
    """Return remarks to show beside the results of a step's rounds."""
    yield from by_voice(rounds)
    if rounds and (carried := carried_sentence(session, step)):
        yield Say(carried)
    if any(each.on_paper for each in rounds):
        yield Say(on_paper_sentence())
    yield from last_time(session.earlier, step, rounds)


def thought_about_sentence(session: Session, step: Step) -> str:
    """Name the lines that are only thought about, as an answer would be about one or two people; else nothing."""
    lines = session.only_thought_about(step)
    if not lines:
        return ""
    labels = " ".join(f"“{each.label}”" for each in lines)
    return _("Only think about this, nobody is asked: {lines}").format(lines=labels)


def carried_sentence(session: Session, step: Step) -> str:
    """Date the lines taken over from an earlier session; else nothing."""
    date = session.carried_from(step)
    return _("Our own lines are carried from {date}.").format(date=in_words(date)) if date else ""
