"""Whatever people type arrives in the notes as those words and does nothing there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hostile_text import ANYTHING, HOSTILE
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from programs import program

from tisu_tui.core.text import clean
from tisu_tui.notes.escaping import comment, table, words


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.texts: list[str] = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag in {"td", "th", "p", "li", "h2"}:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        self.texts[-1] += data

    @property
    def read(self) -> list[str]:
        """What a person reads, block by block."""
        return [text.strip() for text in self.texts if text.strip()]


def pages(markdown: str) -> list[Page]:
    """Render with GitHub's own renderer and with another, both showing raw HTML as it is."""
    github = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    other = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return [Page(github), Page(other)]


def read_as(text: str) -> str:
    return " ".join(clean(text, 20_000).split())


def hostile(test: Callable[[str], None]) -> Callable[[], None]:
    """Try a test with anything at all, and with what is known to be hard."""
    for text in HOSTILE:
        test = example(text)(test)
    return settings(deadline=None, max_examples=120)(given(ANYTHING)(test))


@hostile
def test_words_stay_words_in_a_paragraph_a_bullet_and_a_heading(text: str) -> None:
    expected = [read_as(text)] if read_as(text) else []
    if not expected:
        return
    for before, allowed in (("", {"p"}), ("- ", {"ul", "li"}), ("## 3. ", {"h2"}), ("1. ", {"ol", "li"})):
        for page in pages(f"{before}{words(text)}\n"):
            assert set(page.tags) <= {*allowed, "code"}
            assert page.read == ([f"3. {expected[0]}"] if "#" in before else expected)


@hostile
def test_words_stay_in_their_cell(text: str) -> None:
    if not read_as(text):
        return
    for page in pages(table(["head", "n"], [[words(text), "1"], ["last", words(text)]], frozenset({1})) + "\n"):
        assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
        assert page.read == ["head", "n", read_as(text), "1", "last", read_as(text)]


@hostile
def test_words_between_marks_and_a_comment_stay_words(text: str) -> None:
    if not read_as(text):
        return
    for page in pages(f"- [ ] {words(text)} — @sam, due 2026-12-01 {comment('action', text)}\n\n**{words(text)}**\n"):
        assert set(page.tags) <= {"ul", "li", "input", "p", "strong", "code"}
        first = page.read[0].removeprefix("[ ] ")
        assert [first, *page.read[1:]] == [f"{read_as(text)} — @sam, due 2026-12-01", read_as(text)]


@pytest.mark.parametrize("text", ["@sam", "ask @sam-b, please", ":smile:", "see (https://e.org/a)."])
def test_what_is_looked_for_after_rendering_stands_in_code(text: str) -> None:
    (page, _other) = pages(words(text))
    assert "code" in page.tags
    assert page.read == [text]


def test_a_table_lines_up_by_what_terminals_show() -> None:
    assert table(["a", "number"], [["日本", "3"], [words("x|y"), "12"]], frozenset({1})).splitlines() == [
        "| a    | number |",
        "| ---- | -----: |",
        "| 日本 |      3 |",
        "| x\\|y |     12 |",
    ]


@pytest.mark.parametrize("reader", ["gfm", "markdown-smart", "commonmark_x-smart"])
def test_pandoc_reads_the_same_words(reader: str) -> None:
    texts = [
        *HOSTILE,
        *(f"{start} x" for start in ("Table:", ":", "~", "%", "i.", "(1)", "(@)", "|", ":::", "+", "(b)")),
    ]
    document = "\n\n".join(f"- {words(text)}" for text in texts) + "\n\n" + "\n\n".join(map(words, texts)) + "\n"
    run = [program("pandoc", "pandoc"), "--from", reader, "--to", "json"]
    blocks = json.loads(subprocess.run(run, input=document, capture_output=True, check=True, text=True).stdout)[
        "blocks"
    ]
    assert [block["t"] for block in blocks] == ["BulletList", *["Para"] * len(texts)]
    bullets = [item[0] for item in blocks[0]["c"]]
    assert [_said(block["c"]) for block in (*bullets, *blocks[1:])] == [read_as(text) for text in texts] * 2


def test_pandoc_joins_no_dashes_and_dots() -> None:
    text = "well -- yes --- no... maybe -"
    run = [program("pandoc", "pandoc"), "--from", "markdown", "--to", "plain"]
    assert subprocess.run(run, input=words(text), capture_output=True, check=True, text=True).stdout.strip() == text


def _said(inlines: list[dict[str, Any]]) -> str:
    """Read pandoc's inlines; anything but words, spaces and code is an error."""
    return "".join(
        " " if inline["t"] == "Space" else inline["c"] if inline["t"] == "Str" else _code(inline) for inline in inlines
    )


def _code(inline: dict[str, Any]) -> str:
    assert inline["t"] == "Code"
    return str(inline["c"][1])
