"""What a person at a terminal of eighty columns reads is broken between words; a script gets whole lines."""

from __future__ import annotations

import contextlib
import os
import pty
import sys
from pathlib import Path

import pytest
from command_line import tisu

from tisu_tui.cli._saying import say

SCRIPT = "from tisu_tui.cli._saying import hint, say, show\n"
LONG = "The notes are left open, to be thought over, and somebody with a long night behind them reads this now."


def on_a_terminal(code: str, columns: int) -> list[str]:
    """Run a few lines of Python on a terminal of so many columns, and give what a person would see."""
    pid, descriptor = pty.fork()
    if not pid:
        os.environ["COLUMNS"] = str(columns)
        os.execv(sys.executable, [sys.executable, "-c", SCRIPT + code])
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so that the other side is gone
        while part := os.read(descriptor, 1024):
            shown += part
    os.waitpid(pid, 0)
    os.close(descriptor)
    return shown.decode().replace("\r\n", "\n").rstrip("\n").split("\n")


@pytest.mark.parametrize("columns", [80, 40])
def test_lines_are_broken_between_words(columns: int) -> None:
    lines = on_a_terminal(f"say({LONG!r}, hang=2)", columns)
    assert max(map(len, lines)) <= columns
    assert " ".join(line.strip() for line in lines) == LONG
    assert all(line.startswith("  ") for line in lines[1:])


def test_a_command_and_a_path_stay_in_one_piece(tmp_path: Path) -> None:
    command = f"tisu host workshops/{'x' * 30}.md --resume 7k3m --exports {tmp_path}"
    assert on_a_terminal(f"hint('To read the notes together again:', {command!r})", 80) == [
        "To read the notes together again:",
        f"  {command}",
    ]
    assert on_a_terminal("hint('To seal them:', 'tisu seal 7k3m')", 80) == ["To seal them: tisu seal 7k3m"]
    path = "y" * 120
    assert path in on_a_terminal(f"say('It lies in {path} now')", 80)


def test_a_row_of_a_table_gives_up_its_columns_before_it_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "cat")
    rows = ("Statement", "-" * 40, "Rota - nights"), ("Middle", "-" * 9, "3 Some")
    page = "\n".join(f"| {one:<40} | {other:<9} |" for one, other in zip(*rows, strict=True))
    tight = ["| Statement | Middle |", "| --- | --- |", "| Rota - nights | 3 Some |"]
    assert on_a_terminal(f"show({page!r})", 40) == tight
    assert on_a_terminal(f"show({page!r})", 80) == page.split("\n")


def test_what_is_no_terminal_gets_whole_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say(LONG)
    assert capsys.readouterr().out == f"{LONG}\n"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("actions --json --ical days.ics", "--ical, --json"),
        ("actions --explain --tasks obsidian", "--explain, --tasks"),
        ("trend readiness --json --to pages", "--to, --json"),
        ("trend readiness --from notes --data data", "--from, --data"),
        ("trend readiness --from notes --exports other", "--from, --exports"),
        ("actions --from notes --data data", "--from, --data"),
        ("actions --from notes add Tea --exports other", "--from, --exports"),
    ],
)
def test_what_can_be_given_in_one_form_only_is_refused_in_two(typed: str, named: str, tmp_path: Path) -> None:
    done = tisu(tmp_path, *typed.split())
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"Choose only one of {named}.\n")
    assert list(tmp_path.iterdir()) == []
