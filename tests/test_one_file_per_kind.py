"""Adding a kind of activity touches one file: nothing else in the house knows its name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import tisu_tui
from tisu_tui.activities import kinds

KIND = '''"""A kind that is in this file and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking, _counting
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.form import Answer, By, Form, Option, Pick
from tisu_tui.core.released import Count, Finding, Found, Released
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size

_FIELD = Pick("clap", (Option("yes", "Yes, please"), Option("no", "No, thank you")))


@dataclass(frozen=True, slots=True)
class Applause(Activity):
    """The group says whether it would like to clap."""

    finds = frozenset({Finding.ORDER, Finding.MAJORITY})

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls()

    def form(self, given: Given, size: Size) -> Form:
        return _asking.on_own_screens((_FIELD,), size, aloud=Form((_FIELD,), By.SCRIBE, "We talk about it."))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        counted = _counting.tally(_FIELD, _counting.answered((_FIELD,), answers))
        return Count((counted,))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        return (Say("We have asked about applause."),) if rounds else ()
'''

WORKSHOP = """---
tisu: 1
title: A new kind
---

# A new kind

## Shall we clap?

`applause`

## How was this for you?

`close`

> Four short questions.
"""


def test_no_name_of_a_kind_stands_outside_its_own_file() -> None:
    package = Path(tisu_tui.__file__).parent
    spelled = {name: name.replace("-", "_") for name in kinds()}
    for room in ("room", "plain", "ssh", "store"):
        for file in sorted((package / room).glob("*.py")):
            text = file.read_text(encoding="utf-8")
            for name, stem in spelled.items():
                assert f"activities.{stem}" not in text or stem == "pause", f"{file.name} knows {name}"
                assert f'kind == "{name}"' not in text, f"{file.name} knows {name}"


def test_a_new_kind_is_one_file(tmp_path: Path) -> None:
    package = tmp_path / "tisu_tui"
    shutil.copytree(Path(tisu_tui.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "activities" / "applause.py").write_text(KIND, encoding="utf-8")
    (tmp_path / "new-kind.md").write_text(WORKSHOP, encoding="utf-8")
    assert "fine" in _tisu(tmp_path, "check", "new-kind.md")
    for people in ("3", "12"):
        out = _tisu(tmp_path, "rehearse", "new-kind.md", "--people", people, "--seed", "1", "--to", f"notes-{people}")
        notes = tmp_path / out.removeprefix("Notes: ").strip()
        assert "We have asked about applause." in notes.read_text(encoding="utf-8")


def _tisu(folder: Path, *arguments: str) -> str:
    # First in the path, so that the copy is used and not the package that is installed.
    environment = {**os.environ, "PYTHONPATH": str(folder), "TISU_DATA": str(folder / "data")}
    command = [sys.executable, "-c", "from tisu_tui.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
