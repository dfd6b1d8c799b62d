"""What commands take: how long a person waits, and the CPU; medians of five runs each."""

from __future__ import annotations

import os
import pty
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import monotonic

from report import Cost
from servers import TISU

_RUNS = 5


def costs(folder: Path) -> list[Cost]:
    """Find out what commands take; `folder` has a host's key in it."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from kept import keep, sealed

    from tisu_tui.workshop.library import library

    workshops = [str(path) for path in library()]
    large, many, hundred = (["--data", str(folder / name)] for name in ("large", "many", "hundred"))
    keep(Path(large[1]), sealed("sharing-power", 500), 1)
    keep(Path(many[1]), few := sealed("recommendations", 12), 1000)
    keep(Path(hundred[1]), few, 100)
    to = ["--to", str(folder / "exports")]
    return [
        _cost("`tisu --help`", lambda: _run("--help")),
        _cost("`tisu check` of the library", lambda: _run("check", *workshops)),
        _cost("`tisu host` until its screen is drawn", lambda: _first_screen(folder, workshops[0])),
        _cost("`tisu notes`, 500 people who all wrote", lambda: _run("notes", "s0000", *large, *to)),
        _cost("`tisu sessions`, 1,000 of them", lambda: _run("sessions", *many)),
        _cost("`tisu trend` over 100 sessions", lambda: _run("trend", "recommendations", *hundred)),
        _cost("`tisu trend` over 1,000 sessions", lambda: _run("trend", "recommendations", *many)),
    ]


def _cost(command: str, run: Callable[[], float]) -> Cost:
    waits, cpu = [], []
    for _ in range(_RUNS):
        before = _spent()
        waits.append(run())
        cpu.append(_spent() - before)
    return Cost(command, median(waits), median(cpu))


def _spent() -> float:
    """Give the seconds of CPU of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(*words: str) -> float:
    begun = monotonic()
    done = subprocess.run([TISU, *words], check=False, capture_output=True, text=True)
    waited = monotonic() - begun
    if done.returncode:
        raise RuntimeError(f"tisu {' '.join(words)} failed: {done.stderr}")
    return waited


def _first_screen(folder: Path, workshop: str) -> float:
    # With nobody on the list, host asks for somebody first.
    _run("support", "add", "A line, 111", "--data", str(folder / "data"))
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
