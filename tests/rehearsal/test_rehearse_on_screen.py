"""A rehearsal on a terminal of its own, where somebody presses keys."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from contextlib import closing
from pathlib import Path

PATIENCE = 20.0


class Screen:
    """A child process on a terminal, and all that it has drawn."""

    def __init__(self, *arguments: str) -> None:
        self.drawn = b""
        self._end, far_end = pty.openpty()
        fcntl.ioctl(far_end, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from tisu_tui.cli import main; main()", *arguments],
            stdin=far_end,
            stdout=far_end,
            stderr=far_end,
            env={**os.environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(far_end)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._end)

    def close_window(self) -> None:
        """Close the terminal under the process, which hears of it by no signal."""
        os.close(self._end)
        self._end = os.open(os.devnull, os.O_RDONLY)

    def until(self, text: str) -> None:
        """Read until a text was drawn that had not been before."""
        start, deadline = len(self.drawn), time.monotonic() + PATIENCE
        while text.encode() not in self.drawn[start:]:
            assert self._read(deadline), f"{text!r} was never drawn: {self.drawn[-2000:]!r}"

    def press(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def left(self) -> int:
        """Read to the end, and give the exit status."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        return self.process.wait(PATIENCE)

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._end], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"nothing more was drawn: {self.drawn[-2000:]!r}"
        try:
            data = os.read(self._end, 65536)
        except OSError:  # Linux says so where the last process on a terminal is gone
            return False
        self.drawn += data
        return bool(data)


def test_somebody_paces_a_rehearsal_on_the_shared_screen_and_stops_it(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    arguments = ("rehearse", "window-of-tolerance", "--people", "3", "--seed", "1", "--to", str(exports))
    with closing(Screen(*arguments)) as screen:
        screen.until("Settling in")
        screen.press(" ")
        screen.until("Step 1 of 12")
        screen.press("\x11")
        screen.until("enter")
        screen.press("\r")
        assert screen.left() == 0
    told = screen.drawn.decode(errors="replace")
    # Back from the other screen, with a cursor, before it says what became of it.
    assert "Stopped before the end" in told.rpartition("\x1b[?1049l")[2]
    assert "\x1b[?25h" in told
    assert not exports.exists()


def test_a_rehearsal_ends_with_its_window(tmp_path: Path) -> None:
    arguments = ("rehearse", "window-of-tolerance", "--people", "3", "--seed", "1", "--to", str(tmp_path / "exports"))
    with closing(Screen(*arguments)) as screen:
        screen.until("Settling in")
        screen.close_window()
        # That what it says last can't be written is all that goes wrong.
        assert screen.process.wait(PATIENCE) in {0, 1}
