"""A person's terminal at the far end of an SSH channel."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import asyncssh

from tisu_tui.core.terminal import Facts, Listener
from tisu_tui.ssh.guard import GuardedChannel, GuardedConnection
from tisu_tui.ssh.scheduler import Allowance, Typed
from tisu_tui.ssh.server_options import Limits, Reader

MOST_HELD = 4 * 1024
"""Bytes typed that wait here; the rest waits at the far end, whose window is not opened again meanwhile."""
SMALLEST_PIECE = 4 * 1024
"""Bytes on the wire that the shortest line to a seat takes: more than what follows on an answer, whatever it was."""
WIDEST, TALLEST = 400, 200
USUAL_SIZE = (80, 24)
NO_COLOUR_TERMS = re.compile(r"dumb|unknown|vt\d+|.*-m(ono)?")
TRUECOLOUR_TERMS = re.compile(r".*(-direct|-truecolor|-24bit|kitty|ghostty|wezterm|alacritty)|foot(-.*)?|contour")


class SshTerminal(asyncssh.SSHServerSession[bytes]):
    """The terminal of one session, from its shell request to the closing of its connection.

    `begin` is called when the far end is ready. A `task` set on it is cancelled if it stays after a hang-up.
    """

    def __init__(self, connection: GuardedConnection, limits: Limits, begin: Callable[[SshTerminal], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._connection = connection
        self._limits = limits
        self._begin = begin
        self._channel: GuardedChannel | None = None
        self.facts = Facts(term="dumb", columns=USUAL_SIZE[0], rows=USUAL_SIZE[1], pty=False, colour=False)
        """What the terminal said of itself."""
        self._listener: Listener | None = None
        allowance = Allowance(limits.typed, limits.typed_rate)
        self._typed = Typed(connection.hall.inputs, allowance, self._hear, is_staff=connection.is_staff)
        self._ended = False
        self._is_seat = False
        self._out: list[bytes] = []  # what is sent at the end of this turn
        self._to_tell: list[Callable[[], None]] = []  # when that was heard
        self._begun = False
        self._hung_up = False
        self._full: set[str] = set()  # what takes no more for now: the channel's window, or the network
        self._reader = Reader(self._loop, lambda: self.unsent, limits, connection.abort)
        self._deadline: asyncio.TimerHandle | None = None
        self._silence: asyncio.TimerHandle | None = None
        self.task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many bytes have come in that the listener has not received."""
        return self._typed.held + (self._channel.waiting if self._channel else 0)

    @property
    def unsent(self) -> int:
        """Bytes written that have not left the host."""
        buffered = self._channel.get_write_buffer_size() if self._channel else 0
        return sum(map(len, self._out)) + buffered + self._connection.unsent

    def listen(self, listener: Listener) -> None:
        """Send all input to `listener`, beginning with earlier unread input."""
        self._listener = listener
        self._typed.go_on()
        if self._full:
            listener.paused()
        if self._hung_up:
            listener.hung_up()

    def belongs_to(self, seat: str) -> None:
        """Say whose terminal this is: how much they have sent lately counts on when they leave and come back."""
        self._typed.allowance = self._connection.hall.allowance(seat, self._typed.allowance)
        self._is_seat = True

    def write(self, data: bytes) -> None:
        """Send bytes, as one piece with all that is written in this turn; without a connection they are dropped."""
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(data)

    def when_heard(self, tell: Callable[[], None]) -> None:
        """Tell when the far end has what is written in this turn."""
        self._to_tell.append(tell)

    @property
    def _unit(self) -> int:
        """The padded size of every write to a seat, so that an answer and a pass look alike; 0 elsewhere."""
        if not self._is_seat:
            return 0
        drawn = 2 * self.facts.columns * self.facts.rows if self.facts.pty else 0
        return SMALLEST_PIECE + drawn // 1024 * 1024

    def _flush(self) -> None:
        data = b"".join(self._out)
        self._out.clear()
        if not data or self._channel is None or self._channel.is_closing() or not self._connection.is_open:
            return
        channel, unit = self._channel, self._unit
        to_tell, self._to_tell = self._to_tell, []

        def send() -> None:
            channel.write(data)
            if to_tell:
                self._connection.when_heard(to_tell)

        if unit:
            self._reader.wrote(self._connection.send_filled(send, unit))
        else:
            send()
            self._reader.wrote(len(data))
        if self._silence is not None:
            self._await_silence()

    def close(self, status: int = 0) -> None:
        """Hang up after what was written has gone out, with an exit status for the far end's shell."""
        self._flush()
        if self._channel is None:
            return
        self._channel.exit(status)
        if self._deadline is None:
            self._deadline = self._loop.call_later(self._limits.leaving, self._connection.abort)

    def hang_up(self) -> None:
        """Tell the listener, once, that this is over; what it still writes goes out while the line is open."""
        if self._hung_up:
            return
        self._hung_up = True
        if self._listener is not None:
            self._listener.hung_up()
        if self.task is not None and not self.task.done():
            self._loop.call_later(self._limits.leaving, self.task.cancel)

    # What the channel says.

    def connection_made(self, chan: GuardedChannel) -> None:  # type: ignore[override]  # the only kind we make
        self._channel = chan
        self._connection.flow = partial(self._flow, "network")

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], _modes: Mapping[int, int]) -> bool:
        if self._begun:
            return False
        term = term_type if re.fullmatch(r"[A-Za-z0-9._+-]{1,32}", term_type) else "dumb"
        columns, rows = _size(*term_size[:2])
        self.facts = Facts(term=term, columns=columns, rows=rows, pty=True)
        return True

    def shell_requested(self) -> bool:
        return True

    def exec_requested(self, _command: str) -> bool:
        """Offer nothing but a shell, and close once the client has been told."""
        self._loop.call_soon(self.close, 1)
        return False

    def subsystem_requested(self, subsystem: str) -> bool:
        return self.exec_requested(subsystem)

    def session_started(self) -> None:
        assert self._channel is not None
        self._connection.settle()
        self._begun = True
        self._typed.has_screen = self.facts.pty and not self._connection.is_staff
        said = self._channel.get_environment_bytes()
        colour = self.facts.pty and not said.get(b"NO_COLOR") and not NO_COLOUR_TERMS.fullmatch(self.facts.term)
        true = said.get(b"COLORTERM") in (b"truecolor", b"24bit") or TRUECOLOUR_TERMS.fullmatch(self.facts.term)
        self.facts = replace(self.facts, colour=colour, truecolour=colour and bool(true))
        self._begin(self)

    def terminal_size_changed(self, width: int, height: int, _pixwidth: int, _pixheight: int) -> None:
        columns, rows = _size(width, height)
        if (columns, rows) != (self.facts.columns, self.facts.rows):
            self.facts = replace(self.facts, columns=columns, rows=rows)
            if self._listener is not None:
                self._typed.resize()
                self._typed.go_on()

    def data_received(self, data: bytes, _datatype: asyncssh.DataType) -> None:
        self._typed.add(data)
        if self._typed.held > MOST_HELD and self._channel is not None:
            self._channel.pause_reading()
        if self._listener is not None:
            self._typed.go_on()

    def eof_received(self) -> bool:
        self._ended = True
        if not self._typed.held:
            self._end()
        return True

    def pause_writing(self) -> None:
        self._flow("channel", True)  # called back by the network with the same

    def resume_writing(self) -> None:
        self._flow("channel", False)  # as above

    def connection_lost(self, _exc: Exception | None) -> None:
        self._channel = None
        self._connection.flow = None
        self._typed.forget()
        self._out.clear()
        self._to_tell.clear()
        self._reader.left()
        for timer in (self._deadline, self._silence):
            if timer is not None:
                timer.cancel()
        self._silence = None
        self.hang_up()
        self._listener = None  # which knows this terminal, and would be kept by it
        if self._connection.is_open:
            self._connection.close()

    # What was typed, a piece in each turn.

    def _hear(self, piece: bytes, is_resized: bool) -> None:  # noqa: FBT001  # called back with both
        if self._listener is None:
            return
        if is_resized:
            self._listener.resized(self.facts.columns, self.facts.rows)
        if piece:
            self._listener.received(piece)
        self._typed.go_on()
        if self._channel is not None and self._typed.held <= MOST_HELD:
            self._channel.resume_reading()
        if self._ended and not self._typed.held:
            self._end()

    def _end(self) -> None:
        if self.facts.pty:
            self.hang_up()
        else:
            # Piped input ends before its answers are written: stay until nothing more is said.
            self._await_silence()

    # What follows from it.

    def _flow(self, what: str, is_full: bool) -> None:  # noqa: FBT001  # called back with both
        before = bool(self._full)
        (self._full.add if is_full else self._full.discard)(what)
        if self._listener is not None and before != bool(self._full):
            (self._listener.paused if self._full else self._listener.resumed)()

    def _await_silence(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self._silence = self._loop.call_later(self._limits.quiet, self._fell_silent)

    def _fell_silent(self) -> None:
        self._silence = None
        if self.unsent:
            self._await_silence()
        else:
            self.hang_up()


def _size(columns: int, rows: int) -> tuple[int, int]:
    """Columns and rows to draw for: no more than a screen can use, and a usual one where none was given."""
    return min(columns, WIDEST) or USUAL_SIZE[0], min(rows, TALLEST) or USUAL_SIZE[1]
