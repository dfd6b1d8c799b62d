"""What can lie over a participant's page: help, a pause, ways back and out, own answers, what is told quietly."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from tisu_tui.activities.pause import pauses
from tisu_tui.core.form import Field, Write
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.signals import Signal, offered
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import answer_words
from tisu_tui.screens import step_words
from tisu_tui.screens.answering import Answering
from tisu_tui.screens.choosing import Highlight
from tisu_tui.screens.layout import (
    Key,
    Lines,
    Page,
    enumerated,
    flow,
    listed,
    numbered,
    paragraph,
    paragraphs,
    spaced,
    stacked,
)
from tisu_tui.screens.seat_pages import help_page
from tisu_tui.screens.typed_text import LineBuffer, draft_page, edited
from tisu_tui.session.commands import Ask, Command, Doubt, Join, Leave, Quietly, TakePen
from tisu_tui.session.pen import PenState
from tisu_tui.view import phrases
from tisu_tui.view.view import View


class Overlay(ABC):
    """Has the keys until it is done; any key closes it, unless a subclass has a use for the key."""

    is_done = False
    is_alone = False
    """Whether no keys but its own are named."""
    is_quiet = False
    """Whether nothing is said under it."""
    is_of_step = False
    """Whether it goes when the session moves on or pauses."""
    takes_text = False
    has_arrows = False
    spelled = ""
    """The letter that opened it and the one that closed it, which were the beginning of a word and no keys."""
    opens: Overlay | None = None
    """What takes its place."""
    at = -1
    """Which of several pages it shows: when it changes, reading begins at the top."""

    def press(self, view: View, key: str, character: str) -> Command | None:
        """Do what a key means here."""
        self.is_done = True
        return None

    def paste(self, text: str) -> None:  # noqa: B027  # most take no text
        """Insert pasted text."""

    def page(self, view: View, width: int) -> Page | None:
        """Draw it; `None` leaves the page in sight."""
        return None

    @abstractmethod
    def keys(self, view: View) -> tuple[Key, ...]:
        """Name what keys do here."""


class Help(Overlay):
    """All keys, and whom to talk to; `words` are those to come back by, if any."""

    is_quiet = True

    def __init__(self, seat: str, words: str, invitation: Invitation) -> None:
        self._seat, self._words, self._invitation = seat, words, invitation

    def press(self, view: View, key: str, character: str) -> Command | None:
        super().press(view, key, character)
        return Doubt(self._seat) if character == "m" else None

    def page(self, view: View, width: int) -> Page:
        return Page(help_page(view, self._words, self._invitation, width))

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("m", _("more screens than people?")), (_("any other key"), _("go back")))


class Leaving(Overlay):
    """Asks once whether somebody means to leave."""

    is_alone = True

    def __init__(self, seat: str, way_back: Sequence[str], *, unsent: bool) -> None:
        self._seat, self._way_back, self._unsent = seat, way_back, unsent

    def press(self, view: View, key: str, character: str) -> Command | None:
        super().press(view, key, character)
        return Leave(self._seat) if key == "enter" else None

    def page(self, view: View, width: int) -> Page:
        lost = _("What you wrote or marked last is not sent, and goes if you leave.")
        lines = spaced(
            paragraph(_("Do you want to leave?"), width, "title"),
            paragraph(lost, width, "warning") if self._unsent else (),
            paragraph(_("What you sent stays in. No one will ask you why."), width),
            paragraphs(self._way_back, width),
        )
        return Page(lines)

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("enter", _("leave")), (_("any other key"), _("stay")))


class TakingBack(Overlay):
    """Asks once whether every answer to this step is taken back."""

    is_of_step = True

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def press(self, view: View, key: str, character: str) -> Command | None:
        if key == "enter":
            # It closes with the answer: one more screen would tell a listener what was sent.
            return self._answering.take_back()
        self.is_done = True
        self._answering.spell_on(f"w{character}")
        return None

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("enter", _("take back all I answered in this step")), (_("any other key"), _("keep it")))


class _Typed(Overlay):
    """A line of text; what was typed stays when something else lies over the page meanwhile."""

    takes_text = True

    def __init__(self, seat: str) -> None:
        self._seat = seat
        self._draft = LineBuffer()

    def press(self, view: View, key: str, character: str) -> Command | None:
        if key == "enter":
            return self._send(view, self._draft)
        if key == "escape":
            self._draft, self.is_done = LineBuffer(), True
        else:
            self._draft = edited(self._draft, key, character)
        return None

    def paste(self, text: str) -> None:
        self._draft = self._draft.typed(text)

    @abstractmethod
    def _send(self, view: View, draft: LineBuffer) -> Command | None:
        """Send the line."""


class ComingBack(_Typed):
    """The three words of an earlier seat, or the word for the pen where that is offered."""

    def _send(self, view: View, draft: LineBuffer) -> Command | None:
        if draft.is_empty:
            return None
        # One word is nobody's three, and where somebody was quicker to take the pen it says so.
        if view.pen is not PenState.WITH_SCRIBE and " " not in draft.sent and "-" not in draft.sent:
            self._draft = LineBuffer()
            return TakePen(self._seat, draft.sent)
        return Join(draft.sent)

    def page(self, view: View, width: int) -> Page:
        title, words = _("I was here before"), _("Type your three words. Then press enter.")
        if view.pen is PenState.OFFERED:
            title = _("I know the word for the pen")
            words = _("Type the word. Then press enter. To come back to an earlier seat, type its three words.")
        before = spaced(paragraph(title, width, "title"), paragraph(words, width))
        return draft_page(self._draft, width).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("enter", _("take the pen") if view.pen is PenState.OFFERED else _("come back")), ("esc", _("not now")))


class QuietQuestion(_Typed):
    """The words of a question for the room, which may stay empty."""

    def __init__(self, seat: str, answering: Answering) -> None:
        super().__init__(seat)
        self._answering = answering

    def _send(self, view: View, draft: LineBuffer) -> Command | None:
        if draft.problem:
            self._draft = draft.without_unread()
            self._answering.say(phrases.not_taken(draft.problem))
            return None
        self._draft, self.is_done = LineBuffer(), True
        return Quietly(self._seat, Signal.QUESTION, draft.sent)

    def page(self, view: View, width: int) -> Page:
        words = _(
            "The facilitator reads your words when no question is open. In a small group, people may guess who wrote "
            "them."
        )
        before = spaced(
            paragraph(offered(Signal.QUESTION), width, "title"),
            paragraph(_("Write it in a line, or leave it empty. Then press enter."), width),
            paragraph(words, width, "promise", "▎ ", "▎ "),
        )
        return draft_page(self._draft, width).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        return (("enter", _("send")), ("esc", _("not now")))


class _Listed(Overlay):
    """A list in which one line is highlighted."""

    has_arrows = True
    letter = ""
    """The letter that opens it, if one does; with another behind it, it is a word."""

    def __init__(self) -> None:
        self._here = Highlight()

    def press(self, view: View, key: str, character: str) -> Command | None:
        if self.letter and character.isalpha():
            self.is_done, self.spelled = True, self.letter + character
            return None
        count = self._count(view)
        if not self._here.moves(key, character, count):
            chooses = key == "enter" and self._here.at < count
            self.is_done = chooses or key == "escape"
            return self._choose(view, self._here.at) if chooses else None
        return None

    @abstractmethod
    def _count(self, view: View) -> int:
        """Tell how many lines there are."""

    @abstractmethod
    def _choose(self, view: View, at: int) -> Command | None:
        """Do something with a line, counted from 0."""


class OwnAnswers(_Listed):
    """What this person has answered, to choose one to change."""

    is_of_step = True
    letter = "c"

    def __init__(self, answering: Answering) -> None:
        super().__init__()
        self._answering = answering

    def _count(self, view: View) -> int:
        return len(self._answering.fields)

    def _choose(self, view: View, at: int) -> None:
        self._answering.change(self._answering.fields[at])

    def page(self, view: View, width: int) -> Page:
        fields, at = self._answering.fields, self._here.at

        def item(n: int, field: Field) -> Lines:
            title = field.title or (_("Your words") if isinstance(field, Write) else _("Your answer"))
            first = numbered(n, at, len(fields))
            texts = answer_words(field, self._answering.met[field.id])
            own = stacked(flow(((text, "own"),), width, " " * len(first)) for text in texts)
            return (*paragraph(title, width, "title" if n == at else "choice", first), *own)

        before = spaced(paragraph(view.heading, width, "title"), paragraph(_("Your answers"), width, "title"))
        return listed((item(n, field) for n, field in enumerate(fields)), at).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        return _list_keys(_("change it"))


class Softening(_Listed):
    """The lines of the notes, to choose the one that should be softened or left out."""

    is_of_step = True
    letter = "s"

    def __init__(self, seat: str) -> None:
        super().__init__()
        self._seat = seat

    def _count(self, view: View) -> int:
        return len(view.numbered)

    def _choose(self, view: View, at: int) -> Command | None:
        line = view.line(at + 1)
        return Ask(view.place, self._seat, line) if line else None

    def page(self, view: View, width: int) -> Page:
        told = _("Only the facilitator is told that somebody asks: not who, and not how many. Nothing else changes.")
        before = spaced(
            paragraph(_("Which line should be softened or left out?"), width, "title"),
            paragraph(told, width, "promise", "▎ ", "▎ "),
        )
        return step_words.picked_line(view.reading, self._here.at, width).under(before)

    def keys(self, view: View) -> tuple[Key, ...]:
        return _list_keys(_("ask in private"))


class Signalling(_Listed):
    """What can be told to the facilitator quietly; a question is written first."""

    def __init__(self, seat: str, question: QuietQuestion) -> None:
        super().__init__()
        self._seat, self._question = seat, question

    def _count(self, view: View) -> int:
        return len(Signal)

    def _choose(self, view: View, at: int) -> Command | None:
        signal = tuple(Signal)[at]
        if signal is Signal.QUESTION:
            self.opens = self._question
            return None
        return Quietly(self._seat, signal)

    def page(self, view: View, width: int) -> Page:
        at = self._here.at
        lines: Lines = ()
        for n, signal in enumerate(Signal):
            lines += paragraph(offered(signal), width, "title" if n == at else "choice", numbered(n, at, len(Signal)))
        told = _("It is told in a while, once enough of us have pressed keys. Nobody can see that it was you.")
        return Page(
            spaced(
                paragraph(_("Tell the facilitator quietly"), width, "title"),
                lines,
                paragraph(told, width, "promise", "▎ ", "▎ "),
            )
        )

    def keys(self, view: View) -> tuple[Key, ...]:
        return _list_keys(_("send quietly"))


def _list_keys(does: str) -> tuple[Key, ...]:
    return ((_("arrows or digits"), _("choose")), ("enter", does), ("esc", _("go back")))


class Grounding(Overlay):
    """A pause of one's own, at one's own pace: where somebody is among the exercises, or -1 in the list of them."""

    is_alone = True
    is_quiet = True
    has_arrows = True

    def __init__(self) -> None:
        self.line = 0

    def press(self, view: View, key: str, character: str) -> Command | None:
        exercises = pauses()
        if key == "escape":
            self.is_done = self.at < 0
            self.at = -1
        elif self.at < 0:
            if character.isdecimal() and 1 <= int(character) <= len(exercises):
                self.at, self.line = int(character) - 1, 0
        elif key in {"enter", "space", "down", "right"}:
            self.line = min(self.line + 1, len(exercises[self.at].lines) - 1)
        elif key in {"up", "left"}:
            self.line = max(self.line - 1, 0)
        return None

    def page(self, view: View, width: int) -> Page:
        exercises = pauses()
        if self.at < 0:
            lines = spaced(
                paragraph(_("A pause"), width, "title"),
                paragraph(_("Take your time. Nobody sees that you are here, and nothing is noted."), width),
                enumerated([each.title for each in exercises], width, "choice"),
                paragraph(_("Choose what suits you, or just rest."), width, "dim"),
            )
            return Page(lines)
        exercise = exercises[self.at]
        last = self.line == len(exercise.lines) - 1
        lines = spaced(
            paragraph(exercise.title, width, "title"),
            *(
                paragraph(text, width, "text" if n == self.line else "quiet")
                for n, text in enumerate(exercise.lines[: self.line + 1])
            ),
            paragraph(_("That is all. Stay as long as you like."), width, "promise") if last else (),
        )
        return Page(lines)

    def keys(self, view: View) -> tuple[Key, ...]:
        if self.at < 0:
            return ((f"1–{len(pauses())}", _("choose")), ("esc", _("go back")), ("ctrl+x", _("leave")))
        return (("space", _("next line")), ("esc", _("other pauses")), ("ctrl+x", _("leave")))
