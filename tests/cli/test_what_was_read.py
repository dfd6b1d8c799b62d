"""Which files count, what each line was understood as, and what is said before "Nothing was promised yet."."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kept_sessions import keep, new_session, promised, put, workshop

from tisu_tui.cli import main
from tisu_tui.store.folder import DataFolder

COPIES = (
    "{} (1)", "{} (2)", "{} (conflicted copy 2026-02-03)", "{} (Ann's conflicted copy 2026-02-03)", "{} - Copy",
    "{}.sync-conflict-20260203-101112-ABCDEF", "{} copy", "{} 2", "Copy of {}", "{} - Copy (2)", "{}_conflict-20260203",
)  # fmt: skip


def note(session: str, line: str, more: str = "") -> str:
    front = f'---\ndate: 2026-01-15\ntisu-note: 1\ntisu-session: "{session}"\nstatus: sealed\n{more}---\n\n# X\n\n'
    return f"{front}## Actions\n\n- [ ] {line} <!-- action a1 -->\n"


def page(line: str) -> str:
    return f"---\ntisu-actions: 1\n---\n\n# Ours\n\n## Actions\n\n- [ ] {line} <!-- action actions.x1 -->\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["actions", *map(str, arguments)])


def texts(folder: Path, *more: str) -> list[str]:
    return sorted(each["text"] for each in json.loads(run("--from", folder, "--json", "--all", *more).stdout))


def test_pages_count_whatever_their_ending_and_however_deep_they_lie(tmp_path: Path) -> None:
    for number, name in enumerate(("a.md", "B.MD", "c.markdown", "2025/d.md", "2026/05/e.MARKDOWN", "2026/05/x/f.md")):
        write(tmp_path / name, note(f"s{number}", f"Do {number}"))
    write(tmp_path / "2026/actions.md", page("On the page"))
    write(tmp_path / "2026/05/poster.md", "# For people only\n\n- [ ] Not a promise\n")
    write(tmp_path / ".trash/g.md", note("s9", "Thrown away"))
    assert texts(tmp_path) == [*(f"Do {number}" for number in range(6)), "On the page"]
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(texts(tmp_path)) == 7


@pytest.mark.parametrize("named", COPIES)
def test_a_copy_never_counts_before_its_page_and_is_named(tmp_path: Path, named: str) -> None:
    for name, text in (
        ("2026-01-15-x-9b5s", note("9b5s", "Right @lea 5/3")),
        ("actions", page("Right too @ben 5/3/26")),
    ):
        write(tmp_path / f"{name}.md", text)
        write(tmp_path / f"{named.format(name)}.md", text.replace("Right", "Wrong"))
    done = run("--from", tmp_path, "--json", "--all")
    assert {each["text"] for each in json.loads(done.stdout)} == {"Right", "Right too"}
    assert len(done.stderr.splitlines()) == 2
    for name in ("2026-01-15-x-9b5s", "actions"):
        assert f"{named.format(name)}.md: left out, it looks like a copy" in done.stderr
    # With sessions in the data folder, only the page is read, and its copy is named all the same.
    keep(DataFolder(tmp_path / "data"), "aaaa", "2025-12-01", workshop(), [promised(1, "x @sam 2026-01-05")])
    beside = run("--data", tmp_path / "data", "--exports", tmp_path)
    assert f"{named.format('actions')}.md: left out, it looks like a copy of actions.md" in beside.stderr
    assert "Wrong" not in beside.stdout


def test_a_copy_alone_is_read(tmp_path: Path) -> None:
    write(tmp_path / "n (1).md", note("9b5s", "Only here"))
    assert texts(tmp_path) == ["Only here"]


def test_a_page_that_is_no_notes_is_named_but_not_the_one_that_says_what_a_folder_is_for(tmp_path: Path) -> None:
    write(tmp_path / "n.md", note("9b5s", "Ring Jo"))
    write(tmp_path / "README.md", "Our notes are kept here.\n")
    write(tmp_path / "shopping.md", "Milk\n")
    done = run("--from", tmp_path, "--json")
    assert done.stderr == f"{tmp_path}/shopping.md: left out, it is not the notes of a session\n"


def test_a_form_named_like_a_copy_counts_where_the_other_has_no_answer(tmp_path: Path) -> None:
    asked = note("9b5s", "x").replace("- [ ] x <!-- action a1 -->", "- We asked: Cover <!-- ask q1 -->")
    write(tmp_path / "n.md", asked)
    blank = '---\ntisu-reply: 1\ntisu-session: "9b5s"\n---\n\n## 1. Cover\n\n<!-- ask q1 -->\n\n- [ ] agreed\n'
    write(tmp_path / "form.md", blank)
    write(tmp_path / "form (1).md", blank.replace("[ ]", "[x]"))
    done = run("--from", tmp_path, "--json", "--all")
    assert (json.loads(done.stdout)[0]["reply"], done.stderr) == ("agreed", "")
    write(tmp_path / "form.md", blank.replace("- [ ] agreed", "- [x] not agreed, because"))
    done = run("--from", tmp_path, "--json", "--all")
    assert json.loads(done.stdout)[0]["reply"].startswith("not agreed")
    assert "form (1).md: left out, it looks like a copy of another reply form" in done.stderr


def test_marks_of_a_merge_are_named_and_the_page_left_out(tmp_path: Path) -> None:
    text = note("9b5s", "Ours").replace("- [ ]", "<<<<<<< HEAD\n- [ ]")
    write(tmp_path / "n.md", text + "=======\n- [ ] Theirs <!-- action a1 -->\n>>>>>>> theirs\n")
    write(tmp_path / "m.md", note("7k3m", "Another"))
    done = run("--from", tmp_path, "--json")
    assert [each["text"] for each in json.loads(done.stdout)] == ["Another"]
    assert done.stderr.strip() == f"{tmp_path}/n.md: left out, a merge was not finished: see line 12"


@pytest.mark.parametrize(
    "box", ["[x]", "[X]", "\\[x\\]", "\\[x]", "☑", "✔", "✅\ufe0f", "(x)", "［x］", "[ x ]", "\xa0[x]", "[x]\xa0"]
)
def test_a_ticked_box_is_ticked_whatever_editor_drew_it(tmp_path: Path, box: str) -> None:
    empty = box.translate({ord(each): " " for each in "xX"}).translate({ord(each): "☐" for each in "☑✔✅"})
    write(
        tmp_path / "n.md", note("9b5s", "x").replace("- [ ] x <!-- action a1 -->", f"- {box} Done @lea\n- {empty} Open")
    )
    found = {each["text"]: each["status"] for each in json.loads(run("--from", tmp_path, "--json", "--all").stdout)}
    assert found == {"Done": "done", "Open": "not-started"}


@pytest.mark.parametrize("before", ["", "To do: ", "[done] ", "**[x]** ", "■ "])
def test_a_line_among_the_actions_without_a_box_is_named(tmp_path: Path, before: str) -> None:
    for name, text in (("n.md", note("9b5s", "Ours")), ("actions.md", page("Ours too"))):
        write(tmp_path / name, f"{text}- {before}Ring the board @lea 5/3/2026\n- Just a remark\n")
    done = run("--from", tmp_path, "--json", "--all")
    assert {each["text"] for each in json.loads(done.stdout)} == {"Ours", "Ours too"}
    said = "no box stands before it, so it is no promise; write it like “- [ ] what — @who, due 2026-12-01”"
    assert sorted(done.stderr.splitlines()) == [f"{tmp_path}/{at}: {said}" for at in ("actions.md:10", "n.md:13")]


def test_explain_says_what_each_line_was_understood_as(tmp_path: Path) -> None:
    more = "- \\[x\\] Two (Lea, 5/3)\n- [ ] Three @ben by the summer\n- [ ] Four\n"
    write(tmp_path / "n.md", note("9b5s", "One @lea by Friday") + more)
    write(tmp_path / "actions.md", page("Five @kim, due 5 March"))
    write(tmp_path / "plan.docx", "")
    done = run("--from", tmp_path, "--explain")
    assert done.stdout == (
        f"{tmp_path}/actions.md: the page of actions\n"
        "  Nothing is promised here.\n"
        "\n"
        f"{tmp_path}/n.md: notes of session 9b5s of 15 January 2026\n"
        "    12  action a1: One — @lea, due 16 January 2026 (not started)\n"
        "    13  action x2b5ac1: Two — @Lea, due 5 March 2026 (done)\n"
        "    15  action x3a5b41: Four (not started) It has no owner or no date yet.\n"
        "\n"
        "Passed over: 1 file that is no page (.docx). Pages end in .md .markdown.\n"
    ).replace("x2b5ac1", done.stdout.split("13  action ")[1][:7]).replace(
        "x3a5b41", done.stdout.split("15  action ")[1][:7]
    )
    assert done.stderr == (
        f"{tmp_path}/actions.md:9: 5 March depends on the day it was said; write the whole date, like 2026-12-01\n"
        f"{tmp_path}/n.md:14: by the summer is no date; write it like 2026-12-01\n"
    )


def test_before_nothing_was_promised_it_is_said_what_was_read(tmp_path: Path) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    write(full / "r.md", note("9b5s", "Rehearsed", "rehearsal: true\n"))
    write(full / "plan.txt", "")
    none = f"No page of notes, no reply form and no page of actions was read in {empty}.\nNothing was promised yet.\n"
    assert run("--from", empty).stderr == none
    assert run("--from", full).stderr == (
        f"No page of notes, no reply form and no page of actions was read in {full}.\n"
        "Passed over: 1 file that is no page (.txt). Pages end in .md .markdown.\n"
        "Passed over: 1 page of a rehearsal. With --rehearsals it is read.\n"
        "Nothing was promised yet.\n"
    )
    data = DataFolder(tmp_path / "data")
    keep(data, "aaaa", "2025-12-01", workshop(), rehearsal=True)
    put(data, new_session("bbbb", "2025-12-01", workshop()))
    (data.path / "sessions").mkdir(exist_ok=True)
    data.session_file("cccc").write_bytes(b"{broken")
    told = run("--data", data.path, "--exports", tmp_path / "gone").stderr.splitlines()
    assert told[0].endswith("is damaged: it is no session.") or "cccc" in told[0]
    assert told[1:] == [
        f"Read: 0 sealed sessions in {data.path}.",
        "Passed over: 1 session not sealed.",
        "Passed over: 1 rehearsal. With --rehearsals it is read.",
        "Passed over: 1 session that can't be read, named above.",
        f"There is no folder {tmp_path}/gone with notes.",
        "Nothing was promised yet.",
    ]
