"""An agenda in any Markdown, cut into its phases: what each is called, how long it takes, and what stands under it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tisu_tui.core.text import clean
from tisu_tui.workshop.blocks import plain
from tisu_tui.workshop.markdown import Node, parse
from tisu_tui.workshop.minutes import DURATION, TIME_SPAN, minutes_in_heading, minutes_in_words, read_minutes
from tisu_tui.workshop.problems import Report
from tisu_tui.workshop.source import Source

_AGENDA = re.compile(
    r"agenda|schedule|programme|program|timetable|outline|running order|flow|menu|structure|activities|plan|"
    r"run of show|the (?:session|workshop|day|meeting)|process",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"(?:about|after(?:wards)?|attendees|audience|background|before|checklist|context|contents|credits|date|details|"
    r"equipment|expected|facilitat\w*|faq|follow-?ups?|further|goals?|handouts?|hints?|inputs?|introduction to|license|"
    r"links|location|logistics|materials?|metadata|notes?|objectives?|outcomes?|outputs?|overview|participants?|people|"
    r"post-|pre-|prepar\w*|prerequisites?|purpose|quick start|references?|resources|room|set-?up|space|success|summary|"
    r"supplies|table of|techniques|templates?|timing|tips?|tools?|troubleshooting|variations?|venue|what you|when|"
    r"who|why|workshop details)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"(?:purpose|objectives?|goals?|aims?|overview|about|summary|why)\b", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:materials?(?: needed)?|you(?: will)? need|supplies|equipment|tools?|facilitat\w+(?:'s)?(?: notes?| tips?)?|"
    r"tips?|notes?|remarks?|remember|owner|lead|led by|who|prep\w*|set-?up|room|space|handouts?|slides?|outputs?|"
    r"outcomes?|expected outputs?|script|say|debrief|watch out|variations?|time breakdown|timing|groups?|arrangement)\b"
    r"[^:.]{0,30}:",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:purpose|goals?|objectives?|aim|instructions?|how|steps?|task|activity|what)\s*:\s*", re.IGNORECASE
)
_NUMBERING = re.compile(
    r"^(?:[\W_]*(?:step|phase|part|activity|session|module|section|exercise|block|item)\s+\d{1,2}\s*[:.)–—-]+\s*|"
    r"\d{1,2}\s*[.):–—-]\s*(?=\D))",
    re.IGNORECASE,
)
_COLUMNS = {
    "time": r"time|when|start|clock|from|at",
    "minutes": r"duration|minutes?|mins?|length|how long|time ?box|timing",
    "title": r"activity|topic|item|what|session|step|phase|exercise|section|agenda|title|name|subject|part",
    "text": r"description|content|details?|how|instructions?|question|prompt|purpose|goals?|method",
}
_START = re.compile(r"\s*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_TIMED = re.compile(rf"\W*({TIME_SPAN}|{DURATION}|\d\d?[:.]\d\d)[\W_]+(\w.*)", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"([\\`*_\[\]<>&#~|])")
_LIST_MARK = re.compile(r"^(\d{1,9})([.)])|^([-+])")
_NEAR = 0.75
_LONGEST_TITLE = 120


@dataclass(slots=True)
class Phase:
    """A part of the agenda: Markdown for people, the words of its lists, and notes for the facilitator."""

    title: str
    minutes: int = 0
    text: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_boxes: bool = False
    """Whether its lines stood behind boxes."""
    start: int | None = None
    """When it begins, in minutes of the day, where the plan says only that."""


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


def as_markdown(words: str) -> str:
    """Write words so that Markdown shows them as they are."""
    marked = _MARKUP.sub(r"\\\1", words)
    return _LIST_MARK.sub(lambda mark: f"{mark[1] or ''}\\{mark[2] or mark[3]}", marked)


class _Reader:
    def __init__(self, lines: Sequence[str], comments: Sequence[tuple[int, str]]) -> None:
        self.lines = lines
        self.comments = list(comments)
        self.used: set[int] = set()

    def raw(self, node: Node) -> str:
        """Give the Markdown of a block."""
        return "\n".join(self.lines[node.line - 1 : node.end - 1]).strip("\n").rstrip()

    def fill(self, phase: Phase, nodes: Sequence[Node], line: int = 0) -> None:
        """Sort what stands under a phase, from a line on, into what people read and what is for the facilitator."""
        to_notes = False
        for node in nodes:
            if node.type in {"heading", "hr", "html_block"}:
                words = _words(node)
                to_notes = bool(words) and bool(_BACKGROUND.match(words) or _NOTE.match(f"{words}:"))
                if words:
                    (phase.notes if to_notes else phase.text).append(words if to_notes else f"**{words}**")
                continue
            words = _words(node)
            if node.type == "paragraph":
                to_notes = self._paragraph(phase, node, words)
            elif to_notes or node.type in {"fence", "code_block"}:
                phase.notes.append(self.raw(node))
            elif node.type in {"bullet_list", "ordered_list"}:
                self._list(phase, node)
            else:
                phase.text.append(self.raw(node))
        if nodes:
            self._take_comments(phase, line or nodes[0].line, nodes[-1].end)

    def _paragraph(self, phase: Phase, node: Node, words: str) -> bool:
        """Put a paragraph where it belongs; tells whether the list below it goes there as well."""
        if (minutes := minutes_in_words(words)) is not None:
            phase.minutes = phase.minutes or minutes
            return False
        if _NOTE.match(words) or re.search(r"\bfacilitators?\b", words, re.IGNORECASE):
            phase.notes.append(words)
            return words.endswith(":")
        said = _SAID.match(words)
        phase.text.append(as_markdown(words[said.end() :]) if said and words[said.end() :] else self.raw(node))
        return False

    def _list(self, phase: Phase, node: Node) -> None:
        kept: list[str] = []
        for item in node.children:
            words = _words(item.children[0]) if item.children else ""
            bare = re.sub(r"^\[[ xX]\]\s*", "", words)
            phase.has_boxes, words = phase.has_boxes or bare != words, bare
            if (minutes := minutes_in_words(words)) is not None and not phase.minutes:
                phase.minutes = minutes
            elif _NOTE.match(words) or re.search(r"\bfacilitators?\b", words, re.IGNORECASE):
                phase.notes.append(self.raw(item).lstrip("-*+0123456789.) "))
            elif words:
                phase.lines.append(words)
                kept.append(words)
                kept += [f"  {_words(each.children[0])}" for each in _items_in(item) if each.children]
        # What is asked in a list is a question to read; numbers and boxes would mean something of their own.
        if kept:
            told = (f"{'  ' * each.startswith('  ')}- {as_markdown(each.strip())}" for each in kept)
            phase.text.append("\n".join(told))

    def _take_comments(self, phase: Phase, start: int, end: int) -> None:
        for n, (line, text) in enumerate(self.comments):
            if n not in self.used and start <= line <= end:
                self.used.add(n)
                phase.notes.append(text)

    def left(self) -> Iterator[str]:
        """Give the comments that belong to no phase."""
        return (text for n, (_line, text) in enumerate(self.comments) if n not in self.used)


def read_plan(source: Source, name: str) -> Plan:
    """Cut an agenda into its phases; raises ValueError, in plain words, for a text that has none."""
    lines, title, comments = _prepared(source.lines)
    parts = [_Part(0, "")]
    for node in parse(lines, Report()):
        if node.type == "heading":
            parts.append(_Part(int(node.token.tag[1:]), _words(node), line=node.line))
        else:
            parts[-1].nodes.append(node)
    tops = [each for each in parts if each.level == 1]
    if len(tops) == 1 or (tops and not tops[0].nodes and minutes_in_heading(tops[0].title) is None):
        title, tops[0].title, tops[0].level = tops[0].title if len(tops) == 1 or not title else title, "", 0
    reader = _Reader(lines, comments)
    phases, rest = _phases(parts, reader)
    plan = Plan(title or name.replace("-", " ").replace("_", " ").capitalize(), phases)
    for part in rest:
        _background(plan, part, reader)
    plan.notes += reader.left()
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
        title = clean(found[1].strip().strip("\"'"), _LONGEST_TITLE) if found else ""
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
    return text.split("\n"), title, [each for each in comments if each[1]]


def _words(node: Node) -> str:
    inline = next((each for each in node.walk() if each.type == "inline"), None)
    return " ".join(plain(inline.inline).split()) if inline else ""


def _items_in(item: Node) -> Iterator[Node]:
    for child in item.children:
        if child.type in {"bullet_list", "ordered_list"}:
            yield from child.children


def _phases(parts: list[_Part], reader: _Reader) -> tuple[list[Phase], list[_Part]]:
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
            return found, [each for each in parts if each is not part and each not in inside] + [_bare(part)]
        rows = _of_tables(part.nodes) or _of_lists(part.nodes, reader) or _of_paragraphs(part.nodes, reader)
        if rows:
            used = {id(each) for row in rows for each in row[1]}
            left = _Part(0, "", [each for each in part.nodes if id(each) not in used])
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


def _bare(part: _Part) -> _Part:
    return _Part(0, "", part.nodes)


def _below(parts: Sequence[_Part], at: int) -> list[_Part]:
    end = next((n for n in range(at + 1, len(parts)) if parts[n].level <= parts[at].level), len(parts))
    return list(parts[at + 1 : end])


def _level(parts: Sequence[_Part]) -> int:
    """Find the level of the headings that are phases: the one with most times, else the first with several."""
    levels = sorted({each.level for each in parts if each.level})
    own = {
        level: [each for each in parts if each.level == level and not _BACKGROUND.match(each.title)] for level in levels
    }
    timed = {level: sum(minutes_in_heading(each.title) is not None for each in own[level]) for level in levels}
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
            is_inside = part.level == level and not _BACKGROUND.match(part.title)
        if is_inside:
            taken.add(id(part))
    return taken


def _of_headings(parts: Sequence[_Part], reader: _Reader) -> list[Phase]:
    level, taken = _level(parts), _taken(parts)
    phases: list[Phase] = []
    for part in parts:
        if id(part) not in taken:
            continue
        if part.level == level:
            phases.append(_titled(part.title))
        else:
            minutes = minutes_in_heading(part.title)
            title = minutes[1] if minutes else part.title
            is_note = _BACKGROUND.match(title) or _NOTE.match(f"{title}:")
            (phases[-1].notes if is_note else phases[-1].text).append(title if is_note else f"**{title}**")
            if is_note:
                phases[-1].notes += [reader.raw(each) for each in part.nodes]
                continue
        reader.fill(phases[-1], part.nodes, part.line)
    return phases if level and len(phases) > 1 else []


def _titled(words: str) -> Phase:
    """Begin a phase of its heading: the time out of it, and the number."""
    found = minutes_in_heading(words)
    start = None
    title = found[1] if found else words
    if not found and (timed := re.match(r"\W*(\d\d?[:.]\d\d(?:\s?[ap]m)?)[\s–—:|-]+(?=\w)", words, re.IGNORECASE)):
        start, title = _start(timed[1]), words[timed.end() :]
    title = _NUMBERING.sub("", title).strip(" -–—:*_|") or title
    return Phase(clean(title, _LONGEST_TITLE), found[0] if found else 0, start=start)


Rows = list[tuple[Phase, list[Node]]]


def _of_tables(nodes: Sequence[Node]) -> Rows:
    """Read the rows of a table that has times as phases."""
    found: Rows = []
    for node in nodes:
        rows = [each for each in node.walk() if each.type == "tr"] if node.type == "table" else []
        cells = [[_words(cell) for cell in row.children] for row in rows]
        if len(cells) < 3 or not (columns := _columns(cells[0])) or not columns.keys() & {"time", "minutes"}:
            continue
        for row in cells[1:]:
            phase = _of_row(row, cells[0], columns)
            if phase.title:
                found.append((phase, [node]))
    return found if len(found) > 1 else []


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Find which column of a table is what; empty for a table that has nothing to do."""
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS.items():
        at = next((n for n, cell in enumerate(head) if re.match(rf"\W*(?:{pattern})\b", cell, re.IGNORECASE)), None)
        if at is not None and at not in found.values():
            found[name] = at
    if "title" not in found and "text" in found:
        found["title"] = found.pop("text")
    if "title" not in found:
        others = [n for n in range(len(head)) if n not in found.values()]
        found |= {"title": others[0]} if others else {}
    return found if "title" in found else {}


def _of_row(row: Sequence[str], head: Sequence[str], columns: dict[str, int]) -> Phase:
    def cell(name: str) -> str:
        return row[columns[name]] if name in columns and columns[name] < len(row) else ""

    phase = _titled(cell("title"))
    told = cell("minutes")
    bare = re.fullmatch(r"\d{1,3}", told)
    phase.minutes = (int(told) if bare else read_minutes(told) or 0) or read_minutes(cell("time")) or phase.minutes
    phase.start = _start(cell("time")) if not phase.minutes else None
    if cell("text"):
        phase.text.append(as_markdown(cell("text")))
    for n, words in enumerate(row):
        if n not in columns.values() and words.strip(" -–—"):
            phase.notes.append(f"{head[n]}: {words}" if head[n] else words)
    return phase


def _of_lists(nodes: Sequence[Node], reader: _Reader) -> Rows:
    """Read the items of a list as phases; where they only bundle others that have times, those."""
    for node in nodes:
        if node.type not in {"bullet_list", "ordered_list"} or len(node.children) < 2:
            continue
        rows: Rows = []
        for item in node.children:
            inner = list(_items_in(item))
            timed = [each for each in inner if _has_time(_words(each))]
            if len(timed) > 1 and len(timed) * 2 >= len(inner):
                for each in inner:
                    phase = _of_item(each, reader)
                    phase.notes.append(_words(item))
                    rows.append((phase, [node]))
            else:
                rows.append((_of_item(item, reader), [node]))
        facts = [each for each in node.children if each.children and minutes_in_words(_words(each.children[0]))]
        with_times = sum(bool(phase.minutes or phase.start is not None) for phase, _nodes in rows)
        if not facts and with_times > 1 and with_times * 2 >= len(rows):
            return rows
    return []


def _has_time(words: str) -> bool:
    head = re.split(r":\s|\s[–—-]\s", words, maxsplit=1)[0]
    return minutes_in_heading(words) is not None or minutes_in_heading(head) is not None


def _of_item(item: Node, reader: _Reader) -> Phase:
    words = _words(item.children[0]) if item.children else ""
    phase = _split(words)
    below = item.children[1:]
    reader.fill(phase, below)
    return phase


def _split(words: str) -> Phase:
    """Part a line into its title, its time and what follows a colon or a dash."""
    timed = _TIMED.match(words)
    if timed and minutes_in_heading(words) is None:
        words = f"{timed[1]} – {timed[2]}"
    best = (words, "")
    for cut in re.finditer(r":\s+|\s[–—-]\s+|\.\s+(?=[A-Z])|\)\s+(?=[A-Z])", words):
        head, rest = words[: cut.end()].rstrip(" :–—-."), words[cut.end() :]
        title = _titled(head)
        if re.search(r"[^\W\d_]{3}", title.title) and not re.fullmatch(rf"{DURATION}|{TIME_SPAN}", rest, re.IGNORECASE):
            best = (head, rest)
            break
    phase = _titled(best[0])
    rest = best[1]
    if not phase.minutes and rest and (found := minutes_in_heading(f"x {rest}")):
        phase.minutes, rest = found[0], found[1].removeprefix("x").strip()
    if rest:
        rest = rest[:1].upper() + rest[1:]
        is_note = re.search(r"\bfacilitators?\b", rest, re.IGNORECASE)
        (phase.notes if is_note else phase.text).append(rest if is_note else as_markdown(rest))
    return phase


def _of_paragraphs(nodes: Sequence[Node], reader: _Reader) -> Rows:
    """Read paragraphs that begin with a time as phases, with what follows each."""
    rows: Rows = []
    for node in nodes:
        words = _words(node) if node.type == "paragraph" else ""
        if _TIMED.match(words) and len(words) < 3 * _LONGEST_TITLE:
            rows.append((_split(words), [node]))
        elif rows:
            rows[-1][1].append(node)
    if len(rows) < 2:
        return []
    for phase, own in rows:
        reader.fill(phase, own[1:])
    return rows


def _with_details(phases: Sequence[Phase], parts: Sequence[_Part], reader: _Reader) -> list[_Part]:
    """Put what stands under a heading like a phase's to that phase; gives the parts that are left."""
    left: list[_Part] = []
    at: Phase | None = None
    level = 0
    for part in parts:
        title = _titled(part.title)
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


def _background(plan: Plan, part: _Part, reader: _Reader) -> None:
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


def _start(text: str) -> int | None:
    """Read a time of day in minutes; None where there is none."""
    found = _START.match(text)
    if not found or not (found[2] or found[3]):
        return None
    hour = int(found[1]) % 12 + 12 * (found[3][0].casefold() == "p") if found[3] else int(found[1])
    return hour * 60 + int(found[2] or 0)


def _time_by_starts(phases: Sequence[Phase]) -> None:
    """Give phases of which only the beginning is known the time until the next one begins."""
    for one, other in pairwise(phases):
        if not one.minutes and one.start is not None and other.start is not None:
            took = (other.start - one.start) % (12 * 60)
            one.minutes = took if took <= 480 else 0
