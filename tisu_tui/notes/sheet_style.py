"""How pages that are meant for paper look when pandoc prints them."""

from __future__ import annotations

from math import ceil

PRINTED = (
    "papersize: a4",
    "geometry: margin=2cm",
    "fontsize: 10pt",
    "linestretch: 1.1",
    "maxwidth: 46em",
    "margin-top: 0",
    "margin-bottom: 0",
    "margin-left: 0",
    "margin-right: 0",
)
"""Flat lines of a front matter that pandoc knows, for what it makes by way of HTML and of LaTeX."""

_LETTERS, _LINES = 95, 56
"""How many letters stand on a line, and lines on a page, as it is printed."""


def pages_of(content: bytes) -> int:
    """Guess how many pages something takes in print."""
    text = content.decode().split("---\n", 2)[-1]
    lines = sum(max(1, ceil(len(line) / _LETTERS)) for line in text.rstrip("\n").split("\n"))
    return ceil(lines / _LINES)
