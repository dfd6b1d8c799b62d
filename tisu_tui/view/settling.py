"""What a group settles before a question opens."""

from __future__ import annotations

from tisu_tui.core.form import Option
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.session import Session, State
from tisu_tui.session.workshop import Step


def proposal_words(session: Session, step: Step) -> str:
    """Say what is going to be put to the group; mostly nothing."""
    proposal = step.activity.proposal(session.given(step))
    return _("The proposal is: “{proposal}”").format(proposal=proposal) if proposal else ""


def unsettled_words(session: Session, step: Step) -> str:
    """Ask the group for what is still missing."""
    if not step.activity.takes_one:
        return _("There is nothing to choose from yet. What could we choose from? Say it aloud.")
    if session.options(step):
        return _("Which of these shall we be asked about? We talk about it, and choose one.")
    return _("There is no proposal yet. What shall we be asked about? Say it aloud.")


def offered(session: Session, step: Step) -> tuple[Option, ...]:
    """Give what could be put to the group, where there is a choice."""
    is_waiting = session.place.state is State.WAITING
    taken = session.taken(step) if step.activity.takes_one and is_waiting else ()
    return taken if len(taken) > 1 else ()
