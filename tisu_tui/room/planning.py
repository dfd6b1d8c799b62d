"""What the facilitator changes about the room and the plan: heads, hands, steps added and moved."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.activity import Tier
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.room.transaction import Transaction
from tisu_tui.session.changes import replanned
from tisu_tui.session.decisions import right_words
from tisu_tui.session.flow import why_no_two_looks
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.session.session import State
from tisu_tui.workshop.edit import add_step, move_step

_MOST_PEOPLE = 2000
_LONGEST_STEP = 8000
"""Cells of a step added on the fly, with all its lines."""


def count_people(tx: Transaction, people: int | None, hands: int) -> Outcome:
    """Set how many people and how many without a device there are."""
    if not 0 <= hands <= _MOST_PEOPLE or not 0 <= (people or 0) <= _MOST_PEOPLE:
        return Refused(_("a number from 0 to {n}").format(n=_MOST_PEOPLE))
    if tx.box is not None and hands < (tx.box.papers or 0):
        return Refused(_("{n} answers are counted on paper already.").format(n=tx.box.papers))
    # Hands are of people without a device; only counted heads answer what was asked about screens.
    doubted = tx.session.doubted and hands != tx.session.hands
    return tx.become(replace(tx.session, people=people, hands=hands, doubted=doubted))


def look_twice(tx: Transaction) -> Outcome:
    """Announce two looks at the present step, or take that back, as long as nobody was asked."""
    session, step = tx.session, tx.session.step
    why = why_no_two_looks(session.place, was_asked=session.round is not None)
    if step is None or why:
        return Refused(why)
    if "twice" not in step.activity.settings or step.tier is Tier.ROOM:
        return Refused(_("This step has no second look."))
    if step.counts_as not in session.twice and session.looks_twice(step):
        return Refused(_("The workshop file says so already."))
    if step.counts_as in session.twice:
        tx.become(replace(session, twice=tuple(each for each in session.twice if each != step.counts_as)))
        return Done(said=_("We no longer look at this twice."))
    tx.become(replace(session, twice=(*session.twice, step.counts_as)))
    return Done(said=_("Everybody reads, with the question, that we look at this twice."))


def doubt(tx: Transaction) -> Outcome:
    """Ask for heads to be counted; whoever and however many ask, the facilitator and the wall say it once."""
    tx.become(replace(tx.session, doubted=True))
    return Done(said=_("Said. Soon the shared screen asks to count heads, and not who asked."))


def take_care(tx: Transaction, *, careful: bool) -> Outcome:
    """Have small rooms told words, or numbers again, before anybody has been told what they are."""
    if tx.session.place.step >= 0:
        return Refused(_("The session has started, and people were told what is shown."))
    if tx.session.workshop.careful:
        return Refused(_("The workshop file says so already."))
    return tx.become(replace(tx.session, careful=careful))


def count_leaders(tx: Transaction, leaders: int) -> Outcome:
    """Set how many lead others, which decides whether lines about leaders are asked."""
    if not 0 <= leaders <= _MOST_PEOPLE:
        return Refused(_("a number from 0 to {n}").format(n=_MOST_PEOPLE))
    if not any(step.activity.about_leaders for step in tx.session.workshop.steps):
        return Refused(_("Nothing in this workshop is about leaders."))
    if tx.session.place.state in {State.OPEN, State.CLOSED} or tx.box is not None:
        return Refused(_("A question is open. Say it once its result is shown."))
    return tx.become(replace(tx.session, leaders=leaders))


def add(tx: Transaction, kind: str, words: str) -> Outcome:
    """Add a step after the present one."""
    place = tx.session.place
    if place.step >= len(tx.session.workshop.steps):
        return Refused(_("The last step is over. Go back to add one."))
    try:
        workshop = add_step(tx.session.workshop, place.step, kind, clean(words, _LONGEST_STEP))
    except ValueError as error:
        return Refused(str(error))
    added = workshop.steps[place.step + 1]
    giver = next((step.title for step in workshop.steps if step.id == added.from_id), "")
    taken = _("Its choices come from “{title}”.").format(title=giver) if giver else ""
    tx.become(replanned(tx.session, workshop))
    return Done(said=" ".join(filter(None, (taken, right_words(added)))))


def reorder(tx: Transaction, number: int, to: int) -> Outcome:
    """Move a step that is still to come."""
    steps, ahead = tx.session.workshop.steps, max(tx.session.place.step, tx.session.furthest) + 1
    if not (ahead < number <= len(steps) and ahead < to <= len(steps)):
        return Refused(_("Only steps that are still to come can be moved, and only among themselves."))
    try:
        workshop = move_step(tx.session.workshop, number - 1, to - 1)
    except ValueError as error:
        return Refused(str(error))
    return tx.become(replanned(tx.session, workshop))
