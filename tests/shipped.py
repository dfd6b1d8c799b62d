"""What is shipped, read once for all tests of a process: every worker collects all of them."""

from __future__ import annotations

import ast
import datetime as dt
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tisu_tui
from tisu_tui.session.workshop import Workshop
from tisu_tui.workshop.library import library
from tisu_tui.workshop.reader import read

PACKAGE = Path(tisu_tui.__file__).parent


@cache
def workshops() -> Mapping[str, Workshop]:
    """Read the workshops of the library, by name."""
    found = {path.stem: read(path.read_bytes(), path.name, dt.date(2026, 11, 18)) for path in library()}
    assert all(each.workshop for each in found.values()), found
    return {name: each.workshop for name, each in found.items() if each.workshop}


@cache
def sources() -> Mapping[Path, ast.Module]:
    """Parse every module of the package, by its path."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def copy_package(to: Path) -> None:
    """Copy the package with what was compiled of it: that holds for files of the same sizes and times."""
    shutil.copytree(PACKAGE, to / "tisu_tui", ignore=shutil.ignore_patterns("*.pyc.*"))
