"""A workshop with a step added or moved, or with another title, written into its own text and read again."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import yaml

from tisu_tui.activities import kinds
from tisu_tui.core.activity import Activity, Problem, Tier
from tisu_tui.core.scripts import unused
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.core.translation import speaking
from tisu_tui.session.workshop import Right, Workshop
from tisu_tui.workshop.front_matter import FrontMatter, read_front_matter
from tisu_tui.workshop.lists import id_of
from tisu_tui.workshop.markdown import Node, as_markdown, parse
from tisu_tui.workshop.pictures import kept
from tisu_tui.workshop.reader import Reading, read
from tisu_tui.workshop.source import Report, open_text

_POINT = re.compile(r"([-\N{MINUS SIGN}]?\d{1,4}(?: to [-\N{MINUS SIGN}]?\d{1,4})?)(?::\s*|\.?\s+)(\S.*)")
_DECIDES = re.compile(r"\s*\((we decide|leaders may send back once|for information|we advise [^()`]+)\)$")
_COUNTED = re.compile(r" (?:(?:up to )?[0-9]+|any)(?= |$)")
_BUILDS_ON = frozenset({"T211", "T212"})


def add_step(workshop: Workshop, after: int, kind: str, words: str) -> Workshop:
    """Add a step of a kind after another (-1: before the first); raises ValueError in plain words.

    Choices that were not given come from the nearest step before that has some to give.
    """
    name, (kind, words) = kind, kind_and_words(f"{kind} {words}")
    if not kind:
        raise ValueError(_("there is no kind “{name}”").format(name=name))
    taken = {each.id for each in workshop.steps}
    try:
        with speaking(workshop.language):
            own = fragment(kind, words, taken)
        reading = _read(workshop, insert(workshop.source, after, own))
        giver = _giver(workshop, after) if "from" in _activity(kind).settings else ""
        if reading.workshop is None and giver and "|" not in words:
            step = fragment(kind, words, taken, from_id=giver)
            reading = _read(workshop, insert(workshop.source, after, step))
    except ValueError as error:
        raise ValueError(f"{error}. {_example(kind)}".strip()) from error
    return _sound(workshop, reading, kind)


def move_step(workshop: Workshop, at: int, to: int) -> Workshop:
    """Move the step with an index to another; raises ValueError in plain words."""
    return _sound(workshop, _read(workshop, move(workshop.source, at, to)))


def _activity(kind: str) -> type[Activity]:
    return kinds()[kind.split(" ", 1)[0]]


def _giver(workshop: Workshop, after: int) -> str:
    # What stays in the room is nothing that the team can choose from.
    before = (step for step in reversed(workshop.steps[: after + 1]) if step.tier is not Tier.ROOM)
    return next((step.id for step in before if type(step.activity).offers is not Activity.offers), "")


def _read(workshop: Workshop, source: str) -> Reading:
    bodies = (workshop.intro, *(body for step in workshop.steps for body in (step.content_note, step.body)))
    return read(source, workshop.name, today=dt.date.max, find=kept(bodies))


def _sound(before: Workshop, reading: Reading, kind: str = "") -> Workshop:
    if reading.workshop is None:
        raise ValueError(_problem(next(problem for problem in reading.problems if not problem.warning), kind))
    if not _names(before) <= _names(reading.workshop):
        # Ids made of the number of a step, because its title has no letters for one, would be those of others.
        raise ValueError(_("the steps of this file need ids before their order can change"))
    return replace(reading.workshop, translations=before.translations)


def _names(workshop: Workshop) -> set[tuple[str, str]]:
    return {(step.id, step.title) for step in workshop.steps}


def _problem(problem: Problem, kind: str) -> str:
    if problem.code in _BUILDS_ON:
        return _("a step can't come before one that it takes from or runs again")
    if problem.code.startswith("T4") and kind:
        return f"{problem.message}. {_example(kind)}".strip()
    return f"{problem.message}: {problem.expected}" if problem.expected else problem.message


def _example(kind: str) -> str:
    """Show how the lines of a kind are written behind its title."""
    lists = _activity(kind).lists
    if "choices" in lists:
        return _("Write it like: add {kind} Which first?: swap shifts | two rotas").format(kind=kind)
    if "numbered" in lists:
        return _("Write it like: add {kind} How far are we?: we meet | we listen").format(kind=kind)
    if "scale" in lists:
        return _("Write it like: add {kind} How was it?: 1 bad | 2 fine | 3 good").format(kind=kind)
    return ""


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
    parts = [f"## {as_markdown(title)}", " ".join(f"`{setting}`" for setting in settings), *lists_of(activity, lines)]
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
    return words[: colon.start()], [line for line in lines if line]


def lists_of(activity: type[Activity], lines: Sequence[str]) -> list[str]:
    """Write lines as the lists of a kind, with our own scale where it takes one and none is given."""
    if "numbered" in activity.lists:
        own = ["\n".join(f"{n}. {as_markdown(line)}" for n, line in enumerate(lines, 1))] if lines else []
        return [*own, activity.usual_scale()] if "scale" in activity.lists else own
    if "choices" in activity.lists:
        return ["\n".join(f"- [ ] {as_markdown(line)}" for line in lines)] if lines else []
    if "scale" in activity.lists:
        return ["\n".join(_point(line) for line in lines)] if lines else [activity.usual_scale()]
    return []


def _point(text: str) -> str:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(_("“{text}” has no number, like: 1 bad").format(text=text))
    return f"- {match[1]}: {as_markdown(match[2])}"


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


def _opened(source: str) -> tuple[list[str], FrontMatter, list[Node]]:
    """Give the lines of a workshop that was read, its front matter, and its blocks."""
    report = Report()
    opened = open_text(source, report)
    front = read_front_matter(opened, report) if opened else None
    if opened is None or front is None:
        raise ValueError("only the text of a workshop that was read can be changed")
    return opened.text.split("\n"), front, parse(opened.below(front.end), report)


def _cut(source: str) -> tuple[str, list[str]]:
    """Cut the text of a workshop at its steps, into what stands before them and each of them."""
    lines, _front, nodes = _opened(source)
    headings = [node.line for node in nodes if node.type == "heading" and node.token.tag == "h2"]
    ends = [*(line - 1 for line in headings), len(lines)]
    parts = ["\n".join(lines[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return parts[0], parts[1:]


def _joined(head: str, steps: list[str]) -> str:
    return "\n\n".join(part.strip("\n") for part in (head, *steps)) + "\n"


def retitle(source: str, title: str) -> str:
    """Give the text of a workshop that was read another title, in its front matter and its heading, and keep the rest.

    Raises ValueError for a text that has no title to replace.
    """
    lines, front, nodes = _opened(source)
    if not front.workshop.title:
        raise ValueError("a text without a title is no workshop that was read")
    heading = next((node for node in nodes if node.type == "heading" and node.token.tag == "h1"), None)
    if heading:
        lines[heading.line - 1 : heading.end - 1] = [f"# {as_markdown(title)}"]
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
