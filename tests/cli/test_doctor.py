"""`tisu doctor` finds what would go wrong with people in the room, and says what it can't see."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import tisu


def _found(folder: Path, what: str) -> list[str]:
    lines = tisu(folder, "doctor", "--port", "0").stdout.splitlines()
    return [line for line in lines if line.split()[1] == what]


def test_it_says_what_it_cannot_see_from_here(tmp_path: Path) -> None:
    (sleep,) = _found(tmp_path, "sleep")
    (wifi,) = _found(tmp_path, "Wi-Fi")
    assert "keep this computer awake" in sleep
    assert "keeps its guests apart" in wifi


def test_a_folder_that_nobody_copies_is_fine(tmp_path: Path) -> None:
    assert [line.split()[0] for line in _found(tmp_path, "data")] == ["fine"]


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - NHS", "Library/CloudStorage/GoogleDrive-a@b.example"])
def test_a_synced_folder_is_found_by_its_name_also_through_a_link(tmp_path: Path, name: str) -> None:
    real = tmp_path / name / "data"
    real.mkdir(parents=True, mode=0o700)
    (tmp_path / "data").symlink_to(real)
    assert any("synced to other computers" in line for line in _found(tmp_path, "data"))


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox.cache"])
def test_a_synced_folder_of_any_name_is_found_by_its_mark(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).mkdir()
    assert any("synced to other computers" in line for line in _found(tmp_path, "data"))
