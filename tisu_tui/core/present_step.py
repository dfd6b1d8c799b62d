"""How the present step stands in the room: its size, what it asks aloud, what came of it."""

from __future__ import annotations

from tisu_tui.core.decisions import decisions, sent_back_words, written
from tisu_tui.core.live import Live
from tisu_tui.core.remarks import remarks
from tisu_tui.core.session import Session
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size
from tisu_tui.core.voices import check_aloud
from tisu_tui.core.workshop import Step


def size_now(session: Session, live: Live) -> Size:
    """Give the size of the room: of the step that was opened, or as people are connected."""
    step, at = session.step, session.round
    return Size(at.people, step.floor) if step and at else session.size(live.seats, step)


def came_of(session: Session, step: Step, size: Size) -> tuple[Shown, ...]:
    """Say what came of a step, and what was decided about it since."""
    rounds = session.rounds_of(step)
    here = [each for each in decisions(session) if each.step.counts_as == step.counts_as]
    # Whoever reads “carried” has read before that it does not stand.
    back = [said for each in here for said in sent_back_words(each)]
    since = [said for each in here for said in written(each)]
    aloud = [Say(words) for words in asked_aloud(session, size)]
    return (*back, *step.activity.describe(rounds), *remarks(session, step, rounds), *since, *aloud)


def asked_aloud(session: Session, size: Size) -> tuple[str, ...]:
    """Give what is asked openly of the whole room, because there are too few people to ask it in secret."""
    step = session.step
    if step is None or not session.is_too_small_for_voices(step, size):
        return ()
    return (check_aloud(session.workshop.voices),)
