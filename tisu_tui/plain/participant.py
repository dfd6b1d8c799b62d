"""A participant's session in plain lines: every change is a line, every answer is a line."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from tisu_tui.core.form import By, Write
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.signals import Signal, offered
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import PASSES, NotTaken
from tisu_tui.plain.answering import Answering, Given
from tisu_tui.plain.conversation import Ending, converse
from tisu_tui.plain.editor import LineEditor
from tisu_tui.plain.grounding import Grounding
from tisu_tui.plain.news import arrival_lines, help_lines, is_it_an_idea, news_lines, welcome_lines
from tisu_tui.plain.seating import Door, speak
from tisu_tui.plain.shown import line_of, more_lines, reading_lines
from tisu_tui.plain.unsent import Unsents, give_up
from tisu_tui.plain.words import IN_PRIVATE, MEND, MORE, SOFTEN, return_words
from tisu_tui.room.protocol import Room
from tisu_tui.session.commands import Ask, Doubt, Join, Quietly, Reply, TakePen, Withdraw
from tisu_tui.session.outcomes import Done, Outcome, Stale
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import State, Unsent
from tisu_tui.view import phrases
from tisu_tui.view.view import Role, View


async def participate(room: Room, terminal: Terminal, words: str, invitation: Invitation) -> None:
    """Run one participant's session until they leave, hang up, or the host stops; `words` are return words."""
    editor = LineEditor(terminal)
    door = Door(room, editor)
    seat = await door.let_in(words)
    if not seat:
        editor.finish(phrases.goodbye())
    while seat:
        terminal.belongs_to(seat)
        participant = Participant(room, editor, invitation, seat)
        unsent: Unsent | None = None
        try:
            ending = await converse(editor, room.watch(Role.PARTICIPANT, seat), participant)
            if ending in {Ending.GONE, Ending.OVER}:
                unsent = participant.unsent
            # The person is let go before their seat is: leaving waits for nothing.
            if ending is Ending.QUIT:
                editor.push_away()
            if ending is not Ending.MOVED:
                editor.finish(*participant.farewell(ending))
        finally:
            await give_up(room, seat, unsent)
        seat = participant.new_seat


class Participant:
    """One seat: says what is new in each view, and does what each line asks."""

    def __init__(
        self, room: Room, editor: LineEditor, invitation: Invitation, seat: str, *, is_lent: bool = False
    ) -> None:
        self.new_seat = ""
        self.lines_taken = 0
        """How many lines came in: where nothing does for long, a shared laptop was put down."""
        self._is_lent = is_lent
        self._room = room
        self._editor = editor
        self._invitation = invitation
        self._seat = seat
        self._view: View | None = None
        self._answering: Answering | None = None
        self._grounding: Grounding | None = None
        self._is_back = False
        self._asked_about = ""
        """The word of command that may have been meant as words."""
        self._unsent = Unsents()
        self._heard: tuple[int, frozenset[str]] = (-1, frozenset())
        """The step whose text was heard before its question opened, and that text."""
        self._knows_pass = False

    @property
    def is_listening(self) -> bool:
        """Whether a new view may be told now: nothing breaks into a pause."""
        return self._grounding is None

    @property
    def rests(self) -> bool:
        """Whether nothing need be typed for long: everybody pauses, or it is a guest with the pen, who talks first."""
        return self._view is not None and (self._view.paused or self._view.pen is PenState.MINE)

    @property
    def is_finished(self) -> bool:
        """Whether every question has an answer or a pass."""
        return self._answering is not None and self._answering.current is None

    async def hear(self, view: View) -> None:
        """Say what is new; a view that says nothing new is silent."""
        before, self._view = self._view, view
        arrived = before is None or before.place != view.place
        # Who takes the pen is asked from here on, and who gave it back is asked no more.
        moved = arrived or (before is not None and before.asks_everyone != view.asks_everyone)
        lines = welcome_lines(view, self._come_back()) if before is None else news_lines(before, view)
        if moved:
            lines = [self._editor.owed(), *lines]
            step, heard = self._heard
            heard = heard if step == view.place.step else frozenset()
            lines += arrival_lines(view, heard) if arrived else []
            lines += [phrases.pen_promise()] if view.pen is PenState.MINE else []
            self._answering = self._begin(view, heard)
            if view.place.state is State.WAITING:
                self._heard = view.place.step, frozenset(lines)
            self._unsent.move_on()
        self._editor.say(*lines)
        if view.paused:
            self._is_back = True
        elif moved or self._is_back:
            self._is_back = False
            self._unsent.take_back(view, self._answering)
            self._ask()
        else:
            asked = self._answering.current if self._answering else None
            if self._unsent.take_back(view, self._answering):
                # It came after the question was read out, which need not be heard twice.
                again = self._answering is not None and self._answering.current != asked
                self._ask() if again else self._editor.say(*self._unsent.lines(self._answering))

    def _begin(self, view: View, heard: Collection[str]) -> Answering | None:
        if view.form is None or not view.asks_everyone:
            return None
        knows_pass, self._knows_pass = self._knows_pass, True
        answering = Answering(view.form, view.answer, heard=heard, knows_pass=knows_pass, is_saved=view.is_saved)
        self._editor.owed = answering.owed
        return answering

    def _names_no_language(self, word: str) -> bool:
        """Tell whether a line that begins like the command is an idea, like `language matters`."""
        tag = word.partition(" ")[2].strip()
        return bool(tag) and tag not in map(str.casefold, self._invitation.languages)

    @property
    def unsent(self) -> Unsent | None:
        """What would be lost with this window."""
        return self._unsent.rest(self._view, self._answering, self._editor.typed)

    async def answer(self, line: str) -> Ending | None:
        """Do what a line asks."""
        self.lines_taken += 1
        self._room.pressed(self._seat)
        if self._grounding is not None:
            return self._pause(line)
        try:
            return await self._do(line)
        except NotTaken as problem:
            self._editor.say_once(phrases.not_taken(problem))
            return None

    async def _do(self, line: str) -> Ending | None:
        is_words = self._answering is not None and isinstance(self._answering.current, Write)
        asked_about, self._asked_about = self._asked_about, ""
        if is_words and line.casefold() != asked_about and (sentence := is_it_an_idea(line.casefold())):
            self._asked_about = line.casefold()
            self._editor.say(sentence)
            return None
        match line.casefold():
            case "leave":
                return self._leave(asked_about)
            case "next" if self._is_lent:
                return Ending.LEFT
            case "" if self._is_lent and self.is_finished:
                return Ending.LEFT
            case "help":
                self._editor.say(*help_lines(self._view, self._come_back()))
            case "pause":
                self._grounding = Grounding()
                self._editor.say(*self._grounding.begin())
            case "labels" | "repeat" as word:
                self._editor.say(*(self._labels() if word == "labels" else self._repeat()))
            case "all":
                self._editor.say(*self._open_form().all_lines())
            case "mine":
                self._editor.say(*self._open_form().mine(self._view.heading if self._view else ""))
            case word if IN_PRIVATE.fullmatch(word):
                await self._in_private(word, line)
            case _ if self._view and (more := MORE.fullmatch(line)):
                self._editor.say(*more_lines(self._view, more[1]))
            case word if word.partition(" ")[0] == "language" and not (is_words and self._names_no_language(word)):
                self.new_seat = await speak(
                    self._room, self._editor, self._invitation, "" if self._is_lent else self._seat, word
                )
                return Ending.MOVED if self.new_seat else None
            case "change":
                self._open_form().restart()
                self._ask()
            case "withdraw":
                await self._withdraw()
            case "":
                self._go_on()
            case _ if self._answering and self._answering.current and self._editor.is_early:
                raise NotTaken(_("that was typed before this question was read out. Type it now, if it is your answer"))
            case "done" if self._answering and self._answering.has_more:
                self._go_on()
            case word if word in PASSES:
                await self._pass()
            case _ if (is_words or self.is_finished) and (mended := MEND.fullmatch(line)):
                await self._send(*self._open_form().mend(int(mended[2]), mended[3] or ""))
            case "kept" if self._unsent.lines(self._answering):
                await self._send(self._unsent.take(self._open_form()))
            case _ if is_words and line.startswith(">"):
                await self._send(self._open_form().read(line[1:].strip()))
            case _ if asked := self._offered(line):
                await self._ask_of(asked)
            case _ if not self._is_lent and (words := return_words(line)):
                return await self._move(words, line)
            case _:
                await self._send(self._open_form().read(line))
        return None

    def _leave(self, asked_about: str) -> Ending | None:
        """Leave; first ask once where that loses something."""
        lost = self._unsent.lost(self._answering)
        if not lost or asked_about == "leave":
            return Ending.LEFT
        self._asked_about = "leave"
        self._editor.say(_("You had not sent: “{words}” To leave without it, type leave once more.").format(words=lost))
        return None

    # Answering

    async def _pass(self) -> None:
        answering = self._open_form()
        if answering.has_more:  # what was written stays: a pass only says that there is no more
            self._go_on()
        elif answering.current is None:
            raise NotTaken(_("nothing is asked just now"))
        else:
            await self._send({answering.current.id: None})

    async def _send(self, given: Given, said: str = "") -> None:
        view, answering = self._view, self._answering
        assert view is not None
        assert answering is not None
        replies = (self._room.submit(Reply(view.place, self._seat, name, value)) for name, value in given.items())
        # Sent together, so that they are stored together.
        done: list[Done] = []
        for outcome in await asyncio.gather(*replies):
            if not isinstance(outcome, Done):
                self._tell(outcome)
                self._keep(outcome, given)
                return
            done.append(outcome)
        is_mended_late = self.is_finished
        answering.settle(given)
        if is_mended_late:
            answering.keep()
        self._editor.say(said or answering.receipt(given))
        self._editor.say(*(each.said for each in done))
        if not answering.has_more:
            self._ask()
        elif answering.is_first_line:
            self._editor.say(_("You can send another line. Press Enter when you have no more."))

    def _keep(self, outcome: Outcome, given: Given) -> None:
        """Keep late words, unless someone else uses this window next."""
        answering = self._answering
        words = [value for name, value in given.items() if answering and isinstance(answering.form.field(name), Write)]
        if isinstance(outcome, Stale) and words and words[-1] and not self._is_lent:
            self._unsent.words = words[-1][-1]
            self._editor.say(_("Your words are kept in this window, for the next question that asks for words."))

    async def _withdraw(self) -> None:
        answering, view = self._open_form(), self._view
        assert view is not None
        outcome = await self._room.submit(Withdraw(view.place, self._seat))
        if isinstance(outcome, Done):
            answering.take_back()
            self._editor.say(_("Your answer is taken back. You can answer again, pass, or leave it."))
            self._ask()
        else:
            self._tell(outcome)

    async def _in_private(self, word: str, line: str) -> None:
        """Say what only the facilitator hears: that there are too many screens, or a quiet signal by its number."""
        signals, (number, _space, words) = tuple(Signal), line[len("signal") :].strip().partition(" ")
        if word == "too many screens":
            await self._ask_of(Doubt(self._seat))
        elif self._is_lent:
            raise NotTaken(_("a signal is sent from a screen of one's own"))
        elif not number:
            said = (_("{n}: {words}").format(n=n, words=offered(signal)) for n, signal in enumerate(signals, 1))
            own = _("Your question may stand behind {n}; the facilitator reads it when nothing is asked.")
            own = own.format(n=signals.index(Signal.QUESTION) + 1)
            self._editor.say(_("Type signal and a number. Nobody can see that it was you."), *said, own)
        elif not 1 <= int(number) <= len(signals):
            raise NotTaken(_("there is no number {n}; the last is {last}").format(n=number, last=len(signals)))
        elif words and signals[int(number) - 1] is not Signal.QUESTION:
            raise NotTaken(_("only a question has words behind its number"))
        else:
            await self._ask_of(Quietly(self._seat, signals[int(number) - 1], words))

    async def _ask_of(self, command: Ask | Doubt | Quietly | TakePen) -> None:
        outcome = await self._room.submit(command)
        self._editor.say(phrases.said(outcome, phrases.notes_moved_on()))

    def _offered(self, line: str) -> Ask | TakePen | None:
        """Read what is only offered at times: to soften a line of the notes, or to take the pen."""
        view = self._view
        if view and view.reading and (match := SOFTEN.fullmatch(line)):
            return Ask(view.place, self._seat, line_of(view, int(match[1])))
        if view and view.pen is PenState.OFFERED and " " not in line:
            return TakePen(self._seat, line)
        return None

    def _go_on(self) -> None:
        if self._answering is not None and self._answering.keep():
            self._ask()

    def _ask(self) -> None:
        if self._answering is None or self._view is None or self._view.paused:
            return
        if self._answering.current is not None:
            self._editor.ask(*self._unsent.lines(self._answering), *self._answering.lines(self._view))
        elif self._is_lent:
            self._editor.say(
                _("You have answered. You can type change, or withdraw, until you hand the laptop on."),
                _("Press Enter. That clears this window, and then hand the laptop on."),
            )
        else:
            self._editor.say(*_answered())

    def _repeat(self) -> list[str]:
        view, answering = self._view, self._answering
        assert view is not None
        if answering is None or answering.current is None:
            return arrival_lines(view) or _answered()
        return answering.again(view)

    def _labels(self) -> list[str]:
        if self._view and self._view.reading:
            return reading_lines(self._view.reading)
        return self._open_form().labels(self._view.promise if self._view else "")

    def _open_form(self) -> Answering:
        if self._answering is not None:
            return self._answering
        form = self._view.form if self._view else None
        if form is not None and form.by is By.NOBODY and form.fields:
            raise NotTaken(_("nothing is sent in this step; what you typed is in this window only"))
        raise NotTaken(_("nothing is asked just now"))

    def _tell(self, outcome: Outcome) -> None:
        self._editor.say_once(phrases.said(outcome, phrases.not_taken(phrases.has_closed())))

    # Coming, going, resting

    def farewell(self, ending: Ending) -> list[str]:
        """Say what is read last."""
        view = self._view
        match ending:
            case Ending.OVER:
                return [phrases.used_elsewhere()]
            case Ending.STOPPED | Ending.LEFT if view is not None:
                return phrases.farewell(view.stopped, self._come_back() if view.can_return else [])
        return [phrases.goodbye()]

    def _pause(self, line: str) -> Ending | None:
        assert self._grounding is not None
        if line.casefold() in ({"leave", "next"} if self._is_lent else {"leave"}):
            return Ending.LEFT
        lines = self._grounding.take(line)
        if lines is not None:
            self._editor.say(*lines)
            return None
        self._grounding, self._is_back = None, True
        self._editor.say(_("The pause has ended."))
        return None

    async def _move(self, words: str, line: str) -> Ending | None:
        if words == self._seat:
            self._editor.say(_("You are here with these words already."))
            return None
        outcome = await self._room.submit(Join(words))
        if not isinstance(outcome, Done):
            try:
                given = self._open_form().read(line)
            except NotTaken:
                self._tell(outcome)
            else:
                # Nobody's words: they are something that somebody wants to say.
                await self._send(given)
            return None
        if self._view and self._answering and self._answering.answer:
            # One person, one ballot: what this seat answered goes, what the other answered stands.
            await self._room.submit(Withdraw(self._view.place, self._seat))
        self.new_seat = outcome.seat
        return Ending.MOVED

    def _come_back(self) -> list[str]:
        return [] if self._is_lent else phrases.return_lines(self._invitation, self._seat, plain=True)


def _answered() -> list[str]:
    return [_("Waiting"), _("You have answered. Until this closes you can type change, or withdraw.")]
