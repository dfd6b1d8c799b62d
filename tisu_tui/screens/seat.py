"""What one participant's keys mean: pure of terminals, so that every habit can be tested as plain calls."""

from __future__ import annotations

from dataclasses import replace

from tisu_tui.core.form import keys_said
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.translation import gettext as _
from tisu_tui.screens import question_pages
from tisu_tui.screens import seat_overlays as overlays
from tisu_tui.screens import seat_pages as pages
from tisu_tui.screens.answering import Answering
from tisu_tui.screens.choosing import Choosing
from tisu_tui.screens.layout import Key, Lines, Page, flow, keys_line, paragraph, rows_for, spaced
from tisu_tui.screens.seat_overlays import Overlay
from tisu_tui.screens.typed_text import Writing
from tisu_tui.session.commands import Ask, Command, Doubt, Leave, Quietly, TakePen
from tisu_tui.session.outcomes import Done, Outcome
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import Place, Unsent
from tisu_tui.view import phrases
from tisu_tui.view.view import View

_BOTH_WAYS_OUT = 58
"""Cells from which the keys that are always there name both ways of leaving on one row."""
_MOST_STRAY = 40
"""Characters of stray words that are said again."""


class Seat:
    """One participant's screen: the latest view, their answers, and what lies over them.

    `is_lent` is a turn on a shared laptop, to which nobody can come back.
    """

    rests = True
    """Whether ctrl+g leads to something to rest with."""

    def __init__(self, words: str, invitation: Invitation, *, is_lent: bool = False, is_back: bool = False) -> None:
        self.invitation = invitation
        self.is_lent = is_lent
        self._is_back = is_back
        """Whether somebody came back to this seat by its words, and has no other to go back to."""
        self.is_over = False
        """Whether the room says nothing more to this seat."""
        self._late_at: Place | None = None
        """Where somebody who came late came in, as long as that step lasts."""
        self._begin(words)

    def _begin(self, words: str) -> None:
        self.words = words
        self.view: View | None = None
        self._answering = Answering(words, muses=not self.is_lent)
        self._overlay: Overlay | None = None
        self._stray = ""
        """Letters that were typed where nothing is asked, until a key that is no letter."""
        self._coming_back = overlays.ComingBack(words)
        self._question = overlays.QuietQuestion(words, self._answering)

    # What the room says

    def see(self, view: View) -> None:
        """Take in a view; a pause or the help stays open whatever happens in the room."""
        before, self.view = self.view, view
        is_elsewhere = before is not None and before.place != view.place
        if before is None:
            self._late_at = None if view.is_lobby or self.is_lent else view.place
        elif before.place.step != view.place.step:
            self._late_at = None
        if self._overlay and self._overlay.is_of_step and (view.paused or is_elsewhere):
            self._overlay = None
        if is_elsewhere:
            self._stray = ""
        self._answering.see(view)

    def told(self, command: Command, outcome: Outcome) -> None:
        """Take in what became of a command."""
        if isinstance(command, Ask | Doubt | Quietly | TakePen) and isinstance(outcome, Done):
            self._overlay = None if isinstance(command, TakePen) else self._overlay
            self._answering.say(outcome.said, "result")
        else:
            self._overlay = None if isinstance(self._overlay, overlays.TakingBack) else self._overlay
            self._answering.told(command, outcome)

    def hush(self) -> None:
        """Take away what was said of the last key."""
        self._answering.say("")

    def came_back(self, words: str) -> None:
        """Begin again in the seat that these words belong to."""
        self._begin(words)
        self._is_back = True
        self._answering.say(_("Welcome back."), "result")

    # What the person does

    @property
    def _is_paused(self) -> bool:
        """Whether everybody pauses, so that keys answer nothing."""
        return self.view is not None and self.view.paused

    def _takes(self, character: str = "") -> bool:
        """Whether a letter is text now, or goes on with the label of a choice, rather than being a key of its own."""
        asked = self._answering.asking
        if self._overlay:
            return self._overlay.takes_text
        if self._is_paused:
            return False
        if isinstance(asked, Writing):
            return True
        if not character or asked is None or not asked.goes_on(character):
            return False
        # A first letter is a key wherever that key can do something, and so is a mark that no label needs.
        return asked.is_word or (character.isalnum() and (bool(asked.text) or not self._answering.fields))

    @property
    def unsent(self) -> Unsent | None:
        """What is written or marked here and was not sent."""
        return self._answering.unsent

    @property
    def is_softening(self) -> bool:
        """Whether a line of the notes is being chosen, to ask about in private."""
        return isinstance(self._overlay, overlays.Softening)

    @property
    def is_finished(self) -> bool:
        """Whether every question has an answer or a pass, and nothing lies over the page or is being typed."""
        if self.view is None or not self.view.asks_everyone or self._overlay or self._is_paused or self._stray:
            return False
        return self._answering.asking is None

    def takes_arrow(self, key: str) -> bool:
        """Whether an arrow chooses something now; past the last option it shows what stands beyond."""
        asked = self._answering.asking
        if self._overlay:
            return self._overlay.has_arrows
        if self._is_paused or not isinstance(asked, Choosing):
            return False
        return asked.at != (asked.rows - 1 if key == "down" else 0)

    def press(self, key: str, character: str) -> Command | None:
        """Do what a key means; a command is what it asks of the room."""
        if key == "ctrl+g":
            self._toggle(overlays.Grounding())
        elif key == "ctrl+t" and not self.is_lent:
            self._toggle(overlays.Signalling(self.words, self._question))
        elif key == "f1" or (character == "?" and not self._takes(character)):
            self._toggle(overlays.Help(self.words, self._return_words, self.invitation))
        elif key == "f2" and not self.is_lent:
            self._answering.say("")
            self._toggle(self._coming_back)
        elif key in {"ctrl+c", "ctrl+q"} and not self.is_lent:
            return self._leave(asks=key == "ctrl+c" or self._answering.loses)
        elif key == "ctrl+c":
            self._answering.say(_("To leave, press ctrl+x."))
        elif self._overlay and self.view:
            return self._press_overlay(self._overlay, self.view, key, character)
        elif not self._is_paused:
            return self._press_page(key, character)
        return None

    def paste(self, text: str) -> None:
        """Insert pasted text into the open text field."""
        asked = self._answering.asking
        if self._overlay:
            self._overlay.paste(text)
        elif isinstance(asked, Writing) and not self._is_paused:
            asked.draft = asked.draft.typed(text)
        elif asked is None and not self._is_paused:
            self._spell(" ".join(text.split()))

    def _spell(self, text: str) -> None:
        """Take letters for words and not for keys: for a label, or for what was meant to be said where nothing is."""
        if self._answering.asking is None:
            self._stray = text
            said = _("“{text}” is not sent: nothing is asked just now. Enter clears it.")
            self._answering.say(said.format(text=text[-_MOST_STRAY:]))
        else:
            self._answering.spell_on(text)

    def _leave(self, *, asks: bool) -> Command | None:
        """Leave, or ask once whether that is meant."""
        if isinstance(self._overlay, overlays.Leaving) or not (asks and self.view):
            return Leave(self.words)
        self._answering.say("")
        self._overlay = overlays.Leaving(self.words, self.way_back, unsent=self._answering.loses)
        return None

    def _toggle(self, over: Overlay) -> None:
        over.is_done = False
        self._overlay = None if type(self._overlay) is type(over) else over

    def _press_overlay(self, over: Overlay, view: View, key: str, character: str) -> Command | None:
        command = over.press(view, key, character)
        if over.opens:
            self._toggle(over.opens)
        elif over.is_done:
            self._overlay = None
        if over.spelled:
            self._spell(over.spelled)
        return command

    def _press_page(self, key: str, character: str) -> Command | None:
        answering, view = self._answering, self.view
        if view is not None and view.reading:
            # What somebody asked in private need not stay in sight of whoever sits beside them.
            answering.say("")
        stray, self._stray = self._stray, ""
        if self._takes(character):
            return answering.press(key, character)
        if stray and character:  # a letter in the middle of words is no key
            self._spell(stray + character)
        elif character == "c":
            self._open_answers()
        elif character == "w" and not answering.fields:
            answering.say(phrases.nothing_to_take_back())
        elif character == "w":
            self._overlay = overlays.TakingBack(answering)
        elif character == "s" and view is not None and view.numbered:
            self._overlay = overlays.Softening(self.words)
        elif answering.asking is None and character.isalnum():
            self._spell(character)
        else:
            return answering.press(key, character)
        return None

    def _open_answers(self) -> None:
        fields = self._answering.fields
        if not fields:
            self._answering.say(_("There is nothing to change yet."))
        elif len(fields) == 1 and self._answering.asking is None:
            self._answering.change(fields[0])
        else:
            self._overlay = overlays.OwnAnswers(self._answering)

    # What they read

    @property
    def way_back(self) -> list[str]:
        """Instructions for coming back to this seat, if possible."""
        can_return = not self.is_lent and (self.view is None or self.view.can_return)
        return phrases.return_lines(self.invitation, self.words, plain=False) if can_return else []

    def page(self, width: int, height: int) -> Page:
        """Draw the screen, in a column of this width and a window of this height."""
        if self.is_over:
            return Page(pages.over(width))
        keys = self._keys(width)
        text, style = self._answering.said
        page = self._overlay.page(self.view, width) if self._overlay and self.view else None
        hushed = bool(self._overlay and self._overlay.is_quiet)
        if page is None:
            # The page of somebody who has answered shows the receipt itself.
            hushed = self.is_finished and style == "own"
            # A question stands where it stands, whether or not something is being said under it.
            rows = rows_for(len(keys) + 2, height)[1]
            page = self._page(self.view, width, rows, receipt=text if hushed else "")
        asked = self._answering.asking
        place = self.view.place if self.view else None
        lies_over = (type(self._overlay), self._overlay.at) if self._overlay else ()
        return replace(
            page,
            # What somebody typed may be in it, so it is laid out anew each time and remembered nowhere.
            foot=spaced(() if hushed or not text else flow(((text, style),), width), keys),
            about=(place, lies_over, asked.question.id if asked else ""),
            is_begun=page.is_begun and not self._overlay,
        )

    def _page(self, view: View | None, width: int, rows: int, *, receipt: str) -> Page:
        if view is None:
            return Page(paragraph(_("One moment."), width, "quiet"))
        if view.is_ended:
            return Page(pages.ending(view, width))
        if view.paused:
            words = self._return_words if self._late_at or view.is_lobby else ""
            return Page(pages.paused(view, words, width, rests=self.rests))
        if view.is_lobby:
            return Page(pages.lobby(view, self._return_words, self.invitation, width))
        where = pages.top(view, width)
        recap = pages.recap(view, self._return_words, width) if self._late_at else ()
        answering = self._answering
        if answering.scratchpad is None and answering.asking is not None and view.form is not None:
            return question_pages.question(view, answering.asking, recap, (width, rows))
        if view.is_reading:
            page = Page(pages.reading(view, width))
        elif answering.scratchpad is not None:
            page = question_pages.scratchpad(view, answering.scratchpad, width)
        elif view.asks_everyone:
            several = len(answering.fields) > 1
            page = Page(pages.answered(view, width, receipt, several=several, is_lent=self.is_lent))
        else:
            page = Page(pages.step(view, width))
        if self._late_at != view.place:
            # What is new comes before what was read on the way in.
            return replace(page, body=spaced(page.body, recap)).under(where)
        return page.under(spaced(where, recap))

    @property
    def _return_words(self) -> str:
        """The words to come back by; a turn on a shared laptop has none."""
        return "" if self.is_lent else self.words

    def _keys(self, width: int) -> Lines:
        is_narrow = width < _BOTH_WAYS_OUT
        own = self._overlay.keys(self.view) if self._overlay and self.view else self._page_keys(is_narrow=is_narrow)
        if self._overlay and self._overlay.is_alone:
            return keys_line(own, width)
        leave: tuple[Key, ...] = (("ctrl+q", _("leave")), ("ctrl+x", _("quick exit")))
        if is_narrow:  # on a phone the answers need the row; help names both
            leave = (("ctrl+x", _("exit")),)
        if self.is_lent:
            leave = (("ctrl+x", _("next person")),)
        # Many phones have no f1.
        help_key = "?" if is_narrow and not self._takes() else "f1"
        always: tuple[Key, ...] = (("ctrl+g", _("pause")), (help_key, _("help")), *leave)
        # The words stay in sight in the lobby, however little of it fits.
        in_lobby = not self._overlay and self.view is not None and self.view.is_lobby and not self._is_paused
        words = pages.three_words(self._return_words, width) if in_lobby else ()
        return (*words, *keys_line(own, width), *keys_line(always, width))

    def _page_keys(self, *, is_narrow: bool) -> tuple[Key, ...]:
        """Name the keys of the page itself."""
        view, answering = self.view, self._answering
        if view is None or self._is_paused:
            return ()
        if answering.scratchpad is not None:
            several = answering.scratchpad.place[1] > 1
            return (("enter", _("a new line")), *((("tab", _("next question")),) if several else ()))
        if answering.asking is not None:
            return _asked_keys(answering, may_change=not is_narrow)
        if view.asks_everyone:
            on: tuple[Key, ...] = (("enter", _("clear it and hand it on")),) if self.is_lent else ()
            return (*on, ("c", _("change")), ("w", _("take back")))
        if view.numbered:
            return (("s", _("ask in private to soften a line")),)
        if view.pen is PenState.OFFERED and not self.is_lent:
            return (("f2", _("I know the word for the pen")),)
        is_new = not (self.is_lent or self._is_back) and (view.is_lobby or self._late_at)
        return (("f2", _("I was here before")),) if is_new else ()


def _asked_keys(answering: Answering, *, may_change: bool) -> tuple[Key, ...]:
    back: tuple[Key, ...] = (("esc", _("keep it as it is")),) if answering.is_changing else ()
    match answering.asking:
        case Choosing() as asked:
            going = _("choose") if asked.is_single else _("give a place") if asked.gives_places else _("go to")
            between = _("{first} to {last}").format(first="", last="")
            go = (keys_said(asked.question.options).replace(between, "–").replace(",", ""), going)
            mark: tuple[Key, ...] = () if asked.is_single else (("space", _("choose")),)
            can_change = may_change and answering.met and not back
            change: tuple[Key, ...] = (("c", _("change an answer")),) if can_change else ()
            return (go, *mark, ("enter", _("send")), ("p", _("pass")), *change, *back)
        case Writing(question=field, draft=draft):
            kept: tuple[Key, ...] = (("ctrl+y", _("put in kept words")),) if answering.kept and draft.is_empty else ()
            return (("enter", _("send") if field.many == 1 else _("add a line")), ("ctrl+k", _("pass")), *kept, *back)
    return ()
