"""One phase of an agenda: its title and time out of a heading, and what stands under it sorted by who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tisu_tui.core.text import clean
from tisu_tui.workshop.markdown import Node, as_markdown, plain
from tisu_tui.workshop.minutes import minutes_in_heading, minutes_in_words

BACKGROUND = re.compile(
    r"(?:about|after(?:wards)?|attendees|audience|background|before|checklist|context|contents|credits|date|details|"
    r"equipment|expected|facilitat\w*|faq|follow-?ups?|further|goals?|handouts?|hints?|inputs?|introduction to|license|"
    r"links|location|logistics|materials?|metadata|notes?|objectives?|outcomes?|outputs?|overview|participants?|people|"
    r"post-|pre-|prepar\w*|prerequisites?|purpose|quick start|references?|resources|room|set-?up|space|success|summary|"
    r"supplies|table of|techniques|templates?|timing|tips?|tools?|troubleshooting|variations?|venue|what you|when|"
    r"who|why|workshop details)\b",
    re.IGNORECASE,
)
NOTE = re.compile(
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
_START = re.compile(r"\s*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*([ap]\.?m\.?)?", re.IGNORECASE)
LONGEST_TITLE = 120


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


class PhaseReader:
    """Sorts the blocks of an agenda into phases; each comment goes to the first phase around it."""

    def __init__(self, lines: Sequence[str], comments: Sequence[tuple[int, str]]) -> None:
        self.lines = lines
        self.comments = list(comments)
        """Those that belong to no phase so far, with their lines."""

    def raw(self, node: Node) -> str:
        """Give the Markdown of a block."""
        return "\n".join(self.lines[node.line - 1 : node.end - 1]).strip("\n").rstrip()

    def fill(self, phase: Phase, nodes: Sequence[Node], line: int = 0) -> None:
        """Sort what stands under a phase, from a line on, into what people read and what is for the facilitator."""
        to_notes = False
        for node in nodes:
            if node.type in {"heading", "hr", "html_block"}:
                words = words_of(node)
                to_notes = bool(words) and bool(BACKGROUND.match(words) or NOTE.match(f"{words}:"))
                if words:
                    (phase.notes if to_notes else phase.text).append(words if to_notes else f"**{words}**")
                continue
            words = words_of(node)
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
        if NOTE.match(words) or is_for_facilitator(words):
            phase.notes.append(words)
            return words.endswith(":")
        said = _SAID.match(words)
        phase.text.append(as_markdown(words[said.end() :]) if said and words[said.end() :] else self.raw(node))
        return False

    def _list(self, phase: Phase, node: Node) -> None:
        kept: list[str] = []
        for item in node.children:
            words = words_of(item.children[0]) if item.children else ""
            bare = re.sub(r"^\[[ xX]\]\s*", "", words)
            phase.has_boxes, words = phase.has_boxes or bare != words, bare
            if (minutes := minutes_in_words(words)) is not None and not phase.minutes:
                phase.minutes = minutes
            elif NOTE.match(words) or is_for_facilitator(words):
                phase.notes.append(self.raw(item).lstrip("-*+0123456789.) "))
            elif words:
                phase.lines.append(words)
                kept.append(words)
                kept += [f"  {words_of(each.children[0])}" for each in items_in(item) if each.children]
        # What is asked in a list is a question to read; numbers and boxes would mean something of their own.
        if kept:
            told = (f"{'  ' * each.startswith('  ')}- {as_markdown(each.strip())}" for each in kept)
            phase.text.append("\n".join(told))

    def _take_comments(self, phase: Phase, start: int, end: int) -> None:
        own = [comment for comment in self.comments if start <= comment[0] <= end]
        phase.notes += (text for _line, text in own)
        self.comments = [comment for comment in self.comments if comment not in own]


def is_for_facilitator(words: str) -> bool:
    """Tell whether words name the facilitator, who is then the one to read them."""
    return re.search(r"\bfacilitators?\b", words, re.IGNORECASE) is not None


def titled(words: str) -> Phase:
    """Begin a phase of its heading: the times out of it, and the number."""
    found = minutes_in_heading(words)
    start, title = None, found[1] if found else words
    if timed := re.match(r"\W*(\d\d?[:.]\d\d(?:\s?[ap]m)?)[\s–—:|-]+(?=\w)", title, re.IGNORECASE):
        start, title = start_of(timed[1]), title[timed.end() :]
    title = _NUMBERING.sub("", title).strip(" -–—:*_|") or title
    return Phase(clean(title, LONGEST_TITLE), found[0] if found else 0, start=start)


def start_of(text: str) -> int | None:
    """Read a time of day in minutes; None where there is none."""
    found = _START.match(text)
    if not found or not (found[2] or found[3]):
        return None
    hour = int(found[1]) % 12 + 12 * (found[3][0].casefold() == "p") if found[3] else int(found[1])
    return hour * 60 + int(found[2] or 0)


def words_of(node: Node) -> str:
    """Return the words of a block's first line of text, without its markup."""
    inline = next((each for each in node.walk() if each.type == "inline"), None)
    return " ".join(plain(inline.inline).split()) if inline else ""


def items_in(item: Node) -> Iterator[Node]:
    """Yield the items of the lists inside an item."""
    for child in item.children:
        if child.type in {"bullet_list", "ordered_list"}:
            yield from child.children
