"""Whatever moment the power fails, the file is whole and holds everything that was acknowledged."""

from __future__ import annotations

import contextlib
import json
import os
import random
from pathlib import Path

import pytest
from simulated_files import (
    AcknowledgesBeforeSyncing,
    NeverSyncsFiles,
    NeverSyncsFolders,
    PowerCut,
    SimulatedFiles,
    WritesInPlace,
)
from tinydb import TinyDB, where

from tisu_tui.store.atomic import AtomicStorage, StorageDamaged, Tables

PATH = Path("/data/session.json")
HISTORIES = round(200_000 * float(os.environ.get("TISU_SOAK", "0.0025")))
PARTS = 4


class Watched(AtomicStorage):
    """Remembers, as text, the last content that was tried and the last that was acknowledged, across lives."""

    tried: str
    acknowledged: str

    def write(self, data: Tables) -> None:
        type(self).tried = as_text(data)
        super().write(data)
        type(self).acknowledged = self.tried


def as_text(data: Tables) -> str:
    return json.dumps(data, sort_keys=True)


def change(db: TinyDB, chance: random.Random) -> None:
    table = db.table(chance.choice(["rounds", "actions"]))
    words = {"step": chance.randrange(4), "words": "é" * chance.randrange(700)}
    match chance.randrange(8):
        case 0 | 1 | 2:
            table.insert(words)
        case 3 | 4:
            table.update(words, where("step") == words["step"])
        case 5:
            table.upsert(words, where("step") == words["step"])
        case 6:
            table.remove(where("step") == words["step"])
        case _:
            chance.choice([table.truncate, db.drop_tables])()


def problem_in_history(seed: int, file_system: type[SimulatedFiles]) -> str | None:
    """Live through eight kills or power losses, and say what was wrong with what was found after one."""
    chance = random.Random(seed)
    files = file_system(chance)
    Watched.tried = Watched.acknowledged = as_text({})
    for life in range(8):
        files.steps_left = chance.randrange(1, 150)
        try:
            storage = Watched(PATH, files=files)
            found = as_text(storage.read() or {})
            if found not in (Watched.acknowledged, Watched.tried):
                return f"life {life} of seed {seed}: an acknowledged change is lost, or one was invented"
            Watched.acknowledged = Watched.tried = found
            db = TinyDB(storage=lambda kept=storage: kept)
            for _ in range(10):
                change(db, chance)
        except PowerCut:
            pass
        except StorageDamaged:
            return f"life {life} of seed {seed}: unreadable"
        if chance.random() < 0.3:
            files.kill()
        else:
            files.lose_power()
    return None


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_acknowledged_is_lost(part: int) -> None:
    for seed in range(part, HISTORIES, PARTS):
        assert problem_in_history(seed, SimulatedFiles) is None


@pytest.mark.parametrize("file_system", [NeverSyncsFiles, NeverSyncsFolders, WritesInPlace, AcknowledgesBeforeSyncing])
def test_the_simulation_finds_planted_bugs(file_system: type[SimulatedFiles]) -> None:
    found = sum(problem_in_history(seed, file_system) is not None for seed in range(200))
    assert found >= 100


def test_what_was_read_after_a_kill_survives_a_power_loss() -> None:
    for steps in range(1, 20):
        files = SimulatedFiles(random.Random(steps))
        AtomicStorage(PATH, files=files).write({"rounds": {"1": {"answer": "old"}}})
        storage = AtomicStorage(PATH, files=files)
        files.steps_left = steps
        with contextlib.suppress(PowerCut):
            storage.write({"rounds": {"1": {"answer": "new"}}})
        files.kill()
        shown = AtomicStorage(PATH, files=files).read()
        files.lose_power(unsynced_survives=False)
        assert AtomicStorage(PATH, files=files).read() == shown
