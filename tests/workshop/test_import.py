"""Agendas as people write them become drafts that are read without an error, with every guess marked."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from in_one_process import rehearsed

from tisu_tui.cli import main
from tisu_tui.cli._opening import open_workshop
from tisu_tui.workshop.importing import draft
from tisu_tui.workshop.reader import read

PLANS = sorted((Path(__file__).parents[1] / "plans").glob("*.md"))
KINDS = {
    "looking-back": "talk gather talk dots actions close",
    "five-phases": "check-in gather pause gather actions close",
    "from-one-to-all": "gather gather pause gather actions actions close",
    "facilitation-guide": "talk gather dots pause talk actions close",
    "team-health": "talk rate pause gather dots actions close",
    "training-day": "pause talk gather pause talk pause reflect talk pause talk pause gather actions close",
    "kick-off": "talk gather agree park actions close",
    "morning-by-the-clock": "talk gather pause gather dots actions close",
    "learning-review": "check-in talk pause gather gather consent close",
    "open-evening": "talk gather talk dots actions close",
}
MINUTES = {
    "looking-back": [5, 15, 15, 10, 10, 5],
    "five-phases": [5, 20, 10, 15, 10, 5],
    "from-one-to-all": [10, 20, 10, 20, 20, 10, 5],
    "facilitation-guide": [10, 20, 15, 10, 30, 15, 5],
    "team-health": [10, 25, 5, 15, 10, 10, 5],
    "training-day": [30, 15, 30, 15, 30, 5, 30, 25, 60, 60, 15, 30, 20, 10],
    "kick-off": [10, 15, 10, 5, 10, 5],
    "morning-by-the-clock": [10, 30, 10, 20, 20, 10, 5],
    "learning-review": [5, 20, 10, 10, 15, 10, 5],
    "open-evening": [10, 10, 15, 10, 10, 5],
}
# What becomes a setting, what heads the agenda as a whole, and labels before words that people read.
_GONE = re.compile(r"time|duration|minutes?|mins?|activity|end|agenda|string|goals")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def answered(text: str) -> str:
    """Take out the notes that mark guesses, as somebody does who has looked at each."""
    return re.sub(r"(?s)<!-- guess:.*?-->\n?", "", text)


def test_there_are_ten_plans() -> None:
    assert sorted(path.stem for path in PLANS) == sorted(KINDS)
    assert len(PLANS) == 10


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_phases_become_steps_with_their_times(plan: Path) -> None:
    made = draft(plan.read_bytes(), plan.stem)
    reading = read(made.text, "draft.md")
    assert reading.workshop is not None
    assert " ".join(step.kind for step in reading.workshop.steps) == KINDS[plan.stem]
    assert [step.minutes for step in reading.workshop.steps] == MINUTES[plan.stem]


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_no_word_of_a_plan_is_lost(plan: Path) -> None:
    made = draft(plan.read_bytes(), plan.stem).text.casefold()
    body = re.sub(r"<[^>]*>|!\[|\]\([^)]*\)|^---\n.*?\n---\n", " ", plan.read_text(encoding="utf-8"), flags=re.DOTALL)
    words = set(re.findall(r"[^\W\d_]{3,}", body.casefold()))
    assert {word for word in words if word not in made and not _GONE.fullmatch(word)} == set()


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_strict_names_each_guess_until_it_is_answered(tmp_path: Path, plan: Path) -> None:
    done = run("import", plan, "--to", tmp_path)
    assert done.exit_code == 0
    path = Path(done.stdout.strip())
    text = path.read_text(encoding="utf-8")
    told = run("check", "--strict", path)
    guesses = text.count("<!-- guess:")
    assert (told.exit_code, told.stdout.count(" W519 a guess that nobody has answered: ")) == (2, guesses)
    assert re.findall(r":(\d+):1: W519", told.stdout) == [
        str(n) for n, line in enumerate(text.split("\n"), 1) if line.startswith("<!-- guess:")
    ]
    path.write_text(answered(text), encoding="utf-8")
    fine = run("check", "--strict", path)
    assert (fine.exit_code, "fine." in fine.stdout) == (0, True), fine.stdout


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_a_draft_is_rehearsed_to_its_end(tmp_path: Path, plan: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text(answered(draft(plan.read_bytes(), plan.stem).text), encoding="utf-8")
    workshop = open_workshop(str(path))
    notes = rehearsed(workshop, 8, 1, tmp_path / "out")
    assert all(f". {step.title} – " in notes for step in workshop.steps)


def test_materials_and_remarks_are_for_the_facilitator_alone() -> None:
    reading = read(draft((PLANS[0].parent / "facilitation-guide.md").read_bytes(), "x").text, "x.md")
    assert reading.workshop is not None
    collect = reading.workshop.steps[1]
    read_by_people = " ".join(block.text for block in (*reading.workshop.intro, *collect.body))
    for words in ("Ben", "Cards", "small ones", "Send the summary"):
        assert words not in read_by_people
        assert words in " ".join((*reading.workshop.notes, *collect.notes))
    assert "Write each decision on a card." in read_by_people


def test_a_line_with_a_time_of_day_and_minutes_keeps_neither_in_its_title() -> None:
    plan = b"# Away day\n\n- 10:00 Welcome\n- 10:15 What helps us? (15 min)\n- 10:40 Close (5 min)\n"
    workshop = read(draft(plan, "x").text, "x.md").workshop
    assert workshop
    assert [(step.title, step.minutes) for step in workshop.steps] == [
        ("Welcome", 15),
        ("What helps us?", 15),
        ("Close", 5),
    ]


def test_the_plan_stays_as_it_is_and_nothing_is_overwritten(tmp_path: Path) -> None:
    plan = tmp_path / "looking-back.md"
    text = "# Looking back\n\n## Talk (5 min)\n\n## Close (5 min)\n"
    plan.write_text(text, encoding="utf-8")
    first, second = run("import", plan, "--to", tmp_path), run("import", plan, "--to", tmp_path)
    assert first.stdout.strip() == str(tmp_path / "looking-back-draft.md")
    assert (second.exit_code, "is there already" in second.stderr) == (1, True)
    assert plan.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no agenda can be found in it, expected headings for its phases, a list, or a table with times"),
        (b"Just words.\n\nAnd more.\n", "no agenda can be found in it"),
        (b"# \xff", "not UTF-8, expected a file saved as UTF-8"),
        (b"x" * 70_000, "the file is 69 KiB long, expected 64 KiB at most"),
        (b"".join(b"## Step %d (5 min)\n\n" % n for n in range(160)), "it has more than 150 phases"),
    ],
)
def test_what_is_no_agenda_is_refused_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    plan = tmp_path / "plan.md"
    plan.write_bytes(content)
    done = run("import", plan, "--to", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{plan}: {said}")
    assert len(done.stderr.splitlines()) == 1


def test_whatever_lines_a_plan_has_its_draft_is_read() -> None:
    chance = random.Random(5)
    pieces = [line for path in PLANS for line in path.read_text(encoding="utf-8").split("\n")]
    pieces += [
        "- 1: low",
        "- [ ] One",
        "::: note",
        "<b>",
        "`talk` `5 min`",
        "`choose 1`",
        "## ",
        "---",
        "<!-- a",
        "-->",
    ]
    pieces += ["> quote", "    code", "| a | b |", "|---|---|", "[x]: y", "1. One", "# Top", "## `id`", "\u202eback"]
    for _n in range(150):
        text = "\n".join(chance.choices(pieces, k=chance.randint(2, 30)))
        try:
            made = draft(text.encode(), "x")
        except ValueError:
            continue
        assert read(made.text, "x.md").workshop is not None, text
