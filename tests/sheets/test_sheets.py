"""What is printed before a session says the truth about it, and can be printed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from programs import program

from tisu_tui.cli import main
from tisu_tui.cli._opening import open_workshop
from tisu_tui.core.activity import Given
from tisu_tui.core.form import Order, Pick
from tisu_tui.core.size import FLOOR, Size
from tisu_tui.core.text import cells
from tisu_tui.core.typed import one, with_pass
from tisu_tui.notes.escaping import words
from tisu_tui.session.session import Session
from tisu_tui.sheets.blocks import Occasion
from tisu_tui.sheets.cutting import ballot_sheets, ballots, ballots_index
from tisu_tui.sheets.handouts import invitation, joining
from tisu_tui.sheets.run_sheet import checklists, run_sheet
from tisu_tui.workshop.library import library
from tisu_tui.workshop.reader import read

LIBRARY = [path.stem for path in library()]


def write(tmp_path: Path, *more: str, workshop: str = "sharing-power", code: int = 0) -> str:
    arguments = ["sheets", workshop, "--data", str(tmp_path / "data"), "--to", str(tmp_path / "out"), *more]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == code, done.output
    return done.output


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("people", [3, 6, 12, 18])
def test_an_invitation_holds_each_question_and_what_is_promised_about_it(name: str, people: int) -> None:
    workshop = open_workshop(name)
    text = invitation(workshop, Occasion(people=people)).decode()
    session = Session("7k3m", "2026-11-18", workshop)
    assert ("This group takes care" in text) is (people >= 5 and workshop.careful)
    for step in workshop.steps:
        record = session.record(step)
        form = step.form_for(people, workshop.voices, careful=record.careful)
        if form.fields:
            assert f"**{words(step.title)}**" in text
        for note in step.content_note:
            assert not form.fields or words(note.text) in text
        if people >= 5 and form.fields and step.again_id:
            first = next(each.title for each in workshop.steps if each.id == step.again_id)
            (number,) = re.findall(rf"^(\d+)\. \*\*{re.escape(words(first))}\*\*", text, re.MULTILINE)
            assert f"This asks the same as question {number} once more." in text
        elif people >= 5:
            said = step.promised(Size(people), form, record)
            for sentence in filter(None, re.split(r"(?<=\.) ", said)):
                assert words(sentence) in text
            assert not re.search(r":\*\* If not", text), "nobody knows what it is about"


def test_an_invitation_where_nobody_knows_how_many_come_says_it_for_each_size() -> None:
    text = invitation(open_workshop("recommendations"), Occasion()).decode()
    places = [text.index(f"If {size} of us come") for size in ("eight or more", "five to seven", "fewer")]
    assert places == sorted(places)
    assert "- **When:** ……" in text


def test_both_fingerprint_warnings_are_on_the_sheet_with_the_address_as_ssh_says_it() -> None:
    workshop = open_workshop("sharing-power")
    text = joining(workshop, Occasion("2026-12-01", "here", "192.168.1.20", 2200)).decode()
    assert "    ssh -p 2200 CODE@192.168.1.20\n" in text
    assert "The authenticity of host '[192.168.1.20]:2200' can't be established." in text
    assert "REMOTE HOST IDENTIFICATION HAS CHANGED!" in text
    assert "    ssh-keygen -R '[192.168.1.20]:2200'\n" in text
    assert "ssh-keygen -R '10.0.0.5'" in joining(workshop, Occasion(address="10.0.0.5", port=22)).decode()


def test_whoever_reads_another_language_finds_how_to_have_it_in_that_language() -> None:
    text = joining(open_workshop("sharing-power"), Occasion()).decode()
    assert "- polski: dopisz `+pl` za kodem" in text
    assert "- Gàidhlig: sgrìobh `+gd`" in text
    assert "`+en`" not in text
    assert "`+en`" in joining(open_workshop("sharing-power.pl"), Occasion()).decode()


@pytest.mark.parametrize("name", LIBRARY)
def test_a_run_sheet_adds_the_minutes_up_and_holds_every_note(name: str) -> None:
    workshop = open_workshop(name)
    text = run_sheet(workshop, Occasion()).decode()
    starts = re.findall(r"^\| +(\d+):(\d\d) \| +(\d+) \|", text, re.MULTILINE)
    assert len(starts) == len(workshop.steps)
    hours, minutes, last = map(int, starts[-1])
    assert hours * 60 + minutes + last == sum(each.minutes for each in workshop.steps)
    assert "\\`" not in text
    flat = " ".join(text.split())
    assert all(words(note.split(".")[0]) in flat for step in workshop.steps for note in step.notes)


@pytest.mark.parametrize("name", LIBRARY)
def test_ballots_are_all_alike_end_with_pass_and_hold_every_choice(name: str) -> None:
    workshop = open_workshop(name)
    drawn = ballot_sheets(workshop)
    votes = [step for step in workshop.steps if type(step.activity).is_vote]
    assert len(drawn) == len(votes)
    for ballot, picture in zip(ballots(workshop), drawn.values(), strict=True):
        assert ballot.lines[-1] == "p. Pass"
        tree = ET.fromstring(picture)
        texts = [each.text or "" for each in tree.iter() if each.tag.endswith("}text")]
        boxes = [each for each in tree.iter() if each.get("class") == "o"]
        copies = len(boxes) // len(ballot.lines)
        assert copies >= 2
        assert len(boxes) % len(ballot.lines) == 0
        single = texts[: len(texts) // copies]
        assert texts == single * copies
        assert "".join(single).replace(" ", "") == "".join((ballot.title, ballot.told, *ballot.lines)).replace(" ", "")
        assert all(
            0 <= float(each.attrib["x"]) < 794 and 0 < float(each.attrib["y"]) < 1123
            for each in tree.iter("{http://www.w3.org/2000/svg}text")
        )
        assert max(map(cells, texts)) * 14 * 0.56 < 794 / 2


@pytest.mark.parametrize("name", LIBRARY)
def test_what_stands_before_a_line_of_a_ballot_is_what_is_typed_for_it(name: str) -> None:
    workshop = open_workshop(name)
    asked = [
        field
        for step in workshop.steps
        if type(step.activity).is_vote
        for field in step.form_for(FLOOR).fields
        if isinstance(field, Pick | Order) and not field.after
    ]
    for field, ballot in zip(asked, ballots(workshop), strict=True):
        for option, line in zip(with_pass(field.options), ballot.lines, strict=True):
            assert one(field, line.partition(". ")[0]) == option.id


def test_there_are_as_many_ballots_as_were_asked_for(tmp_path: Path) -> None:
    told = write(tmp_path, "--ballots", "13")
    assert "ballot-try-it.svg" in told
    text = (tmp_path / "out" / "ballots.md").read_text(encoding="utf-8")
    (each, times) = re.findall(r"ballot-try-it\.svg\), (\d+) on a sheet; for 13 people, print it (\d+) times", text)[0]
    assert int(each) * int(times) >= 13 > int(each) * (int(times) - 1)


def test_what_was_changed_by_hand_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path)
    invited = tmp_path / "out" / "invitation.md"
    invited.write_text("my own words", encoding="utf-8")
    assert "invitation.md is there already" in write(tmp_path, code=1)
    assert invited.read_text(encoding="utf-8") == "my own words"


def test_the_contacts_of_the_team_are_on_the_invitation(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["support", "add", "Breathing Space, 0800 83 85 87", "--data", str(tmp_path / "data")])
    write(tmp_path, "--date", "Tuesday, two o'clock", "--place", "<b>x</b>")
    text = (tmp_path / "out" / "invitation.md").read_text(encoding="utf-8")
    assert "- Breathing Space, 0800 83 85 87" in text
    assert "- **When:** Tuesday, two o'clock\n- **Where:** \\<b>x\\</b>\n" in text


HARD = """---
tisu: 1
title: "# A | *b* ~c~"
---

# A

Some **bold** words and `code`.

- one
- two

## Do *we* | or [not](x)?

`choose 1` `we decide`

- [ ] a | b
- [ ] 1. c & d

## End

`close`
"""


def test_what_a_file_says_stays_words() -> None:
    workshop = read(HARD, "a.md").workshop
    assert workshop is not None
    text = invitation(workshop, Occasion()).decode()
    assert "# \\# A \\| \\*b\\* \\~c\\~\n" in text
    assert "Some **bold** words and code." in text
    assert "- one\n- two\n" in text
    assert "   - a \\| b\n   - 1\\. c & d\n" in text
    assert b">2. 1. c &amp; d<" in b"".join(ballot_sheets(workshop).values())


def test_pandoc_reads_every_sheet_without_raw_html() -> None:
    pandoc = program("pandoc", "pandoc")
    workshop = open_workshop("who-decides-what")
    occasion = Occasion("2026-12-01", "here")
    for made in (
        invitation(workshop, occasion),
        joining(workshop, occasion),
        run_sheet(workshop, occasion),
        ballots_index(workshop, 5),
    ):
        run = subprocess.run([pandoc, "--to", "json"], input=made, capture_output=True, check=True, timeout=60)
        blocks = json.loads(run.stdout)["blocks"]
        assert blocks[0]["t"] == "Header"
        assert "RawBlock" not in run.stdout.decode()
        assert "RawInline" not in run.stdout.decode()


def test_slips_are_a_page_to_write_on_and_have_no_words_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, "--slips", "12")
    told = (tmp_path / "out" / "slips.md").read_text(encoding="utf-8")
    drawing = (tmp_path / "out" / "slips.svg").read_text(encoding="utf-8")
    slips = drawing.count("Your slip, for you alone")
    assert f"it has {slips} slips" in told
    assert f"Print it {-(-12 // slips)} times" in told
    assert "`slips 12`" in told
    assert drawing.count("____________ ____________ ____________") == slips
    # All alike: nothing on a slip says whose it is, nor does the same page made again.
    write(tmp_path, "--slips", "12")
    assert (tmp_path / "out" / "slips.svg").read_text(encoding="utf-8") == drawing


def test_a_sheet_that_nobody_would_read_to_its_end_says_so(tmp_path: Path) -> None:
    assert "pages" not in write(tmp_path)
    note = "Please think about all of it at length before you come, and bring what you thought. " * 8
    steps = "".join(f"## What about part {n}?\n\n`gather` `2 min`\n\n> {note}\n\n" for n in range(1, 25))
    own = tmp_path / "long.md"
    own.write_text(f"---\ntisu: 1\ntitle: Long\n---\n\n{steps}## The end\n\n`close`\n", encoding="utf-8")
    assert re.search(r"invitation\.md is about \d+ pages", write(tmp_path / "other", workshop=str(own)))


def test_a_run_sheet_has_clock_times_once_it_is_known_when_it_begins(tmp_path: Path) -> None:
    write(tmp_path, "--at", "9.30", "--date", "2026-12-01", workshop="place-walk-through")
    text = (tmp_path / "out" / "run-sheet.md").read_text(encoding="utf-8")
    assert "1 December 2026, 09:30, " in text
    assert "| 09:30 |       5 | Where we walk, and how (talk)" in text
    assert "| 10:55 |       5 | Before you go (talk)" in text
    assert "Written for 4 to 12 people, 90 minutes." in text
    assert "**When:** 1 December 2026, 09:30" in (tmp_path / "out" / "invitation.md").read_text(encoding="utf-8")
    for wrong in ("noon", "25:00", "9:60"):
        assert "is no time of day" in write(tmp_path, "--at", wrong, code=2)


def test_the_lists_of_the_walk_can_be_printed_and_ticked(tmp_path: Path) -> None:
    write(tmp_path, workshop="place-walk-through")
    lists = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("checklist-*.md")}
    assert set(lists) == {"checklist-place.md", "checklist-ways.md"}
    workshop = open_workshop("place-walk-through")
    for step in workshop.steps:
        if step.kind == "review":
            text = lists[f"checklist-{step.id}.md"]
            items = [
                question.title for question in step.activity.form(Given(), Size(9)).fields if isinstance(question, Pick)
            ]
            assert all(words(item) in text for item in items)
            assert text.count("☐") == 4 * len(items)
    # What is gone through for each thing that is chosen on the day can't be printed before it.
    assert not checklists(open_workshop("hr-policy-review"))
