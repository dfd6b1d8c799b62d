"""Notes and sheets as offices open them: one web page that fetches nothing, and a file that Word outlines."""

from __future__ import annotations

import contextlib
import io
import itertools
import random
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from command_line import tisu
from docx.oxml.ns import qn
from kept_sessions import keep, new_session, promised, put, workshop

from tisu_tui.core.records import RecordKind
from tisu_tui.documents.web import web_page
from tisu_tui.documents.word import word_file, words_in
from tisu_tui.store.folder import DataFolder

EXPORTS = Path(__file__).parents[2] / "docs" / "example" / "exports"
PAGES = sorted(EXPORTS.glob("*.md"))
LETTER = 0.21
"""Centimetres of a letter at nine points."""


def pictures(page: Path) -> dict[str, bytes]:
    found = page.with_suffix("").glob("*.svg")
    return {path.relative_to(page.parent).as_posix(): path.read_bytes() for path in found}


TWENTIETH = 635
"""A twentieth of a point, to which Word rounds."""


class Tags(HTMLParser):
    """Every tag with its attributes, and all words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem[:40])
def test_a_web_page_holds_all_that_it_shows(page: Path) -> None:
    text, beside = page.read_text(encoding="utf-8"), pictures(page)
    made = web_page(text, beside)
    seen = Tags(made)
    assert re.findall(rb"(?:src|href)=.(?!data:)", made) == []
    assert len(seen.all("img")) == len(re.findall(r"!\[", text))
    assert all(each["alt"] for each in seen.all("img"))
    assert len(seen.all("h1")) == 1
    levels = [int(tag[1]) for tag, _attributes in seen.tags if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(each.get("scope") for each in seen.all("th"))
    assert "<!--" not in seen.words
    assert "tisu-session" not in seen.words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem[:40])
def test_a_file_for_word_has_an_outline_and_columns_that_can_be_read(page: Path) -> None:
    text, beside = page.read_text(encoding="utf-8"), pictures(page)
    file = docx.Document(io.BytesIO(word_file(text, beside)))
    heads = [line.text for line in file.paragraphs if line.style is not None and line.style.name == "Heading 2"]
    assert heads == [re.sub(r"\\|`", "", head) for head in re.findall(r"^## (.*)$", text, re.MULTILINE)]
    described = [str(each.get("descr")) for each in file.element.iter(qn("wp:docPr"))]
    firsts = [each for each in described if not each.endswith(" (continued)")]
    assert len(firsts) == len(re.findall(r"^!\[", text, re.MULTILINE))
    assert all(described)
    assert all(shape.width.inches > 0.5 and shape.height.cm <= 22.1 for shape in file.inline_shapes)
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if re.match(r"\|(?! ?-)", line)]
    cells = [[re.sub(r"\\|`|<!--.*?-->", "", each).strip() for each in row] for row in rows]
    assert [[cell.text for cell in row.cells] for table in file.tables for row in table.rows] == cells
    for table in file.tables:
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        widths = [cell.width for cell in table.rows[0].cells]
        assert all(width is not None and width.cm >= 8 * LETTER for width in widths)
        section = file.sections[0]
        room = (section.page_width or 0) - 2 * (section.left_margin or 0)
        assert sum(width or 0 for width in widths) <= room + TWENTIETH * len(widths)


def test_a_table_of_many_columns_lies_across_the_page() -> None:
    head = "|".join(f" point {n} " for n in range(12))
    text = f"# Wide\n\n|{head}|\n|{'---|' * 12}\n|{head}|\n"
    file = docx.Document(io.BytesIO(word_file(text, {})))
    assert (file.sections[0].page_width or 0) > (file.sections[0].page_height or 0)


HOSTILE = (
    "# <script>alert(1)</script>\n\n- [ ] <img src=x onerror=alert(2)> `@ann` &lt;b&gt; <!-- action a1 -->\n"
    "- [x] done ![](https://example.invalid/x.png) [here](javascript:alert(3))\n\n![x](../secret.svg)\n\n"
    "| a | b |\n|---|---|\n| <b onclick=alert(4)> | 2 |\n"
)


def test_words_stay_words_whatever_they_look_like() -> None:
    seen = Tags(web_page(HOSTILE, {}))
    assert not {"script", "img", "b", "a", "iframe"} & {tag for tag, _attributes in seen.tags}
    assert not any(name.startswith("on") for _tag, attributes in seen.tags for name in attributes)
    assert "<script>alert(1)</script>" in seen.words
    assert "@ann" in seen.words
    lines = [line.text for line in docx.Document(io.BytesIO(word_file(HOSTILE, {}))).paragraphs]
    assert lines[0] == "<script>alert(1)</script>"
    assert lines[1].startswith("☐\t<img src=x onerror=alert(2)> @ann")
    assert lines[2].startswith("☑\tdone")


def test_documents_are_made_of_the_notes_as_the_team_left_them(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    keep(folder, "7k3m", "2026-11-18", workshop(), [promised(1, "Book the room @sam 2026-12-01")])
    first = tisu(tmp_path, "notes", "7k3m", "--html")
    assert first.returncode == 0, first.stderr
    note, page = map(Path, first.stdout.splitlines())
    assert page == note.with_suffix(".html")
    assert "Book the room" in Tags((tmp_path / page).read_bytes()).words
    edited = (tmp_path / note).read_text().replace("[ ] Book the room", "[x] Book the quiet room")
    (tmp_path / note).write_text(edited)
    second = tisu(tmp_path, "notes", "7k3m", "--html", "--word")
    assert second.returncode == 0, second.stderr
    assert f"{note} has been edited since, and is left as it is." in second.stderr
    # The page of before may have been edited too.
    assert f"{page} is there already, and is left as it is." in second.stderr
    assert "quiet" not in (tmp_path / page).read_text()
    made = docx.Document(str(tmp_path / note.with_suffix(".docx")))
    assert any(line.text.startswith("☑\tBook the quiet room") for line in made.paragraphs)
    assert (tmp_path / note).read_text() == edited
    assert "edited since" in tisu(tmp_path, "notes", "7k3m").stderr


def test_of_a_session_that_has_not_ended_there_is_no_document_to_outlive_a_struck_line(tmp_path: Path) -> None:
    put(DataFolder(tmp_path / "data"), new_session("7k3m", "2026-11-18", workshop()))
    done = tisu(tmp_path, "notes", "7k3m", "--html", "--word")
    assert (done.returncode, done.stdout) == (2, "")
    assert "has not ended" in done.stderr
    assert not (tmp_path / "exports").exists()


def test_whoever_deletes_a_session_is_told_of_its_documents(tmp_path: Path) -> None:
    keep(DataFolder(tmp_path / "data"), "7k3m", "2026-11-18", workshop())
    written = tisu(tmp_path, "notes", "7k3m", "--html", "--word").stdout.splitlines()
    assert len(written) == 3
    told = tisu(tmp_path, "forget", "7k3m", "--yes")
    assert all(name in told.stdout + told.stderr for name in written)


def test_a_paper_after_an_answer_is_another_paper_and_nobody_is_said_to_have_edited_it(tmp_path: Path) -> None:
    asked = promised(1, "Cover at night @board 2026-12-09", RecordKind.ASK)
    keep(DataFolder(tmp_path / "data"), "7k3m", "2026-11-18", workshop(), [asked])
    assert tisu(tmp_path, "notes", "7k3m", "--for", "organisation").returncode == 0
    assert tisu(tmp_path, "actions", "mark", "7k3m.q1", "agreed").returncode == 0
    for more in ((), ("--html",)):
        again = tisu(tmp_path, "notes", "7k3m", "--for", "organisation", *more)
        assert again.returncode == 1
        assert "is there from before. Move it away for one with what was answered since." in again.stderr
        assert "edited" not in again.stderr


def test_what_is_printed_before_a_session_comes_as_documents_too(tmp_path: Path) -> None:
    done = tisu(tmp_path, "sheets", "window-of-tolerance", "--html", "--word", "--to", "out")
    assert done.returncode == 0, done.stderr
    for suffix in (".html", ".docx"):
        made = {path.stem for path in (tmp_path / "out").glob(f"*{suffix}")}
        assert made == {path.stem for path in (tmp_path / "out").glob("*.md")}


def spoiled(chance: random.Random) -> Iterator[bytes]:
    """Make files for Word that a mail has damaged, or that somebody made to break what reads them."""
    file = word_file("# Your reply\n\n- [ ] agreed\n", {})
    with zipfile.ZipFile(io.BytesIO(file)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for _n in range(60):
        damaged = bytearray(file)
        damaged[chance.randrange(len(file))] = chance.randrange(256)
        yield from (bytes(damaged), file[: chance.randrange(len(file))])
    yield file.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")  # as if it had a password
    for name in parts:
        for content in (None, b"", b"<a/>"):
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as changed:
                for each, was in {**parts, name: content}.items():
                    if was is not None:
                        changed.writestr(each, was)
            yield made.getvalue()


def test_a_damaged_file_for_word_is_read_or_refused_in_a_line() -> None:
    for file in spoiled(random.Random(3)):
        # Anything else would be a fault of ours, and not one line.
        with contextlib.suppress(ValueError):
            words_in(file)
