"""A workshop's text under another title."""

from __future__ import annotations

import json
import re

import yaml

from tisu_tui.workshop.front_matter import read_front_matter
from tisu_tui.workshop.markdown import parse
from tisu_tui.workshop.problems import Report
from tisu_tui.workshop.source import open_text

_MARKUP = re.compile(r"([\\`*_\[\]<>&#])")


def retitle(source: str, title: str) -> str:
    """Give the text of a workshop that was read another title, in its front matter and its heading, and keep the rest.

    Raises ValueError for a text that has no title to replace.
    """
    report = Report()
    opened = open_text(source, report)
    front = read_front_matter(opened, report) if opened else None
    if opened is None or front is None or not front.title:
        raise ValueError("a text without a title is no workshop that was read")
    lines = opened.text.split("\n")
    # The fence that ends the front matter would make a heading of its last line.
    nodes = parse([""] * (front.end - 1) + lines[front.end - 1 :], report)
    heading = next((each for each in nodes if each.type == "heading" and each.token.tag == "h1"), None)
    if heading:
        lines[heading.line - 1 : heading.end - 1] = ["# " + _MARKUP.sub(r"\\\1", title)]
    first, ending = lines[0], lines[front.end - 2 :]
    matter = _with_title("\n".join(lines[1 : front.end - 2]), title)
    return "\n".join((first, matter, *ending))


def _with_title(matter: str, title: str) -> str:
    root = yaml.compose(matter, Loader=yaml.BaseLoader)
    assert isinstance(root, yaml.MappingNode)
    value = next(value for key, value in root.value if key.value == "title")
    start, end = value.start_mark.index, value.end_mark.index
    end = start + len(matter[start:end].rstrip())
    # A JSON string is a YAML string, whatever it holds.
    return matter[:start] + json.dumps(title, ensure_ascii=False) + matter[end:]
