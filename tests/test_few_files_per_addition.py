"""A command, a setting and a language are added in few places: each is added to a copy of the house, and then used."""

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
CATALOGUE = """msgid ""
msgstr "Language: uk\\nContent-Type: text/plain; charset=utf-8\\n"

msgid "Pass"
msgstr "Пропустити"

msgid "December"
msgstr "грудня"

msgid "Tuesday"
msgstr "вівторок"
"""
LANGUAGE: Places = {"locale/uk/LC_MESSAGES/tisu.po": (("", CATALOGUE),)}

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
SPEAKING = """
import datetime as dt
from pathlib import Path
from click.testing import CliRunner
from tisu_tui.cli import main
from tisu_tui.core.days import in_words, read_day, weekday
from tisu_tui.core.promise_lines import read_promise
from tisu_tui.core.translation import gettext, languages, speaking

assert "uk" in languages()
day = dt.date(2026, 12, 1)
with speaking("uk"):
    assert gettext("Pass") == "Пропустити"
    assert in_words("2026-12-01") == "1 грудня 2026"
    assert read_day(f"{weekday(day)}, {in_words('2026-12-01')}") == day
    made = read_promise("Book the room @jan 1 грудня 2026", day)
    assert (made.text, made.owner, made.due) == ("Book the room", "jan", "2026-12-01"), made
begun = CliRunner().invoke(main, ["new", "Наш ранок", "--language", "uk"])
assert begun.exit_code == 0, begun.output
assert "language: uk" in Path("nash-ranok.md").read_text("utf-8").splitlines()
checked = CliRunner().invoke(main, ["check", "--strict", "nash-ranok.md"])
assert checked.exit_code == 0, checked.output
"""


@pytest.mark.parametrize(
    ("places", "use", "most"),
    [(COMMAND, RINGING, 4), (SETTING, GREETING, 4), (LANGUAGE, SPEAKING, 1)],
    ids=["command", "setting", "language"],
)
def test_it_takes_few_files(places: Places, use: str, most: int, tmp_path: Path) -> None:
    assert len(places) <= most
    copy_package(tmp_path)
    shutil.copytree(PACKAGE.parent / "workshops", tmp_path / "workshops")
    for name, additions in places.items():
        file = tmp_path / "tisu_tui" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8") if file.exists() else ""
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
