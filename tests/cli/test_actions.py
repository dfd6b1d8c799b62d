"""`tisu actions`: from the data folder or from notes alone, and what is written between sessions."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from command_line import tisu
from docx.oxml import OxmlElement
from kept_sessions import keep, promised, workshop

from tisu_tui.cli._opening import load
from tisu_tui.core.records import RecordKind
from tisu_tui.documents.word import word_file
from tisu_tui.notes.read import read_note
from tisu_tui.notes.reply import reply_form
from tisu_tui.notes.saving import save
from tisu_tui.notes.write import render
from tisu_tui.store.folder import DataFolder

RATED = "## How far?\n\n`rate` `id rows`\n\n1. `R1` People see it.\n\n- 1: Not yet\n- 2: Partly\n- 3: Always\n\n"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A team with one sealed session, and its notes."""
    made = [
        promised(1, "Book the room @sam 2026-01-05"),
        promised(2, "Tidy | up @kim 2099-03-01"),
        promised(3, "Paid cover at night @board 2026-01-09", RecordKind.ASK),
        promised(4, "We try it 2099-04-01", RecordKind.DECISION),
    ]
    keep(DataFolder(tmp_path / "data"), "aaaa", "2025-12-01", workshop("Sharing power", body=RATED), made)
    save(render(load(DataFolder(tmp_path / "data"), "aaaa")), tmp_path / "exports")
    return tmp_path


def note(team: Path) -> Path:
    (path,) = (team / "exports").glob("2025*.md")
    return path


def listed(team: Path, *more: str) -> list[dict[str, object]]:
    done = tisu(team, "actions", "--json", "--all", *more)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_what_is_not_due_yet_is_open_all_the_same(team: Path) -> None:
    early = tisu(team, "actions", "--due", "--on", "2026-01-01")
    assert (early.returncode, early.stdout) == (0, "")
    assert "Nothing is due yet." in early.stderr


def test_what_is_due_comes_first_and_no_answer_is_said_without_blame(team: Path) -> None:
    told = tisu(team, "actions").stdout
    assert max(map(len, told.splitlines())) <= 80
    each = [" ".join(lines.split()) for lines in told.split("\n\n")]
    assert [lines.split()[0] for lines in each] == ["aaaa.a1", "aaaa.q3", "aaaa.a2", "aaaa.d4"]
    assert "Book the room — @sam, due 5 January 2026" in each[0] or "due 5 January," in each[0]
    assert "ago" in each[0]
    assert "from session aaaa of 1 December 2025" in each[0]
    assert "No answer yet, asked " in each[1]
    assert not any(word in told.casefold() for word in ("overdue", "late", "failed"))
    assert [each["id"] for each in listed(team, "--due")] == ["aaaa.a1", "aaaa.q3"]


def test_without_the_data_folder_notes_and_page_say_the_same(team: Path) -> None:
    for arguments in (("mark", "a1", "under", "way"), ("add", "Ring the board @lea 2099-01-01"), ("add", "x", "--ask")):
        assert tisu(team, "actions", *arguments, "--on", "2025-12-09").returncode == 0
    before = listed(team)
    human = tisu(team, "actions").stdout
    shutil.rmtree(team / "data")
    assert listed(team, "--from", "exports") == before
    assert tisu(team, "actions", "--from", "exports").stdout == human
    assert len(before) == 6


def test_what_was_changed_by_hand_in_notes_is_read(team: Path) -> None:
    text = note(team).read_text(encoding="utf-8")
    text = text.replace("- [ ] Book", "* [X] Book").replace("@kim, due 1 March 2099", "@lea, due 1 May 2099")
    text = text.replace("You said: no answer yet", "You said: agreed in part: from January")
    text = text.replace("## Asks to", "- [ ] Ring the board — @kim, due 2099-01-01\n\n## Asks to")
    text = "\n".join(line for line in text.split("\n") if "<!-- decision d4 -->" not in line)
    note(team).write_bytes(text.replace("\n", "\r\n").encode())
    found = {each["text"]: each for each in listed(team, "--from", "exports")}
    assert listed(team) == [*found.values()]
    assert found["Book the room"]["status"] == "done"
    assert (found["Tidy | up"]["owner"], found["Tidy | up"]["due"]) == ("lea", "2099-05-01")
    assert found["Paid cover at night"]["reply"] == "agreed in part: from January"
    assert str(found["Ring the board"]["id"]).startswith("aaaa.x")
    assert "We try it" not in found
    to_do = tisu(team, "--plain").stdout.partition("To do\n")[2]
    assert "Book the room" not in to_do
    assert "Ring the board" in to_do

    note(team).write_text(text.partition("<!-- tisu ")[0], encoding="utf-8")
    beside = {each["text"]: each for each in listed(team)}
    assert beside.pop("We try it")["id"] == "aaaa.d4", "a page that was cut short deletes nothing"
    assert beside == found


def test_the_page_is_changed_in_its_own_lines_and_nowhere_else(team: Path) -> None:
    page = team / "exports" / "actions.md"
    assert (
        tisu(team, "actions", "mark", "aaaa.a1", "stuck", "--because", "no *key*", "--on", "2025-12-03").returncode == 0
    )
    text = page.read_text(encoding="utf-8").replace("## Actions", "Our own words.\n\n## Actions\n\nMore of  them.")
    page.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").replace("- [ ]", "* [ ]").encode())
    before = page.read_bytes().split(b"\n")
    for _again in range(2):
        # Said twice it is said once, and what is done is still found by its short name.
        assert tisu(team, "actions", "--on", "2025-12-09", "mark", "a1", "done").returncode == 0
    after = page.read_bytes().split(b"\n")
    at = next(n for n, line in enumerate(before) if b"aaaa.a1" in line)
    assert after[at] == before[at].replace(b"[ ]", b"[x]")
    assert after[at + 2] == b"  - 9 December 2025: done\r"
    assert [*after[:at], *after[at + 1 : at + 2], *after[at + 3 :]] == [*before[:at], *before[at + 1 :]]
    (first,) = (each for each in listed(team) if each["id"] == "aaaa.a1")
    assert first["history"] == [
        {"date": "2025-12-03", "status": "stuck", "words": "no *key*", "because": "no *key*"},
        {"date": "2025-12-09", "status": "done", "words": ""},
    ]


def test_a_page_without_any_session_is_no_news(tmp_path: Path) -> None:
    added = tisu(tmp_path, "actions", "add", "Ring @jo 2099-01-05")
    assert added.stderr == "Ring — @jo, due 5 January 2099\n"
    assert tisu(tmp_path, "actions").stderr == ""


def test_what_was_said_later_stands_and_whoever_marks_an_earlier_day_hears_so(team: Path) -> None:
    tisu(team, "actions", "mark", "a1", "stuck", "--because", "no key", "--on", "2025-12-20")
    done = tisu(team, "actions", "mark", "a1", "done", "--on", "2025-12-10")
    assert (done.returncode, done.stdout) == (0, "aaaa.a1: done\n")
    assert done.stderr == "aaaa.a1: what was said on 20 December 2025 is later, and stands: stuck, because no key\n"
    assert tisu(team, "actions", "mark", "a1", "done", "--on", "2025-12-21").stderr == ""


def test_a_filled_in_form_is_read_onto_the_page_once(team: Path) -> None:
    form = reply_form(read_note(note(team).read_text(encoding="utf-8")).past)
    filled = form.replace("- [ ] not agreed, because", "- [x] not agreed, because").replace(
        "tell you:", "tell you: no money; ask again in April"
    )
    (team / "form.md").write_text(filled.replace("this reply:", "this reply: 2999-01-08"), encoding="utf-8")
    refused = tisu(team, "actions", "reply", "form.md")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "form.md: 8 January 2999 is still to come: nothing was said then yet\n"
    (team / "form.md").write_text(filled.replace("this reply:", "this reply: 2026-01-08"), encoding="utf-8")
    for _again in range(2):
        done = tisu(team, "actions", "reply", "form.md")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "aaaa.q3: not agreed, because no money; ask again in April\n"
    page = (team / "exports" / "actions.md").read_text(encoding="utf-8")
    assert page.count("You said:") == 1
    told = tisu(team, "actions", "--all").stdout
    assert "You said: not agreed, because no money; ask again in April" in " ".join(told.split())
    # Beside the notes it is found where it lies.
    (team / "exports" / "actions.md").unlink()
    shutil.move(team / "form.md", note(team).with_suffix("") / "reply.md")
    found = {each["id"]: each for each in listed(team, "--from", "exports")}
    assert found["aaaa.q3"]["reply"] == "not agreed, because no money; ask again in April"


def test_a_form_comes_back_from_word_or_in_a_mail_without_its_marks(team: Path) -> None:
    form = reply_form(read_note(note(team).read_text(encoding="utf-8")).past)
    (team / "form.docx").write_bytes(word_file(form, {}))
    file = docx.Document(str(team / "form.docx"))
    for line in file.paragraphs:
        if line.text.endswith("not agreed, because"):
            line.runs[0].text = "[x]\t"
        if line.text.startswith("Why,"):
            # As Word keeps what is written while changes are tracked.
            tracked = OxmlElement("w:ins")
            line._p.append(tracked)
            tracked.append(line.add_run(" no money")._r)
    file.save(str(team / "form.docx"))
    done = tisu(team, "actions", "reply", "form.docx")
    assert (done.stdout, done.stderr) == ("aaaa.q3: not agreed, because no money\n", "")

    mailed = re.sub(r"<!--.*?-->|---.*?---", "", form, flags=re.DOTALL).replace("- [ ] agreed in", "* [x] agreed in")
    (team / "mail.txt").write_text(mailed.replace("tell you:", "tell you: half of it").replace("\n", "\n> "), "utf-8")
    done = tisu(team, "actions", "reply", "mail.txt")
    assert (done.stdout, done.stderr) == ("aaaa.q3: agreed in part: half of it\n", "")

    (team / "mail.txt").write_text("We will look into it.\n", "utf-8")
    (team / "form.docx").write_bytes(b"PK\x03\x04 no")
    for name, problem in (("mail.txt", "it is not a reply form"), ("form.docx", "it is not a file for Word (.docx)")):
        done = tisu(team, "actions", "reply", name)
        assert (done.returncode, done.stderr.strip()) == (2, f"{name}: {problem}")


def test_a_page_that_can_not_be_read_is_named_and_left_out_and_nothing_else_is(team: Path) -> None:
    exports = team / "exports"
    good = listed(team, "--from", "exports")
    (exports / "a-cut.md").write_bytes(note(team).read_bytes().replace(b"aaaa", b"bbbb")[:300] + "–".encode()[:1])
    (exports / "b-binary.md").write_bytes(os.urandom(4000))
    (exports / "c-foreign.md").write_text("# Shopping\n\n- [ ] milk — @sam, due 2026-01-01\n", encoding="utf-8")
    (exports / "d-huge.md").write_bytes(b"---\ntisu-note: 1\n---\n" + b"x" * (1 << 20))
    (exports / "e-newer.md").write_text("---\ntisu-note: 99\ntisu-session: x\n---\n", encoding="utf-8")
    (exports / "f-link.md").symlink_to("nowhere.md")
    (exports / "g-copy.md").write_bytes(note(team).read_bytes())
    os.mkfifo(exports / "h-pipe.md")
    (exports / "i-folder.md").mkdir()
    kept = {path: path.read_bytes() for path in exports.iterdir() if path.is_file()}
    done = tisu(team, "actions", "--json", "--all", "--from", "exports")
    assert done.returncode == 0
    assert json.loads(done.stdout) == good
    for name in ["a-cut", "b-binary", "c-foreign", "d-huge", "e-newer", "f-link", "g-copy", "h-pipe", "i-folder"]:
        if name == "g-copy":
            assert "there are other notes of session aaaa" in done.stderr
        else:
            assert sum(f"exports/{name}.md: left out" in line for line in done.stderr.splitlines()) == 1, name
    assert {path: path.read_bytes() for path in exports.iterdir() if path.is_file()} == kept


def test_notes_that_end_too_early_are_named_and_read_as_far_as_they_go(team: Path) -> None:
    text = note(team).read_text(encoding="utf-8")
    note(team).write_text(text[: text.index("## Asks")], encoding="utf-8")
    done = tisu(team, "actions", "--from", "exports")
    assert "its end is missing" in done.stderr
    assert "Book the room" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mark", "aaa.a1", "done"), "Nothing was promised as aaa.a1. Did you mean aaaa.a1?"),
        (("mark", "\x1b[2J", "done"), "Nothing was promised as \\x1b[2J. To see what was: tisu actions"),
        (("mark", "a1", "lost"), "lost is no status; it is one of: not started, under way, done, now normal"),
        (("mark", "a1", "dropped"), "Say why it was dropped: --because WORDS"),
        (("mark", "a1", "done", "--on", "1 Mayor"), "1 Mayor is no date; write it like 2026-12-01"),
        (("mark", "a1", "done", "--on", "2999-12-01"), "1 December 2999 is still to come: nothing was said then yet"),
        (("add", "Book it @sam", "--on", "2999-12-01"), "1 December 2999 is still to come"),
        (("add", " , "), "say what, then @who and a date"),
        (("add", "("), "say what, then @who and a date"),
        (("add", "x 2026-13-01"), "2026-13-01 is no date"),
        (("reply", "missing.md"), "missing.md: No such file or directory"),
        (("--from", "missing"), "missing: No such file or directory"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line_and_changes_nothing(
    team: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = tisu(team, "actions", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (team / "exports" / "actions.md").exists()


def test_a_page_that_is_a_link_is_not_written_through(team: Path) -> None:
    (team / "elsewhere.md").write_text("ours", encoding="utf-8")
    (team / "exports" / "actions.md").symlink_to(team / "elsewhere.md")
    done = tisu(team, "actions", "add", "x")
    assert done.returncode == 1
    assert (team / "elsewhere.md").read_text(encoding="utf-8") == "ours"


def test_days_come_as_a_calendar_that_folds_and_escapes(team: Path) -> None:
    tisu(team, "actions", "add", f"{'Tea, please; ' * 9}é @kim 2099-01-02")
    done = tisu(team, "actions", "--ical", "days.ics")
    data = (team / "days.ics").read_bytes()
    assert done.stdout.strip() == "days.ics"
    assert data == tisu(team, "actions", "--ical", "-").stdout.replace("\n", "\r\n").encode() or data.count(b"\r\n") > 9
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    unfolded = list(_unfolded(lines))
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 5
    assert "UID:aaaa.d4@tisu" in unfolded
    assert "SUMMARY:Review: We try it" in unfolded
    assert "DTSTART;VALUE=DATE:20990401" in unfolded
    assert f"SUMMARY:{('Tea, please; ' * 9 + 'é').replace(',', chr(92) + ',').replace(';', chr(92) + ';')}" in unfolded


def _unfolded(lines: list[bytes]) -> Iterator[str]:
    now = b""
    for line in lines:
        if line.startswith(b" "):
            now += line[1:]
        else:
            if now:
                yield now.decode()
            now = line


def test_what_is_told_to_type_next_finds_the_same_folders(team: Path) -> None:
    (team / "data").rename(team / "our data")
    done = tisu(team, "notes", "aaaa", "--data", "our data", "--to", "out")
    (told,) = re.findall("For senior management:\\s+tisu (.*)", done.stderr)
    done = tisu(team, *shlex.split(told))
    assert done.returncode == 0
    (told,) = re.findall("What comes back is read by:\\s+tisu (.*)", done.stderr)
    (form,) = (team / "out").glob("*-reply.md")
    form.write_text(form.read_text("utf-8").replace("- [ ] agreed\n", "- [x] agreed\n"), encoding="utf-8")
    done = tisu(team, *shlex.split(told.replace("FILE", str(form))))
    assert (done.returncode, done.stderr) == (0, "")
    assert "agreed" in done.stdout


def test_notes_are_read_here_as_they_stand_without_what_only_programs_read(team: Path) -> None:
    text = note(team).read_text(encoding="utf-8")
    note(team).write_text(text.replace("- [ ] Book the room", "- [x] Book the room"), encoding="utf-8")
    kept = sorted((team / "exports").rglob("*"))
    done = tisu(team, "notes", "aaaa", "--read")
    assert (done.returncode, done.stderr) == (0, "")
    assert "- [x] Book the room — @sam, due 5 January 2026\n" in done.stdout
    assert "<!--" not in done.stdout
    assert sorted((team / "exports").rglob("*")) == kept
    other = tisu(team, "notes", "aaaa", "--read", "--for", "organisation")
    assert (other.returncode, other.stdout) == (2, "")
    assert other.stderr == "Choose --read, which is for the team, or --for organisation, --html and --word.\n"


def test_a_line_copied_from_notes_to_the_page_is_the_same_promise(team: Path) -> None:
    copied = next(line for line in note(team).read_text(encoding="utf-8").split("\n") if "<!-- action a1 -->" in line)
    page = team / "exports" / "actions.md"
    assert tisu(team, "actions", "--on", "2025-12-09", "mark", "a2", "under way").returncode == 0
    moved = copied.replace("- [ ]", "- [x]").replace("@sam", "@lea")
    page.write_text(page.read_text(encoding="utf-8") + f"\n{moved}\n", encoding="utf-8")
    for more in ((), ("--from", "exports")):
        found = [each for each in listed(team, *more) if each["text"] == "Book the room"]
        assert [(each["id"], each["owner"], each["status"]) for each in found] == [("aaaa.a1", "lea", "done")]
    assert tisu(team, "actions", "--on", "2025-12-10", "mark", "a1", "stuck").returncode == 0
    assert page.read_text(encoding="utf-8").count("Book the room") == 1
    assert next(each["status"] for each in listed(team) if each["text"] == "Book the room") == "stuck"


def test_a_pasted_item_leaves_its_marks_and_half_a_name_is_said(tmp_path: Path) -> None:
    for typed in ("- [ ] Get milk @sam 2099-03-01", "* Get milk @sam 2099-03-01", "☐ Get milk @sam 2099-03-01"):
        assert tisu(tmp_path, "actions", "add", "--", typed).stderr == "Get milk — @sam, due 1 March 2099\n"
    half = tisu(tmp_path, "actions", "add", "Ask the @team leader by 2099-03-01").stderr
    assert half.endswith("yet. A name of several words has dashes between them, like @night-team.\n")
    assert tisu(tmp_path, "actions", "add", "Tidy").stderr == "Tidy\nIt has no owner or no date yet.\n"
