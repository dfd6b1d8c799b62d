"""Quiet signals between being sent and being told: in memory only, and no seat beside them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace

from tisu_tui.core.signals import Signal, asked, received
from tisu_tui.core.text import clean
from tisu_tui.core.translation import Sentence
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.commands import Command, PutToRoom, Quietly, Sent
from tisu_tui.session.outcomes import Done, Outcome, Refused
from tisu_tui.view.live import Live

LEAST = 5
"""The fewest seats among which somebody is hidden."""
QUIET = 300.0
"""Seconds in which the same signal is told once."""
MOST_QUESTIONS = 20
"""Questions that wait to be told, or to be taken up: one person could fill the facilitator's screen with them."""


class Signals:
    """Holds signals until enough seats have pressed keys that any of them could have sent one.

    Time is cut into spans that end on the tick, once `LEAST` seats have pressed a key in them. Where a span ends hangs
    on who pressed keys and never on whether something was sent, and what was sent in a span is told at its end. So
    whoever sees every key learns that it came from one of those seats, and not from which.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pressed: set[str] = set()
        self._waiting: set[Signal] = set()
        self._told: dict[Signal, float] = {}
        self._asked: set[str] = set()
        self._questions: set[str] = set()

    def pressed(self, seat: str) -> None:
        """Hear that a seat pressed a key, whichever."""
        self._pressed.add(seat)

    def take(self, sent: Quietly, seats: Collection[str], told: Collection[str] = ()) -> Outcome:
        """Take a signal in from one of the seats that are here; `told` are questions that nobody has taken up yet."""
        if sent.seat not in seats:
            return Refused(_("This is not your seat. Please join again."))
        if len(seats) < LEAST:
            return Refused(_("We are too few to send this unseen. Please say it aloud, or wave."))
        words = clean(sent.words) if sent.signal is Signal.QUESTION else ""
        if words and len({*told, *self._asked, *self._questions, words}) > MOST_QUESTIONS:
            return Refused(_("Many questions wait already. Please ask yours aloud, or later."))
        self.pressed(sent.seat)
        self.send(sent.signal, words)
        return Done(said=received())

    def send(self, signal: Signal, words: str = "") -> None:
        """Hold a signal and its words; it comes with a key that `pressed` has heard of."""
        self._waiting.add(signal)
        self._asked |= {words} if words else set()

    def tick(self) -> frozenset[Signal]:
        """Give what is told now."""
        if len(self._pressed) < LEAST:
            return frozenset()
        self._pressed.clear()
        now = self._clock()
        told = frozenset(signal for signal in self._waiting if now - self._told.get(signal, -QUIET) >= QUIET)
        self._waiting.clear()
        self._questions |= self._asked
        self._asked.clear()
        self._told |= dict.fromkeys(told, now)
        return told

    def questions(self, *, is_open: bool) -> tuple[str, ...]:
        """Give the words of questions that were told, once; while people answer they wait, as all words do.

        They are sorted, since the order in which they came would say something of who wrote them.
        """
        if is_open:
            return ()
        found = tuple(sorted(self._questions))
        self._questions.clear()
        return found


def taken_up(live: Live, command: Command) -> Live:
    """Ask the room about a quiet signal, or let it go; nothing else changes."""
    inner = command.command if isinstance(command, Sent) else command
    if not isinstance(inner, PutToRoom):
        return live
    questions = () if inner.signal is Signal.QUESTION else live.questions
    asks = Sentence(lambda: asked(inner.signal)) if inner.asks else ""
    return replace(live, signals=live.signals - {inner.signal}, questions=questions, asks=asks)
