"""The guides in the terminal, and names that a shell completes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from command_line import tisu
from kept_sessions import keep, workshop
from openssh import TISU, Seen

from tisu_tui.core.invitation import Invitation
from tisu_tui.core.size import Way
from tisu_tui.plain.news import help_lines
from tisu_tui.screens.seat_pages import help_page
from tisu_tui.session.session import Place
from tisu_tui.store.folder import DataFolder
from tisu_tui.view.view import Role, View

ROOT = Path(__file__).parents[2]
INVITATION = Invitation("rain42", ("192.0.2.7",), 2222, "SHA256:abc")
DOCS = sorted(path for path in (ROOT / "docs").glob("*.md") if path.stem != "index")
FIRST = (ROOT / "docs" / "first-session.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", FIRST, re.DOTALL) for line in block.splitlines()]


def completed(folder: Path, words: str) -> list[str]:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_TISU_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "tisu_tui"],
        cwd=folder, env={**os.environ, "TISU_DATA": str(folder / "data"), **asked},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return [line.split(",", 1)[1] for line in done.stdout.splitlines()]


def test_each_page_is_a_topic_and_is_read_by_its_name(tmp_path: Path) -> None:
    listed = tisu(tmp_path, "docs").stdout.splitlines()
    assert sorted(line.split()[0] for line in listed) == sorted(path.stem for path in DOCS)
    assert listed[0].split(maxsplit=1) == ["first-session", "Your first session"]
    assert tisu(tmp_path, "docs", "devices").stdout == (ROOT / "docs" / "devices.md").read_text(encoding="utf-8")
    wrong = tisu(tmp_path, "docs", "divices")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "There is no page about 'divices'; did you mean 'devices'? To see them all: tisu docs\n"


@pytest.mark.parametrize("topic", ["first-session", "facilitating", "afterwards", "problems"])
async def test_a_page_is_broken_between_words_where_it_is_read_on_a_terminal(
    topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "cat")
    async with Seen((*TISU, "docs", topic), 80, 60) as reader:
        assert await reader.gone() == 0
        while await reader.change():
            pass
        rows = reader.raw.decode().rstrip().split("\r\n")
    page = (ROOT / "docs" / f"{topic}.md").read_text(encoding="utf-8")
    blocks = [line for block in re.findall(r"```.*?```", page, re.DOTALL) for line in block.splitlines()]
    assert " ".join(rows).split() == page.split()
    assert [row for row in rows if len(row) > 80 and " " in row.strip() and row not in blocks] == []
    assert set(blocks) <= set(rows)


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.stem)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith("#"):
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_the_keys_and_words_for_participants_are_those_of_help() -> None:
    page = (ROOT / "docs" / "for-participants.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| `([^`]+)`[^|]* \| `([^`]+)` \|$", page, re.MULTILINE)
    assert len(rows) == 4
    view = View(Role.PARTICIPANT, Place(), "", 1, Way.FULL, "")
    keys = "\n".join("".join(text for text, _style in line) for line in help_page(view, "a-b-c", INVITATION, 76))
    words = "\n".join(help_lines(None, ["back"]))
    for key, word in rows:
        assert key == "f1" or key in keys, key
        assert word == "help" or f"{word.replace('ctrl+x', 'control X')}" in words, word


def test_only_what_can_be_had_is_told_to_be_installed() -> None:
    """tisu is on no index: it comes from its folder, and what it needs besides from anywhere."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    there = {".", *(f".[{name}]" for name in extras)}
    there |= {re.split("[<>=]", each)[0] for name in ("doors", "word") for each in extras[name]}
    told = set()
    for path in (ROOT / "README.md", *DOCS, *(ROOT / "tisu_tui").rglob("*.py")):
        for words in re.findall(r"pip install ([^`\n#\")]+)", path.read_text(encoding="utf-8")):
            told |= {word.strip("'") for word in words.split()}
    assert told <= there
    assert {".", ".[doors]", "nats-py", "python-docx", "resvg-py"} <= told


def test_the_site_lists_every_page() -> None:
    listed = set(re.findall(r"([\w/-]+\.md)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert {path.name for path in DOCS} <= listed


def test_the_manual_page_says_what_help_says() -> None:
    written = subprocess.run(
        [sys.executable, "-c", "from write_man_page import man_page; print(man_page(), end='')"],
        cwd=ROOT / "docs", capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert (ROOT / "docs" / "tisu.1").read_text(encoding="utf-8") == written.stdout, "`make man` writes it again"
    assert {'.SH "tisu actions mark"', '.SH "tisu support add"', r".B \-\-version"} <= set(written.stdout.splitlines())


def test_a_shell_completes_commands_workshops_and_sessions(tmp_path: Path) -> None:
    keep(DataFolder(tmp_path / "data"), "7k3m", "2026-11-18", workshop())
    assert completed(tmp_path, "tisu she") == ["sheets"]
    assert completed(tmp_path, "tisu host window") == ["window-of-tolerance"]
    assert completed(tmp_path, "tisu notes 7") == ["7k3m"]
    assert completed(tmp_path, "tisu docs first") == ["first-session"]


def test_every_command_of_the_first_session_runs_in_its_order(tmp_path: Path) -> None:
    assert len(COMMANDS) == 7
    for line in COMMANDS:
        command = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        assert command.pop(0) == "tisu"
        if command[0] == "rehearse":
            # Nobody looks on here, so nobody is to wait for.
            command.remove("--auto")
        done = tisu(tmp_path, *command)
        assert done.returncode in ({0, 1} if command[0] == "doctor" else {0}), (line, done.stderr)
    (note,) = (tmp_path / "exports").glob("*.md")
    assert "This was a rehearsal" in note.read_text(encoding="utf-8")
    assert "NHS 24, 111" in tisu(tmp_path, "support").stdout
