"""A rehearsal on a terminal of its own, where somebody presses keys."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

from openssh import PATIENCE, TISU, Seen

REHEARSE = (*TISU, "rehearse", "window-of-tolerance", "--people", "3", "--seed", "1", "--to")


async def test_somebody_paces_a_rehearsal_on_the_shared_screen_and_stops_it(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    async with Seen((*REHEARSE, str(exports)), 100, 30) as screen:
        await screen.until("Settling in")
        screen.type(" ")
        await screen.until("Step 1 of 12")
        screen.type("\x11")
        await screen.until("Stop the rehearsal?")
        screen.type("\r")
        assert await screen.gone() == 0
        while await screen.change():
            pass
        told = screen.raw.decode(errors="replace")
    # Back from the other screen, with a cursor, before it says what became of it.
    assert "Stopped before the end" in told.rpartition("\x1b[?1049l")[2]
    assert "\x1b[?25h" in told
    assert not exports.exists()


def test_a_rehearsal_ends_with_its_window(tmp_path: Path) -> None:
    end, far_end = pty.openpty()
    command, environment = (*REHEARSE, str(tmp_path / "exports")), {**os.environ, "TERM": "xterm-256color"}
    # The terminal is not its controlling one, and so it hears of the end by no signal.
    with subprocess.Popen(
        command, stdin=far_end, stdout=far_end, stderr=far_end, env=environment, start_new_session=True
    ) as process:
        try:
            os.close(far_end)
            drawn = b""
            with os.fdopen(end, "rb", 0) as screen:
                while b"Settling in" not in drawn:
                    assert select.select([screen], [], [], PATIENCE)[0], drawn[-2000:]
                    drawn += screen.read(65536)
            # That what it says last can't be written is all that goes wrong.
            assert process.wait(PATIENCE) in {0, 1}
        finally:
            process.kill()
