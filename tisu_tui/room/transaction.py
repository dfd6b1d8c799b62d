"""The room's state while commands change it: all of it is stored and published, or none."""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from tisu_tui.core.activity import Tier
from tisu_tui.core.box import Box
from tisu_tui.core.form import Form
from tisu_tui.core.translation import language
from tisu_tui.room.laptops import Laptops
from tisu_tui.room.undoing import Change, still_there
from tisu_tui.session.outcomes import Done
from tisu_tui.session.pen import Pen, PenState
from tisu_tui.session.readback import noted
from tisu_tui.session.session import Moved, Session, Unsent
from tisu_tui.view.live import Live


@dataclass(frozen=True, slots=True)
class Screens:
    """The seats that took part in each open question, in memory only and unknown after a restart.

    `now` are those who came since the present one opened, `then` those of rounds that are closed, by step and round.
    """

    now: frozenset[str] | None = None
    then: Mapping[tuple[str, int], frozenset[str]] = field(default_factory=dict)

    def with_seat(self, seat: str) -> Screens:
        """Take in who comes."""
        return replace(self, now=self.now | {seat}) if self.now is not None else self

    def without(self, seats: Collection[str]) -> Screens:
        """Leave out who took no part."""
        return replace(self, now=self.now.difference(seats)) if self.now is not None else self

    def closed(self, step: str, number: int) -> Screens:
        """Remember who was here for a round; nothing where others answered without a screen of their own."""
        if self.now is None:
            return self
        return Screens(None, {**self.then, (step, number): self.now})

    @property
    def moved(self) -> Moved:
        """How many left and how many came since each round."""
        now = self.now
        if now is None:
            return {}
        return {name: (len(then - now), len(now - then)) for name, then in self.then.items()}


@dataclass(slots=True)
class Transaction:
    """A copy of the room's state that handlers change; dropping it undoes everything they did.

    `seats` has by return words how many screens each seat is on. Laptops are the exception: what ends a turn shows at
    once on its screen, so they are shared by all transactions.
    """

    session: Session
    box: Box | None
    laptops: Laptops
    chance: random.Random
    seats: dict[str, int] = field(default_factory=dict)
    screens: Screens = Screens()
    changes: tuple[Change, ...] = ()
    """What the facilitators changed that can still be taken back, the latest last."""
    unsent: dict[str, Unsent] = field(default_factory=dict)
    """What people had written or marked and not sent as their lines were cut, by return words; in memory only."""
    pen: Pen | None = None
    """Who writes the answers of this step beside the scribe."""
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    """What marks the answers counted on paper as such, in memory only."""
    _forms: dict[tuple[int, str], Form] = field(default_factory=dict)
    _forms_of: Session | None = None

    def copy(self) -> Self:
        """Begin anew from here."""
        return replace(self, seats=dict(self.seats), unsent=dict(self.unsent))

    def without_who_left(self, dropped: Self) -> Self:
        """Begin anew from here without the screens that left in a transaction that is dropped."""
        seats = {words: min(n, self.seats[words]) for words, n in dropped.seats.items() if words in self.seats}
        return replace(self, seats=seats)

    @property
    def people(self) -> int:
        """How many seats are connected."""
        return len(self.seats)

    def takes_part(self, seat: str) -> bool:
        """Tell whether somebody is here or has answered: everybody sees who goes, and a phone drops out on its own."""
        return seat in self.seats or bool(self.box and self.box.answer(seat))

    @property
    def form(self) -> Form:
        """The form of the present step in the language of this context, made once for all who answer it."""
        if self._forms_of is not self.session:
            self._forms_of, self._forms = self.session, {}
        known = self.people, language()
        if known not in self._forms:
            self._forms[known] = self.session.form(self.people)
        return self._forms[known]

    @property
    def is_private(self) -> bool:
        """Whether answers to the present step stay in memory."""
        return self.session.step is not None and self.session.step.tier is Tier.ROOM

    def become(self, session: Session) -> Done:
        """Go on with a changed session; what was asked about a line is gone with the line."""
        if session.asked:
            session = replace(session, asked=session.asked & {line.key for line in noted(session)})
        self.session = session
        return Done()

    def let_go(self, before: Self) -> None:
        """Let go of what ends as the session moves on: turns on laptops, the pen, changes that others stand on."""
        session = self.session
        if session.place != before.session.place:
            self.laptops.end_turns()
        if self.pen and self.pen.at != session.place:
            self.pen = None
        if session.is_ended:
            self.unsent.clear()
        if session is not before.session:
            self.changes = still_there(self.changes, session)

    def told_in(self, live: Live) -> Live:
        """Put into what is said of the room what stands here; what participants ask for waits for its tick."""
        return replace(
            live,
            seats=self.people,
            laptops=len(self.laptops),
            # What was answered and is asked again is news, and waits like all news of that sort.
            asked=live.asked & self.session.asked,
            doubted=live.doubted and self.session.doubted,
            pen=self.pen.state(self.seats) if self.pen else PenState.WITH_SCRIBE,
            pen_word=self.pen.word if self.pen else "",
            undo=self.changes[-1].what if self.changes else "",
        )

    def differs_on_disk(self, other: Self) -> bool:
        """Whether its file would not be that of another."""
        return self.session != other.session or (self.box is not other.box and not self.is_private)
