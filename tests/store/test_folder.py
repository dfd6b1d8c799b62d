"""The data folder is private, and one host holds a session."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import tisu

from tisu_tui.store.atomic import AtomicStorage, write_digest
from tisu_tui.store.files import LooseMode
from tisu_tui.store.folder import BadName, DataFolder, FolderProblem, SessionInUse, safe_name

HOLD = """
import sys
from pathlib import Path
from tisu_tui.store.folder import DataFolder

with DataFolder(Path(sys.argv[1])).lock("night-team"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "deep" / "data")
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert DataFolder(folder.path).path == folder.path


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may write in a folder of somebody else")
def test_what_root_writes_belongs_to_whom_the_folder_belongs_to(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.mkdir(mode=0o700)
    os.chown(path, 12345, 12345)
    assert tisu(tmp_path, "support", "add", "NHS 24, 111").returncode == 0
    with DataFolder(path).lock("night-team"):
        pass
    made = sorted(path.iterdir())
    assert [(each.name, each.stat().st_uid, each.stat().st_gid) for each in made] == [
        ("night-team.lock", 12345, 12345),
        ("support.md", 12345, 12345),
    ]


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777])
def test_an_open_folder_is_refused_with_its_cure(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "our data"
    path.mkdir(mode=0o700)
    path.chmod(mode)
    with pytest.raises(LooseMode, match=f"chmod 700 '{path}'") as refused:
        DataFolder(path)
    assert "\n" not in str(refused.value)
    path.chmod(0o700)
    DataFolder(path)


def test_a_folder_that_cannot_be_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "data"):
        with pytest.raises(FolderProblem, match=str(path)):
            DataFolder(path)


def test_the_folder_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TISU_DATA", str(tmp_path / "ours"))
    assert DataFolder().path == tmp_path / "ours"
    monkeypatch.setenv("TISU_DATA", "")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert DataFolder().path.is_relative_to(tmp_path / "home")
    assert DataFolder().path.name == "tisu"


def test_sessions_are_listed_by_id(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert folder.sessions() == []
    for session in ("b", "a-1"):
        with folder.lock(session):
            AtomicStorage(folder.session_file(session)).write({})
            write_digest(folder.session_file(session))
    (folder.path / "Not safe.json").write_text("{}")
    (folder.path / "c.json.tmp").write_text("{}")
    (folder.path / "d.json").mkdir()
    assert folder.sessions() == ["a-1", "b"]


@pytest.mark.parametrize("name", ["a", "2026-11-18-night-team", "x" * 62])
def test_safe_names_pass(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize("name", ["", "x" * 63, "..", "a/b", "A", "a.b", "a\n", "é", "a b", "\x1b[31m", "٣"])
def test_other_names_never_reach_the_disk(tmp_path: Path, name: str) -> None:
    folder = DataFolder(tmp_path / "data")
    for use in (safe_name, folder.session_file, folder.forget):
        with pytest.raises(BadName) as refused:
            use(name)
        assert str(refused.value).isprintable()
    with pytest.raises(BadName), folder.lock(name):
        pass
    assert list(folder.path.iterdir()) == []


def test_a_second_host_is_turned_away_until_the_first_is_gone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        try:
            assert first.stdout
            assert first.stdout.readline() == b"held\n"
            # Saving renames over the session's file and must not loosen the lock.
            AtomicStorage(folder.session_file("night-team")).write({"rounds": {}})
            refusal = r"^Session night-team is open in another tisu\. Close that one first\.$"
            with pytest.raises(SessionInUse, match=refusal), folder.lock("night-team"):
                pass
            with pytest.raises(SessionInUse, match=refusal):
                folder.forget("night-team")
            with folder.lock("day-team"):
                pass
        finally:
            first.kill()
    with folder.lock("night-team"):
        assert (folder.path / "night-team.lock").stat().st_mode & 0o777 == 0o600
        assert folder.session_file("night-team").exists()


def test_a_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with pytest.raises(RuntimeError), folder.lock("a"):
        raise RuntimeError
    with folder.lock("a"), pytest.raises(SessionInUse), folder.lock("a"):
        pass


def test_a_lock_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    (folder.path / "a.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FolderProblem), folder.lock("a"):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_a_forgotten_session_leaves_no_file(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    for session in ("gone", "kept"):
        AtomicStorage(folder.session_file(session)).write({})
        write_digest(folder.session_file(session))
        (folder.path / f"{session}.json.tmp").write_text("left")
    folder.forget("gone")
    folder.forget("gone")
    assert sorted(file.name for file in folder.path.iterdir()) == ["kept.json", "kept.json.sha256", "kept.json.tmp"]


def test_a_session_forgotten_while_it_is_being_locked_lets_nobody_else_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "data")
    flock = fcntl.flock

    def flock_just_too_late(handle: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        folder.forget("a")
        flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", flock_just_too_late)
    # Whoever locked a file that is gone by then is not in, and may try again.
    with pytest.raises(SessionInUse), folder.lock("a"):
        pass
    with folder.lock("a"), pytest.raises(SessionInUse), folder.lock("a"):
        pass
