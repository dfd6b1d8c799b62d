"""`tisu check` on a file that has sessions already."""

from __future__ import annotations

from pathlib import Path

from command_line import tisu

WORKSHOP = """---
tisu: 1
title: How it goes
---

# How it goes

## How far along are we?

`rate` `id rows`

> This asks about our service.

1. `R1` People can see that leaders care.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps
- 3: In place

## The end

`close` `3 min`
"""


def test_an_id_that_sessions_are_compared_by_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "how.md"
    path.write_text(WORKSHOP)
    _hold(tmp_path)
    assert tisu(tmp_path, "check", "how.md", "--strict").returncode == 0
    path.write_text(WORKSHOP.replace("`R2`", "`R3`"))
    lost = tisu(tmp_path, "check", "how.md", "--strict")
    assert lost.returncode == 2
    assert "how.md:1:1: W507 the id 'R2' is gone" in lost.stdout
    assert "'R1'" not in lost.stdout
    path.write_text(WORKSHOP.replace("`id rows`", "`id lines`"))
    assert "W507 the id 'rows' is gone" in tisu(tmp_path, "check", "how.md").stdout


def test_a_session_that_cannot_be_read_hides_no_warning_about_another(tmp_path: Path) -> None:
    (tmp_path / "how.md").write_text(WORKSHOP)
    _hold(tmp_path)
    damaged = tmp_path / "data" / "zzzz.json"
    damaged.write_text("{")
    damaged.chmod(0o600)
    (tmp_path / "how.md").write_text(WORKSHOP.replace("`R2`", "`R3`"))
    assert "W507 the id 'R2' is gone" in tisu(tmp_path, "check", "how.md").stdout


def test_checking_a_file_makes_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "how.md").write_text(WORKSHOP)
    assert tisu(tmp_path, "check", "how.md").returncode == 0
    assert not (tmp_path / "data").exists()


def _hold(folder: Path) -> None:
    """Rehearse a session, and let its file say that it was held."""
    done = tisu(folder, "rehearse", "how.md", "--seed", "1", "--people", "12", "--data", str(folder / "data"))
    assert done.returncode == 0, done.stderr
    (file,) = (path for path in (folder / "data").glob("*.json"))
    file.write_text(file.read_text().replace('"rehearsal": true', '"rehearsal": false'))
