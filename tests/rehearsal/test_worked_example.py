"""The worked example in `docs/` is what its commands make, byte for byte; `WRITE_EXAMPLE=1` writes it again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"
WRITTEN_BY_HAND = ("README.md", "reply-filled-in.md")


def made(folder: Path) -> dict[str, bytes]:
    """Every file of the example in a folder, by its path, without the data folder and what was written by hand."""
    return {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and (name := path.relative_to(folder).as_posix()) not in WRITTEN_BY_HAND
        and not name.startswith(("data/", "bin/"))
    }


def test_the_commands_of_the_example_make_its_files(tmp_path: Path) -> None:
    for name in WRITTEN_BY_HAND:
        shutil.copy(EXAMPLE / name, tmp_path)
    (script,) = re.findall(r"```sh\n(.*?)```", (EXAMPLE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "tisu"
    command.write_text(f"#!{sys.executable}\nfrom tisu_tui.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
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
