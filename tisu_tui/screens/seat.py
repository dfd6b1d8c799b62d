"""What one participant's keys mean: pure of terminals, so that every habit can be tested as plain calls."""

from __future__ import annotations

from enum import Enum
from gettext import gettext as _

from tisu_tui.core.commands import Command, Done, Join, Outcome, Refused, Reply, Stale, Withdraw
from tisu_tui.core.form import Field, Value
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.view import View
from tisu_tui.screens import seat_pages as pages
from tisu_tui.screens.choosing import Asking, Choosing, TypedNumber, Writing, asking
from tisu_tui.screens.draft import Draft, edited
from tisu_tui.screens.grounding import Grounding
from tisu_tui.screens.layout import Key, Lines, Page, keys_line, paragraph, spaced
from tisu_tui.screens.palette import StyleName


class Over(Enum):
    """What lies over the page."""

    NOTHING = "nothing"
    HELP = "help"
    PAUSE = "pause"
    RETURN = "return"
    ANSWERS = "answers"
    TAKE_BACK = "take back"


class Seat:
    """One participant's screen: the latest view, and what they have marked or typed and not sent."""

    def __init__(self, words: str, invitation: Invitation) -> None:
        self.words = words
        self.invitation = invitation
        self.view: View | None = None
        self.is_over = False
        """Whether the room says nothing more to this seat."""
        self._over = Over.NOTHING
        self._asking: Asking | None = None
        self._changing = ""
        """The field whose answer is being changed."""
        self._staying = ""
        """The field that goes on although it has an answer: more lines can be added to it."""
        self._met: dict[str, Value | None] = {}
        self._kept: dict[str, Draft] = {}
        self._came_late = False
        self._at = 0
        self._number = TypedNumber()
        self._grounding = Grounding()
        self._back = Draft()
        self._said: tuple[str, StyleName] = ("", "text")

    # What the room says

    def see(self, view: View) -> None:
        """Take in a view; what was not sent when a question closes is gone, and it says so."""
        before, self.view = self.view, view
        if before is None:
            self._came_late = not view.is_lobby
        elif before.place != view.place:
            self._came_late = self._came_late and before.place.step == view.place.step
            self._moved_on()
        self._met = dict(view.answer)
        self._ask()

    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""
        match outcome:
            case Stale():
                self._say(_("This question has moved on. Nothing was sent."))
                self._put_back(command)
            case Refused(why):
                self._say(_("Not taken: {why}").format(why=why), "warning")
                self._put_back(command)
            case Done():
                self._done(command, outcome)

    def came_back(self, words: str) -> None:
        """Begin again in the seat that these words belong to."""
        self.words = words
        self.view = None
        self._stop_asking()
        self._met = {}
        self._kept.clear()
        self._back = Draft()
        self._over = Over.NOTHING
        self._say(_("Welcome back."), "result")

    def _done(self, command: Command, done: Done) -> None:
        if isinstance(command, Reply):
            self._met[command.field] = command.value
            self._say(done.said or (_("Recorded") if done.durable else _("Not saved")), "result")
            if not self._staying:
                self._stop_asking()
                self._ask()
            elif isinstance(self._asking, Writing):
                self._asking.sent = command.value or ()
                self._say(
                    _("{state}. Write another line, or press enter to finish.").format(state=self._said[0]), "result"
                )
        elif isinstance(command, Withdraw):
            self._met = {}
            self._stop_asking()
            self._say(done.said or _("Taken back. You can answer again, or pass."), "result")
            self._ask()

    def _put_back(self, command: Command) -> None:
        """Leave a line that was not taken where it can be sent again."""
        if isinstance(command, Reply) and self._staying and isinstance(self._asking, Writing):
            text = self._asking.lines[-1]
            self._asking.lines = list(self._asking.sent)
            self._asking.draft = Draft(text, len(text))

    def _stop_asking(self) -> None:
        self._asking, self._changing, self._staying = None, "", ""

    def _moved_on(self) -> None:
        asked = self._asking
        lost = (isinstance(asked, Writing) and not asked.draft.is_empty) or (
            isinstance(asked, Choosing) and asked.is_ready and not self._changing
        )
        self._say(_("This closed before you pressed enter. What you had not sent is gone.") if lost else "", "warning")
        self._stop_asking()
        self._kept.clear()
        if self._over in {Over.ANSWERS, Over.TAKE_BACK}:
            self._over = Over.NOTHING

    def _ask(self) -> None:
        """Find the question to ask now, and keep what was marked or typed if it is the one already asked."""
        view = self.view
        if view is None or not view.asks_everyone or view.form is None:
            self._asking = None
            return
        named = self._staying or self._changing
        field = view.form.field(named) if named else view.form.pending(self._met)
        if field is None:
            self._stop_asking()
        elif self._asking is None or self._asking.question != field:
            self._asking = asking(field, self._met.get(field.id), met=field.id in self._met)
            if isinstance(self._asking, Writing) and field.id in self._kept:
                self._asking.draft = self._kept.pop(field.id)

    # What the person does

    @property
    def is_typing(self) -> bool:
        """Whether letters are text now."""
        if self._over is Over.RETURN:
            return True
        return self._over is Over.NOTHING and isinstance(self._asking, Writing)

    def press(self, key: str, character: str) -> Command | None:
        """Do what a key means; a command is what it asks of the room."""
        if key == "ctrl+g":
            self._grounding = Grounding()
            self._over = Over.NOTHING if self._over is Over.PAUSE else Over.PAUSE
        elif key == "f1" or (character == "?" and not self.is_typing):
            self._over = Over.NOTHING if self._over is Over.HELP else Over.HELP
        elif key == "f2":
            self._over = Over.NOTHING if self._over is Over.RETURN else Over.RETURN
            self._say("")
        elif key == "ctrl+c":
            self._say(_("To leave, press ctrl+x."))
        else:
            return self._press_in(key, character)
        return None

    def paste(self, text: str) -> None:
        """Put in what was pasted, where text is typed."""
        if self._over is Over.RETURN:
            self._back = self._back.typed(text)
        elif self.is_typing and isinstance(self._asking, Writing):
            self._asking.draft = self._asking.draft.typed(text)

    def _press_in(self, key: str, character: str) -> Command | None:
        match self._over:
            case Over.HELP:
                self._over = Over.NOTHING
            case Over.PAUSE:
                if not self._grounding.press(key, character):
                    self._over = Over.NOTHING
            case Over.RETURN:
                return self._press_words(key, character)
            case Over.ANSWERS:
                self._press_answers(key, character)
            case Over.TAKE_BACK:
                self._over = Over.NOTHING
                if character == "w":
                    return self._withdraw()
            case Over.NOTHING:
                return self._press_page(key, character)
        return None

    def _press_words(self, key: str, character: str) -> Command | None:
        if key == "escape":
            self._over, self._back = Over.NOTHING, Draft()
        elif key == "enter":
            if not self._back.is_empty:
                return Join(self._back.sent)
        else:
            self._back = edited(self._back, key, character)
        return None

    def _press_answers(self, key: str, character: str) -> None:
        fields = self._answered_fields()
        if character.isdecimal():
            number = self._number.digit(character, len(fields))
            self._at = number - 1 if number else self._at
            return
        self._number.forget()
        if key == "escape":
            self._over = Over.NOTHING
        elif key in {"up", "down"}:
            self._at = max(0, min(len(fields) - 1, self._at + (1 if key == "down" else -1)))
        elif key == "enter" and fields:
            self._over = Over.NOTHING
            self._change(fields[self._at])

    def _press_page(self, key: str, character: str) -> Command | None:
        asked = self._asking
        if isinstance(asked, Writing):
            return self._press_writing(asked, key, character)
        if character == "c":
            self._open_answers()
        elif character == "w":
            return self._take_back()
        elif key == "escape" and self._changing:
            self._stop_asking()
            self._ask()
        elif isinstance(asked, Choosing):
            return self._press_choosing(asked, key, character)
        return None

    def _press_choosing(self, asked: Choosing, key: str, character: str) -> Command | None:
        self._say("")
        if character == "p":
            return self._reply(asked.question, None)
        if key == "enter":
            if asked.is_ready:
                return self._reply(asked.question, asked.value)
            self._say(
                _("Choose first, or press p to pass.")
                if asked.is_single or asked.at < 0
                else _("Choose first: space chooses this line. Or press p to pass.")
            )
        elif key == "space":
            self._say(asked.toggle())
        elif key == "backspace":
            asked.remove()
        elif key in {"up", "down"}:
            asked.move(1 if key == "down" else -1)
        elif character.isdecimal() and not asked.digit(character):
            self._say(_("There is no line {n}.").format(n=character))
        return None

    def _press_writing(self, asked: Writing, key: str, character: str) -> Command | None:
        if key == "ctrl+k":
            self._kept[asked.question.id] = asked.draft
            self._staying = ""
            return self._reply(asked.question, None)
        if key == "enter":
            return self._enter(asked)
        if key == "escape" and self._changing:
            self._stop_asking()
            self._ask()
        elif key == "backspace" and not asked.draft.text and asked.lines:
            last = asked.lines.pop()
            asked.draft = Draft(last, len(last))
        else:
            asked.draft = edited(asked.draft, key, character)
        return None

    def _enter(self, asked: Writing) -> Command | None:
        text = asked.draft.sent
        if text and asked.is_full and asked.question.many > 1:
            self._say(_("That is as many lines as there can be. Press enter on an empty line."))
            return None
        if text:
            if asked.question.many == 1:
                return self._reply(asked.question, (text,))
            asked.lines.append(text)
            asked.draft = Draft()
            self._staying = asked.question.id
            return self._reply(asked.question, tuple(asked.lines))
        if not asked.lines:
            self._say(_("Write a few words first, or press ctrl+k to pass."))
            return None
        self._staying = ""
        if tuple(asked.lines) != asked.sent:
            return self._reply(asked.question, tuple(asked.lines))
        self._stop_asking()
        self._ask()
        return None

    def _open_answers(self) -> None:
        fields = self._answered_fields()
        self._at = 0
        if not fields:
            self._say(_("There is nothing to change yet."))
        elif len(fields) == 1 and self._asking is None:
            self._change(fields[0])
        else:
            self._over = Over.ANSWERS

    def _change(self, field: Field) -> None:
        self._say("")
        self._changing, self._asking = field.id, None
        self._ask()

    def _take_back(self) -> Command | None:
        if not self._answered_fields():
            self._say(_("There is nothing to take back."))
        elif len(self._met) > 1:
            self._over = Over.TAKE_BACK
        else:
            return self._withdraw()
        return None

    def _withdraw(self) -> Command | None:
        return Withdraw(self.view.place, self.words) if self.view else None

    def _reply(self, field: Field, value: Value | None) -> Command | None:
        return Reply(self.view.place, self.words, field.id, value) if self.view else None

    def _answered_fields(self) -> tuple[Field, ...]:
        view = self.view
        if view is None or view.form is None or not view.asks_everyone:
            return ()
        return tuple(field for field in view.form.asked(self._met) if field.id in self._met)

    @property
    def marks(self) -> object:
        """What the page is about: when it changes, reading begins at its top."""
        field = self._asking.question.id if self._asking else ""
        return self._over, field, self._grounding.at

    def _say(self, text: str, style: StyleName = "warning") -> None:
        self._said = (text, style)

    # What they read

    def page(self, width: int) -> Page:
        """Draw the screen, in a column of this width."""
        page = self._page(width)
        text, style = self._said
        hushed = self._says_it_itself or self._over in {Over.PAUSE, Over.HELP}
        foot = spaced(() if hushed else paragraph(text, width, style), self._keys(width))
        return Page(page.body, foot, page.keep, page.cursor)

    def _page(self, width: int) -> Page:
        view = self.view
        if self.is_over:
            return Page(pages.over(width))
        match self._over:
            case Over.HELP:
                return Page(pages.help_page(view, self.words, self.invitation, width))
            case Over.PAUSE:
                return Page(self._grounding.lines(width))
            case Over.RETURN:
                return pages.coming_back(self._back, width)
            case _ if view is None:
                return Page(paragraph(_("One moment."), width, "quiet"))
            case Over.ANSWERS:
                return pages.own_answers(view, self._answered_fields(), self._met, self._at, width)
        return self._of_session(view, width)

    @property
    def _says_it_itself(self) -> bool:
        """Whether the page says what became of the answer, so that the foot need not."""
        is_answered = self.view is not None and self.view.asks_everyone and self._asking is None
        return is_answered and self._over is Over.NOTHING and self._said[0] in {_("Recorded"), _("Not saved")}

    def _of_session(self, view: View, width: int) -> Page:
        if view.is_ended:
            return Page(pages.ending(view, width))
        if view.is_lobby:
            return Page(pages.lobby(view, self.words, self.invitation, width))
        before = pages.top(view, width)
        if self._came_late:
            before = spaced(before, pages.recap(view, self.words, width))
        if view.place.step >= view.total:
            page = Page(pages.reading(view, width))
        elif self._asking is not None and view.form is not None:
            asked = view.form.asked(self._met)
            number = asked.index(self._asking.question) + 1 if self._asking.question in asked else 1
            page = pages.question(view, self._asking, (number, len(asked)), width, changing=bool(self._changing))
        elif view.asks_everyone:
            page = Page(pages.answered(view, width, several=len(self._answered_fields()) > 1))
        else:
            page = Page(pages.step(view, width))
        return _under(before, page)

    def _keys(self, width: int) -> Lines:
        if self.is_over:
            return ()
        if self._over is Over.PAUSE:
            return self._grounding.keys(width)
        always: tuple[Key, ...] = (("ctrl+g", _("pause")), ("f1", _("help")), ("ctrl+x", _("leave")))
        return (*keys_line(self._own_keys(), width), *keys_line(always, width))

    def _own_keys(self) -> tuple[Key, ...]:
        match self._over:
            case Over.HELP:
                return ((_("any key"), _("go back")),)
            case Over.RETURN:
                return (("enter", _("come back")), ("esc", _("not now")))
            case Over.ANSWERS:
                return ((_("arrows or digits"), _("choose")), ("enter", _("change it")), ("esc", _("go back")))
            case Over.TAKE_BACK:
                return (("w", _("take all my answers to this step back")), (_("any other key"), _("keep them")))
        back: tuple[Key, ...] = (("esc", _("keep it as it is")),) if self._changing else ()
        match self._asking:
            case Choosing() as asked:
                go = (f"1–{asked.rows}", _("choose") if asked.is_single else _("go to"))
                mark: tuple[Key, ...] = () if asked.is_single else (("space", _("choose")),)
                change: tuple[Key, ...] = (("c", _("change an answer")),) if self._met and not back else ()
                return (go, *mark, ("enter", _("send")), ("p", _("pass")), *change, *back)
            case Writing(question=field):
                return (("enter", _("send") if field.many == 1 else _("add a line")), ("ctrl+k", _("pass")), *back)
        if self.view is not None and self.view.asks_everyone:
            return (("c", _("change")), ("w", _("take back")))
        return (("f2", _("I was here before")),) if self.view is not None and self._is_new else ()

    @property
    def _is_new(self) -> bool:
        return self.view is not None and (self.view.is_lobby or self._came_late)


def _under(before: Lines, page: Page) -> Page:
    down = len(before) + 1 if before else 0
    body = spaced(before, page.body)
    keep = (page.keep[0] + down, page.keep[1] + down) if page.keep else None
    cursor = (page.cursor[0] + down, page.cursor[1]) if page.cursor else None
    return Page(body, page.foot, keep, cursor)
