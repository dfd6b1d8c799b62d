"""How people come in and leave: to a seat or for a turn on a shared laptop; afresh, by words or by slip."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import later, ngettext
from tisu_tui.room.laptops import refusal
from tisu_tui.room.return_words import hashed, new_words, normal_words
from tisu_tui.room.transaction import Transaction
from tisu_tui.room.writing import lend_with_pen
from tisu_tui.session.commands import Join, Lend
from tisu_tui.session.outcomes import Done, Outcome, Refused, Unsure
from tisu_tui.session.session import Session

MOST_SLIPS = 500
MOST_SEATS = 4000
"""Seats that a session gives out, those of people who have left among them: each is a line in its file."""


def join(tx: Transaction, asked: Join) -> Outcome:
    """Take a new seat, or the one that the words belong to."""
    session = tx.session
    if session.is_ended:
        return Refused(_("This session has ended."))
    if asked.words:
        known = _known(tx, asked.words)
        if isinstance(known, Refused):
            return known
        return _seated(tx, known)
    if session.slips_given:
        return _by_slip()
    if session.locked:
        return _locked()
    if session.register and session.place.step >= 0 and not asked.is_new:
        # Whose line was cut may still seem to be connected, so it can't be told from who is missing.
        return Unsure()
    if len(session.register) >= MOST_SEATS:
        return Refused(_("This session has given out all its seats. Whoever has been here can come back."))
    words = _fresh(tx)
    tx.become(replace(session, register=session.register | {hashed(words)}))
    return _seated(tx, words)


def leave(tx: Transaction, seat: str) -> Outcome:
    """Take one screen from a seat, and with the last one the seat; or end a turn, or take a laptop away."""
    if tx.laptops.leave(seat):
        tx.pen = None if tx.pen and tx.pen.is_lent and not tx.laptops.is_turn(tx.pen.seat) else tx.pen
    elif tx.seats.get(seat, 0) > 1:
        tx.seats[seat] -= 1
    else:
        tx.seats.pop(seat, None)
    return Done()


def lend(tx: Transaction, asked: Lend) -> Outcome:
    """Begin somebody's turn on a shared laptop."""
    session, box = tx.session, tx.box
    if not tx.laptops.has(asked.laptop):
        return Refused(_("This laptop is not in the room any more."))
    if tx.pen is not None:
        return lend_with_pen(tx, asked)
    if box is None:
        return Refused(_("Nothing is asked just now."))
    if session.paused:
        return Refused(_("We pause. Take your turn when we go on."))
    if session.slips_given and not asked.words:
        return _by_slip()
    words = ""
    if asked.words:
        known = _known(tx, asked.words)
        if isinstance(known, Refused):
            return known
        words = known
    elif refused := refusal(box, session.hands):
        return refused
    # From here on it can be said that people were asked so, whether anybody answers or not.
    tx.box = replace(box, papers=box.papers or 0)
    return Done(tx.laptops.lend(asked.laptop, words))


def give_slips(tx: Transaction, number: int) -> Outcome:
    """Make slips, or call in those that nobody has used."""
    if tx.session.is_ended:
        return Refused(_("This session has ended."))
    if number == 0:
        if not tx.session.slips_given:
            return Refused(_("No slips are given out."))
        used = tx.session.register - tx.session.slips
        tx.become(replace(tx.session, register=used, slips=frozenset(), slips_given=0))
        return Done(said=_("Unused slips are worth nothing now, and people come in without one."))
    if not 1 <= number <= MOST_SLIPS - tx.session.slips_given:
        return Refused(_("{n} slips at most").format(n=MOST_SLIPS))
    words: list[str] = []
    while len(words) < number:
        words.append(_fresh(tx))
        session, made = tx.session, {hashed(words[-1])}
        given = session.slips_given + 1
        tx.become(replace(session, register=session.register | made, slips=session.slips | made, slips_given=given))
    said = ngettext("{n} slip was made.", "{n} slips were made.", number).format(n=number)
    return Done(said=said, slips=tuple(words))


def slips_used(session: Session) -> str:
    """Say in a few words how far slips are used."""
    if not session.slips_given:
        return ""
    share = 1 - len(session.slips) / session.slips_given
    if not share:
        return later("None is used yet.")
    if share < 0.5:
        return later("Some are used.")
    return later("Most are used.") if share < 0.8 else later("Nearly all are used.")


def _seated(tx: Transaction, words: str) -> Done:
    tx.seats[words] = tx.seats.get(words, 0) + 1
    tx.screens = tx.screens.with_seat(words)
    tx.laptops.end_turn_by(words)
    return Done(words)


def _known(tx: Transaction, words: str) -> str | Refused:
    """Find out whose words these are; a slip is used from here on."""
    words = normal_words(words)
    name = hashed(words)
    if name not in tx.session.register:
        unknown = _("We don't know these three words. Check them, or join afresh.")
        return Refused(_("We don't know these three words. Check them.") if tx.session.slips_given else unknown)
    if name in tx.session.slips:
        if tx.session.locked:
            return _locked()
        tx.become(replace(tx.session, slips=tx.session.slips - {name}))
    return words


def _fresh(tx: Transaction) -> str:
    words = new_words(tx.chance)
    while hashed(words) in tx.session.register:
        words = new_words(tx.chance)
    return words


def _by_slip() -> Refused:
    return Refused(_("This session is by slip: come in with the three words of yours."))


def _locked() -> Refused:
    return Refused(_("The room is closed to newcomers. Ask the facilitator to let you in."))
