"""What somebody had not sent as its question closed, or as their line was cut, and can still send by `kept`."""

from __future__ import annotations

import asyncio
import contextlib

from tisu_tui.core.form import Write
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import answer_words
from tisu_tui.plain.answering import Answering, Given
from tisu_tui.room.protocol import Room
from tisu_tui.session.commands import Keep, Leave
from tisu_tui.session.session import Unsent
from tisu_tui.view.view import View

_LONGEST_GOODBYE = 2.0


class Unsents:
    """Words for this or a later question, or choices for the present one."""

    def __init__(self) -> None:
        self.words = ""
        self._marked: Unsent | None = None
        self._given_back: Unsent | None = None

    def move_on(self) -> None:
        """Forget choices, which belonged to a question that is not asked any more."""
        self._marked = None

    def take_back(self, view: View, answering: Answering | None) -> bool:
        """Take in what the room kept, and ask its question again; tells whether that is new."""
        unsent = view.unsent
        if unsent is None or unsent == self._given_back:
            return False
        is_known = bool(unsent.text) and unsent.text == self.words
        self._given_back, self.words = unsent, unsent.text
        if is_known:  # another window of this seat has closed, and gave back what was said here already
            return False
        if answering is not None and unsent.at == view.place and (field := answering.form.field(unsent.field)):
            answering.go_back_to(field)
            self._marked = None if isinstance(field, Write) else unsent
        return True

    def rest(self, view: View | None, answering: Answering | None, typed: str) -> Unsent | None:
        """Give what would be lost with this window: words half typed, or else what is kept."""
        current = answering.current if answering else None
        if view is None:
            return None
        if isinstance(current, Write) and typed:
            return Unsent(view.place, current.id, text=typed)
        return Unsent(view.place, "", text=self.words) if self.words else self._marked

    def lost(self, answering: Answering | None) -> str:
        """Say what goes where this person leaves; empty where nothing does."""
        return self.words or self._marked_words(answering)

    def lines(self, answering: Answering | None) -> list[str]:
        """Say what can be sent to the present question."""
        current = answering.current if answering else None
        is_for_it = self._marked is not None and current is not None and current.id == self._marked.field
        said = self._marked_words(answering) if is_for_it else self.words if isinstance(current, Write) else ""
        return [_("You had not sent: “{words}” Type kept to send it here.").format(words=said)] if said else []

    def take(self, answering: Answering) -> Given:
        """Take it out to be sent, as an answer to the present question."""
        if self._marked is not None:
            marked, self._marked = self._marked, None
            return {marked.field: marked.marked}
        words, self.words = self.words, ""
        return answering.read(words)

    def _marked_words(self, answering: Answering | None) -> str:
        field = answering.form.field(self._marked.field) if answering and self._marked else None
        return "; ".join(answer_words(field, self._marked.marked)) if field and self._marked else ""


async def give_up(room: Room, seat: str, unsent: Unsent | None) -> None:
    """Leave a seat, and keep there what was not sent."""
    # A room that has stopped answers no more.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LONGEST_GOODBYE):
            await room.submit(Keep(seat, unsent))
            await room.submit(Leave(seat))
