"""How people come in: to a seat of their own, or for a turn on a shared laptop; afresh, by return words or by slip."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext

from tisu_tui.core.box import Box
from tisu_tui.room.laptops import Laptops, refusal
from tisu_tui.room.return_words import hashed, new_words, normal_words
from tisu_tui.session.apply import apply
from tisu_tui.session.commands import Done, Lend, Outcome, Refused, Unsure
from tisu_tui.session.events import Joined, SlipsCalledIn, SlipsGiven, SlipUsed
from tisu_tui.session.session import Session

MOST_SLIPS = 500
MOST_SEATS = 4000
"""Seats that a session gives out, those of people who have left among them: each is a line in its file."""


@dataclass(slots=True)
class Seating:
    """A candidate for a session, and the seats taken: by return words, how many screens each has."""

    session: Session
    seats: dict[str, int]
    chance: random.Random

    def join(self, words: str, *, is_new: bool = False) -> Outcome:
        """Take a seat, or the one that the words belong to."""
        if self.session.is_ended:
            return Refused(_("This session has ended."))
        if words:
            known = self._known(words)
            if isinstance(known, Refused):
                return known
            self.seats[known] = self.seats.get(known, 0) + 1
            return Done(known)
        if self.session.slips_given:
            return _by_slip()
        if self.session.locked:
            return _locked()
        if self.session.register and self.session.place.step >= 0 and not is_new:
            # Whose line was cut may still seem to be connected, so it can't be told from who is missing.
            return Unsure()
        if len(self.session.register) >= MOST_SEATS:
            return Refused(_("This session has given out all its seats. Whoever has been here can come back."))
        words = self._fresh()
        self.seats[words] = 1
        self.session = apply(self.session, Joined(hashed(words)))
        return Done(words)

    def lend(self, box: Box | None, laptops: Laptops, asked: Lend) -> tuple[Box | None, Outcome]:
        """Begin somebody's turn on a shared laptop."""
        if not laptops.has(asked.laptop):
            return box, Refused(_("This laptop is not in the room any more."))
        if box is None:
            return box, Refused(_("Nothing is asked just now."))
        if self.session.paused:
            return box, Refused(_("We pause. Take your turn when we go on."))
        if self.session.slips_given and not asked.words:
            return box, _by_slip()
        words = ""
        if asked.words:
            known = self._known(asked.words)
            if isinstance(known, Refused):
                return box, known
            words = known
        elif refused := refusal(box, self.session.hands):
            return box, refused
        # From here on it can be said that people were asked so, whether anybody answers or not.
        return replace(box, papers=box.papers or 0), Done(laptops.lend(asked.laptop, words))

    def give_slips(self, number: int) -> Outcome:
        """Make slips, or call in those that nobody has used."""
        if self.session.is_ended:
            return Refused(_("This session has ended."))
        if number == 0:
            if not self.session.slips_given:
                return Refused(_("No slips are given out."))
            self.session = apply(self.session, SlipsCalledIn())
            return Done(said=_("Unused slips are worth nothing now, and people come in without one."))
        if not 1 <= number <= MOST_SLIPS - self.session.slips_given:
            return Refused(_("{n} slips at most").format(n=MOST_SLIPS))
        words: list[str] = []
        while len(words) < number:
            fresh = self._fresh()
            self.session = apply(self.session, SlipsGiven(frozenset({hashed(fresh)})))
            words.append(fresh)
        said = ngettext("{n} slip was made.", "{n} slips were made.", number).format(n=number)
        return Done(said=said, slips=tuple(words))

    def _known(self, words: str) -> str | Refused:
        """Find out whose words these are; a slip is used from here on."""
        words = normal_words(words)
        name = hashed(words)
        if name not in self.session.register:
            unknown = _("We don't know these three words. Check them, or join afresh.")
            return Refused(_("We don't know these three words. Check them.") if self.session.slips_given else unknown)
        if name in self.session.slips:
            if self.session.locked:
                return _locked()
            self.session = apply(self.session, SlipUsed(name))
        return words

    def _fresh(self) -> str:
        words = new_words(self.chance)
        while hashed(words) in self.session.register:
            words = new_words(self.chance)
        return words


def _by_slip() -> Refused:
    return Refused(_("This session is by slip: come in with the three words of yours."))


def _locked() -> Refused:
    return Refused(_("The room is closed to newcomers. Ask the facilitator to let you in."))


def slips_used(session: Session) -> str:
    """Say in a few words how far slips are used."""
    if not session.slips_given:
        return ""
    share = 1 - len(session.slips) / session.slips_given
    if not share:
        return _("None is used yet.")
    if share < 0.5:
        return _("Some are used.")
    return _("Most are used.") if share < 0.8 else _("Nearly all are used.")
