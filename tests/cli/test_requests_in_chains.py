"""No request is lost, doubled or called unanswered, whatever a team does with its notes, laptops and pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from chains import play

CHAINS = 500 if os.environ.get("TISU_SOAK") else 4


@pytest.mark.parametrize("part", range(4))
def test_the_laws_of_requests_hold_in_chains_made_by_chance(part: int, tmp_path: Path) -> None:
    for seed in range(part, CHAINS, 4):
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            play(folder, seed)
        except AssertionError as broken:
            raise AssertionError(f"chain {seed}: {broken}") from broken
