"""A Markdown file in, a Workshop out, or every problem with its line and column."""

from __future__ import annotations

from tisu_tui.workshop.edit import fragment, insert
from tisu_tui.workshop.importing import draft
from tisu_tui.workshop.library import NoSuchWorkshopError, blank, find, library
from tisu_tui.workshop.problems import render
from tisu_tui.workshop.reader import Reading, read
from tisu_tui.workshop.source import display
from tisu_tui.workshop.title import retitle

__all__ = [
    "NoSuchWorkshopError",
    "Reading",
    "blank",
    "display",
    "draft",
    "find",
    "fragment",
    "insert",
    "library",
    "read",
    "render",
    "retitle",
]
