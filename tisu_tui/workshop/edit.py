"""Steps added and moved on the fly, in the session's own copy of its file."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

import yaml

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Right
from tisu_tui.workshop.front_matter import read_front_matter
from tisu_tui.workshop.lists import id_of, unused
from tisu_tui.workshop.markdown import parse
from tisu_tui.workshop.problems import Report
from tisu_tui.workshop.source import open_text

_MARKUP = re.compile(r"([\\`*_\[\]<>&#~|:!{}])")
_LIST_MARK = re.compile(r"^(\d{1,9})([.)])|^([-+])")
_POINT = re.compile(r"([-\N{MINUS SIGN}]?\d{1,4}(?: to [-\N{MINUS SIGN}]?\d{1,4})?)(?::\s*|\.?\s+)(\S.*)")
_DECIDES = re.compile(r"\s*\((we decide|leaders may send back once|for information|we advise [^()`]+)\)$")
_COUNTED = re.compile(r" (?:(?:up to )?[0-9]+|any)(?= |$)")


def kind_and_words(text: str) -> tuple[str, str]:
    """Split a typed line into the kind, with its count if any, and the words; either may be ''.

    `dots 3 Which first?` is the kind `dots 3`; a kind that is not known gives ''.
    """
    name = text.split(" ", 1)[0].casefold()
    kind = kinds().get(name)
    if kind is None:
        return "", text
    counted = _COUNTED.match(text, len(name)) if kind.arguments != ("",) else None
    end = counted.end() if counted else len(name)
    return name + text[len(name) : end], text[end:].strip()


def fragment(kind: str, words: str, taken: Collection[str] = (), *, from_id: str = "") -> str:
    """Write the Markdown of a step from `TITLE: LINE | LINE`; raises ValueError in plain words.

    It gets an id of its own where its title would make one that is `taken`. A scale that was not given is one of
    ours. A vote says who decides, as its title does in brackets; else that it is for information.
    """
    activity = kinds()[kind.split(" ", 1)[0]]
    title, lines = _parted(activity, words)
    settings = [kind]
    decides = _DECIDES.search(title) if activity.is_vote else None
    if decides:
        title = title[: decides.start()]
    title = clean(title) or kind
    name = id_of(title, "added")
    if name in taken or name == "added":
        settings.append(f"id {unused(name, taken)}")
    if from_id:
        settings.append(f"from {from_id}")
    if activity.is_vote:
        settings.append(decides[1] if decides else Right.INFORMATION.value)
    parts = [f"## {_escaped(title)}", " ".join(f"`{each}`" for each in settings), *_lists(activity, lines)]
    if activity.asks_about_people:
        parts.insert(2, "> " + _("This asks about you. You can pass, and no one will ask you why."))
    return "\n\n".join(parts) + "\n"


def _parted(activity: type[Activity], words: str) -> tuple[str, list[str]]:
    """Part a title from the lines after its colon; without a bar only a numbered list can have a single line."""
    head, bar, _rest = words.partition("|")
    if not activity.lists or not (bar or "numbered" in activity.lists):
        return words, []
    colon = re.search(r"(?<=\?):\s*", head) or re.search(r":\s+", head)
    if colon is None and bar:
        raise ValueError(_("put a colon between the title and the lines"))
    if colon is None:
        return words, []
    lines = (clean(each) for each in words[colon.end() :].split("|"))
    return words[: colon.start()], [each for each in lines if each]


def _lists(activity: type[Activity], lines: list[str]) -> list[str]:
    if "numbered" in activity.lists:
        own = ["\n".join(f"{n}. {_escaped(each)}" for n, each in enumerate(lines, 1))] if lines else []
        return [*own, activity.usual_scale()] if "scale" in activity.lists else own
    if "choices" in activity.lists:
        return ["\n".join(f"- [ ] {_escaped(each)}" for each in lines)] if lines else []
    if "scale" in activity.lists:
        return ["\n".join(_point(each) for each in lines)] if lines else [activity.usual_scale()]
    return []


def _point(text: str) -> str:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(_("“{text}” has no number, like: 1 bad").format(text=text))
    return f"- {match[1]}: {_escaped(match[2])}"


def _escaped(text: str) -> str:
    """Keep words from being read as Markdown."""
    return _LIST_MARK.sub(lambda mark: f"{mark[1] or ''}\\{mark[2] or mark[3]}", _MARKUP.sub(r"\\\1", text))


def insert(source: str, after: int, step: str) -> str:
    """Put a step into the text of a workshop, after the step with this index (-1: before the first)."""
    head, steps = _cut(source)
    if not -1 <= after < len(steps):
        raise IndexError(f"there is no step {after}")
    return _joined(head, [*steps[: after + 1], step, *steps[after + 1 :]])


def move(source: str, at: int, to: int) -> str:
    """Move the step with an index to another in the text of a workshop."""
    head, steps = _cut(source)
    steps.insert(to, steps.pop(at))
    return _joined(head, steps)


def _cut(source: str) -> tuple[str, list[str]]:
    """Cut the text of a workshop at its steps, into what stands before them and each of them."""
    report = Report()
    opened = open_text(source, report)
    front = read_front_matter(opened, report) if opened else None
    if opened is None or front is None:
        raise ValueError("only the text of a workshop that was read can be changed")
    lines = opened.text.split("\n")
    body = [""] * (front.end - 1) + list(opened.lines[front.end - 1 :])
    headings = [node.line for node in parse(body, report) if node.type == "heading" and node.token.tag == "h2"]
    ends = [*(line - 1 for line in headings), len(lines)]
    parts = ["\n".join(lines[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return parts[0], parts[1:]


def _joined(head: str, steps: list[str]) -> str:
    return "\n\n".join(part.strip("\n") for part in (head, *steps)) + "\n"


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
