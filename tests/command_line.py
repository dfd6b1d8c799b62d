"""`tisu` as it is typed, but in this process: to start Python for each command would be most of what tests take."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from subprocess import CompletedProcess

from click.testing import CliRunner

from tisu_tui.cli import main


def tisu(folder: Path, *arguments: str | os.PathLike[str], typed: str = "") -> CompletedProcess[str]:
    """Run a command in a folder whose data is in `data`; what it does not catch is raised."""
    typed_words = [os.fspath(argument) for argument in arguments]
    runner = CliRunner(env={"TISU_DATA": str(folder / "data")})
    with contextlib.chdir(folder):
        done = runner.invoke(main, typed_words, input=typed, prog_name="tisu", catch_exceptions=False)
    return CompletedProcess(typed_words, done.exit_code, done.stdout, done.stderr)
