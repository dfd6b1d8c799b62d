"""An agenda in any Markdown, cut into its phases: what each is called, how long it takes, and what stands under it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tisu_tui.core.text import clean
from tisu_tui.workshop.markdown import Node, parse
from tisu_tui.workshop.minutes import minutes_in_heading
from tisu_tui.workshop.plan_phase import BACKGROUND, LONGEST_TITLE, NOTE, Phase, PhaseReader, titled, words_of
from tisu_tui.workshop.plan_rows import of_lists, of_paragraphs, of_tables
from tisu_tui.workshop.source import Report, Source

_AGENDA = re.compile(
    r"agenda|schedule|programme|program|timetable|outline|running order|flow|menu|structure|activities|plan|"
    r"run of show|the (?:session|workshop|day|meeting)|process",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"(?:purpose|objectives?|goals?|aims?|overview|about|summary|why)\b", re.IGNORECASE)
_NEAR = 0.75


@dataclass(slots=True)
class Plan:
    """An agenda; `intro` is Markdown for people, `notes` are for the facilitator."""

    title: str
    phases: list[Phase]
    intro: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    level: int
    title: str
    nodes: list[Node] = field(default_factory=list)
    line: int = 0


def read_plan(source: Source, name: str) -> Plan:
    """Cut an agenda into its phases; raises ValueError, in plain words, for a text that has none."""
    lines, title, comments = _prepared(source.lines)
    parts = [_Part(0, "")]
    for node in parse(lines, Report()):
        if node.type == "heading":
            parts.append(_Part(int(node.token.tag[1:]), words_of(node), line=node.line))
        else:
            parts[-1].nodes.append(node)
    tops = [each for each in parts if each.level == 1]
    if len(tops) == 1 or (tops and not tops[0].nodes and minutes_in_heading(tops[0].title) is None):
        title, tops[0].title, tops[0].level = tops[0].title if len(tops) == 1 or not title else title, "", 0
    reader = PhaseReader(lines, comments)
    phases, rest = _phases(parts, reader)
    plan = Plan(title or name.replace("-", " ").replace("_", " ").capitalize(), phases)
    for part in rest:
        _background(plan, part, reader)
    plan.notes += (text for _line, text in reader.comments)
    _time_by_starts(plan.phases)
    last = plan.phases[-1]
    if last.start is not None and re.fullmatch(r"(?:the )?(?:end|finish|done)\W*", last.title, re.IGNORECASE):
        del plan.phases[-1]
    return plan


def _prepared(lines: Sequence[str]) -> tuple[list[str], str, list[tuple[int, str]]]:
    """Take front matter, comments and HTML out of a text, line by line; gives the lines, the title and the comments."""
    kept, title = list(lines), ""
    if kept and kept[0].rstrip() == "---" and "---" in (each.rstrip() for each in kept[1:]):
        end = next(n for n, line in enumerate(kept) if n and line.rstrip() == "---")
        found = re.search(r"^(?:title|name):[ \t]*(.+)$", "\n".join(kept[1:end]), re.MULTILINE | re.IGNORECASE)
        title = clean(found[1].strip().strip("\"'"), LONGEST_TITLE) if found else ""
        kept[: end + 1] = [""] * (end + 1)
    text = "\n".join(kept)
    comments = [
        (text.count("\n", 0, each.start()) + 1, each[1].strip()) for each in re.finditer(r"(?s)<!--(.*?)-->", text)
    ]
    text = re.sub(r"(?s)<!--.*?-->", lambda each: "\n" * each[0].count("\n"), text)
    text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"</?[A-Za-z][^<>]{0,200}>", "", text)
    text = re.sub(r"!\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)", r"\1", text)
    text = re.sub(r"(?m)^\s*:::+.*$", "", text)
    return text.split("\n"), title, [comment for comment in comments if comment[1]]


def _phases(parts: list[_Part], reader: PhaseReader) -> tuple[list[Phase], list[_Part]]:
    """Find the phases, and the parts of the text that belong to none."""
    agendas = [n for n, each in enumerate(parts) if _is_agenda(each)]
    level = _level(parts)
    if sum(minutes_in_heading(each.title) is not None for each in parts if each.level == level) < 2:
        # Without headings that are phases, a list or table with times is the agenda whatever stands above it.
        agendas += [n for n in range(len(parts)) if n not in agendas]
    for n in agendas:
        part = parts[n]
        inside = _below(parts, n) if part.level else []
        if _is_agenda(part) and (found := _of_headings(inside, reader)):
            return found, [each for each in parts if each is not part and each not in inside] + [
                _Part(0, "", part.nodes)
            ]
        rows = of_tables(part.nodes) or of_lists(part.nodes, reader) or of_paragraphs(part.nodes, reader)
        if rows:
            used = {id(node) for row in rows for node in row[1]}
            left = _Part(0, "", [node for node in part.nodes if id(node) not in used])
            phases = [row[0] for row in rows]
            others = [each for each in parts if each is not part]
            return phases, [left, *_with_details(phases, others, reader)]
    found = _of_headings(parts, reader)
    if not found:
        raise ValueError("no phases")
    taken = _taken(parts)
    return found, [each for each in parts if id(each) not in taken]


def _is_agenda(part: _Part) -> bool:
    return part.level == 0 or (bool(_AGENDA.search(part.title)) and minutes_in_heading(part.title) is None)


def _below(parts: Sequence[_Part], at: int) -> list[_Part]:
    end = next((n for n in range(at + 1, len(parts)) if parts[n].level <= parts[at].level), len(parts))
    return list(parts[at + 1 : end])


def _level(parts: Sequence[_Part]) -> int:
    """Find the level of the headings that are phases: the one with most times, else the first with several."""
    levels = sorted({part.level for part in parts if part.level})
    own = {
        level: [part for part in parts if part.level == level and not BACKGROUND.match(part.title)] for level in levels
    }
    timed = {level: sum(minutes_in_heading(part.title) is not None for part in own[level]) for level in levels}
    best = max(levels, key=lambda level: (timed[level], -level), default=0)
    if best and timed[best] > 1:
        return best
    return next((level for level in levels if len(own[level]) > 1), 0)


def _taken(parts: Sequence[_Part]) -> set[int]:
    """Give the parts that are phases, or stand under one."""
    level = _level(parts)
    taken: set[int] = set()
    is_inside = False
    for part in parts:
        if part.level and part.level <= level:
            is_inside = part.level == level and not BACKGROUND.match(part.title)
        if is_inside:
            taken.add(id(part))
    return taken


def _of_headings(parts: Sequence[_Part], reader: PhaseReader) -> list[Phase]:
    level, taken = _level(parts), _taken(parts)
    phases: list[Phase] = []
    for part in parts:
        if id(part) not in taken:
            continue
        if part.level == level:
            phases.append(titled(part.title))
        else:
            minutes = minutes_in_heading(part.title)
            title = minutes[1] if minutes else part.title
            is_note = BACKGROUND.match(title) or NOTE.match(f"{title}:")
            (phases[-1].notes if is_note else phases[-1].text).append(title if is_note else f"**{title}**")
            if is_note:
                phases[-1].notes += [reader.raw(node) for node in part.nodes]
                continue
        reader.fill(phases[-1], part.nodes, part.line)
    return phases if level and len(phases) > 1 else []


def _with_details(phases: Sequence[Phase], parts: Sequence[_Part], reader: PhaseReader) -> list[_Part]:
    """Put what stands under a heading like a phase's to that phase; gives the parts that are left."""
    left: list[_Part] = []
    at: Phase | None = None
    level = 0
    for part in parts:
        title = titled(part.title)
        near = _nearest(title.title, phases) if part.level else None
        if near is not None:
            at, level = near, part.level
            at.minutes = at.minutes or title.minutes
        elif at is None or part.level <= level:
            at = None
            left.append(part)
            continue
        else:
            at.text.append(f"**{title.title}**")
        reader.fill(at, part.nodes, part.line)
    return left


def _nearest(title: str, phases: Sequence[Phase]) -> Phase | None:
    folded = title.casefold()
    for phase in phases:
        own = phase.title.casefold()
        if own == folded or difflib.SequenceMatcher(None, own, folded).ratio() >= _NEAR:
            return phase
    return None


def _background(plan: Plan, part: _Part, reader: PhaseReader) -> None:
    """Keep what belongs to no phase: its purpose for people, all else for the facilitator."""
    raw = [reader.raw(node) for node in part.nodes if node.type not in {"hr", "html_block"}]
    raw = [each for each in raw if each]
    is_said = (not part.title or _PURPOSE.match(part.title)) and not any(
        node.type in {"table", "fence", "code_block"} for node in part.nodes
    )
    if is_said and raw:
        plan.intro += [*([f"**{part.title}**"] if part.title else []), *raw]
    elif part.title or raw:
        plan.notes.append("\n".join([part.title, *raw]).strip())


def _time_by_starts(phases: Sequence[Phase]) -> None:
    """Give phases of which only the beginning is known the time until the next one begins."""
    for one, other in pairwise(phases):
        if not one.minutes and one.start is not None and other.start is not None:
            took = (other.start - one.start) % (12 * 60)
            one.minutes = took if took <= 480 else 0
