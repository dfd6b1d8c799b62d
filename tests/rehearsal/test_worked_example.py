"""The worked example in `docs/` is what its commands make, byte for byte; `WRITE_EXAMPLE=1` writes it again."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tisu_tui.cli import main

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"
WRITTEN_BY_HAND = ("README.md", "reply-filled-in.md")


def made(folder: Path) -> dict[str, bytes]:
    """Every file of the example in a folder, by its path, without the data folder and what was written by hand."""
    return {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and (name := path.relative_to(folder).as_posix()) not in WRITTEN_BY_HAND
        and not name.startswith("data/")
    }


def run(line: str) -> None:
    """Run one line of the example as a shell would; `tisu` in this process, which has loaded it already."""
    words, _redirected, target = line.partition(" > ")
    program, *arguments = shlex.split(words)
    if program != "tisu":
        subprocess.run(["sh", "-eu", "-c", line], check=True, timeout=60)
        return
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, f"{line}\n{done.output}"
    if target:
        Path(target).write_text(done.stdout, encoding="utf-8")


def test_the_commands_of_the_example_make_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WRITTEN_BY_HAND:
        shutil.copy(EXAMPLE / name, tmp_path)
    (script,) = re.findall(r"```sh\n(.*?)```", (EXAMPLE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    for line in script.splitlines():
        if line and not line.startswith("#"):
            run(line)
    found = made(tmp_path)
    if os.environ.get("WRITE_EXAMPLE"):
        for name in made(EXAMPLE):
            (EXAMPLE / name).unlink()
        for name, content in found.items():
            (EXAMPLE / name).parent.mkdir(parents=True, exist_ok=True)
            (EXAMPLE / name).write_bytes(content)
    kept = made(EXAMPLE)
    assert sorted(found) == sorted(kept)
    for name, content in found.items():
        assert content == kept[name], f"{name} is not what the commands make"


def test_every_link_of_the_example_leads_to_a_file() -> None:
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)|^\[\w+\]: (\S+)$", text, re.MULTILINE)
    assert links
    assert [link for pair in links for link in pair if link and not (EXAMPLE / link).is_file()] == []
