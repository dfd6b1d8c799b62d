"""What a session begins with is said in the language of its workshop, whatever the host speaks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from kept_sessions import keep, promised, put, told, workshop

from tisu_tui.cli._earlier import new_session
from tisu_tui.cli._opening import read_stored
from tisu_tui.core.activity import Given, Present
from tisu_tui.core.records import RecordKind
from tisu_tui.core.size import Size
from tisu_tui.core.translation import speaking
from tisu_tui.privacy.gate import release
from tisu_tui.session import changes
from tisu_tui.session.session import Session
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile

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


def test_a_decision_stands_in_the_language_of_its_session(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    what = workshop(more="language: pl\n", body="## Dwie rotacje\n\n`consent` `id try`\n\n" + FOLLOW)
    session, step = Session("aaaa", "2026-11-02", what), what.steps[0]
    with speaking("pl"):
        count = step.activity.count(6 * [{"position": ("agree",)}], Present(6, 6), Given())
        released, words = release(count, step.tier, Size(6), type(step.activity).finds, record=session.record(step))
        session = told(session, released, words, people=6)
        tell = replace(promised(1, "nocna zmiana @sam 2026-12-04", RecordKind.TELL), about="try.1")
        session = changes.recorded(session, tell)
        put(folder, changes.sealed(session))
    fresh = new_session(folder, "bbbb", "rain42", dt.date(2026, 11, 30), what, tmp_path, rehearsal=False)
    ((_step, options),) = fresh.prepared
    assert [option.label for option in options] == [
        "Czy im powiedziano? nocna zmiana, w sprawie: „Dwie rotacje”: Przyjęte. — @sam, do 4 grudnia 2026"
    ]


def test_a_request_keeps_its_short_name_where_the_host_was_started_again(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep(folder, "aaaa", "2026-11-02", workshop(), [promised(1, "Noce @rada 2026-12-20", RecordKind.ASK)])
    what = workshop(more="language: pl\n", body=FOLLOW)
    fresh = new_session(folder, "bbbb", "rain42", dt.date(2026, 11, 30), what, tmp_path, rehearsal=False)
    put(folder, fresh)
    again, _box = SessionFile(folder.session_file("bbbb"), read_only=True).load(read_stored)
    assert again.prepared == fresh.prepared
    with speaking("pl"):
        titles = [field.title for field in what.steps[0].activity.form(again.given(what.steps[0]), Size(6)).fields]
    assert "Co powiedziano: Noce" in titles
