"""A machine without POSIX modules, such as one with Windows, runs every command; simulated, and said to be so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
RUN = "import another_system; import sys; from tisu_tui.cli import main; main()"
COMMANDS = sorted(path.stem for path in (TESTS.parent / "tisu_tui" / "cli").glob("[a-z]*.py"))
PLAN = "# Tuesday\n\n## Hello (5 min)\n\nSay your name.\n\n## Ideas (10 min)\n\nWhat would help?\n"
SAY_WHAT_IS_WRONG = {"doctor", "trend"}
"""A machine may have things to mend, and no session here was rated."""
BALLOTS = "tea,coffee\n1,2\n2,1\n1,2\n"


def tisu(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "TISU_DATA": str(folder / "data")}
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=folder, env=environment, input=typed, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_every_module_loads_and_every_command_says_its_help() -> None:
    code = (
        "import another_system, pkgutil, importlib, tisu_tui\n"
        "for each in pkgutil.walk_packages(tisu_tui.__path__, 'tisu_tui.'):\n"
        "    if not each.name.endswith('__main__'):\n"
        "        importlib.import_module(each.name)\n"
        "from tisu_tui.cli import main\n"
        f"for command in {[name.rstrip('_') for name in COMMANDS]}:\n"
        "    try: main([command, '--help'])\n"
        "    except SystemExit as end: assert not end.code, command\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(TESTS)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_rehearsal_over_ssh_ends_in_notes_and_every_command_works_on_it(tmp_path: Path) -> None:
    rehearsed = tisu(tmp_path, "rehearse", "window-of-tolerance", "--people", "5", "--seed", "7", "--data", "data")
    assert rehearsed.returncode == 0, rehearsed.stderr
    (note,) = (tmp_path / "exports").glob("*.md")
    assert "status: sealed" in note.read_text()
    listed = tisu(tmp_path, "sessions")
    assert listed.returncode == 0, listed.stderr
    session = next(path.stem for path in (tmp_path / "data").glob("*.json") if len(path.stem) == 4)
    assert session in listed.stdout
    (tmp_path / "plan.md").write_text(PLAN)
    (tmp_path / "ballots.csv").write_text(BALLOTS)
    (tmp_path / "reply.md").write_text("# Nothing\n")
    ways = {
        "actions": (),
        "check": ("window-of-tolerance",),
        "count": ("schulze", "ballots.csv"),
        "doctor": (),
        "import": ("plan.md",),
        "new": ("mine.md",),
        "notes": (session, "--to", "again"),
        "sessions": ("--json",),
        "sheets": ("window-of-tolerance",),
        "support": (),
        "trend": ("window-of-tolerance",),
        "verify": (session,),
        "forget": (session, "--yes"),
    }
    code = f"""
import sys
from tisu_tui.cli import main

for command, arguments in {ways}.items():
    try:
        main([command, *arguments], prog_name="tisu")
    except SystemExit as end:
        may_fail = command in {SAY_WHAT_IS_WRONG}
        if end.code and not may_fail:
            sys.exit(f"{{command}} ended with {{end.code}}")
"""
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "TISU_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", f"import another_system\n{code}"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
