"""The limits of a real machine: a full disk, no descriptors, a read-only folder, kill -9."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tisu_tui.store.atomic import AtomicStorage

UNTIL_REFUSED = """
import os, resource, sys
from pathlib import Path
from tinydb import TinyDB
from tisu_tui.store.atomic import AtomicStorage, StorageFailed

def lower(limit, most):
    resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))

def write_until_refused(change):
    db = TinyDB(Path("s.json"), storage=AtomicStorage)
    for n in range(40):
        if n == 5:
            change()
        try:
            db.insert({"n": n, "words": "x" * 100})
        except StorageFailed as error:
            stored = len(db)
            try:
                db.insert({"n": "after"})
            except StorageFailed:
                print(n, stored, "refused", error, flush=True)
            else:
                print(n, stored, "stored", error, flush=True)
            return
"""

FULL_DISK = "lambda: lower(resource.RLIMIT_FSIZE, 2_000)"
NO_DESCRIPTORS = "lambda: lower(resource.RLIMIT_NOFILE, 3)"
# The superuser writes everywhere, so it becomes nobody first; the current folder stays open to it.
READ_ONLY = "lambda: (os.chmod('.', 0o555), os.geteuid() == 0 and os.setuid(65534))"

FOR_EVER = """
from pathlib import Path
from tinydb import TinyDB
from tisu_tui.store.atomic import AtomicStorage

db = TinyDB(Path("s.json"), storage=AtomicStorage)
while True:
    db.upsert({"n": len(db), "words": "x" * 5_000}, lambda row: False)
    db.update({"latest": len(db)})
    print(len(db), flush=True)
"""


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Give a folder on the disk; other tests may have theirs in memory."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def python(code: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("change", "reason", "after"),
    [
        # What is smaller than the room that is left is stored again.
        (FULL_DISK, "File too large", "stored"),
        (NO_DESCRIPTORS, "Too many open files", "refused"),
        (READ_ONLY, "Permission denied", "refused"),
    ],
)
def test_a_machine_at_its_limits_loses_nothing(tmp_path: Path, change: str, reason: str, after: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with python(f"{UNTIL_REFUSED}\nwrite_until_refused({change})", folder) as process:
        said, _ = process.communicate(timeout=20)
    folder.chmod(0o700)
    stored, kept, then, error = said.split(" ", 3)
    assert int(kept) == int(stored) >= 5
    assert then == after
    assert reason in error
    found = AtomicStorage(folder / "s.json").read()
    assert found is not None
    assert len(found["_default"]) == int(stored) + (after == "stored")
    assert [file.name for file in folder.iterdir()] == ["s.json"]


def test_a_killed_writer_leaves_everything_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    for _life in range(5):
        with python(FOR_EVER, tmp_path) as process:
            assert process.stdout
            for _line in range(7):
                acknowledged = int(process.stdout.readline())
            process.kill()
            acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
        rows = json.loads(path.read_bytes())["_default"]
        assert acknowledged <= len(rows) <= acknowledged + 1
        assert sum(row.get("latest") == max(acknowledged, len(rows)) for row in rows.values()) in {0, len(rows)}
