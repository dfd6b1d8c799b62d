"""What a session begins with is said in the language of its workshop, whatever the host speaks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kept_sessions import keep, promised, workshop

from tisu_tui.cli._earlier import new_session
from tisu_tui.core.records import RecordKind
from tisu_tui.store.folder import DataFolder

FOLLOW = "## Co było obiecane\n\n`follow` `id back`\n\n"


def test_promises_are_asked_about_in_the_language_of_the_workshop(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    asked = promised(2, "Noce @rada 2026-12-20", RecordKind.ASK)
    keep(folder, "aaaa", "2026-11-02", workshop(), [promised(1, "Czajnik @ola 2026-12-04"), asked])
    what = workshop(more="language: pl\n", body=FOLLOW)
    fresh = new_session(folder, "bbbb", "rain42", dt.date(2026, 11, 30), what, tmp_path, rehearsal=False)
    ((_step, options),) = fresh.prepared
    assert [option.label for option in options] == [
        "Czajnik — @ola, termin 4 grudnia 2026",
        "Poprosiliśmy: Noce — @rada, odpisać do 20 grudnia 2026. Jeszcze bez odpowiedzi, poproszono 4 tygodnie temu",
    ]
