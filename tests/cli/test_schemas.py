"""What commands print for programs keeps to the schemas that come with tisu."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from command_line import tisu
from jsonschema import Draft202012Validator
from kept_sessions import keep, promised, workshop
from test_trend import two_sessions

from tisu_tui.core.records import RecordKind
from tisu_tui.store.folder import DataFolder

SCHEMAS = resources.files("tisu_tui") / "schemas"
MADE = [
    promised(1, "Book the room @sam 2026-12-01"),
    promised(2, "Cover at night @board 2026-12-09", RecordKind.ASK),
    promised(3, "Something without a day"),
]


@pytest.mark.parametrize(("name", "command"), [("actions", ("actions", "--all")), ("sessions", ("sessions",))])
def test_a_command_keeps_to_its_schema(tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    folder = DataFolder(tmp_path / "data")
    keep(folder, "7k3m", "2026-11-18", workshop(more="delete-after: 90\n"), MADE)
    keep(folder, "8k3m", "2026-11-19", workshop(), MADE, rehearsal=True)
    page = tmp_path / "exports" / "actions.md"
    page.parent.mkdir()
    assert tisu(tmp_path, "actions", "mark", "7k3m.a1", "done").returncode == 0
    done = tisu(tmp_path, *command, "--json")
    rows = json.loads(done.stdout)
    assert len(rows) > 1
    validator = Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))
    assert list(validator.iter_errors(rows)) == []
    # A field that nobody has described is noticed.
    assert list(validator.iter_errors([{**rows[0], "more": 1}]))


def test_a_command_that_prints_a_document_keeps_to_its_schema(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    assert tisu(tmp_path, "support", "add", "NHS 24, 111").returncode == 0
    assert tisu(tmp_path, "notes", "bbbb").returncode == 0
    for name, command in {
        "trend": ("trend", "rows"),
        "verify": ("verify", "bbbb"),
        "support": ("support",),
    }.items():
        document = json.loads(tisu(tmp_path, *command, "--json").stdout)
        validator = Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))
        assert list(validator.iter_errors(document)) == []
        more = [{**document[0], "more": 1}] if isinstance(document, list) else {**document, "more": 1}
        assert list(validator.iter_errors(more))


def test_every_schema_is_one_and_closed() -> None:
    for each in SCHEMAS.iterdir():
        text = each.read_text("utf-8")
        Draft202012Validator.check_schema(json.loads(text))
        assert text.count('"type": "object"') == text.count('"additionalProperties"'), each.name
