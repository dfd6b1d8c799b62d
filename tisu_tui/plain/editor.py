"""A small line editor: what is typed comes in as lines, what is said goes out as lines, and neither cuts the other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from tisu_tui.core.terminal import Terminal
from tisu_tui.core.text import clean, wrap
from tisu_tui.core.translation import gettext as _
from tisu_tui.plain.hearing import Hearing
from tisu_tui.plain.keystrokes import ERASES, LONGEST_LINE, Key, Keystrokes, TypedLine
from tisu_tui.view import phrases

LONGEST_SAID = 4000
MOST_WAITING = 64
_SCREENFUL = 60
"""Empty lines that push what was read off a screen that can't be cleared."""


class LineEditor:
    """Reads and writes lines on a terminal.

    With a PTY it echoes and edits; without one the far end has done so. Nothing is ever drawn again, and the
    only control characters it writes are line ends and, to rub out what was just typed, backspaces.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.changed = asyncio.Event()
        """Set whenever a line came in, typing stopped, or the person is gone."""
        self.leaving = asyncio.Event()
        """Set when the person pressed the leave key or the connection is gone."""
        self.gone = False
        """Whether the connection is gone."""
        self._terminal = terminal
        self._end = "\r\n" if terminal.facts.pty else "\n"
        self._keys = Keystrokes()
        self._line = TypedLine()
        self._is_flooded = False
        self._full = False
        self._held: list[str] = []
        self._lines: deque[tuple[str, int]] = deque()
        self._hearing = Hearing(terminal, self._forget_told)
        self._asking = 0  # how many questions are held
        self._told = ""  # what was said once of all that waits
        self._since = 0  # how many questions had been heard when the line that is being typed was begun
        self.is_early = False
        """Whether the line taken last was begun before the end of the question that was asked last."""
        self.owed: Callable[[], str] = str
        """Gives what has to be said before anything else is, but for the next question."""
        terminal.listen(self)

    @property
    def typed(self) -> str:
        """What is half typed, as far as the terminal tells us."""
        return self._line.sent

    @property
    def is_quiet(self) -> bool:
        """Whether something may be said: nothing is half typed, and the far end keeps up."""
        return not (self._terminal.facts.pty and self._line.text) and not self._full

    def take(self) -> str | None:
        """Take the next line that came in; `None` when there is none yet."""
        self._is_flooded = False
        if not self._lines:
            self._forget_told()
            return None
        line, heard = self._lines.popleft()
        self.is_early = self._hearing.is_early(heard)
        return line

    def say(self, *lines: str) -> None:
        """Write lines, once nothing is half typed."""
        if any(lines):
            self._hold(self.owed(), *lines)

    def ask(self, *lines: str) -> None:
        """Write the lines of a question: what is typed before they are out is no answer to it."""
        self._asking += 1
        self._hold(*lines)

    def say_once(self, line: str) -> None:
        """Say why a line is not taken, once for all lines of a paste of which it holds."""
        if line != self._told:
            self._told = line
            self.say(line)

    def finish(self, *lines: str, status: int = 0) -> None:
        """Write the last lines whatever is being typed, and hang up."""
        self._discard()
        self.say(*lines)
        self._terminal.close(status)

    def clear(self) -> None:
        """Take everything off the screen, and out of the scrollback where the terminal allows it.

        The one place that moves about a screen: for a person who hands a shared laptop on.
        """
        self._let_go()
        facts = self._terminal.facts
        if facts.pty and facts.term not in {"dumb", ""}:
            self._terminal.write(b"\x1b[H\x1b[2J\x1b[3J")
        else:
            self._terminal.write(self._end.encode() * _SCREENFUL)

    def push_away(self) -> None:
        """Push what was read off the screen; nothing of anybody's is erased."""
        self._let_go()
        facts = self._terminal.facts
        self._terminal.write(self._end.encode() * (facts.rows if facts.pty else _SCREENFUL))

    def forget(self) -> None:
        """Take no notice of lines that came in and still wait."""
        self._lines.clear()

    # What the terminal says.

    def received(self, data: bytes) -> None:
        """Take in what was typed."""
        if self._hearing.has_rested():
            self._told = ""
        for part, heard in self._hearing.parts(data):
            for key in self._keys.feed(part):
                if not self._line.text and not self._hearing.is_pasting:
                    self._since = heard
                if isinstance(key, Key):
                    self._press(key)
                else:
                    self._echo(self._line.type(key, self._terminal.facts.columns))

    def resized(self, columns: int, rows: int) -> None:
        """Hear of another size; the terminal's facts have it, and what is written stays as it is."""

    def paused(self) -> None:
        """Hear that the far end reads slowly."""
        self._full = True

    def resumed(self) -> None:
        """Hear that the far end has caught up."""
        self._full = False
        self.changed.set()

    def hung_up(self) -> None:
        """Hear that the person is gone."""
        self.gone = True
        self._leave()

    # Typing.

    def _press(self, key: Key) -> None:
        if key is Key.LEAVE:
            self._leave()
        elif key is Key.END and not self._line.text:
            self._arrive("leave")
        elif key is Key.ENTER:
            self._enter()
        elif key is Key.PAUSE:
            self._discard()
            self._echo("pause" + self._end)
            self._arrive("pause")
            self._release()
        elif key is Key.INTERRUPT:
            if not self._line.text:
                self._held.append(_("To leave, type leave. Control X leaves at once."))
            self._discard()
            self._release()
        elif key in ERASES and self._line.text:
            self._echo(self._line.erase(key))
            if not self._line.text:
                self._clear()
                self._release()

    def _enter(self) -> None:
        self._echo(self._end)
        line = self._line
        self._clear()
        if problem := line.problem:
            self._held.append(phrases.not_taken(problem))
        else:
            self._arrive(line.sent)
        if line.is_cut:
            self._held.append(_("That line was too long. Only the first {n} letters were read.").format(n=LONGEST_LINE))
        self._release()

    def _arrive(self, line: str) -> None:
        if len(self._lines) < MOST_WAITING:
            self._lines.append((line, self._since))
        elif not self._is_flooded:  # once, however many more there are
            self._is_flooded = True
            self._held.append(_("Not taken: that was too many lines at once."))
        self.changed.set()

    def _leave(self) -> None:
        self.forget()
        self.leaving.set()
        self.changed.set()

    def _discard(self) -> None:
        if self._line.text:
            self._echo(self._end)
        self._clear()

    def _clear(self) -> None:
        self._line = TypedLine()
        self.changed.set()

    # Writing.

    def _forget_told(self) -> None:
        """Say things again, once whoever types has heard them before."""
        if not self._lines and not self._hearing.is_under_way:
            self._told = ""

    def _let_go(self) -> None:
        """Say nothing of what waits to be said."""
        self._discard()
        self._held.clear()
        self.owed = str

    def _hold(self, *lines: str) -> None:
        self._held += filter(None, lines)
        if not (self._terminal.facts.pty and self._line.text):
            self._release()

    def _echo(self, text: str) -> None:
        if text and self._terminal.facts.pty:
            self._terminal.write(text.encode())

    def _release(self) -> None:
        facts = self._terminal.facts
        said: list[str] = []
        if self._asking:
            self._hearing.ask(self._asking)
            self._asking, self._told = 0, ""
        for text in self._held:
            line = clean(text, LONGEST_SAID)
            said += wrap(line, facts.columns) if facts.pty else [line]
        self._held.clear()
        if said:
            self._hearing.say()
            self._terminal.write("".join(line + self._end for line in said).encode())
