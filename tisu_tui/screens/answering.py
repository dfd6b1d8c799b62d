"""One participant's answers to the open step: which question comes now, what keys do to it, and what became of it."""

from __future__ import annotations

from tisu_tui.core import typed
from tisu_tui.core.form import Field, Value, Write
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens.choosing import Asking, Choosing, asking
from tisu_tui.screens.palette import StyleName
from tisu_tui.screens.typed_text import LineBuffer, Scratchpad, Writing
from tisu_tui.session.commands import Command, Reply, Withdraw
from tisu_tui.session.outcomes import Done, Outcome, Refused, Stale
from tisu_tui.session.session import Unsent
from tisu_tui.view import phrases
from tisu_tui.view.view import View


class Answering:
    """A seat's answers, marked or typed but unsent; nothing is preselected.

    `muses` is false where what somebody writes for themselves would be left for the next person to read.
    """

    def __init__(self, seat: str, *, muses: bool = True) -> None:
        self.asking: Asking | None = None
        self.met: dict[str, Value | None] = {}
        """What was answered or passed, by field."""
        self.scratchpad: Scratchpad | None = None
        """What is written for oneself, in a step where nobody sends anything."""
        self.said: tuple[str, StyleName] = ("", "text")
        self._seat = seat
        self._muses = muses
        self._view: View | None = None
        self.kept = ""
        """What was typed and not sent when a question closed, to be put into a later one for words."""
        self._passed: dict[str, Writing] = {}
        """What was typed before a pass: passing keeps it on this screen."""
        self._given_back: Unsent | None = None

    def see(self, view: View) -> None:
        """Take in a view; words that were not sent when a question closes are kept, and it says so."""
        before = self._view
        if before is not None and before.place != view.place:
            self._moved_on()
        elif before is not None and before.asks_everyone and not view.asks_everyone:
            self._moved_on()
            self.say(f"{phrases.scribe_writes_again()} {_kept_here() if self.kept else ''}".strip())
        if before is None or before.place != view.place:
            self.scratchpad = Scratchpad.of(view) if self._muses else None
        self._view = view
        self.met = dict(view.answer)
        self._ask()
        if view.unsent is not None and view.unsent != self._given_back:
            self._given_back = view.unsent
            self._give_back(view, view.unsent)

    @property
    def unsent(self) -> Unsent | None:
        """What would be lost with this screen: what is written or marked, or else words that were kept."""
        asked = self.asking
        if self._view is None or not self._muses:
            return None
        if self.has_unsent and isinstance(asked, Writing):
            return Unsent(self._view.place, asked.question.id, text=asked.draft.sent)
        if self.has_unsent and isinstance(asked, Choosing) and asked.marked:
            return Unsent(self._view.place, asked.question.id, marked=tuple(asked.marked))
        return Unsent(self._view.place, "", text=self.kept) if self.kept else None

    def _give_back(self, view: View, unsent: Unsent) -> None:
        """Put what was not sent where it was, unless something else has been begun there since."""
        field = view.form.field(unsent.field) if view.form and view.asks_everyone and unsent.at == view.place else None
        is_busy = self.has_unsent
        if field is not None and field.id in self.met and not is_busy:
            self.change(field)
        asked = self.asking
        if field is None or asked is None or asked.question.id != field.id or is_busy:
            if unsent.text:
                self.kept = unsent.text
                self.say(_kept_here(), "result")
        elif isinstance(asked, Writing):
            asked.draft = LineBuffer.of(unsent.text)
            self.say(_("Here is what you were writing. Nothing of it was sent."), "result")
        elif isinstance(asked, Choosing) and not field.problem(unsent.marked):
            self.asking = asking(field, unsent.marked)
            self.asking.is_changing = asked.is_changing
            self.say(_("Here is what you had chosen. It was not sent: enter sends it."), "result")

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions that were answered or passed."""
        view = self._view
        if view is None or view.form is None or not view.asks_everyone:
            return ()
        return tuple(field for field in view.form.asked(self.met) if field.id in self.met)

    def say(self, text: str, style: StyleName = "warning") -> None:
        """Say something at the foot of the screen."""
        self.said = (text, style)

    def change(self, field: Field) -> None:
        """Ask a question again that has an answer."""
        self.say("")
        self._begin(field, is_changing=True)

    def take_back(self) -> Command | None:
        """Take back every answer to this step."""
        return Withdraw(self._view.place, self._seat) if self._view else None

    # What became of it

    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""
        match outcome:
            case Stale():
                self.say(_("This question has moved on. Nothing was sent."))
                self._put_back(command)
            case Refused(why):
                self.say(phrases.not_taken(why))
                self._put_back(command)
            case Done() if isinstance(command, Reply):
                self._recorded(command, outcome)
            case Done() if isinstance(command, Withdraw):
                self.met = {}
                self.say(outcome.said or _("Taken back. You can answer again, or pass."), "result")
                self._next()

    def _recorded(self, reply: Reply, done: Done) -> None:
        self.met[reply.field] = reply.value
        view = self._view
        field = view.form.field(reply.field) if view and view.form else None
        state = done.said or (typed.receipt({field: reply.value}, durable=view.is_saved) if view and field else "")
        self.say(state, "own")
        if isinstance(self.asking, Writing) and self.asking.goes_on:
            self.asking.sent = reply.value or ()
            self.say(_("{state} Write another line, or press enter to finish.").format(state=state), "own")
        else:
            self._next()

    def _put_back(self, command: Command) -> None:
        """Restore a rejected line for sending again."""
        if isinstance(command, Reply) and isinstance(self.asking, Writing) and self.asking.goes_on:
            text = self.asking.lines[-1]
            self.asking.lines = list(self.asking.sent)
            self.asking.draft = LineBuffer.of(text)

    @property
    def has_unsent(self) -> bool:
        """Whether something is written or marked that was not sent."""
        asked = self.asking
        return self.scratchpad is None and (
            (isinstance(asked, Writing) and not asked.draft.is_empty)
            or (isinstance(asked, Choosing) and asked.is_ready and not asked.is_changing)
        )

    @property
    def loses(self) -> bool:
        """Whether something goes where this person leaves by a key."""
        return self.has_unsent or bool(self.kept)

    def _moved_on(self) -> None:
        asked, self.said = self.asking, ("", "text")
        if self.has_unsent and isinstance(asked, Writing):
            self.kept = asked.draft.sent if self._muses else ""
            self.say(f"{_('This closed before you sent it.')} {_kept_here() if self.kept else ''}".strip())
        elif self.has_unsent:
            self.say(_("This closed before you pressed enter. What you had chosen was not sent."))
        self.asking = None
        self._passed.clear()

    # Which question

    @property
    def is_changing(self) -> bool:
        """Whether an answer that was given is being changed."""
        return self.asking is not None and self.asking.is_changing

    def _next(self) -> None:
        self.asking = None
        self._ask()

    def _ask(self) -> None:
        """Find the question to ask now, and keep what was marked or typed if it is the one already asked."""
        view, asked = self._view, self.asking
        if view is None or not view.asks_everyone or view.form is None:
            self.asking = self.scratchpad.writing if self.scratchpad else None
            return
        if asked is not None and (asked.is_changing or (isinstance(asked, Writing) and asked.goes_on)):
            field = view.form.field(asked.question.id)
        else:
            field = view.form.pending(self.met)
        if field is None:
            self.asking = None
        elif asked is not None and _in_other_words(asked.question, field):
            asked.question = field
        elif asked is None or asked.question != field:
            self._begin(field, is_changing=self.is_changing)

    def _begin(self, field: Field, *, is_changing: bool) -> None:
        met = field.id in self.met
        self.asking = self._passed.pop(field.id, None) or asking(field, self.met.get(field.id), met=met)
        self.asking.is_changing = is_changing

    # Keys

    def spell_on(self, letters: str) -> None:
        """Take letters for the beginning of a choice's label: the first of them was no key after all."""
        asked = self.asking
        if isinstance(asked, Choosing) and typed.goes_on(asked.options, letters):
            asked.text = ""
            for letter in letters:
                self.press(letter, letter)

    def press(self, key: str, character: str) -> Command | None:
        """Do what a key means to the question."""
        self.say("")
        if self.scratchpad is not None:
            self.say(self.scratchpad.press(key, character))
            self.asking = self.scratchpad.writing
        elif key == "escape" and self.is_changing:
            self._next()
        elif isinstance(self.asking, Choosing):
            return self._choose(self.asking, key, character)
        elif isinstance(self.asking, Writing):
            return self._write(self.asking, key, character)
        return None

    def _reply(self, field: Field, value: Value | None) -> Command | None:
        return Reply(self._view.place, self._seat, field.id, value) if self._view else None

    def _choose(self, asked: Choosing, key: str, character: str) -> Command | None:
        if key == "enter":
            if not (problem := asked.enter()):
                return self._reply(asked.question, asked.value)
            self.say(problem)
        else:
            self.say(asked.press(key, character))
        return None

    def _write(self, asked: Writing, key: str, character: str) -> Command | None:
        if key == "enter" and (problem := asked.draft.problem):
            # What is left can be looked at, and goes with the next Enter.
            self.say(phrases.not_taken(problem))
            asked.draft = asked.draft.without_unread()
            return None
        if key == "ctrl+k":
            self._passed[asked.question.id] = Writing(asked.question, asked.draft, asked.lines)
            asked.goes_on = False
            return self._reply(asked.question, None)
        if key == "enter" and asked.draft.sent == "p" and not asked.lines:
            # On every other question this key passes, and in plain lines on this one too.
            return self._reply(asked.question, None)
        if key == "enter":
            return self._enter(asked)
        if key == "ctrl+y" and self.kept and asked.draft.is_empty:
            asked.draft, self.kept = LineBuffer.of(self.kept), ""
        else:
            asked.edit(key, character)
        return None

    def _enter(self, asked: Writing) -> Command | None:
        text, many = asked.draft.sent, asked.question.many
        if text and many == 1:
            return self._reply(asked.question, (text,))
        if text and asked.is_full:
            self.say(_("That is as many lines as there can be. Press enter on an empty line."))
        elif text:
            asked.lines.append(text)
            asked.draft = LineBuffer()
            asked.goes_on = True
            return self._reply(asked.question, tuple(asked.lines))
        elif not asked.lines:
            self.say(_("Write a few words first, or press ctrl+k to pass."))
        else:
            asked.goes_on = False
            if tuple(asked.lines) != asked.sent:
                return self._reply(asked.question, tuple(asked.lines))
            self._next()
        return None


def _kept_here() -> str:
    return _("Your words are kept here, for the next question that asks for words.")


def _in_other_words(asked: Field, field: Field) -> bool:
    """Tell whether a field is the one that is asked, told in another language."""
    if asked == field or type(asked) is not type(field) or asked.id != field.id:
        return False
    ids = (
        [] if isinstance(question, Write) else [option.id for option in question.options] for question in (asked, field)
    )
    return next(ids) == next(ids)
