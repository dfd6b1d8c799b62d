"""A new session begins with what earlier ones in the same data folder left open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from kept_sessions import keep, new_session, promised, put, told
from rooms import workshop_of

from tisu_tui.cli._earlier import begin
from tisu_tui.core.form import Option
from tisu_tui.core.released import Released
from tisu_tui.core.size import Way
from tisu_tui.notes.saving import save
from tisu_tui.notes.write import render
from tisu_tui.session.changes import moved, opened, prepared, recorded, sealed
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, view

TODAY = dt.date(2026, 11, 30)
FRONT = "---\ntisu: 1\ntitle: Looking back\n---\n\n"
PROMISE = promised(1, "Book the room @sam 2026-12-01")
ONLY_THE_END = "## The end\n\n`close`\n"
OPEN = (("back", (Option("aaaa.a1", "Book the room — @sam, due 1 December 2026"),)),)


def workshop(body: str = "## What became of it?\n\n`follow` `id back`\n\n## The end\n\n`close`\n") -> Workshop:
    return workshop_of(FRONT + body, "back.md")


def keep_promise(folder: DataFolder, *, rehearsal: bool = False) -> None:
    keep(folder, "aaaa", "2026-11-18", workshop(), [PROMISE], rehearsal=rehearsal)


def recalled(
    folder: DataFolder, what: Workshop | None = None, *, exports: Path | None = None, rehearsal: bool = False
) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    session = Session("next", TODAY.isoformat(), what or workshop(), rehearsal=rehearsal)
    return begin(folder, session, exports).prepared


def test_what_a_sealed_session_promised_is_there_when_the_next_one_begins(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert recalled(folder) == ()
    keep_promise(folder)
    assert recalled(folder) == OPEN
    assert recalled(folder, workshop(ONLY_THE_END)) == ()


def test_a_session_that_goes_on_promises_nothing_yet(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    put(folder, recorded(new_session("aaaa", "2026-11-18", workshop()), PROMISE))
    assert recalled(folder) == ()


def test_rehearsals_recall_rehearsals_and_nothing_that_people_said(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep_promise(folder, rehearsal=True)
    assert recalled(folder) == ()
    assert recalled(folder, rehearsal=True) == OPEN


def test_earlier_sessions_are_read_once_and_not_at_all_where_nothing_looks_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = DataFolder(tmp_path / "data")
    keep_promise(folder)
    damaged = folder.session_file("bbbb")
    damaged.write_text("{")
    damaged.chmod(0o600)
    assert recalled(folder) == OPEN
    (named,) = capsys.readouterr().err.splitlines()
    assert str(damaged) in named
    assert recalled(folder, workshop(ONLY_THE_END)) == ()
    assert capsys.readouterr().err == ""


AGREEMENT = "## How we work together\n\n`agree` `id together`\n\n1. Anyone can pass.\n\n## The end\n\n`close`\n"
ADDED = Option("c1", "Tea first.")


def agreed(session: Session, *added: str, options: tuple[Option, ...] = ()) -> Session:
    entries = {"anyone-can-pass": ("fine",), "more": added}
    return told(session, Released(1, Way.ALOUD, "2–4", options=options), people=4, options=options, entries=entries)


def keep_agreed(folder: DataFolder, name: str, *added: str, date: str = "2026-11-18", body: str = AGREEMENT) -> None:
    put(folder, sealed(agreed(new_session(name, date, workshop(body)), *added)))


def begun(folder: DataFolder, body: str = AGREEMENT, *, rehearsal: bool = False) -> Session:
    return begin(folder, Session("next", "2026-12-30", workshop(body), rehearsal=rehearsal))


def labels(session: Session) -> list[str]:
    (step, _end) = session.workshop.steps
    return [option.label for option in session.choices(step)]


def test_an_agreement_carries_to_the_next_session_and_says_from_when(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    assert labels(begun(folder)) == ["Anyone can pass."]
    keep_agreed(folder, "aaaa", "Tea first.", date="2026-10-01")
    keep(folder, "bbbb", "2026-11-18", workshop())
    session = begun(folder)
    assert labels(session) == ["Anyone can pass.", "Tea first."]

    sentence = "Our own lines are carried from 1 October 2026."
    there, (step, _end) = moved(session, 0), session.workshop.steps
    options = there.options(step)
    for role in Role:
        assert sentence in [block.text for block in view(opened(there, 4, options), role, Live(seats=4)).body]
    ended = sealed(agreed(session, options=options))
    notes = b"".join(content for name, content in render(ended).items() if name.endswith(".md"))
    assert sentence in notes.decode()
    assert "Tea first." in notes.decode()
    without = b"".join(render(replace(ended, carried=())).values())
    assert b"carried" not in without


def test_another_workshop_keeps_its_own_lines_and_takes_what_the_team_made_beside_them(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    other = AGREEMENT.replace("Anyone can pass.", "One vote for each person.")
    changed = (Option("anyone-can-pass", "Anyone can pass."), Option("n1", "Anyone can leave, too."))
    first = new_session("aaaa", "2026-10-01", workshop(AGREEMENT))
    put(folder, sealed(agreed(first, "Tea first.", "one vote for each person.", options=changed)))
    session = begun(folder, other)
    assert labels(session) == ["One vote for each person.", "Anyone can leave, too.", "Tea first."]
    assert len({option.id for option in session.choices(session.workshop.steps[0])}) == 3
    assert session.carried == (("together", "2026-10-01"),)


def test_nothing_comes_to_another_workshop_where_the_team_made_nothing_of_its_own(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep_agreed(folder, "aaaa", date="2026-10-01")
    session = begun(folder, AGREEMENT.replace("Anyone can pass.", "One vote for each person."))
    assert labels(session) == ["One vote for each person."]
    assert session.carried == ()


def test_the_facilitator_can_change_what_was_carried_and_the_files_lines_come_back_where_nothing_is_left(
    tmp_path: Path,
) -> None:
    folder = DataFolder(tmp_path / "data")
    keep_agreed(folder, "aaaa", "Tea first.")
    session = begun(folder)
    assert labels(prepared(session, "together", (ADDED,))) == ["Tea first."]
    assert labels(prepared(session, "together", ())) == ["Anyone can pass."]


def test_only_the_latest_sealed_agreement_counts_and_rehearsals_keep_to_themselves(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep_agreed(folder, "aaaa", "Tea first.", date="2026-10-01")
    keep_agreed(folder, "cccc", "Coffee first.", date="2026-11-01")
    put(folder, agreed(new_session("bbbb", "2026-12-01", workshop(AGREEMENT)), "Not sealed."))
    rehearsed = new_session("dddd", "2026-12-02", workshop(AGREEMENT), rehearsal=True)
    put(folder, sealed(agreed(rehearsed, "Made up.")))
    assert labels(begun(folder)) == ["Anyone can pass.", "Coffee first."]
    assert labels(begun(folder, rehearsal=True)) == ["Anyone can pass.", "Made up."]


def test_an_agreement_that_was_kept_in_the_room_stays_there(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    private = AGREEMENT.replace("`id together`", "`id together` `kept in the room`")
    keep_agreed(folder, "aaaa", "Tea first.", body=private)
    assert begun(folder).carried == ()


def test_what_was_written_between_sessions_comes_too_and_what_is_done_does_not(tmp_path: Path) -> None:
    folder, exports = DataFolder(tmp_path / "data"), tmp_path / "exports"
    keep_promise(folder)
    exports.mkdir()
    page = (
        "---\ntisu-actions: 1\n---\n\n- [x] Book the room <!-- action aaaa.a1 -->\n- [ ] Ring — @kim, due 2026-11-20\n"
    )
    (exports / "actions.md").write_text(page, encoding="utf-8")
    ((step, (option,)),) = recalled(folder, exports=exports)
    assert (step, option.label) == ("back", "Ring — @kim, due 20 November 2026, 10 days ago")


def test_a_team_with_nothing_but_its_notes_is_followed_up_from_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, exports = DataFolder(tmp_path / "data"), tmp_path / "exports"
    session = sealed(recorded(Session("aaaa", "2026-11-18", workshop()), PROMISE))
    save(render(session), exports)
    assert recalled(folder, exports=exports) == OPEN
    assert "the notes in" in capsys.readouterr().err
