"""The facilitator's way through the session: opening, closing, showing, moving on, and taking it up again."""

from __future__ import annotations

import random
from dataclasses import replace

from tisu_tui.core.activity import Given, Present
from tisu_tui.core.box import Box
from tisu_tui.core.form import By
from tisu_tui.core.released import Count, Released, VoiceCount
from tisu_tui.core.size import FLOOR, Size, band
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.privacy import roles as voices
from tisu_tui.privacy.gate import release
from tisu_tui.room import writing
from tisu_tui.room.transaction import Transaction
from tisu_tui.session import changes, commands
from tisu_tui.session.flow import Move, next_move, settle_words, why_not
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.session import Session, State
from tisu_tui.session.workshop import Step


def go(tx: Transaction, where: commands.Direction) -> Outcome:
    """Take the session on, back, again, past a step or to its end."""
    place, move = tx.session.place, next_move(tx.session, tx.people)
    total = len(tx.session.workshop.steps)
    if why := why_not(where, place, total, paused=tx.session.paused, is_asked=tx.box is not None):
        return Refused(why)
    if where is not commands.Direction.NEXT:
        _set_aside(tx)
    match where:
        case commands.Direction.NEXT:
            return _next(tx, move)
        case commands.Direction.BACK:
            return _return(tx) if tx.session.is_reading else _move(tx, place.step - 1)
        case commands.Direction.SKIP:
            _close_if_open(tx)
            return _move(tx, place.step + 1)
        case commands.Direction.AGAIN:
            return tx.become(changes.again(tx.session))
        case commands.Direction.END:
            return _end(tx)


def _end(tx: Transaction) -> Outcome:
    """Go to the reading of the notes, wherever the session stands; seal them only from there."""
    if tx.session.is_reading:
        return tx.become(changes.sealed(tx.session))
    _close_if_open(tx)
    tx.box = None
    tx.become(changes.cut_short(tx.session))
    return Done(said=_("Read the notes together. To seal them, end once more; to go on where we were, go back."))


def _return(tx: Transaction) -> Outcome:
    """Go back from reading the notes to where the session stood."""
    stood = tx.session.stood
    if stood is None:
        return _move(tx, tx.session.place.step - 1)
    # A step that asks nothing leaves no round behind, and opens anew.
    return _move(tx, stood.step) if stood.state is State.OPEN else tx.become(changes.returned(tx.session))


def accept(tx: Transaction) -> Outcome:
    """Let a result be shown although more people answered than were here."""
    at = tx.session.round
    if at is None or not at.crowded or tx.session.place.state is not State.CLOSED:
        return Refused(_("No result waits to be accepted."))
    tx.become(changes.accepted(tx.session))
    return Done(said=_("The result can be shown now."))


def _set_aside(tx: Transaction) -> None:
    """Tell nothing of a round that is left, if more people answered than were here and nobody accepted it."""
    at = tx.session.round
    if at is not None and at.closed is not None and at.crowded:
        tx.become(changes.closed(tx.session, Released(at.number, at.closed.way, at.closed.people)))


def _next(tx: Transaction, move: Move) -> Outcome:
    match move:
        case Move.OPEN:
            return _open(tx)
        case Move.GO_ON:
            return tx.become(replace(tx.session, paused=False))
        case Move.SETTLE:
            first = _("Nothing opens yet. First {what}, or skip this step.")
            return Refused(first.format(what=settle_words(tx.session)))
        case Move.AGAIN:
            return tx.become(changes.again(tx.session))
        case Move.ACCEPT:
            # Everybody may read this one.
            return Refused(_("This result waits for a moment. The facilitator's own screen says what it waits for."))
        case Move.CLOSE:
            return _close(tx)
        case Move.SHOW:
            if tx.session.place.state is State.OPEN:
                _close(tx)
            return tx.become(changes.showed(tx.session))
        case Move.STEP | Move.READ:
            return _move(tx, tx.session.place.step + 1)
        case Move.END:
            return tx.become(changes.sealed(tx.session))
        case Move.NONE:
            return Stale()


def close_soon(tx: Transaction) -> Outcome:
    """Tell people that the open question closes soon."""
    if tx.box is None or tx.session.paused:
        return Refused(_("No question is open to everybody just now."))
    if tx.session.closes_soon:
        return Refused(_("People read it already. The question closes when you close it."))
    return tx.become(replace(tx.session, closes_soon=True))


def _move(tx: Transaction, to: int) -> Outcome:
    tx.box = None
    tx.become(changes.moved(tx.session, to))
    step = tx.session.step
    if step is None or tx.session.place.state is not State.WAITING:
        return Done()
    asks = bool(step.activity.form(Given(), tx.session.size(tx.people)).fields)
    # A step that asks nothing has nothing to wait for.
    return Done() if asks else _open(tx)


def _open(tx: Transaction) -> Outcome:
    session, step = tx.session, tx.session.step
    assert step is not None
    if session.round is not None:
        tx.become(changes.reopened(session))
        _ask(tx)
        return Done()
    with speaking(session.workshop.language):
        options = session.options(step)
    people = session.size(tx.people).people
    planned = () if session.rounds_of(step) else step.planned
    tx.become(changes.opened(session, people, options, tx.people))
    problems = [writing.plan(tx, text) for text in planned]
    _ask(tx)
    return Done(said=" ".join(filter(None, problems)))


def _ask(tx: Transaction) -> None:
    # Where an opening was taken back, what was answered before is still there.
    if tx.box is None and tx.form.by is By.EVERYONE:
        tx.box = Box(tx.chance.randbytes(32).hex())
        tx.screens = replace(tx.screens, now=frozenset(tx.seats))


def _close(tx: Transaction) -> Outcome:
    """Count what was answered; its labels are kept in the language of the workshop, whoever closes it."""
    with speaking(tx.session.workshop.language):
        return _counted(tx)


def _counted(tx: Transaction) -> Outcome:
    session, step, at = tx.session, tx.session.step, tx.session.round
    assert step is not None
    assert at is not None
    form = tx.form
    before = session.rounds_of(step)
    if form.by is not By.EVERYONE:
        released = Released(len(before) + 1, session.size(at.people).way, band(at.people))
        return tx.become(changes.closed(session, released))
    assert tx.box is not None
    # People who left can only make the room smaller, never larger.
    now = session.size(tx.people).people
    most = max(now, at.people) if session.people is None else min(session.people, max(now, at.people))
    here, crowded = min(now, at.people), len(tx.box.answers) > most
    # Everybody sees who has no device: those of them who were not asked, or were counted, hide nobody's answer.
    size = Size(min(here, tx.box.unseen(tx.people)))
    answers, present, given = tx.box.counted(), Present(at.people, here), session.given(step)
    count = _count(step, tx.box, present, given)
    names = (*session.workshop.voices, "") if form.field(voices.FIELD) else ()
    parts = [VoiceCount(name, step.activity.count(voices.of_voice(answers, name), present, given)) for name in names]
    # Answers without a screen are of people whom nobody can tell apart later.
    if tx.box.papers is not None:
        tx.screens = replace(tx.screens, now=None)
    tx.screens = tx.screens.without({seat for seat in tx.screens.now or () if not tx.takes_part(seat)})
    record = session.record(step, tx.screens.moved)
    tx.screens = tx.screens.closed(step.counts_as, at.number)
    released, words = release(count, step.tier, size, step.activity.finds, before, parts, record=record)
    released = replace(released, on_paper=tx.box.papers is not None)
    tx.box = None
    return tx.become(changes.closed(session, released, words, crowded=crowded))


def _count(step: Step, box: Box, present: Present, given: Given) -> Count:
    """Count the answers to a step; none, as where everybody passed, if too few were unseen beside those by hand."""
    count = step.activity.count(box.counted(), present, given)
    fewest = min((tally.answered for tally in count.tallies), default=0) - box.by_hand
    is_told = not box.by_hand or fewest >= FLOOR
    return count if is_told else step.activity.count((), present, given)


def _close_if_open(tx: Transaction) -> None:
    # What was acknowledged is counted, even where the step is left in the middle.
    at = tx.session.round
    if at is not None and at.closed is None and tx.form.by is not By.NOBODY:
        _close(tx)
        _set_aside(tx)


def resumed(session: Session, box: Box | None, chance: random.Random) -> tuple[Session, Box | None]:
    """Take a stored session up again: a question whose answers were in memory only is there again, and empty."""
    session, at = replace(session, resumed=True, left_open=False), session.round
    if box is None and at is not None and at.closed is None and session.form(0).by is By.EVERYONE:
        box = Box(chance.randbytes(32).hex())
    return session, box
