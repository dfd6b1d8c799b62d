"""Whole notes of any session, rendered: people's words are there as those words, and nothing else has come of them."""

from __future__ import annotations

import csv
import io

from any_session import sessions
from hypothesis import given, settings
from test_notes_markdown import pages

from tisu_tui.core.records import RecordKind
from tisu_tui.memory.past import past
from tisu_tui.notes.write import render
from tisu_tui.session.session import Fate, Session

BLOCKS = {"h1", "h2", "p", "ul", "ol", "li", "strong", "em", "code", "hr"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}


@settings(deadline=None, max_examples=40)
@given(sessions())
def test_words_come_through_renderers_and_spreadsheets_and_make_nothing_of_their_own(session: Session) -> None:
    files = render(session)
    (name,) = (file for file in files if "/" not in file)
    body = files[name].decode().split("---\n", 2)[2]
    pictures = [file for file in files if file.endswith(".svg")]
    left = past(session)
    said = [record.text for record in left.records] + [standing.label for standing in left.standings]
    said += [row.label for row in left.rows] + [point for row in left.rows for point in row.scale]
    said += [line.text for round_ in session.rounds for line in round_.held if line.fate is Fate.KEPT]
    for page in pages(body):
        assert set(page.tags) <= {*BLOCKS, *TABLES, "a", "img", "input"}
        # One of the two draws boxes.
        assert page.tags.count("input") in {0, sum(record.kind is RecordKind.ACTION for record in left.records)}
        assert page.tags.count("h1") == 1
        assert page.tags.count("h2") == sum(line.startswith("## ") for line in body.splitlines())
        # The results for programs are linked, and pictures stand where they were drawn.
        assert (page.tags.count("a"), page.tags.count("img")) == (3, len(pictures))
        read = " ".join(page.read)
        assert [text for text in said if text not in read] == []
    # Nor is a cell of the tables for spreadsheets a formula.
    tables = [content for name, content in files.items() if name.endswith(".csv")]
    assert len(tables) == 2
    for table in tables:
        rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
