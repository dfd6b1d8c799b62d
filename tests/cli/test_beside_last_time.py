"""A rated step stands beside what the same team said last time: middle answers only, and only where both were said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from kept_sessions import put, told
from rooms import workshop_of

from tisu_tui.cli._earlier import begin
from tisu_tui.cli._opening import read_stored
from tisu_tui.core.activity import Given, Present
from tisu_tui.core.released import Finding, Released
from tisu_tui.core.shown import Say, Shown, WordTable
from tisu_tui.core.size import Size, band
from tisu_tui.notes.write import render
from tisu_tui.privacy.gate import release
from tisu_tui.session.changes import sealed
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder
from tisu_tui.store.sessions import SessionFile
from tisu_tui.view.live import Live
from tisu_tui.view.view import Role, view

LINES = "1. `R1` Leaders show it.\n2. `R2` Leaders have been trained.\n"
SCALE = "- 1: Not started\n- 2: Early steps. It is planned\n- 3: Partly in place\n"
SAME_PEOPLE = Say("We may not be the same people as last time.")


def workshop(lines: str = LINES, scale: str = SCALE, kind: str = "`rate` `id rows`") -> Workshop:
    head = f"---\ntisu: 1\ntitle: Rows\n---\n\n## How far are we?\n\n{kind}\n\n"
    return workshop_of(f"{head}{lines}\n{scale}\n## The end\n\n`close`\n", "rows.md")


def played(session: Session, *answers: str, people: int = 0) -> Session:
    """Have the first step answered, one string of a digit a line for each person, through the gate."""
    step = session.workshop.steps[0]
    fields = [question.id for question in step.activity.form(Given(), Size(12)).fields]
    given = [{name: (digit,) for name, digit in zip(fields, digits, strict=True)} for digits in answers]
    there = people or len(answers)
    count = step.activity.count(given, Present(there, there), Given())
    released, words = release(count, step.tier, Size(there), type(step.activity).finds, record=session.record(step))
    return told(session, released, words, people=there)


def kept(folder: DataFolder, name: str, date: str, session: Session) -> Session:
    made = sealed(replace(session, id=name, date=date))
    put(folder, made)
    return made


def blank(what: Workshop | None = None, *, rehearsal: bool = False) -> Session:
    return Session("new1", "2026-12-30", what or workshop(), rehearsal=rehearsal)


def beside(session: Session) -> list[Shown]:
    shown = view(session, Role.SCREEN, Live(seats=12)).shown
    for role in Role:
        assert view(session, role, Live(seats=12)).shown == shown
    return [
        part
        for part in shown
        if (isinstance(part, WordTable) and part.title == "Beside last time")
        or (isinstance(part, Say) and "last time" in part.text)
    ]


def opened(folder: DataFolder, what: Workshop | None = None) -> Session:
    return begin(folder, blank(what))


def test_the_middle_of_last_time_stands_beside_that_of_now(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 6, *["33"] * 4))
    fresh = opened(folder)
    now = played(fresh, *["32"] * 10)
    rows = (
        ("R1 Leaders show it.", "2 Early steps", "3 Partly in place"),
        ("R2 Leaders have been trained.", "1 Not started", "2 Early steps"),
    )
    assert beside(now) == [
        WordTable("Beside last time", ("Statement", "Last time, 18 November 2026", "Now"), rows),
        SAME_PEOPLE,
    ]


def test_last_time_is_the_latest_of_several(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    for name, date, answer in (
        ("cccc", "2026-11-18", "21"),
        ("aaaa", "2026-12-02", "13"),
        ("bbbb", "2026-10-01", "22"),
    ):
        kept(folder, name, date, played(blank(), *[answer] * 10))
    table, _said = beside(played(opened(folder), *["32"] * 10))
    assert isinstance(table, WordTable)
    assert table.columns[1] == "Last time, 2 December 2026"
    assert [row[1] for row in table.rows] == ["1 Not started", "3 Partly in place"]


def test_it_is_in_the_notes_and_in_the_data_and_outlives_the_host(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 10))
    fresh = opened(folder)
    made = kept(folder, "bbbb", "2026-12-30", played(fresh, *["32"] * 10))
    loaded, _box = SessionFile(folder.session_file("bbbb"), read_only=True).load(read_stored)
    assert loaded == made
    files = render(loaded)
    note, data = (next(files[name] for name in files if name.endswith(end)) for end in (".md", ".json"))
    assert "Last time, 18 November 2026" in note.decode()
    shown = json.loads(data)["steps"][0]["shown"]
    assert shown[-1] == {"say": SAME_PEOPLE.text}
    assert shown[-2]["rows"][0] == ["R1 Leaders show it.", "2 Early steps", "3 Partly in place"]


def test_no_number_of_people_is_put_beside_another(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 11))
    fresh = opened(folder)
    table, _said = beside(played(fresh, *["32"] * 10))
    assert isinstance(table, WordTable)
    assert not any(cell.strip().isdigit() for row in table.rows for cell in row if isinstance(cell, str))


def test_a_line_that_either_session_withheld_is_not_compared(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    session = blank(workshop("1. `R1` Leaders show it.\n"))
    kept(folder, "aaaa", "2026-11-18", played(session, *["2"] * 4, people=5))
    fresh = opened(folder, session.workshop)
    assert beside(played(fresh, *["2"] * 10)) == []
    kept(folder, "bbbb", "2026-11-19", played(session, *["2"] * 10))
    fresh = opened(folder, session.workshop)
    assert beside(played(fresh, *["2"] * 4, people=5)) == []


def test_what_was_agreed_aloud_is_compared_and_says_so(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    aloud = told(blank(), Released(1, Size(3).way, band(3)), people=3, entries={"R1": ("1",)})
    kept(folder, "aaaa", "2026-11-18", aloud)
    fresh = opened(folder)
    table, _said = beside(played(fresh, *["32"] * 10))
    assert isinstance(table, WordTable)
    assert table.rows == (("R1 Leaders show it.", "1 Not started (agreed aloud)", "3 Partly in place"),)


def test_lines_with_other_words_or_another_scale_are_named_and_not_compared(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 10))
    other = opened(folder, workshop(LINES.replace("show it", "show it often")))
    (table, said, changed) = beside(played(other, *["32"] * 10))
    assert isinstance(table, WordTable)
    assert [row[0] for row in table.rows] == ["R2 Leaders have been trained."]
    assert said == SAME_PEOPLE
    assert changed == Say("Not put beside last time, because the words have changed since: “R1 Leaders show it often.”")
    longer = opened(folder, workshop(scale=SCALE + "- 4: In place\n"))
    (changed,) = beside(played(longer, *["32"] * 10))
    assert isinstance(changed, Say)
    assert "R1" in changed.text
    assert "R2" in changed.text


def test_the_latest_sealed_session_that_ran_the_step_counts(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    kept(folder, "aaaa", "2026-10-01", played(blank(), *["11"] * 10))
    kept(folder, "zzzz", "2026-09-01", played(blank(), *["33"] * 10))
    kept(folder, "cccc", "2026-11-01", blank())
    fresh = opened(folder)
    assert [earlier.date for earlier in fresh.earlier] == ["2026-10-01"]


def test_rehearsals_and_sessions_that_go_on_are_no_last_time(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    kept(folder, "aaaa", "2026-11-18", played(blank(rehearsal=True), *["21"] * 10))
    going = played(blank(), *["21"] * 10)
    put(folder, replace(going, id="bbbb"))
    assert begin(folder, blank()).earlier == ()
    assert [earlier.date for earlier in begin(folder, blank(rehearsal=True)).earlier] == ["2026-11-18"]


def test_what_stays_in_the_room_and_how_people_liked_it_are_never_kept_for_later(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    private = workshop(kind="`rate` `id rows` `kept in the room`")
    kept(folder, "aaaa", "2026-11-18", played(blank(private), *["21"] * 10))
    assert begin(folder, blank(private)).earlier == ()
    assert begin(folder, blank()).earlier == ()


class TestWhatBearsOnTheNextSession:
    """Two sessions weeks apart have other people in them, and nobody can tell who."""

    def numbers(self, session: Session) -> list[bool]:
        """Tell of each line whether the next session, of so many people, would be told numbers."""
        closed = played(session, *["32"] * 12).rounds[0].closed
        assert closed is not None
        return [isinstance(tally.answered, int) for tally in closed.tallies]

    def test_numbers_are_told_once_and_words_from_then_on(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        assert self.numbers(opened(folder)) == [True, True]
        kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 13))
        fresh = opened(folder)
        assert self.numbers(fresh) == [False, False]
        (first, _second) = played(fresh, *["32"] * 12).rounds[0].closed.tallies  # type: ignore[union-attr]  # it is closed
        assert {each.finding for each in first.found} == {Finding.MEDIAN, Finding.QUARTILES, Finding.SPREAD}

    def test_unless_ten_came_or_left_or_the_team_wants_them(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 22))
        assert self.numbers(opened(folder)) == [True, True]
        kept(folder, "bbbb", "2026-11-19", played(blank(), *["21"] * 13))
        assert self.numbers(opened(folder)) == [False, False]
        wanted = replace(opened(folder), workshop=replace(workshop(), trend_numbers=True))
        assert self.numbers(wanted) == [True, True]

    def test_words_first_are_no_numbers_until_ten_more_answer(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 7))
        assert self.numbers(replace(opened(folder), workshop=replace(workshop(), trend_numbers=True))) == [False] * 2

    def test_a_question_is_known_by_its_words_and_not_by_its_step(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 13))
        other = workshop("1. `S1` leaders  show it\n2. `S2` Something else.\n", kind="`rate` `id others`")
        assert self.numbers(opened(folder, other)) == [False, True]

    def test_also_where_its_notes_were_never_sealed(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        going = replace(played(blank(), *["21"] * 12), id="aaaa")
        put(folder, going)
        assert self.numbers(opened(folder)) == [False, False]

    def test_nothing_of_what_stays_in_the_room(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        private = workshop(kind="`rate` `id rows` `kept in the room`")
        kept(folder, "aaaa", "2026-11-18", played(blank(private), *["21"] * 9))
        assert opened(folder, private).told == ()

    def test_it_outlives_the_host_and_holds_no_words(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        kept(folder, "aaaa", "2026-11-18", played(blank(), *["21"] * 12))
        made = kept(folder, "bbbb", "2026-12-30", opened(folder))
        loaded, _box = SessionFile(folder.session_file("bbbb"), read_only=True).load(read_stored)
        assert loaded.told == made.told != ()
        assert "Leaders" not in repr(loaded.told)
