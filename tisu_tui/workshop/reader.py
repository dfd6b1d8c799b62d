"""Reading a workshop file, cut at its headings: a Workshop, or everything that is wrong with it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from tisu_tui.core.activity import Problem
from tisu_tui.core.enumerating import quoted
from tisu_tui.core.text import clean
from tisu_tui.core.translation import gettext as _
from tisu_tui.session.workshop import Workshop
from tisu_tui.workshop.advice import advise
from tisu_tui.workshop.front_matter import read_front_matter
from tisu_tui.workshop.markdown import Node, Section, blocks, parse, plain
from tisu_tui.workshop.pictures import Find, check, shown
from tisu_tui.workshop.source import Report, Source, Text, open_text
from tisu_tui.workshop.steps import read_steps

GUESS = "guess:"
"""Begins the notes in which an imported draft says what was guessed; they stay until somebody takes them out."""

_MOST_STEPS = 200
_JOINED = re.compile(r" {0,3}(#{2,3})([^#\s].{0,30})")
_LONGEST_NOTE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file; there is no workshop when there is any error."""

    workshop: Workshop | None
    problems: tuple[Problem, ...]


def read(text: bytes | str, name: str, today: date | None = None, find: Find | None = None) -> Reading:
    """Read a workshop file; with `today`, support contacts that were checked too long ago are warned of.

    `find` gives the pictures it names; without it they are words.
    """
    report = Report()
    workshop = _read(text, name, today, report, find)
    return Reading(None if report.has_errors else workshop, report.problems())


def _read(text: bytes | str, name: str, today: date | None, report: Report, find: Find | None) -> Workshop | None:
    source = open_text(text, report)
    front = read_front_matter(source, report) if source else None
    if source is None or front is None or front.newer:
        return None
    front.is_sound = not report.has_errors
    nodes = parse(source.below(front.end), report)
    if find:
        check(nodes, find, source, report)
    intro, sections = _cut(nodes, source, report)
    drafts = read_steps(sections, front, source, report)
    if not drafts and not report.found("T204") and not report.found("T207"):
        report.add((1, 1), "T200", _("no steps"), _("at least one '## question'"))
    advise(front, drafts, source, today, report)
    steps = tuple(draft.step for draft in drafts if draft.step)
    if find:
        steps = tuple(
            replace(step, content_note=shown(step.content_note, find), body=shown(step.body, find)) for step in steps
        )
    return replace(
        front.workshop,
        source=source.text,
        name=name,
        intro=shown(blocks(intro.nodes), find) if find else blocks(intro.nodes),
        notes=tuple(intro.notes),
        steps=steps,
    )


def _cut(nodes: list[Node], source: Source, report: Report) -> tuple[Section, list[Section]]:
    """Cut the blocks of a file at its headings; returns the introduction and the steps."""
    intro = Section(Text("", 1, 1))
    steps: list[Section] = []
    has_title = False
    for node in nodes:
        section = steps[-1] if steps else intro
        if not _take_html(node, section, source, report):
            continue
        _refuse_colons(node, source, report)
        _refuse_joined_headings(node, source, report)
        if node.type != "heading" or node.token.tag not in {"h1", "h2"}:
            section.nodes.append(node)
            continue
        title = clean(plain(node.children[0].inline), 500)
        place = source.place(node.line, node.children[0].token.content)
        if not title:
            message = _("a heading without words")
            report.add((node.line, 1), "T205", message, _("'# the title' or '## a question'"))
        if node.token.tag == "h2" and len(steps) == _MOST_STEPS:
            message = _("more than {n} steps").format(n=_MOST_STEPS)
            report.add((node.line, 1), "T206", message, _("a shorter file, or two"))
            break
        if node.token.tag == "h2":
            steps.append(Section(Text(title, *place)))
        elif has_title:
            expected = _("one '#' title, then '##' for each step")
            report.add((node.line, 1), "T201", _("a second title"), expected)
        elif steps:
            expected = _("the '#' title, then '##' for each step")
            report.add((node.line, 1), "T201", _("a title after the first step"), expected)
        has_title = has_title or node.token.tag == "h1"
    return intro, steps


def _refuse_joined_headings(node: Node, source: Source, report: Report) -> None:
    """Refuse a heading that is none, for want of a space: its step would be lost in the one before."""
    for n in range(node.line, node.end) if node.type == "paragraph" else ():
        if found := _JOINED.match(source.lines[n - 1]):
            report.add(
                (n, 1), "T207", _("no space behind {marks}").format(marks=quoted(found[1])), f"{found[1]} {found[2]}"
            )


def _take_html(node: Node, section: Section, source: Source, report: Report) -> bool:
    """Take comments out of a block as notes for the facilitator; false when nothing is left of it."""
    if node.type == "html_block":
        _read_html(node, section, source, report)
        return False
    if node.type == "inline":
        kept = []
        for token in node.inline:
            if token.type != "html_inline":
                kept.append(token)
            elif token.content.startswith("<!--"):
                comments, _rest = _comments(token.content)
                _add_notes(comments, node, section, source, report)
            else:
                _refuse_html(_place(node, token.content, source), report)
        node.inline = kept
        return True
    node.children = [child for child in node.children if _take_html(child, section, source, report)]
    return True


def _read_html(node: Node, section: Section, source: Source, report: Report) -> None:
    comments, rest = _comments(node.token.content)
    _add_notes(comments, node, section, source, report)
    if not rest.strip():
        return
    place = _place(node, rest.strip(), source)
    if rest.lstrip().startswith("<!--"):
        report.add(place, "T204", _("a comment that never ends"), _("'-->' after the facilitator's note"))
    else:
        _refuse_html(place, report)


def _add_notes(comments: list[str], node: Node, section: Section, source: Source, report: Report) -> None:
    """Keep comments as notes for the facilitator, and warn of a guess that nobody has answered."""
    for comment in comments:
        note = clean(comment, _LONGEST_NOTE, lines=True)
        section.notes.append(note)
        if note.startswith(GUESS):
            place = _place(node, f"<!--{comment.partition(chr(10))[0]}", source)
            message = _("a guess that nobody has answered: {guess}").format(guess=note.removeprefix(GUESS).strip())
            report.warn(place, "W519", message, _("the step as you want it, and this note taken out"))


def _comments(text: str) -> tuple[list[str], str]:
    """Part the comments of a text from the rest of it."""
    found: list[str] = []
    rest: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        rest.append(text[at:start])
        found.append(text[start + 4 : end])
        at = end + 3
    return found, "".join([*rest, text[at:]])


def _place(node: Node, words: str, source: Source) -> tuple[int, int]:
    """Find where words of a block stand, by their first line."""
    first = words.partition("\n")[0]
    line = next((n for n in range(node.line, node.end) if first in source.lines[n - 1]), node.line)
    return source.place(line, first)


def _refuse_html(place: tuple[int, int], report: Report) -> None:
    report.add(place, "T202", _("HTML"), _("Markdown; only <!-- notes for the facilitator --> are read"))


def _refuse_colons(node: Node, source: Source, report: Report) -> None:
    """Find `:::` blocks, which show as plain text nearly everywhere; what closes one is not a second problem."""
    for inline in (each for each in node.walk() if each.type == "inline"):
        for number, line in enumerate(inline.token.content.split("\n"), inline.line):
            if re.match(r"\s*:::+\s*[^:\s]", line):
                expected = _("a '##' step with a settings line")
                report.add(source.place(number, ":::"), "T203", _("a ':::' block"), expected)
