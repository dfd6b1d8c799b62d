"""Adding a kind of activity takes one file and one story: nothing else in the house knows its name."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shipped import copy_package, sources

from tisu_tui.activities import kinds

TESTS = Path(__file__).parent

KIND = '''"""A kind that is in this file and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tisu_tui.activities import _asking, _counting, _telling
from tisu_tui.core.activity import Activity, Given, Present, StepSource
from tisu_tui.core.form import Answer, By, Form, Option, Pick
from tisu_tui.core.released import Count, Finding, Released
from tisu_tui.core.shown import Say, Shown
from tisu_tui.core.size import Size

_FIELD = Pick("clap", (Option("yes", "Yes, please"), Option("no", "No, thank you")))


@dataclass(frozen=True, slots=True)
class SmallApplause(Activity):
    """The group says whether it would like to clap."""

    finds = frozenset({Finding.ORDER})

    @classmethod
    def read(cls, step: StepSource) -> Self:
        return cls()

    def form(self, given: Given, size: Size) -> Form:
        return _asking.on_own_screens((_FIELD,), size, aloud=Form((_FIELD,), By.SCRIBE, "We talk about it."))

    def count(self, answers: Sequence[Answer], present: Present, given: Given) -> Count:
        return Count((_counting.tally(_FIELD, _counting.answered((_FIELD,), answers)),))

    def describe(self, rounds: Sequence[Released]) -> Sequence[Shown]:
        last = rounds[-1]
        if not last.is_secret:
            agreed = _telling.picked(last, _FIELD.id, _FIELD.options)
            return tuple(Say(f"Agreed aloud: {each.label}.") for each in agreed)
        return _telling.counts("Applause", _FIELD.id, (last,), ("People",)) or _telling.withheld()
'''

STORY = """# Small applause: shall we clap?

The group says whether it would like to clap.

```workshop
---
tisu: 1
title: A new kind
---

# A new kind

## Shall we clap?

`small-applause`
```

```answers
1
1
2
```

```facilitator
open: 1
```
"""

ENDING = """
## How was this for you?

`close` `3 min`

> Four short questions.
"""
"""A workshop without an ending is warned of."""

TOLD = {
    3: "Agreed aloud: Yes, please.",
    6: "We are not showing this one",
    12: "Applause.\nYes, please: 8\nNo, thank you: 4",
}
"""What the shared screen shows of it, in each size of room."""


def test_no_room_asks_which_kind_a_step_is() -> None:
    for file, tree in sources().items():
        if file.parent.name == "activities":
            continue
        for node in ast.walk(tree):
            # A kind's lists are named after what stands in a file; `scale` is a kind as well.
            if isinstance(node, ast.Compare) and re.search(r"kind\b(?!\.lists)|settings\.name", ast.unparse(node)):
                said = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
                assert not said & set(kinds()), f"{file}:{node.lineno} knows {said}"


def test_a_new_kind_is_one_file_and_one_story(tmp_path: Path) -> None:
    leave_out = shutil.ignore_patterns("__pycache__")
    copy_package(tmp_path)
    shutil.copytree(TESTS / "stories", tmp_path / "tests" / "stories", ignore=leave_out)
    for room in ("plain", "room"):
        shutil.copytree(TESTS / room, tmp_path / "tests" / room, ignore=leave_out)
    shutil.copy(TESTS / "test_stories.py", tmp_path / "tests")
    shutil.copy(TESTS.parent / "pyproject.toml", tmp_path)

    (tmp_path / "tisu_tui" / "activities" / "small_applause.py").write_text(KIND, encoding="utf-8")
    assert "every_kind_has_a_story" in _stories(tmp_path, fails=True)
    story = tmp_path / "tests" / "stories" / "small-applause.md"
    story.write_text(STORY, encoding="utf-8")

    _stories(tmp_path, WRITE_GOLDEN="1")
    told = story.read_text(encoding="utf-8")
    parts = re.findall(r"^## In (?:a room|rooms) of (.+?)$(.*?)(?=^## In |\Z)", told, re.MULTILINE | re.DOTALL)
    rooms = {people: words for heading, words in parts for people in re.findall(r"\d+", heading)}
    assert {people: rooms[str(people)] for people, words in TOLD.items() if words not in rooms[str(people)]} == {}
    _stories(tmp_path)

    (workshop,) = re.findall(r"```workshop\n(.*?)```", STORY, re.DOTALL)
    (tmp_path / "new-kind.md").write_text(workshop + ENDING, encoding="utf-8")
    assert "fine. 2 steps" in _tisu(tmp_path, "check", "new-kind.md")
    out = _tisu(tmp_path, "rehearse", "new-kind.md", "--people", "12", "--seed", "1", "--to", "notes")
    notes = (tmp_path / out.removeprefix("Notes: ").strip()).read_text(encoding="utf-8")
    assert "Applause" in notes


def test_a_copy_of_a_kind_without_answers_gets_the_same_notes(tmp_path: Path) -> None:
    copy_package(tmp_path)
    kinds_of_the_copy = tmp_path / "tisu_tui" / "activities"
    talk = (kinds_of_the_copy / "talk.py").read_text(encoding="utf-8")
    (kinds_of_the_copy / "listening.py").write_text(talk.replace("class Talk", "class Listening"), encoding="utf-8")
    front = "---\ntisu: 1\ntitle: A new kind\n---\n\n# A new kind\n\n## What it is about\n\n"
    notes = []
    for kind in ("talk", "listening"):
        (tmp_path / "new-kind.md").write_text(f"{front}`{kind}`\n\nWords.\n{ENDING}", encoding="utf-8")
        out = _tisu(tmp_path, "rehearse", "new-kind.md", "--people", "6", "--seed", "1", "--to", kind)
        text = (tmp_path / out.removeprefix("Notes: ").strip()).read_text(encoding="utf-8")
        assert "Time to read, listen and talk." in text
        notes.append(text.replace(kind, "talk"))
    assert notes[0] == notes[1]


SECOND = """

class LoudApplause(SmallApplause):
    \"\"\"The group claps.\"\"\"
"""


@pytest.mark.parametrize(("text", "number"), [("", 0), (KIND + SECOND, 2)])
def test_a_file_that_has_not_one_kind_in_it_is_named(tmp_path: Path, text: str, number: int) -> None:
    copy_package(tmp_path)
    (tmp_path / "tisu_tui" / "activities" / "small_applause.py").write_text(text, encoding="utf-8")
    said = _python(tmp_path, "-c", "from tisu_tui.activities import kinds; kinds()", fails=True)
    assert said.endswith(f"TypeError: activities/small_applause.py has {number} kinds in it, and should have one\n")


def _stories(checkout: Path, *, fails: bool = False, **environment: str) -> str:
    """Play the story of the new kind in a copy of the checkout, and look whether each kind has one."""
    chosen = ("-q", "-p", "no:cacheprovider", "-k", "small-applause or every_kind_has_a_story", "tests/test_stories.py")
    return _python(checkout, "-m", "pytest", *chosen, fails=fails, **environment)


def _tisu(folder: Path, *arguments: str) -> str:
    return _python(folder, "-c", "from tisu_tui.cli import main; main()", *arguments)


def _python(folder: Path, *arguments: str, fails: bool = False, **changes: str) -> str:
    # First in the path, so that the copy is used and not the package that is installed.
    environment = {**os.environ, "PYTHONPATH": str(folder), "TISU_DATA": str(folder / "data")}
    for name in ("WRITE_GOLDEN", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=environment | changes, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr if fails else done.stdout
