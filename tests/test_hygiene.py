"""Things that would be easy to let in and hard to get out again."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
UNFINISHED = re.compile(r"#\s*TODO\b|\b(?:FIXME|XXX|raise NotImplementedError)\b")
MACHINE = re.compile(r"/(?:tmp|work|root|home)/[a-z]")


def _tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not in a git checkout, so what is tracked can't be told")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_nothing_is_left_unfinished() -> None:
    for file in _tracked("*.py", "Makefile"):
        if file != Path(__file__):
            assert not UNFINISHED.search(file.read_text(encoding="utf-8")), file


def test_no_path_of_a_machine_is_written_down() -> None:
    for file in _tracked("*.py", "*.md", "*.toml", "*.lock", "Makefile", "*.sh", ".ci/*"):
        if file != Path(__file__):
            assert not MACHINE.search(file.read_text(encoding="utf-8")), file


def test_every_silenced_check_says_why() -> None:
    for file in _tracked("*.py"):
        for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if found := re.search(r"#\s*(?:noqa|type: ignore)\S*(?:\s[A-Z0-9, ]+)?(.*)", line):
                assert len(found[1].strip(" -—#")) > 10 or file.name == "test_hygiene.py", f"{file}:{n}"


def test_the_lock_pins_with_hashes_and_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    pins = re.findall(r"^[a-zA-Z0-9._-]+==\S+ \\$", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-zA-Z0-9]", text, re.MULTILINE))


def test_every_dependency_has_bounds_and_the_locked_version_is_within_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    for line in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        wanted = Requirement(line)
        assert {each.operator for each in wanted.specifier} in ({"=="}, {">=", "<"}), line
        assert locked[canonicalize_name(wanted.name)] in wanted.specifier, line


def test_nothing_but_text_is_kept_beside_the_pictures_of_the_docs() -> None:
    for file in _tracked():
        if file.suffix == ".png" and file.is_relative_to(ROOT / "docs"):
            continue
        data = file.read_bytes()
        assert b"\0" not in data, file
        assert len(data) < 500_000, file
