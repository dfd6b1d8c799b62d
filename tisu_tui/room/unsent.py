"""What people had written or marked and not sent as their lines were cut: in memory only, and in no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tisu_tui.core.text import clean
from tisu_tui.session.commands import Command, Keep, Reply, Unsent, Withdraw
from tisu_tui.session.session import Session
from tisu_tui.view.view import View


class KeptUnsent:
    """Keeps it by return words, until its owner sends something or the session is over."""

    def __init__(self) -> None:
        self._kept: dict[str, Unsent] = {}

    def take_in(self, session: Session, done: Iterable[Command]) -> None:
        """Take in what was done."""
        for command in done:
            match command:
                case Keep(seat, unsent) if unsent is not None:
                    self._kept[seat] = replace(unsent, text=clean(unsent.text))
                case Keep(seat=seat) | Reply(seat=seat) | Withdraw(seat=seat):
                    self._kept.pop(seat, None)
        if session.is_ended:
            self._kept.clear()

    def put_into(self, seen: View, seat: str) -> View:
        """Put into a seat's own view what it had not sent."""
        unsent = self._kept.get(seat)
        # Words can be sent to a later question; marks belong to the one that they were made for.
        return replace(seen, unsent=unsent) if unsent and (unsent.text or unsent.at == seen.place) else seen
