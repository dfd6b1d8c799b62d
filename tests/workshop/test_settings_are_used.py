"""Whatever a workshop file can set, something in the program goes by it."""

from __future__ import annotations

import ast
import re
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest
from shipped import sources

from tisu_tui.activities import kinds
from tisu_tui.session.workshop import Step, Workshop
from tisu_tui.workshop.front_matter import KEYS
from tisu_tui.workshop.settings import FLAGS, SETTINGS, Settings, read_settings
from tisu_tui.workshop.source import Report, Text

GUIDE = Path(__file__).parents[2] / "docs" / "writing-a-workshop.md"


@cache
def _read_elsewhere() -> frozenset[str]:
    """Find the attributes that are read anywhere but where the file is read."""
    return frozenset(
        node.attr
        for file, tree in sources().items()
        if file.parent.name != "workshop"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    )


@pytest.mark.parametrize("name", sorted({field.name for shape in (Step, Workshop) for field in fields(shape)}))
def test_what_is_read_from_a_file_is_used(name: str) -> None:
    assert name in _read_elsewhere()


@pytest.mark.parametrize("flag", FLAGS)
def test_a_setting_is_one_of_the_step_or_of_a_kind_that_goes_by_it(flag: str) -> None:
    name = flag.replace(" ", "_")
    of_a_kind = {name for kind in kinds().values() for name in kind.__annotations__}
    assert name in {field.name for field in fields(Step)} | of_a_kind
    assert name in _read_elsewhere()


@pytest.mark.parametrize("word", [setting.word for setting in SETTINGS])
def test_what_a_setting_says_is_taken_over(word: str) -> None:
    report = Report()
    read = read_settings([Text("talk", 1, 1), Text(word, 1, 8)], report)
    assert not report.count
    assert replace(read, said={}) != Settings(kind=read.kind)


@pytest.mark.parametrize("opening", sorted({*KEYS, *(setting.opening for setting in SETTINGS if setting.opening)}))
def test_the_guide_has_each_setting(opening: str) -> None:
    assert re.search(rf"`{opening}[`: ]", GUIDE.read_text("utf-8")), f"nothing is said of it in {GUIDE}"
