"""The scribe's part of a plain session: a step that is talked through, filled in one heading at a time."""

from __future__ import annotations

from tisu_tui.core.form import Write
from tisu_tui.core.records import RecordKind
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import PASSES, NotTaken
from tisu_tui.plain.answering import Answering, Given
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.view.view import View


class Scribe:
    """Where the scribe is in an open step."""

    def __init__(self, view: View) -> None:
        assert view.form is not None
        typed = dict(view.entries)
        entered = {question.id: typed[question.title] for question in view.form.fields if typed.get(question.title)}
        self._answering = Answering(view.form, entered)
        self._place = view.place

    @property
    def takes_words(self) -> bool:
        """Whether the present heading is filled in with words."""
        return isinstance(self._answering.current, Write)

    @property
    def hint(self) -> str:
        """What to say after a line was taken and the same heading can take more."""
        return _("Another line, or Enter for the next heading.") if self._answering.is_first_line else ""

    def lines(self, view: View) -> list[str]:
        """Give what is asked now; nothing while the same heading goes on."""
        if self._answering.has_more:
            return [self.hint] if self.hint else []
        if self._answering.current is None:
            return [_("That was the last one. Type change to go through them again.")]
        return self._answering.lines(view)

    def move(self, line: str) -> bool:
        """Go on, or back to the first heading; tells whether the line asked for that."""
        word = line.casefold()
        field = self._answering.current
        if word == "change":
            self._answering.restart()
        elif field is not None and (not line or word == "done" or word in PASSES):
            if not self._answering.keep():
                self._answering.settle({field.id: None})
        else:
            return False
        return True

    def labels(self) -> list[str]:
        """Read the choices again; raises NotTaken."""
        return self._answering.labels("")

    def read(self, line: str) -> tuple[Given, list[Command]]:
        """Parse a line into its value and the commands to store it; raises NotTaken."""
        given = self._answering.read(line)
        return given, [each for name, value in given.items() for each in self._stored(name, line, value)]

    def erase(self) -> tuple[Given, list[Command]]:
        """Empty the present heading; raises NotTaken where nothing stands under it that can be emptied here."""
        field = self._answering.current
        if field is None or not self._answering.answer.get(field.id) or (isinstance(field, Write) and field.record):
            raise NotTaken(_("there is nothing to take back here"))
        return {}, [commands.Enter(self._place, field.id, ())]

    def settle(self, given: Given) -> None:
        """Note what was stored; nothing means that the present heading was emptied."""
        if given:
            self._answering.settle(given)
        elif (field := self._answering.current) is not None:
            self._answering.forget(field.id)

    def _stored(self, name: str, line: str, value: tuple[str, ...] | None) -> list[Command]:
        field = self._answering.form.field(name)
        if value is None:
            return []
        if isinstance(field, Write) and field.record:
            return [commands.WriteRecord(RecordKind(field.record), line)]
        if isinstance(field, Write) and field.many > 1:
            # What was taken back, or written by a guest, since it was read out is not known here.
            return [commands.Enter(self._place, name, value[-1:], adds=True)]
        return [commands.Enter(self._place, name, value)]
