"""How pages that are meant for paper look when pandoc prints them."""

from __future__ import annotations

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
