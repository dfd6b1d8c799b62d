"""Whole notes in other programs: on GitHub, in a word processor, on paper; nothing is lost, and no HTML shows."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
import yaml
from build import full_room
from cmarkgfm.cmark import Options
from programs import program

from tisu_tui.notes.saving import save
from tisu_tui.notes.write import render

GOLDEN = Path(__file__).parent.parent / "rehearsal" / "golden"
NOTES = [*sorted(GOLDEN.glob("*.md")), *sorted(GOLDEN.glob("papers/*.md"))]
TAGS = {
    "h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "code", "img",
    "a", "input", "hr", "br", "blockquote",
}  # fmt: skip


class Seen(HTMLParser):
    """How often each tag stands on a page, and all the words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags[tag] += 1

    def handle_data(self, data: str) -> None:
        self.text += data


def parts(path: Path) -> tuple[str, str]:
    """Part a note into its front matter and the rest."""
    _nothing, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return head, body


def marks(body: str) -> dict[str, int]:
    """Count what was written, line by line."""
    lines = body.splitlines()
    return {
        "heading": sum(bool(re.match(r"#{1,3} ", line)) for line in lines),
        "task": sum(bool(re.match(r" *- \[ \] ", line)) for line in lines),
        "table": sum(bool(re.fullmatch(r"\| :?-+:? (\| :?-+:? )*\|", line)) for line in lines),
        "picture": sum(line.startswith("![") for line in lines),
    }


@pytest.mark.parametrize("path", NOTES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_github_shows_what_was_written_and_no_html(path: Path) -> None:
    _head, body = parts(path)
    page = Seen(cmarkgfm.github_flavored_markdown_to_html(body, Options.CMARK_OPT_UNSAFE))
    assert set(page.tags) <= TAGS
    assert marks(body) == {
        "heading": page.tags["h1"] + page.tags["h2"] + page.tags["h3"],
        "task": page.tags["input"],
        "table": page.tags["table"],
        "picture": page.tags["img"],
    }
    assert "<!--" not in page.text
    assert not re.search(r"(?<!\\)\*\*|^#|\]\(", page.text, re.MULTILINE)


@pytest.mark.parametrize("path", NOTES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_front_matter_is_flat(path: Path) -> None:
    head, _body = parts(path)
    front = yaml.safe_load(head)
    assert {type(value) for value in front.values()} <= {str, int, float, bool, list, type(front["date"])}
    assert all(isinstance(each, str) for each in front["tags"])


def test_pandoc_reads_headings_boxes_tables_and_pictures(tmp_path: Path) -> None:
    pandoc = program("pandoc", "pandoc")
    notes = [path for path in NOTES if not path.stem.endswith(("-3", "-6"))]
    # It is started once for all of them, and reads each by itself; a word after each tells them apart again.
    between = tmp_path / "between.md"
    between.write_text("betweennotes", encoding="utf-8")
    files = [str(file) for path in notes for file in (path, between)]
    run = [pandoc, "--file-scope", "--from", "markdown", "--to", "json", *files]
    told = subprocess.run(run, capture_output=True, check=True, timeout=60).stdout.decode()
    *pieces, _end = told.split("betweennotes")
    for path, piece in zip(notes, pieces, strict=True):
        assert marks(parts(path)[1]) == {
            "heading": piece.count('"t":"Header"'),
            "task": piece.count("\u2610"),
            "table": piece.count('"t":"Table"'),
            "picture": piece.count('"t":"Image"'),
        }, path
    # The names that programs look for are comments, and comments are all the HTML there is.
    raw = re.findall(r'"t":"Raw(?:Block|Inline)","c":\["html",("(?:[^"\\]|\\.)*")\]', told)
    assert raw
    assert [each for each in raw if not re.fullmatch(r"<!-- (?:[\w. -]+|tisu \{[^<>]*\}) -->", json.loads(each))] == []


def test_a_word_processor_gets_the_pictures_too_and_one_title(tmp_path: Path) -> None:
    pandoc = program("pandoc", "pandoc")
    program("rsvg-convert", "librsvg2-bin")
    note = save(render(full_room()), tmp_path)
    document = tmp_path / "notes.docx"
    run = [pandoc, note.name, "--shift-heading-level-by=-1", "-o", str(document)]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    with zipfile.ZipFile(document) as file:
        text = file.read("word/document.xml").decode()
        pictures = [name for name in file.namelist() if name.startswith("word/media/") and name.endswith(".svg")]
    assert len(pictures) == note.read_text(encoding="utf-8").count("![")
    words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", text))
    assert words.count("Sharing power in the night team") == 1
    assert "<!--" not in text
    assert "&lt;!--" not in text


def test_paper_gets_the_pictures_too(tmp_path: Path) -> None:
    pandoc, weasyprint = program("pandoc", "pandoc"), program("weasyprint", "weasyprint")
    note = save(render(full_room()), tmp_path)
    printed = tmp_path / "notes.pdf"
    run = [pandoc, note.name, "--shift-heading-level-by=-1", f"--pdf-engine={weasyprint}", "-o", str(printed)]
    done = subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert b"Failed to load" not in done.stderr
    assert 2 <= len(re.findall(rb"/Type /Page\b", printed.read_bytes())) <= 12
