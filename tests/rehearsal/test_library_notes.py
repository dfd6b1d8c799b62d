"""Every workshop of the library, played to its notes in rooms of three sizes, by people who answer, pass and drop out.

The notes are kept in `golden/` as somebody would read them; `WRITE_GOLDEN=1` writes them again.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from tisu_tui.cli._opening import open_workshop
from tisu_tui.cli._rehearsal import Wish, run
from tisu_tui.rehearsal.pace import AT_ONCE
from tisu_tui.workshop import library

GOLDEN = Path(__file__).parent / "golden"
DATE = dt.date(2026, 11, 18)
WORKSHOPS = [path.stem for path in library()]


@pytest.mark.parametrize("people", [3, 6, 12])
@pytest.mark.parametrize("workshop", WORKSHOPS)
def test_a_workshop_is_played_to_the_notes_that_are_kept(workshop: str, people: int, tmp_path: Path) -> None:
    run(
        open_workshop(workshop),
        None,
        Wish(people, 3, DATE, leads=True, on_screen=False, exports=tmp_path, pace=AT_ONCE),
    )
    (note,) = tmp_path.glob("*.md")
    golden = GOLDEN / f"{workshop}-{people}.md"
    if os.environ.get("WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes(note.read_bytes())
    assert note.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_no_notes_are_kept_of_workshops_that_are_gone() -> None:
    assert {path.stem.rpartition("-")[0] for path in GOLDEN.glob("*.md")} == set(WORKSHOPS)
