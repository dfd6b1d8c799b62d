"""What one participant's keys mean: pure of terminals, so that every habit can be tested as plain calls."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core import typed
from tisu_tui.core.form import Field, Form, is_beside
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.signals import Signal
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import question_pages, seat_keys
from tisu_tui.screens import seat_pages as pages
from tisu_tui.screens.answering import Answering
from tisu_tui.screens.choosing import Choosing, Highlight, Writing
from tisu_tui.screens.grounding import Grounding
from tisu_tui.screens.layout import Key, Lines, Page, flow, keys_line, paragraph, rows_for, spaced
from tisu_tui.screens.line_buffer import LineBuffer, edited
from tisu_tui.screens.seat_keys import Over
from tisu_tui.session.commands import Ask, Command, Doubt, Join, Quietly, TakePen, Unsent
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import Place
from tisu_tui.view import phrases
from tisu_tui.view.leaving import return_lines
from tisu_tui.view.view import View

_BOTH_WAYS_OUT = 58
"""Cells from which the keys that are always there name both ways of leaving on one row."""


class Seat:
    """One participant's screen: the latest view, their answers, and what lies over them.

    `is_lent` is a turn on a shared laptop, to which nobody can come back.
    """

    def __init__(self, words: str, invitation: Invitation, *, is_lent: bool = False) -> None:
        self.words = words
        self.invitation = invitation
        self.is_lent = is_lent
        self.view: View | None = None
        self.is_over = False
        """Whether the room says nothing more to this seat."""
        self.is_leaving = False
        """Whether the person leaves, and wants to read how to come back."""
        self._answering = Answering(words, muses=not is_lent)
        self._over = Over.NOTHING
        self._arrived: Place | None = None
        """Where somebody who came late came in, as long as that step lasts."""
        self._listed = Highlight()
        self._grounding = Grounding()
        self._back = LineBuffer()
        self._question = LineBuffer()

    # What the room says

    def see(self, view: View) -> None:
        """Take in a view; a pause or the help stays open whatever happens in the room."""
        before, self.view = self.view, view
        if before is None:
            self._arrived = None if view.is_lobby or self.is_lent else view.place
        elif before.place.step != view.place.step:
            self._arrived = None
        is_elsewhere = before is not None and before.place != view.place
        if (view.paused or is_elsewhere) and self._over in {Over.ANSWERS, Over.TAKE_BACK, Over.SOFTEN}:
            self._over = Over.NOTHING
        self._answering.see(view)

    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""
        if isinstance(command, Ask | Doubt | Quietly | TakePen) and isinstance(outcome, Done):
            self._over = Over.NOTHING if isinstance(command, TakePen) else self._over
            self._answering.say(outcome.said, "result")
        else:
            self._over = Over.NOTHING if self._over is Over.TAKE_BACK else self._over
            self._answering.told(command, outcome)

    def hush(self) -> None:
        """Take away what was said of the last key."""
        self._answering.say("")

    def came_back(self, words: str) -> None:
        """Begin again in the seat that these words belong to."""
        self.words = words
        self.view = None
        self._answering = Answering(words)
        self._answering.say(_("Welcome back."), "result")
        self._back = LineBuffer()
        self._over = Over.NOTHING

    # What the person does

    @property
    def is_typing(self) -> bool:
        """Whether letters are text now."""
        if self._over in {Over.RETURN, Over.QUESTION}:
            return True
        return self._over is Over.NOTHING and not self._rests and isinstance(self._answering.asking, Writing)

    @property
    def _rests(self) -> bool:
        """Whether everybody pauses, so that keys answer nothing."""
        return self.view is not None and self.view.paused

    def _is_spelling(self, character: str) -> bool:
        """Whether a letter goes on with the label of a choice, rather than being a key of its own."""
        asked = self._answering.asking
        if not character or not isinstance(asked, Choosing) or self._over is not Over.NOTHING:
            return False
        if not asked.goes_on(character):
            return False
        # A first letter is a key wherever that key can do something, and so is a mark that no label needs.
        return asked.is_word or (character.isalnum() and (bool(asked.text) or not self._answering.fields))

    @property
    def unsent(self) -> Unsent | None:
        """What is written or marked here and was not sent."""
        return self._answering.unsent

    @property
    def is_underway(self) -> bool:
        """Whether an answer is marked or written, which stays in sight when what lay over the page is gone."""
        asked = self._answering.asking
        begun = asked.at >= 0 if isinstance(asked, Choosing) else asked is not None and not asked.draft.is_empty
        return self._over is Over.NOTHING and begun

    @property
    def is_softening(self) -> bool:
        """Whether a line of the notes is being chosen, to ask about in private."""
        return self._over is Over.SOFTEN

    @property
    def is_finished(self) -> bool:
        """Whether every question has an answer or a pass, and nothing lies over the page."""
        if self.view is None or not self.view.asks_everyone or self._over is not Over.NOTHING or self._rests:
            return False
        return self._answering.asking is None

    @property
    def has_arrows(self) -> bool:
        """Whether the arrows choose something now."""
        if self._over is Over.NOTHING:
            return not self._rests and isinstance(self._answering.asking, Choosing)
        return self._over in {Over.ANSWERS, Over.PAUSE, Over.SOFTEN, Over.SIGNAL}

    def is_at_end(self, key: str) -> bool:
        """Whether an arrow has no further option to go to, so that it shows what stands beyond."""
        asked = self._answering.asking
        if self._over is not Over.NOTHING or not isinstance(asked, Choosing):
            return False
        return asked.at == (asked.rows - 1 if key == "down" else 0)

    @property
    def marks(self) -> object:
        """What the page is about: when it changes, reading begins at its top."""
        asked = self._answering.asking
        return self._over, asked.question.id if asked else "", self._grounding.at

    def press(self, key: str, character: str) -> Command | None:
        """Do what a key means; a command is what it asks of the room."""
        if key == "ctrl+g":
            self._grounding = Grounding()
            self._toggle(Over.PAUSE)
        elif key == "ctrl+t" and not self.is_lent:
            self._listed = Highlight()
            self._toggle(Over.SIGNAL)
        elif key == "f1" or (character == "?" and not self.is_typing and not self._is_spelling(character)):
            self._toggle(Over.HELP)
        elif key == "f2" and not self.is_lent:
            self._answering.say("")
            self._toggle(Over.RETURN)
        elif key in {"ctrl+c", "ctrl+q"} and not self.is_lent:
            self._leave(asks=key == "ctrl+c" or self._answering.loses)
        elif key == "ctrl+c":
            self._answering.say(_("To leave, press ctrl+x."))
        else:
            return self._press_in(key, character)
        return None

    def paste(self, text: str) -> None:
        """Insert pasted text into the open text field."""
        asked = self._answering.asking
        if self._over is Over.RETURN:
            self._back = self._back.typed(text)
        elif self._over is Over.QUESTION:
            self._question = self._question.typed(text)
        elif self.is_typing and isinstance(asked, Writing):
            asked.draft = asked.draft.typed(text)

    def _leave(self, *, asks: bool) -> None:
        """Leave, or ask once whether that is meant."""
        if self._over is Over.LEAVE or not asks:
            self.is_leaving = True
        else:
            self._answering.say("")
            self._over = Over.LEAVE

    def _toggle(self, over: Over) -> None:
        self._over = Over.NOTHING if self._over is over else over

    def _press_in(self, key: str, character: str) -> Command | None:
        match self._over:
            case Over.HELP:
                self._over = Over.NOTHING
                return Doubt(self.words) if character == "m" else None
            case Over.LEAVE:
                self._over = Over.NOTHING
                self.is_leaving = key == "enter"
            case Over.PAUSE:
                if not self._grounding.press(key, character):
                    self._over = Over.NOTHING
            case Over.RETURN:
                return self._press_words(key, character)
            case Over.ANSWERS:
                self._press_answers(key, character)
            case Over.TAKE_BACK if key == "enter":
                # It closes with the answer: one more screen would tell a listener what was sent.
                return self._answering.take_back()
            case Over.TAKE_BACK:
                self._over = Over.NOTHING
                self._spell_on("w", character)
            case Over.SOFTEN:
                return self._press_line(key, character)
            case Over.SIGNAL if self._picks(key, character, len(Signal)):
                signal = tuple(Signal)[self._listed.at]
                self._over = Over.QUESTION if signal is Signal.QUESTION else Over.NOTHING
                return None if signal is Signal.QUESTION else Quietly(self.words, signal)
            case Over.QUESTION:
                return self._press_question(key, character)
            case Over.NOTHING if not self._rests:
                return self._press_page(key, character)
        return None

    def _press_words(self, key: str, character: str) -> Command | None:
        if key == "escape":
            self._over, self._back = Over.NOTHING, LineBuffer()
        elif key != "enter":
            self._back = edited(self._back, key, character)
        elif not self._back.is_empty:
            words = self._back.sent
            if self._pen_is_offered and " " not in words and "-" not in words:
                self._back = LineBuffer()
                return TakePen(self.words, words)
            return Join(words)
        return None

    @property
    def _pen_is_offered(self) -> bool:
        return self.view is not None and self.view.pen is PenState.OFFERED

    def _press_question(self, key: str, character: str) -> Command | None:
        asked = self._question
        if key not in {"escape", "enter"}:
            self._question = edited(asked, key, character)
        elif key == "enter" and asked.problem:
            self._question = LineBuffer(asked.text, asked.at)
            self._answering.say(_("Not taken: {why}.").format(why=asked.problem))
        else:
            self._over, self._question = Over.NOTHING, LineBuffer()
            return Quietly(self.words, Signal.QUESTION, asked.sent) if key == "enter" else None
        return None

    def _press_answers(self, key: str, character: str) -> None:
        fields = self._answering.fields
        if character.isalpha():
            self._over = Over.NOTHING
            self._spell_on("c", character)
        elif self._picks(key, character, len(fields)) and fields:
            self._over = Over.NOTHING
            self._answering.change(fields[self._listed.at])

    def _press_line(self, key: str, character: str) -> Command | None:
        view = self.view
        lines = [line for line in view.reading if line.number] if view else []
        if view is None or not self._picks(key, character, len(lines)) or self._listed.at >= len(lines):
            return None
        self._over = Over.NOTHING
        return Ask(view.place, self.words, lines[self._listed.at])

    def _picks(self, key: str, character: str, count: int) -> bool:
        """Move the highlight in a list, or close the list; tells whether the highlighted line is meant."""
        if self._listed.moves(key, character, count):
            return False
        if key == "escape":
            self._over = Over.NOTHING
        return key == "enter"

    def _press_page(self, key: str, character: str) -> Command | None:
        if self.view is not None and self.view.reading:
            # What somebody asked in private need not stay in sight of whoever sits beside them.
            self._answering.say("")
        if self.is_typing or self._is_spelling(character):
            return self._answering.press(key, character)
        if character == "c":
            self._open_answers()
        elif character == "w":
            self._take_back()
        elif character == "s" and self.view is not None and any(line.number for line in self.view.reading):
            self._listed, self._over = Highlight(), Over.SOFTEN
        else:
            return self._answering.press(key, character)
        return None

    def _open_answers(self) -> None:
        fields = self._answering.fields
        self._listed = Highlight()
        if not fields:
            self._answering.say(_("There is nothing to change yet."))
        elif len(fields) == 1 and self._answering.asking is None:
            self._answering.change(fields[0])
        else:
            self._over = Over.ANSWERS

    def _take_back(self) -> None:
        if self._answering.fields:
            self._over = Over.TAKE_BACK
        else:
            self._answering.say(phrases.nothing_to_take_back())

    def _spell_on(self, *letters: str) -> None:
        """Take letters for the beginning of a choice's label: the first of them was no key after all."""
        asked = self._answering.asking
        if isinstance(asked, Choosing) and typed.goes_on(asked.options, "".join(letters)):
            asked.text = ""
            for letter in letters:
                self._answering.press(letter, letter)

    # What they read

    @property
    def way_back(self) -> list[str]:
        """Instructions for coming back to this seat, if possible."""
        can_return = not self.is_lent and (self.view is None or self.view.can_return)
        return return_lines(self.invitation, self.words, plain=False) if can_return else []

    def page(self, width: int, height: int) -> Page:
        """Draw the screen, in a column of this width and a window of this height."""
        keys = self._keys(width)
        # A question stands where it stands, whether or not something is being said under it.
        page = self._page(width, rows_for(len(keys) + 2, height)[1])
        text, style = self._answering.said
        hushed = self.is_over or self._says_it_itself or self._over in {Over.PAUSE, Over.HELP}
        # What somebody typed may be in it, so it is laid out anew each time and remembered nowhere.
        return replace(page, foot=spaced(() if hushed or not text else flow(((text, style),), width), keys))

    @property
    def _says_it_itself(self) -> bool:
        """Whether the page already shows the answer's receipt."""
        if self.view is None or not self.view.asks_everyone or self._answering.asking is not None or self._rests:
            return False
        return self._over is Over.NOTHING and self._answering.said[1] == "own"

    def _page(self, width: int, rows: int) -> Page:
        view = self.view
        if self.is_over:
            return Page(pages.over(width))
        match self._over:
            case Over.HELP:
                return Page(pages.help_page(view, self._return_words, self.invitation, width))
            case Over.LEAVE:
                return Page(pages.leaving(self.way_back, width, unsent=self._answering.loses))
            case Over.PAUSE:
                return Page(self._grounding.lines(width))
            case Over.RETURN:
                return pages.coming_back(self._back, width, takes_pen=self._pen_is_offered)
            case _ if view is None:
                return Page(paragraph(_("One moment."), width, "quiet"))
            case Over.ANSWERS:
                return pages.own_answers(view, self._answering.fields, self._answering.met, self._listed.at, width)
            case Over.SOFTEN:
                return pages.softening(view, self._listed.at, width)
            case Over.SIGNAL:
                return Page(pages.signals(self._listed.at, width))
            case Over.QUESTION:
                return pages.quiet_question(self._question, width)
        return self._of_session(view, width, rows)

    def _of_session(self, view: View, width: int, rows: int) -> Page:
        if view.is_ended:
            return Page(pages.ending(view, width))
        if view.paused:
            words = self._return_words if self._came_late or view.is_lobby else ""
            return Page(pages.paused(view, words, width))
        if view.is_lobby:
            return Page(pages.lobby(view, self._return_words, self.invitation, width))
        where = pages.top(view, width)
        recap = pages.recap(view, self._return_words, width) if self._came_late else ()
        answering = self._answering
        if answering.musing is None and answering.asking is not None and view.form is not None:
            place = _place(view.form, answering.asking.question)
            changing = bool(answering.changing)
            return question_pages.question(view, answering.asking, place, recap, (width, rows), changing=changing)
        if view.place.step >= view.total:
            page = Page(pages.reading(view, width))
        elif answering.musing is not None:
            page = question_pages.musing(view, answering.musing, width)
        elif view.asks_everyone:
            several = len(answering.fields) > 1
            receipt = self._answering.said[0] if self._says_it_itself else ""
            page = Page(pages.answered(view, width, receipt, several=several, is_lent=self.is_lent))
        else:
            page = Page(pages.step(view, width))
        if self._arrived != view.place:
            # What is new comes before what was read on the way in.
            return replace(page, body=spaced(page.body, recap)).under(where)
        return page.under(spaced(where, recap))

    @property
    def _came_late(self) -> bool:
        return self._arrived is not None

    @property
    def _return_words(self) -> str:
        """The words to come back by; a turn on a shared laptop has none."""
        return "" if self.is_lent else self.words

    def _keys(self, width: int) -> Lines:
        if self.is_over:
            return ()
        if self._over is Over.PAUSE:
            return self._grounding.keys(width)
        if self._over is Over.LEAVE:
            return keys_line(seat_keys.own(self._over, None, self._answering, came_late=False, is_lent=False), width)
        leave: tuple[Key, ...] = (("ctrl+q", _("leave")), ("ctrl+x", _("quick exit")))
        is_narrow = width < _BOTH_WAYS_OUT
        if is_narrow:  # on a phone the answers need the row; help names both
            leave = (("ctrl+x", _("exit")),)
        if self.is_lent:
            leave = (("ctrl+x", _("next person")),)
        # Many phones have no f1.
        help_key = "?" if is_narrow and not self.is_typing else "f1"
        always: tuple[Key, ...] = (("ctrl+g", _("pause")), (help_key, _("help")), *leave)
        own = seat_keys.own(self._over, self.view, self._answering, came_late=self._came_late, is_lent=self.is_lent)
        if self._rests and self._over is Over.NOTHING:
            own = ()
        if is_narrow and self._over is Over.NOTHING and isinstance(self._answering.asking, Choosing):
            own = tuple(each for each in own if each[0] != "c")
        # The words stay in sight in the lobby, however little of it fits.
        in_lobby = self._over is Over.NOTHING and self.view is not None and self.view.is_lobby
        words = pages.three_words(self._return_words, width) if in_lobby and not self._rests else ()
        return (*words, *keys_line(own, width), *keys_line(always, width))


def _place(form: Form, question: Field) -> tuple[int, int]:
    """Return a statement's number, shared by its follow-up questions; 0 if it is not numbered."""
    own = [field for field in form.fields if not field.after and not is_beside(field)]
    about = form.field(question.after) or question
    return (own.index(about) + 1 if about in own else 0), len(own)
