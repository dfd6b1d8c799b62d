"""The facilitator's session in plain lines: a word does what a key does on the full screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from tisu_tui.core.form import Option
from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import NotTaken
from tisu_tui.desk.bindings import by_word, read_command, table
from tisu_tui.desk.parsing import echo
from tisu_tui.plain.answering import Given
from tisu_tui.plain.conversation import Ending, converse
from tisu_tui.plain.desk import (
    heard_lines,
    moment_lines,
    plan_lines,
    progress_words,
    settling_lines,
    slip_lines,
    who_lines,
    word_lines,
)
from tisu_tui.plain.editor import LineEditor
from tisu_tui.plain.news import entry_lines
from tisu_tui.plain.scribe import Scribe
from tisu_tui.plain.shown import notes_lines, option_lines, reading_lines, reading_news, shown_lines
from tisu_tui.room.protocol import PrivateScreen, Room
from tisu_tui.session import commands
from tisu_tui.session.commands import Command
from tisu_tui.session.outcomes import Done
from tisu_tui.session.pen import PenState
from tisu_tui.session.session import Fate, State
from tisu_tui.view import phrases
from tisu_tui.view.facilitator import asked_words
from tisu_tui.view.phrases import distress_card
from tisu_tui.view.view import Role, View

NotesPath = Callable[[], Awaitable[str]]
"""Waits until the notes are written, and gives the path of their file."""


async def facilitate(
    room: Room, terminal: Terminal, invitation: Invitation, notes_path: NotesPath | None = None
) -> None:
    """Run a facilitator's session until they leave, hang up, or the host stops; leaving ends only this window."""
    room = PrivateScreen(room)
    editor = LineEditor(terminal)
    facilitator = Facilitator(room, editor, invitation, notes_path)
    ending = await converse(editor, room.watch(Role.FACILITATOR), facilitator)
    editor.finish(*facilitator.farewell(ending))


_VERBS = {"ask", "tell", "decide", "park", "concern", "add", "propose"}
"""Words of commands that a sentence may begin with."""


class Facilitator:
    """Announces changes of the view and runs typed commands."""

    is_listening = True

    def __init__(self, room: Room, editor: LineEditor, invitation: Invitation, notes_path: NotesPath | None) -> None:
        self._room = room
        self._editor = editor
        self._invitation = invitation
        self._notes_path = notes_path
        self._told: View | None = None
        self._view: View | None = None  # what was told, with what was changed from here since
        self._scribe: Scribe | None = None
        self._unfiled = ""  # the last line that was no command, until it is filed
        self._undoes = ""  # what was said last of what undo takes back

    def farewell(self, ending: Ending) -> list[str]:
        """Say what is read last."""
        back = [_("Come back with: {line}").format(line=self._invitation.plain_facilitator_line)]
        if self._told is None or self._told.is_ended:
            return [phrases.goodbye()]
        if ending is Ending.STOPPED:
            return phrases.farewell(self._told.stopped, back if self._told.can_return else [])
        return phrases.farewell(_("Goodbye. The session goes on."), back)

    async def hear(self, view: View) -> None:
        """Say what is new: all of it after a change, only the progress where only people came or answered."""
        before, self._told, self._view = self._told, view, view
        if before is None:
            self._editor.say(_("This is your private screen. This window keeps what is typed and read in it."))
            self._editor.say(_("Type help to hear what you can type."), *self._join_lines())
            self._editor.say(*view.own_desk.concerns)
        elif view.own_desk.concerns != before.own_desk.concerns:
            self._editor.say(*view.own_desk.concerns)
        if before is not None and before.place == view.place and view.pen is PenState.HELD:
            self._editor.say(*entry_lines(view, before.entries))
        if before is not None and _matters(before) == _matters(view):
            # Once it has begun, people who drop out for a moment are nobody's news.
            if progress_words(before) != progress_words(view) and (view.is_lobby or view.progress):
                self._editor.say(_("Progress: {words}").format(words=progress_words(view)))
            self._tell_asked(before, view)
            return
        if before is not None and view.own_desk.leads and not before.own_desk.leads:
            self._editor.say(phrases.leads_now())
        self._editor.say(*moment_lines(view), *settling_lines(view))
        if before is None or before.place != view.place:
            self._editor.say(*notes_lines(view))
        else:
            self._editor.say(*reading_news(before.reading, view.reading))
        self._tell_asked(before, view)
        if before is None or before.place != view.place:
            await self._arrive(view)

    async def answer(self, line: str) -> Ending | None:
        """Do what a line asks."""
        try:
            return await self._do(line)
        except NotTaken as problem:
            self._refuse(str(problem))
            return None

    def _tell_asked(self, before: View | None, view: View) -> None:
        desk = view.own_desk
        if desk.asked and (before is None or before.own_desk.asked != desk.asked):
            self._editor.say(asked_words(desk.asked, desk.left_out))
            self._editor.say(_("Answer with strike, reword or keep, and the number."))

    async def _arrive(self, view: View) -> None:
        self._scribe = Scribe(view) if view.is_scribed else None
        if self._scribe is not None:
            self._editor.say(*self._scribe.lines(view))
        if view.place.state is State.CLOSED and any(line.fate is Fate.HELD for line in view.own_desk.held):
            self._editor.say(_("People wrote something, and only you have it so far. Type words to hear it."))
        if view.is_ended and self._notes_path is not None:
            self._editor.say(_("Notes: {path}").format(path=await self._notes_path()))

    async def _do(self, line: str) -> Ending | None:
        view, scribe, word = self._view, self._scribe, line.casefold()
        assert view is not None
        takes_words = scribe is not None and scribe.takes_words
        # What a step asks for may begin with a word that is a command too: “Ask the board for cover”.
        is_sentence = line[:1].isupper() and word.partition(" ")[0] in _VERBS and " " in line
        if takes_words and (line.startswith(">") or is_sentence):
            await self._write(line.removeprefix(">").strip())
        elif word == "leave":
            return Ending.LEFT
        elif self._unfiled and (row := by_word(word)) and row.stays:
            # The word alone files what was typed before it.
            await self._submit(_read(f"{word} {self._unfiled}", view) or ())
            self._unfiled = ""
        elif told := self._heard(word, view):
            self._editor.say(*told)
        elif order := _read(line, view):
            undo = view.own_desk.undo
            if undo and undo != self._undoes and isinstance(order[0], commands.TakeBack):
                # It is something from before: whoever types undo may mean what they did just now, as with the pen.
                self._undoes = undo
                self._editor.say(_undo_words(undo), _("To take it back, type undo once more."))
                return None
            await self._submit(order)
        elif (row := by_word(word.partition(" ")[0])) and (word == row.word or not takes_words):
            raise NotTaken(row.usage)
        elif scribe is not None:
            await self._scribble(scribe, line)
        elif line:
            self._unfiled = line
            raise NotTaken(
                _(
                    "that is not one of the words. To keep it, type action, decide, park, note, concern, ask or tell "
                    "alone; or type help"
                )
            )
        return None

    def _heard(self, word: str, view: View) -> list[str]:
        """Give what a word only asks to hear."""
        desk = view.own_desk
        match word:
            case "help":
                words = _(
                    "While a step asks for words, a sentence that begins with Ask, Tell, Decide, Park, Concern, Add "
                    "or Propose, with a capital letter, is those words; and so is a line that begins with >."
                )
                who = _("If you want to talk to someone: {who}").format(who="; ".join(view.support))
                card = (f"{n}. {text}" for n, text in enumerate(distress_card(), 1))
                return [
                    *(_("If somebody is in distress:"), *card, *([who] if view.support else [])),
                    *(*(row.usage for row in table() if row.word), words, *self._join_lines()),
                    _("A laptop to pass round, for people without a device: {line}").format(
                        line=self._invitation.laptop_line
                    ),
                ]
            case "who":
                return who_lines(view)
            case "show":
                lines = shown_lines(view.shown or desk.preview) + notes_lines(view)
                return lines or [_("There is nothing to show yet.")]
            case "plan":
                return plan_lines(desk)
            case "words":
                asked = asked_words(desk.asked, desk.left_out)
                return [*reading_lines(view.reading), *filter(None, (asked,))] if view.reading else word_lines(view)
            case "notes":
                lines = [*desk.notes, *(_("Your note: {text}").format(text=jotting) for jotting in desk.jottings)]
                return lines or [_("There are no notes for this step.")]
            case "options":
                return option_lines(desk.options) or [_("There are no choices yet. Type option and words to add one.")]
        return []

    async def _submit(self, order: Sequence[Command]) -> bool:
        """Do commands in order up to the first that can't be done; tells whether all were."""
        assert self._view is not None
        said: list[str] = []
        desk = self._view.own_desk
        for command in order:
            outcome = await self._room.submit(command)
            if not isinstance(outcome, Done):
                self._editor.say(phrases.said(outcome, phrases.came_late(command)))
                return False
            # Who takes the lead hears so with the view that has it.
            is_news = not desk.leads and isinstance(command, commands.Take)
            said += [] if is_news else [outcome.said]
            said += [*slip_lines(outcome.slips, self._invitation), *_receipt(command, outcome, desk.date)]
            self._undoes = outcome.changed
            if outcome.changed:
                desk = replace(desk, undo=outcome.changed)
            if isinstance(command, commands.Prepare):
                # Lines may come faster than views: the next choice goes beside this one, not in its place.
                desk = replace(desk, options=tuple(Option("", text) for text in command.texts))
            self._view = replace(self._view, desk=desk)
        if any(_is_writing(each) for each in order):
            said.insert(0, _("Recorded"))
        elif not any(isinstance(each, commands.Go) for each in order):
            # What nothing else tells is said: which way a word went that means the opposite when it is said again.
            is_told = not isinstance(order[0], commands.Lock | commands.Careful)
            said.insert(0, _("Done") if is_told else _("Done: {what}.").format(what=self._undoes))
        self._editor.say(*filter(None, said))
        return True

    # Filling a step in

    async def _scribble(self, scribe: Scribe, line: str) -> None:
        assert self._view is not None
        if line.casefold() == "labels":
            self._editor.say(*scribe.labels())
        elif line.casefold() == "withdraw":
            await self._store(scribe, *scribe.erase())
        elif scribe.move(line):
            self._editor.say(*scribe.lines(self._view))
        else:
            await self._write(line)

    async def _write(self, line: str) -> None:
        assert self._scribe is not None
        await self._store(self._scribe, *self._scribe.read(line))

    async def _store(self, scribe: Scribe, given: Given, order: Sequence[Command]) -> None:
        assert self._view is not None
        if not order or await self._submit(order):
            scribe.settle(given)
            self._editor.say(*scribe.lines(self._view))

    def _refuse(self, why: str) -> None:
        self._editor.say(phrases.not_taken(why))

    def _join_lines(self) -> list[str]:
        return [
            _("People join with: {line}").format(line=self._invitation.line),
            _("Their computer may ask about this fingerprint: {print}").format(print=self._invitation.fingerprint),
        ]


def _is_writing(command: Command) -> bool:
    if isinstance(command, commands.Enter):
        return bool(command.texts)
    return isinstance(command, commands.WriteRecord | commands.Jot)


def _receipt(command: Command, outcome: Done, date: str) -> list[str]:
    """Confirm how an owner and date were read, and what undo takes back."""
    read = echo(command.kind, command.text, date) if isinstance(command, commands.WriteRecord) else ""
    kept = [_("Kept as: {read}").format(read=read)] if read else []
    moved = isinstance(command, commands.Go)
    # Where it has moved to is said anyway; of the rest one hears what it was.
    return [
        *kept,
        *heard_lines(command),
        *([_undo_words(outcome.changed)] if outcome.changed and moved else []),
    ]


def _undo_words(what: str) -> str:
    return _("undo takes this back: {what}").format(what=what)


def _read(line: str, view: View) -> tuple[Command, ...] | None:
    try:
        return read_command(line, view)
    except ValueError as problem:
        raise NotTaken(str(problem)) from None


def _matters(view: View) -> tuple[object, ...]:
    """Give what is a change to the facilitator: people coming and answering is not, nor what the scribe typed."""
    desk = view.own_desk
    sorting = (desk.held, desk.themes, desk.options, desk.people, desk.hands, desk.locked)
    agenda = tuple(item.title for item in desk.agenda)
    told = (view.place, view.state, view.heading, view.failing, view.reading, view.left_open)
    return (told, desk.leads, agenda, desk.next_words, sorting)
