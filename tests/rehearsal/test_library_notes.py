"""Every workshop of the library, played to its notes in rooms of sizes it is for, by people who answer and pass.

That people who come in over SSH leave the same files is seen in `test_rehearse.py`.

The notes are kept in `golden/` as somebody would read them, and in `golden/papers/` what goes to senior management
after the largest; `WRITE_GOLDEN=1` writes them again.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner
from in_one_process import in_one_process
from jsonschema import Draft202012Validator
from programs import program
from shipped import workshops

from tisu_tui.cli import main
from tisu_tui.cli._opening import load_all, open_workshop
from tisu_tui.cli._simulated_session import RehearsalOptions, run
from tisu_tui.core.size import FLOOR
from tisu_tui.documents.web import web_page
from tisu_tui.notes.paper import paper
from tisu_tui.rehearsal.people import AT_ONCE, Pace
from tisu_tui.store.folder import DataFolder

GOLDEN = Path(__file__).parent / "golden"
PAPERS = GOLDEN / "papers"
DATE = dt.date(2026, 11, 18)
GROUPS = (6, 9, 14)
SCHEMAS = resources.files("tisu_tui") / "schemas"


def sizes(workshop: str) -> list[int]:
    """Give the sizes that a workshop is played in: three, as far as it is for them, and the least it is for."""
    fits = workshops()[workshop].people
    assert fits
    return sorted({fits.least, *map(fits.nearest, GROUPS)} if fits.least < FLOOR else set(map(fits.nearest, GROUPS)))


@pytest.mark.parametrize(("workshop", "people"), [(name, people) for name in workshops() for people in sizes(name)])
def test_a_workshop_is_played_to_the_notes_that_are_kept(workshop: str, people: int, tmp_path: Path) -> None:
    wish = RehearsalOptions(people, 3, DATE, leads=True, on_screen=False, exports=tmp_path, pace=AT_ONCE)
    read = _opened(workshop)
    run(read, tmp_path / "data", wish, in_one_process)
    (note,) = tmp_path.glob("*.md")
    _is_as_kept(note.read_text(encoding="utf-8"), GOLDEN / f"{workshop}-{people}.md")
    (results,) = tmp_path.glob("*/results.json")
    _keeps_to("results", results.read_text(encoding="utf-8"))
    for name, command in {
        "sessions": ("sessions",),
        "actions": ("actions", "--all", "--rehearsals", "--exports", str(tmp_path)),
        "verify": ("verify", results.parent.name[-4:], "--exports", str(tmp_path)),
        "trend": ("trend", workshop, "--rehearsals", "--exports", str(tmp_path)),
    }.items():
        done = CliRunner().invoke(main, [*command, "--json", "--data", str(tmp_path / "data")])
        # Most workshops rate nothing, and have no trend.
        if not (name == "trend" and done.exit_code == 2 and "has rated anything" in done.stderr):
            assert done.exit_code == 0, done.output
            _keeps_to(name, done.stdout)
    # Each page that was asked for is there, and fits on one sheet in letters that can be read.
    pages = {step.sheet.title for step in read.steps if step.sheet}
    assert len([*tmp_path.glob("*/page-*.md")]) == len([*tmp_path.glob("*/page-*.svg")]) == len(pages)
    if people == sizes(workshop)[-1]:
        (session,) = load_all(DataFolder(tmp_path / "data"))
        (text,) = paper(session).values()
        _is_as_kept(text.decode(), PAPERS / f"{workshop}.md")


@pytest.mark.parametrize("workshop", ["recommendations", "sharing-power"])
def test_all_that_is_left_is_the_same_whatever_the_order_of_answers(workshop: str, tmp_path: Path) -> None:
    left = []
    for name, pace in (("at once", AT_ONCE), ("in their own time", Pace((0.0, 0.02)))):
        exports = tmp_path / name
        wish = RehearsalOptions(14, 3, DATE, leads=True, on_screen=False, exports=exports, pace=pace)
        run(_opened(workshop), None, wish, in_one_process)
        left.append({file.relative_to(exports): file.read_bytes() for file in exports.rglob("*") if file.is_file()})
    assert len(left[0]) > 1
    assert left[0] == left[1]


_opened = cache(open_workshop)


@cache
def _schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))


def _keeps_to(schema: str, text: str) -> None:
    assert list(_schema(schema).iter_errors(json.loads(text))) == []


def _is_as_kept(text: str, golden: Path) -> None:
    if os.environ.get("WRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_each_paper_is_one_page(tmp_path: Path) -> None:
    """They are printed in one go, each beginning a page: as many pages as papers means one for each."""
    pandoc, weasyprint = program("pandoc", "pandoc"), program("weasyprint", "weasyprint")
    papers = sorted(PAPERS.glob("*.md"))
    look, printed = tmp_path / "look.css", tmp_path / "papers.pdf"
    look.write_text("h1 ~ h1 { break-before: page }", encoding="utf-8")
    parts = [path.read_text(encoding="utf-8").split("---\n", 2) for path in papers]
    joined = "\n\n".join(("---", parts[0][1] + "---", *(part[2] for part in parts)))
    command = [pandoc, f"--pdf-engine={weasyprint}", "--css", str(look), "-o", str(printed)]
    subprocess.run(command, input=joined.encode(), check=True, capture_output=True, timeout=120)
    assert len(re.findall(rb"/Type /Page\b", printed.read_bytes())) == len(papers)


def test_the_first_page_of_notes_is_one_page(tmp_path: Path) -> None:
    """What people act on, printed like the web page: as many pages as notes means one for each."""
    weasyprint = program("weasyprint", "weasyprint")
    notes = sorted(GOLDEN.glob("*.md"))
    first = [path.read_text(encoding="utf-8").partition("\n## Step by step")[0] for path in notes]
    pages = [web_page(each, {}).decode() for each in first]
    bodies = [page.partition("<body>")[2].partition("</body>")[0] for page in pages]
    joined = "<div style='break-after: page'></div>".join(bodies)
    web, printed = tmp_path / "first.html", tmp_path / "first.pdf"
    web.write_text(pages[0].replace(bodies[0], joined), encoding="utf-8")
    subprocess.run([weasyprint, str(web), str(printed)], check=True, capture_output=True, timeout=120)
    assert len(re.findall(rb"/Type /Page\b", printed.read_bytes())) == len(notes)


def test_no_notes_are_kept_of_workshops_that_are_gone() -> None:
    played = {f"{name}-{people}" for name in workshops() for people in sizes(name)}
    assert {path.stem for path in GOLDEN.glob("*.md")} == played
    assert {path.stem for path in PAPERS.glob("*.md")} == set(workshops())
