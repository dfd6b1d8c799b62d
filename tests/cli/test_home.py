"""`tisu` alone: on a terminal it is a screen, and anywhere else the same in plain lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from command_line import tisu
from kept_sessions import keep, new_session, promised, put, workshop
from openssh import FRESH, TISU, Seen

from tisu_tui.store.folder import DataFolder

OWN = "---\ntisu: 1\ntitle: Our own\n---\n\n## What is new?\n\n`gather` `5 min`\n"


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TISU_DATA", str(tmp_path / "data"))


def _lines(*arguments: str) -> tuple[list[str], str]:
    done = tisu(Path.cwd(), *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), done.stderr


def _a_past(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    old = workshop("Nights", name="nights.md", more="delete-after: 30\n")
    keep(folder, "aaaa", "2026-01-10", old, (promised(1, "Swap shifts @sam 2026-02-01"),))
    days = new_session("bbbb", "2026-01-11", workshop("Days", name="days.md"))
    put(folder, replace(days, left_open=True))
    put(folder, new_session("cccc", "2026-01-12", workshop("Own", name="own.md")))
    fresh = new_session("dddd", dt.date.today().isoformat(), workshop("Fresh", name="fresh.md"))
    put(folder, replace(fresh, left_open=True))
    return folder


def test_without_a_terminal_it_says_what_there_is_and_what_to_type(tmp_path: Path) -> None:
    _a_past(tmp_path)
    (tmp_path / "workshops").mkdir()
    (tmp_path / "workshops" / "own.md").write_text(OWN)
    (tmp_path / "workshops" / "broken.md").write_text("# Nothing\n")
    lines, errors = _lines()
    assert errors == ""
    assert lines[0] == "Workshops"
    after = dict(pairwise(lines))
    assert after["  Our own (5 min)"] == "    tisu host workshops/own.md"
    assert after["  workshops/broken.md (has problems)"] == "    tisu check workshops/broken.md"
    assert after["  Settling in: our window of tolerance (first, 45 min, 5–16)"] == "    tisu host window-of-tolerance"
    assert after["  2026-01-12  Own (interrupted)"] == "    tisu host workshops/own.md --resume cccc"
    to_do = lines[lines.index("To do") :]
    assert to_do[1:3] == ["  2026-01-11  Days (to be sealed)", "    tisu seal bbbb"]
    assert to_do[3:5] == ["  2026-01-10  Nights (to be deleted)", "    tisu forget aaaa"]
    assert to_do[5].startswith("  Swap shifts — @sam, due 1 February")
    assert to_do[5].endswith(" ago (due now)")
    assert not any("Fresh" in line for line in to_do)


def test_with_nothing_yet_it_shows_the_library(tmp_path: Path) -> None:
    lines, _errors = _lines("--plain")
    assert "  No session has been held yet." in lines
    assert "  Nothing is to be done." in lines
    hosted = [line for line in lines if line.startswith("    tisu host ")]
    assert len(hosted) == 23
    path, rest = hosted[:4], hosted[4:]
    way = ["window-of-tolerance", "recommendations", "sharing-power", "did-we-do-it"]
    assert [line.split()[-1] for line in path] == way
    details = [line.rpartition("(")[2] for line in lines[1:9:2]]
    assert [detail.split(",")[0] for detail in details] == ["first", "next", "then", "six weeks later"]
    assert rest == sorted(rest)
    assert (tmp_path / "data").is_dir()


def test_what_cannot_be_read_is_named_and_the_rest_is_there(tmp_path: Path) -> None:
    folder = _a_past(tmp_path)
    folder.session_file("bbbb").write_text("{")
    lines, _errors = _lines()
    to_do = lines[lines.index("To do") :]
    assert any("bbbb.json is damaged" in line for line in to_do)
    assert any(line.startswith("  Swap shifts") for line in to_do)


async def test_on_a_terminal_what_is_chosen_runs_when_the_screen_has_closed(tmp_path: Path) -> None:
    _a_past(tmp_path)

    async with Seen(FRESH, 80, 24) as someone:
        await someone.until("Workshops 23")
        await someone.until("To do 3")
        someone.type("\t\t")
        await someone.until("› 2026-01-11 Days")
        someone.type("\x1b[B\r")
        await someone.until("tisu forget aaaa")
        someone.type("\r")
        await someone.until("Delete this session?")
        someone.type("y\r")
        await someone.until("Deleted: aaaa")
        # What was said can be read first; then one is where one was.
        await someone.until("Press any key to go back")
        someone.type(" ")
        await someone.until("Sessions 3    To do 1")
        await someone.until("› 2026-01-11 Days")
        someone.type("q")
        assert await someone.gone() == 0
    assert not DataFolder(tmp_path / "data").session_file("aaaa").exists()


async def test_a_problem_of_the_command_that_ran_is_its_exit_status(tmp_path: Path) -> None:
    (tmp_path / "workshops").mkdir()
    (tmp_path / "workshops" / "broken.md").write_text("# Nothing\n")

    async with Seen(TISU, 80, 24) as someone:
        await someone.until("workshops/broken.md")
        someone.type("\r")
        await someone.until("See what is wrong")
        someone.type("\r")
        await someone.until("Press any key to go back")
        someone.type("q")
        assert await someone.gone() == 2
        assert "T1" in someone.text


async def test_a_promise_is_marked_from_the_list_of_what_there_is_to_do(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep(folder, "aaaa", "2026-01-10", workshop("Nights"), (promised(1, "Swap shifts @sam 2026-02-01"),))

    async with Seen(TISU, 80, 24) as someone:
        await someone.until("To do 1")
        someone.type("\t\t")
        await someone.until("› Swap shifts")
        someone.type("\r2")
        await someone.until("› 2  Say that it is under way")
        someone.type("\r")
        await someone.until("aaaa.a1: under way")
        await someone.until("Press any key to go back")
        someone.type("q")
        assert await someone.gone() == 0
    assert "under way" in (tmp_path / "exports" / "actions.md").read_text()
    lines, _errors = _lines()
    assert any("Swap shifts" in line for line in lines)
