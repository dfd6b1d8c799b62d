"""A command and a setting are added in few places: each is added to a copy of the house here, and then used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from shipped import PACKAGE, copy_package

TESTS = Path(__file__).parent

Places = Mapping[str, tuple[tuple[str, str], ...]]
"""By file, what is written in front of which line."""

DATACLASS = "@dataclass(frozen=True, slots=True)\n"
RANG = "        case commands.Bell():\n            return Done(said='It rang.')\n"
ROW = '    Binding("bell", "", lambda _rest, _view: (Bell(),)),\n'
COMMAND: Places = {
    "session/commands.py": (
        (f"{DATACLASS}class Lock:", f"{DATACLASS}class Bell:\n    pass\n\n\n"),
        ("    | Lock\n", "    | Bell\n"),
    ),
    "room/handlers.py": (("        case commands.Lock(", RANG),),
    "desk/bindings.py": (
        ('    Binding("skip",', ROW),
        ('        "skip": _(', '        "bell": "rings.",\n'),
        ("from tisu_tui.session.commands import ", "from tisu_tui.session.commands import Bell\n"),
    ),
}
GREET = "def _greeting(session: Session) -> tuple[str, ...]:\n    return (session.workshop.greeting,)\n\n\n"
SETTING: Places = {
    "session/workshop.py": (("    careful: bool = False\n", '    greeting: str = ""\n'),),
    "workshop/front_matter.py": (
        ('    "careful",\n', '    "greeting",\n'),
        ("        careful=", '        greeting=one("greeting", bool, "greeting: a few words"),\n'),
    ),
    "view/arriving.py": (("def lobby_words(", GREET),),
}

RINGING = """
import asyncio, sys, tempfile
from pathlib import Path
from line_terminal import house

async def main():
    async with house(Path(tempfile.mkdtemp())) as here:
        desk = here.facilitator()
        await desk.until("Next: ")
        desk.enter("bell")
        await desk.until("It rang.")
        desk.enter("help")
        await desk.until("bell: rings.")

asyncio.run(main())
"""
GREETING = """
import datetime as dt
from tisu_tui.session.session import Session
from tisu_tui.view import arriving
from tisu_tui.workshop.reader import read

text = "---\\ntisu: 1\\ntitle: A day\\ngreeting: Good morning\\n---\\n\\n## The end\\n\\n`close` `1 min`\\n"
found = read(text, "day.md", today=dt.date(2026, 11, 18))
assert found.workshop is not None, found.problems
assert arriving._greeting(Session("a", "2026-11-18", found.workshop)) == ("Good morning",)
"""


@pytest.mark.parametrize(("places", "use"), [(COMMAND, RINGING), (SETTING, GREETING)], ids=["command", "setting"])
def test_it_takes_four_files_at_most(places: Places, use: str, tmp_path: Path) -> None:
    assert len(places) <= 4
    copy_package(tmp_path)
    shutil.copytree(PACKAGE.parent / "workshops", tmp_path / "workshops")
    for name, additions in places.items():
        file = tmp_path / "tisu_tui" / name
        text = file.read_text(encoding="utf-8")
        for before, addition in additions:
            assert before in text, (name, before)
            text = text.replace(before, addition + before, 1)
        file.write_text(text, encoding="utf-8")
    ways = (tmp_path, TESTS, TESTS / "plain", TESTS / "room", TESTS / "screens")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, ways))}
    done = subprocess.run(
        [sys.executable, "-c", use],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
