"""The facilitator's way through the session: opening, closing, showing and moving on."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from tisu_tui.core.activity import Given, Present
from tisu_tui.core.box import Box
from tisu_tui.core.form import By
from tisu_tui.core.released import Count, Released, VoiceCount
from tisu_tui.core.size import FLOOR, Size, band
from tisu_tui.privacy import roles as voices
from tisu_tui.privacy.gate import release
from tisu_tui.room import writing
from tisu_tui.room.desk import Desk
from tisu_tui.session import commands
from tisu_tui.session.commands import Done, Outcome, Refused, Stale
from tisu_tui.session.events import (
    Accepted,
    Again,
    Closed,
    ClosingSoon,
    CutShort,
    Ended,
    Moved,
    Opened,
    Paused,
    Reopened,
    Returned,
    Showed,
)
from tisu_tui.session.flow import Move, next_move, settle_words
from tisu_tui.session.session import State
from tisu_tui.session.workshop import Step


def go(desk: Desk, where: commands.Step) -> Outcome:
    """Take the session on, back, again, past a step or to its end."""
    place = desk.session.place
    waits = next_move(desk.session, desk.seats) is Move.ACCEPT
    if waits and where in {commands.Step.AGAIN, commands.Step.SKIP, commands.Step.END}:
        _set_aside(desk)
    if desk.session.paused and where not in {commands.Step.NEXT, commands.Step.END}:
        return Refused(_("We pause. Go on first, and then go there."))
    match where:
        case commands.Step.NEXT:
            return _next(desk)
        case commands.Step.BACK:
            if place.step < 0:
                return Refused(_("This is the beginning."))
            if desk.box is not None or place.state is State.CLOSED:
                return Refused(_("Close this question and show it first."))
            return _return(desk) if desk.session.is_reading else _move(desk, place.step - 1)
        case commands.Step.SKIP:
            if place.step >= len(desk.session.workshop.steps):
                return Refused(_("There is nothing left to skip."))
            _close_if_open(desk)
            return _move(desk, place.step + 1)
        case commands.Step.AGAIN:
            if desk.session.round is None or place.state not in {State.CLOSED, State.SHOWN}:
                return Refused(_("Only a step that has been shown can be run again."))
            return desk.happen(Again())
        case commands.Step.END:
            return _end(desk)


def _end(desk: Desk) -> Outcome:
    """Go to the reading of the notes, wherever the session stands; seal them only from there."""
    if desk.session.is_reading:
        return desk.happen(Ended())
    _close_if_open(desk)
    desk.box = None
    desk.happen(CutShort())
    return Done(said=_("Read the notes together. To seal them, end once more; to go on where we were, go back."))


def _return(desk: Desk) -> Outcome:
    """Go back from reading the notes to where the session stood."""
    stood = desk.session.stood
    if stood is None:
        return _move(desk, desk.session.place.step - 1)
    # A step that asks nothing leaves no round behind, and opens anew.
    return _move(desk, stood.step) if stood.state is State.OPEN else desk.happen(Returned())


def accept(desk: Desk) -> Outcome:
    """Let a result be shown although more people answered than were here."""
    at = desk.session.round
    if at is None or not at.crowded or desk.session.place.state is not State.CLOSED:
        return Refused(_("No result waits to be accepted."))
    return desk.happen(Accepted())


def _set_aside(desk: Desk) -> None:
    """Tell nothing of a round that more people answered than were here, and that nobody accepted."""
    at = desk.session.round
    assert at is not None
    assert at.closed is not None
    desk.happen(Closed(Released(at.number, at.closed.way, at.closed.people)))


def _next(desk: Desk) -> Outcome:
    match next_move(desk.session, desk.seats):
        case Move.OPEN:
            return _open(desk)
        case Move.GO_ON:
            return desk.happen(Paused(paused=False))
        case Move.SETTLE:
            first = _("Nothing opens yet. First {what}, or skip this step.")
            return Refused(first.format(what=settle_words(desk.session)))
        case Move.AGAIN:
            return desk.happen(Again())
        case Move.ACCEPT:
            # Everybody may read this one.
            return Refused(_("This result waits for a moment. The facilitator's own screen says what it waits for."))
        case Move.CLOSE:
            return _close(desk)
        case Move.SHOW:
            if desk.session.place.state is State.OPEN:
                _close(desk)
            return desk.happen(Showed())
        case Move.STEP | Move.READ:
            return _move(desk, desk.session.place.step + 1)
        case Move.END:
            return desk.happen(Ended())
        case Move.NONE:
            return Stale()


def pause(desk: Desk, *, paused: bool) -> Outcome:
    """Let everybody pause or go on; the place, answers and what is being written stay as they are."""
    return desk.happen(Paused(paused))


def close_soon(desk: Desk) -> Outcome:
    """Tell people that the open question closes soon."""
    if desk.box is None or desk.session.paused:
        return Refused(_("No question is open to everybody just now."))
    if desk.session.closes_soon:
        return Refused(_("People read it already. The question closes when you close it."))
    return desk.happen(ClosingSoon())


def _move(desk: Desk, to: int) -> Outcome:
    desk.box = None
    desk.happen(Moved(to))
    step = desk.session.step
    if step is None or desk.session.place.state is not State.WAITING:
        return Done()
    asks = bool(step.activity.form(Given(), desk.session.size(desk.seats, step)).fields)
    # A step that asks nothing has nothing to wait for.
    return Done() if asks else _open(desk)


def _open(desk: Desk) -> Outcome:
    session, step = desk.session, desk.session.step
    assert step is not None
    if session.round is not None:
        desk.happen(Reopened())
        _ask(desk)
        return Done()
    options = session.options(step)
    people = session.size(desk.seats, step).people
    planned = () if session.rounds_of(step) else step.planned
    desk.happen(Opened(people, options, desk.seats))
    problems = [writing.plan(desk, text) for text in planned]
    _ask(desk)
    return Done(said=" ".join(filter(None, problems)))


def _ask(desk: Desk) -> None:
    # Where an opening was taken back, what was answered before is still there.
    if desk.box is None and desk.session.form(desk.seats).by is By.EVERYONE:
        desk.box = Box(desk.chance.randbytes(32).hex())
        desk.screens = replace(desk.screens, now=frozenset())


def _close(desk: Desk) -> Outcome:
    session, step, at = desk.session, desk.session.step, desk.session.round
    assert step is not None
    assert at is not None
    form = session.form(desk.seats)
    before = session.rounds_of(step)
    if form.by is not By.EVERYONE:
        released = Released(len(before) + 1, session.size(at.people, step).way, band(at.people))
        return desk.happen(Closed(released))
    assert desk.box is not None
    # People who left can only make the room smaller, never larger.
    now = session.size(desk.seats, step).people
    here, crowded = min(now, at.people), len(desk.box.answers) > max(now, at.people)
    # Everybody sees who has no device: those of them who were not asked, or were counted, hide nobody's answer.
    size = Size(min(here, desk.box.unseen(desk.seats)), step.floor)
    answers, present, given = desk.box.counted(), Present(at.people, here), session.given(step)
    count = _count(step, desk.box, present, given)
    names = (*session.workshop.voices, "") if form.field(voices.FIELD) else ()
    parts = [VoiceCount(each, step.activity.count(voices.of_voice(answers, each), present, given)) for each in names]
    # Answers without a screen are of people whom nobody can tell apart later.
    if desk.box.papers is not None:
        desk.screens = replace(desk.screens, now=None)
    record = session.record(step, desk.screens.moved)
    desk.screens = desk.screens.closed(step.counts_as, at.number)
    released, words = release(count, step.tier, size, step.activity.finds, before, parts, record=record)
    released = replace(released, on_paper=desk.box.papers is not None)
    desk.box = None
    return desk.happen(Closed(released, words, crowded))


def _count(step: Step, box: Box, present: Present, given: Given) -> Count:
    """Count the answers to a step; none, as where everybody passed, if too few were unseen beside those by hand."""
    count = step.activity.count(box.counted(), present, given)
    fewest = min((each.answered for each in count.tallies), default=0) - box.by_hand
    is_told = not box.by_hand or fewest >= max(FLOOR, step.floor)
    return count if is_told else step.activity.count((), present, given)


def _close_if_open(desk: Desk) -> None:
    # What was acknowledged is counted, even where the step is left in the middle.
    at = desk.session.round
    if at is not None and at.closed is None and desk.session.form(desk.seats).by is not By.NOBODY:
        _close(desk)
