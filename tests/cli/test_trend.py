"""`tisu trend` at the command line: a table, a page with pictures, and the same for scripts."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from command_line import tisu
from kept_sessions import new_session, put, told
from rooms import workshop_of

from tisu_tui.cli.trend import trend_lines
from tisu_tui.core.activity import Given, Present
from tisu_tui.core.size import Size
from tisu_tui.core.text import cells
from tisu_tui.memory.trend import Trend, TrendLine, TrendSession
from tisu_tui.notes.trend import trend_page
from tisu_tui.privacy.gate import release
from tisu_tui.session.changes import sealed
from tisu_tui.session.session import Session
from tisu_tui.session.workshop import Workshop
from tisu_tui.store.folder import DataFolder

SOURCE = """---
tisu: 1
title: Where we are
---

## How far are we?

`rate` `id rows`

1. `R1` Leaders show openly and often that they stand behind trauma-informed work.
2. `R2` Leaders have been trained.

- 1: Not started
- 2: Early steps. It is planned
- 3: Partly in place

## The end

`close`
"""


def workshop() -> Workshop:
    return workshop_of(SOURCE, "rows.md")


def rated(name: str, date: str, *answers: str, rehearsal: bool) -> Session:
    """A sealed session in which people answered, each with a digit a line, through the gate."""
    step, people = workshop().steps[0], len(answers)
    given = [{"R1": (answer[0],), "R2": (answer[1],)} for answer in answers]
    count = step.activity.count(given, Present(people, people), Given())
    released, words = release(count, step.tier, Size(people), type(step.activity).finds, ())
    return sealed(told(new_session(name, date, workshop(), rehearsal=rehearsal), released, words, people=people))


def two_sessions(tmp_path: Path, *, rehearsal: bool = False) -> None:
    folder = DataFolder(tmp_path / "data")
    put(folder, rated("aaaa", "2026-09-01", *["21"] * 11, rehearsal=rehearsal))
    put(folder, rated("bbbb", "2026-10-13", *["32"] * 10, rehearsal=rehearsal))


def test_it_is_a_table_of_eighty_columns(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    done = tisu(tmp_path, "trend", "rows")
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(cells, done.stdout.splitlines())) <= 80
    assert "On 1 September 2026: 2 Early steps. On 13 October 2026: 3 Partly in place." in done.stdout
    assert "We may not be the same people each time." in done.stdout


def test_a_question_that_is_a_step_of_its_own_is_said_once() -> None:
    line = TrendLine("how", "How are we?", ("1", "2"), (None,))
    alone = Trend("how", "How are we?", (TrendSession("aaaa", "2026-09-01", "Where we are", "8–11"),), (line,))
    assert "\n".join(trend_lines([alone])).count("How are we?") == 1
    page = trend_page("rows", [alone])["trend-rows.md"].decode()
    assert re.findall(r"^#+ How are we\?$", page, re.MULTILINE) == ["## How are we?"]


def test_no_number_of_people_is_in_it(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    for arguments in (("trend", "rows"), ("trend", "rows", "--json")):
        told = tisu(tmp_path, *arguments).stdout
        assert "11" not in told.replace("8–11", "")


def test_the_document_for_scripts_says_the_same(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    document = json.loads(tisu(tmp_path, "trend", "rows", "--json", "--step", "rows").stdout)
    (step,) = document["steps"]
    assert [each["date"] for each in step["sessions"]] == ["2026-09-01", "2026-10-13"]
    assert [cell["middle"] for cell in step["statements"][0]["sessions"]] == [
        ["2 Early steps. It is planned"],
        ["3 Partly in place"],
    ]


def test_a_page_with_a_picture_is_written_again_and_never_over_another(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    exports = tmp_path / "out"
    done = tisu(tmp_path, "trend", "rows", "--to", str(exports))
    page = exports / "trend-rows.md"
    assert done.stdout.strip() == str(page)
    text = page.read_text(encoding="utf-8")
    assert "](trend-rows/rows.svg)" in text
    assert (exports / "trend-rows" / "rows.svg").read_text(encoding="utf-8").startswith("<svg")
    assert tisu(tmp_path, "trend", "rows", "--to", str(exports)).returncode == 0
    assert page.read_text(encoding="utf-8") == text
    page.write_text("# Somebody's own page\n", encoding="utf-8")
    done = tisu(tmp_path, "trend", "rows", "--to", str(exports))
    assert done.returncode == 1
    assert "trend-rows.md" in done.stderr
    assert page.read_text(encoding="utf-8") == "# Somebody's own page\n"


def test_rehearsals_are_looked_at_only_when_asked_for(tmp_path: Path) -> None:
    two_sessions(tmp_path, rehearsal=True)
    done = tisu(tmp_path, "trend", "rows")
    assert (done.returncode, done.stdout) == (2, "")
    assert tisu(tmp_path, "trend", "rows", "--rehearsals").returncode == 0


def test_whoever_has_notes_alone_is_told_how_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    done = tisu(tmp_path, "trend", "rows")
    assert done.stderr.endswith("has rated anything yet. To read the notes in exports: --from exports\n")


def test_what_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    for arguments, said in (
        (("nothing",), "No sealed session of 'nothing' has rated anything yet."),
        (("rows", "--step", "x"), "No step x was rated there. There is: rows"),
        (("rows", "--screen"), "--screen needs a terminal. Without it: tisu trend rows"),
    ):
        done = tisu(tmp_path, "trend", *arguments)
        assert (done.returncode, done.stdout, done.stderr.strip()) == (2, "", said)


def test_notes_alone_give_the_same_answers(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    notes = str(tmp_path / "exports")
    for session in ("aaaa", "bbbb"):
        assert tisu(tmp_path, "notes", session, "--to", notes).returncode == 0
    kept = [tisu(tmp_path, "trend", "rows", *more).stdout for more in ((), ("--json",))]
    shutil.rmtree(tmp_path / "data")
    assert [tisu(tmp_path, "trend", "rows", "--from", notes, *more).stdout for more in ((), ("--json",))] == kept
    assert tisu(tmp_path, "trend", "rows", "--from", str(tmp_path / "nothing")).returncode == 2


def test_a_page_among_the_notes_that_is_none_is_named_and_left(tmp_path: Path) -> None:
    two_sessions(tmp_path)
    exports = tmp_path / "exports"
    for session in ("aaaa", "bbbb"):
        tisu(tmp_path, "notes", session, "--to", str(exports))
    tisu(tmp_path, "trend", "rows", "--to", str(exports))
    whole = tisu(tmp_path, "trend", "rows", "--from", str(exports))
    assert whole.stderr == "", "pages of our own are passed by in silence"
    (exports / "shopping.md").write_text("# Milk", encoding="utf-8")
    (exports / "broken.md").write_bytes(b"\xff\xfe\x00")
    note = next(exports.glob("2026-09-01*.md"))
    (exports / "half.md").write_bytes(note.read_bytes()[:40])
    (exports / "z-copy.md").write_bytes(note.read_bytes())
    done = tisu(tmp_path, "trend", "rows", "--from", str(exports))
    assert done.stdout == whole.stdout
    named = [Path(line.partition(": left out")[0]).name for line in done.stderr.splitlines()]
    assert named == ["broken.md", "half.md", "shopping.md", "z-copy.md"]


def test_sessions_of_one_day_stand_in_the_order_in_which_they_were_held(tmp_path: Path) -> None:
    (tmp_path / "rows.md").write_text(SOURCE, encoding="utf-8")
    held: list[str] = []
    for seed in ("1", "2", "3", "4"):
        tisu(tmp_path, "rehearse", "rows.md", "--seed", seed, "--people", "5", "--headless", "--data", "data")
        held += sorted({path.stem for path in (tmp_path / "data").glob("*.json")} - set(held))
    document = json.loads(tisu(tmp_path, "trend", "rows", "--rehearsals", "--json").stdout)
    assert [each["id"] for each in document["steps"][0]["sessions"]] == held
