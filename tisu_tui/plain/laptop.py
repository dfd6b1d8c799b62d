"""A laptop that goes from hand to hand, in plain lines: one person's turn after the other."""

from __future__ import annotations

import asyncio

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.terminal import Terminal
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.typed import NotTaken
from tisu_tui.plain.conversation import Ending, converse
from tisu_tui.plain.editor import LineEditor
from tisu_tui.plain.news import arrival_lines, hand_on_words, news_lines
from tisu_tui.plain.participant import Participant
from tisu_tui.plain.shown import line_of
from tisu_tui.plain.words import SOFTEN
from tisu_tui.room.protocol import Room
from tisu_tui.session.commands import Ask, Bring, Leave, Lend
from tisu_tui.session.outcomes import Done, Refused
from tisu_tui.session.pen import PenState
from tisu_tui.view import phrases
from tisu_tui.view.arriving import paused_sentence
from tisu_tui.view.view import Role, View

QUIET = 180.0
"""Seconds without a line after which a turn is over: somebody has put the laptop down."""


async def lend(room: Room, terminal: Terminal, invitation: Invitation, *, quiet: float = QUIET) -> None:
    """Lend this terminal to one person after the other, until it is taken out or the host stops."""
    editor = LineEditor(terminal)
    brought = await room.submit(Bring())
    if not isinstance(brought, Done):
        editor.finish(*([brought.why] if isinstance(brought, Refused) else []))
        return
    laptop, said, last = brought.seat, "", [phrases.goodbye()]
    terminal.belongs_to(laptop)
    try:
        while True:
            cover = Cover(room, editor, laptop, said)
            if await converse(editor, room.watch(Role.PARTICIPANT, laptop), cover) is not Ending.MOVED:
                last = cover.farewell
                break
            said = await _turn(room, editor, invitation, cover.turn, quiet)
            if editor.leaving.is_set():
                # The leave key ends a turn first; the connection, once there is none.
                if editor.gone:
                    break
                editor.leaving.clear()
    finally:
        await room.submit(Leave(laptop))
    editor.finish(*last)


async def _turn(room: Room, editor: LineEditor, invitation: Invitation, turn: str, quiet: float) -> str:
    """Let one person answer, then clear the window; returns what to say to whoever comes next."""
    editor.clear()
    participant = Participant(room, editor, invitation, turn, is_lent=True)
    watching = asyncio.create_task(_wait(room, participant, turn, quiet))
    try:
        ending = await converse(editor, room.watch(Role.PARTICIPANT, turn), participant)
    finally:
        watching.cancel()
        await room.submit(Leave(turn))
        editor.clear()
        # What one person typed ahead takes no turn for the next.
        editor.forget()
    return phrases.turn_is_over() if ending is Ending.OVER else ""


async def _wait(room: Room, participant: Participant, turn: str, quiet: float) -> None:
    """End the turn of somebody who has put the laptop down."""
    taken = -1
    while taken != participant.lines_taken or participant.rests:
        taken = participant.lines_taken
        await asyncio.sleep(quiet)
    await room.submit(Leave(turn))


class Cover:
    """What is said between two people: where the session is, and how to take a turn."""

    is_listening = True

    def __init__(self, room: Room, editor: LineEditor, laptop: str, said: str) -> None:
        self.turn = ""
        self._room = room
        self._editor = editor
        self._laptop = laptop
        self._said = said
        self._view: View | None = None

    @property
    def farewell(self) -> list[str]:
        """What is read last."""
        return phrases.farewell(self._view.stopped, []) if self._view and self._view.stopped else [phrases.goodbye()]

    async def hear(self, view: View) -> None:
        """Announce news to someone with nothing to answer."""
        before, self._view = self._view, view
        if before is None:
            self._editor.say(
                *filter(None, [self._said]),
                phrases.about_laptop(),
                phrases.free_to_go(),
                _("This window keeps what is typed and read in it, but for what it can clear after each turn."),
            )
        lines = [] if before is None else news_lines(before, view)
        if before is None and view.paused:
            lines.append(paused_sentence())
        if before is None or before.place != view.place or (before.paused and not view.paused):
            lines += arrival_lines(view)
            if view.asks_everyone and not view.paused:
                lines += [_("A question is open: {title}").format(title=view.heading), _turn_words(view)]
        self._editor.say(*lines)

    async def answer(self, line: str) -> Ending | None:
        """Do what a line asks."""
        try:
            return await self._do(line)
        except NotTaken as problem:
            self._editor.say(phrases.not_taken(problem))
            return None

    async def _do(self, line: str) -> Ending | None:
        view = self._view
        assert view is not None
        match line.casefold():
            case "leave":
                return Ending.LEFT
            case "help":
                support = "; ".join(view.support)
                self._editor.say(
                    _turn_words(view),
                    hand_on_words(),
                    _("leave: takes this laptop out of the session."),
                    *([_("If you want to talk to someone: {who}").format(who=support)] if support else []),
                )
            case _ if view.reading and (match := SOFTEN.fullmatch(line)):
                await self._soften(view, int(match[1]))
            case _ if view.pen is PenState.OFFERED and line and " " not in line:
                return await self._lend(line)
            case words if view.asks_everyone and (view.by_slip or not words):
                return await self._lend(words)
            case "":
                self._editor.say(_("Nothing is asked just now."))
            case _:
                self._editor.say(phrases.not_taken(_turn_words(view)))
        return None

    async def _lend(self, words: str) -> Ending | None:
        match await self._room.submit(Lend(self._laptop, words)):
            case Done(seat=turn):
                self.turn = turn
                return Ending.MOVED
            case Refused(why):
                self._editor.say(phrases.not_taken(why))
        return None

    async def _soften(self, view: View, number: int) -> None:
        outcome = await self._room.submit(Ask(view.place, self._laptop, line_of(view, number)))
        self._editor.say(phrases.said(outcome, phrases.notes_moved_on()))


def _turn_words(view: View) -> str:
    if view.by_slip:
        return _("When only you can see this window, type the three words of your slip for your turn.")
    return _("When only you can see this window, press Enter for your turn.")
