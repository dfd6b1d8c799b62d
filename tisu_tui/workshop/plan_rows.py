"""An agenda that is a table, a list or paragraphs with times: each row, item or paragraph is a phase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tisu_tui.workshop.markdown import Node, as_markdown
from tisu_tui.workshop.minutes import DURATION, TIME_SPAN, minutes_in_heading, minutes_in_words, read_minutes
from tisu_tui.workshop.plan_phase import (
    LONGEST_TITLE,
    Phase,
    PhaseReader,
    is_for_facilitator,
    items_in,
    start_of,
    titled,
    words_of,
)

_COLUMNS = {
    "time": r"time|when|start|clock|from|at",
    "minutes": r"duration|minutes?|mins?|length|how long|time ?box|timing",
    "title": r"activity|topic|item|what|session|step|phase|exercise|section|agenda|title|name|subject|part",
    "text": r"description|content|details?|how|instructions?|question|prompt|purpose|goals?|method",
}
_TIMED = re.compile(rf"\W*({TIME_SPAN}|{DURATION}|\d\d?[:.]\d\d)[\W_]+(\w.*)", re.IGNORECASE | re.DOTALL)

Rows = list[tuple[Phase, list[Node]]]


def of_tables(nodes: Sequence[Node]) -> Rows:
    """Read the rows of a table that has times as phases."""
    found: Rows = []
    for node in nodes:
        rows = [each for each in node.walk() if each.type == "tr"] if node.type == "table" else []
        cells = [[words_of(cell) for cell in row.children] for row in rows]
        if len(cells) < 3 or not (columns := _columns(cells[0])) or not columns.keys() & {"time", "minutes"}:
            continue
        for row in cells[1:]:
            phase = _of_row(row, cells[0], columns)
            if phase.title:
                found.append((phase, [node]))
    return found if len(found) > 1 else []


def of_lists(nodes: Sequence[Node], reader: PhaseReader) -> Rows:
    """Read the items of a list as phases; where they only bundle others that have times, those."""
    for node in nodes:
        if node.type not in {"bullet_list", "ordered_list"} or len(node.children) < 2:
            continue
        rows: Rows = []
        for item in node.children:
            inner = list(items_in(item))
            timed = [each for each in inner if _has_time(words_of(each))]
            if len(timed) > 1 and len(timed) * 2 >= len(inner):
                for each in inner:
                    phase = _of_item(each, reader)
                    phase.notes.append(words_of(item))
                    rows.append((phase, [node]))
            else:
                rows.append((_of_item(item, reader), [node]))
        facts = [child for child in node.children if child.children and minutes_in_words(words_of(child.children[0]))]
        with_times = sum(bool(phase.minutes or phase.start is not None) for phase, _nodes in rows)
        if not facts and with_times > 1 and with_times * 2 >= len(rows):
            return rows
    return []


def of_paragraphs(nodes: Sequence[Node], reader: PhaseReader) -> Rows:
    """Read paragraphs that begin with a time as phases, with what follows each."""
    rows: Rows = []
    for node in nodes:
        words = words_of(node) if node.type == "paragraph" else ""
        if _TIMED.match(words) and len(words) < 3 * LONGEST_TITLE:
            rows.append((_split(words), [node]))
        elif rows:
            rows[-1][1].append(node)
    if len(rows) < 2:
        return []
    for phase, own in rows:
        reader.fill(phase, own[1:])
    return rows


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

    phase = titled(cell("title"))
    told = cell("minutes")
    bare = re.fullmatch(r"\d{1,3}", told)
    phase.minutes = (int(told) if bare else read_minutes(told) or 0) or read_minutes(cell("time")) or phase.minutes
    phase.start = start_of(cell("time")) if not phase.minutes else None
    if cell("text"):
        phase.text.append(as_markdown(cell("text")))
    for n, words in enumerate(row):
        if n not in columns.values() and words.strip(" -–—"):
            phase.notes.append(f"{head[n]}: {words}" if head[n] else words)
    return phase


def _has_time(words: str) -> bool:
    head = re.split(r":\s|\s[–—-]\s", words, maxsplit=1)[0]
    return minutes_in_heading(words) is not None or minutes_in_heading(head) is not None


def _of_item(item: Node, reader: PhaseReader) -> Phase:
    phase = _split(words_of(item.children[0]) if item.children else "")
    reader.fill(phase, item.children[1:])
    return phase


def _split(words: str) -> Phase:
    """Part a line into its title, its time and what follows a colon or a dash."""
    timed = _TIMED.match(words)
    if timed and minutes_in_heading(words) is None:
        words = f"{timed[1]} – {timed[2]}"
    best = (words, "")
    for cut in re.finditer(r":\s+|\s[–—-]\s+|\.\s+(?=[A-Z])|\)\s+(?=[A-Z])", words):
        head, rest = words[: cut.end()].rstrip(" :–—-."), words[cut.end() :]
        title = titled(head)
        if re.search(r"[^\W\d_]{3}", title.title) and not re.fullmatch(rf"{DURATION}|{TIME_SPAN}", rest, re.IGNORECASE):
            best = (head, rest)
            break
    phase = titled(best[0])
    rest = best[1]
    if not phase.minutes and rest and (found := minutes_in_heading(f"x {rest}")):
        phase.minutes, rest = found[0], found[1].removeprefix("x").strip()
    if rest:
        rest = rest[:1].upper() + rest[1:]
        is_note = is_for_facilitator(rest)
        (phase.notes if is_note else phase.text).append(rest if is_note else as_markdown(rest))
    return phase
