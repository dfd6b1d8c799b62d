"""How long a person waits for a command: the median of five runs each."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import monotonic

from servers import TISU

_RUNS = 5


def times(folder: Path) -> dict[str, float]:
    """Give the seconds that each command takes."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from kept import keep, sealed

    from tisu_tui.workshop.library import library

    workshops = [str(path) for path in library()]
    large, many, hundred = folder / "large", folder / "many", folder / "hundred"
    keep(large, sealed("sharing-power", 500), 1)
    keep(many, few := sealed("recommendations", 12), 1000)
    keep(hundred, few, 100)
    return {
        "tisu --help": _median(lambda: _run("--help")),
        "tisu check, all of the library": _median(lambda: _run("check", *workshops)),
        "tisu notes, of a session of 500 people who all wrote": _median(
            lambda: _run("notes", "s0000", "--data", str(large), "--to", str(folder / "exports"))
        ),
        "tisu sessions, 1,000 of them": _median(lambda: _run("sessions", "--data", str(many))),
        "tisu trend, of 100 sessions": _median(lambda: _run("trend", "recommendations", "--data", str(hundred))),
        "tisu host, until its screen is drawn": _median(lambda: _first_screen(folder, workshops[0])),
    }


def _median(run: Callable[[], float]) -> float:
    return median(run() for _ in range(_RUNS))


def _run(*words: str) -> float:
    begun = monotonic()
    subprocess.run([TISU, *words], check=True, stdout=subprocess.DEVNULL)
    return monotonic() - begun


def _first_screen(folder: Path, workshop: str) -> float:
    ours, theirs = pty.openpty()
    command: list[str | Path] = [TISU, "host", workshop, "--new", "--console-key", folder / "key.pub"]
    command += ["--bind", "127.0.0.1", "--port", "0", "--data", folder / "data"]
    begun = monotonic()
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
    )
    os.close(theirs)
    seen = b""
    try:
        while b"To join" not in seen:
            seen += os.read(ours, 65536)
        return monotonic() - begun
    except OSError as error:
        raise RuntimeError(f"no screen was drawn: {seen.decode(errors='replace')}") from error
    finally:
        process.kill()
        process.wait()
        os.close(ours)
