"""What Obsidian Tasks, Dataview and Logseq make of a promise is read, and what tisu writes for them comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import tisu
from kept_sessions import keep, promised, workshop

from tisu_tui.core.later import Status, Turn
from tisu_tui.core.records import RecordKind
from tisu_tui.notes.page import new_page, read_page, with_turn
from tisu_tui.store.folder import DataFolder

OPEN, DONE, BEGUN, DROPPED = Status.NOT_STARTED, Status.DONE, Status.UNDER_WAY, Status.DROPPED
LINES = (
    ("- [ ] Book the room @sam 📅 2026-12-01", "Book the room", "sam", "2026-12-01", OPEN),
    ("- [x] Write the list @lea 📅 2026-12-03 ✅ 2026-11-30", "Write the list", "lea", "2026-12-03", DONE),
    ("- [x] Write the list — @lea, due 3 December 2026 ✅ 2026-11-30", "Write the list", "lea", "2026-12-03", DONE),
    ("- [ ] Tidy up 🔺 ➕ 2026-11-18 🛫 2026-11-20 ⏳ 2026-11-25 📅 2026-12-04", "Tidy up", "", "2026-12-04", OPEN),
    ("- [ ] Tidy up ⏳ 2026-11-25", "Tidy up", "", "2026-11-25", OPEN),
    ("- [-] Paint the wall 📅 2026-12-09 ❌ 2026-11-30", "Paint the wall", "", "2026-12-09", DROPPED),
    ("- [ ] Buy a kettle [due:: 2026-12-06]", "Buy a kettle", "", "2026-12-06", OPEN),
    ("- [x] Buy tea (due:: 2026-12-07) [completion:: 2026-11-30]", "Buy tea", "", "2026-12-07", DONE),
    ("- [ ] Buy milk 📅 2026-12-08 #errand", "Buy milk #errand", "", "2026-12-08", OPEN),
    ("- TODO Call the landlord @sam\n  DEADLINE: <2026-12-11 Fri>", "Call the landlord", "sam", "2026-12-11", OPEN),
    (
        "- TODO [#A] Ask HR\n  SCHEDULED: <2026-12-01 Tue>\n  DEADLINE: <2026-12-13 Sun>",
        "Ask HR",
        "",
        "2026-12-13",
        OPEN,
    ),
    ("- DOING Write the paper @Sam", "Write the paper", "Sam", "", BEGUN),
    ("- DONE Send it\n  :LOGBOOK:\n  CLOCK: [2026-11-20 Fri 10:00:00]\n  :END:", "Send it", "", "", DONE),
    ("- CANCELED Plant trees\n  id:: 6543-2a\n  collapsed:: true", "Plant trees", "", "", DROPPED),
    # What only looks like it is words.
    ("- [ ] Sort it — [[@oli]], due [[2026-12-01]]", "Sort it", "oli", "2026-12-01", OPEN),
    ("- [ ] Sort it @[[Ann Lee]] [[2026-12-01|1 December]]", "Sort it", "Ann-Lee", "2026-12-01", OPEN),
    ("- [ ] Sort [[The rota]] [[Oli|@oli]]", "Sort [[The rota]]", "oli", "", OPEN),
    ("- [ ] Ring @sam, due 2026-12-01 ^a1b2-c", "Ring", "sam", "2026-12-01", OPEN),
    ("- [ ] Ask why ✅ 2026-11-30 was chosen", "Ask why ✅ 2026-11-30 was chosen", "", "", OPEN),
    ("- [ ] TODO lists are too long", "TODO lists are too long", "", "", OPEN),
)


@pytest.mark.parametrize(("line", "text", "owner", "due", "status"), LINES)
def test_a_line_is_read_as_its_program_means_it(line: str, text: str, owner: str, due: str, status: Status) -> None:
    page = read_page(f"{new_page()}\n## Actions\n\n{line}\n")
    (entry,) = page.entries
    assert page.troubles == ()
    assert (entry.record.text, entry.record.owner, entry.record.due) == (text, owner, due)
    assert page.understood[0].box is status


def test_a_line_of_logseq_is_marked_in_its_own_words() -> None:
    page = f"{new_page()}\n## Actions\n\n- TODO Ask HR\n"
    (entry,) = read_page(page).entries
    changed = with_turn(page, entry.id, entry.record, Turn("2026-12-01", DONE))
    assert "\n- DONE Ask HR" in changed
    assert read_page(changed).understood[0].box is DONE


@pytest.mark.parametrize("program", ["obsidian", "logseq"])
def test_what_is_written_for_a_program_comes_back_as_the_same_promises(program: str, tmp_path: Path) -> None:
    made = [
        promised(1, "Book *the* room @sam 2026-12-01"),
        promised(2, "Ring [the] board"),
        promised(3, "Cover at night @board 2026-12-09", RecordKind.ASK),
        promised(4, "Put both up @lea, @ben 2026-12-02"),
    ]
    keep(DataFolder(tmp_path / "data"), "7k3m", "2026-11-18", workshop(), made)
    lines = tisu(tmp_path, "actions", "--tasks", program).stdout
    if program == "obsidian":
        assert "- [ ] Book \\*the\\* room @sam 📅 2026-12-01 <!--" in lines
    else:
        assert "- TODO Book \\*the\\* room @sam <!-- action 7k3m.a1 -->\n  DEADLINE: <2026-12-01 Tue>\n" in lines
    # A request is one wherever it stands, and has a heading of its own on the page.
    actions = re.sub(r"(?m)^.* <!-- ask .*\n(?:  .*\n)?", "", lines)
    assert actions != lines
    page = read_page(f"{new_page()}\n## Actions\n\n{actions}")
    read = {(entry.id, entry.record.text, entry.record.owner, entry.record.due) for entry in page.entries}
    assert read == {
        ("7k3m.a1", "Book *the* room", "sam", "2026-12-01"),
        ("7k3m.a2", "Ring [the] board", "", ""),
        ("7k3m.a4", "Put both up", "lea, ben", "2026-12-02"),
    }
