"""Steps added on the fly, in the session's own copy of its file."""

from __future__ import annotations

import re
from collections.abc import Collection

from tisu_tui.core.text import clean
from tisu_tui.workshop.front_matter import read_front_matter
from tisu_tui.workshop.lists import id_of, unused
from tisu_tui.workshop.markdown import parse
from tisu_tui.workshop.problems import Report
from tisu_tui.workshop.source import open_text

_MARKUP = re.compile(r"([\\`*_\[\]<>&#~|:!{}])")


def fragment(kind: str, words: str, taken: Collection[str] = ()) -> str:
    """Write the Markdown of a step; it gets an id of its own where its title would make one that is `taken`."""
    title = clean(words) or kind
    settings = f"`{kind}`"
    name = id_of(title, "added")
    if name in taken or name == "added":
        settings += f" `id {unused(name, taken)}`"
    heading = _MARKUP.sub(r"\\\1", title)
    return f"## {heading}\n\n{settings}\n"


def insert(source: str, after: int, step: str) -> str:
    """Put a step into the text of a workshop, after the step with this index (-1: before the first)."""
    report = Report()
    opened = open_text(source, report)
    front = read_front_matter(opened, report) if opened else None
    if opened is None or front is None:
        raise ValueError("only the text of a workshop that was read can take a step")
    lines = opened.text.split("\n")
    body = [""] * (front.end - 1) + list(opened.lines[front.end - 1 :])
    headings = [node.line for node in parse(body, report) if node.type == "heading" and node.token.tag == "h2"]
    if not -1 <= after < len(headings):
        raise IndexError(f"there is no step {after}")
    at = headings[after + 1] - 1 if after + 1 < len(headings) else len(lines)
    above, below = "\n".join(lines[:at]).rstrip("\n"), "\n".join(lines[at:])
    return f"{above}\n\n{step.strip()}\n" + (f"\n{below}" if below else "")
