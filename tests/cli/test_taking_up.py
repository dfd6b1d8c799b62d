"""Which session a host takes up where one was interrupted and somebody is asked."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import asyncssh
import pytest
from command_line import tisu
from kept_sessions import new_session, put, workshop

from tisu_tui.cli._session import choose
from tisu_tui.store.folder import DataFolder


class Keyboard(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("days_ago", "typed", "taken"), [(0, "\n", "aaaa"), (0, "n\n", ""), (7, "\n", ""), (7, "y\n", "aaaa")]
)
def test_enter_goes_on_with_what_was_interrupted_today_and_with_nothing_older(
    days_ago: int, typed: str, taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "data")
    today = dt.date(2026, 11, 30)
    day = today - dt.timedelta(days=days_ago)
    put(folder, new_session("aaaa", day.isoformat(), workshop()))
    monkeypatch.setattr("sys.stdin", Keyboard(typed))
    assert choose(folder, workshop(), new=False, resume="", today=today, asks=True) == taken


@pytest.mark.parametrize(("typed", "begins"), [("\n", False), ("n\n", False), ("y\n", True), (None, False)])
def test_where_a_session_is_damaged_a_new_one_begins_only_if_somebody_says_so(
    typed: str | None, begins: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.session_file("aaaa").touch(mode=0o600)
    monkeypatch.setattr("sys.stdin", io.StringIO() if typed is None else Keyboard(typed))
    today = dt.date(2026, 11, 30)
    if begins:
        assert choose(folder, workshop(), new=False, resume="", today=today, asks=typed is not None) == ""
    else:
        with pytest.raises(SystemExit):
            choose(folder, workshop(), new=False, resume="", today=today, asks=typed is not None)
    assert choose(folder, workshop(), new=True, resume="", today=today, asks=typed is not None) == ""


@pytest.mark.parametrize("name", ["zzzz", "../zzzz"])
@pytest.mark.parametrize("command", ["host", "notes", "seal", "verify", "forget"])
def test_a_session_that_is_not_there_is_bad_input_and_leaves_nothing(command: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_bytes(asyncssh.generate_private_key("ssh-ed25519").export_public_key())
    typed = {
        "host": (
            "host",
            "window-of-tolerance",
            "--headless",
            "--console-key",
            "key.pub",
            "--port",
            "0",
            "--resume",
            name,
        ),
        "forget": ("forget", name, "--yes"),
    }.get(command, (command, name))
    done = tisu(tmp_path, *typed)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "zzzz" in done.stderr
    assert not [*(tmp_path / "data").glob("*zzzz*")]
